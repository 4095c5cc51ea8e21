"""The views of scored impacts: choices, matrix, list, changes and history."""

from __future__ import annotations

import base64
import datetime as dt
import html
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from analysis.assessment import (
    RULE,
    compare_days,
    describe_items,
    list_days,
    list_history,
    list_items,
    print_day,
)
from analysis.assessment_steps import describe_steps_chart, render_steps
from analysis.assessment_view import (
    Evidence,
    render_changes,
    render_history,
    render_list,
    render_matrix,
)
from analysis.export import make_notes
from analysis.key_figures import make_key_figure
from analysis.words import FLAG_WORDS
from data import clock
from data.assessment_cells import AREAS
from data.assessment_fields import COLUMNS
from data.catalogue import load_catalogue
from data.errors import DataError
from data.geography_words import ENGLAND
from data.load import load_areas, load_newest, load_periods
from pages.shared.choices import pick_here
from pages.shared.downloads import Offer, show_offer
from pages.shared.page import current_theme, show_note
from pages.shared.places import place_name

PAGE = "impact-assessment"
KINDS = {
    "": "Both kinds",
    "damaging": "Damaging impacts",
    "positive": "Positive impacts",
}
NOT_STATED = "not_stated"
WHERE = {
    "": "All areas of impact",
    **{area.casefold().replace(" ", "_"): area for area in AREAS},
    NOT_STATED: "Not stated",
}
MOST_LISTED = 100


@dataclass(frozen=True)
class Choices:
    """The page's own choices; "" means all, or the newest day and the one before it."""

    kind: str = ""
    where: str = ""
    then: str = ""
    now: str = ""

    def address(self) -> dict[str, str]:
        """The parameters of the address that bring these choices back."""
        return {"kind": self.kind, "impact_area": self.where, "then": self.then, "now": self.now}


def parse_choices(params: Mapping[str, str], current: Choices) -> tuple[Choices, list[str]]:
    """Read the choices from an address; a sentence for each thing that was wrong."""
    chosen, problems = current, []
    for name, field, known in (("kind", "kind", KINDS), ("impact_area", "where", WHERE)):
        value = params.get(name, "")
        if value in known:
            chosen = replace(chosen, **{field: value}) if value else chosen
        else:
            options = ", ".join(key for key in known if key)
            problems.append(f"The link asks for {name} “{value[:40]}”; here it can be {options}.")
    for name in ("then", "now"):
        value = params.get(name, "")
        if not value:
            continue
        try:
            dt.date.fromisoformat(value)
        except ValueError:
            problems.append(f"The link names the day “{value[:20]}”, which is no day.")
        else:
            chosen = replace(chosen, **{name: value})
    return chosen, problems


@dataclass(frozen=True)
class Shown:
    """What is looked at: filtered rows, the two days, and words for them.

    `then` is None where there is no earlier day to compare with; `now` is None where nothing
    is scored.
    """

    table: pd.DataFrame
    then: dt.date | None
    now: dt.date | None
    said: str
    origin: str

    @cached_property
    def items(self) -> pd.DataFrame:
        """Each impact as it stands on the later day."""
        return list_items(self.table, self.now)

    @cached_property
    def changes(self) -> pd.DataFrame | None:
        """What changed between the days, None where there is one day only."""
        if self.then is None or self.now is None:
            return None
        return compare_days(self.table, self.then, self.now)

    @property
    def day(self) -> str:
        """The later day in words."""
        return print_day(self.now) if self.now else "today"


def choose_days(days: list[dt.date], choices: Choices) -> tuple[dt.date | None, dt.date | None]:
    """The two days: those chosen where the file has them, else the newest and the one before."""
    if not days:
        return None, None
    by_key = {day.isoformat(): day for day in days}
    now = by_key.get(choices.now, days[-1])
    earlier = [day for day in days if day < now]
    then = by_key.get(choices.then)
    if then not in earlier:
        then = earlier[-1] if earlier else None
    return then, now


def missing_days(days: list[dt.date], choices: Choices) -> list[str]:
    """A sentence for each chosen day on which nothing was scored, where there are scores."""
    known = {day.isoformat() for day in days}
    asked = [key for key in (choices.then, choices.now) if key and key not in known]
    return [
        f"Nothing was scored on {print_day(dt.date.fromisoformat(key))}; another day is shown"
        for key in asked
        if days
    ]


