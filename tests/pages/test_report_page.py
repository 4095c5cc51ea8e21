"""The page Report: choices in the address, a preview, a pack that is made, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from said import texts_of
from streamlit.testing.v1 import AppTest

from pages.shared import report_pack
from pages.shared.plan_data import load_example_plan

ROOT = Path(__file__).parents[2]


def open_page(**params: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "pages/scrutinise/report.py"), default_timeout=120)
    for name, value in params.items():
        app.query_params[name] = value
    return app.run()


def address(app: AppTest, name: str) -> str:
    found = app.query_params.get(name, "")
    return found[0] if isinstance(found, list) else found


def said(app: AppTest) -> str:
    return " ".join(texts_of(app))


def test_the_preview_follows_the_boxes_and_the_link_keeps_them():
    app = open_page()
    assert "sections" not in app.query_params
    assert "4. **Covid impact and recovery**: People claiming" in said(app)
    app.checkbox(key="report_section_recovery").uncheck().run()
    assert (
        "**Covid impact and recovery**: People claiming" not in said(app).split("What the pack")[-1]
    )
    assert "recovery" not in address(app, "sections").split(",")
    again = open_page(**{name: address(app, name) for name in app.query_params})
    assert again.checkbox(key="report_section_recovery").value is False
    assert again.checkbox(key="report_section_summary").value is True
    assert not again.warning


def test_a_link_brings_wards_indicators_period_and_formats_back():
    app = open_page(area="E07000011", wards="E05011268,E05011266", indicators="imd_score",
                    until="2021", formats="pptx,xlsx")  # fmt: skip
    assert app.multiselect(key="report_wards").value == ["E05011268", "E05011266"]
    assert "**Ward profiles**: Ramsey and Huntingdon North" in said(app)
    assert app.selectbox(key="report_until").value == "2021"
    assert "**Chosen indicators**: Overall deprivation score" in said(app)
    assert "PowerPoint: slides" in said(app)
    assert not app.warning


@pytest.mark.parametrize(
    "params",
    [
        {"sections": "summary,poems"},
        {"wards": "E05011907"},
        {"indicators": "nothing"},
        {"formats": "odt"},
        {"until": "1066"},
        {"series": "imd_score"},
        {"wards": ",".join(f"E050112{n}" for n in range(60, 69))},
    ],
)
def test_what_is_wrong_in_a_link_is_named_and_the_rest_is_used(params):
    app = open_page(**params)
    assert not app.exception
    assert len(app.warning) == 1
    assert "**Summary**" in said(app)


def test_another_council_leaves_the_wards_of_the_first_behind():
    app = open_page(area="E07000011", wards="E05011268")
    app.selectbox(key="pick_area").set_value("E07000042").run()
    assert app.multiselect(key="report_wards").value == []
    assert address(app, "wards") == ""


def test_nothing_chosen_cannot_be_made():
    app = open_page(sections="none")
    assert app.button(key="report_make").disabled
    assert "choose at least one section" in said(app)


def test_a_pack_is_made_with_its_files_and_marked_when_choices_change():
    app = open_page(sections="exceptions", formats="html")
    app.button(key="report_make").click().run()
    assert not app.exception
    assert app.get("status")[0].label == "The pack is made"
    assert [b.label.split(" (")[0] for b in app.get("download_button")] == ["Web page"]
    assert "Huntingdonshire, made at" in said(app)
    assert not app.info
    app.checkbox(key="report_section_need").check().run()
    assert "before you changed what goes in" in app.info[0].value
    assert len(app.get("download_button")) == 1


def test_a_section_that_fails_is_said_and_the_pack_is_there(monkeypatch):
    def fail(_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setitem(report_pack.LOADERS, "exceptions", fail)
    app = open_page(sections="summary,exceptions", formats="html")
    app.button(key="report_make").click().run()
    assert not app.exception
    assert "Exceptions could not be made" in app.warning[0].value
    assert len(app.get("download_button")) == 1


def test_the_plan_is_the_one_of_the_page_actions_and_impact(monkeypatch):
    def find(area: str, example: bool, today: object) -> object:
        return load_example_plan(area, today)

    monkeypatch.setattr("pages.shared.plan_file.find_plan", find)
    app = open_page()
    assert "**Actions and impact**: 14 actions. EXAMPLE" in said(app)
    assert "**Exceptions**: from the plan and the figures" in said(app)


def test_a_place_with_many_wards_is_warned_of():
    app = open_page(area="E12000008")
    assert "can take some minutes" in app.info[0].value
