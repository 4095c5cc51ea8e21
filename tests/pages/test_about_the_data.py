"""About the data: one indicator in full comes first, and its last tab never needs the first."""

import pytest
from test_pages import open_page

from data.errors import TableError

ABOUT = "about/about_the_data.py"
DISABLED = "disabled_percent"


def test_the_indicator_one_comes_from_stands_before_the_list_of_all():
    app = open_page(ABOUT, indicator=DISABLED)
    assert [header.value for header in app.header[:2]] == [
        "One indicator in full",
        "All indicators",
    ]
    assert app.selectbox(key="pick_entry").value == DISABLED
    assert len(app.dataframe) == 2


def test_another_entry_can_be_read_without_changing_what_other_pages_show():
    app = open_page(ABOUT, indicator=DISABLED)
    app.selectbox(key="pick_entry").set_value("imd_score").run()
    assert any("**Definition" in text.value for text in app.markdown)
    assert app.selectbox(key="pick_entry").value == "imd_score"
    assert app.query_params["indicator"] == DISABLED


def test_a_table_that_cannot_be_read_leaves_the_other_tabs(
    monkeypatch: pytest.MonkeyPatch,
):
    def broken(indicator: str) -> str:
        raise TableError(f"{indicator}.parquet is not readable. Run: make data")

    monkeypatch.setattr("data.freshness.read_last_period", broken)
    app = open_page(ABOUT, indicator=DISABLED)
    assert not app.exception
    assert "The indicator cannot be shown" in app.error[0].value
    assert "All indicators" in [header.value for header in app.header]
    assert any(DISABLED in text.value for text in app.code)
