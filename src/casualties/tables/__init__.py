"""Tables as claims: spreadsheets, exports and feeds, read by a mapping from columns to claims.

A mapping is data.  ``read_table(path, "ucdp-ged")`` reads a file by a mapping that ships with the library;
`presets` lists those.
"""

from casualties.tables._mapping import ClaimColumns, Promise, TableMapping
from casualties.tables._presets import known_mapping, presets
from casualties.tables._promises import Broken
from casualties.tables._reader import read_table
from casualties.tables._reading import Counts, Quarantined, TableReading
from casualties.tables._slots import ReportColumns, Slot, TermColumns

__all__ = [
    "Broken",
    "ClaimColumns",
    "Counts",
    "Promise",
    "Quarantined",
    "ReportColumns",
    "Slot",
    "TableMapping",
    "TableReading",
    "TermColumns",
    "known_mapping",
    "presets",
    "read_table",
]
