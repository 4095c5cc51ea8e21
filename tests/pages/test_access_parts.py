"""The way in, without a browser: limits of tries, changed keys, wrong settings."""

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared import access

KEY = "three plain words"


def app() -> None:
    import streamlit as st

    from data.access import Role
    from pages.shared.access import show_access

    if show_access(Role.LEAD, "keep a plan"):
        st.write("let in")


@pytest.fixture(autouse=True)
def fresh_tries(monkeypatch):
    monkeypatch.setattr(access, "TRIES", access._Tries())


def try_key(at: AppTest, key: str) -> AppTest:
    at.text_input(key="lead_key").set_value(key)
    return at.button[0].click().run()


def texts(at: AppTest) -> str:
    return " ".join(element.value for element in (*at.markdown, *at.error))


def test_too_many_wrong_keys_close_the_way_in_even_for_the_right_one(monkeypatch):
    monkeypatch.setenv("LEAD_KEY", KEY)
    at = AppTest.from_function(app, default_timeout=120).run()
    for number in range(access.MOST_TRIES):
        try_key(at, f"wrong {number}")
        assert "That is not the key." in texts(at)
    assert "Too many keys were tried." in texts(try_key(at, KEY))
    assert "let in" not in texts(at)


def test_a_changed_key_puts_those_out_whom_the_old_one_let_in(monkeypatch):
    monkeypatch.setenv("LEAD_KEY", KEY)
    at = try_key(AppTest.from_function(app, default_timeout=120).run(), KEY)
    assert "let in" in texts(at)
    monkeypatch.setenv("LEAD_KEY", "three other words")
    assert "let in" not in texts(at.run())


def test_a_wrong_setting_lets_nobody_in_and_is_named(monkeypatch):
    monkeypatch.setenv("LEAD_KEY", "short")
    at = AppTest.from_function(app, default_timeout=120).run()
    assert "LEAD_KEY has 5 letters" in texts(at)
    assert "let in" not in texts(at)
