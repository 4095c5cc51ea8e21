"""What visitors of a soak ask for: pages and plain routes, sensible and odd, drawn with a seed."""

from __future__ import annotations

from functools import lru_cache
from random import Random
from urllib.parse import urlencode

from analysis.embed import SHAPES
from data.catalogue import load_catalogue
from data.load import load_periods
from pages.shared.places import wards_of

#: Places: those that ship a strategy most often, other districts, tiny ones, regions, England.
PLACES = {
    "E07000011": 8,  # Huntingdonshire
    "E10000008": 5,  # Devon
    "E09000007": 2,  # Camden
    "E08000025": 2,  # Birmingham
    "E06000052": 1,  # Cornwall
    "E09000001": 1,  # City of London
    "E06000053": 1,  # Isles of Scilly
    "E12000006": 1,  # East of England
    "E12000007": 1,  # London
    "E92000001": 1,  # England
}
#: Parts of addresses that some page understands; the others must not mind them.
PARTS = {
    "compare": ("england", "county", "region", "district", "similar"),
    "classes": ("quintile", "natural", "equal", "significance"),
    "detail": ("lsoa",),
    "maps": ("2",),
    "view": ("two", "ranked", "side"),
    "series": ("claimant_count_percent", "universal_credit_households_percent", "covid_cases"),
    "shade": ("class", "percent"),
    "plan": ("example",),
    "action_area": ("good_health", "good_work", "connected_communities"),
    "weights": ("good_health.mental_health_score:3", "good_work.claimant_count_percent:0"),
    "present": ("1",),
    "slide": ("1", "3", "99"),
    "sections": ("summary,wards,rows",),
    "formats": ("docx,pptx", "pdf"),
    "weighted": ("people",),
    "other": ("imd_score", "claimant_count_percent"),
}
#: What no page can mean: wrong types, markup, other people's figures, broken letters.
NONSENSE = (
    "", "E99", "-1", "nan", "1e999", "2019-13", "null", "'; drop table plans; --",
    "<script>alert(1)</script>", "{{7*7}}", "../../etc/passwd", "own_abcdefghijkl",
    "\N{RIGHT-TO-LEFT OVERRIDE}drow", "\N{PILE OF POO}", "x" * 3000, "a,b,,c:", "%00", "E05011266,",
)  # fmt: skip
#: Routes that need no session, with what follows them.
ROUTES = (
    "/healthz", "/api/v1/openapi.json", "/api/v1/values", "/api/v1/areas", "/api/v1/indicators",
    "/embed/{kind}", "/w/nowhere", "/static/nowhere.json", "/app/static/icon.svg",
)  # fmt: skip


@lru_cache(maxsize=1)
def list_indicators() -> tuple[str, ...]:
    """Every indicator that has figures for wards."""
    return tuple(load_catalogue().ward_indicators)


@lru_cache(maxsize=len(PLACES))
def list_wards(area: str) -> tuple[str, ...]:
    """The codes of an area's wards."""
    return tuple(wards_of(area).index)


def draw_fields(drawn: Random) -> dict[str, str]:
    """The parts of a sensible address: a place, perhaps a ward of it, an indicator and more."""
    area = drawn.choices(list(PLACES), list(PLACES.values()))[0]
    fields = {"area": area}
    if drawn.random() < 0.6:
        fields["ward"] = drawn.choice(list_wards(area))
    if drawn.random() < 0.6:
        fields["indicator"] = drawn.choice(list_indicators())
        if drawn.random() < 0.4:
            fields["period"] = drawn.choice(load_periods(fields["indicator"]))
    for name in drawn.sample(list(PARTS), drawn.choice((0, 0, 1, 1, 2))):
        fields[name] = drawn.choice(PARTS[name])
    return fields


def spoil(fields: dict[str, str], drawn: Random) -> dict[str, str]:
    """The same address with one or two parts that nobody can mean."""
    names = [*PARTS, "area", "ward", "indicator", "period", "nonsense"]
    return fields | {
        name: drawn.choice(NONSENSE) for name in drawn.sample(names, drawn.choice((1, 2)))
    }


def draw_page(paths: list[str], drawn: Random) -> str:
    """The address of one of the pages; one in six is odd, one in six has no parts at all."""
    path, kind = drawn.choice(paths), drawn.randrange(6)
    if kind == 0:
        return path
    fields = draw_fields(drawn)
    return f"{path}?{urlencode(spoil(fields, drawn) if kind == 1 else fields)}"


def draw_route(drawn: Random) -> str:
    """The address of a route without a session, sensible or odd."""
    route = drawn.choice(ROUTES).format(kind=drawn.choice(list(SHAPES)))
    fields = draw_fields(drawn)
    if route.startswith("/embed"):
        fields = {name: value for name, value in fields.items() if name not in PARTS}
    if drawn.random() < 0.2:
        fields = spoil(fields, drawn)
    return f"{route}?{urlencode(fields)}"
