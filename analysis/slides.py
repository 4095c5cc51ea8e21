"""Slides with their figures, and the document that all their files are written from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from analysis.report.blocks import Block as ReportBlock
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
    story: Story,
    shown: Sequence[ShownSlide],
    place: str,
    data_date: str,
    made: dt.date,
    *,
    as_slides: bool = False,
) -> Document:
    """One section for each slide; its notes are what the presenter says.

    Args:
        story: whose title the document has.
        shown: its slides, in order.
        place: name of the place it is about.
        data_date: newest day that the figures are about, in words.
        made: the day the document is made.
        as_slides: whether each section has to fit on one slide: then what stands below a
            figure on paper goes into its subtitle and notes.
    """
    title = story.title or f"The needs of {place}"
    make = _make_slide_section if as_slides else _make_section
    subtitle = count_words(len(shown), "slide", "slides")
    return Document(title, subtitle, place, [make(one) for one in shown], data_date, made)


def _make_slide_section(one: ShownSlide) -> Section:
    figure, annotation = one.figure, one.slide.annotation
    if figure is None:
        return Section(one.title, [Paragraph(one.problem, "strong")], notes=_say(one))
    block = figure.block
    if isinstance(block, Chart | Picture):
        under = f"{annotation} · {figure.subtitle}" if annotation else figure.subtitle
        titled = replace(block, title=one.title, subtitle=under)
        return Section(one.title, [titled], notes=_say(one))
    said = [Paragraph(annotation, "strong")] if annotation and isinstance(block, Bullets) else []
    words = (_say(one), one.description, figure.subtitle, *figure.sources)
    notes = "\n\n".join(dict.fromkeys(part for part in words if part))
    if isinstance(block, Facts):  # the first words below a figure; the notes have all
        block = Facts([replace(fact, note=fact.note.split(". ")[0]) for fact in block.facts])
    return Section(one.title, [block, *said], notes=notes)


def _make_section(one: ShownSlide) -> Section:
    figure, annotation = one.figure, one.slide.annotation
    if figure is None:
        return Section(one.title, [Paragraph(one.problem, "strong")], notes=_say(one))
    block = figure.block
    if isinstance(block, Chart | Picture):  # these print their subtitle and sources
        blocks: list[ReportBlock] = [replace(block, title=figure.finding)]
    else:
        sources = [Paragraph(line, "quiet") for line in figure.sources]
        blocks = [Paragraph(figure.subtitle, "quiet"), block, *sources]
    blocks += [Paragraph(annotation, "strong")] if annotation else []
    return Section(one.title, blocks, notes=_say(one))


def _say(one: ShownSlide) -> str:
    return "\n\n".join(part for part in (one.notes, one.slide.annotation, one.outdated) if part)
