"""A cache for figures of the open data that never keeps an own figure.

What is made of open data is shared by all visitors and may be kept for the next one. What is
made of an own figure is the business of one visitor, and must be gone when the figure is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache, update_wrapper
from typing import Any, Generic, ParamSpec, TypeVar

from data.own.entry import PREFIX

P = ParamSpec("P")
Result = TypeVar("Result")


class OpenCache(Generic[P, Result]):
    """A function whose results are kept, except where an argument is the id of an own figure."""

    def __init__(self, function: Callable[P, Result], most: int) -> None:
        self._plain = function
        self._kept: Any = lru_cache(maxsize=most)(function)
        self.cache_info, self.cache_clear = self._kept.cache_info, self._kept.cache_clear
        update_wrapper(self, function)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> Result:
        """Call it, or give what it gave before."""
        if names_own(args) or names_own(kwargs.values()):
            return self._plain(*args, **kwargs)
        result: Result = self._kept(*args, **kwargs)
        return result


def names_own(values: Iterable[object]) -> bool:
    """Whether one of the values, or of the texts in a tuple, is the id of an own figure."""
    return any(
        value.startswith(PREFIX) if isinstance(value, str)
        else isinstance(value, tuple) and names_own(value)
        for value in values
    )  # fmt: skip


def cache_open(most: int) -> Callable[[Callable[P, Result]], OpenCache[P, Result]]:
    """Keep the last `most` results of a function, but none that is made of an own figure."""
    return lambda function: OpenCache(function, most)
