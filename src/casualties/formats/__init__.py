"""Ledgers in files: read and written, one format a module, each with a table of what it keeps."""

from casualties.formats import csv, json, yaml
from casualties.formats._face import names, read, write
from casualties.formats._format import Format, LeftOut
from casualties.formats._schema import schema

__all__ = ["Format", "LeftOut", "csv", "json", "names", "read", "schema", "write", "yaml"]
