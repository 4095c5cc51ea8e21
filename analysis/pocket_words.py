"""Hidden pockets in words: sentences in which every number is a figure of the table."""

from __future__ import annotations

import pandas as pd

from analysis.map_view import format_number
from analysis.words import NO_LSOA, count_words
from data.catalogue import Indicator

UNCERTAIN = (
    "Figures of single LSOAs have no interval: they rest on about 1,700 people each, so small "
    "differences mean little"
)
ONE_ONLY = "one neighbourhood only, nothing can be hidden inside"


def _ends(indicator: Indicator) -> tuple[str, str]:
    """The words for the high-need end and for the other end of an indicator."""
    if indicator.measure == "score" and "deprivation" in indicator.name.lower():
        return "most deprived", "least deprived"
    low_end = indicator.polarity == "high_is_good"
    return ("lowest", "highest") if low_end else ("highest", "lowest")


def name_fifth(indicator: Indicator, fifth: int = 5) -> str:
    """The name of a fifth, 5 being high need: "most deprived fifth", "second lowest fifth"."""
    high, low = _ends(indicator)
    names = (low, f"second {low}", "middle", f"second {high}", high)
    return f"{names[fifth - 1]} fifth"


def print_limit(indicator: Indicator, limit: float) -> str:
    """Where the high-need fifth begins: "33.5 and over"."""
    side = "under" if indicator.polarity == "high_is_good" else "over"
    return f"{format_number(limit, indicator.decimals, indicator.unit)} and {side}"


def describe_spread(row: pd.Series, indicator: Indicator) -> str:
    """How far the neighbourhoods of a ward differ: lowest, highest, people; "" without figures.

    Args:
        row: of `pockets.find_pockets`.
        indicator: what the figures are.
    """
    if row["known"] < 2:
        return ""
    low = format_number(row["low"], indicator.decimals)
    high = format_number(row["high"], indicator.decimals, indicator.unit)
    parts = [f"Its neighbourhoods run from {low} to {high}"]
    if not pd.isna(row["value"]):
        own = format_number(row["value"], indicator.decimals, indicator.unit)
        parts.append(f"the ward as a whole is {own}")
    if row["pockets"]:
        share = format_number(row["share"], 1, "%")
        parts.append(f"{share} of its people live in England's {name_fifth(indicator)}")
    return f"{'; '.join(parts)}."


def describe_ward(row: pd.Series, indicator: Indicator, *, named: bool = False) -> str:
    """Say in one sentence what the average of a ward hides, or why nothing can be said.

    Args:
        row: of `pockets.find_pockets`.
        indicator: what the figures are.
        named: begin with the indicator's short name, for a page about several.
    """
    start = f"{indicator.short_name}: " if named else ""
    name, known = row["name"], int(row["known"])
    fifth = f"England's {name_fifth(indicator)}"
    if not row["lsoas"]:
        return f"{start}{name} has {NO_LSOA}."
    if not known:
        return f"{start}{name}: its neighbourhoods have no figure."
    if row["lsoas"] == 1:
        return f"{start}{name} is {ONE_ONLY}."
    count = int(row["pockets"])
    some = f"{count} of its {known} neighbourhoods {'is' if count == 1 else 'are'} in {fifth}"
    if count == known:
        some = f"all of its {known} neighbourhoods are in {fifth}"
    people = f"{row['people_in_pockets']:,.0f} people live there"
    gap = int(row["lsoas"]) - known
    unknown = f" {count_words(gap, 'neighbourhood has', 'neighbourhoods have')} no figure."
    end = unknown if gap else ""
    if not count:
        return f"{start}None of the {known} neighbourhoods of {name} is in {fifth}.{end}"
    if pd.isna(row["fifth"]):
        return f"{start}{name} has no figure as a whole; {some}; {people}.{end}"
    own = f"{name} as a whole is in the {name_fifth(indicator, int(row['fifth']))} of wards"
    link = ", but" if row["hides"] else ";"
    return f"{start}{own}{link} {some}; {people}.{end}"


def make_pockets_title(pockets: pd.DataFrame, indicator: Indicator, place: str) -> str:
    """State in about ten words how many wards hide a pocket.

    Args:
        pockets: see `pockets.find_pockets`.
        indicator: what the figures are.
        place: name of the council or larger area.
    """
    known = int(pockets["value"].notna().sum())
    hiding = int(pockets["hides"].sum())
    what = "high figures" if indicator.polarity == "no_judgement" else "high need"
    if not known:
        return f"{indicator.short_name}: no figures in {place}"
    if not hiding:
        return f"No ward average in {place} hides a pocket of {what}"
    if hiding == 1:
        name = pockets["name"].iloc[0]
        return f"The average of {name} hides a pocket of {what}"
    return f"{hiding:,} of {known:,} ward averages hide a pocket of {what}"


def explain_rule(indicator: Indicator) -> str:
    """What counts as a hidden pocket, for the line below the title."""
    high, _ = _ends(indicator)
    return (
        f"A hidden pocket is a neighbourhood (LSOA) in England's {high} fifth of neighbourhoods, "
        f"inside a ward that as a whole is not in the {high} two fifths of England's wards."
    )


def describe_pockets_list(pockets: pd.DataFrame, indicator: Indicator, place: str) -> str:
    """Describe the ranked list in sentences, for screen readers and reports."""
    hiding = pockets[pockets["hides"]]
    parts = [f"{indicator.name}, {place}: {count_words(len(pockets), 'ward', 'wards')}."]
    parts.append(f"{make_pockets_title(pockets, indicator, place)}.")
    parts += [describe_ward(row, indicator) for _, row in hiding.head(3).iterrows()]
    single, empty = int((pockets["lsoas"] == 1).sum()), int((pockets["lsoas"] == 0).sum())
    if single:
        parts.append(f"{count_words(single, 'ward has', 'wards have')} one neighbourhood only.")
    if empty:
        parts.append(f"{count_words(empty, 'ward has', 'wards have')} no estimate.")
    return " ".join(parts)
