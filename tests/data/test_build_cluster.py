"""A build on a real Dask cluster of two workers: the same bytes, and clear refusals."""

import os
import pickle
import signal
import socket
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import cluster_steps
import pytest
import tiny_world as tiny
from raw_folder import RAW

from data import build_cluster
from data.build import main, run_here
from data.build_cluster import ROOT, compare, run_on_cluster, survey
from data.build_steps import Workroom, list_steps, name_step
from data.errors import ClusterError, SourceError

#: One of each kind, all quick: modelled LSOA shares, a district series, MSOAs of 2011.
CHOSEN = {"loneliness_percent", "homeless_households_rate", "covid_deaths_rate"}


class Cluster:
    """A scheduler and workers as processes of their own, started as the documents say."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
        port = self.address.rpartition(":")[2]
        self.processes: list[subprocess.Popen] = []
        self.scheduler = self.start("scheduler", "--host", "127.0.0.1", "--port", port,
                                    "--no-dashboard")  # fmt: skip

    def start(self, *arguments: str) -> subprocess.Popen:
        process = subprocess.Popen(
            [sys.executable, "-m", "dask", *arguments],
            cwd=ROOT,
            env=os.environ
            | {"PYTHONPATH": str(Path(__file__).parent), "DASK_LOGGING__DISTRIBUTED": "error"},
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=(self.folder / f"{arguments[0]}{len(self.processes)}.log").open("w"),
        )
        self.processes.append(process)
        return process

    def start_worker(self) -> subprocess.Popen:
        place = str(self.folder / f"worker{len(self.processes)}")
        return self.start("worker", self.address, "--nthreads", "1", "--no-nanny",
                          "--host", "127.0.0.1", "--no-dashboard",
                          "--local-directory", place)  # fmt: skip

    def wait_for_workers(self, count: int) -> None:
        from distributed import Client

        with Client(self.address, timeout=60, set_as_default=False) as client:
            client.wait_for_workers(count, timeout=60)

    def close(self) -> None:
        # The scheduler last: workers that miss it end by themselves, and would be killed at that.
        for process in reversed(self.processes):
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


@pytest.fixture
def raw(tmp_path) -> Path:
    return tiny.write_world(tmp_path / "raw")


def files_in(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*.*")}


def test_two_workers_from_their_start_to_their_end(raw, tmp_path, monkeypatch):
    """One test, so that one cluster is started however the tests are shared out."""
    cluster = Cluster(tmp_path)
    try:
        cluster.start_worker()
        cluster.start_worker()
        cluster.wait_for_workers(2)
        check_that_files_come_back(cluster, raw, tmp_path / "made")
        check_that_a_fault_arrives_with_its_place(cluster, raw, tmp_path)
        check_that_workers_that_differ_are_named(cluster, raw, tmp_path, monkeypatch)
        if RAW.is_dir():
            check_that_the_bytes_are_those_of_one_process(cluster, tmp_path)
        monkeypatch.setattr(build_cluster, "PATIENCE", 1.0)
        check_that_nobody_waits_for_dead_workers(cluster, raw, tmp_path)
    finally:
        cluster.close()


def check_that_files_come_back(cluster: Cluster, raw: Path, folder: Path) -> None:
    [(_, made)] = run_on_cluster(cluster.address, raw, [cluster_steps.make_small_file], folder)
    assert (folder / "tables/wards.txt").read_text().startswith("North\nSouth")
    assert made.maps["pid"]["worker"] in {str(p.pid) for p in cluster.processes[1:]}


def check_that_a_fault_arrives_with_its_place(cluster: Cluster, raw: Path, folder: Path) -> None:
    with pytest.raises(SourceError, match=r"file health/a\.csv, row 7, column 'code'") as told:
        list(run_on_cluster(cluster.address, raw, [cluster_steps.make_broken], folder))
    assert (told.value.row, told.value.value) == (7, "E99")


def check_that_workers_that_differ_are_named(
    cluster: Cluster, raw: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = survey(raw)
    steps = [cluster_steps.make_small_file]
    with monkeypatch.context() as patch:
        patch.setattr(build_cluster, "survey", lambda _: replace(wanted, code="another"))
        with pytest.raises(ClusterError) as told:
            list(run_on_cluster(cluster.address, raw, steps, folder / "differs"))
    said = str(told.value)
    assert said.count("it has another version of the code in data/") == 2
    assert "docs/updating.md" in said
    assert not (folder / "differs").exists()


def check_that_the_bytes_are_those_of_one_process(cluster: Cluster, folder: Path) -> None:
    room = Workroom(RAW)
    steps = [step for step in list_steps(room.catalogue) if name_step(step) in CHOSEN]
    assert len(steps) == len(CHOSEN)
    one = dict(run_here(room, steps, folder / "here"))
    other = dict(run_on_cluster(cluster.address, RAW, steps, folder / "there"))
    here, there = files_in(folder / "here"), files_in(folder / "there")
    assert set(there) == set(here)
    assert [name for name in here if here[name] != there[name]] == []
    made = {i: m for result in one.values() for i, m in result.indicators.items()}
    far = {i: m for result in other.values() for i, m in result.indicators.items()}
    assert {i: (m.periods, m.rows) for i, m in made.items()} == {
        i: (m.periods, m.rows) for i, m in far.items()
    }


def check_that_nobody_waits_for_dead_workers(cluster: Cluster, raw: Path, folder: Path) -> None:
    with pytest.raises(ClusterError, match=r"went away|died"):
        list(run_on_cluster(cluster.address, raw, [cluster_steps.make_end], folder))
    with pytest.raises(ClusterError, match="The scheduler has no worker"):
        list(run_on_cluster(cluster.address, raw, [cluster_steps.make_end], folder))


def test_a_worker_works_for_one_build_at_a_time_and_keeps_what_it_read(raw):
    wanted, rooms = survey(raw), build_cluster._rooms
    assert build_cluster.enter("first", wanted) == ""
    room = rooms._room
    _, files = build_cluster.work(cluster_steps.make_small_file, "first", wanted)
    assert files["tables/wards.txt"].startswith(b"North\nSouth")
    assert rooms._room is room
    build_cluster.work(cluster_steps.make_small_file, "second", wanted)
    second = rooms._room
    assert second is not room
    build_cluster.leave("first")  # comes late, and is not about the build in hand
    assert rooms._room is second
    build_cluster.leave("second")
    assert rooms._room is None


def test_a_worker_that_differs_or_is_out_of_date_says_so_and_does_nothing(raw, monkeypatch):
    wanted = survey(raw)
    assert build_cluster.enter("third", replace(wanted, raw="other")).startswith("its files in")
    with pytest.raises(ClusterError, match="its files in"):
        build_cluster.work(cluster_steps.make_small_file, "third", replace(wanted, raw="other"))
    monkeypatch.setattr(build_cluster, "LOADED_CODE", "older")
    said = "its code changed after it was started. Start it again."
    assert build_cluster.enter("fourth", wanted) == said
    assert build_cluster._rooms._room is None


class Asked:
    """What a client of Dask hears from a scheduler and one worker."""

    def __init__(self, python: str, answer: object) -> None:
        packages = {"client": "3.11.7", "scheduler": "3.11.7", "worker": python}
        told = {name: {"packages": {"python": version}} for name, version in packages.items()}
        self.versions = {**told, "workers": {"tcp://a:1": told["worker"]}}
        self.answer = answer

    def wait_for_workers(self, _count: int, timeout: float) -> None:
        assert timeout == build_cluster.PATIENCE

    def get_versions(self) -> dict:
        return self.versions

    def run(self, *_call: object, on_error: str) -> dict:
        assert on_error == "return"
        return {"tcp://a:1": self.answer}


@pytest.mark.parametrize(
    ("python", "answer", "said"),
    [
        ("3.12.0", "is not asked", "worker tcp://a:1: it has python 3.12.0, not 3.11.7."),
        ("3.11.7", ModuleNotFoundError("No module named 'data'"),
         "worker tcp://a:1: it cannot run the code of this project (No module named 'data'). "
         "Start it in the repository folder"),
        ("3.11.7", "its files differ.", "worker tcp://a:1: its files differ."),
    ],
)  # fmt: skip
def test_a_worker_that_cannot_do_the_build_is_named(raw, python, answer, said):
    with pytest.raises(ClusterError) as told:
        build_cluster._check_workers(Asked(python, answer), "build", survey(raw))
    first, second, cure = str(told.value).splitlines()
    assert first == "The cluster cannot do this build."
    assert second.startswith(said)
    assert cure == build_cluster.CURE
    build_cluster._check_workers(Asked("3.11.7", ""), "build", survey(raw))


def test_the_difference_is_said_with_its_cure(raw):
    ground = survey(raw)
    assert compare(ground, ground) == ""
    said = compare(replace(ground, code="older"), ground)
    assert said == "it has another version of the code in data/. Bring both to the same commit."
    (raw / "lookups/msoa_names.csv").write_text("changed")
    assert "files in" in compare(survey(raw), ground)
    older = tuple((name, "0.1" if name == "shapely" else v) for name, v in ground.packages)
    said = compare(replace(ground, packages=older), ground)
    assert said.startswith("it has shapely 0.1, not ")
    assert "requirements-dev.txt" in said
    with pytest.raises(ClusterError, match="Mount it under this path"):
        survey(raw / "nowhere")


def test_other_versions_of_python_or_dask_are_named():
    def told(python: str) -> dict:
        return {"packages": {"python": python, "dask": "1"}}

    versions = {"client": told("3.11.7"), "scheduler": told("3.11.7")}
    versions["workers"] = {"tcp://a:1": told("3.11.7"), "tcp://b:1": told("3.12.0")}
    [said] = build_cluster._compare_versions(versions)
    assert said.startswith("worker tcp://b:1: it has python 3.12.0, not 3.11.7.")


def test_a_scheduler_that_does_not_answer_is_said_in_seconds_and_nothing_changes(
    raw, tmp_path, capsys, monkeypatch
):
    monkeypatch.setattr("data.build_steps.read_ward_polygons", tiny.draw_squares)
    root = tmp_path / "project"
    root.mkdir()
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    started = time.monotonic()
    options = ["--source", str(raw), "--root", str(root), "--quiet", "--scheduler", address]
    assert main(options) == 1
    said = capsys.readouterr().err
    assert said.startswith(f"Nothing was changed. No Dask scheduler answers at {address}")
    assert time.monotonic() - started < 30
    assert list(root.iterdir()) == []


def test_an_address_that_is_none_is_refused(raw, tmp_path):
    with pytest.raises(ClusterError, match="No Dask scheduler answers at nonsense"):
        list(run_on_cluster("nonsense", raw, [], tmp_path))


def test_an_error_travels_whole():
    error = SourceError("a.csv", "is wrong", row=3, cure="Fetch it.")
    again = pickle.loads(pickle.dumps(error))  # noqa: S301
    assert (str(again), again.row) == (str(error), 3)
