"""Census 2021: who owns the home, for LSOAs.

Raw file: long, one row per area and category. Trap: each census table is perturbed, so totals
differ a little between tables.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.sources.reading import CENSUS_DAY, LSOA_CODE, read_long_counts

FILE = "demographics/census21_tenure_lsoa21.parquet"
MEASURES = {
    "Owned: Owns outright": "owned_outright",
    "Owned: Owns with a mortgage or loan": "owned_with_mortgage",
    "Shared ownership: Shared ownership": "shared_ownership",
    "Social rented: Rents from council or Local Authority": "rented_from_council",
    "Social rented: Other social rented": "other_social_rented",
    "Private rented: Private landlord or letting agency": "private_rented",
    "Private rented: Other private rented": "other_private_rented",
    "Lives rent free": "rent_free",
}


def read(folder: Path) -> pd.DataFrame:
    """Return households by tenure."""
    return read_long_counts(
        folder,
        FILE,
        area="lsoa21_code",
        category="tenure",
        count="n",
        total="total_households",
        total_name="households",
        measures=MEASURES,
        period=CENSUS_DAY,
        pattern=LSOA_CODE,
    )
