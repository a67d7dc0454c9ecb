"""Ledgers in files: read and written, one format a module, each with a table of what it keeps."""

from casualties.files import (
    acled,
    bibliography,
    csv,
    excel,
    hxl,
    json,
    parquet,
    prov,
    ucdp,
    wikidata,
    wikipedia,
    yaml,
)
from casualties.files._limits_page import limits
from casualties.files.loss import Fidelity, Format, Grade, LeftOut, Part
from casualties.files.registry import load, names, read, write
from casualties.files.yaml.schema import schema

__all__ = [
    "Fidelity",
    "Format",
    "Grade",
    "LeftOut",
    "Part",
    "acled",
    "bibliography",
    "csv",
    "excel",
    "hxl",
    "json",
    "limits",
    "load",
    "names",
    "parquet",
    "prov",
    "read",
    "schema",
    "ucdp",
    "wikidata",
    "wikipedia",
    "write",
    "yaml",
]
