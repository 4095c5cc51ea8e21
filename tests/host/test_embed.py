"""Charts and maps for other websites: the figures of the pages, safe, small and kept."""

import asyncio
import html
import re
import threading

import pandas as pd
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from analysis.embed import SHAPES, Embed, EmbedError, MapDrawing
from analysis.embed_page import write_embed
from analysis.embed_style import make_style
from analysis.map_view import LegendEntry, MapView, as_printed, format_number
from analysis.report.blocks import Chart, Series, Table
from data.catalogue import load_catalogue
from data.errors import TableError
from data.load import load_newest, load_periods
from host import embed as host_embed
from host.embed import Embeds, list_routes
from host.security import SecurityHeaders, embed_policy
from pages.shared.embeds import EMBEDS, make_embed
from pages.shared.places import wards_of
from scripts.serving import page_paths

HUNTINGDONSHIRE, CAMDEN, DEVON = "E07000011", "E09000007", "E10000008"
NORTH = "E05011266"
CLAIMANTS = "claimant_count_percent"


def build(make=make_embed):
    routes = [*list_routes(make), Route("/other", lambda _: PlainTextResponse("other"))]
    return Starlette(routes=routes, middleware=[Middleware(SecurityHeaders)])


@pytest.fixture(scope="module")
def client():
    with TestClient(build()) as running:
        yield running


def ask(client, kind, **fields):
    return client.get(f"/embed/{kind}", params=fields)


