"""The ready-made questions: every one can be read, a mistake in the file is named."""

import pytest

from analysis.conditions import MATCHES, parse_conditions, print_conditions
from data.catalogue import METADATA, load_catalogue
from data.errors import CatalogueError
from data.examples import load_examples, read_examples


def test_every_example_is_made_of_known_conditions():
    catalogue = load_catalogue()
    known = {i: catalogue.indicators[i] for i in catalogue.ward_indicators}
    examples = load_examples()
    assert 2 <= len(examples) == len({example.title for example in examples})
    for example in examples:
        conditions, problems = parse_conditions(example.conditions, known)
        assert not problems
        assert print_conditions(conditions) == example.conditions
        assert example.match in MATCHES


@pytest.mark.parametrize(
    ("old", "new"),
    [("title", "name"), ("[[example]]", "[[question]]"), ('match = "all"', "match =")],
)
def test_a_mistake_in_the_examples_is_named(tmp_path, old, new):
    text = (METADATA / "wards_where.toml").read_text(encoding="utf-8")
    path = tmp_path / "wards_where.toml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"wards_where\.toml: cannot be read"):
        read_examples(path)
