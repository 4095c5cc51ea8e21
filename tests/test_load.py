"""The load test's own arithmetic: percentiles, memory of a session, tables, what a page keeps."""

import math

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.load_figures import (
    Window,
    format_goals,
    format_windows,
    per_session,
    percentiles,
)
from benchmarks.load_visitor import Change, Kept
from scripts.proxy import EXAMPLE, put_in_ports
from scripts.running import Running


def window(processes=2, sessions=50, seconds=(0.1,), faults=(), megabytes=900.0):
    changes = [Change(to_map=s / 2, whole=s) for s in seconds]
    return Window(processes, sessions, changes, faults, 4.0, 1.0, 20.0, megabytes)


def test_percentiles_lie_between_neighbours():
    assert percentiles([0.1, 0.2, 0.3]) == pytest.approx((0.2, 0.29))
    assert percentiles([0.5]) == (0.5, 0.5)
    assert all(math.isnan(part) for part in percentiles([]))


def test_the_memory_of_a_session_leaves_out_what_the_server_holds_anyway():
    windows = [window(sessions=25, megabytes=500), window(sessions=100, megabytes=650)]
    assert per_session(windows) == 2.0
    assert math.isnan(per_session(windows[:1]))


def test_each_window_is_a_line_with_its_unit():
    lines = format_windows([window(seconds=[0.1, 1.5]), window(seconds=[])]).splitlines()
    assert len(lines) == 4
    assert len({len(line) for line in lines}) == 1
    cells = [cell.strip() for cell in lines[2].strip("|").split("|")]
    assert cells[:7] == ["2", "50", "2", "400 ms", "715 ms", "800 ms", "1,430 ms"]
    assert cells[7:] == ["0", "2,000 ms", "5%", "900 MB"]
    assert lines[3].count("–") == 5


@pytest.mark.parametrize(
    ("made", "missed"),
    [
        ({}, []),
        ({"seconds": [0.21]}, ["p95 of a change, 50 sessions on 2 processes"]),
        ({"faults": ["page not found"]}, ["faults"]),
        ({"processes": 1, "seconds": [9.0]}, []),
    ],
)
def test_goals_are_judged_on_the_windows_they_are_about(made, missed):
    lines = format_goals([window(**made)]).splitlines()[2:]
    assert [
        line.strip("| ").split("  ")[0].split(" |")[0] for line in lines if "MISSED" in line
    ] == (missed)


def test_a_heavy_session_misses_its_goal():
    table = format_goals([window(sessions=25), window(sessions=100, megabytes=900 + 75 * 6.1)])
    assert "| 6.1 MB" in table
    assert "MISSED" in table


def message(name, fragment="", refers=False):
    made = ForwardMsg()
    if refers:
        made.ref_hash = name
        return made
    made.hash, made.metadata.cacheable, made.delta.fragment_id = name, True, fragment
    return made


def test_a_page_keeps_a_message_for_the_runs_that_streamlit_says():
    kept = Kept()
    kept.note(message("list", "one"))
    kept.note(message("other", "two"))
    kept.finish_run(2, [])
    kept.finish_run(2, ["one"])
    assert kept.note(message("list", refers=True))
    kept.finish_run(2, ["one"])
    assert set(kept.seen) == {"list", "other"}  # the other fragment did not run
    kept.finish_run(2, [])
    assert set(kept.seen) == {"list"}
    assert not kept.note(message("other", refers=True))


def test_the_example_for_nginx_gets_other_ports_and_keeps_its_words():
    text = EXAMPLE.read_text(encoding="utf-8")
    changed = put_in_ports(text, 9000, [9001, 9002])
    assert "listen 127.0.0.1:9000;" in changed
    assert changed.count(":9001") == text.count(":8501")
    assert "~:9002$ 2;" in changed
    assert "8502" not in changed
    with pytest.raises(ValueError, match="listen 80;"):
        put_in_ports(text.replace("listen 80;", "listen 81;"), 9000, [9001, 9002])


def test_what_could_not_be_started_is_not_ended() -> None:
    class Unstarted(Running):
        def start(self) -> None:
            raise RuntimeError("no such program")

        def stop(self) -> None:
            self.end_process()

    with pytest.raises(RuntimeError, match="no such program"), Unstarted():
        pass
