"""What a phone shows about a ward: its name, and what the figures say on each action area."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from functools import lru_cache

import pandas as pd

from analysis.need_inputs import make_input
from analysis.need_scores import compute_need, make_ward_figures
from analysis.ward_need_words import WardNeed, describe_ward_need
from data.catalogue import load_catalogue
from data.errors import DataError
from data.load import load_areas, load_newest
from data.strategy import strategy_for

_counting = threading.Lock()


@lru_cache(maxsize=64)
def load_wards(area_code: str) -> Mapping[str, Mapping[str, str]]:
    """The wards of a place by council: name of the council -> ward code -> ward name, by name."""
    areas = load_areas()
    if area_code not in areas.index:
        return {}
    wards = areas[areas["area_type"] == "ward"]
    wards = wards[wards[f"{areas.at[area_code, 'area_type']}_code"] == area_code]
    councils = wards["district_code"].map(areas["area_name"])
    wards = wards.assign(council=councils).sort_values(["council", "area_name"])
    groups = wards.groupby("council", sort=True)["area_name"]
    return {str(council): names.to_dict() for council, names in groups}


def name_ward(area_code: str, ward: str) -> str:
    """The name of a ward of a place; "" if it is none of its wards."""
    return next((names[ward] for names in load_wards(area_code).values() if ward in names), "")


def name_place(area_code: str) -> str:
    """The name of a place; its code if it is unknown."""
    areas = load_areas()
    return str(areas.at[area_code, "area_name"]) if area_code in areas.index else area_code


def load_evidence(area_code: str, ward: str) -> Mapping[str, WardNeed]:
    """What the figures say about a ward: id of the action area -> words; empty if they cannot.

    The first who asks waits for the figures, the others for the first: they are counted once.
    """
    if not name_ward(area_code, ward):
        return {}
    with _counting:
        return _load_evidence(area_code).get(ward, {})


@lru_cache(maxsize=16)
def _load_evidence(area_code: str) -> Mapping[str, Mapping[str, WardNeed]]:
    wards = pd.Index([code for names in load_wards(area_code).values() for code in names])
    areas = load_areas()
    everywhere = areas.index[areas["area_type"] == "ward"]
    place = name_place(area_code)
    known = load_catalogue().indicators
    said: dict[str, dict[str, WardNeed]] = {code: {} for code in wards}
    for area in strategy_for(area_code).action_areas:
        try:
            figures = make_ward_figures(
                {i.id: load_newest(i.id) for i in area.indicators}, everywhere
            )
            need = compute_need(make_input(area, known), figures, wards)
        except DataError:
            continue  # one damaged table leaves one action area without words
        for code in wards:
            said[code][area.id] = describe_ward_need(need, code, place)
    return said
