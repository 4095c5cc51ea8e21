"""Do work on a stranger's file in a process of its own, with limits on time and memory.

A file made to do harm can then at most end that process: the server and its other visitors go
on. Starting Python and its libraries takes seconds, so one warm process does that once and then
forks a fresh one for each job: nothing of one visitor's file is there when the next is read.
"""

from __future__ import annotations

import importlib
import logging
import os
import pickle
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from data.errors import DataError, SpreadsheetError

Result = TypeVar("Result")
ROOT = Path(__file__).parent.parent
BUSY = (
    "Several files are being read at this moment. Nothing is lost: wait a minute, then choose "
    "the file again."
)
TOO_MUCH = (
    "Reading this file took too long or needed too much memory, so it was stopped. Nothing of it "
    "was kept. Split the file, or leave out what is not needed, and try again."
)


FAILED = (
    "Something in this file could not be read. Nothing of it was kept. Save it as a plain CSV file "
    "with one row of headings, and try again."
)
STARTS_WITHIN = 30.0  # seconds for a warm process that is still importing


@dataclass(frozen=True)
class Limits:
    """Of one job: seconds, bytes of memory; how many jobs at once, and how long others wait."""

    seconds: float = 60.0
    memory: int = 1_500_000_000
    at_once: int = 2
    wait: float = 20.0


class Workers:
    """A warm process that forks one process for each job.

    Args:
        warm: names of modules that it imports beforehand; where one has a function `get_warm`,
            it is called.
        limits: of each job.
    """

    def __init__(self, warm: Sequence[str] = (), limits: Limits | None = None) -> None:
        self.warm, self.limits = tuple(warm), limits or Limits()
        self._places = threading.BoundedSemaphore(self.limits.at_once)
        self._lock = threading.Lock()
        self._forks: tuple[subprocess.Popen[bytes], socket.socket] | None = None
        self.can_start = True

    def get_ready(self) -> None:
        """Start the warm process if there is none; takes no time."""
        with self._lock:
            self._reach()

    def run(self, function: Callable[..., Result], *arguments: object) -> Result:
        """Call a function of a module with arguments, both of which can be pickled.

        Where no process can be started the work is done here, without the limits
        (`can_start` is False then).

        Raises:
            SpreadsheetError: a limit was reached, or too many others are being read.
            DataError: as the function itself raised it.
        """
        if not self._places.acquire(timeout=self.limits.wait):
            raise SpreadsheetError(BUSY)
        try:
            wire = self._begin()
            if wire is None:
                return function(*arguments)
            with wire:
                answer = self._ask(wire, pickle.dumps((self.limits, function, arguments)))
        finally:
            self._places.release()
        if not answer:
            raise SpreadsheetError(TOO_MUCH)
        worked, result = pickle.loads(answer)  # noqa: S301 (of our own process)
        if not worked:
            for note in getattr(result, "__notes__", ()):
                logging.getLogger(__name__).warning("a file could not be read: %s", note)
            raise result
        done: Result = result
        return done

    def _begin(self) -> socket.socket | None:
        """A line to a process of its own; None where there can be none."""
        with self._lock:
            for _ in range(2):  # the warm process may have been ended: then a new one is tried
                control = self._reach()
                if control is None:
                    return None
                ours, theirs = socket.socketpair()
                with theirs:
                    try:
                        socket.send_fds(control, [b"j"], [theirs.fileno()])
                        return ours
                    except OSError:
                        ours.close()
                        self._forget()
        return None

    def _reach(self) -> socket.socket | None:
        if self._forks is not None and self._forks[0].poll() is None:
            return self._forks[1]
        self._forget()
        if not hasattr(os, "fork") or not hasattr(socket, "send_fds"):
            self.can_start = False
            return None
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                process = subprocess.Popen(  # noqa: S603 (nothing in it is a visitor's)
                    [sys.executable, "-m", "data.apart", str(theirs.fileno()), *self.warm],
                    cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                    pass_fds=[theirs.fileno()],
                    env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
                )  # fmt: skip
            except OSError:
                ours.close()
                self.can_start = False
                return None
        self._forks, self.can_start = (process, ours), True
        return ours

    def _forget(self) -> None:
        if self._forks is not None:
            self._forks[1].close()  # the warm process ends when its line is closed
            self._forks = None

    def _ask(self, wire: socket.socket, job: bytes) -> bytes:
        """Send the job, wait for the answer; b"" where there is none in time."""
        until = time.monotonic() + self.limits.seconds + STARTS_WITHIN
        parts = []
        try:
            wire.settimeout(self.limits.seconds + STARTS_WITHIN)
            wire.sendall(struct.pack("!Q", len(job)) + job)
            while part := wire.recv(1 << 20):
                parts.append(part)
                wire.settimeout(max(until - time.monotonic(), 0.01))
        except OSError:
            return b""
        return b"".join(parts)


def limit_this_process(limits: Limits) -> None:
    """Set the limits on this process for good."""
    import resource

    # Without a handler the alarm ends the process, whatever it is doing.
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, limits.seconds)
    with suppress(OSError, ValueError):  # systems without /proc know no such limit either
        used = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
        most = used + limits.memory
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    for what, most in ((resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0)):
        with suppress(OSError, ValueError):
            resource.setrlimit(what, (most, most))


def _do_job(job: bytes) -> tuple[bool, object]:
    limits, function, arguments = pickle.loads(job)  # noqa: S301 (of the server)
    limit_this_process(limits)
    try:
        return True, function(*arguments)
    except DataError as error:
        return False, error
    except (MemoryError, RecursionError):
        return False, SpreadsheetError(TOO_MUCH)
    except Exception as error:  # whatever it is, it is the file's, and not to end as "too much"
        # What it says may hold cells of the file, so the log names its kind and place alone.
        place = traceback.extract_tb(error.__traceback__)[-1]
        told = SpreadsheetError(FAILED)
        told.add_note(f"{type(error).__name__} in {place.name}, line {place.lineno}")
        return False, told


def _serve_one(wire: socket.socket) -> None:
    """One job in a process of its own, which ends here."""
    try:
        with wire.makefile("rwb") as line:
            length = struct.unpack("!Q", line.read(8))[0]
            answer = _do_job(line.read(length))
            line.write(pickle.dumps(answer, protocol=pickle.HIGHEST_PROTOCOL))
    finally:
        os._exit(0)


def main() -> None:
    """Import what is named, then fork one process for each line that is handed over."""
    control = socket.socket(fileno=int(sys.argv[1]))
    for name in sys.argv[2:]:
        module = importlib.import_module(name)
        # What cannot be read beforehand is said by the job that needs it.
        with suppress(DataError):
            getattr(module, "get_warm", lambda: None)()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # ended jobs leave nothing behind
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server says when to end
    while True:
        message, lines, _, _ = socket.recv_fds(control, 1, 1)
        if not message:
            return
        for line in lines:
            wire = socket.socket(fileno=line)
            if os.fork() == 0:
                control.close()
                _serve_one(wire)
            wire.close()


if __name__ == "__main__":
    main()
