"""The ready story: overview, action areas, three wards, recovery, questions."""

from __future__ import annotations

from contextlib import suppress

from analysis.story import Slide, Story
from data import clock
from data.errors import DataError
from pages.shared.selection import Selection
from pages.shared.story_kinds import make_slide
from pages.shared.story_kinds.need import top_wards

WARDS = 3


def make_ready_story(selection: Selection) -> Story:
    """The story of a place in a fixed order; a slide whose figures fail stays and says so."""
    area = {"area": selection.area}
    wanted = [
        ("overview_map", "overview", area),
        ("key_figures", "overview", area),
        ("action_areas", "action-areas", area),
    ]
    with suppress(DataError):
        for ward in top_wards(selection, WARDS):
            wanted.append(("ward", "ward-profile", {**area, "ward": ward}))
    wanted += [
        ("recovery_line", "covid-recovery", area),
        ("recovery_map", "covid-recovery", area),
        ("questions", "", area),
    ]
    slides = tuple(_make(kind, page, params) for kind, page, params in wanted)
    return Story(selection.area, slides=slides, made=clock.today())


def _make(kind: str, page: str, params: dict[str, str]) -> Slide:
    try:
        return make_slide(kind, page, params)
    except DataError:
        return Slide(kind, page, tuple(params.items()))
