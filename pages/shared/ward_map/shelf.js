// The code of the map is brought by one component and used by another, so that it
// does not travel again with every change of the figures. They meet on this shelf.
const shelf = (globalThis[Symbol.for("ward-map VERSION")] ??= {});
shelf.code ??= new Promise((resolve) => (shelf.put = resolve));
