"""Places by name, however people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.find_names import find_names, make_names, simplify

PLACES = (
    ("ramsey", "Ramsey", "Huntingdonshire"),
    ("east", "Huntingdon East", "Huntingdonshire"),
    ("north", "Huntingdon North", "Huntingdonshire"),
    ("hunts", "Huntingdonshire", ""),
    ("neots", "St Neots East", "Huntingdonshire"),
    ("david", "St David's", "Exeter"),
    ("exeter", "Exeter", ""),
    ("stoke", "Blackawton & Stoke Fleming", "South Hams"),
    ("holy", "Holywell-cum-Needingworth", "Huntingdonshire"),
    ("abbey1", "Abbey", "Derby"),
    ("abbey2", "Abbey", "Cambridge"),
    ("devon", "Devon", ""),
    ("devon2", "Devon", "Newark and Sherwood"),
    ("bristol", "Bristol, City of", ""),
    ("kimbolton", "Kimbolton", "Huntingdonshire"),
)
NAMES = make_names(PLACES)


def search(text: str, here: str = "") -> tuple[str, tuple[str, ...]]:
    found = find_names(text, NAMES, here)
    return found.how, found.codes


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Ramsey", "ramsey"),
        ("  RAMSEY ", "ramsey"),
        ("st davids", "david"),
        ("Saint David’s", "david"),
        ("St. David's", "david"),
        ("blackawton and stoke fleming", "stoke"),
        ("Blackawton & Stoke Fleming", "stoke"),
        ("Holywell cum Needingworth", "holy"),
        ("City of Bristol", "bristol"),
        ("Ramsey, Huntingdonshire", "ramsey"),
        ("Abbey, Derby", "abbey1"),
        ("abbey,cambridge", "abbey2"),
        ("exeter", "exeter"),
    ],
)
def test_one_place_is_meant(typed, code):
    how, codes = search(typed)
    assert how in ("exact", "partly")
    assert codes == (code,)


@pytest.mark.parametrize(
    ("typed", "code"),
    [("Kimbolten", "kimbolton"), ("Ramsy", "ramsey"), ("Huntingdonshier", "hunts"),
     ("Hunttingdon East", "east"), ("needingwoth", "holy")],
)  # fmt: skip
def test_a_typing_error_is_a_suggestion_never_a_jump(typed, code):
    how, codes = search(typed)
    assert how == "close"
    assert codes[0] == code


def test_a_repeated_name_lists_all_its_places_with_the_one_here_first():
    assert search("Abbey", "Derby") == ("exact", ("abbey1", "abbey2"))
    assert search("Abbey", "Cambridge") == ("exact", ("abbey2", "abbey1"))
    # A county before a ward of the same name.
    assert search("Devon") == ("exact", ("devon", "devon2"))


def test_the_beginning_of_a_name_lists_all_that_begin_so():
    how, codes = search("huntingdon")
    assert how == "partly"
    assert set(codes) == {"east", "north", "hunts"}


@pytest.mark.parametrize("typed", ["", "a", "zzzzzz", "Atlantis", "Derby", "&", "'"])
def test_nothing_fits(typed):
    assert search(typed) == ("none", ())


def test_names_are_compared_without_what_people_leave_out():
    assert simplify("St. Mary's & All-Saints") == simplify("Saint Marys and All Saints")
    assert simplify("The & Of") == "the of"
    assert simplify("Crème") == "creme"


@given(st.text(max_size=60), st.text(max_size=10))
def test_no_text_raises(typed, here):
    found = find_names(typed, NAMES, here)
    assert (found.count == 0) == (found.how == "none")
