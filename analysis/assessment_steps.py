"""The scores of one impact over time as a small step chart in SVG."""

from __future__ import annotations

import datetime as dt
import html
import textwrap

import pandas as pd

from analysis.assessment import BANDS, print_day
from analysis.palette import CHART_INK, Theme

_WIDTH, _HEIGHT = 420, 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 84, 36, 30, 34
_FONT = "'Source Sans 3', 'Source Sans Pro', Arial, sans-serif"
_MOST_LETTERS = 56


def _y(score: float) -> float:
    return _TOP + (25 - score) / 25 * (_HEIGHT - _TOP - _BOTTOM)


def _text(x: float, y: float, words: str, colour: str, anchor: str = "middle", size: int = 14,
          weight: int = 400) -> str:  # fmt: skip
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" '
        f'font-weight="{weight}" fill="{colour}">{html.escape(words)}</text>'
    )


def _bands(ink: dict[str, str]) -> str:
    """Lines where a band begins, and the bands' names at the left."""
    parts = []
    for band in BANDS:
        top, bottom = _y(min(band.last + 0.5, 25)), _y(max(band.first - 0.5, 0))
        if band.name == "medium":
            parts.append(
                f'<rect x="{_LEFT}" y="{top:.1f}" width="{_WIDTH - _LEFT - _RIGHT}" '
                f'height="{bottom - top:.1f}" fill="{ink["band"]}"/>'
            )
        words = f"{band.sign} {band.name}"
        parts.append(_text(_LEFT - 8, (top + bottom) / 2 + 4, words, ink["axis"], "end"))
    return "".join(parts)


def describe_steps_chart(history: pd.DataFrame) -> str:
    """The chart in words."""
    known = history.dropna(subset=["score", "date"])
    told = [f"{score:.0f} on {print_day(day)}" for score, day in
            zip(known["score"], known["date"], strict=True)]  # fmt: skip
    return f"Score over time: {', then '.join(told)}" if told else "Not scored here"


def _foot(caption: str, ink: dict[str, str]) -> tuple[str, int]:
    """Lines below the picture, and the height they need."""
    lines = textwrap.wrap(caption, 68)
    drawn = [_text(8, _HEIGHT + 10 + 16 * n, line, ink["axis"], "start", 12) for n, line in
             enumerate(lines)]  # fmt: skip
    return "".join(drawn), 16 * len(lines)


def render_steps(
    history: pd.DataFrame, title: str, until: dt.date, theme: Theme, caption: str = ""
) -> str:
    """A step chart: a score holds until the next one; "" where nothing is scored.

    Args:
        history: see `assessment.list_history`.
        title: of the picture; "" where the page says it.
        until: the day on which the line ends, at the earliest the last score.
        theme: of the page, `light` for pictures.
        caption: below a picture: the rule and the source.
    """
    dated = history.dropna(subset=["date"]).reset_index(drop=True)
    if dated["score"].isna().all():
        return ""
    ink = dict(CHART_INK[theme])
    first = dated["date"].iloc[0]
    span = max((max(pd.Timestamp(until), dated["date"].iloc[-1]) - first).days, 1)
    xs = [_LEFT + (d - first).days / span * (_WIDTH - _LEFT - _RIGHT) for d in dated["date"]]
    path, marks, last_label = "", [], -1e9
    for n, (x, score) in enumerate(zip(xs, dated["score"], strict=True)):
        if pd.isna(score):
            continue
        end = xs[n + 1] if n + 1 < len(xs) else _WIDTH - _RIGHT
        joined = n > 0 and not pd.isna(dated["score"].iloc[n - 1])
        path += f"{'L' if joined else 'M'}{x:.1f} {_y(score):.1f}H{end:.1f}"
        marks.append(f'<circle cx="{x:.1f}" cy="{_y(score):.1f}" r="4" fill="{ink["strong"]}"/>')
        if n + 1 == len(xs) or xs[n + 1] - x > 14:
            words = f"{score:.0f}"
            marks.append(_text(x + 2, _y(score) - 9, words, ink["text"], "start", 14, 600))
        if x - last_label > 110:
            anchor = "start" if x < _LEFT + 50 else "end" if x > _WIDTH - 60 else "middle"
            day = print_day(dated["date"].iloc[n])
            marks.append(_text(x, _HEIGHT - 12, day, ink["axis"], anchor))
            last_label = x
    short = title if len(title) <= _MOST_LETTERS else f"{title[:_MOST_LETTERS]}…"
    head = _text(8, 18, short, ink["text"], "start", 14, 600) if title else ""
    label = html.escape(f"{title + '. ' if title else ''}{describe_steps_chart(history)}")
    foot, more = _foot(caption, ink)
    axis = f'<path d="M{_LEFT} {_y(0):.1f}H{_WIDTH - _RIGHT}" stroke="{ink["axis"]}" fill="none"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT + more}" '
        f'width="{_WIDTH}" height="{_HEIGHT + more}" role="img" aria-label="{label}" '
        f'style="max-width:100%;height:auto" font-family="{_FONT}">'
        f'<rect width="{_WIDTH}" height="{_HEIGHT + more}" fill="{ink["surface"]}"/>{head}'
        f'{_bands(ink)}{axis}<path d="{path}" fill="none" stroke="{ink["strong"]}" '
        f'stroke-width="2.5"/>{"".join(marks)}{foot}</svg>'
    )
