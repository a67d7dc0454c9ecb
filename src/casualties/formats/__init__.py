"""Ledgers in files: read and written, one format a module."""

from casualties.formats._face import names, read

__all__ = ["names", "read"]
