// The card beside a cell: the figure with its interval, rank and what its colour means.

function writeCard(card, heat, row, place) {
  const { data, columns } = heat;
  card.replaceChildren();
  const column = columns[place];
  const district = data.subnames[row];
  make("strong", "name", card, district ? `${data.names[row]}, ${district}` : data.names[row]);
  make("span", "soft", card, column.about);
  const figure = make("p", "figure", card);
  const text = column.texts[row];
  make("b", text ? "" : "none", figure, text || "No figure");
  if (text && column.unit) make("span", "soft", figure, ` ${column.unit}`);
  if (column.ranges[row]) make("p", "soft", card, `95 % interval ${column.ranges[row]}`);
  const word = column.word(row);
  if (word) make("p", "", card, `${column.sign(row)} ${word}`.trim());
  const rank = column.ranks[row];
  if (rank) make("p", "", card, `${ordinal(rank)} highest of ${groupDigits(column.ranked)}`);
  if (column.foot) make("p", "soft", card, column.foot);
}

function placeCard(card, root, cell) {
  const [inside, at] = [root.getBoundingClientRect(), cell.getBoundingClientRect()];
  const { offsetWidth: width, offsetHeight: height } = card;
  const room = inside.right - at.right >= width + 12;
  const left = room ? at.right + 8 : Math.max(inside.left, at.left - width - 8);
  // Never over the cell itself: on a narrow screen it stands below or above it.
  const covers = !room && at.left - width - 8 < inside.left;
  const below = at.bottom + height + 12 < window.innerHeight;
  const top = covers ? (below ? at.bottom + 8 : at.top - height - 8) : at.top;
  const lowest = window.innerHeight - height - 8;
  const y = covers ? top : Math.max(8, Math.min(top, lowest));
  card.style.transform = `translate(${Math.round(left - inside.left)}px, ${Math.round(y - inside.top)}px)`;
}
