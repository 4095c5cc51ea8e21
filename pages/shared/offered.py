"""What a list gives back: only what it offers."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

import streamlit as st


def when_offered(
    key: str, options: Collection[Any], then: Callable[[Any], None]
) -> Callable[[], None]:
    """The callback of a list whose options change: what is not among them changes nothing.

    A choice made in the moment in which the options change is one of the old ones. Streamlit
    then hands over the words that stood in the list, not the value behind them.

    Args:
        key: of the widget.
        options: what it offers now.
        then: takes the value; where several can be chosen, those of them that are offered.
    """

    def follow() -> None:
        value = st.session_state[key]
        if isinstance(value, list):
            then([one for one in value if one in options])
        elif value is None or value in options:
            then(value)

    return follow
