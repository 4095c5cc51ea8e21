"""Who comes back without the file that was brought is told so, on its page and once."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def show() -> None:
    import streamlit as st

    from pages.shared.brought import say_if_gone

    say_if_gone(st.session_state["page"], st.session_state["here"])


def says_gone(app: AppTest, page: str, *, here: bool) -> bool:
    app.session_state["page"], app.session_state["here"] = page, here
    app.run()
    assert not app.exception
    return bool(app.warning)


def come_back() -> AppTest:
    app = AppTest.from_function(show)
    app.query_params["brought"] = "file"
    return app


def test_the_file_of_one_page_is_not_missed_on_another() -> None:
    app = come_back()
    assert says_gone(app, "your_data", here=False)
    app.query_params.clear()  # as going to another page does
    assert not says_gone(app, "custom_areas", here=False)
    assert says_gone(app, "your_data", here=False)


def test_a_file_that_was_brought_again_and_taken_out_is_not_missed() -> None:
    app = come_back()
    assert says_gone(app, "your_data", here=False)
    assert not says_gone(app, "your_data", here=True)
    assert not says_gone(app, "your_data", here=False)
