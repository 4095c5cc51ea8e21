"""A workshop written down: what was asked, who took part, what the room chose, what was said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from analysis.report.blocks import (
    Block,
    Bullets,
    Chart,
    Document,
    Fact,
    Facts,
    Paragraph,
    Section,
    Series,
    Table,
)
from analysis.room_results import Room, count_by_ward, count_points
from analysis.room_words import (
    EVIDENCE_METHOD,
    METHOD_WORDS,
    OTHERS,
    describe_comparison,
    describe_room,
    explain_waiting,
    list_differences,
    make_comparison_title,
    make_room_title,
    tabulate_by_ward,
    tabulate_room,
    warn_small_room,
)
from analysis.words import count_words, day_words

SMALL_WARDS = (
    "A ward is shown by itself only where at least {fewest} people of it voted; the others, and "
    "those who named no ward, are put together so that they cannot be told apart."
)
NOT_LISTED = "A place that is not listed may exist: the list holds what people in the room named."
COMMENT_COLUMNS = ("question", "ward", "text")
ASSET_COLUMNS = ("name", "kind", "ward", "note")


@dataclass(frozen=True)
class Workshop:
    """All that is written down of a workshop; what the lead hid must not be in it.

    `comments`: columns question (id, "" for none), ward (code, ""), text. `assets`: name, kind,
    ward (code), note. `beside`: see `room_results.compare_with_evidence`, empty where the
    questions are the lead's own. `names`: ward names by code. `votes_each`: dots, or
    places to fill, of each person. `joined`: phones that joined. `sources`: lines for the evidence.
    """

    title: str
    place: str
    day: dt.date
    room: Room
    beside: pd.DataFrame
    names: Mapping[str, str]
    comments: pd.DataFrame
    assets: pd.DataFrame
    joined: int
    votes_each: int = 0
    sources: Sequence[str] = field(default=())

    @property
    def day_words(self) -> str:
        """The day as people write it."""
        return day_words(self.day)

    @property
    def unit(self) -> str:
        """What was counted."""
        return "dots" if self.room.method == "dots" else "points"

    def ward_of_comment(self, ward: str) -> str:
        """A comment's ward where that ward is shown apart: in a small one it would name people."""
        return str(self.names.get(ward, ward)) if ward in self.room.shown_wards else ""


def tabulate_comments(workshop: Workshop) -> pd.DataFrame:
    """The comments with plain headings and their own index, by question as they were asked."""
    headings = workshop.room.questions
    comments = workshop.comments.reindex(columns=list(COMMENT_COLUMNS)).fillna("").astype(str)
    order = {question: place for place, question in enumerate(headings)}
    place = comments["question"].map(order).fillna(len(order))
    comments = comments.iloc[place.argsort(kind="stable")]
    return pd.DataFrame(
        {
            "About": [str(headings.get(q, "")) or "In general" for q in comments["question"]],
            "Ward": [workshop.ward_of_comment(w) or OTHERS for w in comments["ward"]],
            "Comment": comments["text"].tolist(),
        },
        index=comments.index,
    )


def tabulate_assets(workshop: Workshop) -> pd.DataFrame:
    """The community assets with plain headings and their own index, by ward and name."""
    assets = workshop.assets.reindex(columns=list(ASSET_COLUMNS)).fillna("").astype(str)
    table = pd.DataFrame(
        {
            "Ward": [str(workshop.names.get(w, w)) or "No ward said" for w in assets["ward"]],
            "Name": assets["name"].tolist(),
            "Kind": assets["kind"].tolist(),
            "Note": assets["note"].tolist(),
        },
        index=assets.index,
    )
    return table.sort_values(["Ward", "Name"], kind="stable")


def _asked(workshop: Workshop) -> Section:
    how = METHOD_WORDS[workshop.room.method]
    if workshop.votes_each:
        what = ("dot", "dots") if workshop.room.method == "dots" else ("place", "places")
        how = f"Each person had {count_words(workshop.votes_each, *what)} to give. {how}"
    return Section(
        "What was asked", [Bullets(list(workshop.room.questions.values())), Paragraph(how)]
    )


def _took_part(workshop: Workshop) -> Section:
    room = workshop.room
    facts = [
        Fact("Phones that joined", f"{workshop.joined:,}"),
        Fact("People who voted", f"{room.people:,}", warn_small_room(room)),
        Fact("Wards shown apart", f"{len(room.shown_wards):,}"),
    ]
    note = SMALL_WARDS.format(fewest=room.fewest)
    return Section("Who took part", [Facts(facts), Paragraph(note, "quiet")], level=2)


