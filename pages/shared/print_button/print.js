// Opens the browser's print dialogue, where a page can also be saved as PDF.
export default function (component) {
  const { parentElement } = component;
  if (parentElement.querySelector("button")) return;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Print or save as PDF";
  button.addEventListener("click", () => window.print());
  parentElement.append(button);
}
