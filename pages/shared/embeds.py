"""Which charts and maps can stand in another website, and what makes each; no Streamlit runs.

Each kind takes the address of a page's view, reads it with the page's own functions and shows
the page's own figures. Own figures and plans are never shown: only what is open or published.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from analysis.embed import MOST_WARDS, Embed, EmbedError
from analysis.story import StoryError
from data.own.entry import PREFIX
from pages.shared.embed_kinds import district, need, place, pockets, profile, recovery, where
from pages.shared.places import place_name, wards_of
from pages.shared.selection import DEFAULT_AREA
from pages.shared.story_kinds.common import Params, read_selection

Maker = Callable[[Params], Embed]

#: What the marks of a visitor's own figures begin with.
OWN = re.compile(rf"(?:^|[^a-z0-9]){PREFIX}", re.IGNORECASE)
#: The end of a sentence about a link, of what a page of the dashboard shows in its place.
_INSTEAD = re.compile(r"\. (?:[^.]*(?:instead|is used)|No ward is selected|It is left out)\.$")


@dataclass(frozen=True)
class EmbedKind:
    """A kind of chart or map: the fields of the address it takes, and what makes it."""

    fields: tuple[str, ...]
    make: Maker


_WARDS = ("area", "ward", "indicator", "period", "compare")
_NEED = ("area", "ward", "action_area", "weights")
_RECOVERY = ("area", "ward", "indicator", "series", "baseline", "end", "compare")
_PROFILE = ("area", "ward", "against")
_LSOAS = ("area", "ward", "indicator")

#: Every kind of `analysis.embed.SHAPES`, by its word in the address.
EMBEDS: Mapping[str, EmbedKind] = {
    "map": EmbedKind((*_WARDS, "classes"), place.make_map),
    "ranking": EmbedKind(_WARDS, place.make_ranking),
    "trend": EmbedKind(_WARDS, place.make_trend),
    "scatter": EmbedKind((*_WARDS, "other", "other_period", "weighted"), place.make_scatter),
    "need-map": EmbedKind(_NEED, need.make_need_map),
    "need-ranking": EmbedKind(_NEED, need.make_need_ranking),
    "action-areas": EmbedKind(_NEED, need.make_action_areas),
    "recovery-map": EmbedKind((*_RECOVERY, "shade"), recovery.make_recovery_map),
    "recovery-line": EmbedKind(_RECOVERY, recovery.make_recovery_line),
    "ages": EmbedKind(_PROFILE, profile.make_ages),
    "equality": EmbedKind(_PROFILE, profile.make_equality),
    "spine": EmbedKind(_PROFILE, profile.make_spine),
    "pockets": EmbedKind(_LSOAS, pockets.make_pockets),
    "inside-map": EmbedKind(_LSOAS, pockets.make_inside),
    "lsoa-map": EmbedKind((*_LSOAS, "classes"), place.make_lsoa_map),
    "where-map": EmbedKind(("area", "ward", "if", "match"), where.make_where),
    "district-line": EmbedKind(("area", "ward", "series", "district"), district.make_district_line),
}


def make_embed(kind: str, params: Params) -> Embed:
    """What a kind shows at an address.

    Args:
        kind: a key of `EMBEDS`.
        params: field -> value.

    Raises:
        EmbedError: the address is wrong, or no such figure may or can be shown.
        DataError: a table is missing or damaged.
    """
    check_address(kind, params)
    try:
        area = read_selection(params).area
        _check_size(area)
        return EMBEDS[kind].make(params)
    except StoryError as error:
        words = [_INSTEAD.sub(".", problem) for problem in error.problems]
        unknown = any(problem.startswith("The link names") for problem in words)
        raise EmbedError(" ".join(words), 404 if unknown else 400) from error


def check_address(kind: str, params: Params) -> None:
    """Refuse kinds and fields that do not exist, and whatever is somebody's own.

    Raises:
        EmbedError: with place, value and cure.
    """
    if any(OWN.search(f"{name} {value}") for name, value in params.items()):
        raise EmbedError(
            "The address names figures that a council or visitor brought. Only open figures can "
            "stand in other websites: choose an indicator of the catalogue.",
            404,
        )
    if kind not in EMBEDS:
        raise EmbedError(
            f"There is no kind “{kind[:40]}” of chart or map; there are {', '.join(EMBEDS)}.", 404
        )
    known = EMBEDS[kind].fields
    for name in params:
        if name not in known:
            raise EmbedError(
                f"The address has the field “{name[:40]}”, which “{kind}” does not take; it takes "
                f"{', '.join((*known, 'theme', 'links'))}."
            )


def _check_size(area: str) -> None:
    wards = len(wards_of(area))
    if wards > MOST_WARDS:
        raise EmbedError(
            f"{place_name(area)} has {wards:,} wards; at most {MOST_WARDS} fit into a part of "
            f"another page. Choose a council, county or London, such as area={DEFAULT_AREA}."
        )
