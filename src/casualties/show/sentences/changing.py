"""What changed on one subject, in sentences that a desk can paste."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from casualties._text import counted, inert
from casualties.model.claim import Claim, Stance
from casualties.model.figure import Figure
from casualties.model.subject import Subject
from casualties.model.vocabulary import Vocabulary
from casualties.reconciling.pairs import Dispute
from casualties.reconciling.view import View
from casualties.show.describe import capitalised, describe, describe_harm, describe_period, enumeration
from casualties.show.sentences.figures import by_day
from casualties.show.sentences.house import House
from casualties.show.sentences.prose import several, source_name
from casualties.show.sentences.saying import said, words_of

if TYPE_CHECKING:
    from casualties.reconciling.finding import Finding
    from casualties.reconciling.position import Position

__all__ = ["ChangeSentences", "headings", "left_out_told"]


def left_out_told(number: int) -> str:
    """Say how many claims a moment leaves out since they are dated by a day alone; without a full stop.

    Examples:
        >>> left_out_told(2)
        '2 claims dated by that day alone are left out'
    """
    return f"{counted(number, 'claim')} dated by that day alone {'is' if number == 1 else 'are'} left out"


def headings(subjects: Iterable[Subject], words: Vocabulary) -> dict[Subject, str]:
    """Give each subject a heading of its own: with its first day, or every facet, where others share the plain one.

    Examples:
        >>> from casualties.model.subject import Subject
        >>> days = [Subject(harm=["killed"], since=day) for day in ("2020-09-27", "2020-10-01")]
        >>> list(headings(days, Vocabulary()).values())
        ['Killed: people, from 27 September 2020', 'Killed: people, from 1 October 2020']
    """
    texts_by_subject: dict[Subject, str] = {}
    ways = (_plain, _dated, _fully)
    left = list(dict.fromkeys(subjects))
    for way in ways:
        candidates = {subject: inert(way(subject, words)) for subject in left}
        texts = [*candidates.values(), *texts_by_subject.values()]
        texts_by_subject |= {
            subject: text for subject, text in candidates.items() if texts.count(text) == 1 or way is _fully
        }
        left = [subject for subject in left if subject not in texts_by_subject]
    return texts_by_subject


def _plain(subject: Subject, words: Vocabulary) -> str:
    return f"{capitalised(describe_harm(subject.harm, words))}: {describe(subject, words, inline=True)}"


def _dated(subject: Subject, words: Vocabulary) -> str:
    return ", ".join(filter(None, (_plain(subject, words), describe_period(subject.since, subject.until))))


def _fully(subject: Subject, words: Vocabulary) -> str:
    return f"{_dated(subject, words)} ({subject})"


class ChangeSentences:
    """The sentences of what changed, by the sources' names and figures as they put them.

    Args:
        finding: A finding on the subject, the newer where there are two.
        house: How numbers are written.

    Examples:
        >>> import casualties as cs
        >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(status="civilian")
        >>> ChangeSentences(finding).new_position("azerbaijan", finding.positions)
        'Azerbaijan says at least 11; it had given no figure'
    """

    def __init__(self, finding: Finding, house: House | None = None) -> None:
        self.finding = finding
        self.view: View = finding.view
        self.house: House = house or House()

    def _name(self, source: str) -> tuple[str, bool]:
        name = source_name(self.view, source)
        return name, several(name)

    def new_position(self, source: str, after: Sequence[Position]) -> str:
        """Say what a source says that had said nothing."""
        name, many = self._name(source)
        return f"{name} {self._states(after, many=many)}; {'they' if many else 'it'} had given no figure"

    def silence_broken(self, source: str, after: Sequence[Position]) -> str:
        """Say what a source says that had kept silent."""
        name, many = self._name(source)
        own = ("break their", "breaks its")[not many]
        return f"{name} {own} silence and {self._states(after, many=many)}"

    def gone(self, source: str, before: Sequence[Position], *, withdrawn: bool) -> str:
        """Say that a source takes back what it said, or that it is no longer there."""
        name, many = self._name(source)
        if all(position.denies for position in before):
            act, what = ("withdraw", "the denial") if withdrawn else ("no longer deny", "that it happened")
        else:
            figures = self._figures(before, days=False)
            act, what = ("withdraw", f"the figure of {figures}") if withdrawn else ("no longer say", figures)
        return f"{name} {act if many else _third(act)} {what}"

    def revision(self, source: str, before: Sequence[Position], after: Sequence[Position]) -> str:
        """Say what a source says now, and what it said before."""
        name, many = self._name(source)
        days = {position.until for position in (*before, *after)}
        now, then = self._figures(after, days=len(days) > 1), self._figures(before, days=len(days) > 1)
        joint = _direction(before, after) or "; before,"
        denies = all(position.denies for position in after)
        verb = "" if denies else (" say" if many else " says")
        return f"{name} now{verb} {now}{joint} {then}"

    def dispute(self, pair: Dispute, *, new: bool) -> str:
        """Say that two figures contradict one another, or no longer do."""
        sides = [
            f"{enumeration(source_name(self.view, source) for source in voice.sources)} ({self._of(voice.positions)})"
            for voice in (pair.lower, pair.upper)
        ]
        if new:
            return f"{sides[0]} and {sides[1]} contradict one another, {self.house.number(pair.gap)} apart"
        return f"{sides[0]} and {sides[1]} no longer contradict one another"

    def compared_apart(self, events: Sequence[str]) -> str:
        """Say that events are no longer compared as one.

        Examples:
            >>> import casualties as cs
            >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(status="civilian")
            >>> ChangeSentences(finding).compared_apart(["a", "b"])
            'no longer compared as one event: a and b'
        """
        return f"no longer compared as one event: {enumeration(events)}"

    def _of(self, positions: Sequence[Position]) -> str:
        latest = [position for position in positions if not position.denies]
        return self._figures(latest, days=False) if latest else "none"

    def claim(self, claim: Claim) -> str:
        """Say what a claim says."""
        return said(claim, self.view, self.house)

    def in_passing(self, claim: Claim) -> str:
        """Name a claim by what its source does in it."""
        name, many = self._name(claim.source)
        if claim.stance is Stance.STATES and claim.figure is not None:
            return f"what {name} {'say' if many else 'says'} ({self.house.figure(claim.figure, words_of(claim))})"
        return f"that {said(claim, self.view, self.house)}"

    def _states(self, positions: Sequence[Position], *, many: bool) -> str:
        if all(position.denies for position in positions):
            return f"{'deny' if many else 'denies'} that it happened"
        return f"{'say' if many else 'says'} {self._figures(positions, days=True)}"

    def _figures(self, positions: Sequence[Position], *, days: bool) -> str:
        """Write figures as their sources put them, with the day where it is another than the finding's."""
        phrases = []
        for position in positions:
            if position.denies:
                phrases.append("that it happened")
                continue
            words = words_of(position.claims[0]) if len(position.claims) == 1 else []
            phrase = "none" if position.figure == Figure(0, 0) else self.house.figure(position.figure, words)
            late = days and position.until is not None and position.until != self.finding.as_of
            phrases.append(f"{phrase}{by_day(self.finding, position.until) if late and position.until else ''}")
        return enumeration(phrases)


def _third(act: str) -> str:
    """Put a verb in the third person: *withdraws*, *no longer denies*."""
    return f"{act[:-1]}ies" if act.endswith("deny") else f"{act}s"


def _direction(before: Sequence[Position], after: Sequence[Position]) -> str:
    if len(before) != 1 or len(after) != 1:
        return ""
    old, new = before[0].figure, after[0].figure
    if new.high is not None and new.high < old.low:
        return ", down from"
    if old.high is not None and new.low > old.high:
        return ", up from"
    return ""
