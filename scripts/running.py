"""What runs from `with` to the end of the block: servers, proxies, relays, providers."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self


class Running:
    """Something that is started by `with` and ended with the block, or where its start fails."""

    #: Of those that are one; it is not there before it has been started.
    process: subprocess.Popen[bytes]

    def start(self) -> None:
        """Start, and come back when it can be used."""
        raise NotImplementedError

    def stop(self) -> None:
        """End it, also where `start` did not come to its end."""
        raise NotImplementedError

    def end_process(self, seconds: float = 10) -> None:
        """Ask the process to end, where it was started, and end it where it does not in time."""
        if not hasattr(self, "process"):
            return
        self.process.terminate()
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


def answers_in_time(
    process: subprocess.Popen[bytes], answers: Callable[[], bool], seconds: float
) -> bool:
    """Wait until a process that was started answers; False where it ended or time is over."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and process.poll() is None:
        if answers():
            return True
        time.sleep(0.05)
    return False
