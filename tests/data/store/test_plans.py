"""Saved plans: versions in order, a row for every change, whole or not at all."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plan_writer import ACTIONS, AREA, make_version

from data.errors import StoreError
from data.planned_action import STATUSES, PlannedAction
from data.store import plans
from data.store.audit import load_audit
from data.store.engine import close_store, open_store
from data.store.plans import (
    list_versions,
    load_newest_plan,
    load_plan_history,
    load_saved_plan,
    read_actions,
    remove_plan,
    save_plan,
    write_actions,
)

ROOT = Path(__file__).parents[3]
WHOLE = PlannedAction(
    "A1", "Café “=1+1” 🙂", "Good work", "Proactive", "Objective", "Lead", dt.date(2021, 4, 1),
    dt.date(2023, 3, 31), ("E05011266", "E05011268"), "claimant_count_percent", "2020", 2.5,
    dt.date(2022, 12, 31), 7.0, "On track", "Off track", "Reason", "Step", dt.date(2021, 9, 1), "S",
)  # fmt: skip


def save(engine, *actions: PlannedAction, who: str = "a lead", based_on: int = 0):
    return save_plan(engine, AREA, actions, "plan.csv", who, based_on)


def with_status(status: str, forecast: str = "", reason: str = "") -> PlannedAction:
    return PlannedAction("A1", "x", status=status, forecast=forecast, reason=reason)


def test_a_saved_plan_is_read_back_as_it_was_after_the_store_is_closed(store_url):
    plain = PlannedAction("A2", "y")
    save(open_store(store_url), WHOLE, plain)
    close_store(store_url)
    found = load_newest_plan(open_store(store_url), AREA)
    assert found is not None
    assert found.actions == (WHOLE, plain)
    assert (found.number, found.who, found.file_name) == (1, "a lead", "plan.csv")
    assert found.saved_at.tzinfo is not None
    assert load_newest_plan(open_store(store_url), "E10000008") is None


def test_every_change_is_a_row_with_date_old_new_reason_and_version(store_url):
    engine = open_store(store_url)
    save(engine, with_status("On track", "On track"))
    result = save(engine, with_status("Off track", "On track", "Staff left"), based_on=1)
    assert (result.number, result.changes, result.in_between) == (2, 1, ())
    save(engine, with_status("Off track", "Off track", "No budget"), based_on=2)
    history = load_plan_history(engine, AREA)
    rows = history[["version", "action_id", "what", "old", "new", "reason"]].to_numpy().tolist()
    assert rows == [
        [2, "A1", "status", "On track", "Off track", "Staff left"],
        [3, "A1", "forecast", "On track", "Off track", "No budget"],
    ]
    assert history["saved_at"].tolist() == [v.saved_at for v in list_versions(engine, AREA)[1:]]
    assert len(load_plan_history(engine, AREA, "a1")) == 2
    assert load_plan_history(engine, AREA, "A2").empty


def test_an_older_version_stays_as_it_was(store_url):
    engine = open_store(store_url)
    save(engine, with_status("On track"))
    save(engine, with_status("Off track"), based_on=1)
    assert load_saved_plan(engine, AREA, 1).actions[0].status == "On track"
    with pytest.raises(StoreError, match="no version 9"):
        load_saved_plan(engine, AREA, 9)


def test_the_second_of_two_leads_is_told_who_saved_in_between(store_url):
    engine = open_store(store_url)
    save(engine, with_status("On track"))
    first = save(engine, with_status("Off track"), who="first lead", based_on=1)
    second = save(engine, with_status("Complete"), who="second lead", based_on=1)
    assert (first.number, first.in_between) == (2, ())
    assert second.number == 3
    assert [version.who for version in second.in_between] == ["first lead"]
    assert [v.who for v in list_versions(engine, AREA)] == ["a lead", "first lead", "second lead"]
    # The change is counted from what was really there before, not from what the lead saw.
    assert load_plan_history(engine, AREA)["old"].tolist() == ["On track", "Off track"]


def test_leads_who_save_at_the_same_moment_are_all_kept_in_order(store_url):
    engine = open_store(store_url)
    results, errors = [], []

    def work(name: int) -> None:
        try:
            results.append(save(engine, with_status(STATUSES[name % 5]), who=f"lead {name}"))
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(name,)) for name in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert sorted(result.number for result in results) == list(range(1, 9))
    versions = list_versions(engine, AREA)
    assert [version.number for version in versions] == list(range(1, 9))
    assert {version.who for version in versions} == {f"lead {name}" for name in range(8)}
    told = {result.number: len(result.in_between) for result in results}
    assert told == {number: number - 1 for number in range(1, 9)}


def test_a_save_that_fails_halfway_leaves_nothing(store_url, monkeypatch):
    engine = open_store(store_url)
    save(engine, with_status("On track"))

    def fail(*_arguments, **_options) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(plans, "note_change", fail)
    with pytest.raises(ZeroDivisionError):
        save(engine, with_status("Off track"), based_on=1)
    assert len(list_versions(engine, AREA)) == 1
    assert load_plan_history(engine, AREA).empty


def test_a_lead_removes_the_whole_plan_and_the_audit_list_keeps_that(store_url):
    engine = open_store(store_url)
    save(engine, with_status("On track"))
    save(engine, with_status("Off track"), based_on=1)
    save_plan(engine, "E10000008", [with_status("On track")], "other.csv", "a lead", 0)
    assert remove_plan(engine, AREA, "the lead") == 2
    assert list_versions(engine, AREA) == ()
    assert load_plan_history(engine, AREA).empty
    assert len(list_versions(engine, "E10000008")) == 1
    audit = load_audit(engine, AREA)
    assert audit["what"].tolist()[0] == "removed an action plan"
    assert audit["who"].tolist() == ["the lead", "a lead", "a lead"]
    assert remove_plan(engine, AREA, "the lead") == 0


def test_a_version_that_cannot_be_read_says_so_and_the_others_can():
    with pytest.raises(StoreError, match="cannot be read"):
        read_actions('[{"id": "A1"')
    with pytest.raises(StoreError, match="cannot be read"):
        read_actions('[{"unknown": 1, "wards": [], "start": null}]')


_DAY = st.none() | st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1))
_TEXT = st.text(st.characters(blacklist_categories=["Cs"]), max_size=30)


@given(st.builds(
    PlannedAction, id=_TEXT, title=_TEXT, reason=_TEXT, start=_DAY, due=_DAY, target_date=_DAY,
    next_step_date=_DAY, wards=st.lists(_TEXT, max_size=3).map(tuple),
    target=st.none() | st.floats(-1e9, 1e9), intervention=st.none() | st.floats(-1e9, 1e9),
    status=st.sampled_from(["", *STATUSES]),
))  # fmt: skip
def test_what_is_written_is_read_back(action):
    assert read_actions(write_actions([action])) == (action,)
    assert dataclasses.asdict(read_actions(write_actions([action]))[0])


def start_writer(url: str, *arguments: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("plan_writer.py")), url, *arguments],
        stdout=subprocess.PIPE, text=True, cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip


def check_whole(url: str, said: int, others: int) -> int:
    """Assert that the store holds whole versions only, and all that were said to be kept."""
    close_store(url)
    engine = open_store(url)
    numbers = [version.number for version in list_versions(engine, AREA)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert said <= numbers[-1] <= said + 1
    newest = load_saved_plan(engine, AREA, numbers[-1])
    assert newest.actions == tuple(make_version(numbers[-1]))
    changes = load_plan_history(engine, AREA)["version"].value_counts().to_dict()
    assert changes == dict.fromkeys(numbers[1:], ACTIONS)
    assert len(load_audit(engine, AREA)) == len(numbers) + others
    remove_plan(engine, AREA, "the test")
    return len(load_audit(engine, AREA))


def test_a_process_killed_at_any_step_of_a_save_leaves_the_old_version_whole(store_url):
    others = 0
    # A save inserts the version, its changes and the entry of the audit list, then is final.
    for inserts in (1, 2, 3, 4):
        writer = start_writer(store_url, str(inserts))
        said, _ = writer.communicate()
        assert (writer.returncode, said) == (-signal.SIGKILL, "1\n")
        others = check_whole(store_url, 1, others)


def test_a_process_killed_at_any_moment_leaves_the_old_or_the_whole_new_version(store_url):
    dice, others = random.Random(20), 0  # noqa: S311
    for _ in range(3):
        writer = start_writer(store_url)
        assert writer.stdout is not None
        first = writer.stdout.readline()
        time.sleep(dice.uniform(0, 0.15))
        writer.kill()
        rest, _ = writer.communicate()
        assert writer.returncode == -signal.SIGKILL
        others = check_whole(store_url, int((first + rest).split("\n")[-2]), others)
