"""The PDF and the HTML page of a report: tagged, closed to the outside, and with every figure."""

import io
import itertools
import re
from functools import lru_cache
from html.parser import HTMLParser

from pypdf import PdfReader
from report_examples import make_bars, make_document, make_hostile, make_table

from analysis.report.blocks import Chart, Document, Picture, Section, Table
from analysis.report.printed import UNREADABLE, clean_document, print_table
from analysis.report.write_html import write_html
from analysis.report.write_pdf import write_pdf
from tests.opened import read_pdf


@lru_cache
def get_document() -> Document:
    return make_document(make_hostile())


@lru_cache
def get_pdf() -> bytes:
    return write_pdf(get_document())


@lru_cache
def get_html() -> str:
    return write_html(get_document()).decode()


def list_tags() -> list[tuple[str, str]]:
    """The elements of the PDF's structure with their text alternatives, in reading order."""
    found: list[tuple[str, str]] = []

    def walk(node: object) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif isinstance(node, dict):
            if "/S" in node:
                found.append((str(node["/S"]), str(node.get("/Alt", ""))))
            if "/K" in node:
                walk(node["/K"])

    walk(PdfReader(io.BytesIO(get_pdf())).trailer["/Root"]["/StructTreeRoot"])
    return found


def list_drawings() -> list[Chart | Picture]:
    sections = clean_document(get_document()).sections
    return [b for s in sections for b in s.blocks if isinstance(b, Chart | Picture)]


def test_the_pdf_is_tagged_named_and_in_british_english():
    reader = PdfReader(io.BytesIO(get_pdf()))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == "Ward needs of Huntingdonshire"
    assert "pdfuaid" in root["/Metadata"].get_data().decode()


def test_the_pdf_has_headings_tables_with_headers_and_text_alternatives():
    tags = list_tags()
    kinds = {kind for kind, _ in tags}
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/L", "/LI", "/Caption"} <= kinds
    described = [alt for kind, alt in tags if kind == "/Figure"]
    drawn = [d.description for d in list_drawings() if d.name != "broken"]
    assert [alt for alt in described if alt] == described
    assert len(described) == len(drawn)


def test_the_pdf_has_bookmarks_and_page_x_of_y():
    reader = PdfReader(io.BytesIO(get_pdf()))
    assert [item.title for item in reader.outline if not isinstance(item, list)][:2] == [
        "Summary",
        "Needs of wards",
    ]
    assert f"Page 2 of {len(reader.pages)}" in reader.pages[1].extract_text()


def test_the_pdf_prints_every_figure(tmp_path):
    (tmp_path / "a.pdf").write_bytes(get_pdf())
    text = read_pdf(tmp_path / "a.pdf")
    cells = {cell for row in print_table(make_table()).rows for cell in row if len(cell) < 18}
    assert not {cell for cell in cells if cell not in text}


def test_the_pdf_takes_text_as_text_and_marks_letters_it_lacks(tmp_path):
    (tmp_path / "a.pdf").write_bytes(get_pdf())
    text = read_pdf(tmp_path / "a.pdf")
    assert "{{ 7 * 7 }} #panic() $x$ *bold*" in text
    assert f"{UNREADABLE} {UNREADABLE} ▲" in text


def test_an_empty_document_is_a_file_too():
    made = get_document().made
    empty = Section("", [Table("", "", make_table().frame.head(0)), make_bars(series=[])], 2)
    for document in (
        Document("", "", "", [], "", made),
        Document("T", "", "", [empty], "", made),
    ):
        assert write_pdf(document).startswith(b"%PDF")
        assert write_html(document).startswith(b"<!DOCTYPE html>")


def test_a_table_too_wide_for_standing_pages_lies():
    frame = make_table(4).frame
    wide = frame.join(frame.add_suffix(" in the year before")).join(frame.add_suffix(" once"))
    sections = [Section("Wide", [Table("w", "w", wide)])]
    pages = PdfReader(
        io.BytesIO(write_pdf(Document("T", "", "", sections, "", get_document().made)))
    ).pages
    assert any(page.mediabox.width > page.mediabox.height for page in pages)


class Outline(HTMLParser):
    """The elements of a page with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_the_page_has_no_script_and_asks_for_nothing():
    tags = Outline(get_html()).found
    assert not [tag for tag, _ in tags if tag in {"script", "link", "iframe", "object", "img"}]
    names = {name for _, attributes in tags for name in attributes}
    assert not {name for name in names if name.startswith("on")}
    targets = [a[key] for _, a in tags for key in ("href", "src", "xlink:href") if key in a]
    assert all(target.startswith("#") for target in targets)
    assert "example.org" not in get_html()
    assert "default-src 'none'" in get_html()


def test_ids_are_unlike_and_every_reference_is_met():
    tags = Outline(get_html()).found
    ids = [a["id"] for _, a in tags if "id" in a]
    assert len(ids) == len(set(ids))
    wanted = [part for _, a in tags for key in ("aria-labelledby",) if key in a
              for part in a[key].split()]  # fmt: skip
    wanted += [a["href"][1:] for tag, a in tags if tag == "a"]
    wanted += re.findall(r"url\(#([^)]+)\)", get_html())
    assert not set(wanted) - set(ids)


def test_headings_go_down_one_by_one_and_cells_have_scope():
    tags = Outline(get_html()).found
    levels = [int(tag[1]) for tag, _ in tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert all(a.get("scope") in ("col", "row") for tag, a in tags if tag == "th")


def test_the_page_says_every_figure_and_describes_every_drawing():
    text = get_html()
    for row in print_table(make_table()).rows:
        assert all(f">{cell}<" in text for cell in row[:4])
    assert text.count("<desc") == len(list_drawings()) - 2  # one damaged, one without its own
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)" in text
