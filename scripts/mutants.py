"""Mutation testing of the statistics: break them one change at a time, see whether a test fails.

    python scripts/mutants.py [analysis.correlation data.intervals …]

Without names it takes every module that `[tool.mutmut]` in pyproject.toml lists. Results are kept
in mutants/: a second call without names goes on where the first ended, modules that are named run
again; `make clean` forgets all. What no test noticed is written to build/survivors.diff;
docs/testing.md says what was made of it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

RESULTS = Path("mutants")
SURVIVORS = Path("build/survivors.diff")
KINDS = ("killed", "survived", "timeout", "no tests", "not checked")


def read_results() -> dict[str, dict[str, str]]:
    """What became of each mutant, by module; modules without mutants left out."""
    from mutmut.stats import status_by_exit_code

    results = {}
    for path in sorted(RESULTS.rglob("*.py.meta")):
        codes = json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"]
        module = ".".join(path.relative_to(RESULTS).with_suffix("").with_suffix("").parts)
        if codes:
            results[module] = {name: status_by_exit_code[code] for name, code in codes.items()}
    return results


def write_survivors(results: dict[str, dict[str, str]]) -> int:
    """Write what changed in every mutant that no test noticed; return how many there are."""
    from mutmut.mutation.diff_apply import get_diff_for_mutant

    left = [
        (module, name, kind)
        for module, kinds in results.items()
        for name, kind in kinds.items()
        if kind not in ("killed", "timeout", "not checked")
    ]
    SURVIVORS.parent.mkdir(exist_ok=True)
    with SURVIVORS.open("w", encoding="utf-8") as file:
        for module, name, kind in left:
            path = Path(*module.split(".")).with_suffix(".py")
            file.write(f"# {name}: {kind}\n{get_diff_for_mutant(name, path=path)}\n\n")
    return len(left)


def main(modules: list[str]) -> int:
    """Run mutmut and say by module what the tests noticed; 1 if it could not run."""
    command = [str(Path(sys.executable).with_name("mutmut")), "run"]
    names = [f"{module}.*" for module in modules]
    if code := subprocess.run([*command, *names], stdin=subprocess.DEVNULL, check=False).returncode:
        return code
    results = read_results()
    chosen = {m: kinds for m, kinds in results.items() if not modules or m in modules}
    total: Counter[str] = Counter()
    print(f"\n{'module':36}" + "".join(f"{kind:>13}" for kind in KINDS))
    for module, kinds in chosen.items():
        counts = Counter(kind if kind in KINDS else "survived" for kind in kinds.values())
        total += counts
        print(f"{module:36}" + "".join(f"{counts[kind]:13,}" for kind in KINDS))
    left = write_survivors(chosen)
    noticed = total["killed"] + total["timeout"]
    print(
        f"\n{total.total() - total['not checked']:,} mutants, {noticed:,} noticed by a test, "
        f"{left:,} not: {SURVIVORS}"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
