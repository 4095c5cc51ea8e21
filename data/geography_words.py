"""Codes and kinds of area that every floor speaks of."""

ENGLAND = "E92000001"
AREA_TYPES = ("ward", "district", "county", "region", "country")
