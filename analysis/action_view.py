"""An action plan as HTML: counts, exceptions, the actions, changes. All text is escaped."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Sequence

import pandas as pd

from analysis.action_status import label
from analysis.action_summary import BY_RULE, OVERDUE, STEP_OVERDUE, ActionLine, PlanSummary
from analysis.action_words import print_amount, print_status
from analysis.assessment import print_day
from analysis.assessment_view import render_table
from analysis.palette import MAP_COLOURS, Theme, ink_on
from data.cells import COUNCIL_WIDE
from data.periods import age_words
from data.plan_changes import ACTION, ADDED
from data.planned_action import OFF_TRACK, ON_TRACK, WITHIN_VARIANCE

STYLE = """
<style>
.needs-status {display: inline-block; padding: 1px 8px; border-radius: 4px; font-weight: 600;
  border: 1px solid color-mix(in srgb, currentColor 45%, transparent);}
.needs-example {border: 3px double var(--focus); border-radius: 4px; padding: 8px 12px; margin: 0;
  font-weight: 600; background: repeating-linear-gradient(135deg, transparent 0 14px,
  color-mix(in srgb, currentColor 6%, transparent) 14px 28px);}
.needs-counts {display: grid; gap: 8px; margin: 0; padding: 0;
  grid-template-columns: repeat(auto-fit, minmax(180px, 1fr));}
.needs-count div {min-height: 3.5em; font-size: .875rem;}
.needs-count {border: 1px solid color-mix(in srgb, currentColor 22%, transparent);
  border-radius: 4px; padding: 10px 12px; margin: 0;}
.needs-count p {margin: 4px 0 0; font-size: .875rem; line-height: 1.35;}
.needs-count p.value {font-size: 1.75rem; font-weight: 600; line-height: 1.25;}
.needs-count p.none {opacity: .75;}
.needs-one b {font-weight: 600;}
.needs-one p {margin: 2px 0; line-height: 1.4; max-width: 100ch; overflow-wrap: anywhere;}
.needs-one small {font-size: .875rem; opacity: .85; display: block;}
.needs-one .pair {display: flex; flex-wrap: wrap; gap: 4px 32px; margin: 4px 0;}
.needs-one .pair div {font-size: .875rem;}
@media (max-width: 480px) {.needs-counts {grid-template-columns: repeat(2, 1fr);}}
@media print {
  .needs-count, .needs-one, .needs-impacts tr {break-inside: avoid;}
  [data-testid="stFileUploader"], .stSlider, .stRadio, .stNumberInput {display: none}
}
</style>
"""
#: Palette colour of the three statuses that are a judgement; the others are outlined only.
_FILLS = {OFF_TRACK: "worse", WITHIN_VARIANCE: "similar", ON_TRACK: "better"}


def _e(text: object) -> str:
    return html.escape(str(text))


def render_badge(status: str, theme: Theme) -> str:
    """A status with sign and word on its colour."""
    style = ""
    if status in _FILLS:
        fill = MAP_COLOURS[theme][_FILLS[status]]
        style = f' style="background:{fill};color:{ink_on(fill)}"'
    return f'<span class="needs-status"{style}>{_e(print_status(status))}</span>'


def render_banner(words: str, theme: Theme) -> str:
    """What stands above everything while a made-up plan is shown."""
    focus = MAP_COLOURS[theme]["selected"]
    return f'<p class="needs-example" role="note" style="--focus:{focus}">{_e(words)}</p>'


def render_counts(summary: PlanSummary, theme: Theme) -> str:
    """One card for each status: how many now, who says so, and how many are forecast."""
    cards = []
    for row in summary.counts.itertuples():
        if not (row.status or row.now or row.forecast):
            continue
        stated = f"{row.stated:,} stated by the council" if row.stated else ""
        ruled = f"{row.by_rule:,} by the rule" if row.by_rule else ""
        who = ", ".join(part for part in (stated, ruled) if part) or "no action"
        if not row.status:
            who = "nobody states it, and the rule finds none" if row.now else "no action"
        cards.append(
            f'<div class="needs-count" role="listitem"><div>{render_badge(row.status, theme)}</div>'
            f'<p class="value">{row.now:,}</p><p>now: {_e(who)}</p>'
            f"<p>forecast: {row.forecast:,}</p></div>"
        )
    return f'<div class="needs-counts" role="list">{"".join(cards)}</div>'


def _say_wards(line: ActionLine) -> str:
    count = len(line.action.wards)
    if not count:
        return COUNCIL_WIDE.lower()
    return f"{count} wards" if count > 1 else line.figures.place or "1 ward"


def _say_due(line: ActionLine) -> str:
    due = line.action.due
    if due is None:
        return ""
    return f"due {print_day(due)}{' (passed)' if OVERDUE in line.exceptions else ''}"


def render_status(line: ActionLine, theme: Theme) -> str:
    """The status that counts with who says so; the rule's own where it differs."""
    badge = render_badge(line.status, theme)
    if not line.status:
        return f"{badge}<small>not stated; by the rule: {_e(line.computed.why_not)}</small>"
    if line.origin == BY_RULE:
        return f"{badge}<small>by the rule; the council states none</small>"
    said = "stated by the council"
    if line.differs:
        other = print_status(line.computed.status)
        return f"{badge}<small>{said}; <b>by the rule: {_e(other)}</b></small>"
    if line.computed.status:
        return f"{badge}<small>{said}; by the rule: {_e(line.computed.status.lower())}</small>"
    return f"{badge}<small>{said}; by the rule: {_e(line.computed.why_not)}</small>"


