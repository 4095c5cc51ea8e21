"""The page Actions and impact: published, made-up, brought and saved plans; bad files and links."""

from __future__ import annotations

import datetime as dt
import html
import io
import re

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest
from test_pages import open_page

from analysis.action_status import StatusRule
from data.action_plan import read_action_plan
from data.action_plan_fields import COLUMNS
from data.errors import StoreError
from data.planned_action import PlannedAction
from data.store.audit import load_audit
from data.store.engine import is_anything_kept, open_store
from data.store.plans import list_versions, load_newest_plan, save_plan
from pages.shared.access import STORE as LET_IN
from pages.shared.impact_data import load_impact_figures, why_no_figures
from pages.shared.plan_choices import (
    PlanChoices,
    filter_actions,
    list_unknown,
    parse_plan_choices,
    parse_rule,
)
from pages.shared.plan_data import load_example_plan, load_figures
from pages.shared.plan_file import make_plan_file

PAGE = "scrutinise/actions.py"
AREA = "E07000011"
KEY = "three plain words"
HEAD = ",".join(column.heading for column in COLUMNS) + "\n"
NASTY = "<script>alert(1)</script> **bold** =1+1"


def row(id_: str, title: str, area: str = "", owner: str = "", wards: str = "", status: str = "",
        forecast: str = "", reason: str = "", due: str = "") -> str:  # fmt: skip
    cells = {"Id": id_, "Title": title, "Action area": area, "Owner role": owner, "Wards": wards,
             "Status now": status, "Forecast status": forecast, "Reason": reason, "Due": due,
             }  # fmt: skip
    return ",".join(cells.get(column.heading, "") for column in COLUMNS) + "\n"


PLAN = (
    HEAD
    + row("A1", "Shops", "Good work", "Economy lead", "", "On track", "On track", "Going well")
    + row("A2", NASTY, "Good health", "Health lead", "E05011266", "Off track", "Off track", "Late")
    + row("A3", "Parks", "A good place", "Parks lead", "E05011268", "On track", "Off track", "Rain")
)
EARLIER = PLAN.replace(",Off track,Off track,Late", ",On track,On track,Fine")


def text_of(app: AppTest) -> str:
    return " ".join(str(block.proto.body) for block in app.get("html"))


