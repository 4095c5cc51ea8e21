"""An own figure as it is shown: protected values and words, nothing of the file behind them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from data.own.shapes import OwnIndicator

IN_VISIT = "brought by you, in this visit only"
NOT_PUBLISHED = "own figure, not published data"


@dataclass(frozen=True, eq=False)
class OwnFigure:
    """Satisfies `shelf.ShownFigure`; two figures are the same only if they are one object.

    `written` is the dictionary as its bringer filled it in; `entry` the one that is shown, which
    says in its source and caveats that nobody published it. `origin`: who brought it, in words.
    `hidden` counts the withheld figures; `shared` says who may see one that is kept: everybody,
    or signed-in analysts and leads. `kept` is False in a visit.
    """

    written: OwnIndicator
    council: str
    periods: tuple[str, ...]
    values: pd.DataFrame
    notes: tuple[str, ...] = ()
    origin: str = IN_VISIT
    hidden: int = 0
    kept: bool = False
    shared: bool = False

    @property
    def entry(self) -> OwnIndicator:
        """The dictionary that pages show."""
        words = f"{NOT_PUBLISHED}, {self.origin}"
        source = self.written.source.strip() or self.written.name
        return replace(
            self.written,
            source=f"{source} ({words})",
            publisher=self.written.publisher or "Own figures",
            caveats=(f"This is an {words}.", *self.written.caveats, *self.notes),
        )

    @property
    def id(self) -> str:
        """Its private id."""
        return self.written.id
