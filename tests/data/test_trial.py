"""One indicator tried by itself: what is said of it, and what is refused."""

import numpy as np
import pandas as pd
import pytest
import tiny_world as tiny

from data import build, build_steps, compute
from data.geography_words import ENGLAND
from data.trial import describe_trial

TABLE = tiny.native_table(tiny.LSOAS, some=[10, 60, 20, 8, 500], all=[100, 300, 200, 400, 1000])


@pytest.fixture
def attempt(tmp_path, monkeypatch, capsys):
    """Try an indicator of the tiny world from the command line; returns code, out and err."""
    raw = tiny.write_world(tmp_path / "raw")
    monkeypatch.setattr(compute, "read_source", lambda *_: TABLE)

    def run(name="tested_percent", source=None, **changes):
        source = source or tiny.make_source("counts")
        bench = tiny.make_bench(raw, [source], tiny.make_indicator(**changes))
        for module in (build, build_steps):
            monkeypatch.setattr(module, "load_whole_catalogue", lambda: bench.catalogue)
        monkeypatch.setattr(build_steps, "values_schema", lambda _: None)
        monkeypatch.setattr(build_steps, "check_table", lambda table, *_: table)
        code = build.main(["--source", str(raw), "--root", str(tmp_path), "--try", name])
        return code, *capsys.readouterr()

    return run


def test_the_figures_are_shown_and_nothing_is_written(attempt, tmp_path):
    code, out, _ = attempt(interval="wilson")
    assert code == 0
    assert "tested_percent: People tested (%); 2021" in out
    assert "England: 29.9; 598 of 2,000; 95 % interval " in out
    assert "4 of 5 wards have a figure\n  1 are not_available" in out
    assert "lowest: Mill (Barton): 2.0; 8 of 400" in out
    assert "highest: Quay (Coton): 50.0; 500 of 1,000" in out
    assert "Nothing was written." in out
    assert [path.name for path in tmp_path.iterdir()] == ["raw"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"name": "tested_percentage"}, "did you mean 'tested_percent'?"),
        ({"numerator": ("sum",)}, "[tested_percent]: source counts has no measure 'sum'; it has: "),
        (
            {"source": tiny.make_source("counts", optional=True)},
            "needs the source counts, whose file a.csv is not in the raw folder",
        ),
    ],
)
def test_what_cannot_be_tried_is_said_with_the_cure(attempt, asked, said):
    code, out, err = attempt(**asked)
    assert (code, out) == (1, "")
    assert said in err


def test_a_missing_figure_is_said_to_be_missing_and_why():
    areas = pd.DataFrame(
        {"area_code": [ENGLAND], "area_name": ["England"], "area_type": ["country"],
         "district_code": [None]}
    )  # fmt: skip
    day = pd.Timestamp("2021-12-31")
    values = pd.DataFrame(
        {"area_code": [ENGLAND], "period": ["2021"], "period_start": [day], "period_end": [day],
         "value": [np.nan], "numerator": [np.nan], "denominator": [np.nan], "lower_ci": [np.nan],
         "upper_ci": [np.nan], "flag": ["suppressed"], "fit": ["native"]}
    )  # fmt: skip
    said = describe_trial(tiny.make_indicator(), values, areas)
    assert "  England: no figure (suppressed)" in said
