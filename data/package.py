"""The whole public data set as files: `python -m data.package [--to FOLDER]`, or `make package`.

A Frictionless data package and CSV on the Web over the same CSV files, one Parquet with every
value, and a GeoPackage of wards with their newest values. Where the dashboard's own folder is
used (the default), `/api/v1/files/…` serves them.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from data.catalogue import load_catalogue
from data.errors import DataError
from data.load import ROOT, load_boundaries, load_manifest, load_newest
from data.open_data import (
    AREA_FIELDS,
    INDICATOR_FIELDS,
    SOURCE_FIELDS,
    VALUE_FIELDS,
    load_area_table,
    make_indicator_table,
    make_source_table,
    make_value_table,
)
from data.terminal import print_utf8

PACKAGE = ROOT / "var" / "package"
FILES = ("values.parquet", "wards.gpkg", "data-package.zip")
Fields = Mapping[str, tuple[str, str]]
TITLE = "Needs of English wards"
LICENCE = {
    "name": "OGL-UK-3.0",
    "path": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    "title": "Open Government Licence v3.0, unless sources.csv names another for a source",
}


def _write_csv(table: pd.DataFrame, path: Path) -> None:
    table.to_csv(path, index=False, date_format="%Y-%m-%d", lineterminator="\r\n")


def _describe(name: str, words: str, fields: Fields, keys: Sequence[str]) -> dict[str, Any]:
    """A resource of the data package (Frictionless Table Schema)."""
    refers = {"area_code": "areas", "indicator_id": "indicators", "source_id": "sources"}
    foreign = [
        {"fields": field, "reference": {"resource": other, "fields": field}}
        for field, other in refers.items()
        if field in fields and other != name
    ]
    listed = [{"name": f, "type": kind, "description": text} for f, (kind, text) in fields.items()]
    schema = {"fields": listed, "primaryKey": list(keys), "foreignKeys": foreign,
              "missingValues": [""]}  # fmt: skip
    return {"name": name, "path": f"{name}.csv", "format": "csv", "mediatype": "text/csv",
            "encoding": "utf-8", "title": words, "schema": schema}  # fmt: skip


def _describe_for_web(resource: Mapping[str, Any]) -> dict[str, Any]:
    """The same as a table of CSV on the Web (W3C)."""
    schema = resource["schema"]
    columns = [
        {"name": field["name"], "titles": field["name"], "datatype": field["type"],
         "dc:description": field["description"]}
        for field in schema["fields"]
    ]  # fmt: skip
    return {"url": resource["path"], "dc:title": resource["title"],
            "tableSchema": {"columns": columns, "primaryKey": schema["primaryKey"]}}  # fmt: skip


def write_tables(folder: Path) -> list[dict[str, Any]]:
    """Write the CSV files and the Parquet.

    Returns:
        the descriptions of the CSV files.
    """
    resources = []
    for name, words, table, fields in (
        ("areas", "Areas", load_area_table(), AREA_FIELDS),
        ("indicators", "Catalogue of indicators", make_indicator_table(), INDICATOR_FIELDS),
        ("sources", "Sources and licences", make_source_table(), SOURCE_FIELDS),
    ):
        _write_csv(table, folder / f"{name}.csv")
        resources.append(_describe(name, words, fields, list(fields)[:1]))
    catalogue, parts = load_catalogue(), []
    for theme in catalogue.themes.values():
        ids = [indicator.id for indicator in catalogue.by_theme(theme.id)]
        if not ids:
            continue
        table = make_value_table(ids, periods=None)
        name = f"values-{theme.id.replace('_', '-')}"
        _write_csv(table, folder / f"{name}.csv")
        keys = ("indicator_id", "area_code", "period")
        resources.append(_describe(name, f"Values: {theme.name}", VALUE_FIELDS, keys))
        parts.append(table)
    texts = [name for name, (kind, _) in VALUE_FIELDS.items() if kind == "string"]
    whole = pd.concat(parts, ignore_index=True)
    whole.astype(dict.fromkeys(texts, "category")).to_parquet(
        folder / "values.parquet", compression="zstd", index=False
    )
    return resources


def write_wards(folder: Path) -> None:
    """Write the GeoPackage: wards as polygons, one column for the newest value of an indicator."""
    catalogue = load_catalogue()
    wards = load_boundaries("ward")
    areas = load_area_table().set_index("area_code")
    frame = wards[["area_code", "geometry"]].join(
        areas[["area_name", "district_code", "county_code", "region_code", "population"]],
        on="area_code",
    )
    newest = pd.DataFrame(
        {i: load_newest(i)["value"].reindex(wards["area_code"]) for i in catalogue.ward_indicators}
    )
    frame = frame.join(newest.reset_index(drop=True).set_index(frame.index))
    frame.to_file(
        folder / "wards.gpkg", driver="GPKG", layer="wards", promote_to_multi=True,
        dataset_metadata={"title": TITLE, "release": str(load_manifest()["tables_sha256"])[:12],
                          "licence": LICENCE["title"]},
    )  # fmt: skip


def write_package(folder: Path) -> None:
    """Write everything into a folder that is there."""
    resources = write_tables(folder)
    package = {
        "profile": "tabular-data-package",
        "name": "ward-needs",
        "title": TITLE,
        "version": str(load_manifest()["tables_sha256"])[:12],
        "licenses": [LICENCE],
        "sources": [
            {"title": f"{source.publisher}: {source.title}", "path": source.url}
            for source in load_catalogue().sources.values()
        ],
        "resources": resources,
    }
    for resource in resources:
        resource["profile"] = "tabular-data-resource"
    _write_json(package, folder / "datapackage.json")
    tables = [_describe_for_web(resource) for resource in resources]
    web = {"@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}], "dc:title": TITLE,
           "tables": tables}  # fmt: skip
    _write_json(web, folder / "csv-metadata.json")
    write_wards(folder)
    with zipfile.ZipFile(folder / "data-package.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted([*folder.glob("*.csv"), *folder.glob("*.json")]):
            archive.write(path, path.name)


def _write_json(content: Mapping[str, Any], path: Path) -> None:
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the package beside the folder, then put it in its place whole."""
    print_utf8()
    parser = argparse.ArgumentParser(prog="data.package", description="Write the public data set.")
    parser.add_argument("--to", type=Path, default=PACKAGE, help="a folder, made or replaced")
    folder: Path = parser.parse_args(arguments).to.resolve()
    if folder.exists() and any(folder.iterdir()) and not (folder / "datapackage.json").exists():
        sys.stderr.write(f"{folder} holds other files; name an empty or a new folder.\n")
        return 1
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".package-") as made:
            write_package(Path(made))
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(made, folder)
    except (DataError, OSError) as error:
        sys.stderr.write(f"The package could not be written: {error}\n")
        return 1
    sizes = {path.name: path.stat().st_size / 1e6 for path in sorted(folder.iterdir())}
    for name, size in sizes.items():
        sys.stdout.write(f"{size:8.1f} MB  {name}\n")
    sys.stdout.write(f"The public data set is in {folder}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
