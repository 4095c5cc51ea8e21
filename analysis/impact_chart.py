"""The impact chart of an action, on the screen and in reports, from the same figures."""

from __future__ import annotations

import plotly.graph_objects as go

from analysis.impact_figures import ImpactFigures
from analysis.palette import Theme
from analysis.report.blocks import Chart


def plot_impact(figures: ImpactFigures, theme: Theme = "light") -> go.Figure:
    """Lines before and after the start, or bars where there is one period only."""
    raise NotImplementedError


def make_impact_chart(figures: ImpactFigures, name: str) -> Chart:
    """The same chart as a block of a report."""
    raise NotImplementedError
