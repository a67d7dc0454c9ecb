"""Ledgers in files: read and written, one format a module."""

from casualties.formats import json, yaml
from casualties.formats._face import names, read
from casualties.formats._format import Format, LeftOut

__all__ = ["Format", "LeftOut", "json", "names", "read", "yaml"]
