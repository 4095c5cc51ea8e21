"""What is measured of every page: no page of the navigation is left out."""

from benchmarks.whole_pages import FIRST_VIEWS, ROUND
from scripts.serving import page_paths


def test_every_page_of_the_navigation_has_a_first_view():
    assert sorted(FIRST_VIEWS) == sorted(page_paths())
    assert all(FIRST_VIEWS.values())


def test_no_page_of_the_round_is_known_by_what_the_page_before_shows():
    for (_, _, before), (_, _, after) in zip(ROUND, (*ROUND[1:], ROUND[0]), strict=True):
        assert after[0] not in before