def render_forecast(line: ActionLine, theme: Theme) -> str:
    """The council's own forecast; there is no other."""
    if not line.action.forecast:
        return "not stated"
    return render_badge(line.action.forecast, theme)


def render_figures(line: ActionLine, today: dt.date) -> str:
    """Baseline, target and newest figure, for which place, how old and what to mind."""
    figures, action = line.figures, line.action
    indicator = figures.indicator
    if indicator is None:
        return "no indicator"
    parts = [f"<b>{_e(indicator.name)}</b>"]
    if figures.baseline:
        first = f"{print_amount(figures.baseline.value, indicator)} ({label(figures.baseline)})"
        parts.append(f"<small>baseline: {_e(first)}</small>")
    if action.target is not None:
        by = f" by {print_day(action.target_date)}" if action.target_date else ""
        parts.append(f"<small>target: {_e(print_amount(action.target, indicator) + by)}</small>")
    if figures.latest:
        age = age_words(figures.latest.period_end, today)
        newest = f"{print_amount(figures.latest.value, indicator)} ({label(figures.latest)}, {age})"
        parts.append(f"<small>newest: <b>{_e(newest)}</b></small>")
    if figures.place:
        parts.append(f"<small>figures for {_e(figures.place)} ({_e(figures.geography)})</small>")
    if note := "; ".join(part for part in (figures.note, figures.why_none) if part):
        parts.append(f"<small>{_e(note)}</small>")
    return "".join(parts)


def _render_step(line: ActionLine) -> str:
    action = line.action
    if not action.next_step:
        return ""
    day = action.next_step_date
    late = " (overdue)" if STEP_OVERDUE in line.exceptions else ""
    when = f"<small>{print_day(day)}{late}</small>" if day else ""
    return f"{_e(action.next_step)}{when}"


def _what(line: ActionLine) -> str:
    action = line.action
    parts = [action.action_area, action.owner_role, _say_wards(line), _say_due(line)]
    said = "; ".join(part for part in parts if part)
    return f"<b>{_e(action.id)}</b> {_e(action.title)}<small>{_e(said)}</small>"


def render_exception(line: ActionLine, theme: Theme) -> str:
    """One exception as a block: why it is here, what it is, both statuses, reason, next step."""
    action = line.action
    why = "; ".join(line.exceptions)
    rule = line.computed.words if line.differs or line.origin == BY_RULE else ""
    reason = f"<p>Reason given: {_e(action.reason)}</p>" if action.reason else ""
    how = f"<p><small>How the rule found it: {_e(rule)}</small></p>" if rule else ""
    step = _render_step(line)
    late = f"<p>Next step: {step}</p>" if step else ""
    forecast = render_forecast(line, theme)
    return (
        f'<div class="needs-one"><p><b>{_e(why[:1].upper() + why[1:])}</b></p>'
        f"<p>{_what(line)}</p>"
        f'<div class="pair"><div>Now: {render_status(line, theme)}</div>'
        f"<div>Forecast: {forecast}</div></div>{reason}{how}{late}"
        "</div>"
    )


def render_actions(lines: Sequence[ActionLine], today: dt.date, caption: str, theme: Theme) -> str:
    """The actions as a table: what, status now, forecast, figures, reason, next step."""
    rows = [
        [
            _what(line),
            render_status(line, theme),
            render_forecast(line, theme),
            render_figures(line, today),
            _e(line.action.reason),
            _render_step(line),
        ]
        for line in lines
    ]
    headings = ("Action", "Status now", "Forecast", "Indicator", "Reason", "Next step")
    return render_table(headings, rows, caption)


def describe_change(what: str, old: str, new: str) -> str:
    """A change in words: "Forecast: from on track to off track"."""
    if what == ACTION:
        return "New in the plan" if new == ADDED else "No longer in the plan"
    then, now = (word.lower() if word else "not stated" for word in (old, new))
    return f"{what.capitalize()}: from {then} to {now}"


def render_changes(changes: pd.DataFrame, caption: str, theme: Theme) -> str:
    """Changes between versions.

    Args:
        changes: columns action_id, title, what, old, new, reason, and where they come from the
            history: version, saved_at, who.
        caption: what the table shows.
        theme: of the page.
    """
    rows = []
    for _, row in changes.iterrows():
        kind = row["what"].capitalize()
        badges = f"{render_badge(row['old'], theme)} → {render_badge(row['new'], theme)}"
        if row["what"] == ACTION:
            kind, badges = describe_change(row["what"], row["old"], row["new"]), ""
        when = ""
        if "version" in changes:
            when = f"{print_day(row['saved_at'])}<small>version {row['version']}</small>"
        rows.append(
            [
                f"<b>{_e(row['action_id'])}</b> {_e(row['title'])}",
                _e(kind),
                badges,
                _e(row["reason"]),
                when,
            ]
        )
    return render_table(("Action", "Change", "Then and now", "Reason given", "Date"), rows, caption)
