"""Digital Exclusion Risk Index 1.6 for LSOAs 2011.

Raw file: one row per LSOA, 0 (low risk) to 10 (high risk). Trap: it already contains the
Index of Multiple Deprivation, so the two must not be counted as separate evidence.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.sources.reading import LSOA_CODE, read_measures

FILE = "access_environment/digital_exclusion_risk_lsoa11.parquet"


def read(folder: Path) -> pd.DataFrame:
    """Return the risk score of each LSOA."""
    return read_measures(
        folder,
        FILE,
        area="lsoa11_code",
        measures={"deri_score_national": "digital_exclusion_score"},
        period="2011-23",
        pattern=LSOA_CODE,
        low=0,
        high=10,
    )
