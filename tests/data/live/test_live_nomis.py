"""Claimants by ward from Nomis: pages become one file, or nothing changes."""

import hashlib
import json
import socket

import pytest
from publisher import HANG_UP, Reply, Request, digest_of

from data import refresh
from data.live import claimant_count_ward as nomis
from data.live import transfer

ID = "claimant_count_ward"
HEADING = ",".join(f'"{name}"' for name in nomis.COLUMNS)
AREAS = ("E05000001", "E05000002", "W05000001")
MONTHS = ("2026-08", "2026-09", "2026-10")
FIGURES = [(month, area, 5 * n) for month in MONTHS for n, area in enumerate(AREAS)]


def row(month: str, area: str, value: object, total: object = len(FIGURES)) -> str:
    return f'"{month}","{area}",{value},"A",{total}'


ROWS = [row(*figure) for figure in FIGURES]
WHOLE = "\n".join([HEADING, *ROWS, ""]).encode()


def page(rows: list[str], heading: str = HEADING, **reply: object) -> Reply:
    return Reply("\n".join([heading, *rows, ""]).encode(), **reply)


def serve(request: Request) -> Reply:
    """Nomis: at most four rows from the offset on."""
    offset, limit = (int(request.query[name]) for name in ("RecordOffset", "RecordLimit"))
    assert limit == nomis.PAGE
    return page(ROWS[offset : offset + min(limit, 4)])


@pytest.fixture
def server(publisher, monkeypatch):
    monkeypatch.setattr(nomis, "ADDRESS", publisher.address)
    publisher.usual = serve
    return publisher


@pytest.fixture
def folder(tmp_path):
    """A raw folder with an earlier good file in it."""
    folder = tmp_path / "raw"
    (folder / nomis.FILE).parent.mkdir(parents=True)
    (folder / nomis.FILE).write_text("earlier")
    return folder


def run(folder, *options: str) -> int:
    return refresh.main([ID, "--to", str(folder), "--quiet", *options])


def offsets(server) -> list[int]:
    return [int(request.query["RecordOffset"]) for request in server.requests]


def files_in(folder) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def assert_fetched(folder) -> None:
    """The new file and its checksum, and nothing else."""
    assert (folder / nomis.FILE).read_bytes() == WHOLE
    note = f"{hashlib.sha256(WHOLE).hexdigest()}  claimant_count_ward_monthly.csv\n"
    assert (folder / f"{nomis.FILE}.sha256").read_text() == note
    assert files_in(folder) == {nomis.FILE, f"{nomis.FILE}.sha256"}
    assert not (folder / ".refresh").exists()


def assert_unchanged(folder) -> None:
    assert (folder / nomis.FILE).read_text() == "earlier"
    assert not (folder / f"{nomis.FILE}.sha256").exists()


def test_pages_become_one_file_with_one_heading(server, folder, capsys):
    assert run(folder) == 0
    assert_fetched(folder)
    assert offsets(server) == [0, 4, 8]
    said = capsys.readouterr().out
    assert "6 rows, 2 areas, newest October 2026." in said
    assert f"make data SOURCE={folder}" in said


def test_it_asks_for_what_the_documentation_says_and_names_itself(server, folder):
    run(folder)
    asked = server.requests[1]
    assert asked.query == {
        "geography": "TYPE153",
        "time": "2019-01,latest",
        "gender": "0",
        "age": "0",
        "measure": "1",
        "measures": "20100",
        "select": "date,geography_code,obs_value,obs_status,record_count",
        "RecordLimit": "25000",
        "RecordOffset": "4",
    }
    assert asked.headers["User-Agent"] == transfer.USER_AGENT


def test_a_folder_that_is_not_there_is_made(server, tmp_path):
    assert run(tmp_path / "new/raw") == 0
    assert_fetched(tmp_path / "new/raw")


