"""Commands speak and write files in a locale that knows ASCII only."""

import os
import subprocess
import sys

from data.manifest import ROOT

#: What Python falls back to where no locale is installed, with its own mending switched off.
BARE = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


def test_a_command_prints_utf8_whatever_the_locale():
    done = subprocess.run([sys.executable, "report.py", "--help"], cwd=ROOT, check=True,
                          env=os.environ | BARE, capture_output=True)  # fmt: skip
    assert "“" in done.stdout.decode("utf-8")
