"""One visitor of a soak: a browser window whose seeded walk clicks, types and chooses anything."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Locator,
    Page,
    Response,
    TimeoutError,
)

from benchmarks.soak_addresses import draw_page
from scripts.serving import READY, WATCH_POLICY, page_paths

#: Milliseconds to wait for one thing to be clickable, and for a page to come to rest.
PATIENCE, REST = 4_000, 60_000
#: Error panels of the pages, and what Streamlit itself says when something broke.
BROKEN = re.compile(
    r"could not be shown|cannot be shown|Traceback|Bad message format|Connection error"
    r"|Page not found|has gone wrong|Component Error", re.IGNORECASE
)  # fmt: skip
#: What sounds like them and is an answer: nothing is there for what was chosen.
ANSWER = "has no figure that ends by the end of"
#: What the visitor sees that may be a fault: boxes of errors, and dialogues.
SEEN = """() => [...document.querySelectorAll(
  '[data-testid="stException"], [data-testid="stAlert"], [role="dialog"]')].map(
  (box) => [box.dataset.testid || "dialog", box.innerText.slice(0, 600)])"""
TYPED = (
    "PE29 3TN", "Huntingdon North", "St", "EX4", "<b>bold</b>", "'; --", "=1+1", "12,5", "0", "-3",
    "Ramsey and the other wards " * 8, "\N{SNOWMAN}", "",
)  # fmt: skip
KEYS = ("ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown", "Home", "End", "Enter", "Tab", "Escape",
        "PageDown", "+", "-")  # fmt: skip


@dataclass(frozen=True)
class Shape:
    """A kind of window: its name, size, scheme, and whether its visitor has the lead's key."""

    name: str
    width: int
    height: int
    dark: bool = False
    phone: bool = False
    lead: bool = False


@dataclass(frozen=True)
class Fault:
    """Something that must not happen, with what it takes to see it again."""

    kind: str
    words: str
    where: str
    visit: str
    last: tuple[str, ...] = ()

    def __str__(self) -> str:
        walked = " > ".join(self.last)
        return f"{self.kind}: {self.words}\n    at {self.where}\n    {self.visit}: {walked}"


@dataclass
class Tally:
    """What all windows did and met."""

    faults: list[Fault] = field(default_factory=list)
    actions: Counter[str] = field(default_factory=Counter)
    pages: Counter[str] = field(default_factory=Counter)
    sessions: int = 0
    visits: int = 0
    missed: int = 0


