"""The words of an impact chart: title, commentary and description, made from its figures."""

from __future__ import annotations

from analysis.impact_figures import ImpactFigures


def make_impact_title(figures: ImpactFigures) -> str:
    """The finding in ten words or fewer."""
    raise NotImplementedError


def comment_on_impact(figures: ImpactFigures) -> tuple[str, ...]:
    """Balanced sentences about the change in the place and against its comparator."""
    raise NotImplementedError


def describe_impact(figures: ImpactFigures) -> str:
    """The chart as one text, for those who do not see it."""
    raise NotImplementedError
