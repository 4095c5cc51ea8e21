"""How to read the figures from other tools: addresses of this dashboard, ready to copy."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

import streamlit as st

from pages.shared.places import place_name


def show_use_elsewhere(indicator: str, area: str) -> None:
    """The addresses that Excel, Power BI, R and Python read, for what is selected here."""
    own = urlsplit(st.context.url or "http://127.0.0.1:8501")
    base = f"{own.scheme}://{own.netloc}/api/v1"
    asked = {"indicator": indicator, "within": area, "period": "all", "format": "csv"}
    st.markdown(
        "Other tools can read every open figure from this dashboard. Copy an address into Excel "
        "(Data, From Web), Power BI (Get data, Web), R or Python."
    )
    st.markdown(f"**The figures of the indicator chosen here, in {place_name(area)}**")
    st.code(f"{base}/values?{urlencode(asked)}", language=None, wrap_lines=True)
    st.markdown(
        "**All indicators with their definitions; all areas; the description for machines**"
    )
    addresses = (f"{base}/catalogue?format=csv", f"{base}/areas?format=csv", f"{base}/openapi.json")
    st.code("\n".join(addresses), language=None, wrap_lines=True)
    st.markdown(
        "A figure that is missing is empty there, never 0, and the column `flag` says why. What "
        "visitors or councils bring is never part of it. `docs/open-data.md` has examples for "
        "Excel, Power BI, R, Python and QGIS, and how to get everything as files."
    )
