"""What reconciling says of one subject on one day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations
from types import MappingProxyType

from casualties.model.claim import Aspect, Claim, Stance
from casualties.model.figure import Figure
from casualties.model.period import PartialDate
from casualties.model.subject import Subject
from casualties.reconciling.confidence import Confidence, assess
from casualties.reconciling.evidence import ADMIRALTY_WEIGHTS, Evidence, evidence
from casualties.reconciling.history import Moment, history
from casualties.reconciling.pairs import (
    Confirmation,
    Dispute,
    FindingStatus,
    Relation,
    Voice,
    compare,
    disputed,
    flags_of,
    voices,
)
from casualties.reconciling.position import Fate, Flag, Position, Settled, settle
from casualties.reconciling.relations import Scope
from casualties.reconciling.support import best_supported
from casualties.reconciling.view import Standpoint
from casualties.reconciling.witness import Support, Witness, ends, floor_alone

__all__ = ["Denial", "Finding", "FindingStatus"]


@dataclass(frozen=True, slots=True)
class Denial:
    """A denial, and what follows from it.

    Attributes:
        claim: The claim that denies.
        aspect: What it denies; ``None`` where it does not say, and then nothing follows but the mark.
        denied: The identity of the claim denied; ``None`` where none is named.
        keeps: The subject, without the facet that is denied, that keeps the floor; ``None`` where nothing is kept.

    Examples:
        >>> import casualties as cs
        >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="pilot")
        >>> sorted((denial.claim.source, str(denial.aspect)) for denial in finding.denials)
        [('azerbaijan', 'responsibility'), ('turkey', 'responsibility')]
    """

    claim: Claim
    aspect: Aspect | None
    denied: str | None
    keeps: Subject | None


def kept(subject: Subject, aspect: Aspect | None) -> Subject | None:
    """Give the subject that keeps the floor when who did it, or what the victims were, is denied."""
    if aspect is Aspect.RESPONSIBILITY:
        return subject.replacing(perpetrator=None)
    if aspect is Aspect.STATUS:
        return subject.replacing(status=None, role=None)
    return None


@dataclass(frozen=True, eq=False)
class Finding:
    """Everything that follows from the claims on one subject, with all of them still in it.

    Nothing in it chooses a winner; choosing has a name, `resolve`.

    Attributes:
        subject: What is counted, without a last day.
        claims: All claims on it that are known, in canonical order.
        view: The ledger as it is looked at.

    Examples:
        >>> import casualties as cs
        >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary")
        >>> print(finding.common, finding.status)
        2–25 compatible
    """

    subject: Subject
    claims: tuple[Claim, ...]
    view: Standpoint

    def __repr__(self) -> str:
        return f"<Finding {self.subject}: {self.status}, {len(self.claims)} claims>"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Finding):
            return NotImplemented
        return (self.subject, self.claims, self.view) == (other.subject, other.claims, other.view)

    def __hash__(self) -> int:
        return hash((self.subject, self.claims))

    @cached_property
    def _settled(self) -> Settled:
        return settle(self.subject, self.claims, self.view)

    @property
    def positions(self) -> tuple[Position, ...]:
        """Where each source stands, by count and source.

        Examples:
            >>> import casualties as cs
            >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary")
            >>> [position.source for position in finding.positions]
            ['unnamed', 'akoush']
        """
        return self._settled.positions

    @property
    def fates(self) -> Mapping[str, Fate]:
        """What became of every claim of the subject, by identity.

        Examples:
            >>> import casualties as cs
            >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary")
            >>> {fate.value for fate in finding.fates.values()}
            {'stands'}
        """
        return MappingProxyType(self._settled.fates)

    @cached_property
    def set_aside(self) -> tuple[Claim, ...]:
        """The claims that do not stand; `fates` says why.

        Examples:
            >>> import casualties as cs
            >>> cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary").set_aside
            ()
        """
        return tuple(claim for claim in self.claims if self.fates[claim.id] is not Fate.STANDS)

    @property
    def copies(self) -> Mapping[str, tuple[str, ...]]:
        """For each copy the claims, or the sources, that speak in its place.

        Examples:
            >>> import casualties as cs
            >>> dict(cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary").copies)
            {}
        """
        return MappingProxyType(self._settled.copies)

    @cached_property
    def voices(self) -> tuple[Voice, ...]:
        """The independent voices, by count.

        Examples:
            >>> import casualties as cs
            >>> len(cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary").voices)
            2
        """
        return voices(self.positions)

    @property
    def assumed_independent(self) -> bool:
        """Whether several voices count as independent only since no ledger links them.

        Examples:
            >>> import casualties as cs
            >>> cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary").assumed_independent
            True
        """
        return len(self.voices) > 1

    @cached_property
    def flags(self) -> tuple[Flag, ...]:
        """What a reader must know of how the figures came about.

        Examples:
            >>> import casualties as cs
            >>> cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary").flags
            ()
        """
        return flags_of(self.voices)

    @cached_property
    def as_of(self) -> PartialDate | None:
        """The day of the finding: the latest day that a voice counts; ``None`` where nothing dates any.

        Where no source states a figure it is the latest day of any claim.

        Examples:
            >>> import casualties as cs
            >>> print(cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary").as_of)
            2020-09-30
        """
        days = [voice.until for voice in self.voices if voice.until]
        if not self.voices:
            days = [claim.day for claim in self.claims if claim.day and self.fates[claim.id] is not Fate.LATER]
        return max(days, key=lambda day: (day.latest, day.earliest), default=None)

    @cached_property
    def relations(self) -> tuple[tuple[Voice, Voice, Relation], ...]:
        """How each pair of voices stands to each other.

        Examples:
            >>> import casualties as cs
            >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary")
            >>> [relation.value for _, _, relation in finding.relations]
            ['compatible']
        """
        return tuple((one, other, relation) for one, other, relation, _ in self._compared)

    @cached_property
    def _compared(self) -> tuple[tuple[Voice, Voice, Relation, int], ...]:
        stock = self.subject.stock
        return tuple((one, other, *compare(one, other, stock=stock)) for one, other in combinations(self.voices, 2))

    @cached_property
    def disputes(self) -> tuple[Dispute, ...]:
        """The pairs of voices whose stated ends share no count, widest gap first.

        Examples:
            >>> import casualties as cs
            >>> cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary").disputes
            ()
        """
        found = [disputed(*pair) for pair in self._compared if pair[2] is Relation.DISPUTE]
        return tuple(sorted(found, key=lambda dispute: (-dispute.gap, dispute.claims)))

    @cached_property
    def apart_by_reading(self) -> tuple[Dispute, ...]:
        """The pairs of voices that only an end which we assumed sets apart; they are no dispute.

        Examples:
            >>> import casualties as cs
            >>> cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary").apart_by_reading
            ()
        """
        return tuple(disputed(*pair) for pair in self._compared if pair[2] is Relation.APART_BY_READING)

    @cached_property
    def confirmations(self) -> tuple[Confirmation, ...]:
        """The pairs of voices of which one lies inside the other's figure.

        Examples:
            >>> import casualties as cs
            >>> cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary").confirmations
            ()
        """
        return tuple(
            Confirmation(one, other) if relation is Relation.CONFIRMS else Confirmation(other, one)
            for one, other, relation, _ in self._compared
            if relation in (Relation.CONFIRMS, Relation.CONFIRMED)
        )

    @cached_property
    def status(self) -> FindingStatus:
        """How the voices stand to one another; the first that holds.

        Examples:
            >>> import casualties as cs
            >>> print(cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(status="civilian").status)
            single source
        """
        if not self._stated:
            return FindingStatus.UNREPORTED
        if self.disputes:
            return FindingStatus.DISPUTED
        if len(self.voices) == 1:
            return FindingStatus.SINGLE_SOURCE
        return FindingStatus.CORROBORATED if self.confirmations else FindingStatus.COMPATIBLE

    @cached_property
    def _stated(self) -> bool:
        """Whether any source states a figure; a denial alone makes no range, so that nobody takes it for a count."""
        return any(not voice.denies for voice in self.voices)

    def _of_the_day(self, voice: Voice) -> bool:
        return voice.until == self.as_of or voice.denies

    @property
    def voices_of_the_day(self) -> tuple[Voice, ...]:
        """The voices whose figure counts the finding's day, and those that deny; support counts these alone.

        Examples:
            >>> import casualties as cs
            >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(status="civilian")
            >>> len(finding.voices_of_the_day)
            1
        """
        return tuple(voice for voice in self.voices if self._stated and self._of_the_day(voice))

    @cached_property
    def _told(self) -> tuple[tuple[Figure, tuple[Claim, ...], bool], ...]:
        """What holds on the finding's day: the figures of that day, and the floors carried from earlier days."""
        found = []
        for voice in self.voices if self._stated else ():
            if self._of_the_day(voice):
                found.append((voice.figure, voice.claims, False))
            elif voice.until and self.as_of and not self.subject.stock and voice.until.latest <= self.as_of.earliest:
                found.append((floor_alone(voice.figure), voice.claims, True))
        return tuple(found)

    @cached_property
    def common(self) -> Figure | None:
        """The counts that every voice allows on the finding's day, with floors carried from earlier days.

        ``None`` where two voices dispute or are apart by our reading, or where no source states a figure.
        That a count is common does not mean that anybody states it.

        Examples:
            >>> import casualties as cs
            >>> print(cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary").common)
            2–25
        """
        if not self._told or self.disputes or self.apart_by_reading:
            return None
        return Figure.meet(figure for figure, _, _ in self._told)

    @cached_property
    def span(self) -> Figure | None:
        """The smallest range around all figures as they were said, carried nowhere; ``None`` where there is none.

        It may hold counts that nobody states.

        Examples:
            >>> import casualties as cs
            >>> print(cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary").span)
            0 or more
        """
        return Figure.hull(figure for figure, _ in self._said) if self._said else None

    @cached_property
    def _said(self) -> tuple[tuple[Figure, Claim], ...]:
        """Every figure as it was said by a claim on which a position rests, or a version of it."""
        return tuple(
            (figure, claim)
            for position in (self.positions if self._stated else ())
            for claim in (position.versions or position.claims)
            if (figure := self.view.figure(claim)) is not None
        )

    @cached_property
    def support(self) -> tuple[Support, ...]:
        """The ranges that the most voices of the day allow; several where there is a tie, which has no winner.

        Voices of earlier days stand beside and are not counted.

        Examples:
            >>> import casualties as cs
            >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(status="civilian")
            >>> [str(support.figure) for support in finding.support]
            ['11 or more']
        """
        of_the_day = self.voices_of_the_day
        return tuple(
            Support(run.figure, tuple(of_the_day[place] for place in run.supporters))
            for run in best_supported([voice.figure for voice in of_the_day])
        )

    @cached_property
    def witnesses(self) -> tuple[Witness, ...]:
        """The claims that set each end of the common range, of the span and of the best-supported ranges.

        Examples:
            >>> import casualties as cs
            >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(status="civilian")
            >>> len(finding.witnesses)
            6
        """
        found: list[Witness] = []
        if self.common is not None:
            found += ends("common", self.common, self._told)
        if self.span is not None:
            found += ends("span", self.span, ((figure, (claim,), False) for figure, claim in self._said))
        for each in self.support:
            found += ends("support", each.figure, ((voice.figure, voice.claims, False) for voice in each.voices))
        return tuple(found)

    @cached_property
    def denials(self) -> tuple[Denial, ...]:
        """The denials that stand, by source, with what follows from each.

        Examples:
            >>> import casualties as cs
            >>> len(cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="pilot").denials)
            2
        """
        found = [
            Denial(claim, claim.aspect, claim.target, kept(self.subject, claim.aspect))
            for claim in self.claims
            if claim.stance is Stance.DENIES and self.fates[claim.id] is Fate.STANDS
        ]
        return tuple(sorted(found, key=lambda denial: (denial.claim.source, denial.claim.sort_key)))

    @cached_property
    def silences(self) -> tuple[Claim, ...]:
        """The statements in which a source gives no figure, by source and day.  Silence is never zero.

        Examples:
            >>> import casualties as cs
            >>> results = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30"))
            >>> [claim.source for finding in results for claim in finding.silences]
            ['azerbaijan']
        """
        found = [
            claim
            for claim in self.claims
            if self.fates[claim.id] is Fate.STANDS
            and (claim.stance is Stance.SILENT or (claim.stance is Stance.STATES and self.view.figure(claim) is None))
        ]
        return tuple(sorted(found, key=lambda claim: (claim.source, claim.sort_key)))

    @cached_property
    def inside(self) -> tuple[Subject, ...]:
        """The nearest subjects of other findings that this one lies inside.

        Examples:
            >>> import casualties as cs
            >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="pilot")
            >>> [str(subject) for subject in finding.inside]
            ['killed, armenian, combatant 2020-09-27..']
        """
        return self.view.around(self.subject)

    @cached_property
    def scopes(self) -> tuple[Scope, ...]:
        """Other findings that share no count with this one and differ in a facet that is easily overlooked.

        Such are killed against casualties, buried against killed, or one day against a running count.

        Examples:
            >>> import casualties as cs
            >>> cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary").scopes
            ()
        """
        found = []
        for facet, subject in self.view.index.alike(self.subject):
            other = type(self)(subject, tuple(self.view.topics[subject]), self.view)
            if self.span is None or other.span is None or self.span.overlaps(other.span):
                continue
            if facet != "since" or _one_period(self, other) or _one_period(other, self):
                found.append(Scope(facet, subject, other.span))
        return tuple(found)

    def history(self) -> tuple[Moment, ...]:
        """Where each source stood as of each day that any claim counts, up to the day asked about.

        Examples:
            >>> import casualties as cs
            >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary")
            >>> sorted(moment.position.source for moment in finding.history())
            ['akoush', 'unnamed']
        """
        return history(self.subject, self.claims, self.view)

    @cached_property
    def confidence(self) -> Confidence:
        """How far the finding can be relied on, with every reason.

        Examples:
            >>> import casualties as cs
            >>> print(cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary").confidence)
            low
        """
        return assess(self.voices, self.relations, self.view.sources, self.subject.basis, self.view.as_of)

    def evidence(self, weights: Mapping[str, Fraction] = ADMIRALTY_WEIGHTS) -> Evidence | None:
        """Weigh the voices of the day by the grades of their claims; ``None`` where nobody graded any.

        Examples:
            >>> import casualties as cs
            >>> cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary").evidence() is None
            True
        """
        return evidence([voice for voice in self.voices if self._of_the_day(voice)], weights)


def _one_period(outer: Finding, inner: Finding) -> bool:
    """Tell whether the days of one finding hold those of another."""
    since, inner_since = outer.subject.since, inner.subject.since
    starts = since is None or (inner_since is not None and since.earliest <= inner_since.earliest)
    return starts and outer.as_of is not None and inner.as_of is not None and inner.as_of.latest <= outer.as_of.latest
