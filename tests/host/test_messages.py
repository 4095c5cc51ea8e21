"""Messages leave soon: what the host sets is what this release of Streamlit waits for."""

from __future__ import annotations

import pytest
from streamlit.runtime import runtime

from host.messages import BETWEEN_LOOKS, send_sooner


def test_streamlit_waits_as_long_as_the_host_says(monkeypatch: pytest.MonkeyPatch) -> None:
    name = "MESSAGE_FLUSH_INTERVAL_SECS"
    monkeypatch.setattr(runtime, name, getattr(runtime, name))
    send_sooner()
    assert getattr(runtime, name) == BETWEEN_LOOKS
    # Renamed in a later release, it would change nothing, silently.
    assert name in runtime.Runtime._loop_coroutine.__code__.co_names
