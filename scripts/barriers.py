"""Barriers that axe-core finds on an open page: ours, or one that Streamlit makes.

Every fault is ours until it is written down here as Streamlit's, with the element that it makes
and the report of it upstream; `docs/accessibility.md` lists the same ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
OPTIONS = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "tag", "values": [*WCAG, "best-practice"]},
    # axe leaves the newest criterion out unless asked.
    "rules": {"target-size": {"enabled": True}},
}
GRAVE = ("serious", "critical")


@dataclass(frozen=True)
class Known:
    """A fault of an element that Streamlit itself makes.

    `rule` is axe's; `element` a selector of what Streamlit makes; `upstream` the report.
    """

    rule: str
    element: str
    upstream: str


NOT_REPORTED = "no upstream issue found"
STREAMLIT = (
    # The open menu of a narrow window: sections stand as <div> between <ul> and <li>.
    Known("list", '[data-testid="stSidebarNavItems"]', NOT_REPORTED),
    Known("listitem", '[data-testid="stSidebarNavItems"] li', NOT_REPORTED),
    # The box for files has a name and no role.
    Known("presentation-role-conflict", '[data-testid="stFileUploaderDropzone"]', NOT_REPORTED),
)

MATCH = "([target, selector]) => Boolean(document.querySelector(target)?.matches(selector))"


@dataclass(frozen=True)
class Fault:
    """One element that breaks one rule; `known` where Streamlit makes it."""

    rule: str
    impact: str
    wcag: bool
    element: str
    html: str
    known: Known | None = None

    @property
    def grave(self) -> bool:
        """Whether axe calls it serious or critical."""
        return self.impact in GRAVE

    @property
    def words(self) -> str:
        """Rule, how grave, and where."""
        return f"{self.rule} ({self.impact}): {self.element}  {self.html[:160]}"


def find_barriers(page: Page, include: Sequence[str] = ()) -> list[Fault]:
    """Run axe-core over an open page: WCAG 2.2 A and AA, and its best practice.

    Args:
        page: as the visitor has it.
        include: selectors of the parts looked at; the whole page if none.
    """
    context = {"include": list(include)} if include else None
    found: list[dict[str, Any]] = Axe().run(page, context, OPTIONS).response["violations"]
    return [_make_fault(page, rule, node) for rule in found for node in rule["nodes"]]


def _make_fault(page: Page, rule: dict[str, Any], node: dict[str, Any]) -> Fault:
    # Inside a component's shadow the target is a list; nothing of Streamlit's is there.
    target = node["target"][0] if len(node["target"]) == 1 else ""
    known = None
    if isinstance(target, str) and target:
        same_rule = (entry for entry in STREAMLIT if entry.rule == rule["id"])
        known = next((e for e in same_rule if page.evaluate(MATCH, [target, e.element])), None)
    impact = node.get("impact") or rule["impact"]
    wcag = any(tag in WCAG for tag in rule["tags"])
    return Fault(rule["id"], impact, wcag, str(node["target"]), node["html"], known)


def ours(faults: Sequence[Fault]) -> list[str]:
    """What our code causes or can cure, in words; for tests, in which it must be nothing."""
    return [fault.words for fault in faults if fault.known is None]