def test_a_server_that_fails_twice_is_asked_again(server, folder, naps):
    server.script = [Reply(b"<p>oh", 500, kind="text/html"), Reply(status=503)]
    assert run(folder) == 0
    assert_fetched(folder)
    assert offsets(server) == [0, 0, 0, 4, 8]
    assert len(naps) >= 1


@pytest.mark.parametrize(("wish", "nap"), [("7", 7), ("86400", transfer.LONGEST_WAIT)])
def test_a_server_that_asks_for_a_pause_gets_it_within_reason(server, folder, naps, wish, nap):
    server.script = [Reply(status=429, headers={"Retry-After": wish})]
    assert run(folder) == 0
    assert naps == [nap]
    assert_fetched(folder)


@pytest.mark.parametrize("status", transfer.BUSY)
def test_a_server_that_stays_out_of_order_is_left_alone(server, folder, capsys, status):
    server.usual = Reply(b"<h1>Error</h1>", status, kind="text/html")
    assert run(folder) == 1
    assert len(server.requests) == 1 + transfer.TRIES
    said = capsys.readouterr().err
    assert said.startswith("Nothing was changed. 127.0.0.1 is busy or out of order")
    assert f"(status {status})" in said
    assert_unchanged(folder)
    assert files_in(folder) == {nomis.FILE}


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply(status=404), "refuses the request (status 404); the address may have changed"),
        (Reply(b"<html>Sorry", kind="text/html; charset=utf-8"), "a web page instead of CSV"),
        (Reply(), "the columns (none) instead of DATE, GEOGRAPHY_CODE"),
        (page(ROWS, heading='"DATE","VALUE"'), "the columns DATE, VALUE instead of DATE, GEO"),
        (page([]), "no row after row 0"),
        (page([ROWS[0], '"2026-08","E05']), "Row 2 of the answer of Nomis is broken"),
        (page([ROWS[0], ROWS[1][:-1]]), "Row 2 of the answer of Nomis is broken"),
        (page([row("2026-08", AREAS[0], 5, "many")]), "Row 1 of the answer of Nomis is broken"),
        (page([*ROWS, ROWS[0]]), "more rows than the 9 it said there are"),
        (page(ROWS, headers=digest_of(b"another")), "does not have the checksum"),
    ],
)
def test_an_answer_that_is_no_table_changes_nothing(server, folder, capsys, reply, said):
    server.usual = reply
    assert run(folder) == 1
    assert said in capsys.readouterr().err
    assert_unchanged(folder)


def test_a_checksum_that_holds_is_accepted(server, folder):
    server.usual = page(ROWS, headers=digest_of(WHOLE))
    assert run(folder) == 0
    assert_fetched(folder)


def test_a_last_line_without_an_end_is_whole_all_the_same(server, folder):
    server.usual = Reply(WHOLE.rstrip(b"\n"))
    assert run(folder) == 0
    assert_fetched(folder)


@pytest.mark.parametrize("fault", [HANG_UP, page(ROWS[4:8], cut=30)])
def test_a_connection_that_breaks_is_made_again(server, folder, naps, fault):
    server.script = [serve(Request({"RecordOffset": "0", "RecordLimit": "25000"}, {})), fault]
    assert run(folder) == 0
    assert_fetched(folder)
    assert offsets(server) == [0, 4, 4, 8]
    assert naps == [2]


@pytest.fixture
def broken(server, folder, capsys):
    """A download that broke for good after its first page."""
    server.script = [page(ROWS[:4]), *[HANG_UP] * transfer.TRIES]
    assert run(folder) == 1
    said = capsys.readouterr().err
    assert f"broke {transfer.TRIES} times; the same command goes on from there" in said
    assert_unchanged(folder)
    server.requests.clear()
    return folder / ".refresh" / ID


def test_the_next_run_goes_on_from_there(server, folder, broken):
    assert (broken / nomis.FILE).read_text().count("\n") == 5
    assert run(folder) == 0
    assert offsets(server) == [4, 8]
    assert_fetched(folder)


