"""Spread the steps of a build over the workers of a Dask cluster.

    python -m dask scheduler --host 10.0.0.5                        # in the repository folder
    python -m dask worker tcp://10.0.0.5:8786 --nthreads 1          # there too, on every machine
    python -m data.build --source /data/raw --scheduler tcp://10.0.0.5:8786

Every worker needs the same code, the same raw data folder under the same path, and the same
pinned packages: all three are compared before a step is run, by newcomers too, because one
worker that differs would give figures that nobody can tell from right ones. Workers read the
raw files themselves; what travels are the names of what is to be done, and finished files.
"""

from __future__ import annotations

import hashlib
import tempfile
import threading
import uuid
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from data.build_steps import Made, Step, Workroom, name_step
from data.errors import ClusterError

ROOT = Path(__file__).parent.parent
#: The packages that figures go through: another version may round or simplify differently.
PACKAGES = ("numpy", "pandas", "pyarrow", "scipy", "geopandas", "shapely", "pyproj", "pandera")
#: Seconds to wait for the scheduler, for a first worker, and between looks at both.
PATIENCE = 5.0
CURE = "See docs/updating.md, “On several machines”."


def _digest(folder: Path, endings: tuple[str, ...] = ("",)) -> str:
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name.endswith(endings):
            total.update(path.relative_to(folder).as_posix().encode())
            total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _digest_code() -> str:
    return _digest(ROOT / "data", (".py", ".toml"))


#: What this process has loaded, whatever became of the files since.
LOADED_CODE = _digest_code()


@dataclass(frozen=True)
class Ground:
    """What must be the same wherever steps of one build are run."""

    source: Path
    code: str
    raw: str
    packages: tuple[tuple[str, str], ...]


def survey(source: Path) -> Ground:
    """What a build on this machine stands on.

    Raises:
        ClusterError: the raw folder is not there, or the code changed since it was loaded.
    """
    if not source.is_dir():
        raise ClusterError(f"the raw data folder {source} is not there. Mount it under this path.")
    if _digest_code() != LOADED_CODE:
        raise ClusterError("its code changed after it was started. Start it again.")
    return Ground(source, LOADED_CODE, _digest(source), tuple((p, _version(p)) for p in PACKAGES))


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "missing"


def compare(here: Ground, wanted: Ground) -> str:
    """Say in which way a machine differs from the one that started the build; "" if in none."""
    if here.code != wanted.code:
        return "it has another version of the code in data/. Bring both to the same commit."
    if here.raw != wanted.raw:
        return f"its files in {here.source} are not the same. Mount the same folder."
    for (package, mine), (_, other) in zip(here.packages, wanted.packages, strict=True):
        if mine != other:
            return f"it has {package} {mine}, not {other}. Install requirements-dev.txt."
    return ""


