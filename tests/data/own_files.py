"""Files of a council's own figures, made for tests: realistic, spoilt and hostile ones."""

import io
import zipfile

import openpyxl

HUNTINGDONSHIRE, DEVON, MID_DEVON = "E07000011", "E10000008", "E07000042"

PARCELS = """Food parcels by ward

Ward,2021/22,2022/23,2023/24
,Number,Number,Number
Ramsey,120,140,160
Yaxley,"1,234",*,40
Ramsay,10,20,30

Warboys,-5,..,4
St Ives East,12,13,14
Total,1376,153,214
Source: food bank returns
"""
CALLS = """Postcode,Date of call
PE29 3TN,01/04/2024
PE29 3TN,15/05/2024
pe293tn,16/05/2024 13:45
nope,1/1/24
EX1 1AA,02/04/2024
"""


def write_workbook(rows, title="Sheet1", merge=(), more=()) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for cells in merge:
        sheet.merge_cells(cells)
    for name, content in more:
        other = book.create_sheet(name)
        for row in content:
            other.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def change_part(content: bytes, ending: str, old: bytes, new: bytes) -> bytes:
    """A workbook with some bytes of one part replaced."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(stream, "w") as out:
        for part in package.infolist():
            text = package.read(part)
            if part.filename.endswith(ending):
                assert old in text
                text = text.replace(old, new)
            out.writestr(part.filename, text)
    return stream.getvalue()
