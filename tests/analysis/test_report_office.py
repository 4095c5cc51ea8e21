"""Word, PowerPoint and Excel files: opened again, and by other software, they say the same."""

import io
import zipfile
from functools import lru_cache

import docx
import openpyxl
import pptx
import pytest
from docx.oxml.ns import qn
from pptx.oxml.ns import qn as pptx_name
from report_examples import HOSTILE, LONG, NEED, make_bars, make_document, make_hostile, make_table

from analysis.report.blocks import Chart, Document, Facts, Section, Series, Table
from analysis.report.printed import AUTHOR, MISSING, clean_document, print_table
from analysis.report.write_docx import write_docx
from analysis.report.write_pptx import write_pptx
from analysis.report.write_xlsx import name_sheet, write_xlsx
from tests.opened import convert_to_pdf, read_pdf

WRITERS = {"docx": write_docx, "pptx": write_pptx, "xlsx": write_xlsx}


@lru_cache
def get_document() -> Document:
    return make_document(make_hostile())


@lru_cache
def get_file(ending: str) -> bytes:
    return WRITERS[ending](get_document())


def list_blocks(kind: type) -> list:
    document = clean_document(get_document())
    return [b for section in document.sections for b in section.blocks if isinstance(b, kind)]


def read_parts(content: bytes, ending: str = ".xml") -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return "".join(file.read(n).decode() for n in file.namelist() if n.endswith(ending))


@pytest.mark.parametrize("ending", WRITERS)
def test_other_software_prints_every_figure_and_text(ending, tmp_path):
    text = read_pdf(convert_to_pdf(get_file(ending), ending, tmp_path)).replace("-", "−")
    printed = print_table(make_table())
    cells = {cell for row in printed.rows for cell in row if len(cell) < 18}
    facts = {fact.value for block in list_blocks(Facts) for fact in block.facts}
    assert not {cell for cell in cells | facts if cell.replace("-", "−") not in text}
    assert "alert(1)" in text


@pytest.mark.parametrize("ending", WRITERS)
def test_the_file_names_the_dashboard_as_author_and_no_person(ending):
    core = read_parts(get_file(ending)).partition("<cp:coreProperties")[2]
    assert AUTHOR in core
    assert "Ward needs of Huntingdonshire" in core
    assert "python" not in core.lower().partition("</cp:coreproperties>")[0]


@pytest.mark.parametrize("ending", WRITERS)
def test_nothing_in_the_file_is_computed_or_fetched(ending):
    parts = read_parts(get_file(ending)) + read_parts(get_file(ending), ".rels")
    assert "<f>" not in parts
    assert "example.org" not in parts
    links = [part for part in parts.split("TargetMode=")[1:] if part.startswith('"External"')]
    assert not links


@pytest.mark.parametrize("ending", WRITERS)
def test_an_empty_document_and_an_empty_section_are_files_too(ending):
    document = get_document()
    bare = Document("", "", "", [], "", document.made)
    empty = Section("", [Table("", "", make_table().frame.head(0)), make_bars(categories=[],
                    series=[])])  # fmt: skip
    for each in (bare, Document("T", "", "", [empty], "", document.made)):
        assert WRITERS[ending](each)[:2] == b"PK"


# Word


def open_docx() -> docx.Document:
    return docx.Document(io.BytesIO(get_file("docx")))


def test_word_has_real_headings_and_links_to_them():
    file = open_docx()
    headings = [(p.style.name, p.text) for p in file.paragraphs if p.style.name[:7] == "Heading"]
    sections = clean_document(get_document()).sections
    assert headings == [(f"Heading {s.level}", s.heading) for s in sections]
    anchors = {link.get(qn("w:anchor")) for link in file.element.iter(qn("w:hyperlink"))}
    marks = {mark.get(qn("w:name")) for mark in file.element.iter(qn("w:bookmarkStart"))}
    assert len(anchors) == len(sections)
    assert anchors <= marks


def test_every_picture_in_word_has_its_text_alternative():
    found = [shape._inline.docPr.get("descr") for shape in open_docx().inline_shapes]
    wanted = [c.description for c in list_blocks(Chart)]
    assert all(found)
    assert set(wanted) <= set(found)


def test_tables_in_word_repeat_their_header_and_hold_every_row():
    tables = open_docx().tables
    for table in tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert table._tbl.tblPr.find(qn("w:tblDescription")) is not None
    rows = [[cell.text for cell in row.cells] for row in tables[1].rows]
    printed = print_table(make_table())
    assert rows == [list(printed.headings), *map(list, printed.rows)]


def test_word_is_in_british_english_with_page_x_of_y():
    parts = read_parts(get_file("docx"))
    assert 'w:lang w:val="en-GB"' in parts
    for field in ("PAGE", "NUMPAGES"):
        assert f"<w:instrText>{field}</w:instrText>" in parts


def test_a_wide_table_lies_on_a_page_of_its_own():
    frame = make_table(4).frame
    wide = frame.join(frame.add_suffix(" in the year before")).join(frame.add_suffix(" once"))
    document = get_document()
    sections = [Section("Wide", [Table("w", "w", wide)])]
    file = docx.Document(io.BytesIO(write_docx(Document("T", "", "", sections, "", document.made))))
    widths = [round(section.page_width.mm) for section in file.sections]
    assert widths == [210, 297, 210]
    lying = file.sections[1]
    room = lying.page_width - lying.left_margin - lying.right_margin
    assert all(sum(c.width for c in table.columns) <= room + 10 for table in file.tables)


# PowerPoint


def open_pptx() -> pptx.Presentation:
    return pptx.Presentation(io.BytesIO(get_file("pptx")))


