"""A heat table: packed without loss, drawn as a picture, wrong parts refused."""

from xml.etree import ElementTree as ET

import pytest

from analysis.export import make_png
from analysis.heat_picture import render_svg_table
from analysis.heat_table import (
    LOOKS,
    HeatColumn,
    HeatTable,
    HeatTableError,
    next_direction,
    pack_table,
)


def make_table(**changes) -> HeatTable:
    columns = [
        HeatColumn("worse", "Worse", ["1", "0"], unit="of 1", can_choose=False),
        HeatColumn(
            "fuel",
            "Fuel poverty",
            ["20.0", ""],
            unit="%",
            about="Households in fuel poverty, 2022",
            foot="England 13.1",
            group="Housing",
            signs=["▲", ""],
            looks=["worse", "suppressed"],
            words=["worse than England", "withheld"],
            ranges=["18.0 to 22.0", ""],
            ranks=[1, 0],
            ranked=1,
        ),
    ]
    fields = {
        "label": "Wards of Aldham",
        "codes": ["E1", "E2"],
        "names": ["North <b>", "South"],
        "columns": columns,
        "sort": ("worse", "descending"),
        "legend": [("worse", "▲", "Worse than England", 1), ("suppressed", "", "Withheld", 1)],
        "selected": ("E1", "fuel"),
    }
    return HeatTable(**(fields | changes))


def test_a_packed_table_holds_every_cell():
    packed = pack_table(make_table())
    column = packed["columns"][1]
    assert column["texts"].split("\t") == ["20.0", ""]
    assert [packed["looks"][ord(c) - ord("a")] for c in column["looks"]] == ["worse", "suppressed"]
    assert column["signs"] == "▲ "
    assert [column["words"][n] for n in column["word"]] == ["worse than England", "withheld"]
    assert column["ranges"].split("\t") == ["18.0 to 22.0", ""]
    assert column["ranks"] == [1, 0]
    assert packed["columns"][0]["looks"] == "aa"
    assert packed["sort"] == ["worse", "descending"]
    assert len(LOOKS) <= 26


def test_wrong_parts_are_refused_by_name():
    with pytest.raises(HeatTableError, match="column 'a': texts has 1 entries for 2 rows"):
        make_table(columns=[HeatColumn("a", "A", ["1"])])
    with pytest.raises(HeatTableError, match="column 'a': signs has 1"):
        make_table(columns=[HeatColumn("a", "A", ["1", "2"], signs=["▲"])])
    with pytest.raises(HeatTableError, match=r"unknown look \{'pink'\}"):
        make_table(columns=[HeatColumn("a", "A", ["1", "2"], looks=["pink", "plain"])])


def test_a_heading_sorts_and_pressed_again_turns_round():
    assert next_direction(("worse", "descending"), "fuel") == ("fuel", "descending")
    assert next_direction(("fuel", "descending"), "fuel") == ("fuel", "ascending")
    assert next_direction(("fuel", "descending"), "ward") == ("ward", "ascending")
    assert next_direction(("ward", "ascending"), "ward") == ("ward", "descending")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_picture_shows_every_figure_and_its_meaning(theme):
    svg = render_svg_table(make_table(), "North: worse on 1 of 1", ["Source: a table"], theme)
    root = ET.fromstring(svg)  # noqa: S314
    texts = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert {"▲", "20.0", "–"} <= set(texts)
    assert "North <b>" in texts
    assert "Source: a table" in texts
    assert "England 13.1" in texts
    assert any("Withheld" in (text or "") for text in texts)
    titles = [element.text for element in root.iter("{http://www.w3.org/2000/svg}title")]
    assert "withheld" in titles
    assert "url(#cell-hatch)" in svg
    assert make_png(svg).startswith(b"\x89PNG")


def test_councils_stand_beside_the_names_where_there_are_several():
    svg = render_svg_table(make_table(subnames=["Aldham", "Bury"]), "A", [])
    assert "South, Bury" in svg
