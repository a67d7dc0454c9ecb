"""How a claim stands in a table: in what words, whose dead it counts, what became of it, and when it was said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Final

from casualties.model.claim import Aspect, Claim, Modality, Stance
from casualties.model.figure import Figure
from casualties.model.period import PartialDate
from casualties.reconciling.position import Fate, Interest, interest
from casualties.show._numbering import Numbering
from casualties.show.describe import (
    describe_date,
    describe_delay,
    enumeration,
    named,
)
from casualties.show.sentences._marks import Marks
from casualties.show.sentences.subjects import estimated

if TYPE_CHECKING:
    from casualties.model.subject import Subject
    from casualties.reconciling.finding import Finding
    from casualties.reconciling.pairs import Dispute, IndependentSource
    from casualties.reconciling.view import View

__all__ = ["ASPECTS", "Standing"]

ASPECTS: Final = {
    Aspect.OCCURRENCE: "that it happened",
    Aspect.FIGURE: "the count",
    Aspect.RESPONSIBILITY: "the responsibility",
    Aspect.STATUS: "what the victims were",
    None: "what of it is not said",
}

_INTERESTS: Final = {
    Interest.OWN_SIDE: "own side",
    Interest.OPPONENT: "opponent",
    Interest.THIRD_PARTY: "third party",
    Interest.NOT_KNOWN: "side unknown",
}

_NAMED: Final = 3
"""How many of those that overtake an early count are named beside the first."""


class Standing:
    """The sentences about single claims, which are called by their numbers.

    Args:
        view: The ledger as it is looked at.
        numbers: The numbers of the claims.

    Examples:
        >>> import casualties as cs
        >>> result = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> finding = result.one(role="pilot")
        >>> Standing(result.view, Numbering(result.findings)).standing(finding, finding.positions[0].claims[0], "")
        'own side, alleged'
    """

    def __init__(self, view: View, numbers: Numbering) -> None:
        self.view = view
        self.numbers = numbers
        self._marked: dict[Subject, Marks] = {}

    @cached_property
    def _moments(self) -> tuple[int, int]:
        """How many days, and how many offsets, the statements have whose hour is known."""
        moments = [claim.stated.at for claim in self.view.claims.values() if claim.stated and claim.stated.at]
        return len({moment.date() for moment in moments}), len({moment.utcoffset() for moment in moments})

    @cached_property
    def _withdrawals(self) -> dict[str, list[str]]:
        """By claim, those that withdraw it."""
        withdrawals: dict[str, list[str]] = {}
        for claim in self.view.claims.values():
            if claim.stance is Stance.WITHDRAWS and claim.target is not None:
                withdrawals.setdefault(claim.target, []).append(claim.id)
        return withdrawals

    def source(self, claim: Claim) -> str:
        """Name who makes a claim."""
        known = self.view.sources[claim.source]
        return f"{known.name}, unattributed" if self.view.sources.unattributed(claim.source) else known.name

    def words(self, claim: Claim) -> str:
        """Give the words of a claim as printed, and what it does where it states no figure."""
        printed = " / ".join(sorted({citation.words for citation in claim.citations if citation.words}))
        if claim.stance is Stance.STATES:
            return printed
        act = claim.stance.does if claim.stance is Stance.UNVERIFIED else str(claim.stance)
        if claim.target is not None:
            act += f" {self.numbers.name(claim.target)}"
        if claim.stance is Stance.DENIES:
            act += ":"
        return f"{act} {printed}" if printed else act

    def count(self, claim: Claim) -> str:
        """Give the count of a claim as its words are read; empty where it states none."""
        estimate = self.view.estimate(claim)
        figure = self.view.figure(claim) if estimate is None else estimate
        if figure is not None:
            return str(figure)
        if claim.stance is not Stance.STATES:
            return ""
        return "no figure" if self.view.is_silent(claim) else str(claim.figure)

    def standing(self, finding: Finding, claim: Claim, mark: str) -> str:
        """Say how a claim stands: its fate, whose dead it counts, how it was put, and its day."""
        fate = finding.fates[claim.id]
        parts = [] if fate is Fate.STANDS else [self._fate(finding, claim, fate)]
        if self.view.estimate(claim) is not None:
            parts.append(estimated(claim))
        if claim.stance is Stance.DENIES:
            parts.append(ASPECTS[claim.aspect])
        elif self.view.disowns(claim):
            parts.append("denies the responsibility")
        elif claim.stance not in (Stance.WITHDRAWS, Stance.UNVERIFIED):
            whose = self._whose(finding, claim)
            parts.append(f"{whose} {mark}" if mark and "side" in claim.our_reading else whose)
        if claim.silence is not None:
            parts.append(str(claim.silence).replace("-", " "))
        if claim.modality is not None and fate is not Fate.PROJECTED:
            parts.append(str(claim.modality))
        if claim.modality is Modality.DERIVED and claim.based_on and fate is Fate.STANDS:
            parts.append(f"from {self.numbers.all(link.claim for link in claim.based_on)}")
        if claim.day is None:
            parts.append("undated" if fate is not Fate.UNDATED else "")
        elif claim.day != finding.as_of and claim.stance not in (Stance.WITHDRAWS, Stance.UNVERIFIED):
            parts.append(f"to {self._day(finding, claim.day)}")
        if claim.day_assumed and claim.stance is Stance.STATES:
            parts.append("day assumed")
        if claim.stated and claim.stated.at:
            parts.append(f"said {self._hour(claim.stated)}")
        elif claim.stated and claim.day and claim.stance is Stance.STATES and claim.stated != claim.day:
            parts.append(f"said {describe_date(claim.stated, short=True)}")
        if claim.subject.basis is not None and claim.stance is Stance.STATES:
            parts.append(str(claim.subject.basis))
        parts += self._marks(finding, claim)
        return ", ".join(part for part in parts if part)

    def _whose(self, finding: Finding, claim: Claim) -> str:
        """Say whose dead the source of a claim counts; of a side that is not theirs, which side it is of."""
        whose = interest(claim.source, finding.subject, self.view.sources, self.view.words)
        side = self.view.sources.side(claim.source)
        if whose is Interest.NOT_KNOWN and side is not None and not self.view.sources.unattributed(claim.source):
            return f"side: {named('side', side, self.view.words).removesuffix(' side')}"
        return _INTERESTS[whose]

    def _day(self, finding: Finding, day: PartialDate) -> str:
        """Write a day shortly, without its year where all days of the finding lie in that year."""
        text = describe_date(day, short=True)
        return text.removesuffix(f" {day.latest.year}") if len(self._marks_of(finding).years) == 1 else text

    def _hour(self, stated: PartialDate) -> str:
        """Write the hour of a statement, with its day and offset where those of the ledger differ."""
        days, offsets = self._moments
        day = "" if days == 1 else describe_date(stated.date_only, short=True)
        offset = "" if offsets == 1 else f"{stated.at:%z}" if stated.at else ""
        return ", ".join(
            filter(None, [day, " ".join(filter(None, [f"{stated.at:%H:%M}" if stated.at else "", offset]))])
        )

    def _marks_of(self, finding: Finding) -> Marks:
        if finding.subject not in self._marked:
            self._marked[finding.subject] = Marks(finding)
        return self._marked[finding.subject]

    def _marks(self, finding: Finding, claim: Claim) -> Iterator[str]:
        """Say of a claim that it is overtaken, an outlier, or outside an estimate."""
        marks = self._marks_of(finding)
        if pairs := marks.overtaken.get(claim.id):
            first = max(pairs, key=lambda pair: pair.sort_key)
            by = self.numbers.all(claim.id for claim in first.upper_claims)
            notes = [str(first.upper_figure), self._delay(first)]
            rest = [dispute for dispute in pairs if dispute is not first]
            names = [self._joined(dispute.upper_claims) for dispute in rest[:_NAMED]]
            if left := len(rest) - len(names):
                names.append(f"{left:,} more")
            more = f" and by {enumeration(names)}" if names else ""
            yield f"overtaken by {by} ({', '.join(filter(None, notes))}){more}"
        elif later := marks.later.get(claim.id):
            yield f"one source with {self._joined(later)}, the latest"
        if claim.id in marks.outliers:
            yield "outlier"
        if unverified := marks.unverified.get(claim.id):
            yield f"not verified by {self.numbers.all(unverified)}"
        if outside := marks.outside.get(claim.id):
            yield f"outside the interval of {self.numbers.all(outside)}"
        if apart := marks.apart.get(claim.id):
            yield f"interval apart from that of {self.numbers.all(set(apart))}"

    @staticmethod
    def _delay(pair: Dispute) -> str:
        """Say how long after the lower figure of a pair the higher was said, where both days are known."""
        before = [claim.stated for claim in pair.lower_claims if claim.stated]
        after = [claim.stated for claim in pair.upper_claims if claim.stated]
        if not before or not after or any(day.earliest != day.latest for day in (*before, *after)):
            return ""
        days = (min(day.earliest for day in after) - max(day.latest for day in before)).days
        return describe_delay(days)

    def _fate(self, finding: Finding, claim: Claim, fate: Fate) -> str:
        if fate is Fate.REPLACED:
            later = finding.replacing(claim.id)
            series = [identity for identity in later if self.view.claims[identity].subject.basis == claim.subject.basis]
            text = f"replaced by {self.numbers.all(series or later)}" if later else "replaced"
            figure = self.view.figure(claim)
            if figure is not None and claim.id in self._marks_of(finding).holding:
                text += f", its {Figure.at_least(figure.low)} holds on"
            return text
        if fate is Fate.WITHDRAWN:
            return f"withdrawn by {self.numbers.all(self._withdrawals.get(claim.id, ()))}"
        if fate is Fate.COPY:
            return f"copy of {self._spoken_for(finding.copies[claim.id])}"
        if fate is Fate.MISRELAYED:
            return f"false relay of {self.numbers.all(link.claim for link in claim.misrelays)}"
        return str(fate)

    def _spoken_for(self, names: Iterable[str]) -> str:
        sources = self.view.sources
        shown = [sources[name].name if name in sources else self.numbers.name(name) for name in names]
        return " and ".join(shown)

    def _voice(self, voice: IndependentSource) -> str:
        """Name an independent source by its claims; several claims of one are joined as one."""
        return self._joined(voice.claims)

    def _joined(self, claims: Iterable[Claim]) -> str:
        return "/".join(sorted((self.numbers.name(claim.id) for claim in claims), key=lambda name: (len(name), name)))
