"""The published columns of tables of claims, and of the tables that reconciling them gives."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from casualties.model.subject import FACETS

__all__ = ["ATTRIBUTION", "CLAIMS", "FACET_COLUMNS", "FINDINGS", "RESOLVED", "SUPPORT", "Role"]

_TEXT, _COUNT, _NUMBER, _FLAG = "text", "count", "number", "flag"
FACET_COLUMNS: Final = ("harm", *FACETS, "with", "without", "since")
"""The columns that tell the subjects of findings apart."""

CLAIMS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "claim_id": _TEXT,
        "source": _TEXT,
        "source_name": _TEXT,
        "source_kind": _TEXT,
        "source_side": _TEXT,
        "stance": _TEXT,
        **dict.fromkeys(FACET_COLUMNS, _TEXT),
        "until": _TEXT,
        "figure": _TEXT,
        "low": _COUNT,
        "high": _COUNT,
        "best": _COUNT,
        "assumed": _TEXT,
        "silence": _TEXT,
        "aspect": _TEXT,
        "target": _TEXT,
        "modality": _TEXT,
        "method": _TEXT,
        "interval": _TEXT,
        "level": _TEXT,
        "stated": _TEXT,
        "replaces": _TEXT,
        "our_reading": _TEXT,
        "alleged": _TEXT,
        "all": _TEXT,
        "only": _TEXT,
        "present": _TEXT,
        "notes": _TEXT,
        "extra": _TEXT,
        "reading": _NUMBER,
        "report": _TEXT,
        "publisher": _TEXT,
        "report_title": _TEXT,
        "address": _TEXT,
        "published": _TEXT,
        "retrieved": _TEXT,
        "saved": _TEXT,
        "relays": _TEXT,
        "relay_kinds": _TEXT,
        "relay_sides": _TEXT,
        "locator": _TEXT,
        "words": _TEXT,
        "based_on": _TEXT,
    }
)
"""Columns and types of a table of claims: those of the flat CSV, and ``based_on``.

Only ``source`` and ``harm`` must be there; columns alone need ``claim_id``, ``stance`` and ``low`` too.  A row is a
claim and one reading of it, numbered from 1 in ``reading``; where that column is absent every row is a claim.  Several
words in one cell are separated by ``|``.  A missing value means what an empty cell of the CSV means: a missing ``high``
is no ceiling, never zero.  Dates are text in the notation of `casualties.model.period`.
"""

RESOLVED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "topic_status": _TEXT,
        "origin": _TEXT,
        "rests": _FLAG,
        "copy": _FLAG,
        "withdrawn": _FLAG,
        "misrelayed": _FLAG,
        "named": _FLAG,
        "at_source": _FLAG,
        "interest": _TEXT,
        "side_spoken_for": _TEXT,
        "graded_low": _FLAG,
        "first_published": _TEXT,
    }
)
"""Further columns of a table that was made from a ledger: what its trees, links and gradings come to.

They hold for the view for which the table was made.  ``topic_status`` is the victims' status with what their
role implies, ``origin`` its independent source, ``rests`` whether that is the word of others, ``copy`` whether it
repeats what is spoken already, ``named`` whether a later claim replaces it by name, ``interest`` whose dead the source
counts, ``side_spoken_for`` the source's side by its tree, ``first_published`` the earliest publication.
"""

FINDINGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "finding": _NUMBER,
        **{"victim_status" if name == "status" else name: _TEXT for name in FACET_COLUMNS},
        "until": _TEXT,
        "status": _TEXT,
        "common_low": _COUNT,
        "common_high": _COUNT,
        "undisputed_low": _COUNT,
        "undisputed_high": _COUNT,
        "borne_out_low": _COUNT,
        "borne_out_high": _COUNT,
        "span_low": _COUNT,
        "span_high": _COUNT,
        "support_ranges": _NUMBER,
        "support_sources": _NUMBER,
        "independent_sources": _NUMBER,
        "disputes": _NUMBER,
        "gap": _COUNT,
        "near": _NUMBER,
        "overtaken": _NUMBER,
        "estimates": _NUMBER,
        "outside": _NUMBER,
        "denials": _NUMBER,
        "silences": _NUMBER,
        "divided": _FLAG,
        "revised_down": _FLAG,
        "confidence": _TEXT,
        "confidence_for": _TEXT,
        "claim_count": _NUMBER,
        "set_aside_count": _NUMBER,
    }
)
"""Columns and types of the findings: one row a subject, in the order in which subjects are listed.

``finding`` numbers them from 1.  An absent ceiling is ``inf``; where no figure follows both ends are missing.
``support_ranges`` counts the ranges that the most allow, and ``support_sources`` those who do.  ``undisputed`` is
the narrowest range that excludes nobody but outliers, ``borne_out`` the narrowest of which two bear out each end, and
``confidence`` that in the figure ``confidence_for``.  ``gap`` is the widest gap of a dispute; pairs that nearly agree
and early counts that are overtaken are counted beside.  ``divided`` tells whether versions of a figure differ;
``claim_count`` and ``set_aside_count`` count claims.
"""

SUPPORT: Final[Mapping[str, str]] = MappingProxyType({"finding": _NUMBER, "low": _COUNT, "high": _COUNT})
"""Columns and types of the best-supported ranges: one row a finding and range."""

ATTRIBUTION: Final[Mapping[str, str]] = MappingProxyType({"finding": _NUMBER, "claim": _TEXT, "role": _TEXT})
"""Columns and types of the attribution: one row a finding, claim and role that the claim has in it.

Every claim has exactly one of the roles that are fates, and may have others of `Role`.
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
