"""The command line of report packs: what it refuses, what it writes, and what the files hold."""

from __future__ import annotations

import io
import re
import stat
import subprocess
import sys
from pathlib import Path

import docx
import openpyxl
import pptx
import pypdf
import pytest

import report
from analysis.report.blocks import Chart, Table
from analysis.report.formats import FORMATS
from pages.shared.report_choices import PackChoices
from pages.shared.report_pack import Pack, document_for, make_document, write_files

ROOT = Path(__file__).parents[1]
SMALL = ["--council", "E07000011", "--sections", "exceptions", "--formats", "html"]


def spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@pytest.fixture(scope="module")
def pack() -> Pack:
    """A small pack in every format."""
    choices = PackChoices(sections=("summary", "indicators", "rows"),
                          indicators=("claimant_count_percent",))  # fmt: skip
    made = make_document(choices.settled("E07000011"))
    write_files(made, tuple(FORMATS))
    return made


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--council", "Huntingdonshir"], "did you mean 'Huntingdonshire'?"),
        (["--council", "E07999999"], "council “E07999999”: there is none"),
        (["--council", "E05011266"], "there is none"),
        ([*SMALL[:2], "--formats", "doc"], "did you mean 'docx'?"),
        ([*SMALL[:2], "--formats", ","], "at least one section and one format"),
        ([*SMALL[:2], "--sections", "exeptions"], "did you mean 'exceptions'?"),
        ([*SMALL[:2], "--wards", "Ramsay"], "did you mean 'Ramsey'?"),
        ([*SMALL[:2], "--wards", "E05011907"], "there is none"),
        ([*SMALL[:2], "--indicators", "imd"], "indicator “imd”"),
        ([*SMALL[:2], "--period", "last year"], "'last year' is not written in a known form"),
        ([*SMALL[:2], "--plan", "nowhere.xlsx"], "there is no such file"),
        ([*SMALL[:2], "--plan", __file__], "plan"),
        ([*SMALL[:2], "--out", __file__], "this is a file, not a folder"),
    ],
)
def test_a_wrong_choice_is_named_with_what_there_is_and_nothing_is_made(
    arguments, words, capsys, tmp_path
):
    out = [] if "--out" in arguments else ["--out", str(tmp_path / "packs")]
    assert report.run([*arguments, *out]) == report.WRONG
    assert words in capsys.readouterr().err
    assert not list(tmp_path.rglob("*.*"))


def test_a_ward_name_that_several_have_is_refused_in_a_county(capsys):
    assert report.run(["--council", "E12000006", "--wards", "Castle"]) == report.WRONG
    assert "several have this name" in capsys.readouterr().err


def test_seven_wards_are_too_many(capsys):
    names = "Ramsey,Yaxley,Sawtry,Brampton,Buckden,Fenstanton,Kimbolton"
    assert report.run([*SMALL, "--wards", names]) == report.WRONG
    assert "at most 6" in capsys.readouterr().err


def test_a_pack_is_written_replaced_whole_and_readable(tmp_path, capsys):
    arguments = [*SMALL, "--out", str(tmp_path / "new" / "folder")]
    assert report.run(arguments) == report.DONE
    said = capsys.readouterr().out
    assert "Section 1 of 1: Exceptions" in said
    (path,) = (tmp_path / "new" / "folder").iterdir()
    assert str(path) in said
    assert stat.S_IMODE(path.stat().st_mode) & 0o444 == 0o444
    path.write_text("old", encoding="utf-8")
    assert report.run(arguments) == report.DONE
    assert [p.name for p in path.parent.iterdir()] == [path.name]
    assert "What got worse" in path.read_text(encoding="utf-8")


def test_a_full_disk_keeps_the_older_file_and_is_told(tmp_path, monkeypatch, capsys):
    assert report.run([*SMALL, "--out", str(tmp_path)]) == report.DONE
    (path,) = tmp_path.iterdir()
    before = path.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    assert report.run([*SMALL, "--out", str(tmp_path)]) == report.NOT_ALL
    assert "No space left on device" in capsys.readouterr().err
    assert [p.name for p in tmp_path.iterdir()] == [path.name]
    assert path.read_bytes() == before