class Window:
    """A browser window from its opening to its end, which is one or more sessions."""

    def __init__(
        self,
        browser: Browser,
        url: str,
        shape: Shape,
        seed: str,
        tally: Tally,
        files: Path,
        key: str,
    ) -> None:
        self.url, self.shape, self.tally, self.files, self.key = url, shape, tally, files, key
        self.visit = f"window {seed}"
        self.drawn = Random(seed)  # noqa: S311
        self.paths = page_paths()
        self.last: deque[str] = deque(maxlen=8)
        options: dict[str, Any] = {"is_mobile": True, "has_touch": True} if shape.phone else {}
        self.context: BrowserContext = browser.new_context(
            viewport={"width": shape.width, "height": shape.height},
            color_scheme="dark" if shape.dark else "light",
            accept_downloads=True,
            **options,
        )
        self.page: Page = self.context.new_page()
        self._listen()
        tally.visits += 1
        self.open(draw_page(self.paths, self.drawn))

    def _listen(self) -> None:
        self.page.add_init_script(WATCH_POLICY)
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.report("page error", str(error)))
        self.page.on("crash", lambda _: self.report("crash", "the tab crashed"))
        self.page.on("popup", lambda popup: popup.close())
        self.page.on("websocket", lambda _: self._count_session())
        self.page.on("response", self._look_at_answer)

    def _look_at_answer(self, answer: Response) -> None:
        if answer.status >= 500:
            self.report("answer", f"{answer.status} {answer.url}")

    def _count_session(self) -> None:
        self.tally.sessions += 1

    def _hear(self, message: ConsoleMessage) -> None:
        # On a deep link Streamlit looks for its server below the page's own address first.
        address = message.location.get("url", "")
        if message.type == "error" and "/_stcore/" not in address:
            self.report("console", f"{message.text} {address}"[:400])

    def report(self, kind: str, words: str) -> None:
        """Keep a fault with all it takes to see it again."""
        fault = Fault(
            kind, " ".join(words.split())[:600], self.page.url[:300], self.visit, tuple(self.last)
        )
        self.tally.faults.append(fault)

    def open(self, address: str) -> None:
        """Type an address."""
        self.last.append(f"open {address[:200]}")
        self.page.goto(self.url + address, wait_until="commit", timeout=REST)

    def act(self) -> None:
        """Do one thing as a visitor would, wait until the page rests, and look at it."""
        names = list(ACTIONS)
        name = self.drawn.choices(names, [ACTIONS[each][0] for each in names])[0]
        try:
            done = ACTIONS[name][1](self)
        except TimeoutError:
            done = ""
        except Error as error:
            if "closed" in str(error) or "crash" in str(error):
                raise
            done = ""  # what was to be clicked is gone: the page was drawn anew meanwhile
        if not done:
            self.tally.missed += 1
            return
        self.last.append(f"{name} {done}"[:200])
        self.tally.actions[name] += 1
        self.rest()

    def rest(self) -> None:
        """Wait until the page rests; report what it shows that must not be."""
        self.page.wait_for_timeout(150)
        try:
            self.page.wait_for_selector(READY, timeout=REST)
            seen = self.page.evaluate(SEEN)
        except TimeoutError:
            self.report("no rest", f"the page did not come to rest within {REST // 1000} s")
            self.open(draw_page(self.paths, self.drawn))
            return
        except Error:  # on its way to another page
            return
        self.tally.pages[self.page.url.removeprefix(self.url).partition("?")[0]] += 1
        for kind, words in seen:
            if kind == "stException" or (BROKEN.search(words) and ANSWER not in words):
                self.report(kind, words)
                self.open(draw_page(self.paths, self.drawn))
                return

    def close(self) -> None:
        """Leave: the session ends."""
        self.context.close()

    def any_of(self, selector: str) -> Locator | None:
        """One of the visible things that a selector finds, or None."""
        found = self.page.locator(selector)
        count = found.count()
        for _ in range(min(count, 4)):
            one = found.nth(self.drawn.randrange(count))
            if one.is_visible():
                return one
        return None


def name_of(thing: Locator) -> str:
    """A few words that say which thing this is."""
    words = thing.evaluate(
        "(e) => e.getAttribute('aria-label') || e.innerText || e.id || e.tagName", timeout=PATIENCE
    )
    return " ".join(str(words).split())[:60] or "?"


def on_any(selector: str, act: Callable[[Window, Locator], str]) -> Callable[[Window], str]:
    """An action: do something to one of the things that a selector finds.

    Args:
        selector: of the things.
        act: does it, and returns what is to be added to the thing's name in the diary.
    """

    def do(window: Window) -> str:
        thing = window.any_of(selector)
        if thing is None:
            return ""
        name = name_of(thing)
        return f"{name}{act(window, thing)}"

    return do


def click(selector: str) -> Callable[[Window], str]:
    """An action: click one of the things that a selector finds."""

    def act(_window: Window, thing: Locator) -> str:
        thing.click(timeout=PATIENCE)
        return ""

    return on_any(selector, act)


def choose(window: Window) -> str:
    """Open a pick-list and take an entry of it, by mouse or by keyboard."""
    box = window.any_of("[data-testid='stMain'] input[role='combobox']")
    if box is None:
        return ""
    name = name_of(box)
    box.click(timeout=PATIENCE)
    if window.drawn.random() < 0.3:
        window.page.keyboard.type(window.drawn.choice("abcdehlmprstw"))
    window.page.wait_for_selector("[role='option']", timeout=PATIENCE)
    if window.drawn.random() < 0.5:
        for _ in range(window.drawn.randrange(1, 9)):
            window.page.keyboard.press("ArrowDown")
        window.page.keyboard.press("Enter")
        return f"{name} by keys"
    entry = window.any_of("[role='option']")
    if entry is None:
        return ""
    taken = name_of(entry)
    entry.click(timeout=PATIENCE)
    window.page.keyboard.press("Escape")
    return f"{name} = {taken}"


def press(selector: str, most: int) -> Callable[[Window], str]:
    """An action: give one of the things keyboard focus and press some keys."""

    def act(window: Window, thing: Locator) -> str:
        thing.focus(timeout=PATIENCE)
        keys = [window.drawn.choice(KEYS) for _ in range(window.drawn.randrange(1, most))]
        for key in keys:
            window.page.keyboard.press(key)
        return f": {' '.join(keys)}"

    return on_any(selector, act)


