"""Own figures for tests of disclosure control: wards of Devon with the totals they add up to."""

import numpy as np
import pandas as pd

from data.load import load_areas
from data.own.shapes import OwnIndicator, OwnTable
from data.own.tables import COLUMNS, compute_limits

AREAS = load_areas()
WARDS = AREAS[AREAS["area_type"] == "ward"]
# Three districts of Devon: groups inside a larger group.
DEVON = WARDS[WARDS["district_code"].isin(["E07000041", "E07000042", "E07000046"])]
DEVON = DEVON.groupby("district_code").head(4)
EXETER = WARDS[WARDS["district_code"] == "E07000041"]
COUNT = OwnIndicator("own_parcels", "Parcels", "", "count", 0, "no_judgement", source="x")
SHARE = OwnIndicator("own_share", "Share", "%", "percentage", 1, "no_judgement", source="x",
                     multiplier=100, has_counts=True)  # fmt: skip


def make_table(counts: dict[str, list[float]], entry=COUNT, under=None, wards=DEVON) -> OwnTable:
    """Wards with counts for each period, the districts and the county they add up to."""
    parts = []
    for period, numbers in counts.items():
        table = pd.DataFrame({"area_code": wards.index, "numerator": numbers})
        table["denominator"] = np.nan if under is None else under
        for parent in ("district_code", "county_code"):
            sums = table.groupby(wards[parent].to_numpy())[["numerator", "denominator"]].sum()
            if under is None:
                sums["denominator"] = np.nan
            table = pd.concat([table, sums.rename_axis("area_code").reset_index()])
            table = table.reset_index(drop=True)
            table = table.iloc[: len(table)]
            if parent == "district_code":
                districts = table.iloc[len(wards) :]
                table = table.iloc[: len(wards)]
        table = pd.concat([table, districts], ignore_index=True)
        parts.append(table.assign(period=period, period_start=pd.Timestamp("2024-01-01"),
                                  period_end=pd.Timestamp("2024-12-31")))  # fmt: skip
    values = pd.concat(parts, ignore_index=True)
    values["value"] = values["numerator"]
    if under is not None:
        values["value"] = 100 * values["numerator"] / values["denominator"]
    values["lower_ci"], values["upper_ci"] = compute_limits(values, entry)
    values = values.assign(indicator_id=entry.id, flag="", fit="native", fit_quality=1.0)
    return OwnTable(entry, "E10000008", values[list(COLUMNS)], tuple(counts))


def make_rows(entry: OwnIndicator, value, under, codes=tuple(EXETER.index[:4]), top=np.nan):
    """One period of figures as they came, without totals."""
    values = pd.DataFrame({"area_code": codes, "value": value, "numerator": top})
    values = values.assign(
        denominator=under, indicator_id=entry.id, period="2024", lower_ci=np.nan, upper_ci=np.nan,
        period_start=pd.Timestamp("2024-01-01"), period_end=pd.Timestamp("2024-12-31"),
        flag="", fit="native", fit_quality=1.0,
    )  # fmt: skip
    return OwnTable(entry, "E07000041", values[list(COLUMNS)], ("2024",))


def withheld(protected) -> list[int]:
    return [int(flag == "suppressed") for flag in protected.values["flag"]]
