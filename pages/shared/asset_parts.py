"""The parts of the page Community assets: need on a map, lists beside it, what people named."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd
import streamlit as st

from analysis.asset_map import (
    ASK,
    METHOD,
    describe_assets,
    make_asset_table,
    tabulate_asset_table,
    tabulate_named,
)
from analysis.export import make_notes
from analysis.map_view import format_number
from analysis.words import age_words
from data import clock
from data.errors import StoreError
from data.load import load_periods
from data.sites import SiteKind, load_site_kinds, load_sites
from data.store.council_assets import load_kept_assets, load_named_assets
from data.store.engine import open_store
from pages.shared.asset_file import current_list, own_rows
from pages.shared.downloads import Offer, show_offer
from pages.shared.figures import MapFigure, draw_map, draw_svg, load_ward_figure, show_provenance
from pages.shared.page import show_note
from pages.shared.places import place_name, wards_of
from pages.shared.selection import DEFAULT_CLASSES, Selection
from pages.shared.tables import show_table

NEED = "imd_score"
MOST_ROWS = 40
NEED_HEADING = "Deprivation score 2025"
COLUMNS = ("name", "kind", "ward", "note", "source")


def load_people_assets(area: str) -> tuple[pd.DataFrame, int, str]:
    """What people named in a place: the table, how many are kept as its list, what failed.

    Returns:
        columns name, kind, ward, note, source; from the visitor's file where one was brought,
        else from the list that is kept; with what workshops named.
    """
    problem, kept, named = "", pd.DataFrame(columns=list(COLUMNS)), None
    try:
        kept, named = load_kept_assets(open_store(), area), load_named_assets(open_store(), area)
    except StoreError as error:
        problem = str(error)
    brought = current_list()
    own = kept
    if brought is not None and brought.found is not None:
        own = own_rows(area, brought.found.table)
        own["source"] = own["source"].where(own["source"] != "", "Your file")
    own = own.assign(source=own["source"].where(own["source"] != "", "The council’s list"))
    parts = [part for part in (own, named) if part is not None and len(part)]
    table = pd.concat(parts, ignore_index=True) if parts else own
    return table, len(kept), problem


@dataclass(frozen=True)
class Assets:
    """What the page shows of a place: the need figure, and what people named."""

    selection: Selection
    figure: MapFigure
    people: pd.DataFrame

    @property
    def place(self) -> str:
        """Name of the place."""
        return place_name(self.selection.area)

    @property
    def kinds(self) -> dict[str, SiteKind]:
        """The kinds of sites."""
        return load_site_kinds()

    @property
    def headings(self) -> dict[str, str]:
        """Heading by kind of site."""
        return {kind: one.many[0].upper() + one.many[1:] for kind, one in self.kinds.items()}

    @cached_property
    def table(self) -> pd.DataFrame:
        """Wards with need and lists (see `asset_map.make_asset_table`)."""
        named = self.people["ward"].value_counts()
        wards = wards_of(self.selection.area)
        return make_asset_table(wards, self.figure.frame["value"], load_sites(), named)

    @property
    def description(self) -> str:
        """In words."""
        words = {kind: (one.one, one.many) for kind, one in self.kinds.items()}
        return describe_assets(self.table, words, self.place)


def load_assets(selection: Selection, people: pd.DataFrame) -> Assets:
    """The need figure of the place beside its lists.

    Raises:
        TableError: a table is missing or damaged.
    """
    period = load_periods(NEED)[-1]
    figure = load_ward_figure(NEED, period, selection, DEFAULT_CLASSES)
    return Assets(selection, figure, people)


def show_need_map(assets: Assets) -> None:
    """The map of overall need; a click chooses the ward."""
    draw_map(assets.figure, assets.selection, "assets-map", 460)
    show_provenance(assets.figure.subject)


def show_ward_lists(assets: Assets) -> None:
    """What is listed in the chosen ward, else which wards to ask about."""
    table, ward = assets.table, assets.selection.ward
    if ward:
        row = table.loc[ward]
        ranked = int((table["rank"] > 0).sum())
        st.header(str(row["name"]), anchor=False)
        need = f"need rank {int(row['rank'])} of {ranked}" if row["rank"] else "no need figure"
        show_note(f"{need[0].upper()}{need[1:]}", ASK if row["ask"] else "")
        lines = [f"- **{int(row[kind]):,}** {one.one if row[kind] == 1 else one.many} listed"
                 for kind, one in assets.kinds.items()]  # fmt: skip
        st.markdown("\n".join(lines))
        _show_named(assets, [ward])
        return
    ask = table[table["ask"]]
    st.header("Who is missing from the list?", anchor=False)
    if ask.empty:
        show_note("No ward stands out with high need and few listed places. Choose a ward to see "
                  "what is listed there.")  # fmt: skip
    else:
        st.markdown("\n".join(f"- {name}" for name in ask["name"].head(12)))
        show_note(ASK)
    show_note(METHOD)


def _show_named(assets: Assets, wards: list[str]) -> None:
    names = {str(k): str(v) for k, v in assets.table["name"].items()}
    named = tabulate_named(assets.people, names, wards)
    if named.empty:
        show_note("Nobody has named a community asset here yet; there may be many.")
        return
    show_table(named.drop(columns="Ward").head(MOST_ROWS), "Community assets that people named")


def show_all_wards(assets: Assets) -> None:
    """Wards by need with their lists, and the files."""
    rows = tabulate_asset_table(assets.table, assets.headings, NEED_HEADING, code=False)
    words = rows.head(MOST_ROWS).copy()
    for heading, decimals in ((NEED_HEADING, 1), ("Listed per 10,000 people", 1), ("People", 0),
                              ("Rank of need", 0)):  # fmt: skip
        words[heading] = ["–" if pd.isna(v) else format_number(v, decimals) for v in words[heading]]
    show_table(words, "Wards by need with what is listed in them")
    if len(rows) > MOST_ROWS:
        show_note(
            f"The {MOST_ROWS} wards with the highest need; all {len(rows):,} are in the files"
        )
    show_note("0 means that nothing is listed, not that nothing is there", METHOD)
    for source in dict.fromkeys(kind.source for kind in assets.kinds.values()):
        day = f"{source.as_at.day} {source.as_at:%B %Y}"
        show_note(f"Source: {source.publisher}, {source.title}, as at {day}",
                  f"Figure is {age_words(source.as_at, clock.today())}",
                  "Published as points", source.processing_note)  # fmt: skip
        show_note(f"Take care: {' '.join(source.caveats)}")
    show_offer(lambda: make_offer(assets), "assets-wards")


def make_offer(assets: Assets) -> Offer:
    """The wards with need and lists as rows, words and files."""
    sources = dict.fromkeys(kind.source for kind in assets.kinds.values())
    notes = [(s.title, f"{s.publisher}, {s.url}. {s.licence}. {s.attribution} {s.processing_note} "
              f"{' '.join(s.caveats)}") for s in sources]  # fmt: skip
    subject = assets.figure.subject
    return Offer(
        name=f"community_assets_{assets.place}",
        table=tabulate_asset_table(assets.table, assets.headings, NEED_HEADING),
        notes=make_notes(
            ("What it is", "Wards by need with schools, GP, dental and pharmacy sites of open "
             "lists, and community assets that people named"),
            ("How to read it", METHOD),
            ("Need", f"{subject.indicator.name}, {subject.source_line}"),
            *notes,
        ),
        description=assets.description,
        picture=lambda: draw_svg(assets.figure),
        layer="ward",
    )  # fmt: skip


def show_people_assets(assets: Assets) -> None:
    """All community assets that people named, with their files."""
    names = {str(k): str(v) for k, v in assets.table["name"].items()}
    named = tabulate_named(assets.people, names)
    if named.empty:
        show_note("Nobody has named a community asset here yet. A workshop collects them from "
                  "people’s phones; a council can bring its own list below.")  # fmt: skip
        return
    show_table(named.head(MOST_ROWS), "Community assets that people named")
    offer = Offer(
        name=f"community_assets_named_{assets.place}",
        table=named,
        notes=[("What it is", "Community assets named in workshops, those a lead hid left out, "
                "and in the council’s own list"), ("Take care", METHOD)],
        description=f"{len(named):,} community assets that people named in {assets.place}.",
    )  # fmt: skip
    show_offer(lambda: offer, "assets-named")
