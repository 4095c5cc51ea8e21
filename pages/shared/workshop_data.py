"""A workshop of the store as the page shows it: counted, compared with the figures, kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

import pandas as pd

from analysis.need_scores import tabulate_need
from analysis.room_document import Workshop as Written
from analysis.room_results import (
    Room,
    compare_with_evidence,
    compute_evidence,
    count_by_ward,
    count_points,
)
from data.store.engine import open_store
from data.store.workshop_results import Results, load_results
from data.store.workshop_words import ASSET_KINDS, SHOWN
from data.store.workshops import RANKING, Workshop
from data.strategy import strategy_for
from pages.shared.figures import list_sources
from pages.shared.need_choices import NeedChoices
from pages.shared.needs import Needs, load_needs
from pages.shared.places import place_name, wards_of
from pages.shared.selection import Selection


def key_of(question_id: int) -> str:
    """The key of a question in `Room.questions`."""
    return str(question_id)


def make_room(workshop: Workshop, results: Results) -> Room:
    """The votes of a workshop as they are shown."""
    questions = {key_of(question.id): question.words for question in workshop.questions}
    points = results.by_question.rename(columns={"question_id": "question"})
    by_ward = results.by_ward.rename(columns={"question_id": "question"})
    voters = dict(zip(results.wards["ward"].astype(str), results.wards["voted"], strict=True))
    return Room(
        questions,
        points.assign(question=points["question"].map(key_of))[["question", "points", "people"]],
        by_ward.assign(question=by_ward["question"].map(key_of))[["ward", "question", "points"]],
        {ward: int(count) for ward, count in voters.items()},
        "ranking" if workshop.method == RANKING else "dots",
    )


def load_needs_of(area: str) -> Needs:
    """The need scores of a council under its strategy's own weights."""
    strategy = strategy_for(area)
    return load_needs(strategy, Selection(area=area), NeedChoices(strategy=strategy.id))


@lru_cache(maxsize=32)
def load_evidence(area: str) -> Mapping[str, float]:
    """The need score of a council on each action area of its strategy."""
    needs = load_needs_of(area)
    found = compute_evidence(tabulate_need(needs.all), needs.wards["population"])
    return {str(action_area): float(score) for action_area, score in found.items()}


@lru_cache(maxsize=32)
def list_evidence_sources(area: str) -> str:
    """Where the need scores come from, in short."""
    areas = strategy_for(area).action_areas
    return list_sources(indicator.id for one in areas for indicator in one.indicators)


@dataclass(frozen=True)
class Shown:
    """A workshop at one moment, as the lead's page and the wall show it."""

    workshop: Workshop
    results: Results

    @cached_property
    def room(self) -> Room:
        """The votes."""
        return make_room(self.workshop, self.results)

    @property
    def place(self) -> str:
        """Name of the council."""
        return place_name(self.workshop.area_code)

    @cached_property
    def names(self) -> dict[str, str]:
        """Ward names by code."""
        return {str(k): str(v) for k, v in wards_of(self.workshop.area_code)["name"].items()}

    @property
    def unit(self) -> str:
        """What is counted."""
        return "dots" if self.room.method == "dots" else "points"

    @cached_property
    def table(self) -> pd.DataFrame:
        """What each question got (see `room_results.count_points`)."""
        return count_points(self.room)

    @cached_property
    def by_ward(self) -> pd.DataFrame:
        """Shares by ward (see `room_results.count_by_ward`)."""
        return count_by_ward(self.room)

    @cached_property
    def beside(self) -> pd.DataFrame:
        """The room beside the figures; empty where no question is an action area."""
        evidence: dict[str, float] = {}
        if any(question.action_area for question in self.workshop.questions):
            known = load_evidence(self.workshop.area_code)
            asked = self.workshop.questions
            evidence = {key_of(q.id): known.get(q.action_area, float("nan")) for q in asked}
        return compare_with_evidence(self.room, pd.Series(evidence, dtype=float))

    @property
    def comments(self) -> pd.DataFrame:
        """The comments that may be seen: question, ward, text; oldest first."""
        kept = self.results.comments
        kept = kept[kept["state"] == SHOWN]
        return pd.DataFrame(
            {
                "question": kept["question_id"].map(key_of),
                "ward": kept["ward"],
                "text": kept["words"],
            }
        )

    @property
    def assets(self) -> pd.DataFrame:
        """The community assets that may be seen: name, kind (words), ward, note."""
        kept = self.results.assets
        kept = kept[kept["state"] == SHOWN]
        kinds = kept["kind"].map(ASSET_KINDS)
        return kept.assign(kind=kinds)[["name", "kind", "ward", "note"]].reset_index(drop=True)

    @property
    def day(self) -> dt.date:
        """The day it was opened."""
        return self.workshop.created.date()

    def write_down(self) -> Written:
        """Everything for the files, without what the lead hid."""
        has_figures = bool(len(self.beside))
        return Written(
            title=self.workshop.title,
            place=self.place,
            day=self.day,
            room=self.room,
            beside=self.beside,
            names=self.names,
            comments=self.comments,
            assets=self.assets,
            joined=self.results.joined,
            votes_each=self.workshop.votes_each,
            sources=[list_evidence_sources(self.workshop.area_code)] if has_figures else [],
        )


def load_shown(workshop: Workshop) -> Shown:
    """A workshop with what came of it so far.

    Raises:
        WorkshopGoneError: it was deleted.
        StoreError: the database cannot be read.
    """
    return Shown(workshop, load_results(open_store(), workshop))