def test_bytes_that_were_not_yet_accounted_for_are_cut_off(server, folder, broken):
    with (broken / nomis.FILE).open("a") as stream:
        stream.write('"2026-09","E0500')
    assert run(folder) == 0
    assert_fetched(folder)


@pytest.mark.parametrize("damage", ["another day", "short", "no state", "no JSON"])
def test_an_earlier_part_that_cannot_be_trusted_is_not_used(server, folder, broken, damage):
    state = broken / "state.json"
    if damage == "another day":
        state.write_text(json.dumps(json.loads(state.read_text()) | {"day": "2026-01-01"}))
    elif damage == "short":
        (broken / nomis.FILE).write_text("DATE")
    elif damage == "no state":
        state.unlink()
    else:
        state.write_text('{"bytes": ')
    assert run(folder) == 0
    assert offsets(server) == [0, 4, 8]
    assert_fetched(folder)


def test_a_release_in_between_begins_the_download_again(server, folder):
    server.script = [page([row(*figure, 6) for figure in FIGURES[:4]])]
    assert run(folder) == 0
    assert offsets(server) == [0, 4, 0, 4, 8]
    assert_fetched(folder)


def test_a_table_that_never_stands_still_is_given_up(server, folder, capsys):
    totals = iter(range(20, 90))

    def change(request: Request) -> Reply:
        total = next(totals)
        return page([row(*figure, total) for figure in FIGURES[:4]])

    server.usual = change
    assert run(folder) == 1
    assert "changed the table twice meanwhile" in capsys.readouterr().err
    assert_unchanged(folder)


def test_a_server_that_repeats_its_first_page_is_found_out(server, folder, capsys):
    server.usual = page([row(*figure, 8) for figure in FIGURES[:4]])
    assert run(folder) == 1
    said = capsys.readouterr().err
    assert "row 5" in said
    assert "the key occurs twice" in said
    assert_unchanged(folder)
    assert files_in(folder) == {nomis.FILE}


def test_a_file_its_reader_refuses_does_not_replace_a_good_one(server, folder, capsys):
    server.usual = page([row("2026-08", "E05000001", -5, 1)])
    assert run(folder) == 1
    said = capsys.readouterr().err
    assert f"file {nomis.FILE}, row 1, column 'OBS_VALUE', value -5: not a possible figure" in said
    assert_unchanged(folder)
    assert files_in(folder) == {nomis.FILE}


def closed_port() -> str:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{taken.getsockname()[1]}/data.csv"


def no_names(*_: object, **__: object) -> None:
    raise socket.gaierror(-3, "Temporary failure in name resolution")


@pytest.mark.parametrize("fault", ["nobody answers", "no such name", "too slow"])
def test_without_a_network_it_says_so_and_changes_nothing(
    folder, tmp_path, monkeypatch, capsys, fault
):
    monkeypatch.setenv("NO_PROXY", "*")
    if fault == "nobody answers":
        monkeypatch.setattr(nomis, "ADDRESS", closed_port())
    elif fault == "no such name":
        monkeypatch.setattr(socket, "getaddrinfo", no_names)
    else:

        def wait(*_: object, **__: object) -> None:
            raise TimeoutError("timed out")

        monkeypatch.setattr(socket.socket, "connect", wait)
    host = "www.nomisweb.co.uk" if nomis.ADDRESS.startswith("https") else "127.0.0.1"
    for place in (folder, tmp_path / "nowhere"):
        assert run(place) == 1
        said = capsys.readouterr().err
        assert said == f"Nothing was changed. No connection to {host}; is this computer online?\n"
    assert_unchanged(folder)
    assert files_in(folder) == {nomis.FILE}
    assert not (folder / ".refresh").exists()
    assert not (tmp_path / "nowhere").exists()


def test_a_connection_that_is_not_secure_is_not_used(server, folder, capsys, monkeypatch):
    monkeypatch.setattr(nomis, "ADDRESS", server.address.replace("http:", "https:"))
    assert run(folder) == 1
    assert "The secure connection to 127.0.0.1 failed" in capsys.readouterr().err
    assert_unchanged(folder)
