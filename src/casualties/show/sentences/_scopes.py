"""Counts that only look like contradictions, told pair by pair."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from casualties.model.vocabulary import Vocabulary
from casualties.show.sentences.subjects import fully

if TYPE_CHECKING:
    from casualties.model.figure import Figure
    from casualties.model.period import PartialDate
    from casualties.model.subject import Subject
    from casualties.reconciling.finding import Finding

__all__ = ["told_scopes"]


def told_scopes(findings: Iterable[Finding], words: Vocabulary, most: int) -> Iterator[str]:
    """Tell which counts only look like contradictions: the first pairs, and how many there are besides.

    Args:
        findings: The findings.
        words: What the ledger declares.
        most: How many pairs are told.

    Examples:
        >>> import casualties as cs
        >>> result = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> list(told_scopes(result, result.view.words, 10))
        []
    """
    by_subjects: dict[tuple[Subject, ...], tuple[str, list[tuple[Subject, Figure | None, PartialDate | None]]]] = {}
    for finding in findings:
        for scope in finding.scopes:
            both = [(finding.subject, finding.span, finding.as_of), (scope.subject, scope.figure, scope.as_of)]
            ends = sorted(both, key=lambda end: end[0].key)
            by_subjects.setdefault(tuple(subject for subject, *_ in ends), (scope.facet, ends))
    scopes = [
        f"Different in scope ({facet}), no contradiction: "
        f"{' and '.join(f'{fully(subject, words, day)} ({figure})' for subject, figure, day in ends)}."
        for facet, ends in list(by_subjects.values())[:most]
    ]
    yield from sorted(scopes)
    if (left := len(by_subjects) - most) > 0:
        yield f"{left:,} more pairs differ in scope and are no contradiction."