def click_map(window: Window) -> str:
    """Click anywhere on a map, which is a ward or the sea."""
    stage = window.any_of("[aria-roledescription='map'], .draw-area svg")
    box = stage.bounding_box(timeout=PATIENCE) if stage else None
    if stage is None or not box:
        return ""
    x, y = (window.drawn.random() * box[side] for side in ("width", "height"))
    stage.click(position={"x": x, "y": y}, timeout=PATIENCE)
    return f"{x:.0f}, {y:.0f}"


def write(window: Window) -> str:
    """Type into a field: the lead's key where it is asked for, else something, sensible or not."""
    asked = window.page.get_by_label("Lead's key")
    if window.shape.lead and asked.count() and asked.first.is_visible():
        asked.first.fill(window.key, timeout=PATIENCE)
        window.page.get_by_role("button", name="Continue as lead").click(timeout=PATIENCE)
        return "the lead's key"
    thing = window.any_of("[data-testid='stMain'] :is(input[type='text']:not([role]), "
                          "input[type='number'], textarea)")  # fmt: skip
    if thing is None:
        return ""
    name, words = name_of(thing), window.drawn.choice(TYPED)
    thing.fill(words if "number" not in str(thing.get_attribute("type")) else "7", timeout=PATIENCE)
    window.page.keyboard.press(window.drawn.choice(("Enter", "Tab")))
    return f"{name} = {words[:30]}"


def download(window: Window) -> str:
    """Take a file, and look that it is one."""
    button = window.any_of("[data-testid='stDownloadButton'] button")
    if button is None:
        return ""
    name = name_of(button)
    with window.page.expect_download(timeout=5 * PATIENCE) as waiting:
        button.click(timeout=PATIENCE)
    path = waiting.value.path()
    if not path.stat().st_size:
        window.report("download", f"{name} is empty")
    waiting.value.delete()
    return name


def bring(window: Window) -> str:
    """Bring one of the files to a page that takes them."""
    field_of_files = window.page.locator("input[type='file']")
    if not field_of_files.count():
        return ""
    file = window.drawn.choice(sorted(window.files.iterdir()))
    field_of_files.first.set_input_files(file, timeout=PATIENCE)
    return file.name


def walk(kind: str) -> Callable[[Window], str]:
    """An action: go back, forward, or load the page again."""

    def do(window: Window) -> str:
        moves: Mapping[str, Callable[..., object]] = {
            "back": window.page.go_back, "forward": window.page.go_forward,
            "reload": window.page.reload,
        }  # fmt: skip
        moves[kind](wait_until="commit", timeout=5 * PATIENCE)
        if not window.page.url.startswith(window.url):
            window.open("/")
        return window.page.url.removeprefix(window.url)[:100]

    return do


def type_address(window: Window) -> str:
    """Type the address of any page."""
    address = draw_page(window.paths, window.drawn)
    window.open(address)
    return address[:100]


_MAIN = "[data-testid='stMain'] "
#: What a visitor does: how often, and how.
ACTIONS: Mapping[str, tuple[int, Callable[[Window], str]]] = {
    "address": (10, type_address),
    "menu": (6, click("[data-testid='stTopNavLink']")),
    "link": (8, click(_MAIN + "a[href]:not([target='_blank']):not([href^='http']), "
                      "[data-testid='stPageLink'] a")),
    "choose": (22, choose),
    "tick": (7, click(_MAIN + "[data-testid='stCheckbox'] label")),
    "radio": (5, click(_MAIN + "[data-testid='stRadio'] [role='radiogroup'] label")),
    "segment": (6, click(_MAIN + "[data-testid='stButtonGroup'] button")),
    "slide": (5, press(_MAIN + "[role='slider']", 6)),
    "tab": (4, click(_MAIN + "[role='tab']")),
    "box": (8, click(_MAIN + "[data-testid='stExpander'] summary")),
    "button": (8, click(_MAIN + "[data-testid='stButton'] button")),
    "submit": (2, click(_MAIN + "[data-testid='stFormSubmitButton'] button")),
    "map": (9, click_map),
    "map keys": (5, press("[aria-roledescription='map'], [role='grid'], .matrix, .draw-area *", 9)),
    "cell": (4, click("[role='gridcell'], [role='columnheader'] button, .matrix td")),
    "write": (6, write),
    "bring": (3, bring),
    "download": (5, download),
    "back": (3, walk("back")),
    "forward": (1, walk("forward")),
    "reload": (3, walk("reload")),
}  # fmt: skip
