"""Life expectancy from Fingertips: one stream, taken up again where it broke, or nothing."""

import pytest
from publisher import HANG_UP, Reply, Request, digest_of

from data import refresh
from data.live import life_expectancy as fingertips
from data.live import transfer

ID = "life_expectancy"
HEADING = (
    "Indicator ID,Indicator Name,Parent Code,Parent Name,Area Code,Area Name,Area Type,Sex,Age,"
    "Category Type,Category,Time period,Value,Lower CI 95.0 limit,Upper CI 95.0 limit,"
    "Lower CI 99.8 limit,Upper CI 99.8 limit,Count,Denominator,Value note,Recent Trend,"
    "Compared to England value or percentiles,Compared to Regions value or percentiles,"
    "Time period Sortable,New data,Compared to goal,Time period range"
)


def row(area: str, sex: str, value: float) -> str:
    return (
        f"90366,Life expectancy at birth,E12000006,East of England,{area},A place,Districts,{sex},"
        f"All ages,,,2021 - 23,{value},{value - 0.5},{value + 0.5},,,,,,,Better 95%,Similar,"
        "20210000,,,3y"
    )


WHOLE = "\n".join(
    [HEADING]
    + [row(f"E07{n:06}", sex, 78 + n / 10) for n in range(40) for sex in ("Female", "Male")]
).encode()
HALF = len(WHOLE) // 2
ETAG = {"ETag": '"one"'}


@pytest.fixture
def server(publisher, monkeypatch):
    monkeypatch.setattr(fingertips, "ADDRESS", publisher.address)
    monkeypatch.setattr(transfer, "CHUNK", 512)
    publisher.usual = serve
    return publisher


def serve(request: Request) -> Reply:
    """A server that can send the rest of a file, as long as it is the same file."""
    asked = request.headers.get("Range")
    if asked is None or request.headers.get("If-Range") != ETAG["ETag"]:
        return Reply(WHOLE, headers=ETAG)
    start = int(asked.removeprefix("bytes=").removesuffix("-"))
    if start >= len(WHOLE):
        return Reply(status=416, headers={"Content-Range": f"bytes */{len(WHOLE)}"})
    span = f"bytes {start}-{len(WHOLE) - 1}/{len(WHOLE)}"
    return Reply(WHOLE[start:], 206, ETAG | {"Content-Range": span})


@pytest.fixture
def folder(tmp_path):
    (tmp_path / fingertips.FILE).parent.mkdir()
    (tmp_path / fingertips.FILE).write_text("earlier")
    return tmp_path


def run(folder) -> int:
    return refresh.main([ID, "--to", str(folder), "--quiet"])


def assert_fetched(folder) -> None:
    assert (folder / fingertips.FILE).read_bytes() == WHOLE
    assert (folder / f"{fingertips.FILE}.sha256").exists()
    assert not (folder / ".refresh").exists()


def assert_unchanged(folder) -> None:
    assert (folder / fingertips.FILE).read_text() == "earlier"
    assert not (folder / f"{fingertips.FILE}.sha256").exists()


def ranges(server) -> list[str | None]:
    return [request.headers.get("Range") for request in server.requests]


def test_the_file_is_fetched_as_it_is(server, folder, capsys):
    assert run(folder) == 0
    assert_fetched(folder)
    asked = server.requests[0]
    assert asked.query == {
        "indicator_ids": "90366",
        "child_area_type_id": "501",
        "parent_area_type_id": "6",
    }
    assert asked.headers["Accept-Encoding"] == "identity"
    assert "40 rows, 40 areas, newest 2021 to 2023." in capsys.readouterr().out


def test_after_a_break_only_the_rest_is_fetched(server, folder, naps):
    server.script = [Reply(WHOLE, headers=ETAG, cut=HALF)]
    assert run(folder) == 0
    assert_fetched(folder)
    first, again = ranges(server)
    assert first is None
    # What has arrived is counted by whole chunks of 512 bytes.
    assert again.startswith("bytes=")
    assert 0 < int(again[6:-1]) <= HALF
    assert naps == [2]


