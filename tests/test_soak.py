"""The pure parts of the soak: its addresses, its verdict on memory, its reading of the log."""

import ast
import json
from random import Random
from urllib.parse import parse_qs, urlsplit

import pytest

from benchmarks.soak import Run, describe, read_faults
from benchmarks.soak_addresses import draw_page, draw_route
from benchmarks.soak_memory import Sample, judge
from benchmarks.soak_window import BROKEN, Tally
from scripts.serving import ROOT, page_paths


def test_a_seed_draws_the_same_addresses_again_and_every_page_in_time():
    first, again, other = ([draw_page(page_paths(), drawn) for _ in range(400)]
                           for drawn in map(Random, (1, 1, 2)))  # fmt: skip # noqa: S311
    assert first == again != other
    assert {urlsplit(address).path for address in first} == set(page_paths())
    fields = [parse_qs(urlsplit(address).query) for address in first]
    assert any("<script>" in str(each) for each in fields)
    assert {"E07000011", "E92000001"} <= {each["area"][0] for each in fields if "area" in each}
    drawn = Random(3)  # noqa: S311
    assert {draw_route(drawn).split("?")[0].split("/")[1] for _ in range(200)} >= {"api", "embed"}


def samples(*megabytes):
    return [Sample(30.0 * n, value) for n, value in enumerate(megabytes)]


def test_memory_that_fills_at_first_and_then_stays_is_flat():
    verdict = judge(samples(*range(300, 600, 30), *[600] * 9, 900, *[602] * 10))
    assert verdict.is_flat
    assert verdict.thirds[0] < verdict.thirds[1] == 600
    assert verdict.per_hour == pytest.approx(0, abs=20)


def test_memory_that_grows_by_more_than_a_tenth_is_not_flat_and_its_slope_is_told():
    verdict = judge(samples(*(500 + 3 * n for n in range(60))))
    assert not verdict.is_flat
    assert verdict.growth == pytest.approx(60 / 590, abs=0.01)
    assert verdict.per_hour == pytest.approx(3 * 120)


def test_few_samples_are_not_judged():
    assert judge(samples(1, 2, 3, 4, 5)) is None


def test_the_log_tells_errors_failed_answers_and_traces_and_nothing_else():
    lines = [
        json.dumps({"event": "request", "status": 200, "path": "/"}),
        json.dumps({"event": "request", "status": 503, "path": "/embed/map"}),  # asks to wait
        json.dumps({"event": "request", "status": 500, "path": "/x"}),
        json.dumps({"event": "page_error", "error": "KeyError: 'a'"}),
        json.dumps({"event": "session_end"}),
        "a warning of a library",
        "Traceback (most recent call last):",
        json.dumps({"event": "library", "level": "error", "logger": "asyncio"}),
        json.dumps({"event": "library", "level": "warning", "logger": "streamlit"}),
        json.dumps({"event": "died", "error": "ValueError"}),
    ]
    found = [fault.words for fault in read_faults("\n".join(lines))]
    assert [json.loads(words)["event"] for words in found[:2]] == ["request", "page_error"]
    assert [json.loads(words)["event"] for words in found[3:]] == ["library", "died"]


@pytest.mark.parametrize(
    "words",
    ["This part of the page could not be shown.", "The map cannot be shown. Table x: damaged."],
)
def test_the_panels_of_the_pages_are_known_as_faults(words):
    assert BROKEN.search(words)


def test_figures_come_as_a_table_and_name_what_was_not_seen():
    run = Run("7", 30, Tally(pages={"/": 3}), samples(*[500] * 30))
    words = describe(run)
    assert "| Faults | 0 | met |" in words
    assert "Growth from the middle to the last third" in words
    assert "/ward-map" in words.split("Not seen:")[1]


def caches():
    """Every cache of the running app: where it is, and its words."""
    folders = ("data", "analysis", "pages", "host")
    files = [ROOT / "server.py", *(f for name in folders for f in (ROOT / name).rglob("*.py"))]
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            for decorator in getattr(node, "decorator_list", []):
                words = ast.unparse(decorator)
                if "cache" in words and words != "cached_property":  # gone with its object
                    yield f"{file.relative_to(ROOT)}: {words}", words


def test_every_cache_has_a_bound():
    found = list(caches())
    assert len(found) > 50
    bounded = ("maxsize=", "cache_open(", "max_entries=")
    loose = [where for where, words in found
             if not any(word in words for word in bounded) or "None" in words]  # fmt: skip
    assert loose == []
