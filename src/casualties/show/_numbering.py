"""The order in which claims are listed, and the numbers by which a table calls them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from casualties.model.claim import Claim, Stance
from casualties.reconciling.position import Fate, Position
from casualties.show.describe import enumeration

if TYPE_CHECKING:
    from casualties.reconciling.finding import Finding

__all__ = ["Numbering", "listed", "ordered", "others", "ranges"]

_FATES = list(Fate)
_STANCES = list(Stance)


def ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Put findings in the order in which they are shown: by harm, event and first day, then by their facets.

    Examples:
        >>> import casualties as cs
        >>> result = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> ordered(reversed(result.findings)) == result.findings
        True
    """

    def key(finding: Finding) -> tuple[object, ...]:
        subject = finding.subject
        since = subject.since.sort_key if subject.since else ()
        return (subject.key[0], subject.event or "", since, subject.key)

    return tuple(sorted(findings, key=key))


def listed(position: Position) -> tuple[Claim, ...]:
    """List the claims of a position: those on which it rests, its other versions, and those that it replaced.

    Examples:
        >>> import casualties as cs
        >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(status="civilian")
        >>> [str(claim.figure) for claim in listed(finding.positions[0])]
        ['11 or more']
    """
    return tuple({claim.id: claim for claim in (*position.claims, *position.versions, *position.replaced)}.values())


def others(finding: Finding) -> tuple[Claim, ...]:
    """List the claims of a finding that belong to no position: denials and silences, then what is set aside.

    Examples:
        >>> import casualties as cs
        >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="pilot")
        >>> [claim.source for claim in others(finding)]
        ['azerbaijan', 'turkey']
    """
    placed = {claim.id for position in finding.positions for claim in listed(position)}
    return tuple(
        sorted(
            (claim for claim in finding.claims if claim.id not in placed),
            key=lambda claim: (
                _FATES.index(finding.fates[claim.id]),
                _STANCES.index(claim.stance),
                claim.source,
                claim.sort_key,
            ),
        )
    )


def ranges(numbers: Iterable[int]) -> str:
    """Write numbers with their runs joined.

    Examples:
        >>> ranges([1, 2, 3, 5, 7, 8])
        '1–3, 5, 7–8'
    """
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)


class Numbering:
    """The numbers of claims in the order of a table, from 1.

    Args:
        findings: The findings, in the order in which they are shown.

    Examples:
        >>> import casualties as cs
        >>> result = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> numbers = Numbering(result.findings)
        >>> numbers.all(claim.id for claim in result.one(role="mercenary").claims)
        '7 and 8'
    """

    def __init__(self, findings: Iterable[Finding]) -> None:
        self._of: dict[str, tuple[int, Finding]] = {}
        for finding in findings:
            before = len(self._of)
            self._of.update((claim.id, (before, finding)) for claim in finding.claims)
        self._numbers: dict[str, int] = {}

    def __getitem__(self, claim: str) -> int:
        if claim not in self._numbers:
            before, finding = self._of[claim]
            self._numbers.update((claim.id, number) for number, claim in enumerate(_in_order(finding), before + 1))
        return self._numbers[claim]

    def __contains__(self, claim: object) -> bool:
        return claim in self._of

    def __len__(self) -> int:
        return len(self._of)

    def name(self, claim: str) -> str:
        """Give the number of a claim as text, or its identity where it is not in the table.

        Examples:
            >>> Numbering(()).name("c1-0123456789abcdef0123")
            'c1-0123456789abcdef0123'
        """
        return str(self[claim]) if claim in self else claim

    def all(self, claims: Iterable[str]) -> str:
        """List claims in a sentence, by number.

        Examples:
            >>> Numbering(()).all([])
            ''
        """
        known = list(claims)
        numbered = sorted(self[claim] for claim in known if claim in self)
        return enumeration([*numbered, *sorted(claim for claim in known if claim not in self)])


def _in_order(finding: Finding) -> Iterator[Claim]:
    for position in finding.positions:
        yield from listed(position)
    yield from others(finding)
