"""Slides about action areas and about one ward."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.need_maps import make_need_view
from analysis.need_matrix import describe_matrix, make_areas_title
from analysis.need_scores import AreaNeed
from analysis.palette import Theme
from analysis.profile_words import make_profile_title
from analysis.report.blocks import Bullets, Chart, Fact, Facts, Series
from analysis.slides import SlideFigure
from analysis.stand_out import StandOut, find_stand_outs
from analysis.story import StoryError
from analysis.words import count_words
from data.load import load_areas
from data.profile import load_profile
from data.strategy import strategy_for
from pages.shared.figures import list_sources
from pages.shared.many import newest_label
from pages.shared.need_choices import NeedChoices, parse_choices
from pages.shared.need_notes import sources_note
from pages.shared.needs import Needs, load_needs
from pages.shared.places import place_name, ward_label, wards_of
from pages.shared.profile_data import comparisons_of, find_neediest, load_spine
from pages.shared.selection import Selection
from pages.shared.story_kinds.common import Kind, Params, draw_slide_map, read_selection
from pages.shared.story_kinds.place import load_headline

STAND_OUTS = 3
#: What a ward is compared with where the link does not say: the place that is shown.
USUAL = {"county": "county", "region": "region", "country": "england"}


def load_needs_of(params: Params) -> Needs:
    """The need scores of a view of the page Action areas.

    Raises:
        StoryError: the view names something that is not there.
    """
    selection = read_selection(params)
    strategy = strategy_for(selection.area)
    choices, problems = parse_choices(params, NeedChoices(), strategy)
    if problems:
        raise StoryError(*problems)
    return load_needs(strategy, selection, choices)


def make_action_areas(params: Params, _theme: Theme) -> SlideFigure:
    """On each action area the ward with the highest need, beside the middle ward."""
    needs = load_needs_of(params)
    scored = [need for need in needs.all if need.ranked]
    if not scored:
        raise StoryError(f"No action area can be scored for {needs.place}.")
    finding = make_areas_title(needs.all, needs.names, needs.place)
    names = needs.wards["ward_name"]
    labels = [f"{need.area.heading}: {_leader(need, names)}" for need in scored]
    top = [float(np.nanmax(need.table["score"])) for need in scored]
    middle = [float(np.nanmedian(need.table["score"])) for need in scored]
    sources = (sources_note(*scored), f"Action areas: {needs.strategy.label}")
    subtitle = f"Need score, 0 to 100 (the most need), {needs.place}, newest figures"
    text = describe_matrix(needs.all, needs.names, needs.place)
    series = [Series("Ward with the highest need", top)]
    if max(need.ranked for need in scored) > 1:  # one ward alone has no middle
        series.append(Series("Middle ward", middle, "other"))
    chart = Chart("action_areas", finding, subtitle, "bar", labels, series, "", text, sources, 0)
    return SlideFigure(finding, subtitle, chart, sources, _period_of(needs), text)


def _leader(need: AreaNeed, names: pd.Series) -> str:
    first = need.table.index[need.table["rank"] == 1]
    return str(names[first[0]]) if len(first) == 1 else count_words(len(first), "ward", "wards")


def _period_of(needs: Needs) -> str:
    """The newest period behind the headline of need, which stands for the tables' age."""
    return newest_label(load_profile().need)


def make_need_map(params: Params, theme: Theme) -> SlideFigure:
    """One action area on a map; the chosen ward is ringed, else the one with most need."""
    needs = load_needs_of(params)
    need = needs.need
    view = make_need_view(
        need, needs.wards, needs.place, selected=needs.ward, source=sources_note(need)
    )
    subtitle = f"{view.indicator}, {needs.place}, newest figures"
    finding = f"{need.area.heading}: {view.title}"
    sources = (sources_note(need),)
    block = draw_slide_map(view, needs.selection.area, subtitle, sources, theme)
    return SlideFigure(finding, subtitle, block, sources, _period_of(needs), view.description)


def top_wards(selection: Selection, how_many: int) -> list[str]:
    """Codes of the wards with the highest overall need, highest first."""
    ranked = load_headline(selection).frame
    ranked = ranked[ranked["rank"] > 0].sort_values("rank", kind="stable")
    return [str(code) for code in ranked.index[:how_many]]


def _title_of(ward: str, selection: Selection) -> str:
    frame = load_headline(selection).frame
    known = int((frame["rank"] > 0).sum())
    rank = int(frame.at[ward, "rank"])
    name = place_name(ward)
    if rank == 1 and known > 1:  # the map of need says "has the highest need" already
        return f"{name}: highest need of {known:,} wards"
    return make_profile_title(name, place_name(selection.area), rank, known)


def make_ward(params: Params, _theme: Theme) -> SlideFigure:
    """What stands out in a ward, as on its profile, in large figures."""
    selection = read_selection(params)
    ward = selection.ward or find_neediest(selection.area)
    known = comparisons_of(ward)
    usual = USUAL.get(str(load_areas().at[selection.area, "area_type"]), "council")
    comparison = known.get(params.get("against", usual)) or known["council"]
    spine = load_spine(tuple(load_profile().rows), ward, comparison)
    found = find_stand_outs(spine, comparison.name, comparison.wards, STAND_OUTS)
    listed = list_sources(thing.indicator_id for thing in found)
    sources = (f"Sources: {listed}",) if found else ()
    people = wards_of(selection.area).at[ward, "population"]
    count = "" if np.isnan(people) else f", {people:,.0f} people"
    subtitle = f"{ward_label(ward)}{count}: what stands out against {comparison.name}"
    block: Facts | Bullets = Facts([_make_fact(thing, spine) for thing in found])
    if not found:
        block = Bullets([f"Nothing lies clearly apart from {comparison.name}."])
    notes = " ".join(thing.sentence for thing in found)
    period = newest_label(load_profile().need)
    return SlideFigure(_title_of(ward, selection), subtitle, block, sources, period, notes)


def _make_fact(thing: StandOut, spine: pd.DataFrame) -> Fact:
    """The sentence of what stands out, parted into its figure and the words around it."""
    row = spine.loc[thing.indicator_id]
    figure, _, rest = thing.sentence.removeprefix(f"{row['name']}: ").partition(", ")
    words = f"{rest[0].upper()}{rest[1:]}".rstrip(".")
    return Fact(f"{row['name']}, {row['period']}", f"{thing.sign} {figure}", words)


KINDS = {
    "action_areas": Kind("Action areas", make_action_areas),
    "need_map": Kind("Map of an action area", make_need_map),
    "ward": Kind("A ward in three figures", make_ward),
}