def filter_rows(table: pd.DataFrame, choices: Choices) -> pd.DataFrame:
    """The rows of impacts of the chosen kind and area; their whole history stays together."""
    newest = list_items(table).set_index("id")
    keep_ids = newest.index
    if choices.kind:
        keep_ids = keep_ids[newest["kind"].str.casefold() == choices.kind]
    if choices.where:
        area = "" if choices.where == NOT_STATED else WHERE[choices.where]
        keep_ids = keep_ids.intersection(newest.index[newest["area_of_impact"] == area])
    return table[table["id"].isin(keep_ids)]


def _pick(name: str, label: str, options: Mapping[str, str], value: str, hint: str = "") -> None:
    pick_here(PAGE, name, label, options, value, f"assessment_{name}", hint)


def pick_filters(table: pd.DataFrame, choices: Choices) -> None:
    """Kind and area of impact, and the two days where there are several."""
    _pick("kind", "Kind", KINDS, choices.kind)
    stated = {k: v for k, v in WHERE.items() if k != NOT_STATED or choices.where == k}
    if (table["area_of_impact"] == "").any():
        stated[NOT_STATED] = WHERE[NOT_STATED]
    _pick("where", "Area of impact", stated, choices.where)
    days = list_days(table)
    then, now = choose_days(days, choices)
    if now is None or len(days) < 2:
        return
    words = {day.isoformat(): print_day(day) for day in reversed(days)}
    before = {k: v for k, v in words.items() if k < now.isoformat()}
    if before and then:
        _pick("then", "Changes since", before, then.isoformat())
    _pick("now", "Scores as at", words, now.isoformat(),
          "Each impact counts with its newest score up to this day.")  # fmt: skip


def find_evidence(indicator_id: str, area: str) -> Evidence | None:
    """The newest figure of an indicator for a place, beside England's."""
    if not indicator_id:
        return None
    catalogue = load_catalogue()
    indicator = catalogue.indicators[indicator_id]
    try:
        newest, period = load_newest(indicator_id), load_periods(indicator_id)[-1]
    except DataError:
        return Evidence(indicator.name, "no figure", "the table cannot be read", "")
    rows = newest.reindex([area, ENGLAND] if area != ENGLAND else [area])
    rows = rows.rename_axis("area_code").reset_index().assign(period=period, period_end=1)
    figure = make_key_figure(indicator, rows, area, (ENGLAND, place_name(ENGLAND)))
    flag = str(rows["flag"].iloc[0])
    why = FLAG_WORDS.get(
        flag, FLAG_WORDS["not_available"] if pd.isna(rows["value"].iloc[0]) else ""
    )
    district = catalogue.is_district_only(indicator_id)
    note = "; ".join(
        part for part in (why, "district figure, not ward" if district else "") if part
    )
    link = "" if district else f"ward-map?{urlencode({'area': area, 'indicator': indicator_id})}"
    return Evidence(
        indicator.name, figure.value, figure.period, figure.comparison.strip(), note, link
    )


def _name_wards(codes: str) -> str:
    """Ward codes as names; what is no list of codes stays as it is."""
    names = load_areas()["area_name"]
    return ", ".join(str(names.get(code, code)) for code in codes.split("; ")) if codes else ""


def _plain(table: pd.DataFrame) -> pd.DataFrame:
    """Rows with the headings of the template, and score and change, for download."""
    plain = pd.DataFrame({c.heading: table[c.key] for c in COLUMNS})
    plain["Date of scoring"] = table["date"].dt.strftime("%Y-%m-%d")
    plain.insert(6, "Score (impact x likelihood)", table["score"])
    plain["Rows set aside"] = table["incomplete"].map({True: "yes", False: "no"})
    plain["Score before"], plain["Since the score before"] = table["previous"], table["step"]
    return plain


def _notes(shown: Shown) -> list[tuple[str, str]]:
    return make_notes(
        ("Source", shown.origin), ("Shown", shown.said), ("Scores as at", shown.day),
        ("Rule", RULE), ("Read on", clock.today().isoformat()),
    )  # fmt: skip


def _caption(shown: Shown) -> str:
    return f"Impacts by id, as scored up to {shown.day}; 1 is least, 5 is most"


def show_matrix(shown: Shown) -> None:
    """Impact by likelihood; what is not scored is counted below."""
    items, words = shown.items, describe_items(shown.items, shown.day)
    if items["score"].isna().all():
        return
    st.header("How large and how likely", anchor=False)
    st.html(render_matrix(items, _caption(shown), current_theme()))
    missing = int(items["score"].isna().sum())
    show_note(RULE, f"{missing} not scored, so not in the matrix" if missing else "", shown.origin)
    offer = Offer(f"impact matrix {shown.day}", _plain(items), _notes(shown), words)
    show_offer(lambda: offer, "assessment-matrix")


