"""The data routes: the public data set as JSON and CSV, for Power BI, Excel, R and Python."""

from host.api.routes import list_routes

__all__ = ["list_routes"]