def list_charts() -> list:
    return [s.chart for slide in open_pptx().slides for s in slide.shapes if s.has_chart]


def test_every_slide_has_a_title_and_its_number():
    for number, slide in enumerate(open_pptx().slides):
        assert slide.shapes.title.text
        kinds = {holder.placeholder_format.type for holder in slide.placeholders}
        assert number == 0 or 13 in kinds  # PP_PLACEHOLDER.SLIDE_NUMBER


def test_every_chart_picture_and_table_has_its_text_alternative():
    for slide in open_pptx().slides:
        for shape in slide.shapes:
            if shape.has_chart or shape.has_table or shape.shape_type == 13:
                assert next(shape._element.iter(pptx_name("p:cNvPr"))).get("descr")


def test_charts_are_native_and_hold_the_same_figures():
    charts = {next(iter(c.plots[0].series)).name: c for c in list_charts()}
    bars, lines = charts["Huntingdon North"], charts["Huntingdonshire"]
    ours, others, guide = (series.values for series in bars.plots[0].series)
    # The guide stands below as a row of its own.
    assert [mine or theirs for mine, theirs in zip(ours, others, strict=True)] == [*NEED, None]
    assert list(guide) == [None] * 7 + [14.5]
    assert lines.plots


def test_the_sheet_inside_a_chart_equals_its_series():
    for chart in list_charts():
        sheet = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
        cells = [cell for column in sheet.iter_cols(values_only=True) for cell in column[1:]]
        for plot in chart.plots:
            for series in plot.series:
                assert not {v for v in series.values if v is not None} - set(cells)
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_intervals_are_error_bars_and_columns_begin_at_zero():
    parts = read_parts(get_file("pptx"))
    assert parts.count("<c:errBars>") >= 3
    columns = next(c for c in list_charts() if c.chart_type == 51)  # COLUMN_CLUSTERED
    assert columns.value_axis.minimum_scale == 0


def test_a_long_table_goes_on_with_its_header_and_loses_no_row():
    rows = []
    for slide in open_pptx().slides:
        if slide.shapes.title.text.startswith("All wards"):
            table = next(s.table for s in slide.shapes if s.has_table)
            lines = [[cell.text for cell in row.cells] for row in table.rows]
            assert len(lines) <= 11
            rows += lines[1:]
    assert rows == [list(row) for row in print_table(make_table()).rows]


def test_many_bars_are_split_over_slides_with_one_axis():
    names = [f"{LONG} {n}" for n in range(40)]
    chart = make_bars(categories=names, series=[Series("A", [float(n) for n in range(40)])])
    document = get_document()
    content = write_pptx(Document("T", "", "", [Section("S", [chart])], "", document.made))
    charts = [s.chart for slide in pptx.Presentation(io.BytesIO(content)).slides
              for s in slide.shapes if s.has_chart]  # fmt: skip
    values = [v for chart in charts for v in chart.plots[0].series[0].values]
    assert values == [float(n) for n in range(40)]
    assert len({chart.value_axis.maximum_scale for chart in charts}) == 1


def test_nothing_leaves_its_slide_and_letters_are_large():
    file = open_pptx()
    for slide in file.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= file.slide_width
            assert shape.top + shape.height <= file.slide_height
    parts = read_parts(get_file("pptx"))
    sizes = {int(part.split('"')[0]) for part in parts.split(' sz="')[1:] if part[0].isdigit()}
    assert min(sizes) >= 1200


def test_notes_hold_description_sources_and_what_to_say():
    notes = [s.notes_slide.notes_text_frame.text for s in open_pptx().slides if s.has_notes_slide]
    chart = make_bars()
    assert any(chart.description in note and chart.sources[0] in note for note in notes)
    assert any("Begin with the map." in note for note in notes)


# Excel


def open_xlsx() -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(get_file("xlsx")))


def test_a_sheet_for_each_table_and_chart_with_typed_cells():
    book = open_xlsx()
    assert book.sheetnames[:2] == ["Contents", "Text"]
    assert book.sheetnames[-1] == "Notes and sources"
    assert len(book.sheetnames) == 3 + len(list_blocks(Table)) + len(list_blocks(Chart))
    sheet, frame = book["Wards"], make_table().frame
    rows = list(sheet.iter_rows(min_row=3, max_row=3 + len(frame), values_only=True))
    assert rows[0] == tuple(frame)
    assert rows[1][1:4] == (11_497, 41.25, -2)
    assert rows[5][2] == MISSING
    assert rows[2][5].date() == frame.iloc[1, 5]
    assert sheet["D4"].number_format == "#,##0.00"
    assert sheet.freeze_panes == "B4"


def test_text_that_begins_like_a_formula_stays_text():
    cells = [c for sheet in open_xlsx() for row in sheet.iter_rows() for c in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    texts = {cell.value for cell in cells if cell.data_type == "s"}
    assert {text for text in HOSTILE if text[0] in "=+-@"} <= texts


def test_the_contents_lead_to_every_sheet():
    book = open_xlsx()
    cells = [cell for row in book["Contents"].iter_rows() for cell in row if cell.hyperlink]
    links = {cell.hyperlink.location.split("!")[0].strip("'") for cell in cells}
    assert links == set(book.sheetnames) - {"Contents"}


def test_names_of_sheets_are_legal_and_unlike():
    taken = {"history"}
    wanted = ["History", "a/b[c]:*?\\", "'x'", "", "W" * 40, "w" * 40, "Table"]
    names = [name_sheet(text, taken) for text in wanted]
    assert len({name.lower() for name in names}) == len(names)
    assert all(0 < len(name) <= 31 and not set("[]:*?/\\") & set(name) for name in names)
    assert names[0] == "History (2)"
