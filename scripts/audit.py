"""Ask whether a pinned library has a known hole: `python scripts/audit.py`.

Ends with 1 if one has. Where the register of holes cannot be reached it says how many
libraries it could not look up, which is no proof that they are sound.
"""

from __future__ import annotations

import json
import subprocess
import sys

FILES = ("requirements.txt", "requirements-dev.txt")


def ask(file: str) -> list[dict]:
    """What is known of each library of a requirements file.

    Raises:
        SystemExit: the register cannot be reached at all.
    """
    command = [sys.executable, "-m", "pip_audit", "--requirement", file, "--no-deps",
               "--disable-pip", "--format", "json", "--progress-spinner", "off"]  # fmt: skip
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        return list(json.loads(answer.stdout)["dependencies"])
    except (ValueError, KeyError):
        reason = (answer.stderr.strip().splitlines() or ["no answer"])[-1][:200]
        print(f"audit: {file} could NOT be looked up ({reason})")
        return []


def main() -> int:
    """Print every known hole and how many libraries were looked up."""
    libraries = {library["name"]: library for file in FILES for library in ask(file)}
    looked_up = [library for library in libraries.values() if "skip_reason" not in library]
    holes = [(one, hole) for one in looked_up for hole in one["vulns"]]
    for library, hole in holes:
        cure = ", ".join(hole["fix_versions"]) or "no fixed version yet"
        print(f"audit: {library['name']} {library['version']} has {hole['id']}; fixed in: {cure}")
    missed = len(libraries) - len(looked_up)
    words = f"audit: {len(looked_up)} libraries looked up, {len(holes)} known holes"
    print(f"{words}; {missed} could NOT be looked up" if missed or not looked_up else words)
    return 1 if holes else 0


if __name__ == "__main__":
    raise SystemExit(main())
