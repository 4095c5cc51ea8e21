"""Hostile and realistic files for the reader of own figures: made by hypothesis or by atheris.

    python -m tests.fuzz.own_fuzz --files 20000      with hypothesis; prints counts last
    python -m tests.fuzz.own_fuzz --atheris 600      seconds, guided by coverage

atheris is not among the project's requirements (it needs a compiler on some machines):
`pip install atheris` into an environment of its own that also has the requirements.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter
from contextlib import nullcontext
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1] / "data"))
from own_files import CALLS, HUNTINGDONSHIRE, PARCELS, write_workbook
from own_identities import assert_accounted

# atheris sees which lines a file reaches only in what is imported under its eyes.
if "--atheris" in sys.argv:
    import atheris

    watched = atheris.instrument_imports(include=["data.own", "data.spreadsheets"])
else:
    watched = nullcontext()
with watched:
    from data.own.checking import check_sheet
    from data.own.entry import suggest_entry
    from data.own.guessing import guess_mapping
    from data.own.opening import open_file
    from data.own.tables import make_own_table

from data.errors import SpreadsheetError

#: Seconds that a small file may take at most, on a machine that does other things too.
MOST_SECONDS = 20
AREAS = [
    "Ramsey",
    "Yaxley",
    "Warboys",
    "E05011268",
    "E05011281",
    "E05003510",
    "E01017949",
    "Total",
    "Huntingdonshire",
    "PE29 3TN",
    "pe28 9hn",
    "E07000011",
    "",
    " ",
    "Ramsay",
    "-0.18",
    "Source: us",
    "=HYPERLINK(1)",
    "<script>",
    "E05016632",
]
CELLS = [
    "",
    "0",
    "1",
    "4",
    "5",
    "12",
    "1,234",
    "£5",
    "12%",
    "*",
    "-",
    "..",
    "<5",
    "n/a",
    "-3",
    "1e5",
    "1e999",
    "nan",
    "inf",
    "12,5",
    "(4)",
    "#REF!",
    "=1+1",
    "101",
    "0.12",
    "52.33",
    "TRUE",
    "9" * 40,
    "\u0661\u0662",
    "−7",
]
HEADINGS = [
    "Ward",
    "Ward code",
    "Postcode",
    "LSOA",
    "District",
    "Parcels",
    "Month",
    "2023",
    "2023/24",
    "Apr-24",
    "% helped",
    "Count",
    "Respondents",
    "Measure",
    "Date",
    "lat",
    "lon",
    "",
    "Ward",
    "01/04/2024",
    "Number",
]
TIMES = ["2023", "2023/24", "Apr-24", "01/04/2024", "2024-04-01 10:00", "45383", "hello", ""]

anything = st.text(max_size=12)
cell = st.one_of(st.sampled_from(CELLS), st.integers(-5, 500).map(str), anything)
area = st.one_of(st.sampled_from(AREAS), anything)
row = st.tuples(area, st.lists(st.one_of(cell, st.sampled_from(TIMES)), max_size=5)).map(
    lambda parts: [parts[0], *parts[1]]
)
table = st.tuples(
    st.lists(st.lists(anything, max_size=3), max_size=2),
    st.lists(st.sampled_from(HEADINGS), min_size=1, max_size=6),
    st.lists(row, max_size=12),
).map(lambda parts: [*parts[0], parts[1], *parts[2]])


def write_csv(rows: list[list[str]], mark: str, encoding: str) -> bytes:
    """Rows as a CSV, quoted where needed."""
    lines = [mark.join('"' + c.replace('"', '""') + '"' if set(c) & {mark, '"', "\n", "\r"} else c
                       for c in cells) for cells in rows]  # fmt: skip
    return "\n".join(lines).encode(encoding, "replace")


def write_sheet(rows: list[list[str]]) -> bytes:
    """Rows as a workbook, numbers as numbers; signs that no workbook holds are left out."""
    kept = [[_as_cell("".join(c for c in text if c >= " " and c not in "\ufffe\uffff"))
             for text in cells] for cells in rows]  # fmt: skip
    return write_workbook(kept)


def _as_cell(text: str) -> object:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else text[:200]


def spoil(content: bytes, places: list[tuple[int, int]]) -> bytes:
    """Some bytes of a file changed."""
    spoilt = bytearray(content)
    for place, byte in places:
        if spoilt:
            spoilt[place % len(spoilt)] = byte
    return bytes(spoilt)


coordinate = st.one_of(st.floats(-200, 200), st.floats(0, 700_000), st.none(), st.text(max_size=3))
geojson = st.builds(
    lambda points, names: json.dumps({"type": "FeatureCollection", "features": [
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": list(p)},
         "properties": names} for p in points]}).encode(),
    st.lists(st.tuples(coordinate, coordinate), max_size=5),
    st.dictionaries(st.sampled_from(HEADINGS), cell, max_size=3),
)  # fmt: skip
whole = st.one_of(
    st.builds(write_csv, table, st.sampled_from(",;\t"),
              st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"])),
    st.builds(write_sheet, table),
    geojson,
    st.sampled_from([PARCELS.encode(), CALLS.encode()]),
)  # fmt: skip
files = st.one_of(
    whole,
    whole,
    st.builds(spoil, whole, st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)),
                                     min_size=1, max_size=6)),
    st.builds(lambda content, at: content[: at % (len(content) + 1)], whole, st.integers(0, 10**6)),
    st.binary(max_size=200),
)  # fmt: skip


def try_file(content: bytes) -> str:
    """Read a file to its end; what must hold holds, or this fails.

    Returns:
        "refused" where it was not read, "unmapped" where no area was found, else "read".
    """
    start = time.process_time()
    try:
        opened = open_file(content, "fuzz")
    except SpreadsheetError as error:
        return "refused" if str(error) else "refused without a word"
    ways = set()
    for sheet in opened.sheets:
        try:
            mapping = guess_mapping(sheet, HUNTINGDONSHIRE)
            checked = check_sheet(sheet, mapping, HUNTINGDONSHIRE)
        except SpreadsheetError:
            ways.add("unmapped")
            continue
        assert_accounted(sheet, checked)
        for measure in checked.measures[:1]:
            make_own_table(checked, suggest_entry(checked, measure), measure)
        ways.add("read")
    took = time.process_time() - start
    assert took < MOST_SECONDS, f"{took:.0f} s for {len(content):,} bytes"
    return "read" if "read" in ways else "unmapped"


def run_hypothesis(count: int, seed: int) -> Counter[str]:
    """Try as many generated files as asked for; fails at the first that breaks something."""
    found: Counter[str] = Counter()

    # A file that breaks something is shown as it is: making it smaller takes minutes.
    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        print_blob=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(files)
    def attempt(content: bytes) -> None:
        found[try_file(content)] += 1

    from hypothesis import seed as seeded

    seeded(seed)(attempt)()
    return found


def run_atheris(seconds: int) -> None:
    """Let atheris look for files that break something, guided by which lines they reach.

    It starts from the real files of the tests and keeps what it found in build/fuzz.
    """
    corpus = Path("build/fuzz")
    corpus.mkdir(parents=True, exist_ok=True)
    for name, text in (("parcels", PARCELS), ("calls", CALLS)):
        (corpus / f"{name}.csv").write_text(text, encoding="utf-8")

    def attempt(content: bytes) -> None:
        try_file(content)

    flags = [f"-max_total_time={seconds}", "-max_len=4096", str(corpus)]
    atheris.Setup([sys.argv[0], *flags], attempt)
    atheris.Fuzz()


def main() -> None:
    """Fuzz and print counts last."""
    parser = argparse.ArgumentParser(description="Fuzz the reader of own figures.")
    parser.add_argument("--files", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--atheris", type=int, default=0, metavar="SECONDS")
    chosen = parser.parse_args()
    if chosen.atheris:
        run_atheris(chosen.atheris)
        return
    sys.stdout.write(f"Seed {chosen.seed}: says the same files again\n")
    sys.stdout.flush()
    start = time.monotonic()
    found = run_hypothesis(chosen.files, chosen.seed)
    words = ", ".join(f"{number:,} {way}" for way, number in found.most_common())
    total = sum(found.values())
    sys.stdout.write(f"{total:,} files in {time.monotonic() - start:,.0f} s (seed {chosen.seed}): "
                     f"{words}; none broke anything\n")  # fmt: skip


if __name__ == "__main__":
    main()
