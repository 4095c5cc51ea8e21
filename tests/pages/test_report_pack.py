"""A report pack from real figures: what each section says, and that the pages say the same."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from said import NEVER
from streamlit.testing.v1 import AppTest

from analysis.report.blocks import (
    Bullets,
    Chart,
    Document,
    Facts,
    Paragraph,
    Picture,
    Section,
    Table,
)
from analysis.report.contents import SECTION_KINDS
from data.errors import TableError
from pages.shared import report_pack
from pages.shared.report_choices import PackChoices
from pages.shared.report_pack import Pack, make_document
from pages.shared.report_plan import load_pack_plan

ROOT = Path(__file__).parents[2]
TODAY = dt.date(2025, 11, 25)
COUNCIL, WARD = "E07000011", "E05011266"


@pytest.fixture(scope="module")
def pack() -> Pack:
    plan, _ = load_pack_plan(COUNCIL, TODAY, "example")
    return make_document(PackChoices(wards=(WARD,)).settled(COUNCIL), plan, TODAY)


def make(**choices: object) -> Pack:
    return make_document(PackChoices(**choices).settled(COUNCIL), None, TODAY)  # type: ignore[arg-type]


def section(document: Document, heading: str) -> Section:
    return next(one for one in document.sections if one.heading == heading)


def blocks(document: Document, kind: type) -> Iterator:
    yield from (b for one in document.sections for b in one.blocks if isinstance(b, kind))


def table(document: Document, name: str) -> Table:
    return next(one for one in blocks(document, Table) if one.name == name)


def open_page(page: str, **params: str) -> str:
    """All that a page says, without tags."""
    app = AppTest.from_file(str(ROOT / "pages" / page), default_timeout=120)
    for name, value in {"area": COUNCIL, **params}.items():
        app.query_params[name] = value
    app.session_state["first_view_is_out"] = True
    app.run()
    assert not app.exception
    said = [str(block.proto.body) for block in app.get("html")]
    said += [str(block.value) for block in [*app.title, *app.header, *app.markdown]]
    text = html.unescape(re.sub(r"<[^>]+>", " ", " ".join(said)))
    return re.sub(r"[\s*]+", " ", text)


def test_all_sections_stand_in_their_order_and_nothing_failed(pack):
    headings = [one.heading for one in pack.document.sections if one.level == 1]
    assert headings == [kind.heading for kind in SECTION_KINDS.values() if kind.id != "rows"]
    assert pack.problems == []
    assert pack.rows[0].heading == "All rows"


def test_the_summary_has_the_key_figures_of_the_page_overview(pack):
    page = open_page("explore/overview.py")
    facts = next(b for b in section(pack.document, "Summary").blocks if isinstance(b, Facts)).facts
    rows = table(pack.document, "Key figures").frame
    assert len(facts) == len(rows) == 6
    for fact, (_, row) in zip(facts, rows.iterrows(), strict=True):
        assert (fact.label, fact.value) == (row["Key figure"], row["Figure"])
        value = fact.value.replace("\N{NO-BREAK SPACE}", " ")
        assert f"{fact.label} {value} {row['Period']}" in page
        for said, nothing in ((row["Change"], "no earlier figure"),
                              (row["Against England"], "not compared")):  # fmt: skip
            assert said == nothing or said.replace("\N{NO-BREAK SPACE}", " ") in page
    assert rows.iloc[3].tolist()[2:] == [
        "2022", "! worse: up 1.0 points since 2019",
        "better than England (3.9\N{NO-BREAK SPACE}%)", "LSOAs (2011)",
    ]  # fmt: skip


def test_the_findings_are_the_titles_of_the_pages(pack):
    said = " ".join(next(blocks(pack.document, Bullets)).items)
    assert "Huntingdon North has the highest need in Huntingdonshire" in said
    for page in ("present/action_areas.py", "scrutinise/covid_recovery.py"):
        app = AppTest.from_file(str(ROOT / "pages" / page), default_timeout=120)
        app.query_params["area"] = COUNCIL
        assert app.run().title[0].value in said


def test_the_ranked_wards_of_recovery_are_those_of_the_page(pack):
    page = open_page("scrutinise/covid_recovery.py")
    rows = table(pack.document, "Recovery").frame
    assert list(rows["Area"][:2]) == ["Huntingdonshire", "England"]
    assert len(rows) == 14
    for _, row in rows.iterrows():
        start = page.index(f" {row['Area']} (", page.index("Furthest from before first"))
        line = page[start : start + 200]
        for head in ("Before (%)", "Worst (%)", "Latest (%)"):
            assert f" {row[head]:.1f} " in line
        assert f" {row['Recovery %']:.0f} %" in line


def test_the_comparison_of_recovery_says_what_the_page_says(pack):
    page = open_page("scrutinise/covid_recovery.py")
    sentences = next(
        b for b in section(pack.document, "Compared with whom").blocks if isinstance(b, Bullets)
    )
    assert len(sentences.items) == 4
    assert all(sentence in page for sentence in sentences.items)


def test_the_need_scores_are_those_of_the_page(pack):
    from data.strategy import strategy_for
    from pages.shared.need_choices import NeedChoices, settle_choices
    from pages.shared.needs import load_needs
    from pages.shared.selection import Selection

    strategy = strategy_for(COUNCIL)
    needs = load_needs(strategy, Selection(area=COUNCIL), settle_choices(NeedChoices(), strategy))
    rows = table(pack.document, "Need by action area").frame.set_index("Ward")
    assert len(rows) == 26
    assert rows.at["Huntingdon North", "Good work"] == "▲ 64, 1st"
    for need in needs.all:
        for code, one in need.table.iterrows():
            cell = rows.at[needs.names[code], need.area.heading]
            assert re.findall(r"\d+", cell) == [f"{one['score']:.0f}", str(one["rank"])]


def test_a_ward_stands_out_as_on_its_page(pack):
    page = open_page("explore/ward_profile.py", ward=WARD)
    ward = section(pack.document, "Huntingdon North")
    assert ward.level == 2
    stand_outs = next(b for b in ward.blocks if isinstance(b, Bullets)).items
    assert len(stand_outs) == 5
    assert all(re.sub(r"\s+", " ", item.replace(": ", " : ", 1)) in page
               or item in page for item in stand_outs)  # fmt: skip
    rows = table(pack.document, "Ward 1").frame
    income = rows[rows["Indicator"] == "People on low incomes"].iloc[0]
    assert (income["Huntingdon North"], income["Rank"]) == ("27.1\N{NO-BREAK SPACE}%", "1 of 26")


def test_bars_show_the_figures_of_the_map_with_their_limits(pack):
    from pages.shared.figures import load_ward_figure
    from pages.shared.selection import Selection

    chart = next(b for b in blocks(pack.document, Chart) if b.name == "Ranking 1")
    figure = load_ward_figure(
        "claimant_count_percent", "2022", Selection(area=COUNCIL), "england_fifths"
    )
    frame = figure.frame.sort_values("value", ascending=False, kind="stable")
    assert list(chart.categories) == list(frame["name"])
    assert list(chart.series[0].values) == pytest.approx(list(frame["value"]), abs=0.05001)
    assert list(chart.series[0].low) == pytest.approx(list(frame["lower_ci"]), abs=0.05001)
    assert set(chart.series[1].values) == {3.9}
    assert chart.series[1].name == "England"


def test_every_chart_and_map_has_words_and_says_for_which_areas_it_was_published(pack):
    found = [*blocks(pack.document, Chart), *blocks(pack.document, Picture)]
    assert len(found) > 10
    for block in found:
        assert len(block.description) > 40, block.name
        assert len(block.title.split()) <= 16, block.title
        assert "ublished for" in " ".join(block.sources), block.name
        assert "Source: " in " ".join(block.sources), block.name


def all_texts(document: Document) -> Iterator[str]:
    for one in document.sections:
        yield from (one.heading, one.notes)
        for block in one.blocks:
            if isinstance(block, Paragraph):
                yield block.text
            elif isinstance(block, Bullets):
                yield from block.items
            elif isinstance(block, Facts):
                yield from (f"{f.label} {f.value} {f.note}" for f in block.facts)
            elif isinstance(block, Table):
                yield from (text for note in block.notes for text in note)
                words = block.frame.select_dtypes(exclude="number")
                yield from (str(cell) for cell in words.to_numpy().ravel())
            else:
                yield from (block.title, block.subtitle, block.description, *block.sources)


def test_nothing_is_said_that_no_page_may_say(pack):
    # The council's own words, here those of the example, may hold what ours may not.
    allowed = {"the id of an indicator", "None where a word should stand"}
    for text in all_texts(pack.document):
        for what, pattern in NEVER.items():
            if what not in allowed:
                assert not re.search(pattern, text), (what, text)


def test_the_example_plan_is_called_one_wherever_it_stands(pack):
    for heading in ("Exceptions", "Actions and impact"):
        said = " ".join(
            b.text for b in section(pack.document, heading).blocks if isinstance(b, Paragraph)
        )
        assert "EXAMPLE" in said


def test_exceptions_are_those_of_the_plan_gravest_first(pack):
    plan, _ = load_pack_plan(COUNCIL, TODAY, "example")
    rows = table(pack.document, "Exceptions").frame
    assert list(rows["Action"].str.split(":").str[0]) == [
        line.action.id for line in plan.summary.exceptions
    ]
    assert rows["Why it is here"].iloc[0].startswith("Off track")


def test_without_a_plan_the_exceptions_say_so_and_come_from_the_figures():
    document = make(sections=("exceptions",)).document
    first = section(document, "Exceptions").blocks[0].text
    assert first.startswith("There is no action plan for this report")
    worse = table(document, "Got worse").frame
    claimants = worse[worse["Indicator"] == "People claiming out-of-work benefits"]
    assert claimants.iloc[0].tolist() == [
        "Huntingdon North", "People claiming out-of-work benefits", "+1.8 points",
        "2.5 % (2019)", "4.3 % (2022)",
    ]  # fmt: skip
    # Universal Credit rose for other reasons too: it must not be called worse.
    assert "Households on Universal Credit" not in set(worse["Indicator"])
    notes = dict(table(document, "Got worse").notes)
    assert "moved from older benefits" in notes["Mind"]


def test_a_devon_pack_marks_working_headings():
    document = make_document(
        PackChoices(sections=("need",)).settled("E10000008"), None, TODAY
    ).document
    said = " ".join(b.text for b in document.sections[0].blocks if isinstance(b, Paragraph))
    assert "7 of 7 headings are working headings" in said
    rows = table(document, "Need by action area")
    assert len(rows.frame) == 20
    assert "Healthy lives (working heading)" in rows.frame


def test_no_figure_is_later_than_the_period_asked_for():
    found = make(sections=("indicators", "recovery"), until="2021").document
    charts = list(blocks(found, Chart))
    assert "2021" in next(c for c in charts if c.name == "Ranking 1").subtitle
    assert next(c for c in charts if c.name == "Lines recovery").categories[-1] == "2021"


def test_an_indicator_without_a_figure_so_early_is_named_and_the_rest_is_there():
    found = make(
        sections=("indicators",), until="2010",
        indicators=("claimant_count_percent", "imd_score"),
    )  # fmt: skip
    assert any("no figure that ends by the end of 2010" in problem for problem in found.problems)


@pytest.mark.parametrize(
    "error", [TableError("claimants.parquet: the table is damaged."), ZeroDivisionError("x")]
)
def test_a_section_that_fails_leaves_the_others_and_says_so(error, monkeypatch):
    def fail(_: object) -> None:
        raise error

    monkeypatch.setitem(report_pack.LOADERS, "need", fail)
    found = make(sections=("summary", "need", "methods"))
    headings = [one.heading for one in found.document.sections if one.level == 1]
    assert headings == ["Summary", "Action areas", "Methods, sources and licences"]
    said = section(found.document, "Action areas").blocks[0].text
    assert said.startswith("This section could not be made: ")
    assert "x" not in said or isinstance(error, TableError)
    assert len(found.problems) == 1


def test_methods_name_every_source_with_geography_age_and_licence(pack):
    rows = table(pack.document, "Sources").frame
    used = "; ".join(rows["Used for"])
    for name in ("People claiming out-of-work benefits", "Overall deprivation score"):
        assert name in used
    assert rows["Source"].is_unique
    claimants = rows[rows["Used for"].str.contains("People claiming")].iloc[0]
    assert claimants["Published for"].startswith("LSOAs (2011)")
    assert claimants["How old"] == "2 years 10 months old"
    assert (rows["Licence"] != "").all()


def test_all_rows_hold_every_ward_and_go_into_the_workbook_only(pack):
    tables = {b.name: b for one in pack.rows for b in one.blocks if isinstance(b, Table)}
    assert len(tables["All recovery"].frame) == len(tables["All need scores"].frame) == 26
    assert len({name for name in tables if len(name) <= 31}) == len(tables)
    in_word = report_pack.document_for("docx", pack)
    in_excel = report_pack.document_for("xlsx", pack)
    assert "All rows" not in [one.heading for one in in_word.sections]
    assert "All rows" in [one.heading for one in in_excel.sections]


def test_the_dates_of_the_document(pack):
    assert pack.document.made == TODAY
    assert pack.document.data_date == "31 December 2025"
    assert pack.document.place == "Huntingdonshire"


def test_numbers_of_tables_are_numbers(pack):
    frame = table(pack.document, "Recovery").frame
    assert all(pd.api.types.is_float_dtype(frame[c]) for c in ("Before (%)", "Recovery %"))
