// Puts HTML in its place. Rows of a table that read the same as before are left alone.
export default function ({ data, parentElement }) {
  let place = parentElement.querySelector(":scope > .filled");
  if (!place) {
    place = document.createElement("div");
    place.className = "filled";
    parentElement.append(place);
  }
  place.wanted = data;
  unpack(data).then((html) => {
    if (place.wanted === data && place.written !== html) write(place, html);
  });
}

function unpack(data) {
  const packed = new Blob([data]).stream();
  return new Response(packed.pipeThrough(new DecompressionStream("gzip"))).text();
}

function write(place, html) {
  const fresh = document.createElement("template");
  fresh.innerHTML = html;
  if (!replaceRows(place, fresh.content)) place.replaceChildren(fresh.content);
  place.written = html;
}

// Two tables with the same rows by name: only the rows that differ are exchanged.
function replaceRows(place, fresh) {
  const [table, other] = [place.firstElementChild, fresh.firstElementChild];
  if (place.children.length !== 1 || table.tagName !== "TABLE") return false;
  const [old, rows] = [[...table.rows], [...other.rows]];
  if (old.length !== rows.length || old.some((row, i) => row.id !== rows[i].id)) return false;
  if (table.className !== other.className) return false;
  table.caption.replaceWith(other.caption);
  rows.forEach((row, i) => {
    if (row.outerHTML !== old[i].outerHTML) old[i].replaceWith(row);
  });
  return true;
}
