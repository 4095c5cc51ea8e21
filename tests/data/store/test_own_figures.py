"""Figures kept for a council: protected only, told of in the audit list, gone when removed."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import sqlalchemy as sa

from data.errors import DataError
from data.own.shapes import OwnIndicator
from data.own.shelf import make_private
from data.own.shown import OwnFigure
from data.own.tables import COLUMNS
from data.store import own_figures as kept
from data.store.audit import load_audit
from data.store.engine import close_store, open_store, writing
from data.store.own_figures import (
    ADDED,
    REMOVED,
    Stamp,
    keep_figure,
    load_figures,
    load_stamp,
    own_figures,
    remove_figure,
)

AREA, WARDS = "E07000011", ("E05011266", "E05011267")
MARK = "parcels-of-the-secret-hub"
nan = float("nan")


def make_figure(name="Food parcels", shared=False) -> OwnFigure:
    entry = make_private(
        OwnIndicator("own_parcels", name, "", "count", 0, "low_is_good", source=MARK,
                     licence="inside the council", shared=shared)
    )  # fmt: skip
    start, end = pd.Timestamp("2024-01-01"), pd.Timestamp("2024-12-31")
    rows = [(entry.id, WARDS[0], "2024", start, end, 12.0, 12.0, nan, nan, nan, "", "native", 1.0),
            (entry.id, WARDS[1], "2024", start, end, nan, nan, nan, nan, nan, "suppressed",
             "native", 1.0)]  # fmt: skip
    values = pd.DataFrame(rows, columns=list(COLUMNS))
    return OwnFigure(entry, AREA, ("2024",), values, ("One is withheld.",), hidden=1)


def keep(url: str, figure: OwnFigure, who="analyst@council.example"):
    engine = open_store(url)
    keep_figure(engine, figure, who, {"threshold": 5})
    return engine


def test_a_kept_figure_comes_back_as_it_was_shown(store_url):
    figure = make_figure()
    keep(store_url, figure)
    close_store(store_url)
    found = load_figures(open_store(store_url))[figure.id]
    pd.testing.assert_frame_equal(found.values, figure.values, check_dtype=False)
    assert np.isnan(found.values.loc[1, "value"])
    assert found.values.loc[1, "flag"] == "suppressed"
    assert (found.written, found.periods, found.hidden) == (figure.written, figure.periods, 1)
    assert found.kept
    assert "kept for Huntingdonshire by analyst@council.example" in found.entry.source
    assert "not published data" in found.entry.source


def test_keeping_and_removing_stand_in_the_audit_list(store_url):
    figure = make_figure()
    engine = keep(store_url, figure)
    before = load_stamp(engine)
    assert remove_figure(engine, figure.id, "lead@council.example")
    assert load_stamp(engine) == Stamp() != before
    assert load_figures(engine) == {}
    log = load_audit(engine, AREA)
    assert list(zip(log["who"], log["what"], log["subject"], strict=True)) == [
        ("lead@council.example", REMOVED, "Food parcels"),
        ("analyst@council.example", ADDED, "Food parcels"),
    ]
    assert not remove_figure(engine, figure.id, "lead@council.example")
    assert len(load_audit(engine, AREA)) == 2


def test_after_removing_the_files_of_the_database_hold_nothing_of_it(tmp_path):
    path = tmp_path / "store.sqlite3"
    figure = make_figure()
    engine = keep(f"sqlite:///{path}", figure)

    def held() -> bool:
        files = [path, path.with_name(path.name + "-wal")]
        return any(MARK.encode() in f.read_bytes() for f in files if f.exists())

    assert held()
    remove_figure(engine, figure.id, "lead")
    assert not held()


def test_a_figure_without_a_source_is_not_kept_and_nothing_is_half_written(store_url):
    figure = make_figure()
    broken = replace(figure, written=replace(figure.written, source=" "))
    with pytest.raises(DataError, match="source"):
        keep(store_url, broken)
    engine = open_store(store_url)
    assert load_stamp(engine) == Stamp()
    assert load_audit(engine, AREA).empty


@pytest.mark.parametrize(
    ("limit", "said"),
    [("MOST_BYTES", "too many rows to be kept. Leave out"), ("MOST_FIGURES", "1 figures are kept")],
)
def test_more_than_the_store_takes_is_refused_and_what_is_kept_stays(
    store_url, monkeypatch, limit, said
):
    first = make_figure("First")
    engine = keep(store_url, first)
    monkeypatch.setattr(kept, limit, 1)
    with pytest.raises(DataError, match=said):
        keep(store_url, make_figure("Second"))
    assert set(load_figures(engine)) == {first.id}
    assert len(load_audit(engine, AREA)) == 1


@pytest.mark.parametrize(
    "change",
    [{"figures": b"no parquet"}, {"dictionary": "{}"}, {"figures": b"other columns"}],
)
def test_a_damaged_row_takes_only_itself_down(store_url, change):
    if change.get("figures") == b"other columns":
        stream = io.BytesIO()
        pd.DataFrame({"value": [1.0]}).to_parquet(stream)
        change = {"figures": stream.getvalue()}
    bad, good = make_figure("Bad"), make_figure("Good")
    keep(store_url, bad)
    engine = keep(store_url, good)
    with writing(engine) as connection:
        connection.execute(
            sa.update(own_figures).where(own_figures.c.id == bad.id).values(**change)
        )
    assert set(load_figures(engine)) == {good.id}