def test_without_a_strong_name_for_the_file_it_is_fetched_anew(server, folder):
    for headers in ({}, {"ETag": 'W/"weak"'}):
        server.script = [Reply(WHOLE, headers=headers, cut=HALF)]
        server.requests.clear()
        assert run(folder) == 0
        assert ranges(server) == [None, None]
        assert_fetched(folder)


def test_two_releases_are_never_mixed(server, folder):
    server.script = [Reply(WHOLE.replace(b"78", b"79"), headers={"ETag": '"old"'}, cut=HALF)]
    assert run(folder) == 0
    assert ranges(server)[1] is not None
    assert_fetched(folder)


def test_a_part_that_is_not_the_one_asked_for_is_not_used(server, folder):
    wrong = {"Content-Range": f"bytes 5-{len(WHOLE) - 1}/{len(WHOLE)}"}
    server.script = [
        Reply(WHOLE, headers=ETAG, cut=HALF),
        Reply(WHOLE[5:], 206, ETAG | wrong),
    ]
    assert run(folder) == 0
    assert ranges(server)[2] is None
    assert_fetched(folder)


def broken(server, folder, capsys, reply: Reply) -> None:
    server.script = [reply, *[HANG_UP] * (transfer.TRIES - 1)]
    assert run(folder) == 1
    assert "broke 5 times; the same command goes on from there" in capsys.readouterr().err
    assert_unchanged(folder)
    server.requests.clear()


def test_the_next_run_goes_on_from_there(server, folder, capsys):
    broken(server, folder, capsys, Reply(WHOLE, headers=ETAG, cut=HALF))
    assert run(folder) == 0
    assert len(ranges(server)) == 1
    assert ranges(server)[0] is not None
    assert_fetched(folder)


def test_a_file_that_had_wholly_arrived_is_fetched_anew(server, folder, capsys):
    broken(server, folder, capsys, Reply(WHOLE + b"!" * 512, headers=ETAG, cut=len(WHOLE)))
    part = folder / ".refresh" / ID / fingertips.FILE
    state = part.parents[1] / "state.json"
    part.write_bytes(WHOLE)
    state.write_text(state.read_text().replace(str(len(WHOLE) // 512 * 512), str(len(WHOLE))))
    assert run(folder) == 0
    assert ranges(server) == [f"bytes={len(WHOLE)}-", None]
    assert_fetched(folder)


def test_a_file_that_is_always_cut_short_never_counts_as_whole(server, folder, capsys):
    server.usual = Reply(WHOLE, cut=HALF)
    assert run(folder) == 1
    assert "broke 5 times" in capsys.readouterr().err
    assert len(server.requests) == transfer.TRIES
    assert_unchanged(folder)


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply(b"<html>Down for work", kind="text/html"), "a web page instead of CSV"),
        (Reply(status=500), "is busy or out of order (status 500)"),
        (Reply(status=403), "refuses the request (status 403)"),
        (Reply(), "sent an empty file"),
        (Reply(WHOLE, headers=digest_of(b"another")), "does not have the checksum"),
        (Reply(b"a,b\n1,2\n"), "the column is missing"),
        (Reply(WHOLE[: WHOLE.rindex(b"Male")]), "column 'Sex'"),
    ],
)
def test_a_file_that_is_not_it_changes_nothing(server, folder, capsys, reply, said):
    server.usual = reply
    assert run(folder) == 1
    error = capsys.readouterr().err
    assert error.startswith("Nothing was changed. ")
    assert said in error
    assert_unchanged(folder)
    assert not (folder / ".refresh").exists()


def test_a_checksum_that_holds_is_accepted(server, folder):
    server.usual = Reply(WHOLE, headers=digest_of(WHOLE))
    assert run(folder) == 0
    assert_fetched(folder)
