import pytest

from data.access import Role, Visitor, read_access
from data.errors import AccessError
from data.own.threshold import read_threshold

RULES = read_access({"LEADS": "Lead@council.gov.uk", "ANALYSTS": "@council.gov.uk, b@x.org"}, {})


@pytest.mark.parametrize(
    ("address", "verified", "role"),
    [
        ("lead@COUNCIL.gov.uk", True, Role.LEAD),
        ("other@council.gov.uk", True, Role.ANALYST),
        ("b@x.org", True, Role.ANALYST),
        ("c@x.org", True, Role.VIEWER),
        ("lead@council.gov.uk", False, Role.VIEWER),
        ("lead@council.gov.uk.evil.org", True, Role.VIEWER),
        ("", True, Role.VIEWER),
    ],
)
def test_an_address_gives_a_role(address, verified, role):
    assert RULES.visitor_of(address, verified).role == role


def test_a_role_may_do_all_that_the_ones_before_it_may():
    assert Visitor(Role.LEAD).may(Role.ANALYST)
    assert not Visitor(Role.ANALYST).may(Role.LEAD)


def test_without_settings_the_dashboard_is_open_to_read_only():
    rules = read_access({}, {})
    assert rules.is_open
    assert not rules.opens("")
    assert rules.visitor_of("lead@council.gov.uk", True).role == Role.VIEWER


def test_only_the_key_opens():
    rules = read_access({}, {"lead_key": "three plain words"})
    assert rules.opens("three plain words ")
    assert not rules.opens("three plain word")
    assert not rules.opens("\ud800")


@pytest.mark.parametrize(
    ("settings", "named"),
    [({"LEADS": "not an address"}, "'not'"), ({"LEAD_KEY": "short"}, "LEAD_KEY")],
)
def test_a_wrong_setting_is_named(settings, named):
    with pytest.raises(AccessError, match=named):
        read_access(settings, {})


@pytest.mark.parametrize(("given", "least"), [("", 5), (" 10 ", 10), ("50", 50)])
def test_the_least_count_that_is_shown_is_a_setting(given, least):
    assert read_threshold({"SMALL_COUNTS_UNDER": given}) == least


@pytest.mark.parametrize("given", ["4", "0", "-5", "five", "51", "5.5"])
def test_no_setting_shows_smaller_counts_than_five(given):
    with pytest.raises(AccessError, match="SMALL_COUNTS_UNDER"):
        read_threshold({"SMALL_COUNTS_UNDER": given})
