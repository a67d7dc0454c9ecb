"""What was known on a day, or at a moment: a ledger without what was said, printed, graded or linked later."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Final

from casualties.errors import ModelError
from casualties.model.claim import Claim, Stance
from casualties.model.ledger import Ledger
from casualties.model.period import PartialDate

__all__ = ["as_known", "is_hour", "left_out_by_hour", "moment_in", "over_at", "withdrawn_of"]

_HOUR: Final = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)", re.ASCII)


def as_known(ledger: Ledger, day: PartialDate) -> Ledger:
    """Keep what was surely known by the end of a day, or at a moment; what became known later leaves no trace.

    A claim is known from the date stated, else from its earliest publication, else never.  Citations, gradings and
    links that carry a later date go; those that carry none follow their claim.  At a moment, what is dated by a day
    alone is known when that day is over, in the time zone of the ledger.

    Examples:
        >>> import casualties as cs
        >>> from casualties.model.period import PartialDate
        >>> seed = cs.seeds.load("nagorno-karabakh-2020-09-30")
        >>> len(as_known(seed, PartialDate.parse("2020-09-29"))), len(as_known(seed, PartialDate.parse("2020-09-30")))
        (0, 8)
        >>> len(as_known(seed, PartialDate.parse("2020-09-30T20:00+04:00")))
        0
    """
    zone = _zone(ledger)

    def early(date: PartialDate | None) -> bool:
        if date is None:
            return True
        return date.latest <= day.latest if day.at is None else _over(date, zone) <= day.at

    kept = []
    for claim in ledger:
        if claim.known is None or not early(claim.known):
            continue
        changes = {
            "citations": tuple(
                citation for citation in claim.citations if citation.report is None or early(citation.report.published)
            ),
            "assessments": tuple(assessment for assessment in claim.assessments if early(assessment.graded)),
            "based_on": tuple(link for link in claim.based_on if early(link.noted)),
            "misrelays": tuple(link for link in claim.misrelays if early(link.noted)),
        }
        same = all(value == getattr(claim, name) for name, value in changes.items())
        kept.append(claim if same else claim.replacing(**changes))
    reports = [report for report in ledger.reports if early(report.published)]
    identifications = [identification for identification in ledger.identifications if early(identification.stated)]
    return Ledger(kept, **{**ledger.declared, "reports": reports, "identifications": identifications})


def left_out_by_hour(ledger: Ledger, day: PartialDate | None) -> int:
    """Count the claims that a moment leaves out only since they are dated by a day that had begun and was not over.

    Examples:
        >>> import casualties as cs
        >>> seed = cs.seeds.load("nagorno-karabakh-2020-09-30")
        >>> [left_out_by_hour(seed, PartialDate.parse(f"2020-09-{day}T20:00+04:00")) for day in (29, 30)]
        [0, 8]
    """
    if day is None or day.at is None:
        return 0
    zone = _zone(ledger)
    dates = [claim.known for claim in ledger if claim.known and claim.known.at is None]
    return sum(_midnight(date.earliest, zone) <= day.at < _over(date, zone) for date in dates)


def moment_in(ledger: Ledger, given: PartialDate | date | str) -> PartialDate:
    """Take a day, a moment with its offset, or an hour such as ``18:00``.

    An hour is the last of that name before the newest dated statement of the ledger, in that statement's offset.

    Raises:
        ModelError: If it is none of these, or the ledger has no dated statement for an hour.

    Examples:
        >>> import casualties as cs
        >>> seed = cs.seeds.load("nagorno-karabakh-2020-09-30")
        >>> print(moment_in(seed, "18:00"), moment_in(seed, "2020-09-29"))
        2020-09-30T18:00:00+00:00 2020-09-29
    """
    match = _HOUR.fullmatch(given.strip()) if isinstance(given, str) else None
    if match is None:
        return PartialDate.of(given)
    zone = _zone(ledger)
    newest = max(
        (claim.stated for claim in ledger if claim.stated),
        key=lambda date: (date.latest, date.at is not None, _over(date, zone)),
        default=None,
    )
    if newest is None:
        raise ModelError(
            f"hour {given!r}: no statement has a date", "no-day", "write the day too: 2026-06-12T18:00+02:00"
        )
    last = newest.at or _over(newest, zone)
    asked = time(int(match[1]), int(match[2]))
    moment = datetime.combine(newest.at.date() if newest.at else newest.latest, asked, tzinfo=last.tzinfo)
    if moment >= last:
        moment -= timedelta(days=1)
    return PartialDate.of(moment)


def is_hour(text: str) -> bool:
    """Tell whether a text is an hour without a day.

    Examples:
        >>> is_hour("18:00"), is_hour("2026-06-12T18:00+02:00"), is_hour("25:00")
        (True, False, False)
    """
    return _HOUR.fullmatch(text.strip()) is not None


def withdrawn_of(claims: Iterable[Claim]) -> frozenset[str]:
    """Find what is withdrawn by a withdrawal that is not itself withdrawn.

    An identity holds the identities that it names, so that no withdrawal can reach itself.

    Examples:
        >>> import casualties as cs
        >>> withdrawn_of(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        frozenset()
    """
    by_target: dict[str, list[str]] = {}
    for claim in claims:
        if claim.stance is Stance.WITHDRAWS and claim.target and not claim.misrelays:
            by_target.setdefault(claim.target, []).append(claim.id)
    verdicts: dict[str, bool] = {}
    for start in by_target:
        todo = [start]
        while todo:
            target = todo[-1]
            waiting = [link for link in by_target.get(target, ()) if link not in verdicts]
            if waiting:
                todo.extend(waiting)
                continue
            verdicts[target] = any(not verdicts[link] for link in by_target.get(target, ()))
            todo.pop()
    return frozenset(target for target, withdrawn in verdicts.items() if withdrawn)


def over_at(ledger: Ledger, date: PartialDate) -> datetime:
    """Give when what carries a date is surely known: at its moment, else when its last day is over where the ledger is.

    Examples:
        >>> seed = Ledger(timezones=["+04:00"])
        >>> print(over_at(seed, PartialDate.parse("2020-09-30")))
        2020-10-01 00:00:00+04:00
    """
    return _over(date, _zone(ledger))


def _zone(ledger: Ledger) -> timezone:
    """Give the time zone in which days end."""
    offset = ledger.timezone
    if offset is None:
        return UTC
    minutes = int(f"{offset[0]}1") * (60 * int(offset[1:3]) + int(offset[4:]))
    return timezone(timedelta(minutes=minutes))


def _midnight(day: date, zone: timezone) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone)


def _over(date: PartialDate, zone: timezone) -> datetime:
    """Give when what carries a date is surely known: at its moment, else when its last day is over."""
    if date.at is not None:
        return date.at
    if date.latest == date.latest.max:
        return datetime.max.replace(tzinfo=zone)
    return _midnight(date.latest + timedelta(days=1), zone)
