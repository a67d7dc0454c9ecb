"""The three tables out of the kernel's arrays, column by column: no finding is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from casualties.columns._lazy import Lazily
from casualties.columns.schema import ATTRIBUTION, FACET_COLUMNS, FINDINGS, SUPPORT, Role
from casualties.model.figure import End, Figure
from casualties.model.period import PartialDate
from casualties.reconciling.confidence import LEVELS
from casualties.reconciling.kernel import answer as out
from casualties.reconciling.kernel import claims as given
from casualties.reconciling.kernel.answer import Answer
from casualties.reconciling.kernel.claims import OPEN, Claims
from casualties.reconciling.pairs import FindingStatus
from casualties.reconciling.position import Fate

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
else:
    np, pd = Lazily("numpy", "columns"), Lazily("pandas", "columns")

__all__ = ["facets_of", "frames_of", "typed"]

_TYPES: Final = {"text": "string[python]", "count": "Float64", "number": "Int64", "flag": "Int64"}
_ROLES: Final = (
    (out.COMMON_LOW, Role.COMMON_LOW),
    (out.COMMON_HIGH, Role.COMMON_HIGH),
    (out.UNDISPUTED_LOW, Role.UNDISPUTED_LOW),
    (out.UNDISPUTED_HIGH, Role.UNDISPUTED_HIGH),
    (out.SPAN_LOW, Role.SPAN_LOW),
    (out.SPAN_HIGH, Role.SPAN_HIGH),
    (out.SUPPORTS, Role.SUPPORTS),
    (out.DISPUTES, Role.DISPUTES),
)
_COUNTED: Final = {
    "support_ranges": "runs",
    "support_sources": "allow",
    "independent_sources": "independents",
    **{name: name for name in ("disputes", "near", "overtaken", "outside", "denials", "silences")},
    "claim_count": "claims",
    "set_aside_count": "set_aside",
}


def frames_of(
    claims: Claims,
    answer: Answer,
    ids: Sequence[str] | None,
    facets: Mapping[str, Sequence[str | None]],
    topics: Sequence[int],
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Make the tables of findings, attribution and support of some topics, numbered from 1 in the order given.

    Args:
        claims: What the kernel was given.
        answer: What it answered.
        ids: By row the identity of its claim; none for no attribution.
        facets: By topic the columns that tell subjects apart.
        topics: The topics.
    """
    findings = {name: _whole(getattr(answer.findings, name)) for name in out.Findings.__slots__}
    place = _whole(topics)
    number = np.zeros(len(findings["claims"]) + 1, "int64")
    number[place] = np.arange(1, len(place) + 1)
    rows = _whole(claims.topic)
    fate, part = _whole(answer.fates.fate), _whole(answer.fates.part)
    standing = (fate == out.STANDS) & ((_whole(claims.marks) & given.ESTIMATE) != 0)
    estimates = np.bincount(rows[standing], minlength=len(number))
    taken = {name: column[place] for name, column in findings.items()}
    columns: dict[str, Any] = {"finding": number[place]}
    for name in FACET_COLUMNS:
        columns["victim_status" if name == "status" else name] = np.asarray(facets[name], object)[place]
    columns["until"] = _told(taken["day"] << 22 | taken["day_latest"], _day)
    columns["status"] = _told(taken["status"], lambda status: str(tuple(FindingStatus)[status]))
    for name, of in (("common", "common"), ("undisputed", "undisputed"), ("borne_out", "borne"), ("span", "span")):
        columns[f"{name}_low"], columns[f"{name}_high"] = _ends(taken[f"{of}_low"], taken[f"{of}_high"])
    columns |= {name: taken[column] for name, column in _COUNTED.items()}
    columns["gap"] = np.where(taken["disputes"] > 0, taken["gap"], np.nan)
    columns["estimates"] = estimates[place]
    columns["divided"] = (taken["flags"] & (out.DIFFERS | out.CONTRADICTS | out.DIVIDED)) != 0
    columns["revised_down"] = (taken["flags"] & out.REVISED_DOWN) != 0
    columns["confidence"] = _told(taken["level"], lambda level: str(LEVELS[level]))
    low, high = taken["undisputed_low"], taken["undisputed_high"]
    floor = (low >> 1) > 0
    columns["confidence_for"] = _told(np.where(high < 0, -1, np.where(floor, low << 1, (high << 1) | 1)), _figure)
    held = np.flatnonzero(number[rows] > 0) if ids is not None else np.zeros(0, "int64")
    places, claim, role = [held], [held], [np.asarray([str(each) for each in Fate], object)[fate[held]]]
    for bit, name in _ROLES:
        some = held[(part[held] & bit) != 0]
        places.append(some)
        claim.append(some)
        role.append(np.full(len(some), str(name), object))
    every = np.concatenate(claim)
    attribution = {
        "finding": number[rows[np.concatenate(places)]],
        "claim": np.asarray(ids or (), object)[every],
        "role": np.concatenate(role),
    }
    run = _whole(answer.runs.topic)
    some = np.flatnonzero(number[run] > 0)
    low, high = (_whole(column)[some] for column in (answer.runs.low, answer.runs.high))
    ends = _ends(low, high)
    support = {"finding": number[run[some]], "low": ends[0], "high": ends[1]}
    return typed(columns, FINDINGS), typed(attribution, ATTRIBUTION), typed(support, SUPPORT)


def facets_of(subjects: Sequence[Any]) -> dict[str, list[str | None]]:
    """Give the columns that tell subjects apart."""
    found: dict[str, list[str | None]] = {}
    for name in FACET_COLUMNS:
        field = "with_" if name == "with" else name
        values = [getattr(subject, field) for subject in subjects]
        if name == "harm":
            found[name] = ["-or-".join(value) for value in values]
        elif name in ("with", "without"):
            found[name] = ["|".join(value) or None for value in values]
        else:
            found[name] = [None if value is None else str(value) for value in values]
    return found


def _whole(values: Any) -> Any:
    return np.asarray(values, "int64")


def _ends(low: Any, high: Any) -> tuple[Any, Any]:
    """Unpack ends: an absent upper end is infinite, and where there is no range both are missing."""
    absent = high < 0
    upper = np.where(high >= OPEN, np.inf, (high >> 1).astype("float64"))
    return np.where(absent, np.nan, (low >> 1).astype("float64")), np.where(absent, np.nan, upper)


def _told(numbers: Any, tell: Callable[[int], str | None]) -> Any:
    """Tell each distinct number once."""
    distinct, of = np.unique(numbers, return_inverse=True)
    told = np.empty(len(distinct), object)
    told[:] = [tell(int(each)) for each in distinct]
    return told[of]


def _day(day: int) -> str | None:
    first, last = day >> 22, day & ((1 << 22) - 1)
    return str(PartialDate(date.fromordinal(first), date.fromordinal(last))) if last else None


def _figure(end: int) -> str | None:
    """Tell the end for which there is confidence: a lower one, or with the last bit set an upper one."""
    if end < 0:
        return None
    packed = end >> 1
    if not end & 1:
        return str(Figure(packed >> 1, None, assumed=frozenset([End.LOW] * (not packed & 1))))
    if packed >= OPEN:
        return str(Figure(0, None))
    return str(Figure(0, packed >> 1, assumed=frozenset([End.HIGH] * (packed & 1))))


def typed(columns: Any, types: Mapping[str, str]) -> pd.DataFrame:
    """Make a frame of columns by name, each of its published type."""
    return pd.DataFrame({name: pd.array(columns[name], dtype=_TYPES[type_]) for name, type_ in types.items()})
