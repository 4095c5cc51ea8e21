"""The list of sources and their ages, and what the command says to those who ask amiss."""

import csv
import datetime as dt
import io
import re

import pytest

from data import live, load, refresh
from data.catalogue import load_catalogue, load_whole_catalogue
from data.errors import TableError
from data.freshness import list_freshness, read_last_period
from data.live import transfer

TODAY = dt.date(2026, 11, 25)


@pytest.fixture(scope="module")
def rows():
    return {r["source"]: r for r in refresh.describe_sources(load_whole_catalogue(), TODAY)}


def test_every_source_says_how_old_it_is_and_how_to_update_it(rows):
    assert list(rows) == list(load_whole_catalogue().sources)
    for source_id, row in rows.items():
        assert row["address"].startswith("https://"), source_id
        assert row["how_to_update"].endswith("."), source_id
        assert row["next_release"], source_id
        held = source_id in load_catalogue().sources
        assert (row["last_period"] == refresh.NOT_HELD) is not held, source_id
        assert row["age"].endswith(" old") is held, source_id


def test_ages_are_counted_from_the_last_day_held(rows):
    claimants, credit = rows["claimant_count"], rows["universal_credit_households"]
    assert (claimants["last_period"], claimants["last_day"]) == ("2022", "2022-12-31")
    assert claimants["age"] == "3 years 10 months old"
    assert (credit["last_period"], credit["age"]) == ("November 2023", "2 years 11 months old")
    assert rows["census21_age"]["age"] == "5 years 8 months old"


def test_indicators_that_end_before_their_source_are_named(rows):
    assert "employment_rate_percent: 2023" in rows["local_labour_market"]["ends_earlier"]
    assert "claimant_count_district" not in rows["local_labour_market"]["ends_earlier"]
    assert rows["health_index"]["ends_earlier"] == (
        "life_expectancy_years: 2020; avoidable_deaths_rate: 2020"
    )
    assert rows["census21_age"]["ends_earlier"] == ""


def test_the_text_fits_a_hundred_columns_and_leaves_nothing_out(rows):
    text = refresh.make_text(list(rows.values()))
    assert max(map(len, text.splitlines())) <= 100
    said = re.sub(r"\s+", "", text)
    for row in rows.values():
        for key in set(row) - {"publisher", "last_day"}:
            assert re.sub(r"\s+", "", row[key]) in said, (row["source"], key)


def test_the_command_lists_as_text_and_as_csv(capsys):
    assert refresh.main(["--list"]) == 0
    assert capsys.readouterr().out.startswith("SOURCE ")
    assert refresh.main(["--list", "--format", "csv"]) == 0
    table = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["source"] for row in table] == list(load_whole_catalogue().sources)
    assert tuple(table[0]) == refresh.HEADINGS
    commands = {row["command"] for row in table} - {""}
    assert commands == {
        f"python -m data.refresh {source_id} --to FOLDER" for source_id in refresh.list_live()
    }


def test_every_optional_source_can_be_fetched_and_no_other():
    optional = [s.id for s in load_whole_catalogue().sources.values() if s.optional]
    assert list(refresh.list_live()) == optional
    assert live.__doc__
    for source_id in optional:
        module = __import__(f"data.live.{source_id}", fromlist=["FILE"])
        assert load_whole_catalogue().sources[source_id].files == (module.FILE,)


@pytest.mark.parametrize(
    ("source_id", "said"),
    [
        ("imd2025", "imd2025 cannot be fetched by this program. A new edition"),
        ("census_1801", "There is no source 'census_1801'; see: python -m data.refresh --list."),
    ],
)
def test_a_source_that_cannot_be_fetched_is_explained(tmp_path, capsys, source_id, said):
    assert refresh.main([source_id, "--to", str(tmp_path / "raw")]) == 1
    assert capsys.readouterr().err.startswith(f"Nothing was changed. {said}")
    assert not (tmp_path / "raw").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "say either --list or the name of one source"),
        (["--list", "life_expectancy"], "say either --list or the name of one source"),
        (["life_expectancy"], "say with --to which raw data folder"),
    ],
)
def test_a_call_that_means_nothing_is_explained(capsys, arguments, said):
    with pytest.raises(SystemExit) as stopped:
        refresh.main(arguments)
    assert stopped.value.code == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (OSError(28, "No space left on device"), 1, "Nothing was changed. [Errno 28] No space"),
        (KeyboardInterrupt(), 130, "Stopped. The same command goes on from there."),
    ],
)
def test_a_full_disk_and_an_interrupt_end_in_a_sentence(
    tmp_path, monkeypatch, capsys, error, code, said
):
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("data.live.life_expectancy.fetch", fail)
    assert refresh.main(["life_expectancy", "--to", str(tmp_path)]) == code
    assert capsys.readouterr().err.startswith(said)
    assert not list(tmp_path.iterdir())


def test_the_progress_bar_counts_what_was_there_already(tmp_path):
    download = transfer.Download(tmp_path, "life_expectancy", "a.csv", quiet=True)
    with download.bar(10, "B", 4) as bar:
        assert (bar.n, bar.total, bar.disable) == (4, 10, True)


def test_the_last_period_is_the_one_that_ends_last():
    assert read_last_period("universal_credit_households_percent").key == "2023-11"
    for source_id, found in list_freshness(load_catalogue()).items():
        assert found.source.id == source_id
        assert found.last is not None, source_id
        assert all(period.end < found.last.end for period in found.earlier.values()), source_id


def test_a_manifest_of_an_older_build_is_named(monkeypatch, capsys):
    monkeypatch.setattr("data.freshness.load_manifest", lambda: {"indicators": {}})
    with pytest.raises(TableError, match=r"manifest\.json: does not list its sources"):
        list_freshness(load_catalogue())
    assert refresh.main(["--list"]) == 1
    assert "run `make data`" in capsys.readouterr().err


def test_the_manifest_lists_every_source_that_was_built():
    manifest = load.load_manifest()
    assert set(manifest["sources"]) == set(load_catalogue().sources)
    absent = set(load_whole_catalogue().sources) - set(load_catalogue().sources)
    assert set(manifest["left_out"]) == absent
