"""The documents: links lead somewhere, lists are whole, what can be counted is right."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.catalogue import load_catalogue

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
RECORDS = sorted((DOCS / "decisions").glob("[0-9]*.md"))
# `.ci`, `.venv` and the like hold no documents of the project; mutants/ holds copies of them.
DOCUMENTS = sorted(
    path
    for path in ROOT.rglob("*.md")
    if not any(part.startswith((".", "build", "mutants")) for part in path.relative_to(ROOT).parts)
)
LINK = re.compile(
    r"!?\[[^\]]*\]\(([^)\s]+)\)|<(?:img|source|a)\b[^>]*?(?:src|srcset|href)=\"([^\"]+)\""
)
QUOTED = re.compile(
    r"`((?:docs|data|analysis|pages|host|scripts|tests|benchmarks|deploy)/[\w./-]+)`"
)
HEADINGS = ["Context", "Decision", "Consequences", "How to check"]


def shown(path: Path) -> str:
    """The text of a document without its blocks of code."""
    return re.sub(r"^( *)```.*?^\1```", "", path.read_text(encoding="utf-8"), flags=re.S | re.M)


def anchors(path: Path) -> set[str]:
    """Where links into a document may lead, as GitHub and GitLab name its headings."""
    headings = re.findall(r"^#+ +(.+)$", shown(path), flags=re.M)
    plain = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings)
    return {heading.strip().replace(" ", "-") for heading in plain}


def list_broken(path: Path) -> list[str]:
    broken = []
    for found in LINK.finditer(shown(path)):
        address = found[1] or found[2]
        if re.match(r"[a-z]+:", address):
            continue
        file, _, anchor = address.partition("#")
        target = (path.parent / file).resolve() if file else path
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(address)
    return broken


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_and_pictures_lead_somewhere(path):
    assert list_broken(path) == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_that_are_named_are_there(path):
    # The changelog tells of what was; the recipes name what their reader will make.
    named = [] if path.name == "CHANGELOG.md" else QUOTED.findall(shown(path))
    made = {
        "data/strategies/mid-devon/",
        "data/strategies/mid-devon",
        "pages/explore/highest_wards.py",
    }
    assert [name for name in named if name not in made and not is_there(name)] == []


def is_there(name: str) -> bool:
    """Whether a file is there, or the module of a function written `analysis/module.function`."""
    return (ROOT / name).exists() or (ROOT / name).with_suffix(".py").exists()


def linked_from(index: Path) -> set[Path]:
    addresses = (found[1] or found[2] for found in LINK.finditer(shown(index)))
    return {(index.parent / address.partition("#")[0]).resolve() for address in addresses}


def test_the_index_lists_every_document():
    pages = {path for path in DOCS.rglob("*.md") if path.name != "README.md"} - set(RECORDS)
    missing = pages | {DOCS / "decisions/README.md"}
    assert missing - linked_from(DOCS / "README.md") == set()


def test_every_picture_is_shown_somewhere():
    pictures = {path for path in DOCS.rglob("*") if path.suffix in (".png", ".webp", ".svg")}
    assert pictures - set().union(*map(linked_from, DOCUMENTS)) == set()


def test_decision_records_are_numbered_without_gaps_and_listed():
    assert [path.name[:4] for path in RECORDS] == [f"{n:04}" for n in range(1, len(RECORDS) + 1)]
    assert set(RECORDS) - linked_from(DOCS / "decisions/README.md") == set()


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_a_decision_record_has_its_four_parts_and_fits_half_a_page(path):
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"^## (.+)$", text, flags=re.M) == HEADINGS
    assert re.match(r"# \S.*\n\n(Accepted|Replaced by \[\d{4}\]\(.*\)), \d+ \w+ \d{4}\.\n", text)
    assert len(text.split()) <= 320
    assert all(part.strip() for part in re.split(r"^## .+$", text, flags=re.M))


def test_readme_counts_the_indicators_of_today():
    (count,) = re.findall(r"(\d+) indicators for all", (ROOT / "README.md").read_text("utf-8"))
    assert int(count) == len(load_catalogue().ward_indicators)


def test_every_target_of_make_for_people_is_in_the_table_of_readme():
    targets = re.findall(r"^([a-z0-9-]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), flags=re.M)
    table = (ROOT / "README.md").read_text("utf-8").partition("## Commands")[2]
    named = set(re.findall(r"`make ([a-z0-9-]+)", table.partition("\n## ")[0]))
    assert named <= set(targets)
    # What only whoever changes the project needs stands in `make help`.
    assert set(targets) - named <= {"help", "browser-tests", "fuzz", "fix", "pins", "clean"}


def test_the_page_in_contributing_works_as_it_stands(tmp_path):
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (block,) = re.findall(
        r'^   ```python\n(   """Highest wards:.*?)^   ```', text, flags=re.S | re.M
    )
    file = tmp_path / "highest_wards.py"
    file.write_text(re.sub(r"^   ", "", block, flags=re.M), encoding="utf-8")
    app = AppTest.from_file(str(file), default_timeout=60)
    app.query_params["count"] = "7"
    app.run()
    assert not app.exception
    assert not app.error
    assert "asks for 7 wards; here it can be 3, 5, 10" in app.warning[0].value
    assert app.header[0].value == "The 5 highest"
    app.selectbox(key="pick_count").set_value("3").run()
    assert app.header[0].value == "The 3 highest"
    assert app.query_params["count"] in ("3", ["3"])