def show_list(shown: Shown, area: str) -> None:
    """The impacts from the highest score, each with its evidence."""
    items = shown.items
    listed = items.head(MOST_LISTED)
    proofs = {i: find_evidence(i, area) for i in dict.fromkeys(listed["indicator"])}
    scored = items["score"].notna().any()
    st.header(f"The impacts{', highest score first' if scored else ''}", anchor=False)
    cut = f"the first {MOST_LISTED} of {len(items):,}; the files below hold all"
    what = f"{len(items):,} impacts" if len(listed) == len(items) else cut
    caption = f"{what}; evidence is the newest figure for {place_name(area)}"
    if not any(listed["indicator"]):
        caption = what
    evidence = [proofs[i] for i in listed["indicator"]]
    named = listed.assign(wards=listed["wards"].map(_name_wards))
    st.html(render_list(named, evidence, caption, current_theme()))
    show_note(
        RULE if scored else "",
        "A figure as evidence stands beside a score; it does not prove it" if any(proofs) else "",
        shown.origin,
    )
    show_offer(lambda: _offer_list(shown, area), "assessment-list")


def _offer_list(shown: Shown, area: str) -> Offer:
    items = shown.items
    proofs = {i: find_evidence(i, area) for i in dict.fromkeys(items["indicator"])}
    words = {i: f"{e.name}: {e.value} ({e.period})" if e else "" for i, e in proofs.items()}
    table = _plain(items)
    table[f"Evidence for {place_name(area)}"] = items["indicator"].map(words)
    return Offer(f"impacts {shown.day}", table, _notes(shown), describe_items(items, shown.day))


def show_changes(shown: Shown) -> None:
    """What changed between the two days."""
    changes = shown.changes
    if changes is None or shown.then is None:
        if shown.now is not None:
            show_note("There is one day of scoring only, so nothing can be compared yet")
        return
    st.header(f"What changed between {print_day(shown.then)} and {shown.day}", anchor=False)
    listed = changes.head(MOST_LISTED)
    counts = changes["step"].value_counts()
    summary = ", ".join(f"{n} {step}" for step, n in counts.items())
    st.html(render_changes(listed, summary, current_theme()))
    cut = f"The first {MOST_LISTED} of {len(changes):,} are shown"
    show_note(cut if len(listed) < len(changes) else "", RULE, shown.origin)
    words = f"Between {print_day(shown.then)} and {shown.day}: {summary}."
    plain = changes.rename(columns=lambda name: name.replace("_", " ").capitalize())
    offer = Offer(f"changes {shown.then} {shown.now}", plain, _notes(shown), words)
    show_offer(lambda: offer, "assessment-changes")


def show_history(shown: Shown) -> None:
    """One impact's scores over time: a step chart and every version."""
    if shown.now is None:
        return
    titles = shown.items.set_index("id")["title"].to_dict()
    st.header("History of one impact", anchor=False)
    # The id comes from the visitor's file, so it is not put in the address.
    chosen = st.selectbox(
        "Impact", list(titles), format_func=lambda i: f"{i}: {titles.get(i, '')}",
        key="assessment_item",
    )  # fmt: skip
    if chosen is None:
        return
    history = list_history(shown.table, chosen)
    title = f"{chosen}: {titles[chosen]}"
    until = max(list_days(shown.table), default=shown.now)
    if chart := render_steps(history, "", until, current_theme()):
        # As a picture: st.html takes SVG elements out.
        code = base64.b64encode(chart.encode()).decode()
        alt = html.escape(describe_steps_chart(history))
        st.html(f'<img alt="{alt}" src="data:image/svg+xml;base64,{code}" style="max-width:100%">')
    versions = f"{len(history)} {'row' if len(history) == 1 else 'rows'} of {title}"
    st.html(render_history(history, f"{versions}, newest first; none is overwritten",
                           current_theme()))  # fmt: skip
    show_note(RULE, shown.origin)
    offer = Offer(
        f"history {chosen}", _plain(history), _notes(shown),
        f"{title}. {describe_steps_chart(history)}.",
        picture=(lambda: render_steps(history, title, until, "light", f"{RULE}. {shown.origin}"))
        if chart else None,
    )  # fmt: skip
    show_offer(lambda: offer, "assessment-history")
