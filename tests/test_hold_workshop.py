"""A workshop on a laptop: a key of its own, unless leads have their own way in."""

import re

from data.access import SHORTEST_KEY, read_access
from scripts.hold_workshop import make_key, prepare


def test_every_run_has_another_key_that_opens() -> None:
    first, second = make_key(), make_key()
    assert first != second
    assert re.fullmatch(r"[a-z2-9]{4}(-[a-z2-9]{4}){2}", first)
    assert len(first) >= SHORTEST_KEY
    assert read_access({"LEAD_KEY": first}, {}).opens(first)


def test_what_is_not_set_is_filled_in() -> None:
    environment: dict[str, str] = {}
    key, address = prepare(environment, 8600)
    assert environment == {"LEAD_KEY": key, "PUBLIC_ADDRESS": address}
    assert re.fullmatch(r"http://[\d.]+:8600", address)


def test_settings_of_the_council_stay() -> None:
    own = {"LEADS": "@council.gov.uk", "PUBLIC_ADDRESS": "https://needs.council.gov.uk"}
    environment = dict(own)
    assert prepare(environment, 8600) == ("", "https://needs.council.gov.uk")
    assert environment == own
