"""What a visitor chose on the page Custom areas, and how an address carries it.

An address holds `way` (draw, upload, pick), `line` (corners of a drawn line, metres of the
British National Grid: `523000.271000_524000.271000_…`), `wards` (codes), `lsoas` (numbers of
their codes, runs as `18074-18079`), `name` and `against`. An uploaded file is never in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from analysis.words import join_words
from data.errors import TableError
from data.load import load_areas, load_lsoas
from data.names import clean_name
from pages.shared.choices import split_codes

PAGE = "custom_areas"
WAYS = {"draw": "Draw", "pick": "Pick", "upload": "Upload"}
AGAINST = ("council", "county", "region", "england")
MOST_CORNERS, MOST_WARDS, MOST_LSOAS = 100, 60, 3_000
LONGEST = 1_500  # letters of one part of an address
Corner = tuple[int, int]


@dataclass(frozen=True)
class AreaChoices:
    """The way an area is made, and the area itself: a line, or wards and LSOAs."""

    way: str = "draw"
    line: tuple[Corner, ...] = ()
    wards: tuple[str, ...] = ()
    lsoas: tuple[str, ...] = ()
    name: str = ""
    against: str = "council"

    def address(self) -> dict[str, str]:
        """The parameters from which `parse_choices` reads the choices again."""
        line = print_line(self.line) if self.way == "draw" else ""
        picked = self.way == "pick"
        lsoas = print_lsoas(self.lsoas) if picked else ""
        found = {
            "way": "" if self.way == "draw" else self.way,
            "line": line if len(line) <= LONGEST else "",
            "wards": ",".join(self.wards) if picked else "",
            "lsoas": lsoas if len(lsoas) <= LONGEST else "",
            "name": self.name if self.way != "upload" else "",
            "against": "" if self.against == "council" else self.against,
        }
        return {key: text for key, text in found.items() if text}

    @property
    def in_address(self) -> bool:
        """Whether a copied link reopens the area."""
        if self.way == "pick":
            return len(print_lsoas(self.lsoas)) <= LONGEST
        return self.way == "draw" and len(print_line(self.line)) <= LONGEST


def print_line(line: Iterable[Corner]) -> str:
    """Corners as the text of an address."""
    return "_".join(f"{x}.{y}" for x, y in line)


def parse_line(text: str) -> tuple[Corner, ...]:
    """Corners of an address; none where any of them is no place on the national grid."""
    corners = []
    for part in text[: 2 * LONGEST].split("_"):
        x, _, y = part.partition(".")
        if not (x.isascii() and y.isascii() and x.isdigit() and y.isdigit()):
            return ()
        if len(x) > 6 or len(y) > 7:
            return ()
        corners.append((int(x), int(y)))
    return tuple(corners) if 3 <= len(corners) <= MOST_CORNERS else ()


def print_lsoas(codes: Iterable[str]) -> str:
    """LSOA codes in short: numbers without E01, runs joined."""
    runs: list[list[int]] = []
    for number in sorted(int(code[3:]) for code in set(codes)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ".".join(f"{a}" if a == b else f"{a}-{b}" for a, b in runs)


def parse_lsoas(text: str) -> tuple[tuple[str, ...], list[str]]:
    """LSOA codes of an address, and the parts that name none."""
    known = load_lsoas().index if text else ()
    found: dict[str, None] = {}
    wrong = []
    for part in filter(None, text[: 2 * LONGEST].split(".")):
        first, _, last = part.partition("-")
        last = last or first
        if not (first.isascii() and last.isascii() and first.isdigit() and last.isdigit()):
            wrong.append(part)
            continue
        if len(first) > 6 or len(last) > 6 or not 0 <= int(last) - int(first) < MOST_LSOAS:
            wrong.append(part)
            continue
        codes = [f"E01{number:06d}" for number in range(int(first), int(last) + 1)]
        there = [code for code in codes if code in known]
        found |= dict.fromkeys(there)
        wrong += [part] if len(there) < len(codes) else []
    return tuple(found)[:MOST_LSOAS], wrong


def parse_choices(params: Mapping[str, str], current: AreaChoices) -> tuple[AreaChoices, list[str]]:
    """Read the page's own choices from the parameters of an address."""
    problems: list[str] = []
    found = current
    if line := params.get("line", ""):
        corners = parse_line(line)
        if corners:
            found = replace(found, way="draw", line=corners)
        else:
            problems.append(
                "The line in the link cannot be read: it needs 3 to 100 corners on the British "
                "National Grid. Draw it again."
            )
    found = _read_picked(params, found, problems)
    way, against = params.get("way", ""), params.get("against", "")
    if way in WAYS:
        found = replace(found, way=way)
    elif way:
        problems.append(f"The link asks for the way “{way[:40]}”; it can be {', '.join(WAYS)}.")
    if against in AGAINST:
        found = replace(found, against=against)
    elif against:
        problems.append(
            f"The link compares with “{against[:40]}”; here it can be {', '.join(AGAINST)}."
        )
    if name := clean_name(params.get("name", "")):
        found = replace(found, name=name)
    return found, problems


def _read_picked(params: Mapping[str, str], found: AreaChoices, problems: list[str]) -> AreaChoices:
    areas = load_areas()
    asked = split_codes(params.get("wards", ""), MOST_WARDS)
    wards = tuple(c for c in asked if c in areas.index and areas.at[c, "area_type"] == "ward")
    wrong = [code for code in asked if code not in wards]
    try:
        lsoas, unknown = parse_lsoas(params.get("lsoas", ""))
    except TableError as error:
        lsoas, unknown = (), []
        problems.append(f"The neighbourhoods in the link cannot be looked up. {error}")
    if wrong or unknown:
        some = join_words([f"“{code[:20]}”" for code in [*wrong, *unknown][:5]])
        problems.append(
            f"The link names {some}, which is no ward of 2025 or neighbourhood (LSOA) of 2021: "
            "left out."
        )
    if wards or lsoas:
        return replace(found, way="pick", wards=wards, lsoas=lsoas)
    return found
