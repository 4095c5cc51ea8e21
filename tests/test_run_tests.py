"""The judge of branches: enough of them, from every process."""

import subprocess
import sys

import pytest

from scripts import run_tests

CODE = "def pick(a):\n    if a:\n        return 1\n    return 0\npick(1)\n"


@pytest.fixture
def counted(tmp_path, monkeypatch):
    """A folder in which one of two branches of a program was counted."""
    monkeypatch.chdir(tmp_path)
    for name in ("COVERAGE_PROCESS_CONFIG", "COVERAGE_FILE"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "pyproject.toml").write_text(
        "[tool.coverage.run]\nbranch = true\nparallel = true\n"
        f"data_file = '{run_tests.COVERAGE}/data'\n"
    )
    (tmp_path / "program.py").write_text(CODE)
    run_tests.COVERAGE.mkdir(parents=True)
    command = [sys.executable, "-m", "coverage", "run", "program.py"]
    subprocess.run(command, check=True)
    return tmp_path / run_tests.COVERAGE


@pytest.mark.parametrize(("least", "enough"), [(50, True), (51, False)])
def test_fewer_branches_than_asked_for_are_a_failure(counted, monkeypatch, capsys, least, enough):
    monkeypatch.setattr(run_tests, "LEAST_BRANCHES", least)
    assert run_tests.measure_branches() is enough
    assert "50.0 % (1 of 2;" in capsys.readouterr().out


def test_what_a_killed_process_ran_is_not_lost_in_silence(counted, monkeypatch, capsys):
    monkeypatch.setattr(run_tests, "LEAST_BRANCHES", 0)
    (whole,) = counted.glob("data.*")
    half = counted / "data.host.pid7.Xabcdefgx"
    half.write_bytes(whole.read_bytes()[:8192])
    assert not run_tests.measure_branches()
    assert f"is missing: {half.name}" in capsys.readouterr().out


def test_processes_that_outlive_a_command_are_waited_for(tmp_path, monkeypatch):
    monkeypatch.setattr(run_tests.signal, "signal", lambda *_: None)
    late = tmp_path / "late"
    code = f"import time, pathlib; time.sleep(0.4); pathlib.Path({str(late)!r}).touch()"
    start = (
        f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {code!r}]); sys.exit(3)"
    )
    assert run_tests.run_to_the_end([sys.executable, "-c", start]) == 3
    assert late.exists()
