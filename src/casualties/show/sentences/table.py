"""What a table says in words: how a claim or a finding stands, and what a reader must know of either."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final, TypeVar

from casualties.model.claim import Aspect
from casualties.model.figure import Figure
from casualties.model.ledger import handles, report_names
from casualties.model.period import PartialDate
from casualties.reconciling.across import Across, AcrossKind, across, has_parts
from casualties.reconciling.pairs import FindingStatus
from casualties.reconciling.position import Fate, Flag, Position
from casualties.show._first import first_of
from casualties.show._numbering import ranges
from casualties.show.describe import (
    describe,
    describe_date,
    describe_period,
    describe_same,
    describe_stock_day,
    describe_voices,
    enumeration,
    named,
    numbered,
    with_article,
)
from casualties.show.sentences._scopes import told_scopes
from casualties.show.sentences.ends import bearing_floor, lower_claims, upper_claims
from casualties.show.sentences.standing import ASPECTS, Standing
from casualties.show.sentences.subjects import allegation, around, replaced_elsewhere

if TYPE_CHECKING:
    from casualties.model.report import Report
    from casualties.model.subject import Subject
    from casualties.reconciling.estimate import Outside
    from casualties.reconciling.finding import Finding
    from casualties.reconciling.pairs import Dispute

__all__ = ["Sentences"]

Item = TypeVar("Item")

_MOST: Final = 10
"""How many pairs a sentence lists; the number of the others is told."""


class Sentences(Standing):
    """The sentences about findings, in which claims are called by their numbers.

    Args:
        view: The ledger as it is looked at.
        numbers: The numbers of the claims.

    Examples:
        >>> import casualties as cs
        >>> from casualties.show._numbering import Numbering
        >>> result = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> say = Sentences(result.view, Numbering(result.findings))
        >>> say.status(result.one(role="mercenary"))
        'compatible, 2 independent'
    """

    def subject(self, finding: Finding, *, shared_day: bool) -> str:
        """Name whom a finding counts, and its days where its group does not."""
        single = finding.common == Figure.exactly(1)
        text = describe(finding.subject, self.view.words, one=single, hide=("perpetrator", "event"))
        if shared_day or finding.as_of is None:
            return text
        return f"{text}, {self.days([finding], finding.as_of)}"

    def days(self, findings: Sequence[Finding], until: PartialDate | None) -> str:
        """Say of which days counts are: up to a day, on it, or from a first day where what is counted on it adds up."""
        subject = findings[0].subject
        if not self.view.is_stock(subject):
            return f"to {describe_date(until)}" if until else ""
        if since := self._first_day(findings):
            return describe_period(since, until)
        return describe_stock_day(until) if until else ""

    def _first_day(self, findings: Sequence[Finding]) -> PartialDate | None:
        """Give the day from which all claims count a sum that holds a running part, as killed or missing does."""
        harm = findings[0].subject.harm
        days = {claim.subject.since for finding in findings for claim in finding.claims if claim.figure is not None}
        running = any(not self.view.words.is_stock([word]) for word in harm)
        return days.pop() if running and len(days) == 1 else None

    def common(self, finding: Finding) -> str:
        """Give the counts that all voices allow, or say that there is none."""
        if finding.common is not None:
            return str(finding.common)
        return "none shared" if finding.independent_sources else "no figure"

    def status(self, finding: Finding) -> str:
        """Say how the independent sources of a finding stand to one another, and what two of them bear out."""
        standing = str(finding.status) if finding.independent_sources or finding.estimates else "not reported"
        if finding.status is FindingStatus.COMPATIBLE and finding.common is None:
            standing = "apart only by an assumed end"
        if finding.status is FindingStatus.CORROBORATED and (borne := finding.borne_out_by(2)) is not None:
            standing = f"{standing}: {borne}"
        parts = [standing]
        if len(finding.independent_sources) > 1:
            parts.append(f"{len(finding.independent_sources)} independent")
        if finding.disputes and finding.status is not FindingStatus.DISPUTED:
            parts.append("disputed for earlier days")
        parts += [str(flag) for flag in finding.flags]
        return ", ".join(parts)

    def combination(self, position: Position) -> str:
        """Say what the versions of one position come to together; empty where there is one."""
        if not position.versions:
            return ""
        versions = self.numbers.all(claim.id for claim in position.versions)
        if not set(position.versions) <= set(position.claims):
            return f"versions {versions}; taken at the source itself: {position.figure}"
        figures = [figure for claim in position.versions if (figure := self.view.figure(claim)) is not None]
        if Figure.meet(figures) is None:
            return f"versions {versions}, which share no count; taken as {position.figure}"
        return f"versions {versions}; together {position.figure}"

    def clauses(self, finding: Finding) -> tuple[str, ...]:
        """Say inside what the subject lies, what is undisputed, who is said to have done it, and what is denied."""
        words, subject = self.view.words, finding.subject
        parts = [f"inside {around(other, subject, words)}{self._shorter(finding, other)}" for other in finding.inside]
        if finding.common is None and finding.independent_sources and finding.status is not FindingStatus.UNREPORTED:
            parts.append(self._undisputed(finding))
        parts += describe_same(finding.same_events, finding.identifications)
        blamed = {claim.id for blame in finding.blamed for claim in blame.denials}
        for blame in finding.blamed:
            by = f"by {with_article(named('side', blame.side, words))}"
            parts.append(f"{by}, says {self.numbers.all(claim.id for claim in blame.claims)}")
            if blame.denials:
                parts.append(f"denied by {self.numbers.all(claim.id for claim in blame.denials)}")
        if len(finding.blamed) > 1:
            parts.append("who did it is disputed")
        parts += self._denied(finding, blamed)
        parts += replaced_elsewhere(finding, self.view, self.numbers)
        return tuple(parts)

    def _shorter(self, finding: Finding, other: Subject) -> str:
        """Say of what lies around a finding that it is counted to an earlier day, so that it may hold fewer people."""
        last = finding.beside(other).as_of
        if last is None or finding.as_of is None or last.latest >= finding.as_of.latest:
            return ""
        return f", counted to {describe_date(last, short=True)}"

    def _denied(self, finding: Finding, blamed: Collection[str]) -> Iterator[str]:
        """Say what is denied, and of which claim where that one does not stand or others do."""
        counts = sum(claim.figure is not None for claim in finding.claims)
        denied: dict[tuple[Aspect | None, str], list[str]] = {}
        for denial in finding.denials:
            of = denial.denied or ""
            apart = of in finding.fates and (counts > 1 or finding.fates[of] is not Fate.STANDS)
            denied_figure = f" of {self.numbers.name(of)}" if apart and denial.aspect is Aspect.FIGURE else ""
            denied.setdefault((denial.aspect, denied_figure), []).append(denial.claim.id)
        places = {aspect: place for place, aspect in enumerate(ASPECTS)}
        for (aspect, denied_figure), claims in sorted(
            denied.items(), key=lambda item: (places[item[0][0]], item[0][1])
        ):
            left = [claim for claim in claims if aspect is not Aspect.RESPONSIBILITY or claim not in blamed]
            if aspect is None:
                yield f"denied by {self.numbers.all(claims)}, {ASPECTS[None]}"
            elif left:
                yield f"{ASPECTS[aspect]}{denied_figure} is denied by {self.numbers.all(left)}"
        aspects = {aspect for aspect, _ in denied}
        if aspects and not aspects & {Aspect.OCCURRENCE, Aspect.FIGURE, None}:
            yield "the count is not denied"

    def _undisputed(self, finding: Finding) -> str:
        """Say which range excludes nobody, and how far it can be relied on."""
        if finding.undisputed is None:
            return "nothing is undisputed"
        against = self._against_undisputed(finding, finding.undisputed)
        text = f"undisputed{f' but by {against}' if against else ''}: {finding.undisputed}"
        return f"{text} (confidence {finding.confidence})"

    def _against_undisputed(self, finding: Finding, undisputed: Figure) -> str:
        """Name who stands against what is called undisputed: outliers, and organs of divided sources."""
        claims = {claim.id for voice in finding.outliers for claim in voice.claims}
        for pair in finding.disputes if Flag.DIVIDED in finding.flags else ():
            for organ, figure in ((pair.lower_organ, pair.lower_figure), (pair.upper_organ, pair.upper_figure)):
                if organ is not None and pair.of_day and not figure.overlaps(undisputed):
                    claims |= {claim.id for claim in organ.claims}
        return self.numbers.all(claims)

    def remarks(self, finding: Finding) -> list[tuple[str, list[str]]]:
        """Say what in a finding is our reading and what is alleged: sentences, with the claims that stand for {}."""
        readings: dict[tuple[str, ...], list[str]] = {}
        alleged: dict[tuple[str, str], list[str]] = {}
        for claim in finding.claims:
            if claim.our_reading:
                readings.setdefault(claim.our_reading, []).append(claim.id)
            for pair in claim.alleged:
                alleged.setdefault(pair, []).append(claim.id)
        notes = []
        for facets, claims in sorted(readings.items()):
            notes.append((f"Our reading: the words of {{}} do not print the {' and the '.join(facets)}.", claims))
        for (facet, word), claims in sorted(alleged.items()):
            by = "" if len(claims) == len(finding.claims) else " by {}"
            notes.append((f"Alleged{by}{allegation(facet, word, self.view.words)}.", claims))
        return notes

    def common_ground(self, finding: Finding) -> str:
        """Say what the voices of a finding have in common; empty where there is one voice or none."""
        return " ".join(self._voices(finding))

    def _voices(self, finding: Finding) -> Iterator[str]:
        voices = finding.independent_sources
        if len(voices) < 2:
            return
        two = len(voices) == 2
        parts = []
        if finding.common is not None:
            parts.append(f"{'both' if two else f'all {len(voices)}'} allow {finding.common}{self._loosely(finding)}")
        else:
            apart, left = first_of(_MOST, (finding.disputes, finding.near, finding.apart_by_assumed_end))
            parts += [self.dispute(dispute) for dispute in apart]
            if left:
                parts.append(f"{left} more pairs are apart by less")
            supports = [str(support.figure) for support in finding.support]
            most = len(finding.support[0].independent_sources) if finding.support else 0
            if most > 1:
                among = describe_voices(len(finding.sources_of_the_day), len(voices))
                more = most * 2 > len(finding.sources_of_the_day)
                allow = f"most, {most} of {among}, allow" if more else f"at most {most} of {among} allow one count:"
                parts.append(f"{allow} {' or '.join(supports)}")
        parts += [self.dispute(pair) for pair in finding.overtaken[:_MOST]]
        if finding.status is FindingStatus.CORROBORATED:
            parts += self._bearing(finding)
        elif not finding.disputes:
            parts.append("neither confirms the other" if two else "none confirms another")
        if finding.common is not None and finding.undisputed is not None:
            parts.append(f"confidence {finding.confidence}")
        parts.append(f"that {'the two' if two else 'they'} are independent is assumed")
        text = "; ".join(parts)
        yield f"{text[:1].upper()}{text[1:]}."

    def _loosely(self, finding: Finding) -> str:
        """Say who allows the common counts by a floor alone: early counts, and those that speak of earlier days."""
        early = sorted((self._voice(voice) for voice in finding.independent_sources if voice.overtaken), key=_by_number)
        before = sorted(
            (self._voice(voice) for voice in finding.independent_sources if not (voice.of_day or voice.overtaken)),
            key=_by_number,
        )
        counts = [f"{enumeration(early)} as {'an early count' if len(early) == 1 else 'early counts'}"] if early else []
        counts += [f"{enumeration(before)} of earlier days"] if before else []
        floors = "its floor" if len(early) + len(before) == 1 else "their floors"
        return f" ({'; '.join(counts)}, by {floors} alone)" if counts else ""

    def _bearing(self, finding: Finding) -> Iterator[str]:
        """Say who bears out what two bear out, each end by itself where others bear it."""
        borne = finding.borne_out_by(2)
        if borne is None:
            return
        signed = [
            voice for voice in finding.independent_sources if not voice.unattributed and voice.on_day.overlaps(borne)
        ]
        lows = [
            self._joined(bearing_floor(voice, borne.low, self.view))
            for voice in signed
            if 0 < borne.low <= voice.on_day.low
        ]
        highs = [
            self._voice(voice)
            for voice in signed
            if borne.high is not None and voice.on_day.high is not None and voice.on_day.high <= borne.high
        ]
        if lows == highs:
            yield f"{borne} is borne out by {enumeration(lows)}"
        else:
            borne_ends = [(f"{borne.low:,} or more", lows), (f"{borne.high:,} or fewer" if borne.high else "", highs)]
            yield " and ".join(f"{end} is borne out by {enumeration(names)}" for end, names in borne_ends if names)

    def _ends(self, pair: Dispute) -> tuple[str, str]:
        """Name the claims that set the two ends which are apart."""
        return self._joined(lower_claims(pair, self.view)), self._joined(upper_claims(pair, self.view))

    def dispute(self, dispute: Dispute) -> str:
        """Name both sides of two figures that are apart, and the gap between them."""
        lower, upper = self._ends(dispute)
        if dispute.overtaken:
            return f"{upper} overtakes the early count of {lower} by {dispute.gap:,}"
        if dispute.near:
            return f"{lower} and {upper} nearly agree, and the gap is {dispute.gap:,}"
        if dispute.assumed:
            return f"only an assumed end sets {lower} and {upper} apart, and the gap is {dispute.gap:,}"
        earlier = "" if dispute.of_day else " of an earlier day"
        return f"{lower} and {upper} share no count{earlier}, and the gap is {dispute.gap:,}"

    def closing(self, findings: Sequence[Finding], marks: Mapping[Subject, str] | None = None) -> tuple[str, ...]:
        """Say what holds of the whole: contradictions, early counts, estimates, claims set aside, and scopes.

        Args:
            findings: The findings.
            marks: The marks of footnotes, by subject; a pair that a footnote tells is not told again.
        """
        noted = {subject: mark for subject, mark in (marks or {}).items() if mark}

        def told_below(finding: Finding) -> bool:
            return finding.common is None and finding.subject in noted

        aside: dict[Fate, list[str]] = {}
        for finding in findings:
            for claim in finding.set_aside:
                aside.setdefault(finding.fates[claim.id], []).append(claim.id)
        untold = [finding for finding in findings if not told_below(finding)]
        notes = dict.fromkeys(
            noted[finding.subject] for finding in findings if told_below(finding) and finding.disputes
        )
        seen = [f"see {enumeration(notes)}"] if notes else []
        pairs = [finding.disputes for finding in untold]
        organs = [finding.divided for finding in findings]
        counts = "counts that stand" if aside else "counts"
        nested = across(findings, self.view)
        above = [relation for relation in nested if relation.kind is AcrossKind.DISPUTE]
        on_both = ", on one subject or between a part and its whole" if has_parts(findings, self.view) else ""
        on_one = " on one subject" if above else on_both
        none = f"No {counts} contradict one another{on_one}"
        every: list[Sequence[Dispute | str]] = [seen, *pairs, *organs]
        listed = self._list(every, self._contradiction)
        sentence = f"Counts contradict one another: {listed}" if listed else none
        early = sum(voice.overtaken for finding in findings for voice in finding.independent_sources)
        if early:
            sentence += f"; {numbered(early, 'early count')} {'is' if early == 1 else 'are'} overtaken"
        sentences = [f"{sentence}."]
        if above:
            sentences.append(f"A part is counted above its whole: {self._list([above], self._above)}.")
        outgrown = [relation for relation in nested if relation.kind is AcrossKind.OVERTAKEN]
        if outgrown:
            sentences.append(f"A part overtook an early count of its whole: {self._list([outgrown], self._above)}.")
        for lead, listed_pairs in (
            ("Nearly agree", self._list([finding.near for finding in untold], self._against)),
            (
                "Apart only by an assumed end",
                self._list([finding.apart_by_assumed_end for finding in untold], self._against),
            ),
        ):
            if listed_pairs:
                sentences.append(f"{lead}: {listed_pairs}.")
        if outside := self._list([finding.outside for finding in findings], self._beside):
            sentences.append(f"Outside an estimate: {outside}.")
        fates = [
            f"{self._ranges(claims)} {fate}"
            for fate, claims in sorted(aside.items(), key=lambda item: list(Fate).index(item[0]))
        ]
        sentences.append(f"Set aside: {'; '.join(fates)}." if fates else "No claim is set aside.")
        if left := self.view.same_events.left_apart:
            events = [
                f"{enumeration(left_apart.events)} ({'; '.join(map(str, left_apart.identifications))})"
                for left_apart in left
            ]
            sentences.append(f"Left apart, since identifications contradict one another: {self._list([events], str)}.")
        return (" ".join(sentences), *told_scopes(findings, self.view.words, _MOST))

    def _above(self, relation: Across) -> str:
        """Name who counts a part, who counts its whole, and the gap."""
        return f"{self._voice(relation.floor)} above {self._voice(relation.ceiling)} (gap {relation.gap:,})"

    def _against(self, pair: Dispute, more: str = "") -> str:
        lower, upper = self._ends(pair)
        earlier = "" if pair.of_day else ", of an earlier day"
        return f"{lower} with {upper} (gap {pair.gap:,}{more}{earlier})"

    def _beside(self, outside: Outside) -> str:
        """Name a count and the estimate outside whose interval it lies, or two estimates that do not meet."""
        estimate = self.numbers.name(outside.estimate.claim.id)
        if outside.count is not None:
            return f"{self._voice(outside.count)} outside the interval of {estimate} (gap {outside.gap:,})"
        other = "" if outside.other is None else self.numbers.name(outside.other.claim.id)
        return f"the intervals of {estimate} and {other} do not meet (gap {outside.gap:,})"

    @staticmethod
    def _list(parts: Iterable[Sequence[Item]], tell: Callable[[Item], str]) -> str:
        """List the first of some pairs, the widest gaps first, and say how many are left; only what is told is made."""
        items, left = first_of(_MOST, parts)
        return "; ".join(map(tell, items)) + (f"; and {left:,} more" if left > 0 else "")

    def _contradiction(self, pair: Dispute | str) -> str:
        """Name two who contradict one another, or the footnotes that tell it already."""
        if isinstance(pair, str):
            return pair
        return self._against(pair, ", organs of one source" if pair.lower is pair.upper else "")

    def _ranges(self, claims: Iterable[str]) -> str:
        return ranges(self.numbers[claim] for claim in claims)

    def readings(self, findings: Iterable[Finding]) -> tuple[str, ...]:
        """List the reports in which the claims were read, each with the numbers of its claims."""
        names = handles(self.view.ledger.reports, report_names)
        read: dict[Report, list[int]] = {}
        nowhere = []
        for finding in findings:
            for claim in finding.claims:
                reports = dict.fromkeys(citation.report for citation in claim.citations if citation.report)
                for report in reports:
                    read.setdefault(report, []).append(self.numbers[claim.id])
                if not reports:
                    nowhere.append(self.numbers[claim.id])
        printed = []
        for report in self.view.ledger.reports:
            if numbers := read.get(report):
                parts = [part for part in (report.publisher or report.title or report.address,) if part]
                if report.published:
                    parts.append(describe_date(report.published, short=True))
                printed.append((min(numbers), f"{ranges(numbers)} {', '.join(parts)} [{names[report]}]"))
        if nowhere:
            printed.append((len(self.numbers) + 1, f"{ranges(nowhere)} not stated"))
        return tuple(text for _, text in sorted(printed))

    def relays(self, findings: Iterable[Finding]) -> tuple[str, ...]:
        """List through whom claims came to their reports; empty where nobody is named."""
        through: dict[str, list[int]] = {}
        for finding in findings:
            for claim in finding.claims:
                for citation in claim.citations:
                    if citation.relays:
                        chain = ", then ".join(relay.name for relay in citation.relays)
                        through.setdefault(chain, []).append(self.numbers[claim.id])
        chains = sorted((min(numbers), ranges(numbers), chain) for chain, numbers in through.items())
        return tuple(f"{numbers} through {chain}" for _, numbers, chain in chains)


def _by_number(name: str) -> tuple[int, str]:
    return (len(name), name)