def test_a_format_that_fails_leaves_the_others(tmp_path, monkeypatch, capsys):
    def fail(_: object) -> bytes:
        raise ZeroDivisionError

    monkeypatch.setattr("analysis.report.write_xlsx.write_xlsx", fail)
    arguments = [*SMALL[:-1], "xlsx,html", "--out", str(tmp_path)]
    assert report.run(arguments) == report.NOT_ALL
    assert [path.suffix for path in tmp_path.iterdir()] == [".html"]
    assert "The file for Excel could not be made" in capsys.readouterr().err


def test_mistakes_of_a_plan_are_told_and_its_good_rows_used(tmp_path, capsys):
    plan = tmp_path / "plan.csv"
    plan.write_text(
        "Id,Title,Owner role,Start,Due,Indicator,Baseline period,Target date,Status now\n"
        "A1,Warm homes,Housing lead,01/04/2023,01/04/2024,,,,Off track\n"
        "A2,Broken,Housing lead,soon,01/04/2024,,,,On track\n",
        encoding="utf-8",
    )
    out = tmp_path / "out"
    assert report.run([*SMALL, "--plan", str(plan), "--out", str(out)]) == report.DONE
    said = capsys.readouterr().out
    assert "1 mistake in plan.csv" in said
    assert "line 3: Start: “soon” is not a date" in said
    (path,) = out.iterdir()
    text = spaced(path.read_text(encoding="utf-8"))
    assert "A1: Warm homes" in text
    assert "Broken" not in text


def test_it_runs_by_itself_from_any_folder_without_a_terminal(tmp_path):
    found = subprocess.run(
        [sys.executable, str(ROOT / "report.py"), *SMALL, "--out", "packs"],
        cwd=tmp_path, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
        env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
    )  # fmt: skip
    assert found.returncode == report.DONE, found.stderr
    assert len(list((tmp_path / "packs").iterdir())) == 1
    assert found.stderr == ""  # no warning of a page without a visitor


def tables_of(pack: Pack, kind: str) -> list[Table]:
    document = document_for(kind, pack)
    return [b for one in document.sections for b in one.blocks if isinstance(b, Table)]


def charts_of(pack: Pack) -> list[Chart]:
    return [b for one in pack.document.sections for b in one.blocks if isinstance(b, Chart)]


def test_the_workbook_has_every_row_as_numbers(pack):
    book = openpyxl.load_workbook(io.BytesIO(pack.files["xlsx"]))
    (block,) = (t for t in tables_of(pack, "xlsx") if t.name == "All of indicator 1")
    cells = [[c.value for c in row] for row in book[block.name].iter_rows()]
    start = next(n for n, row in enumerate(cells) if "Area" in row)
    column = cells[start].index("Claimants (%)")
    found = {row[0]: row[column] for row in cells[start + 1 : start + 27]}
    assert found == dict(zip(block.frame["Area"], block.frame["Claimants (%)"], strict=True))
    assert found["Huntingdon North"] == 4.3


def test_slides_have_native_charts_of_the_same_figures(pack):
    deck = pptx.Presentation(io.BytesIO(pack.files["pptx"]))
    native = [s.chart for slide in deck.slides for s in slide.shapes if s.has_chart]
    (block,) = charts_of(pack)
    shown = [
        value
        for chart in native
        for plot in chart.plots
        for series in plot.series
        for value in series.values
        if series.name == block.series[0].name and value is not None
    ]
    # A long ranking goes on on the next slide.
    assert len(native) == 2
    assert set(shown) == set(block.series[0].values)


@pytest.mark.parametrize("kind", ["docx", "pdf", "html"])
def test_the_text_of_a_file_has_the_findings_and_the_geography(pack, kind):
    content = pack.files[kind]
    if kind == "docx":
        file = docx.Document(io.BytesIO(content))
        text = "\n".join(p.text for p in file.paragraphs)
        text += "\n".join(c.text for t in file.tables for row in t.rows for c in row.cells)
    elif kind == "pdf":
        text = "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    else:
        text = content.decode()
    text = spaced(text)
    assert "Huntingdon North has the highest need in Huntingdonshire" in text
    assert "Published for LSOAs (2011), carried to 2021 LSOAs" in text
    assert "180,800" in text
