"""YAML, the format that people write by hand: read with the place of every word, written the same for equal ledgers."""

from casualties.files.yaml.format import FORMAT, dumps, loads, read, write
from casualties.files.yaml.schema import schema

__all__ = ["FORMAT", "dumps", "loads", "read", "schema", "write"]
