// Maps of the same areas on one page: what is pointed at or chosen on one is marked on
// the others at once, without asking the server.

const linked = new Set();

function link(map, wanted) {
  if (wanted) linked.add(map);
  else linked.delete(map);
}

function othersOf(map) {
  return linked.has(map) ? [...linked].filter((other) => other !== map && other.geometry) : [];
}

function pointOnOthers(map, i) {
  for (const other of othersOf(map)) {
    other.echo = i >= 0 ? (other.geometry.index.get(map.geometry.codes[i]) ?? -1) : -1;
    other.mark();
  }
}

function chooseOnOthers(map, code) {
  for (const other of othersOf(map)) {
    other.selected = other.wanted = code;
    other.mark();
  }
}
