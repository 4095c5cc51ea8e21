"""Tables behind the charts of need, for the screen and for downloads: plain headings, all rows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.map_view import as_printed
from analysis.need_change import NeedChange, change_word
from analysis.need_equality import NeedByGroup
from analysis.need_scores import AreaNeed, ScoredIndicator
from analysis.rank_stability import RankStability
from data.catalogue import Catalogue
from data.periods import read_period

DIRECTIONS = {"high": "a high figure", "low": "a low figure"}


def make_score_table(
    need: AreaNeed, wards: pd.DataFrame, stability: RankStability | None = None
) -> pd.DataFrame:
    """One action area ward by ward: score, rank and what each indicator adds, highest first.

    Args:
        need: the scores.
        wards: index ward code; columns name, population.
        stability: of the same wards; adds the rank interval and the chance of the top ranks.
    """
    table = need.table
    order = np.lexsort(
        (wards.loc[table.index, "name"], table["rank"].where(table["rank"] > 0, 1e6))
    )
    codes = table.index[order]
    table = table.loc[codes]
    columns: dict[str, object] = {
        "Ward": wards.loc[codes, "name"].to_numpy(),
        "Code": codes.to_numpy(),
        "People": wards.loc[codes, "population"].to_numpy(),
        "Need score": as_printed(table["score"], 1),
        "Rank (1 highest)": table["rank"].replace(0, np.nan).to_numpy(),
        "Figures": [f"{k} of {a}" for k, a in zip(table["known"], table["all"], strict=True)],
        "Note": table["reason"].to_numpy(),
    }
    if stability is not None:
        ranks = stability.table.loc[codes]
        for name, column in (("from", "rank_low"), ("to", "rank_high")):
            columns[f"Rank in 9 of 10 draws, {name}"] = ranks[column].replace(0, np.nan).to_numpy()
        columns[f"Chance of the top {stability.top} (%)"] = as_printed(100 * ranks["top_chance"], 1)
    for scored in need.area.indicators:
        if scored.weight:
            name, indicator = scored.indicator.short_name, scored.indicator.id
            for words, figures, places in (
                ("percentile", need.percentiles, 1),
                ("points", need.contributions, 2),
            ):
                found = as_printed(figures.loc[codes, indicator], places)
                columns[f"{name}: {words}"] = found
    return pd.DataFrame({k: np.asarray(v) for k, v in columns.items()})


def make_indicator_table(
    indicators: Sequence[ScoredIndicator], reasons: Sequence[str], catalogue: Catalogue,
    periods: Sequence[str],
) -> pd.DataFrame:  # fmt: skip
    """The indicators of an action area: reason, weight, direction, source, period.

    Args:
        indicators: with the weights in use.
        reasons: why each belongs, in the same order.
        catalogue: for the sources.
        periods: newest period of each in words, in the same order.
    """
    total = sum(scored.weight for scored in indicators)
    rows = []
    for scored, reason, period in zip(indicators, reasons, periods, strict=True):
        source = catalogue.source_of(scored.indicator.id)
        rows.append(
            {
                "Indicator": scored.indicator.name,
                "Why it belongs": reason,
                "Weight": scored.weight,
                "Share of the weight (%)": round(100 * scored.weight / total, 1),
                "Means more need": DIRECTIONS[scored.direction],
                "Period": period,
                "Source": f"{source.publisher}: {source.title}",
                "Licence": source.licence,
            }
        )
    return pd.DataFrame(rows)


def make_equality_table(groups: Sequence[NeedByGroup]) -> pd.DataFrame:
    """How need differs by each group: means of both fifths, gap, index, with their limits."""
    return pd.DataFrame(
        [
            {
                "Group": found.group.people,
                "Wards": found.wards,
                "Wards in a fifth": found.fifth,
                "Mean score, largest share": round(found.high_mean, 1),
                "Mean score, smallest share": round(found.low_mean, 1),
                "Gap": round(found.gap, 1),
                "Gap, lower 95 % limit": round(found.gap_limits[0], 1),
                "Gap, upper 95 % limit": round(found.gap_limits[1], 1),
                "Concentration index": round(found.index, 3),
                "Index, lower 95 % limit": round(found.index_limits[0], 3),
                "Index, upper 95 % limit": round(found.index_limits[1], 3),
                "Part of the score": "yes" if found.part_of_score else "no",
                "Note": found.reason,
            }
            for found in groups
        ]
    )


def make_curve_table(found: NeedByGroup) -> pd.DataFrame:
    """The points of a concentration curve, wards with the smallest share of the group first."""
    names = {"people": "People so far (%)", "need": "Need so far (%)"}
    return found.curve.rename(columns=names).round(2)


def make_change_table(change: NeedChange, names: pd.Series) -> pd.DataFrame:
    """Need then and now, one row per ward and indicator; a break is named, never a rise or fall.

    Args:
        change: see `need_change.compute_need_change`.
        names: ward code -> name.
    """
    table = change.table
    labels = {key: read_period(str(key)).label for key in
              {*table["period_then"], *table["period_now"]}}  # fmt: skip
    broken = table["break_kind"] != ""
    words = [
        "not like for like" if gap else change_word(float(points))
        for gap, points in zip(broken, table["change"], strict=True)
    ]
    return pd.DataFrame(
        {
            "Ward": names.reindex(table["ward"]).to_numpy(),
            "Code": table["ward"].to_numpy(),
            "Indicator": table["indicator"].to_numpy(),
            "Then": table["period_then"].map(labels).to_numpy(),
            "Now": table["period_now"].map(labels).to_numpy(),
            "Figure then": table["value_then"].to_numpy(),
            "Figure now": table["value_now"].to_numpy(),
            "Percentile then": table["then"].astype(float).round(1).to_numpy(),
            "Percentile now": table["now"].astype(float).round(1).to_numpy(),
            "Change": table["change"].astype(float).round(1).where(~broken).to_numpy(),
            "In words": words,
            "Break": table["break_reason"].to_numpy(),
        }
    )


def make_profile_table(needs: Sequence[AreaNeed], wards: pd.DataFrame, ward: str) -> pd.DataFrame:
    """One ward across the action areas, beside the other wards of the place.

    Args:
        needs: one per action area.
        wards: index ward code; columns name, population.
        ward: code of the ward.
    """
    rows = []
    for need in needs:
        own, scores = need.table.loc[ward], need.table["score"]
        rows.append(
            {
                "Ward": wards.at[ward, "name"],
                "Code": ward,
                "Action area": need.area.heading,
                "Need score": round(float(own["score"]), 1),
                "Rank (1 highest)": own["rank"] or np.nan,
                "Wards ranked": need.ranked,
                "Lowest of all wards": round(float(scores.min()), 1),
                "Middle of all wards": round(float(scores.median()), 1),
                "Highest of all wards": round(float(scores.max()), 1),
                "Figures": f"{own['known']} of {own['all']}",
                "Note": own["reason"],
            }
        )
    return pd.DataFrame(rows)
