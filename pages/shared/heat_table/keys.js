// Pointer and keyboard. One cell can be reached with Tab; the arrows move from there.

const PAGE = 10;

function listen(heat) {
  const { table } = heat;
  table.addEventListener("keydown", (event) => {
    if (event.altKey || event.metaKey) return;
    if (!keyAction(heat, event)) return;
    event.preventDefault();
    event.stopPropagation();
  });
  table.addEventListener("click", (event) => {
    const at = heat.find(event.target);
    if (!at) return;
    heat.moveTo(...at, false);
    heat.act();
  });
  table.addEventListener("focusin", (event) => {
    const at = heat.find(event.target);
    if (!at) return;
    heat.moveTo(...at, false);
    heat.showCard(...at);
  });
  table.addEventListener("focusout", () => heat.hideCard());
  table.addEventListener("pointerover", (event) => {
    const at = event.pointerType === "mouse" && heat.find(event.target);
    if (at) heat.showCard(...at);
  });
  table.addEventListener("pointerleave", () => heat.hideCard());
  heat.scroll.addEventListener("scroll", () => heat.hideCard(), { passive: true });
}

// Returns whether the key meant something here.
function keyAction(heat, event) {
  const { row, column } = heat;
  const [lastRow, lastColumn] = [heat.grid.length - 1, heat.grid[0].length - 1];
  const edge = event.ctrlKey;
  const goals = {
    ArrowRight: [row, edge ? lastColumn : column + 1],
    ArrowLeft: [row, edge ? 0 : column - 1],
    ArrowDown: [edge ? lastRow : row + 1, column],
    ArrowUp: [edge ? 0 : row - 1, column],
    Home: [edge ? 0 : row, 0],
    End: [edge ? lastRow : row, lastColumn],
    PageDown: [row + PAGE, column],
    PageUp: [row > 0 ? Math.max(row - PAGE, 1) : 0, column],
  };
  const goal = goals[event.key];
  if (goal) heat.moveTo(...goal);
  else if (event.key === "Enter" || event.key === " ") heat.act();
  else if (event.key === "Escape") heat.hideCard();
  else return false;
  return true;
}
