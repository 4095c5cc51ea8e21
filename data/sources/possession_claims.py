"""County-court possession claims by district and quarter."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.sources.covid_table import DISTRICTS, by_quarter, read_rows, to_measures
from data.sources.reading import as_native

FILE = "covid/possession_ltla_quarterly_2015_2023.parquet"
KINDS = ("accelerated_landlord", "mortgage", "private_landlord", "social_landlord")
ACTIONS = ("claims", "outright_orders", "repossessions", "suspended_orders", "warrants")
CLAIMS = {f"possession_{kind}_claims": kind for kind in KINDS}


def _quarters_of_each_district(rows: pd.DataFrame) -> pd.MultiIndex:
    """Return every quarter from a district's first recorded action of any kind to its last."""
    span = rows.groupby("area_code")["date"].agg(["min", "max"])
    pairs = [
        (code, f"{quarter.year}-Q{quarter.quarter}")
        for code, first, last in span.itertuples()
        for quarter in pd.period_range(first, last, freq="Q")
    ]
    return pd.MultiIndex.from_tuples(pairs, names=["area_code", "period"])


def read(folder: Path) -> pd.DataFrame:
    """Read `mortgage_claims` and `landlord_claims` (social, private and accelerated).

    The source lists actions that happened and no zeros. A quarter without a claim is
    therefore 0 as long as the district existed, that is from the first quarter in which
    the file records any action there to the last.
    """
    indicators = [f"possession_{kind}_{action}" for kind in KINDS for action in ACTIONS]
    rows = read_rows(folder, FILE, indicators, by_quarter, areas=DISTRICTS)
    claims = to_measures(rows[rows["indicator"].isin(list(CLAIMS))], CLAIMS)
    claims = claims.set_index(["area_code", "period"])
    claims = claims.reindex(_quarters_of_each_district(rows)).fillna(0)
    landlord = claims[[kind for kind in KINDS if kind.endswith("landlord")]].sum(axis=1)
    table = pd.DataFrame({"mortgage_claims": claims["mortgage"], "landlord_claims": landlord})
    return as_native(table.reset_index(), "area_code")
