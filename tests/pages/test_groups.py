"""Groups of wards: what a link carries, what is refused, what is shown."""

from __future__ import annotations

import pytest

from data.catalogue import load_catalogue
from data.names import clean_name
from pages.shared.group_figures import load_group_values, make_group_table, members_words
from pages.shared.group_panel import plain
from pages.shared.groups import (
    MOST_CODES,
    MOST_GROUPS,
    Group,
    groups_text,
    parse_groups,
)

KIMBOLTON, RAMSEY, HUNTINGDONSHIRE = "E05011267", "E05011268", "E07000011"


def test_a_link_brings_the_same_groups_back() -> None:
    groups = (
        Group("Fens & villages: north; 50 % <b>", (KIMBOLTON, RAMSEY)),
        Group("Zwölf, Wörter", (HUNTINGDONSHIRE,)),
    )
    assert parse_groups(groups_text(groups)) == (groups, [])
    assert parse_groups("") == ((), [])


def test_a_council_stands_for_its_wards_and_each_ward_counts_once() -> None:
    group = Group("All", (KIMBOLTON, HUNTINGDONSHIRE))
    assert len(group.wards) == 26
    assert group.wards.index[0] == KIMBOLTON
    assert group.wards.at[KIMBOLTON, "name"] == "Kimbolton, Huntingdonshire"


def test_unknown_codes_are_named_and_left_out() -> None:
    groups, problems = parse_groups(f"Mine:{KIMBOLTON},E05999999,<script>")
    assert groups == (Group("Mine", (KIMBOLTON,)),)
    assert len(problems) == 1
    assert "E05999999" in problems[0]
    assert "<script>" in problems[0]


@pytest.mark.parametrize(
    "text", ["Mine:", f":{KIMBOLTON}", "Mine", "Mine:E05999999", ";;:,", "%00:E05011267"]
)
def test_groups_without_a_name_or_ward_are_left_out(text: str) -> None:
    groups, problems = parse_groups(text)
    assert groups == ()
    assert problems or not text.strip(";:,")


def test_too_many_groups_and_too_many_codes_are_said() -> None:
    groups, problems = parse_groups(";".join(f"G{n}:{KIMBOLTON}" for n in range(MOST_GROUPS + 2)))
    assert len(groups) == MOST_GROUPS
    assert len(problems) == 2
    groups, problems = parse_groups("Big:" + ",".join(f"E05{n:06}" for n in range(MOST_CODES + 5)))
    assert groups == ()
    assert any(f"over {MOST_CODES}" in problem for problem in problems)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  two   words\n", "two words"),
        ("=HYPERLINK(1)", "HYPERLINK(1)"),
        ("-@+x", "x"),
        ("a\u0000b\u202ec", "a b c"),
        ("x" * 99, "x" * 60),
        ("<b>", "<b>"),
        ("\u200b", ""),
    ],
)
def test_names_are_plain_text(typed: str, kept: str) -> None:
    assert clean_name(typed) == kept


def test_names_are_not_read_as_markdown() -> None:
    assert plain("*a* :red[b]") == r"\*a\* \:red\[b\]"


def test_members_without_a_figure_are_named() -> None:
    found = load_group_values(Group("West", ("E05014804", "E05014802")), "broadband_score")
    assert found.flag == "estimated"
    assert members_words(found) == "1 of 2 wards has no figure: Cullompton Vale"


def test_the_table_of_a_group_is_the_council_s_for_all_its_wards() -> None:
    table = make_group_table(Group("All", (HUNTINGDONSHIRE,)), (HUNTINGDONSHIRE, "Huntingdonshire"))
    assert len(table) == len(load_catalogue().ward_indicators)
    assert (table["Value"] - table["Huntingdonshire"]).abs().max() < 1e-9
    assert (table["Note"] == "").mean() > 0.9
