"""The house rules, proved: imports point down, files and functions stay short."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FLOORS = ("data", "analysis", "pages", "dashboard", "host", "server", "report")
# What each floor may import of the project; data is the ground.
ALLOWED = {
    "data": {"data"},
    "analysis": {"analysis", "data"},
    "pages": {"pages", "analysis", "data"},
    "dashboard": {"pages", "analysis", "data"},
    "host": {"host", "analysis", "data"},
    "report": {"pages", "analysis", "data"},
    "server": {"host", "dashboard", "pages", "analysis", "data"},
}
NEVER_SHIPPED = {"tests", "benchmarks", "scripts"}
READS_A_FILE = {"open", "read_text", "read_bytes", "read_csv", "read_parquet", "read_file", "load"}
LEFT_OUT = {".venv", ".git", "build", "mutants", "__pycache__", "node_modules"}


def list_files(*endings: str) -> list[Path]:
    found = (path for path in ROOT.rglob("*") if path.suffix in endings and path.is_file())
    return sorted(p for p in found if LEFT_OUT.isdisjoint(p.relative_to(ROOT).parts))


# What writes numbers, days or letters as the machine's or the visitor's country does.
BY_COUNTRY = re.compile(
    r"\btoLocale\w*|\bIntl\.|\bsetlocale\b|\bimport locale\b|strftime\([^)]*%[aAbBcpxXZ]"
)


def floor_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def list_imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{name.name}" for name in node.names)


def list_tops(tree: ast.AST) -> set[str]:
    return {name.split(".")[0] for name in list_imports(tree)}


def read_project() -> dict[Path, ast.Module]:
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in list_files(".py")}


PROJECT = read_project()


def shipped(*floors: str) -> list[Path]:
    return [path for path in PROJECT if floor_of(path) in (floors or FLOORS)]


def offenders(found: dict[Path, object]) -> str:
    return "\n".join(f"{path.relative_to(ROOT)}: {what}" for path, what in found.items() if what)


def test_imports_point_down():
    project = {*FLOORS, *NEVER_SHIPPED}
    wrong = {p: (list_tops(PROJECT[p]) & project) - ALLOWED[floor_of(p)] for p in shipped()}
    assert not offenders(wrong)


def test_only_what_people_see_knows_streamlit():
    wrong = {p: list_tops(PROJECT[p]) & {"streamlit"} for p in shipped("data", "analysis")}
    assert not offenders(wrong)


def test_the_dashboard_runs_without_what_only_a_large_build_needs():
    users = [p for p in shipped() if list_tops(PROJECT[p]) & {"dask", "distributed"}]
    assert users == [ROOT / "data/build_cluster.py"]
    asked = "data.build_cluster"
    importers = [p for p in shipped() if any(n.startswith(asked) for n in list_imports(PROJECT[p]))]
    assert importers == [ROOT / "data/build.py"]


def test_analysis_is_handed_its_tables_and_opens_no_file():
    wrong = {}
    for path in shipped("analysis"):
        calls = (node.func for node in ast.walk(PROJECT[path]) if isinstance(node, ast.Call))
        names = {getattr(func, "attr", getattr(func, "id", "")) for func in calls}
        loads = {n for n in list_imports(PROJECT[path]) if n.startswith("data.load")}
        wrong[path] = (names & READS_A_FILE) | loads
    assert not offenders(wrong)


def test_no_file_is_too_long_to_read():
    lengths = {p: len(p.read_text("utf-8").splitlines()) for p in list_files(".py", ".js", ".css")}
    assert not offenders({p: f"{n} lines" for p, n in lengths.items() if n > 400})


def test_no_function_is_too_long_to_read():
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    wrong = {}
    for path, tree in PROJECT.items():
        functions = (node for node in ast.walk(tree) if isinstance(node, kinds))
        lengths = {f.name: (f.end_lineno or 0) - f.lineno + 1 for f in functions}
        wrong[path] = {name: lines for name, lines in lengths.items() if lines > 50}
    assert not offenders(wrong)


def test_figures_and_days_are_written_alike_on_every_machine_and_in_every_browser():
    for path in list_files(".py", ".js"):
        if floor_of(path) in FLOORS:
            found = BY_COUNTRY.search(path.read_text(encoding="utf-8"))
            assert not found, f"{path.relative_to(ROOT)}: {found}"