class _Rooms:
    """The workroom of the build that this worker works for; an earlier one is let go."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._build = ""
        self._room: Workroom | None = None

    def enter(self, build: str, wanted: Ground) -> Workroom:
        with self._lock:
            if self._room is None or self._build != build:
                self._room = None
                if problem := compare(survey(wanted.source), wanted):
                    raise ClusterError(problem)
                self._room, self._build = Workroom(wanted.source), build
            return self._room

    def leave(self, build: str) -> None:
        with self._lock:
            if self._build == build:
                self._room = None


_rooms = _Rooms()


def enter(build: str, wanted: Ground) -> str:
    """Prepare this worker for a build; return what stands against it, "" if nothing."""
    try:
        _rooms.enter(build, wanted)
    except ClusterError as error:
        return str(error)
    return ""


def leave(build: str) -> None:
    """Let go of what this worker read for a build."""
    _rooms.leave(build)


def work(step: Step, build: str, wanted: Ground) -> tuple[Made, dict[str, bytes]]:
    """Run one step on this worker: what it made, and its files by their path.

    Raises:
        ClusterError: this worker is not fit for the build.
        DataError: see the step.
    """
    room = _rooms.enter(build, wanted)
    with tempfile.TemporaryDirectory(prefix="build-step-") as name:
        folder = Path(name)
        made = step(room, folder)
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        return made, {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def run_on_cluster(
    address: str, source: Path, steps: Sequence[Step], folder: Path
) -> Iterator[tuple[Step, Made]]:
    """Run steps on the workers of a Dask scheduler and write their files into `folder`.

    Args:
        address: of the scheduler, such as `tcp://10.0.0.5:8786`.
        source: the raw data folder, as an absolute path that is the same on all machines.
        steps: those that take longest first.
        folder: where the files go; they are the bytes that the steps write on one machine.

    Yields:
        each step with what it made, in the order in which they are finished.

    Raises:
        ClusterError: the scheduler or its workers cannot be reached, differ or went away.
        DataError: see the steps.
    """
    wanted = survey(source)
    build = uuid.uuid4().hex
    with _connect(address) as client:
        try:
            _check_workers(client, build, wanted)
            waiting = {
                client.submit(work, step, build, wanted, key=f"{name_step(step)}-{build}"): step
                for step in steps
            }
            for step, (made, files) in _collect(client, waiting):
                for name, content in files.items():
                    path = folder / name
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(content)
                yield step, made
        finally:
            with suppress(Exception):  # the workers may be what went away
                client.run(leave, build, on_error="ignore")


def _connect(address: str) -> Any:
    try:
        from distributed import Client
    except ModuleNotFoundError as error:
        cure = "Install requirements-dev.txt, or build without --scheduler."
        raise ClusterError(f"{error.name} is not installed. {cure}") from error
    try:
        return Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise ClusterError(
            f"No Dask scheduler answers at {address} within {PATIENCE:.0f} seconds. "
            f"Is it running, and is the address right? {CURE}"
        ) from error


def _check_workers(client: Any, build: str, wanted: Ground) -> None:
    """Refuse a cluster of which one part differs, before anything is computed.

    Raises:
        ClusterError: there is no worker, or one of them differs; all that differ are named.
    """
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError as error:
        raise ClusterError(f"The scheduler has no worker. Start one or more. {CURE}") from error
    problems = _compare_versions(client.get_versions())
    if not problems:
        answers = client.run(enter, build, wanted, on_error="return")
        problems = [f"worker {name}: {_explain(told)}" for name, told in answers.items() if told]
    if problems:
        raise ClusterError("\n".join(["The cluster cannot do this build.", *problems, CURE]))


def _explain(told: object) -> str:
    if isinstance(told, Exception):
        cure = "Start it in the repository folder, with `python -m dask worker`."
        return f"it cannot run the code of this project ({told}). {cure}"
    return str(told)


def _compare_versions(versions: dict[str, Any]) -> list[str]:
    """Name what differs in Python or Dask itself: then not even a question can be sent."""
    mine = versions["client"]["packages"]
    others = {f"worker {name}": told for name, told in versions["workers"].items()}
    others["the scheduler"] = versions["scheduler"]
    return [
        f"{name}: it has {package} {told['packages'].get(package)}, not {wanted}. "
        "Install requirements-dev.txt with the same Python."
        for name, told in others.items()
        for package, wanted in mine.items()
        if told["packages"].get(package) != wanted
    ]


def _collect(
    client: Any, waiting: dict[Any, Step]
) -> Iterator[tuple[Step, tuple[Made, dict[str, bytes]]]]:
    """The results as they come; nothing is waited for that can never come.

    Raises:
        ClusterError: the scheduler or every worker is gone, or a step ended its worker.
    """
    from distributed import CancelledError, KilledWorker, wait
    from distributed.comm.core import CommClosedError

    alone = 0
    try:
        while waiting:
            try:
                with client.as_current():
                    done = wait(list(waiting), PATIENCE, return_when="FIRST_COMPLETED").done
            except TimeoutError:
                # A worker that died is started again within seconds, if it has a nanny.
                alone = 0 if client.scheduler_info()["workers"] else alone + 1
                if alone > 2:
                    raise ClusterError(
                        "All workers went away. Start them and build again."
                    ) from None
                continue
            for future in done:
                step = waiting.pop(future)
                yield step, future.result()
    except KilledWorker as error:
        cure = "It may need more memory: 1.5 GB for each worker are enough."
        raise ClusterError(f"Workers died while they did one step ({error}). {cure}") from error
    except (CancelledError, CommClosedError) as error:
        raise ClusterError("The scheduler went away. Start it and build again.") from error
