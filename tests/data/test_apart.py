"""Work on a stranger's file cannot stop, slow or fill the server."""

import os
import threading
import time

import pytest

from data import apart
from data.apart import BUSY, FAILED, TOO_MUCH, Limits, Workers
from data.errors import SpreadsheetError
from data.own.opening import open_file


@pytest.fixture(scope="module")
def workers():
    limits = Limits(seconds=3, memory=400_000_000, at_once=1, wait=0.2)
    return Workers(("data.own.opening",), limits)


def test_each_job_has_a_process_of_its_own(workers):
    pids = [workers.run(os.getpid) for _ in range(2)]
    assert len({os.getpid(), *pids}) == 3


def test_what_was_read_comes_back(workers):
    file = workers.run(open_file, b"Ward,2024\nRamsey,7\n", "a.csv")
    assert file.sheets[0].cells.iloc[1].tolist() == ["Ramsey", "7"]


def test_what_is_wrong_with_a_file_is_said_as_it_would_be_here(workers):
    with pytest.raises(SpreadsheetError, match="empty"):
        workers.run(open_file, b"", "a.csv")


@pytest.mark.parametrize(
    ("function", "arguments"),
    [(time.sleep, (60,)), (bytearray, (3_000_000_000,)), (os.abort, ()), (os._exit, (3,))],
    ids=["endless", "huge", "crash", "silent"],
)
def test_a_file_that_takes_too_much_ends_only_its_own_process(workers, function, arguments):
    with pytest.raises(SpreadsheetError) as stopped:
        workers.run(function, *arguments)
    assert str(stopped.value) == TOO_MUCH
    assert workers.run(len, "next") == 4


def test_an_error_nobody_thought_of_is_told_without_the_files_cells(workers, caplog):
    with pytest.raises(SpreadsheetError) as told:
        workers.run(int, "secret cell")
    assert str(told.value) == FAILED
    assert "ValueError in _do_job" in caplog.text
    assert "secret" not in caplog.text


def test_files_beyond_the_limit_wait_and_are_then_told_so(workers):
    workers.run(len, "warm")
    slow = threading.Thread(target=lambda: workers.run(time.sleep, 1.5))
    slow.start()
    time.sleep(0.3)
    with pytest.raises(SpreadsheetError) as refused:
        workers.run(len, "x")
    assert str(refused.value) == BUSY
    slow.join()
    assert workers.run(len, "x") == 1


def test_a_warm_process_that_was_ended_is_replaced(workers):
    workers.run(len, "x")
    warm = workers._forks[0]
    warm.kill()
    warm.wait()
    assert workers.run(len, "xyz") == 3


def test_where_no_process_can_be_started_the_work_is_done_here(monkeypatch):
    def refuse(*_args, **_options):
        raise OSError("no processes")

    monkeypatch.setattr(apart.subprocess, "Popen", refuse)
    workers = Workers()
    assert workers.run(os.getpid) == os.getpid()
    assert not workers.can_start
