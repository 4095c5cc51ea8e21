"""What a visitor chooses on the page Actions and impact, kept in the address."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from analysis.action_status import StatusRule
from data.planned_action import PlannedAction

PAGE = "actions"
LONGEST = 300
LEAST_SHARE, MOST_MONTHS = 0, 120
EXPECTED_ON: Mapping[str, Literal["figure", "today"]] = {"figure": "figure", "today": "today"}


@dataclass(frozen=True)
class PlanChoices:
    """Filters, the open action, the rule, the two versions, and whether the example is wanted.

    Filters are texts of the plan, "" for all; `then` and `now` are numbers of saved versions,
    0 for the usual ones.
    """

    action_area: str = ""
    objective: str = ""
    owner: str = ""
    action: str = ""
    plan: str = ""
    on_track: int = StatusRule.on_track
    acceptable: int = StatusRule.acceptable
    expected_on: Literal["figure", "today"] = StatusRule.expected_on
    oldest_months: int = StatusRule.oldest_months
    then: int = 0
    now: int = 0

    @property
    def rule(self) -> StatusRule:
        """How a status is computed."""
        return StatusRule(self.on_track, min(self.acceptable, self.on_track), self.expected_on,
                          self.oldest_months)  # fmt: skip

    def address(self) -> dict[str, str]:
        """The parameters of the address that bring these choices back."""
        rule = f"{self.on_track},{self.acceptable},{self.expected_on},{self.oldest_months}"
        usual = PlanChoices(action=self.action)
        own = {
            "action_area": self.action_area,
            "objective": self.objective,
            "owner": self.owner,
            "action": self.action,
            "plan": self.plan,
            "then": str(self.then or ""),
            "now": str(self.now or ""),
        }
        return own | {"rule": rule if self.rule != usual.rule else ""}


def parse_plan_choices(
    params: Mapping[str, str], current: PlanChoices
) -> tuple[PlanChoices, list[str]]:
    """Read the choices from an address; a sentence for each thing that was wrong."""
    problems: list[str] = []
    changes: dict[str, Any] = {
        name: value
        for name in ("action_area", "objective", "owner", "action")
        if (value := params.get(name, "").strip()[:LONGEST])
    }
    plan = params.get("plan", "")
    if plan == "example":
        changes["plan"] = plan
    elif plan:
        problems.append(f"The link asks for the plan “{plan[:40]}”; here it can be example.")
    for name in ("then", "now"):
        value = params.get(name, "")
        if re.fullmatch(r"[1-9]\d{0,6}", value, re.ASCII):
            changes[name] = int(value)
        elif value:
            problems.append(f"The link names the version “{value[:20]}”, which is no number.")
    if text := params.get("rule", ""):
        found = parse_rule(text)
        if found is None:
            problems.append(
                f"The link’s rule “{text[:40]}” cannot be read; write it like 100,80,figure,0. "
                "The usual rule is used."
            )
        else:
            changes |= asdict(found)
    return replace(current, **changes), problems


def parse_rule(text: str) -> StatusRule | None:
    """A rule as an address writes it: "100,80,figure,0"; None where it is none."""
    found = re.fullmatch(r"(\d{1,3}),(\d{1,3}),(figure|today),(\d{1,3})", text, re.ASCII)
    if not found:
        return None
    on_track, acceptable, months = (int(found[n]) for n in (1, 2, 4))
    if not (acceptable <= on_track <= 100 and months <= MOST_MONTHS):
        return None
    return StatusRule(on_track, acceptable, EXPECTED_ON[found[3]], months)


def split_areas(action: PlannedAction) -> list[str]:
    """The action areas of an action, which may have several."""
    return [part for part in action.action_area.split("; ") if part]


def list_options(actions: Sequence[PlannedAction], name: str) -> list[str]:
    """What a filter can be set to, in the order of the plan."""
    if name == "action_area":
        found = [area for action in actions for area in split_areas(action)]
    else:
        key = {"objective": "objective", "owner": "owner_role"}[name]
        found = [getattr(action, key) for action in actions]
    return list(dict.fromkeys(text for text in found if text))


def filter_actions(
    actions: Sequence[PlannedAction], choices: PlanChoices, ward: str = ""
) -> tuple[PlannedAction, ...]:
    """The actions of the chosen action area, objective, owner and ward.

    A council-wide action is for every ward. A filter the plan does not know is left out.
    """
    known = {name: list_options(actions, name) for name in ("action_area", "objective", "owner")}

    def fits(action: PlannedAction) -> bool:
        has = {
            "action_area": split_areas(action),
            "objective": [action.objective],
            "owner": [action.owner_role],
        }
        wanted = {name: getattr(choices, name) for name in has}
        right = all(
            not text or text not in known[name] or text in has[name]
            for name, text in wanted.items()
        )
        return right and (not ward or not action.wards or ward in action.wards)

    return tuple(action for action in actions if fits(action))


def list_unknown(actions: Sequence[PlannedAction], choices: PlanChoices) -> list[str]:
    """A sentence for each choice of a link that the plan does not know."""
    words = {"action_area": "action area", "objective": "objective", "owner": "owner role"}
    said = [
        f"No action of this plan has the {word} “{getattr(choices, name)}”; all are shown"
        for name, word in words.items()
        if getattr(choices, name) and getattr(choices, name) not in list_options(actions, name)
    ]
    if choices.action and choices.action not in {action.id for action in actions}:
        said.append(f"This plan has no action “{choices.action}”")
    return said
