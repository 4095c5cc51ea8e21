"""A visitor without a mouse: walks by Tab, and sees at every stop where the focus is."""

import re

from playwright.sync_api import Page

# What a focus may change: on the element, around it (rings of wrappers), or beside it (a box
# drawn next to a hidden control).
WATCH = """
window.walk = {
  at() {
    let here = document.activeElement;
    while (here?.shadowRoot?.activeElement) here = here.shadowRoot.activeElement;
    return here;
  },
  around(here) {
    const chain = [here];
    let up = here;
    for (let n = 0; n < 4 && up; n++) {
      up = up.parentElement ?? up.getRootNode().host;
      if (up && up !== document.body) chain.push(up);
    }
    const beside = [...(here.parentElement?.children ?? [])];
    return [...chain, ...beside, ...here.querySelectorAll('*')].slice(0, 60);
  },
  look(elements) {
    return elements.map((element) => ['', '::after', '::before'].map((part) => {
      const s = getComputedStyle(element, part || null);
      return [s.outlineStyle === 'none' ? '' : s.outlineWidth + s.outlineColor, s.boxShadow,
        s.borderColor, s.borderWidth, s.backgroundColor, s.textDecorationLine, s.opacity,
        s.visibility, s.transform, element.getAttribute('d') ?? ''].join('|');
    }).join('/')).join('\\n');
  },
  name(element) {
    const root = element.getRootNode();
    const by = (element.getAttribute('aria-labelledby') ?? '').split(' ')
      .map((id) => id && root.getElementById(id)?.textContent).filter(Boolean).join(' ');
    const label = element.labels?.length ? [...element.labels].map((l) => l.textContent).join(' ')
      : '';
    return (element.getAttribute('aria-label') || by || label || element.innerText
      || element.textContent || element.value || '').replace(/\\s+/g, ' ').trim().slice(0, 120);
  },
  // Whether some of it is in the window and nothing lies on all of it (WCAG 2.4.11).
  inSight(element) {
    // A hidden control is seen by its label; a table on a canvas lies below what scrolls it.
    element = (element.matches('[type=checkbox], [type=radio]') && element.closest('label'))
      || element.closest('.stDataFrame, .stSlider') || element;
    const box = element.getBoundingClientRect();
    for (let n = 0; n < 25; n++) {
      const x = box.left + box.width * ((n % 5) + 0.5) / 5;
      const y = box.top + box.height * (Math.floor(n / 5) + 0.5) / 5;
      let top = document.elementFromPoint(x, y);
      while (top?.shadowRoot?.elementFromPoint(x, y)) {
        const inner = top.shadowRoot.elementFromPoint(x, y);
        if (inner === top) break;
        top = inner;
      }
      const frame = 'html, body, [data-testid="stMain"], [data-testid="stApp"]';
      if (top && (element.contains(top) || (top.contains(element) && !top.matches(frame)))) {
        return true;
      }
    }
    return false;
  },
  stop() {
    const here = this.at();
    // A ring around a whole field stays while the focus moves to a button inside it.
    const field = '.stTextInput, .stSelectbox, .stMultiSelect, .stDataFrame, .stTextArea';
    const last = this.last?.element;
    const left = last && last !== here && last.isConnected && !last.closest(field)?.contains(here);
    const before = left ? this.look(this.last.elements) !== this.last.look : true;
    const lost = !here || here === document.body || here === document.documentElement;
    const found = { changed: before, lost, name: '', role: '', seen: true, last: this.last?.name };
    if (lost) { this.last = null; return found; }
    const elements = this.around(here);
    found.name = this.name(here);
    found.role = here.getAttribute('role') || here.tagName.toLowerCase();
    found.seen = this.inSight(here);
    this.last = { element: here, elements, look: this.look(elements), name: found.name };
    return found;
  },
};
"""
STILL = "*, *::before, *::after {transition: none !important; animation: none !important}"


class Keyboard:
    """Walks a page; `faults` are stops at which the focus was lost, hidden or not to be seen."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.faults: list[str] = []
        self.stops: list[str] = []
        self._prepare()

    def _prepare(self) -> None:
        if not self.page.evaluate("Boolean(window.walk)"):
            self.page.evaluate(WATCH)
            self.page.add_style_tag(content=STILL)

    def press(self, *keys: str) -> dict:
        """Press keys one after the other; returns where the focus is then."""
        stop = {}
        for key in keys:
            self.page.keyboard.press(key)
            stop = self.look()
        return stop

    def look(self) -> dict:
        """Where the focus is; notes what is wrong with it."""
        self._prepare()
        stop = self.page.evaluate("walk.stop()")
        said = f"{stop['role']} “{stop['name']}”"
        self.stops.append("nowhere" if stop["lost"] else said)
        if not stop["changed"]:
            self.faults.append(f"no sign of the focus on “{stop['last']}”")
        if not stop["seen"] and not self._comes_in_sight():
            self.faults.append(f"hidden behind something: {said}")
        return stop

    def _comes_in_sight(self) -> bool:
        """Whether what has the focus is seen within two seconds: a chart that arrives moves it."""
        for _ in range(20):
            self.page.wait_for_timeout(100)
            if self.page.evaluate("walk.inSight(walk.at())"):
                return True
        return False

    def tab_to(self, name: str, role: str = "", most: int = 60, key: str = "Tab") -> None:
        """Press Tab until the focus is on what is called so; the name is a regular expression."""
        for _ in range(most):
            stop = self.press(key)
            if re.search(name, stop["name"]) and re.search(role, stop["role"]):
                return
        raise AssertionError(f"“{name}” was not reached: {self.stops[-most:]}")

    def skip_to_main(self) -> None:
        """Follow the link that leads past the menu; it is the first thing on the page."""
        self.tab_to("Skip to main content", "a", most=90, key="Shift+Tab")
        self.page.keyboard.press("Enter")
        self.look()
