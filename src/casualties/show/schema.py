"""The one schema of frames: what each column holds, and which columns each frame has.

A name means one thing and has one type wherever it stands, so that frames can be joined.  The types are *text*, *count*
of people, in which an absent ceiling is ``inf`` and no figure is ``NaN``, *number* of things, which is never missing,
and *flag*.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from casualties.model.subject import FACETS

__all__ = [
    "ATTRIBUTION",
    "CLAIM_COLUMNS",
    "FACET_COLUMNS",
    "FINDINGS",
    "FINDING_COLUMNS",
    "PANDAS",
    "POSITION_COLUMNS",
    "SUPPORT",
    "Role",
]

FACET_COLUMNS: Final = ("harm", *FACETS, "with", "without", "since")
"""The facets that tell the subjects of findings apart."""

_FACETS: Final = tuple("victim_status" if name == "status" else name for name in FACET_COLUMNS)
_RANGES: Final = tuple(
    f"{name}_{end}" for name in ("common", "undisputed", "borne_out", "span") for end in ("low", "high")
)
_COUNTS: Final = (*_RANGES, "gap", "low", "high", "best")
_FLAGS: Final = ("assumed_day", "denies", "divided", "revised_down")
_NUMBERS: Final = (
    *("finding", "number", "citation", "support_ranges", "support_sources", "independent_sources", "claim_count"),
    *("set_aside_count", "disputes", "near", "overtaken", "estimates", "outside", "denials", "silences"),
)

PANDAS: Final[Mapping[str, str]] = MappingProxyType(
    {"text": "string[python]", "count": "float64", "number": "int64", "flag": "bool"}
)
"""The type in pandas of each type of the schema."""


def _columns(*names: str) -> Mapping[str, str]:
    """Give the type of each column."""
    types = {"count": _COUNTS, "flag": _FLAGS, "number": _NUMBERS}
    return MappingProxyType(
        {name: next((kind for kind, having in types.items() if name in having), "text") for name in names}
    )


FINDINGS: Final = _columns(
    "finding",
    *_FACETS,
    "until",
    "status",
    *_RANGES,
    *("support_ranges", "support_sources", "independent_sources", "disputes", "gap", "near", "overtaken", "estimates"),
    *("outside", "denials", "silences", "divided", "revised_down", "confidence", "confidence_for", "claim_count"),
    "set_aside_count",
)
"""Columns and types of findings as the rules give them, before a word is told: one row a finding.

``finding`` numbers them from 1, in the order in which subjects are listed.  Where no figure follows both ends are
missing.  ``support_ranges`` counts the ranges that the most allow, and ``support_sources`` those who do.
``undisputed`` is the narrowest range that excludes nobody but outliers, ``borne_out`` the narrowest of which two bear
out each end, and ``confidence`` that in the figure ``confidence_for``.  ``gap`` is the widest gap of a dispute; pairs
that nearly agree and early counts that are overtaken are counted beside.  ``divided`` tells whether versions of a
figure differ; ``claim_count`` and ``set_aside_count`` count claims.
"""

FINDING_COLUMNS: Final = _columns(
    *("finding", "subject", *_FACETS, "until", "status", *_RANGES, "support"),
    *("support_ranges", "support_sources", "independent_sources", "disputes", "gap", "near", "overtaken", "estimates"),
    *("outside", "denials", "silences", "divided", "revised_down", "flags", "confidence", "confidence_for"),
    *("claims", "claim_count", "set_aside", "set_aside_count", "same_events", "locator"),
)
"""Columns and types of `findings_frame`: those of `FINDINGS`, and what takes words or the identities of claims.

``subject`` names the people in words, ``support`` the ranges that the most allow, ``flags`` what positions show.
``claims`` and ``set_aside`` name claims.  ``same_events`` names the events that identifications join, where they join
any.  ``locator`` names the rows or places in which its claims were read.
"""

SUPPORT: Final = _columns("finding", "low", "high")
"""Columns and types of the best-supported ranges: one row a finding and range."""

ATTRIBUTION: Final = _columns("finding", "claim", "role")
"""Columns and types of the attribution: one row a finding, claim and role that the claim has in it.

Every claim has exactly one of the roles that are fates, and may have others of `Role`.
"""

_SUBJECT: Final = ("subject", *_FACETS, "until")
_SOURCE: Final = ("source", "source_name", "source_kinds", "source_side")
_FIGURE: Final = ("low", "high", "best", "assumed")

POSITION_COLUMNS: Final = _columns(
    *(*_SUBJECT, "assumed_day", "stated", *_SOURCE, "interest", *_FIGURE),
    *("denies", "flags", "claims", "versions", "replaced", "locator"),
)
"""Columns and types of `positions_frame`: one row a position.

``until`` is the last day that the position counts, ``assumed_day`` whether it was taken from when it was said, and
``stated`` when its claims were stated.  A denial that it happened has 0 at both ends and ``denies``.
"""

CLAIM_COLUMNS: Final = _columns(
    *("claim", "number", "fate", *_SUBJECT, "day", "assumed_day", *_SOURCE, "stance", "silence", "aspect", "target"),
    *("figure", *_FIGURE, "modality", "method", "interval", "level", "stated", "replaces", "our_reading", "alleged"),
    *("all", "only", "present", "notes", "citation", "words", "relays", "locator"),
    *("report", "publisher", "title", "address", "published", "retrieved"),
)
"""Columns and types of `claims_frame`: one row a claim and citation.

``number`` is the claim's in the table and ``citation`` counts its citations from 1; it is 0 in the one row of a claim
that has none.  ``figure`` is what the claim states in words; ``low`` and ``high`` are the figure as the reconciliation
reads it, and missing for an estimate, which is no count.
"""


class Role(StrEnum):
    """What a claim does in a finding, besides its fate.

    Examples:
        >>> Role("disputes").value
        'disputes'
    """

    COMMON_LOW = "sets the floor of the common range"
    """It sets the lower end of what all independent sources allow. Example: *at least two*, in 2–25."""
    COMMON_HIGH = "sets the ceiling of the common range"
    """It sets the upper end of what all independent sources allow. Example: *as many as 25*, in 2–25."""
    UNDISPUTED_LOW = "sets the floor of the undisputed range"
    """It sets the lower end of what no source excludes. Example: 24 in 24–471."""
    UNDISPUTED_HIGH = "sets the ceiling of the undisputed range"
    """It sets the upper end of what no source excludes. Example: 471 in 24–471."""
    SPAN_LOW = "sets the floor of the span"
    """It sets the lower end of the smallest range around all. Example: 10 in 10–471."""
    SPAN_HIGH = "sets the ceiling of the span"
    """It sets the upper end of the smallest range around all. Example: 471 in 10–471."""
    SUPPORTS = "supports a best-supported range"
    """Its figure holds a range that the most independent sources allow. Example: a hospital's 42, where most allow 42.
    """
    DISPUTES = "disputes"
    """It belongs to a pair of which both cannot be right. Example: 471, beside 10 to 50."""
