"""Where the raw data are, for tests that rebuild from them; skipped where they are not."""

import os
from pathlib import Path

import pytest

from data.load import ROOT

RAW = Path(os.environ.get("WARD_NEEDS_RAW", ROOT.parent / "shared" / "data")).absolute()
requires_raw = pytest.mark.skipif(not RAW.is_dir(), reason=f"no raw data in {RAW}")
