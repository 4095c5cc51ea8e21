"""Slides with their figures, and the document that all their files are written from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.report.blocks import Bullets, Chart, Document, Facts, Paragraph, Picture, Section
from analysis.story import Slide, Story
from analysis.words import count_words

Block = Bullets | Chart | Facts | Picture


@dataclass(frozen=True)
class SlideFigure:
    """What a slide shows today.

    `finding` is the generated title, `subtitle` says what, where and when, `block` is the one
    figure, `sources` the lines below it, `period` what the figures are about in words, `notes`
    what a presenter may say.
    """

    finding: str
    subtitle: str
    block: Block
    sources: tuple[str, ...] = ()
    period: str = ""
    notes: str = ""


@dataclass(frozen=True)
class ShownSlide:
    """A slide with today's figure, or with the reason why it has none.

    `outdated`: what to mind where the figures changed since the slide was made, else "".
    """

    slide: Slide
    figure: SlideFigure | None
    problem: str = ""
    outdated: str = ""

    @property
    def title(self) -> str:
        """The presenter's own title, else the finding."""
        finding = self.figure.finding if self.figure else self.slide.finding
        return self.slide.title or finding or "This slide cannot be shown"

    @property
    def notes(self) -> str:
        """What the presenter wrote, else what the figures offer to say."""
        return self.slide.notes or (self.figure.notes if self.figure else "")

    @property
    def description(self) -> str:
        """The figure in words, for those who cannot see it."""
        if self.figure is None:
            return self.problem
        return describe_block(self.figure.block)


def describe_block(block: Block) -> str:
    """A figure in words."""
    if isinstance(block, Bullets):
        return " ".join(block.items)
    if isinstance(block, Facts):
        return " ".join(f"{f.label}: {f.value}. {f.note}".strip() for f in block.facts)
    return block.description


def say_story_title(story: Story, place: str) -> str:
    """The title of the page: what is there, and how long it takes."""
    slides = count_words(len(story.slides), "slide", "slides")
    if not story.slides:
        return "The story has no slides yet"
    return f"A story of {place}: {slides}, {story.planned} minutes"


def make_document(
    story: Story, shown: Sequence[ShownSlide], place: str, data_date: str, made: dt.date
) -> Document:
    """One section for each slide; its notes are what the presenter says.

    Args:
        story: whose title the document has.
        shown: its slides, in order.
        place: name of the place it is about.
        data_date: newest day that the figures are about, in words.
        made: the day the document is made.
    """
    title = story.title or f"The needs of {place}"
    sections = [Section(one.title, _list_blocks(one), notes=_say(one)) for one in shown]
    subtitle = count_words(len(shown), "slide", "slides")
    return Document(title, subtitle, place, sections, data_date, made)


def _list_blocks(one: ShownSlide) -> list[Bullets | Chart | Facts | Picture | Paragraph]:
    if one.figure is None:
        return [Paragraph(one.problem, "strong")]
    blocks: list[Bullets | Chart | Facts | Picture | Paragraph] = [one.figure.block]
    if one.slide.annotation:
        blocks.append(Paragraph(one.slide.annotation, "strong"))
    if isinstance(one.figure.block, Bullets | Facts):  # charts and pictures carry their sources
        blocks += [Paragraph(line, "quiet") for line in one.figure.sources]
    return blocks


def _say(one: ShownSlide) -> str:
    return "\n\n".join(part for part in (one.notes, one.slide.annotation, one.outdated) if part)