def seen(app: AppTest) -> str:
    """What is read on the page, without the marks of HTML."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text_of(app))).split())


def upload(content: str | bytes, key: str = "plan_file", app: AppTest | None = None,
           **params: str) -> AppTest:  # fmt: skip
    app = app or open_page(PAGE, **params)
    data = content.encode() if isinstance(content, str) else content
    app.file_uploader(key=f"{key}-{AREA}").set_value(("plan.csv", data, "text/csv"))
    app.run()
    assert not app.exception
    return app


def headers(app: AppTest) -> list[str]:
    return [header.value for header in app.header]


def test_the_published_programme_shows_titles_and_nothing_made_up() -> None:
    app = open_page(PAGE, area=AREA)
    assert app.title[0].value == "8 actions, none with a status"
    text = seen(app)
    assert "published recovery programme: titles only" in text
    assert "Growing volunteering" in text
    assert "EXAMPLE" not in text
    assert "Exceptions first" not in headers(app)


def test_a_council_without_a_plan_is_told_what_to_do() -> None:
    app = open_page(PAGE, area="E10000008")
    assert app.title[0].value == "No action plan for Devon yet"
    assert "Bring the council’s plan" in seen(app)
    app.button(key="plan-try-example").click().run()
    assert "EXAMPLE – not a council’s plan" in seen(app)


@pytest.mark.parametrize("area", [AREA, "E10000008", "E09000001", "E06000053", "E92000001"])
def test_the_made_up_example_is_marked_wherever_it_is_shown(area) -> None:
    app = open_page(PAGE, area=area, plan="example")
    assert not app.exception
    assert not app.error
    assert 'class="needs-example" role="note"' in text_of(app)
    assert "EXAMPLE – not a council’s plan: 14 actions made up" in seen(app)
    assert seen(app).count("EXAMPLE – not a council’s plan") >= 4
    app.button(key="plan-leave-example").click().run()
    assert "EXAMPLE" not in seen(app)


def test_the_files_to_start_from_are_read_without_a_mistake() -> None:
    for what, ending, number in (("template", "xlsx", 0), ("template", "csv", 0),
                                 ("published", "xlsx", 8), ("example", "xlsx", 14),
                                 ("example", "csv", 14)):  # fmt: skip
        found = read_action_plan(make_plan_file(what, ending, AREA), "x", AREA)
        assert (len(found.actions), found.mistakes) == (number, ())
    book = openpyxl.load_workbook(io.BytesIO(make_plan_file("template", "xlsx", AREA)))
    assert book.sheetnames == ["Action plan", "How to fill in", "Indicators", "Wards", "Statuses"]


def test_a_file_is_counted_exceptions_first() -> None:
    app = upload(PLAN)
    assert app.title[0].value == "1 of 3 actions is off track"
    text = seen(app)
    assert "“plan.csv”, your file for Huntingdonshire" in text
    exceptions = [b.label for b in app.button if b.label.startswith("Impact of")]
    assert exceptions == ["Impact of A2", "Impact of A3"]
    assert headers(app)[0] == "Exceptions first"
    assert "Reason given: Late" in text


def test_text_of_a_file_is_shown_as_text() -> None:
    app = upload(PLAN)
    assert "<script" not in text_of(app)
    assert html.escape(NASTY) in text_of(app)
    drawn = [b.value for kind in (app.title, app.header, app.warning, app.error) for b in kind]
    assert not any("**" in text or "<" in text for text in drawn)


def test_mistakes_are_told_and_the_good_rows_are_shown() -> None:
    app = upload(PLAN + row("A4", "Bad", "Nothing", "Sarah Jones", "", "Green"))
    assert app.title[0].value == "1 of 3 actions is off track"
    assert "1 row was set aside; 3 can be used" in app.warning[0].value
    text = seen(app)
    for part in ("Owner role: “Sarah Jones”", "Status now: “Green”", "Action area: “Nothing”"):
        assert part in text


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"Name\nx\n", (HEAD * 60_000).encode()])
def test_a_file_that_cannot_be_used_changes_nothing(content) -> None:
    app = upload(content, area=AREA)
    assert "This file cannot be used." in app.error[0].value
    assert app.title[0].value == "8 actions, none with a status"


def test_the_example_stays_marked_when_it_comes_back_as_a_file(monkeypatch) -> None:
    app = upload(make_plan_file("example", "csv", AREA), app=as_lead(monkeypatch))
    assert app.title[0].value == "2 of 14 actions are off track"
    assert "EXAMPLE – not a council’s plan: 14 actions made up" in seen(app)
    assert "A made-up example is not kept as a council’s plan" in seen(app)
    assert not [button for button in app.button if button.key == "plan-save"]


def test_filters_choose_actions_and_stand_in_the_address() -> None:
    app = upload(PLAN)
    app.selectbox(key="plan_action_area").set_value("Good health").run()
    assert app.title[0].value == "1 of 1 action is off track"
    assert app.query_params["action_area"] in ("Good health", ["Good health"])
    assert "1 of 3 actions chosen" in seen(app)
    app.selectbox(key="plan_owner").set_value("Parks lead").run()
    assert "No action fits what is chosen above" in seen(app)


def test_a_ward_keeps_its_own_actions_and_the_council_wide_ones() -> None:
    app = upload(PLAN, ward="E05011268")
    assert app.title[0].value == "None of 2 actions are off track"
    assert "actions for" in seen(app)


def test_what_changed_is_told_by_a_second_file() -> None:
    app = upload(PLAN)
    app = upload(EARLIER, key="plan_earlier_file", app=app)
    text = seen(app)
    assert "1 change of status, 1 change of forecast, compared with “plan.csv”" in text


def test_an_action_of_the_link_opens_its_impact() -> None:
    app = open_page(PAGE, area=AREA, plan="example", action="EX1")
    assert not app.exception
    assert app.selectbox(key="plan_action").value == "EX1"
    assert "association, not proof of effect" in " ".join(
        [seen(app), *(block.value for block in app.markdown)]
    )


def test_an_exception_opens_in_its_place() -> None:
    app = open_page(PAGE, area=AREA, plan="example")
    app.button(key="plan-open-EX9").click().run()
    assert not app.exception
    assert app.query_params["action"] in ("EX9", ["EX9"])
    assert "EX9 is open above" in seen(app)
    app.button(key="plan-close-EX9").click().run()
    assert "action" not in app.query_params


def test_the_rule_is_changed_on_the_page_and_stands_in_the_address() -> None:
    app = open_page(PAGE, area=AREA, plan="example")
    assert "at least 100 % of the change expected by then" in seen(app)
    app.number_input(key="plan_acceptable").set_value(50).run()
    assert not app.exception
    assert app.query_params["rule"] in ("100,50,figure,0", ["100,50,figure,0"])
    assert "“Within acceptable variance”: at least 50 %" in seen(app)
    app = open_page(PAGE, area=AREA, plan="example", rule="90,50,today,12")
    assert "today, however old the newest figure is" in seen(app)


def test_a_bad_link_says_what_is_wrong_and_shows_the_rest() -> None:
    app = open_page(PAGE, area=AREA, plan="mine", rule="loose", then="x", action="Z9",
                    owner="Nobody")  # fmt: skip
    assert not app.exception
    assert len(app.warning) == 3
    assert "This plan has no action “Z9”" in seen(app)
    assert "No action of this plan has the owner role “Nobody”" in seen(app)


# --- keeping ---------------------------------------------------------------------------------


def as_lead(monkeypatch: pytest.MonkeyPatch, **params: str) -> AppTest:
    monkeypatch.setenv("LEAD_KEY", KEY)
    app = open_page(PAGE, **params)
    app.session_state[LET_IN] = hash(KEY)
    return app.run()


def test_without_a_role_nothing_can_be_kept() -> None:
    app = upload(PLAN)
    assert "Only a lead can keep an action plan for the council" in seen(app)
    assert not [button for button in app.button if button.key == "plan-save"]


def test_a_lead_saves_versions_and_everybody_reads_the_history(monkeypatch) -> None:
    app = upload(EARLIER, app=as_lead(monkeypatch))
    app.button(key="plan-save").click().run()
    assert "Saved as version 1" in app.success[0].value
    assert app.title[0].value == "None of 3 actions are off track"
    app = upload(PLAN, app=as_lead(monkeypatch))
    app.button(key="plan-save").click().run()
    assert "Saved as version 2, with 2 changes since the one before." in app.success[0].value
    visitor = open_page(PAGE, area=AREA, action="A2")
    assert visitor.title[0].value == "1 of 3 actions is off track"
    text = seen(visitor)
    assert "1 change of status, 1 change of forecast, after version 1" in text
    assert "How the status of A2 changed" in text
    assert "Late" in text
    assert load_audit(open_store(), AREA)["who"].tolist() == ["a lead (by key)"] * 2


def test_a_lead_is_told_that_somebody_saved_in_between(monkeypatch) -> None:
    app = upload(PLAN, app=as_lead(monkeypatch))
    save_plan(open_store(), AREA, [PlannedAction("A1", "x")], "other.csv", "another lead", 0)
    app.button(key="plan-save").click().run()
    said = app.success[0].value
    assert "Somebody else saved in between: another lead saved version 1" in said
    assert [version.who for version in list_versions(open_store(), AREA)] == [
        "another lead", "a lead (by key)",
    ]  # fmt: skip


def test_two_saved_versions_are_chosen_by_link(monkeypatch) -> None:
    for number, status in enumerate(("On track", "Off track", "Complete")):
        action = PlannedAction("A1", "x", status=status, reason=f"reason {number}")
        save_plan(open_store(), AREA, [action], "f.csv", "a lead", number)
    app = open_page(PAGE, area=AREA, then="1", now="2")
    assert "1 change of status, 0 changes of forecast, after version 1" in seen(app)
    app = open_page(PAGE, area=AREA, then="1", now="3")
    assert "2 changes of status" in seen(app)


def test_removing_needs_a_lead_and_a_tick(monkeypatch) -> None:
    save_plan(open_store(), AREA, [PlannedAction("A1", "x")], "f.csv", "a lead", 0)
    app = as_lead(monkeypatch)
    assert app.button(key="plan-remove").disabled
    app.checkbox(key="plan-remove-sure").check().run()
    app.button(key="plan-remove").click().run()
    assert not app.exception
    assert load_newest_plan(open_store(), AREA) is None
    assert app.title[0].value == "8 actions, none with a status"


def test_looking_leaves_no_empty_database_behind() -> None:
    assert not open_page(PAGE, area=AREA, plan="example").exception
    assert not is_anything_kept()


def test_a_store_that_cannot_be_read_leaves_the_published_plan(monkeypatch) -> None:
    def fail() -> None:
        raise StoreError("It cannot be reached.")

    open_store()
    for place in ("plan_data", "plan_store", "plan_file"):
        monkeypatch.setattr(f"pages.shared.{place}.open_store", fail)
    app = open_page(PAGE, area=AREA)
    assert not app.exception
    assert app.title[0].value == "8 actions, none with a status"
    assert "It cannot be reached." in app.error[0].value


# --- choices ---------------------------------------------------------------------------------


def test_choices_come_back_from_their_address() -> None:
    filters = ("Good work", "An objective", "Lead", "A1", "example")
    chosen = PlanChoices(*filters, 95, 70, "today", 24, 2, 5)
    assert parse_plan_choices(chosen.address(), PlanChoices()) == (chosen, [])
    assert not any(PlanChoices().address().values())


@pytest.mark.parametrize(
    "text",
    ["", "100", "80,100,figure,0", "101,80,figure,0", "a,b,c,d", "100,80,figure,500",
     "100,80,never,0", "\N{ARABIC-INDIC DIGIT ONE},1,figure,0"],
)  # fmt: skip
def test_a_rule_that_makes_no_sense_is_refused(text) -> None:
    assert parse_rule(text) is None
    assert parse_rule("95,70,today,24") == StatusRule(95, 70, "today", 24)


def test_filters_know_what_a_plan_has() -> None:
    actions = (
        PlannedAction("A1", "x", "Good work; Good health", wards=("E05011266",)),
        PlannedAction("A2", "y", "Good health", due=dt.date(2022, 1, 1)),
    )
    assert [a.id for a in filter_actions(actions, PlanChoices("Good work"))] == ["A1"]
    assert [a.id for a in filter_actions(actions, PlanChoices("Good health"))] == ["A1", "A2"]
    assert [a.id for a in filter_actions(actions, PlanChoices(), "E05011268")] == ["A2"]
    assert len(filter_actions(actions, PlanChoices("Nothing"))) == 2
    assert len(list_unknown(actions, PlanChoices("Nothing", action="A9"))) == 2


@pytest.mark.parametrize("area", [AREA, "E10000008"])
def test_the_table_and_the_impact_chart_show_the_same_figures(area) -> None:
    compared = 0
    plan = load_example_plan(area, dt.date.today())
    figures = load_figures(plan.actions, area)
    for action in plan.actions:
        if not action.indicator or why_no_figures(action, area):
            continue
        found, chart = figures[action.id], load_impact_figures(action, area)
        for reading in (found.baseline, found.latest):
            assert reading is not None
            at = chart.periods.index(reading.period)
            assert reading.value == pytest.approx(chart.place.value[at]), action.id
        compared += 1
    assert compared >= 8
