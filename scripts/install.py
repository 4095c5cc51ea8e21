"""Make a virtual environment and install pinned requirements into it.

    python3 scripts/install.py .venv requirements.txt

Uses only the standard library. uv does the installing, since it is many times faster than
pip; where uv cannot be had or fails, pip does it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path


def run(*command: str | Path, quiet: bool = False) -> bool:
    """Run a command and tell whether it succeeded."""
    output = subprocess.DEVNULL if quiet else None
    return subprocess.run(command, check=False, stdout=output, stderr=output).returncode == 0


def make_environment(folder: Path) -> Path:
    """Return the interpreter of the environment, made first if there is none."""
    python = folder / "bin" / "python"
    if python.exists() and run(python, "-m", "pip", "--version", quiet=True):
        return python
    print(f"Making {folder} with Python {sys.version.split()[0]}", flush=True)
    if run(sys.executable, "-m", "venv", "--clear", folder, quiet=True):
        return python
    # Debian and Ubuntu keep the venv module's pip in a package of its own.
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    if os.geteuid() == 0 and shutil.which("apt-get"):
        run("apt-get", "update", "-qq")
        run("apt-get", "install", "-y", "-qq", package)
    if not run(sys.executable, "-m", "venv", "--clear", folder):
        raise SystemExit(f"Could not make {folder}. On Debian or Ubuntu: apt install {package}")
    return python


def install(python: Path, requirements: Path) -> None:
    """Install the requirements with uv, or with pip where uv does not work."""
    uv = python.with_name("uv")
    if not uv.exists():
        run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "uv")
    arguments = ("pip", "install", "--quiet", "--compile-bytecode", "--python", python)
    if uv.exists() and run(uv, *arguments, "-r", requirements):
        return
    print("uv could not do it; trying pip", flush=True)
    pip = (python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    if not run(*pip, "-r", requirements):
        raise SystemExit(f"Could not install {requirements}; the lines above say why.")


def main() -> None:
    """Make the environment named first and install the file named second."""
    if sys.version_info < (3, 11):  # noqa: UP036
        raise SystemExit(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    if len(sys.argv) != 3:
        raise SystemExit("usage: install.py FOLDER REQUIREMENTS")
    folder, requirements = Path(sys.argv[1]), Path(sys.argv[2])
    started = time.monotonic()
    python = make_environment(folder)
    print(f"Installing {requirements} …", flush=True)
    install(python, requirements)
    print(f"Installed {requirements} in {time.monotonic() - started:.0f} s", flush=True)


if __name__ == "__main__":
    main()
