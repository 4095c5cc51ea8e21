// Pointer, wheel, touch and keyboard. Each handler ends in one of the map's own
// verbs: point at, choose, move the cursor, zoom.

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const STILL = 5; // a pointer that moved less than this many pixels was a click

function listen(map) {
  const { stage } = map;
  const touches = new Map();
  let start = null;

  const pinch = () => {
    const [a, b] = [...touches.values()];
    return { x: (a[0] + b[0]) / 2, y: (a[1] + b[1]) / 2, gap: Math.hypot(a[0] - b[0], a[1] - b[1]) };
  };

  const down = (event) => {
    if (event.button > 0 || !map.geometry) return;
    map.keyboard = false;
    touches.set(event.pointerId, map.point(event));
    if (touches.size === 1) start = { at: map.point(event), place: map.place, moved: false };
    if (touches.size === 2) start = { pinch: pinch(), place: map.place, moved: true };
  };

  const move = (event) => {
    if (!map.geometry) return;
    const at = map.point(event);
    if (!touches.has(event.pointerId)) {
      if (event.pointerType === "mouse") map.pointAt(map.painter.areaAt(event), at);
      return;
    }
    touches.set(event.pointerId, at);
    if (touches.size === 2 && start.pinch) return movePinch(start, pinch());
    if (!start || start.pinch) return;
    const [dx, dy] = [at[0] - start.at[0], at[1] - start.at[1]];
    if (!start.moved && Math.hypot(dx, dy) < STILL) return;
    if (!start.moved) {
      // Captured only now: a captured pointer no longer tells which area it is over.
      stage.setPointerCapture(event.pointerId);
      start.moved = true;
      map.pointAt(-1);
    }
    if (map.zoomed()) map.setPlace({ k: start.place.k, x: start.place.x + dx, y: start.place.y + dy });
  };

  const movePinch = (from, now) => {
    const k = map.clampScale((from.place.k * now.gap) / from.pinch.gap);
    const grow = k / from.place.k;
    map.setPlace({
      k,
      x: now.x - (from.pinch.x - from.place.x) * grow,
      y: now.y - (from.pinch.y - from.place.y) * grow,
    });
  };

  const up = (event) => {
    const known = touches.delete(event.pointerId);
    if (!known || !start) return;
    if (!start.moved && event.type === "pointerup") tap(event);
    if (touches.size === 0) start = null;
  };

  const tap = (event) => {
    const i = map.painter.areaAt(event);
    map.pointAt(i, map.point(event));
    if (i >= 0) map.choose(i);
  };

  const wheel = (event) => {
    if (!map.geometry) return;
    const meant = event.ctrlKey || event.metaKey;
    const outward = event.deltaY > 0;
    // The page keeps its scroll unless the map is in use and there is room to zoom.
    if (!meant && (!stage.matches(":focus") || (outward && !map.zoomed()))) return;
    event.preventDefault();
    const step = event.deltaMode === 1 ? event.deltaY * 16 : event.deltaY;
    map.zoomBy(Math.exp(-step * (meant && Math.abs(step) < 40 ? 0.01 : 0.002)), map.point(event));
  };

  const keydown = (event) => {
    if (!map.geometry || event.altKey || event.ctrlKey || event.metaKey) return;
    if (!keyAction(map, event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  };

  const focus = () => {
    // A click also focuses: only a visible (keyboard) focus gets a cursor.
    if (stage.matches(":focus-visible") && map.geometry) map.moveCursor(map.startOfWalk());
  };

  // A finger that is lifted also "leaves": its card stays until the next tap.
  const leave = (event) => {
    if (event.pointerType === "mouse" && !touches.size && !map.keyboard) map.pointAt(-1);
  };
  const blur = () => map.dropCursor();

  const events = { pointerdown: down, pointermove: move, pointerup: up, pointercancel: up };
  Object.assign(events, { pointerleave: leave, keydown, focus, blur });
  for (const [name, handler] of Object.entries(events)) stage.addEventListener(name, handler);
  stage.addEventListener("wheel", wheel, { passive: false });
  stage.addEventListener("dblclick", (event) => map.zoomBy(2, map.point(event)));
}

// Returns whether the key meant something here.
function keyAction(map, key) {
  const ranked = map.rankOrder();
  const here = map.cursor >= 0 ? map.cursor : map.startOfWalk();
  const place = ranked.indexOf(here);
  if (ARROWS[key]) {
    map.moveCursor(map.cursor < 0 ? here : map.geometry.neighbour(here, ...ARROWS[key]));
  } else if (key === "Home") map.moveCursor(ranked[0]);
  else if (key === "End") map.moveCursor(ranked[ranked.length - 1]);
  else if (key === "PageDown") map.moveCursor(ranked[Math.min(place + 1, ranked.length - 1)]);
  else if (key === "PageUp") map.moveCursor(ranked[Math.max(place - 1, 0)]);
  else if (key === "Enter" || key === " ") {
    map.moveCursor(here, true);
    map.choose(here);
  } else if (key === "Escape") map.closeCard();
  else if (key === "+" || key === "=") map.zoomBy(1.6);
  else if (key === "-" || key === "_") map.zoomBy(1 / 1.6);
  else if (key === "0") map.reset();
  else return false;
  return true;
}
