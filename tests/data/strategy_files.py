"""A small good strategy, written file by file, that tests spoil in one place at a time."""

from pathlib import Path

MAIN = """\
title = "A strategy"
kind = "council"
council = "Mid Devon"
areas = [
  "E07000042",
  "E07000041",
]
first_year = 2024
last_year = 2026
tied_by = "council"

[vision]
words = \"\"\"
A good
life.
[[not_a_table]]
\"\"\"
status = "published"
source = "main"

[[principle]]
words = "Be fair."
status = "summary"
source = "main"

[[theme]]
id = "together"
name = "Together"
status = "published"
source = "main"
[theme.pen_picture]
file = "together.md"
status = "published"
source = "main"

[[objective]]
id = "health"
words = "Better health"
status = "published"
source = "main"
action_areas = ["lives", "work"]

[[note]]
words = "A note."
status = "working"

[source.main]
title = "The paper"
publisher = "Mid Devon"
address = "https://www.example.gov.uk"

[source.memory]
title = "What people remember"
publisher = "Nobody"
"""

AREAS = """\
[[action_area]]
id = "lives"
heading = "Healthy lives"
status = "published"
source = "main"
source_words = "we want healthy lives for all"
description = "People are well."
description_status = "working"

[[action_area.indicator]]
id = "mental_health_score"
weight = 2
reason = "Minds count."

[[action_area.indicator]]
id = "disabled_percent"
weight = 0.5
direction = "high"
reason = "Disabled people need more support."

[[action_area]]
id = "work"
heading = "Good work"
status = "working"
description = "People have work."
description_status = "working"

[[action_area.indicator]]
id = "household_income_mean"
weight = 1
reason = "Pay counts."
"""

ACTIONS = """\
[[action]]
id = "walk"
title = "Walk more"
kind = "action"
status = "published"
source = "main"
action_areas = ["lives"]
"""

FILES = {
    "strategy.toml": MAIN,
    "action_areas.toml": AREAS,
    "actions.toml": ACTIONS,
    "pen_pictures/together.md": "Anna and Ben plan a street party.\n",
}


def write_files(folder: Path, files: dict[str, str | None]) -> Path:
    """Write the good files with changes on top; a file that is None is left out."""
    for name, text in {**FILES, **files}.items():
        if text is not None:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return folder


def spoil(file: str, old: str, new: str) -> dict[str, str | None]:
    """The change of one file at the first place where `old` stands; "*" is the whole file."""
    whole = FILES[file]
    old, new = old.replace("*", whole), new.replace("*", whole)
    assert old in whole, old
    return {file: whole.replace(old, new, 1)}


def line_of(file: str, words: str, changes: dict[str, str | None] | None = None) -> int:
    """The line on which words stand first, counted from 1; "…" in front: last."""
    text = {**FILES, **(changes or {})}[file] or ""
    last = words.startswith("…")
    place = text.rindex(words[1:]) if last else text.index(words)
    return text[:place].count("\n") + 1
