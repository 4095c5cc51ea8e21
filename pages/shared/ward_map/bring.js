// Last of the code: put it on the shelf. The component that brings it shows nothing.
const styles = new CSSStyleSheet();
styles.replaceSync(STYLE_SHEET);
shelf.put(drawWardMap);

export default function () {}
