"""What reconciling says of one subject on one day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType

from casualties.errors import ModelError
from casualties.model.claim import Claim, Stance
from casualties.model.figure import End, Figure
from casualties.model.identification import Identification
from casualties.model.period import PartialDate
from casualties.model.subject import Subject
from casualties.reconciling.answered import spans_apart
from casualties.reconciling.blame import Blame, Denial, blames, denials
from casualties.reconciling.confidence import Confidence
from casualties.reconciling.decoding import Told
from casualties.reconciling.estimate import Estimate, Outside
from casualties.reconciling.evidence import ADMIRALTY_WEIGHTS, Evidence, evidence
from casualties.reconciling.history import Moment, history
from casualties.reconciling.pairs import Disputes, FindingStatus, IndependentSource
from casualties.reconciling.position import Fate, Flag, Position
from casualties.reconciling.relations import Scope, holds_days
from casualties.reconciling.view import View
from casualties.reconciling.witness import Support, Witness

__all__ = ["Finding", "FindingStatus"]


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
    view: View

    def __repr__(self) -> str:
        return f"<Finding {self.subject}: {self.status}, {len(self.claims)} claims>"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Finding):
            return NotImplemented
        return (self.subject, self.claims, self.view) == (other.subject, other.claims, other.view)

    def __hash__(self) -> int:
        return hash((self.subject, self.claims))

    @cached_property
    def _told(self) -> Told:
        """The kernel's answer on the subject."""
        return Told(self.subject, self.view)

    @property
    def positions(self) -> tuple[Position, ...]:
        """Where each source stands, by count and source.

        Examples:
            >>> import casualties as cs
            >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary")
            >>> [position.source for position in finding.positions]
            ['unnamed', 'akoush']
        """
        return self._told.positions

    @property
    def fates(self) -> Mapping[str, Fate]:
        """What became of every claim of the subject, by identity.

        Examples:
            >>> import casualties as cs
            >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary")
            >>> {fate.value for fate in finding.fates.values()}
            {'stands'}
        """
        return MappingProxyType(self._told.fates)

    @property
    def same_events(self) -> tuple[str, ...]:
        """The events that are compared here as one since identifications join them; empty where none do.

        Examples:
            >>> import casualties as cs
            >>> cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary").same_events
            ()
        """
        group = self.view.same_events.group(self.subject.event) if self.subject.event else ()
        return group if len(group) > 1 else ()

    @property
    def identifications(self) -> tuple[Identification, ...]:
        """Who says that the event of the finding is the same as others, or part of another.

        Examples:
            >>> import casualties as cs
            >>> cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary").identifications
            ()
        """
        return self.view.same_events.about(self.subject.event)

    @cached_property
    def set_aside(self) -> tuple[Claim, ...]:
        """The claims that do not stand; `fates` says why."""
        return tuple(claim for claim in self.claims if not self._stands(claim))

    @property
    def copies(self) -> Mapping[str, tuple[str, ...]]:
        """For each copy the claims, or the sources, that speak in its place.

        Examples:
            >>> import casualties as cs
            >>> dict(cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary").copies)
            {}
        """
        return MappingProxyType(self._told.copies)

    @property
    def independent_sources(self) -> tuple[IndependentSource, ...]:
        """The independent sources, by count.

        Examples:
            >>> import casualties as cs
            >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary")
            >>> len(finding.independent_sources)
            2
        """
        return self._told.independent_sources

    @property
    def assumed_independent(self) -> bool:
        """Whether several sources count as independent only since no ledger links them."""
        return len(self.independent_sources) > 1

    @cached_property
    def flags(self) -> tuple[Flag, ...]:
        """What a reader must know of how the figures came about."""
        all_flags = {flag for voice in self.independent_sources for flag in voice.flags}
        all_flags |= {flag for position in self.positions for flag in position.flags}
        return tuple(sorted(all_flags))

    @property
    def as_of(self) -> PartialDate | None:
        """The day of the finding: the latest day that a standing figure counts; ``None`` where nothing dates any.

        Where no source states a count it is the latest day of an estimate, else of any claim.

        Examples:
            >>> import casualties as cs
            >>> print(cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary").as_of)
            2020-09-30
        """
        return self._told.as_of

    @cached_property
    def disputes(self) -> Disputes:
        """The pairs whose stated ends share no count, widest gap first: neither nearly agreeing nor overtaken.

        A dispute over the upper end of an earlier day is among them; it makes no finding of this day disputed.
        """
        return self._told.apart("dispute")

    @cached_property
    def near(self) -> Disputes:
        """The pairs whose figures are apart and nearly agree, which makes no dispute."""
        return self._told.apart("near")

    @cached_property
    def overtaken(self) -> Disputes:
        """The pairs of which the lower is an early figure that the higher outgrew."""
        return self._told.apart("overtaken")

    @cached_property
    def apart_by_assumed_end(self) -> Disputes:
        """The pairs that only an assumed end sets apart; they are no dispute."""
        return self._told.apart("assumed")

    @cached_property
    def divided(self) -> Disputes:
        """The pairs of organs under one root whose standing figures dispute."""
        return self._told.apart("divided")

    @property
    def status(self) -> FindingStatus:
        """How the independent sources stand to one another; the first that holds.

        Examples:
            >>> import casualties as cs
            >>> print(cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(status="civilian").status)
            single source
        """
        return self._told.status

    @cached_property
    def sources_of_the_day(self) -> tuple[IndependentSource, ...]:
        """The independent sources that speak of the finding's day, and those that deny; support counts these alone.

        Examples:
            >>> import casualties as cs
            >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(status="civilian")
            >>> len(finding.sources_of_the_day)
            1
        """
        stated = any(not voice.denies for voice in self.independent_sources)
        return tuple(voice for voice in self.independent_sources if stated and voice.of_day)

    @property
    def common(self) -> Figure | None:
        """The counts that every independent source allows on the finding's day, with floors carried from earlier days.

        ``None`` where two on the day dispute or are apart by an assumed end, or where no source states a figure.
        That a count is common does not mean that anybody states it.

        Examples:
            >>> import casualties as cs
            >>> print(cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary").common)
            2–25
        """
        return self._told.common

    @property
    def undisputed(self) -> Figure | None:
        """The narrowest range, of ends that somebody states, that excludes nobody but outliers.

        Where nobody disputes it is the common figure.  ``None`` where neither end is left.

        Examples:
            >>> import casualties as cs
            >>> print(cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary").undisputed)
            2–25
        """
        return self._told.undisputed

    def borne_out_by(self, number: int) -> Figure | None:
        """Give the narrowest range, of ends that somebody states, each of which so many independent sources bear out.

        One bears out "at least n" if its floor is n or more, and "at most n" if its upper end is n or less.  Nobody but
        outliers excludes the range.  An end that too few bear out is absent; ``None`` where both are.  Reports of which
        nobody says who made them bear out nothing for two or more.

        Raises:
            ModelError: If the number is below one.

        Examples:
            >>> import casualties as cs
            >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary")
            >>> print(finding.borne_out_by(1), finding.borne_out_by(2))
            2–25 None
        """
        if number < 1:
            raise ModelError(f"borne out by {number}: nobody bears that out", "too-few", "ask for one or more")
        return self._told.borne_out_by(number)

    @cached_property
    def outliers(self) -> tuple[IndependentSource, ...]:
        """The independent sources without which the others share a count, and that stand alone."""
        return tuple(voice for voice in self.independent_sources if voice.outlier)

    @property
    def span(self) -> Figure | None:
        """The smallest range around all figures as they were said, carried nowhere; ``None`` where there is none.

        It may hold counts that nobody states.

        Examples:
            >>> import casualties as cs
            >>> print(cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary").span)
            0 or more
        """
        return self._told.span

    @property
    def support(self) -> tuple[Support, ...]:
        """The ranges of greatest agreement on the day; several where there is a tie, which has no winner.

        Sources that speak of earlier days stand beside and are not counted.

        Examples:
            >>> import casualties as cs
            >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(status="civilian")
            >>> [str(support.figure) for support in finding.support]
            ['11 or more']
        """
        return self._told.support

    @property
    def witnesses(self) -> tuple[Witness, ...]:
        """The claims that set each end of the common range, the undisputed one, the span and the best-supported ones.

        Examples:
            >>> import casualties as cs
            >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(status="civilian")
            >>> len(finding.witnesses)
            8
        """
        return self._told.witnesses

    @property
    def estimates(self) -> tuple[Estimate, ...]:
        """The estimates that stand, beside the counts and never among them."""
        return self._told.estimates

    @property
    def outside(self) -> tuple[Outside, ...]:
        """The counts outside the interval of an estimate, and the estimates whose intervals do not meet."""
        return self._told.outside

    @cached_property
    def blamed(self) -> tuple[Blame, ...]:
        """Who is said to have done it, by whom, and who denies it, by side."""
        return blames(self.claims, self.view)

    @cached_property
    def denials(self) -> tuple[Denial, ...]:
        """The denials that stand, by source, with what follows from each.

        Examples:
            >>> import casualties as cs
            >>> len(cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="pilot").denials)
            2
        """
        return denials(self.subject, filter(self._stands, self.claims), self.view)

    @cached_property
    def silences(self) -> tuple[Claim, ...]:
        """The statements in which a source gives no figure, by source and day.  Silence is never zero.

        Examples:
            >>> import casualties as cs
            >>> results = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30"))
            >>> [claim.source for finding in results for claim in finding.silences]
            ['azerbaijan']
        """
        claims = [claim for claim in self.claims if self._stands(claim) and self.view.is_silent(claim)]
        return tuple(sorted(claims, key=lambda claim: (claim.source, claim.sort_key)))

    @cached_property
    def unverified(self) -> tuple[Claim, ...]:
        """The claims that say of another that it could not be verified: a mark on that claim, and no denial."""
        return tuple(claim for claim in self.claims if claim.stance is Stance.UNVERIFIED and self._stands(claim))

    def _stands(self, claim: Claim) -> bool:
        return self.fates[claim.id] is Fate.STANDS

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

    def beside(self, subject: Subject) -> Finding:
        """Give the finding on another subject of the same ledger, looked at in the same way.

        Args:
            subject: The other subject, such as one of `inside`.

        Examples:
            >>> import casualties as cs
            >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="pilot")
            >>> print(finding.beside(finding.inside[0]).common)
            81 or more
        """
        return type(self)(subject, tuple(self.view.topics[subject]), self.view)

    @cached_property
    def scopes(self) -> tuple[Scope, ...]:
        """Other findings that share no count with this one and differ in a facet that is easily overlooked.

        Such are killed against casualties, buried against killed, or one day against a running count.
        """
        if self.span is None:
            return ()
        all_scopes = []
        for facet, subject, span, day in spans_apart(self.view, self.span, self.view.index.alike(self.subject)):
            days = ((self.subject.since, self.as_of), (subject.since, day))
            if facet != "since" or holds_days(*days) or holds_days(*reversed(days)):
                all_scopes.append(Scope(facet, subject, span, day))
        return tuple(all_scopes)

    @cached_property
    def _replacing(self) -> Mapping[str, tuple[str, ...]]:
        """By claim that a source replaced on the subject, the claims that stand instead."""
        by_claim: dict[str, tuple[str, ...]] = {}
        for position in self.positions:
            later = tuple(claim.id for claim in position.claims)
            for claim in position.replaced:
                by_claim[claim.id] = (*by_claim.get(claim.id, ()), *later)
        return by_claim

    def replacing(self, claim: str) -> tuple[str, ...]:
        """Give the claims of its source that stand in the place of a claim, by identity; empty where none do.

        Examples:
            >>> import casualties as cs
            >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary")
            >>> finding.replacing(finding.claims[0].id)
            ()
        """
        return self._replacing.get(claim, ())

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
        """How far the undisputed floor can be relied on, or the upper end where there is no floor, with every reason.

        Examples:
            >>> import casualties as cs
            >>> print(cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary").confidence)
            low, for 2 or more
        """
        undisputed = self.undisputed
        if undisputed is None:
            return self._told.confidence_in(None)
        if undisputed.low:
            marks = undisputed.assumed & {End.LOW}
            return self._told.confidence_in(Figure(undisputed.low, None, assumed=marks))
        return self._told.confidence_in(Figure(0, undisputed.high, assumed=undisputed.assumed & {End.HIGH}))

    def confidence_in(self, figure: Figure) -> Confidence:
        """Say how far a figure can be relied on: the lower level of its two ends.

        A wider figure, or one more who bears it out, is never less confident.  "0 or more" says nothing.

        Examples:
            >>> import casualties as cs
            >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary")
            >>> print(finding.confidence_in(cs.Figure(1, 25)), "·", finding.confidence_in(cs.Figure.at_least(26)))
            low, for 1–25 · none, for 26 or more
        """
        return self._told.confidence_in(figure)

    def evidence(self, weights: Mapping[str, Fraction] = ADMIRALTY_WEIGHTS) -> Evidence | None:
        """Weigh the voices of the day by the grades of their claims; ``None`` where nobody graded any."""
        return evidence([voice for voice in self.independent_sources if voice.of_day], weights)
