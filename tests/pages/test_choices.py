"""A page's own choices: read from the address once, changed by callbacks, kept per page."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from pages.shared.choices import split_codes


def page() -> None:
    from collections.abc import Mapping
    from dataclasses import dataclass, replace

    import streamlit as st

    from pages.shared.choices import choose_here, current_choices
    from pages.shared.selection import current_selection, show_link_problems, write_address

    @dataclass(frozen=True)
    class Fruit:
        kind: str = "apple"

    def parse(params: Mapping[str, str], current: Fruit) -> tuple[Fruit, list[str]]:
        kind = params.get("kind", "")
        if kind in ("apple", "pear"):
            return replace(current, kind=kind), []
        return current, [f"There is no fruit “{kind}”."] if kind else []

    current_selection()
    chosen = current_choices("fruit", Fruit(), parse)
    show_link_problems()
    st.text(chosen.kind)
    st.button("pear", on_click=lambda: choose_here("fruit", kind="pear"))
    write_address("area", kind="" if chosen.kind == "apple" else chosen.kind)


def open_page(**params: str) -> AppTest:
    app = AppTest.from_function(page, default_timeout=120)
    for name, value in params.items():
        app.query_params[name] = value
    return app.run()


def test_the_address_is_read_once_and_a_click_changes_it() -> None:
    app = open_page()
    assert app.text[0].value == "apple"
    assert "kind" not in app.query_params
    app.button[0].click().run()
    assert app.text[0].value == "pear"
    assert app.query_params["kind"] in ("pear", ["pear"])
    assert app.run().text[0].value == "pear"


def test_a_link_brings_the_choice_and_a_wrong_one_says_so() -> None:
    assert open_page(kind="pear").text[0].value == "pear"
    app = open_page(kind="plum")
    assert app.text[0].value == "apple"
    assert "plum" in app.warning[0].value


def test_codes_of_a_parameter_are_few_and_different() -> None:
    assert split_codes("E1, E2,,E1") == ("E1", "E2")
    assert split_codes("") == ()
    assert len(split_codes(",".join(str(n) for n in range(500)))) == 50
