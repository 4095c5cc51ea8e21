// Streamlit asks for the deck again whenever its data or the theme change.

const decks = new WeakMap();

export default function ({ parentElement, data, setTriggerValue }) {
  let deck = decks.get(parentElement);
  if (!deck) {
    deck = data.mode === "notes" ? new Notes(parentElement) : new Slides(parentElement);
    decks.set(parentElement, deck);
  }
  deck.update(data, (index) => setTriggerValue("left", index));
  return () => {
    deck.close();
    decks.delete(parentElement);
  };
}