def read_rows(page):
    """Heading and cells of each row of the table, as text."""
    body = re.search(r"<tbody>(.*)</tbody>", page, re.DOTALL)[1]
    rows = re.findall(r"<tr>(.*?)</tr>", body)
    return [[html.unescape(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
            for row in rows]  # fmt: skip


def words_of(page):
    return html.unescape(re.sub(r"<[^>]+>", " ", page)).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("kind", ["map", "ranking"])
@pytest.mark.parametrize("area", [HUNTINGDONSHIRE, CAMDEN])
def test_the_table_holds_the_figures_of_the_loader_for_every_ward(client, kind, area):
    rows = read_rows(ask(client, kind, area=area, indicator=CLAIMANTS).text)
    wards = wards_of(area)
    indicator = load_catalogue().indicators[CLAIMANTS]
    values = load_newest(CLAIMANTS)["value"].reindex(wards.index)
    printed = as_printed(values.to_numpy(), indicator.decimals)
    expected = {name: format_number(value, indicator.decimals)
                for name, value in zip(wards["name"], printed, strict=True)}  # fmt: skip
    assert {row[0]: row[1] for row in rows} == expected


def test_each_ward_of_a_map_says_its_name_and_the_figure_of_the_table(client):
    page = ask(client, "map", area=HUNTINGDONSHIRE, indicator=CLAIMANTS).text
    said = dict(re.findall(r"<title>([^<:]+): ([\d.,]+)", page.split("</head>")[1]))
    assert said == {html.escape(row[0]): row[1] for row in read_rows(page)}
    assert len(said) == 26


def test_need_scores_are_those_of_the_page(client):
    from data.strategy import strategy_for
    from pages.shared.need_choices import NeedChoices, settle_choices
    from pages.shared.needs import load_needs
    from pages.shared.selection import Selection

    strategy = strategy_for(HUNTINGDONSHIRE)
    choices = settle_choices(NeedChoices(), strategy)
    need = load_needs(strategy, Selection(HUNTINGDONSHIRE), choices).need
    rows = read_rows(ask(client, "need-ranking", area=HUNTINGDONSHIRE).text)
    names = wards_of(HUNTINGDONSHIRE)["name"]
    expected = {names[code]: f"{score:.1f}" for code, score in need.table["score"].items()}
    assert {row[0]: row[2] for row in rows} == expected


def test_a_line_holds_every_period_of_the_ward_and_of_england(client):
    rows = read_rows(ask(client, "trend", ward=NORTH, indicator=CLAIMANTS).text)
    assert len(rows) == len(load_periods(CLAIMANTS))
    newest = load_newest(CLAIMANTS)["value"]
    assert rows[-1][1] == f"{newest[NORTH]:.1f}"
    assert rows[-1][-1] == f"{newest['E92000001']:.1f}"


@pytest.mark.parametrize("area", [HUNTINGDONSHIRE, CAMDEN])
@pytest.mark.parametrize("kind", EMBEDS)
def test_every_kind_says_all_that_must_stand_beside_a_figure(client, kind, area):
    fields = {"indicator": CLAIMANTS} if kind == "trend" else {}
    answer = ask(client, kind, area=area, **fields)
    page, words = answer.text, words_of(answer.text)
    assert answer.status_code == 200
    assert len(answer.content) < 100_000
    assert page.startswith('<!DOCTYPE html><html lang="en-GB">')
    assert page.count("<h1") == page.count("<main") == 1
    assert "<script" not in page
    assert " on" not in " ".join(re.findall(r"<[a-z]+ ([^>]*)>", re.sub('"[^"]*"', '""', page)))
    assert '<th scope="col"' in page
    assert '<th scope="row"' in page
    assert "In words" in words
    for said in ("ource", "ublished for", "Licence: Open", "data release"):
        assert said in words
    back = re.search(r'<a class="back" href="\.\./([^"?]+)\?([^"]+)" target="_top" rel="noopener"',
                     page)  # fmt: skip
    assert f"/{back[1]}" in page_paths()
    assert f"area={area}" in back[2]


def test_every_kind_has_a_shape_and_every_shape_a_kind():
    assert set(EMBEDS) == set(SHAPES)


def test_a_working_heading_is_never_shown_as_the_councils_own(client):
    words = words_of(ask(client, "need-map", area=DEVON).text)
    assert "Connected communities (working heading)" in words
    assert "Not published by a council" in words


def test_the_geography_of_publication_is_said(client):
    catalogue = load_catalogue()
    carried = next(i for i in catalogue.ward_indicators
                   if catalogue.source_of(i).geography == "msoa11")  # fmt: skip
    words = words_of(ask(client, "map", indicator=carried).text)
    assert "Published for MSOAs (2011), shared out to wards by where people live" in words


@pytest.mark.parametrize(
    ("kind", "fields", "status", "said"),
    [
        ("pie", {}, 404, "no kind “pie”"),
        ("map", {"area": "E99"}, 404, "the area “E99”"),
        ("map", {"indicator": "happiness"}, 404, "the indicator “happiness”"),
        ("map", {"ward": "E05000001", "area": HUNTINGDONSHIRE}, 404, "the ward “E05000001”"),
        ("map", {"classes": "rainbow"}, 400, "classes “rainbow”"),
        ("map", {"colour": "red"}, 400, "the field “colour”"),
        ("map", {"theme": "pink"}, 400, "theme “pink”; it can be light or dark"),
        ("map", {"links": "all"}, 400, "links “all”"),
        ("map", {"area": "E92000001"}, 400, "England has 6,826 wards"),
        ("trend", {"indicator": "imd_score"}, 400, "one period only"),
        ("need-map", {"action_area": "x"}, 404, "the action area “x”"),
        ("need-map", {"weights": "a.b:9"}, 400, "a.b"),
        ("scatter", {"other": "x"}, 404, "the second indicator “x”"),
        ("recovery-map", {"series": "x"}, 404, "the series “x”"),
        ("map", {"period": "x" * 6000}, 400, "longer than 5,000 letters"),
        ("spine", {"against": "Mars"}, 400, "compares with “Mars”"),
        ("pockets", {"indicator": "rural_population_percent"}, 400, "not published for neighbour"),
        ("lsoa-map", {"area": "E10000008"}, 400, "Devon is none"),
        ("where-map", {"if": "x.above.4"}, 400, "“x”"),
        ("district-line", {"series": "imd_score"}, 404, "the series “imd_score”"),
        ("district-line", {"district": "E09000007"}, 404, "not in Huntingdonshire"),
    ],
)
def test_a_wrong_address_gets_a_small_page_with_place_value_and_cure(
    client, kind, fields, status, said
):
    answer = ask(client, kind, **fields)
    words = words_of(answer.text)
    assert answer.status_code == status
    assert said in words
    assert "instead" not in words
    assert "Open the dashboard" in words
    assert answer.headers["cache-control"] == "no-store"
    assert len(answer.text) < 2_000


def test_a_field_that_is_said_twice_is_refused(client):
    answer = client.get("/embed/map?area=E07000011&area=E09000007")
    assert answer.status_code == 400
    assert "“area” twice" in words_of(answer.text)


@pytest.mark.parametrize("kind", EMBEDS)
@pytest.mark.parametrize("name", ["indicator", "series", "weights", "ward", "other"])
def test_somebodys_own_figures_are_refused(client, kind, name):
    for value in ("own_food", "good_work.own_food:1", "imd_score,OWN_food"):
        answer = ask(client, kind, **{name: value})
        assert answer.status_code == 404
        assert "Only open figures" in words_of(answer.text)


def test_the_policy_allows_frames_anywhere_but_no_script(client):
    answer = ask(client, "map", area=HUNTINGDONSHIRE)
    policy = dict(part.split(" ", 1) for part in
                  answer.headers["content-security-policy"].split("; "))  # fmt: skip
    assert policy == {"default-src": "'none'", "style-src": "'self'", "base-uri": "'none'",
                      "form-action": "'none'", "frame-ancestors": "*"}  # fmt: skip
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    other = client.get("/other").headers
    assert "frame-ancestors 'self'" in other["content-security-policy"]
    assert "cross-origin-resource-policy" not in other
    assert "frame-ancestors https://a.gov.uk" in embed_policy("https://a.gov.uk")


def test_an_answer_is_kept_by_browsers_and_compressed(client):
    address = f"/embed/map?area={HUNTINGDONSHIRE}"
    packed, plain = (
        client.get(address),
        client.get(address, headers={"accept-encoding": "identity"}),
    )
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.text == plain.text
    assert packed.headers["vary"] == "accept-encoding"
    assert packed.headers["cache-control"] == "public, max-age=3600"
    tag = packed.headers["etag"]
    again = client.get(address, headers={"if-none-match": f"W/{tag}"})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(f"{address}&theme=dark").headers["etag"] != tag
    assert client.head(address).headers["etag"] == tag


def test_the_style_is_named_by_its_content_and_repaints_every_colour_of_a_chart(client):
    text, name = make_style()
    answer = client.get(f"/embed/{name}")
    assert answer.text == text
    assert "immutable" in answer.headers["cache-control"]
    assert client.get("/embed/style-123.css").status_code == 404
    for kind in ("ranking", "scatter", "action-areas", "recovery-line"):
        page = ask(client, kind, area=HUNTINGDONSHIRE, ward=NORTH).text
        assert f'href="{name}"' in page
        for what, colour in set(re.findall(r'(fill|stroke)="(#\w+)"', page)):
            assert f'[{what}="{colour}"]' in text


def test_theme_and_links_to_profiles_can_be_asked_for(client):
    page = ask(client, "map", area=HUNTINGDONSHIRE, theme="dark", links="profiles").text
    assert '<html lang="en-GB" data-theme="dark">' in page
    links = re.findall(
        r'<a href="\.\./ward-profile\?area=E07000011&amp;ward=(E\d+)" target="_top" '
        r'rel="noopener" aria-label="([^"]+)">', page)  # fmt: skip
    assert sorted(code for code, _ in links) == list(wards_of(HUNTINGDONSHIRE).index)
    assert any(re.match(r"Huntingdon North: [\d.]+, 1st of 26", words) for _, words in links)
    assert '<svg role="group"' in page  # links inside a picture could not be reached


EVIL = "</title></svg>\"'><script>alert(1)</script><img src=x onerror=alert(2)>"


def make_evil(kind, _fields):
    table = Table("Rows", EVIL, pd.DataFrame({EVIL: [EVIL], "n": [1.0]}))
    chart = Chart(EVIL, EVIL, EVIL, "bar", [EVIL], [Series(EVIL, [1.0])], EVIL, EVIL)
    view = MapView(["E1"], [1.0], [0], [LegendEntry("class_1", EVIL, 1)], EVIL, EVIL, EVIL,
                   selected="E1")  # fmt: skip
    geometry = {"codes": ["E1"], "names": [EVIL], "paths": ["M0 0h9v9z"], "width": 10, "height": 10}
    drawing = chart if kind == "chart" else MapDrawing(view, geometry)
    return Embed(EVIL, EVIL, EVIL, drawing, EVIL, table, [EVIL], [EVIL] * 3, "map",
                 {"area": EVIL, EVIL: EVIL}, [EVIL])  # fmt: skip


@pytest.mark.parametrize("kind", ["chart", "map"])
@pytest.mark.parametrize("links", [False, True])
def test_hostile_text_stays_text(kind, links):
    page = write_embed(make_evil(kind, {}), EVIL, EVIL, links=links)
    assert not re.search(r"<\s*(script|img)", page)
    assert "data-theme" not in page
    for address in re.findall(r'href="([^"]*)"', page):
        assert address.startswith(("../", "#", "style-"))


def test_a_hostile_address_stays_text(client):
    for fields in ({"area": EVIL}, {EVIL: "x"}, {"theme": EVIL}, {"indicator": "\ud800\u202e"}):
        pairs = {k.encode(errors="replace"): v.encode(errors="replace") for k, v in fields.items()}
        answer = client.get("/embed/map", params=pairs)
        assert answer.status_code in (400, 404)
        assert not re.search(r"<\s*(script|img)", answer.text)
    assert client.get("/embed/%3Cscript%3E").status_code == 404
    assert client.get("/embed/../../etc/passwd").status_code == 404
    assert client.get("/embed/").status_code == 404


def fail_with(error):
    def fail(_kind, _fields):
        raise error

    return fail


def test_a_broken_table_and_a_broken_maker_each_say_so(capfd):
    with TestClient(build(fail_with(TableError("Table x: damaged. Build it again.")))) as client:
        answer = ask(client, "map")
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")
        assert "Table x: damaged" in words_of(answer.text)
    with TestClient(build(fail_with(ZeroDivisionError("secret")))) as client:
        answer = ask(client, "map")
        assert answer.status_code == 500
        assert "secret" not in answer.text
    assert '"embed_failed"' in capfd.readouterr().err


def request_of(path):
    kind, _, query = path.partition("?")
    scope = {"type": "http", "method": "GET", "path": f"/embed/{kind}", "headers": [],
             "query_string": query.encode(), "path_params": {"kind": kind}}  # fmt: skip
    return Request({**scope, "server": ("testserver", 80), "scheme": "http", "root_path": ""})


def test_a_page_that_many_ask_for_at_once_is_made_once():
    made = []

    def make(kind, fields):
        made.append(kind)
        return make_evil("chart", fields)

    async def ask_often():
        embeds = Embeds(make)
        return await asyncio.gather(*(embeds.show(request_of("map?area=a")) for _ in range(200)))

    assert {answer.status_code for answer in asyncio.run(ask_often())} == {200}
    assert made == ["map"]


def test_few_are_made_at_the_same_time_and_too_many_are_asked_to_wait():
    go, lock, now, most = threading.Event(), threading.Lock(), [0], [0]

    def make(kind, fields):
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        go.wait(20)
        with lock:
            now[0] -= 1
        return make_evil("chart", fields)

    async def ask_much():
        embeds = Embeds(make)
        tasks = [asyncio.create_task(embeds.show(request_of(f"map?area={n}"))) for n in range(40)]
        done, _ = await asyncio.wait(tasks, timeout=20, return_when=asyncio.FIRST_COMPLETED)
        go.set()
        return [answer.status_code for answer in await asyncio.gather(*tasks)], done

    statuses, _ = asyncio.run(ask_much())
    room = host_embed.AT_ONCE + host_embed.WAITING
    assert (statuses.count(200), statuses.count(503)) == (room, 40 - room)
    assert most[0] <= host_embed.AT_ONCE


def test_memory_is_bounded(monkeypatch):
    monkeypatch.setattr(host_embed, "KEPT_BYTES", 10_000)
    embeds = Embeds(make_evil)

    async def ask_all():
        for n in range(40):
            await embeds.show(request_of(f"chart?area={n}"))

    asyncio.run(ask_all())
    assert sum(map(len, embeds.kept.values())) <= 10_000
    newest = next(reversed(embeds.kept))
    assert dict(newest.fields) == {"area": "39"}


def test_a_refusal_is_an_error_with_a_status():
    with pytest.raises(EmbedError) as found:
        make_embed("map", {"area": "nowhere"})
    assert found.value.status == 404
