"""Charts and maps for other websites about the action areas of a strategy."""

from __future__ import annotations

from analysis.embed import Embed, EmbedError, MapDrawing
from analysis.need_scores import AreaNeed
from analysis.need_tables import make_score_table
from analysis.report.blocks import Chart, Series, Table
from analysis.report.pieces import list_figures
from analysis.words import keep_short
from data.load import load_paths
from pages.shared.embed_kinds.common import licences_of, make_rows, tabulate
from pages.shared.need_notes import METHOD, describe_weights, sources_note
from pages.shared.need_pictures import view_of
from pages.shared.needs import Needs
from pages.shared.story_kinds.common import Params
from pages.shared.story_kinds.need import load_needs_of
from pages.shared.story_kinds.need import make_action_areas as make_areas_slide

#: Bars of a chart; every ward stands in the table.
MOST_ROWS = 26


def _whose(needs: Needs, *shown: AreaNeed) -> tuple[str, ...]:
    """Whose words and weights these are: a working heading is never a council's own."""
    areas = [needs.strategy.action_area(need.area.id) for need in shown]
    working = [area.heading_label for area in areas if area.is_working]
    changed = [need for need in shown
               if needs.choices.changed_in(needs.strategy.action_area(need.area.id))]  # fmt: skip
    lines = (
        f"{needs.strategy.label}. {needs.strategy.tied_words}",
        f"Not published by a council: {', '.join(working)}" if working else "",
        *(f"Weights of {describe_weights(needs, need)}" for need in changed),
    )
    return tuple(line for line in lines if line)


def _ids(*needs: AreaNeed) -> list[str]:
    return [scored.indicator.id for need in needs for scored in need.area.counted]


def _heading(needs: Needs) -> str:
    return needs.strategy.action_area(needs.need.area.id).heading_label


def _title(needs: Needs, finding: str) -> str:
    """The finding with its heading where both are short; the subtitle names it anyway."""
    return keep_short(f"{_heading(needs)}: {finding}", finding)


def _rows(needs: Needs) -> Table:
    """Every ward with score and rank; what each indicator adds is in the dashboard."""
    table = make_score_table(needs.need, needs.wards)
    kept = [name for name in table if not str(name).endswith((": percentile", ": points"))]
    title = f"Need score, {_heading(needs)}, {needs.place}"
    return make_rows(title, table[kept], {"Need score": 1, "People": 0})


def make_need_map(params: Params) -> Embed:
    """The map of one action area on the page Action areas."""
    needs = load_needs_of(params)
    need = needs.need
    view = view_of(needs, need)
    return Embed(
        _title(needs, view.title),
        f"{view.indicator}, {needs.place}, newest figures",
        needs.place,
        MapDrawing(view, load_paths("ward", needs.selection.area)),
        view.description,
        _rows(needs),
        (*_whose(needs, need), sources_note(need)),
        licences_of(_ids(need)),
        "action-areas",
        needs.address(),
        methods=(METHOD,),
    )


def make_need_ranking(params: Params) -> Embed:
    """The wards with the highest need on one action area as bars.

    Raises:
        EmbedError: no ward has a score.
    """
    needs = load_needs_of(params)
    need = needs.need
    ranked = need.table[need.table["rank"] > 0].sort_values("rank", kind="stable")
    if ranked.empty:
        raise EmbedError(f"No ward of {needs.place} has a score on “{_heading(needs)}”.", 404)
    shown = ranked.head(MOST_ROWS)
    view = view_of(needs, need)
    cut = f", the {len(shown)} highest of {len(ranked)}" if len(shown) < len(ranked) else ""
    subtitle = f"{view.indicator} (the most need), wards of {needs.place}{cut}, newest figures"
    title = _title(needs, view.title)
    chart = Chart(
        "need", title, subtitle, "bar", [str(needs.names[code]) for code in shown.index],
        [Series("Need score", list_figures(shown["score"], 0))], "", view.description, decimals=0,
    )  # fmt: skip
    return Embed(
        title,
        subtitle,
        needs.place,
        chart,
        view.description,
        _rows(needs),
        (*_whose(needs, need), sources_note(need)),
        licences_of(_ids(need)),
        "action-areas",
        needs.address(),
        methods=(METHOD,),
    )


def make_action_areas(params: Params) -> Embed:
    """On each action area the ward with the highest need, beside the middle ward."""
    needs = load_needs_of(params)
    slide = make_areas_slide(params, "light")
    chart = slide.block
    assert isinstance(chart, Chart)  # noqa: S101 (for the type checker)
    return Embed(
        slide.finding,
        slide.subtitle,
        needs.place,
        chart,
        slide.notes,
        tabulate(chart, "Action area"),
        (*_whose(needs, *needs.all), *slide.sources),
        licences_of(_ids(*needs.all)),
        "action-areas",
        needs.address(action_area=False),
        methods=(METHOD,),
    )
