"""What must be said beside need scores: what they rest on, who chose it, how sure they are."""

from __future__ import annotations

from collections.abc import Iterable

from analysis.export import make_notes
from analysis.map_view import format_number
from analysis.need_matrix import SIGN_WORDS
from analysis.need_scores import AreaNeed, ScoredIndicator
from analysis.rank_stability import CONCENTRATION, DRAWS, SEED
from analysis.words import count_words, join_words
from data.load import load_manifest
from pages.shared.figures import list_sources
from pages.shared.needs import Needs, figures_of, newest_label

METHOD = (
    "Each indicator becomes its percentile among all wards in England, turned so that high means "
    "more need; the score is the weighted mean of the percentiles. A missing figure is never "
    "filled in: the others share its weight, and under half of the indicators or of their weight "
    "there is no score. Handbook on Constructing Composite Indicators, OECD and JRC, 2008."
)
DRAW_METHOD = (
    f"{DRAWS:,} draws: weights from a Dirichlet distribution around those chosen (concentration "
    f"{CONCENTRATION:g}), figures from their 95 % intervals, seed {SEED}."
)
# From this share of wards with the figure 0 on, the tie is worth a word.
_MANY_ZEROS = 0.1


def describe_weights(needs: Needs, need: AreaNeed) -> str:
    """The weights of one action area in words."""
    said = [
        f"{s.indicator.short_name} {s.weight:g} "
        f"({format_number(100 * need.area.shares[s.indicator.id], 0)} %)"
        for s in need.area.indicators
        if s.weight
    ]
    changed = needs.choices.changed_in(needs.strategy.action_area(need.area.id))
    whose = "changed by hand" if changed else f"those of {needs.strategy.short_label}"
    return f"{need.area.heading}, {whose}: {', '.join(said)}"


def notes_of(needs: Needs, shown: Iterable[AreaNeed]) -> list[tuple[str, str]]:
    """The notes sheet of a download about some action areas."""
    strategy, areas = needs.strategy, list(shown)
    indicators = [s.indicator.id for need in areas for s in need.area.counted]
    headings = [strategy.action_area(need.area.id) for need in areas]
    return make_notes(
        ("Strategy", strategy.label),
        ("Years", strategy.years),
        ("Whose choice", strategy.tied_words),
        *((f"Heading: {area.heading_label}", area.heading.origin) for area in headings),
        ("Place", needs.place),
        ("Method", METHOD),
        ("Signs", SIGN_WORDS),
        ("Rank intervals", DRAW_METHOD),
        *(("Weights", describe_weights(needs, need)) for need in areas),
        ("Sources", list_sources(indicators)),
        ("Build of the tables", str(load_manifest().get("tables_sha256", ""))[:12]),
    )


def interval_note(need: AreaNeed) -> str:
    """How many indicators have no interval, and what that does to the rank intervals."""
    without = [s for s in need.area.counted if s.indicator.interval == "none"]
    if not without:
        return ""
    every = count_words(len(need.area.counted), "indicator", "indicators")
    verb = "has" if len(without) == 1 else "have"
    return (
        f"{len(without)} of {every} {verb} no interval and stay fixed in every draw, so ranks look "
        "steadier than they are"
    )


def count_zeros(scored: ScoredIndicator, need: AreaNeed) -> float:
    """Share of England's wards whose figure is exactly 0, 0 to 1."""
    values = figures_of(need.area).value[scored.indicator.id].dropna()
    return float((values == 0).mean()) if len(values) else 0.0


def zeros_note(need: AreaNeed) -> str:
    """Which indicators are 0 in many wards, all of which stand at the same percentile."""
    shares = [(s.indicator.short_name, count_zeros(s, need)) for s in need.area.counted]
    many = [f"{name} ({format_number(100 * share, 0)} % of wards)" for name, share in shares
            if share >= _MANY_ZEROS]  # fmt: skip
    if not many:
        return ""
    return f"Many wards in England have a figure of 0 and share one percentile: {join_words(many)}"


def size_note(needs: Needs) -> str:
    """What the different numbers of indicators under the headings mean."""
    sizes = sorted({len(area.indicators) for area in needs.strategy.action_areas})
    if len(sizes) < 2:
        return ""
    return (
        f"Headings rest on {sizes[0]} to {sizes[-1]} indicators: the fewer, the more one figure "
        "decides the score"
    )


def sources_note(*needs: AreaNeed) -> str:
    """Sources, geography and periods of the figures of action areas, for below a chart."""
    ids = dict.fromkeys(s.indicator.id for need in needs for s in need.area.counted)
    periods = dict.fromkeys(map(newest_label, ids))
    return f"Sources: {list_sources(ids)}. Periods: {', '.join(periods)}"
