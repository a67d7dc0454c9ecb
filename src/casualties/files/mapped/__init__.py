"""Tables as claims: spreadsheets, exports and feeds, read by a mapping from columns to claims.

A mapping is data.  ``read_table(path, "ucdp-ged")`` reads a file by a mapping that ships with the library;
`presets` lists those.
"""

from casualties.files.mapped._columns import Check, ClaimColumns
from casualties.files.mapped._preset_names import known_mapping, presets
from casualties.files.mapped._propose import propose
from casualties.files.mapped._proposed import ProposedMapping
from casualties.files.mapped._slots import EventColumns, ReportColumns, Slot, TermColumns
from casualties.files.mapped.checks import FailedCheck
from casualties.files.mapped.events import Event, EventList, events
from casualties.files.mapped.mapping import TableMapping
from casualties.files.mapped.read import read_table
from casualties.files.mapped.reading import Counts, QuarantineCause, QuarantinedCell, TableReading

__all__ = [
    "Check",
    "ClaimColumns",
    "Counts",
    "Event",
    "EventColumns",
    "EventList",
    "FailedCheck",
    "ProposedMapping",
    "QuarantineCause",
    "QuarantinedCell",
    "ReportColumns",
    "Slot",
    "TableMapping",
    "TableReading",
    "TermColumns",
    "events",
    "known_mapping",
    "presets",
    "propose",
    "read_table",
]
