"""Community assets by ward beside need: what there is to build on, and who to ask about more.

A list is never complete: a ward with few listed places may have many. So the words are always
"listed", and a ward that needs much and has few listed places is one to ask about.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.comparison import compute_ranks
from analysis.words import count_in_words, count_words, join_words, keep_short

#: Of the place's wards, the part with the most need, and the part with the fewest listed sites.
PART = 3
PER_PEOPLE = 10_000
FEWEST_WARDS = 6
ASK = "High need and few listed: ask who is missing from the list."
METHOD = (
    "High need: the third of the wards with the highest need. Few listed: the third with the "
    "fewest listed sites for each 10,000 people. “Listed” counts what is in a list; what is not "
    "listed may still be there."
)


def make_asset_table(
    wards: pd.DataFrame, need: pd.Series, sites: pd.DataFrame, named: pd.Series
) -> pd.DataFrame:
    """Wards with their need, their listed sites and what people named, highest need first.

    Args:
        wards: index ward code; columns name, population (NaN where there is no estimate).
        need: a figure by ward code, high means more need; NaN where there is none.
        sites: counts by ward code, one column per kind.
        named: how many community assets people named, by ward code.

    Returns:
        index ward code; columns name, population, need, rank (1 is the highest need, 0 none),
        the kinds of sites, listed (all of them), per_people (for each 10,000 people, NaN without
        people), named, ask (high need and few listed; never where either is unknown, or in a
        place of fewer than six wards).
    """
    table = wards[["name", "population"]].copy()
    table["need"] = need.reindex(table.index).astype(float)
    table["rank"] = compute_ranks(table["need"])
    counts = sites.reindex(table.index).fillna(0).astype(int)
    table = table.join(counts)
    table["listed"] = counts.sum(axis=1)
    people = table["population"].where(table["population"] > 0)
    table["per_people"] = PER_PEOPLE * table["listed"] / people
    table["named"] = named.reindex(table.index).fillna(0).astype(int)
    table["ask"] = _find_to_ask(table)
    order = np.where(table["rank"] > 0, table["rank"], len(table) + 1)
    return table.iloc[np.lexsort((table["name"].astype(str), order))]


def _find_to_ask(table: pd.DataFrame) -> pd.Series:
    known = table[(table["rank"] > 0) & table["per_people"].notna()]
    if len(known) < FEWEST_WARDS:
        return pd.Series(False, index=table.index)
    part = math.ceil(len(known) / PART)
    high = compute_ranks(known["need"]) <= part
    few = compute_ranks(-known["per_people"]) <= part
    return pd.Series(high & few, index=known.index).reindex(table.index, fill_value=False)


def make_assets_title(table: pd.DataFrame, place: str) -> str:
    """State how many wards need much and have few listed sites."""
    ask = table.loc[table["ask"], "name"].tolist()
    if len(table) < FEWEST_WARDS:
        return f"Places to build on in {place}"
    if not ask:
        return keep_short(
            f"No ward of {place} combines high need and few listed",
            "No ward combines high need and few listed places",
        )
    if len(ask) == 1:
        return keep_short(
            f"{ask[0]} combines high need and few listed places",
            "One ward combines high need and few listed places",
        )
    return f"{count_in_words(len(ask))} wards combine high need and few listed places"


def describe_assets(table: pd.DataFrame, kinds: Mapping[str, tuple[str, str]], place: str) -> str:
    """Describe the table in sentences: totals, the wards to ask about, what it does not say.

    Args:
        table: see `make_asset_table`.
        kinds: words for one and for many sites, by column.
        place: name of the place.
    """
    totals = [count_words(int(table[kind].sum()), *words) for kind, words in kinds.items()]
    named = int(table["named"].sum())
    parts = [f"{place}: {join_words(totals)} are listed."]
    parts.append(f"People named {count_words(named, 'community asset', 'community assets')}.")
    if ask := table.loc[table["ask"], "name"].tolist():
        parts.append(f"High need and few listed: {join_words(ask)}.")
    parts.append("What is not listed may still be there.")
    return " ".join(parts)


def tabulate_asset_table(
    table: pd.DataFrame, headings: Mapping[str, str], need_heading: str, *, code: bool = True
) -> pd.DataFrame:
    """The wards with plain headings, for the screen and for files.

    Args:
        table: see `make_asset_table`.
        headings: heading by kind of site.
        need_heading: what the need is.
        code: with a column of ward codes.
    """
    found = pd.DataFrame({"Ward": table["name"]})
    if code:
        found["Code"] = table.index
    found["Rank of need"] = table["rank"].where(table["rank"] > 0)
    found[need_heading] = table["need"]
    found["People"] = table["population"]
    for kind, heading in headings.items():
        found[heading] = table[kind]
    found["Listed per 10,000 people"] = table["per_people"].round(1)
    found["Named by people"] = table["named"]
    found["To ask about"] = np.where(table["ask"], "High need, few listed", "")
    return found.reset_index(drop=True)


def tabulate_named(
    assets: pd.DataFrame, names: Mapping[str, str], wards: Sequence[str] = ()
) -> pd.DataFrame:
    """The community assets that people named, by ward.

    Args:
        assets: columns name, kind (in words), ward (code, "" for none), note, source.
        names: ward names by code.
        wards: only these, in their order; all where none are given.
    """
    kept = assets[assets["ward"].isin(list(wards))] if wards else assets
    table = pd.DataFrame(
        {
            "Ward": [names.get(str(w), "No ward said") for w in kept["ward"]],
            "Name": kept["name"].tolist(),
            "Kind": kept["kind"].tolist(),
            "Note": kept["note"].tolist(),
            "Named by": kept["source"].tolist(),
        }
    )
    return table.sort_values(["Ward", "Kind", "Name"], kind="stable", ignore_index=True)
