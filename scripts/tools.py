"""Find or install other software of some tests: LibreOffice, Poppler, PostgreSQL, nginx.

`python scripts/tools.py` says which are there; with `--install` it installs the missing ones
from Debian's packages where it may. Tests whose software is missing are skipped, but fail
where CI is set.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

#: Program -> Debian's packages that bring it.
PROGRAMS = {
    "soffice": ("libreoffice-writer-nogui", "libreoffice-calc-nogui", "libreoffice-impress-nogui"),
    "pdftoppm": ("poppler-utils",),
    "postgres": ("postgresql",),
    "nginx": ("nginx-light",),
}


def find_tool(name: str) -> str | None:
    """The path of a program, None where it is missing."""
    if found := shutil.which(name):
        return found
    # Debian keeps PostgreSQL's own programs off the PATH, a folder for each version, and nginx
    # where only root's PATH leads.
    places = [*Path("/usr/sbin").glob(name)]
    places += sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(places[-1]) if places else None


def install(packages: list[str]) -> None:
    """Install Debian's packages where there is apt and we may use it."""
    become_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if not shutil.which("apt-get") or (become_root and not shutil.which("sudo")):
        return
    apt = [*become_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq",
           "-o", "DPkg::Lock::Timeout=300"]  # fmt: skip
    subprocess.run([*apt, "update"], stdin=subprocess.DEVNULL, check=False)
    command = [*apt, "install", "-y", "--no-install-recommends", *packages]
    subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False)


def main() -> None:
    """Say which programs are there, the missing ones installed first if that is asked for."""
    missing = [name for name in PROGRAMS if not find_tool(name)]
    if missing and "--install" in sys.argv[1:]:
        print(f"Installing for the tests: {', '.join(missing)} …", flush=True)
        install([package for name in missing for package in PROGRAMS[name]])
    for name in PROGRAMS:
        if not find_tool(name):
            print(f"{name} is missing: tests that need it are skipped", flush=True)
        elif "--install" not in sys.argv[1:]:
            print(f"{name}: {find_tool(name)}")


if __name__ == "__main__":
    main()
