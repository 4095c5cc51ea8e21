"""A list gives back what it offers, and words of a list that is gone change nothing."""

import pytest
import streamlit as st

from pages.shared.offered import when_offered


@pytest.mark.parametrize(
    ("value", "taken"),
    [
        (3, [3]),
        (None, [None]),
        ("row 4", []),
        ([5, 3], [[5, 3]]),
        (["Households", 3], [[3]]),
        ([], [[]]),
    ],
)
def test_only_what_is_offered_is_taken(monkeypatch, value, taken):
    monkeypatch.setattr(st, "session_state", {"list": value})
    got = []
    when_offered("list", {3: "row 3", 5: "row 5"}, got.append)()
    assert got == taken