def _result_chart(workshop: Workshop) -> Chart:
    room = workshop.room
    found = count_points(room).sort_values("rank", kind="stable")
    return Chart(
        "Result",
        make_room_title(room),
        f"Share of all {workshop.unit} (%), {workshop.place}, {workshop.day_words}",
        "bar",
        found["heading"].tolist(),
        [Series("The room", [float(share) for share in found["share"]])],
        "%",
        describe_room(room),
        [f"Votes of the workshop “{workshop.title}”, {workshop.day_words}"],
    )


def _results(workshop: Workshop) -> Section:
    room = workshop.room
    if waiting := explain_waiting(room):
        return Section("What the room chose", [Paragraph(waiting)])
    blocks: list[Block] = [Paragraph(describe_room(room)), _result_chart(workshop)]
    table = tabulate_room(room, workshop.beside)
    note = METHOD_WORDS[room.method]
    whole = dict.fromkeys(table.columns, 0) | {"Share (%)": 1}
    blocks.append(Table("Result", "The result in figures", table, [("How", note)], whole))
    by_ward = count_by_ward(room)
    if len(by_ward):
        shares = tabulate_by_ward(by_ward, room.questions, workshop.names)
        small = SMALL_WARDS.format(fewest=room.fewest)
        decimals = dict.fromkeys(shares.columns, 0)
        blocks.append(Table("By ward", "Share by ward", shares, [("Wards", small)], decimals))
    return Section("What the room chose", blocks)


def _beside(workshop: Workshop) -> list[Section]:
    beside = workshop.beside
    if beside.empty or not workshop.room.is_enough:
        return []
    of = len(beside)
    blocks: list[Block] = [Paragraph(make_comparison_title(beside) + ".", "strong")]
    if lines := list_differences(beside):
        blocks.append(Bullets(lines))
    blocks.append(
        Chart(
            "Evidence",
            "Need score of the council’s wards",
            f"Mean need score, 0 to 100 (the most need), {workshop.place}, in the room’s order",
            "bar",
            beside["heading"].tolist(),
            [Series("Need score", [float(score) for score in beside["score"]])],
            "of 100",
            describe_comparison(beside, workshop.place),
            list(workshop.sources),
            decimals=0,
        )
    )
    blocks.append(Paragraph(f"{EVIDENCE_METHOD} With {of} headings, two places apart or more "
                            "are called a difference.", "quiet"))  # fmt: skip
    return [Section("The room and the figures", blocks)]


def _said(workshop: Workshop) -> Section:
    comments = tabulate_comments(workshop)
    if comments.empty:
        return Section("What people said", [Paragraph("No comments were kept.")])
    note = "Comments are what people wrote; those the lead hid are left out."
    table = Table("Comments", "Comments by subject", comments, [("Comments", note)])
    return Section("What people said", [table])


def _assets(workshop: Workshop) -> Section:
    assets = tabulate_assets(workshop)
    if assets.empty:
        nothing = Paragraph("No community assets were named.")
        return Section("Community assets", [nothing], level=2)
    shown = assets.replace("", "–")
    table = Table("Assets", "Community assets by ward", shown, [("Assets", NOT_LISTED)])
    return Section("Community assets", [table], level=2)


def make_workshop_document(workshop: Workshop, made: dt.date) -> Document:
    """The workshop as a document for Word, PDF or PowerPoint.

    Args:
        workshop: all that is written down of it.
        made: the day the document is made.
    """
    methods = [METHOD_WORDS[workshop.room.method], SMALL_WARDS.format(fewest=workshop.room.fewest)]
    if len(workshop.beside):
        methods.append(EVIDENCE_METHOD)
    methods.append("People in a room chose to come; they do not stand for everybody who lives "
                   "in the council.")  # fmt: skip
    return Document(
        workshop.title,
        f"Workshop of {workshop.day_words}",
        workshop.place,
        [
            _asked(workshop),
            _took_part(workshop),
            _results(workshop),
            *_beside(workshop),
            _said(workshop),
            _assets(workshop),
            Section("How this was counted", [Bullets(methods)], level=2),
        ],
        workshop.day_words,
        made,
    )
