"""Strategies and law checks for the tests of those who build on this library; needs Hypothesis."""

from casualties.errors import MissingExtraError

try:
    import hypothesis as _hypothesis  # noqa: F401 - only to say what to install where it is missing
except ImportError as _error:
    raise MissingExtraError("casualties.testing", "hypothesis", "test") from _error

from casualties.testing._figures import FIGURE_LAWS, check_figure_laws, figures
from casualties.testing._ledgers import (
    LEDGER_LAWS,
    check_ledger_laws,
    claims,
    dates,
    identifications,
    ledgers,
    reports,
    sources,
    subjects,
    terms,
    texts,
)
from casualties.testing._reconciliations import RECONCILIATION_LAWS, check_reconciliation_laws, said

__all__ = [
    "FIGURE_LAWS",
    "LEDGER_LAWS",
    "RECONCILIATION_LAWS",
    "check_figure_laws",
    "check_ledger_laws",
    "check_reconciliation_laws",
    "claims",
    "dates",
    "figures",
    "identifications",
    "ledgers",
    "reports",
    "said",
    "sources",
    "subjects",
    "terms",
    "texts",
]
