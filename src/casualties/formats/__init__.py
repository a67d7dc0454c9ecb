"""Ledgers in files: read and written, one format a module, each with a table of what it keeps."""

from casualties.formats import (
    acled,
    bibtex,
    csl_json,
    csv,
    excel,
    hxl,
    json,
    parquet,
    prov,
    ucdp,
    wikidata,
    wikitext,
    yaml,
)
from casualties.formats._face import load, names, read, write
from casualties.formats._format import Format, LeftOut
from casualties.formats._kept import Grade, Kept, Part
from casualties.formats._limits import limits
from casualties.formats._schema import schema

__all__ = [
    "Format",
    "Grade",
    "Kept",
    "LeftOut",
    "Part",
    "acled",
    "bibtex",
    "csl_json",
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
    "wikitext",
    "write",
    "yaml",
]
