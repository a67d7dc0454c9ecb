"""What a table says in words: how a claim or a finding stands, and what a reader must know of either."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Final, TypeVar

from casualties.model.claim import Aspect, Claim, Stance
from casualties.model.figure import Figure
from casualties.model.ledger import handles, report_names
from casualties.model.period import PartialDate
from casualties.reconciling.across import Across, AcrossKind, across, has_parts
from casualties.reconciling.pairs import FindingStatus
from casualties.reconciling.position import Fate, Interest, Position, interest
from casualties.show._first import first_of
from casualties.show._numbering import Numbering, ranges
from casualties.show.describe import (
    describe,
    describe_date,
    describe_delay,
    describe_same,
    describe_voices,
    enumeration,
    named,
    numbered,
    with_article,
)
from casualties.show.sentences._marks import Marks
from casualties.show.sentences._scopes import told_scopes
from casualties.show.sentences.subjects import allegation, around, estimated, replaced_elsewhere

if TYPE_CHECKING:
    from casualties.model.report import Report
    from casualties.model.subject import Subject
    from casualties.reconciling.estimate import Outside
    from casualties.reconciling.finding import Finding
    from casualties.reconciling.pairs import Dispute, Voice
    from casualties.reconciling.view import Standpoint

__all__ = ["Sentences"]

Item = TypeVar("Item")

_ASPECTS: Final = {
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

_MOST: Final = 10
"""How many pairs a sentence lists; the number of the others is told."""


class Sentences:
    """The sentences about findings, in which claims are called by their numbers.

    Args:
        view: The ledger as it is looked at.
        numbers: The numbers of the claims.

    Examples:
        >>> import casualties as cs
        >>> result = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> say = Sentences(result.view, Numbering(result.findings))
        >>> say.status(result.one(role="mercenary"))
        'compatible, 2 independent'
    """

    def __init__(self, view: Standpoint, numbers: Numbering) -> None:
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
        found: dict[str, list[str]] = {}
        for claim in self.view.claims.values():
            if claim.stance is Stance.WITHDRAWS and claim.target is not None:
                found.setdefault(claim.target, []).append(claim.id)
        return found

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
            parts.append(_ASPECTS[claim.aspect])
        elif self.view.disowns(claim):
            parts.append("denies the responsibility")
        elif claim.stance not in (Stance.WITHDRAWS, Stance.UNVERIFIED):
            whose = _INTERESTS[interest(claim.source, finding.subject, self.view.sources, self.view.words)]
            parts.append(f"{whose} {mark}" if mark and "side" in claim.our_reading else whose)
        if claim.silence is not None:
            parts.append(str(claim.silence).replace("-", " "))
        if claim.modality is not None and fate is not Fate.PROJECTED:
            parts.append(str(claim.modality))
        if claim.day is None:
            parts.append("undated" if fate is not Fate.UNDATED else "")
        elif claim.day != finding.as_of and claim.stance not in (Stance.WITHDRAWS, Stance.UNVERIFIED):
            day = describe_date(claim.day, short=True)
            parts.append(f"to {day.removesuffix(f' {finding.as_of.latest.year}') if finding.as_of else day}")
        if claim.day_assumed and claim.stance is Stance.STATES:
            parts.append("day assumed")
        if claim.stated and claim.stated.at:
            parts.append(f"said {self._hour(claim.stated)}")
        if claim.subject.basis is not None and claim.stance is Stance.STATES:
            parts.append(str(claim.subject.basis))
        parts += self._marks(finding, claim)
        return ", ".join(part for part in parts if part)

    def _hour(self, stated: PartialDate) -> str:
        """Write the hour of a statement, with its day and offset where those of the ledger differ."""
        days, offsets = self._moments
        day = "" if days == 1 else describe_date(stated.date_only, short=True)
        offset = "" if offsets == 1 else f"{stated.at:%z}" if stated.at else ""
        return ", ".join(
            filter(None, [day, " ".join(filter(None, [f"{stated.at:%H:%M}" if stated.at else "", offset]))])
        )

    def _marks(self, finding: Finding, claim: Claim) -> Iterator[str]:
        """Say of a claim that it is overtaken, an outlier, or outside an estimate."""
        if finding.subject not in self._marked:
            self._marked[finding.subject] = Marks(finding)
        marks = self._marked[finding.subject]
        if pairs := marks.overtaken.get(claim.id):
            first = max(pairs, key=lambda pair: pair.sort_key)
            by = self.numbers.all(each.id for each in first.upper_claims)
            told = [str(first.upper_figure), self._delay(first)]
            more = f" and {len(pairs) - 1} more" if len(pairs) > 1 else ""
            yield f"overtaken by {by} ({', '.join(filter(None, told))}){more}"
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
            return f"replaced by {self.numbers.all(later)}" if later else "replaced"
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

    def subject(self, finding: Finding, *, shared_day: bool) -> str:
        """Name whom a finding counts, and its days where its group does not."""
        one = finding.common == Figure.exactly(1)
        text = describe(finding.subject, self.view.words, one=one, hide=("perpetrator", "event"))
        if shared_day or finding.as_of is None:
            return text
        return f"{text}, {'on' if self.view.is_stock(finding.subject) else 'to'} {describe_date(finding.as_of)}"

    def common(self, finding: Finding) -> str:
        """Give the counts that all voices allow, or say that there is none."""
        if finding.common is not None:
            return str(finding.common)
        return "none shared" if finding.voices else "no figure"

    def status(self, finding: Finding) -> str:
        """Say how the independent sources of a finding stand to one another, and what two of them bear out."""
        told = str(finding.status) if finding.voices or finding.estimates else "not reported"
        if finding.status is FindingStatus.CORROBORATED and (borne := finding.borne_out_by(2)) is not None:
            told = f"{told}: {borne}"
        parts = [told]
        if len(finding.voices) > 1:
            parts.append(f"{len(finding.voices)} independent")
        parts += [str(flag) for flag in finding.flags]
        return ", ".join(parts)

    def combination(self, position: Position) -> str:
        """Say what the versions of one position come to together; empty where there is one."""
        if not position.versions:
            return ""
        versions = self.numbers.all(claim.id for claim in position.versions)
        if not set(position.versions) <= set(position.claims):
            return f"versions {versions}; taken at the source itself: {position.figure}"
        return f"versions {versions}; together {position.figure}"

    def clauses(self, finding: Finding) -> tuple[str, ...]:
        """Say inside what the subject lies, what is undisputed, who is said to have done it, and what is denied."""
        words, subject = self.view.words, finding.subject
        found = [f"inside {around(other, subject, words)}" for other in finding.inside]
        if finding.common is None and finding.voices and finding.status is not FindingStatus.UNREPORTED:
            found.append(self._undisputed(finding))
        found += describe_same(finding.same_events, finding.identifications)
        blamed = {claim.id for blame in finding.blamed for claim in blame.denials}
        for blame in finding.blamed:
            by = f"by {with_article(named('side', blame.side, words))}"
            found.append(f"{by}, says {self.numbers.all(claim.id for claim in blame.claims)}")
            if blame.denials:
                found.append(f"denied by {self.numbers.all(claim.id for claim in blame.denials)}")
        denied: dict[Aspect | None, list[str]] = {}
        for denial in finding.denials:
            denied.setdefault(denial.aspect, []).append(denial.claim.id)
        for aspect, claims in sorted(denied.items(), key=lambda item: list(_ASPECTS).index(item[0])):
            left = [claim for claim in claims if aspect is not Aspect.RESPONSIBILITY or claim not in blamed]
            if aspect is None:
                found.append(f"denied by {self.numbers.all(claims)}, {_ASPECTS[None]}")
            elif left:
                found.append(f"{_ASPECTS[aspect]} is denied by {self.numbers.all(left)}")
        if denied and not denied.keys() & {Aspect.OCCURRENCE, Aspect.FIGURE, None}:
            found.append("the count is not denied")
        found += replaced_elsewhere(finding, self.view, self.numbers)
        return tuple(found)

    @staticmethod
    def _undisputed(finding: Finding) -> str:
        """Say which range excludes nobody, and how far it can be relied on."""
        if finding.undisputed is None:
            return "nothing is undisputed"
        told = f"undisputed: {finding.undisputed}"
        return f"{told} (confidence {finding.confidence})"

    def remarks(self, finding: Finding) -> list[tuple[str, list[str]]]:
        """Say what in a finding is our reading and what is alleged: sentences, with the claims that stand for {}."""
        readings: dict[tuple[str, ...], list[str]] = {}
        alleged: dict[tuple[str, str], list[str]] = {}
        for claim in finding.claims:
            if claim.our_reading:
                readings.setdefault(claim.our_reading, []).append(claim.id)
            for pair in claim.alleged:
                alleged.setdefault(pair, []).append(claim.id)
        found = []
        for facets, claims in sorted(readings.items()):
            found.append((f"Our reading: the words of {{}} do not print the {' and the '.join(facets)}.", claims))
        for (facet, word), claims in sorted(alleged.items()):
            by = "" if len(claims) == len(finding.claims) else " by {}"
            found.append((f"Alleged{by}{allegation(facet, word, self.view.words)}.", claims))
        return found

    def common_ground(self, finding: Finding) -> str:
        """Say what the voices of a finding have in common; empty where there is one voice or none."""
        return " ".join(self._voices(finding))

    def _voices(self, finding: Finding) -> Iterator[str]:
        voices = finding.voices
        if len(voices) < 2:
            return
        two = len(voices) == 2
        parts = []
        if finding.common is not None:
            parts.append(f"{'both' if two else f'all {len(voices)}'} allow {finding.common}")
        else:
            apart, left = first_of(_MOST, (finding.disputes, finding.near, finding.apart_by_assumed_end))
            parts += [self.dispute(dispute) for dispute in apart]
            if left:
                parts.append(f"{left} more pairs are apart by less")
            supports = [str(support.figure) for support in finding.support]
            most = len(finding.support[0].voices) if finding.support else 0
            if most > 1:
                among = describe_voices(len(finding.voices_of_the_day), len(voices))
                parts.append(f"most, {most} of {among}, allow {' or '.join(supports)}")
        parts += [self.dispute(pair) for pair in finding.overtaken[:_MOST]]
        if finding.status is FindingStatus.CORROBORATED:
            parts += self._bearing(finding)
        elif not finding.disputes:
            parts.append("neither confirms the other" if two else "none confirms another")
        parts.append(f"that {'the two' if two else 'they'} are independent is assumed")
        text = "; ".join(parts)
        yield f"{text[:1].upper()}{text[1:]}."

    def _bearing(self, finding: Finding) -> Iterator[str]:
        """Say who bears out what two bear out, each end by itself where others bear it."""
        borne = finding.borne_out_by(2)
        if borne is None:
            return
        signed = [voice for voice in finding.voices if not voice.unattributed and voice.on_day.overlaps(borne)]
        lows = [self._voice(voice) for voice in signed if 0 < borne.low <= voice.on_day.low]
        highs = [
            self._voice(voice)
            for voice in signed
            if borne.high is not None and voice.on_day.high is not None and voice.on_day.high <= borne.high
        ]
        if lows == highs:
            yield f"{borne} is borne out by {enumeration(lows)}"
        else:
            told = [(f"{borne.low:,} or more", lows), (f"{borne.high:,} or fewer" if borne.high else "", highs)]
            yield " and ".join(f"{end} is borne out by {enumeration(names)}" for end, names in told if names)

    def _voice(self, voice: Voice) -> str:
        """Name an independent source by its claims; several claims of one are joined as one."""
        return self._joined(voice.claims)

    def _joined(self, claims: Iterable[Claim]) -> str:
        return "/".join(sorted((self.numbers.name(claim.id) for claim in claims), key=lambda name: (len(name), name)))

    def dispute(self, dispute: Dispute) -> str:
        """Name both sides of two figures that are apart, and the gap between them."""
        lower, upper = self._joined(dispute.lower_claims), self._joined(dispute.upper_claims)
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
        untold = [each for each in findings if not told_below(each)]
        notes = dict.fromkeys(noted[each.subject] for each in findings if told_below(each) and each.disputes)
        seen = [f"see {enumeration(notes)}"] if notes else []
        pairs = [each.disputes for each in untold]
        organs = [each.divided for each in findings]
        counts = "counts that stand" if aside else "counts"
        nested = across(findings, self.view)
        above = [each for each in nested if each.kind is AcrossKind.DISPUTE]
        on_both = ", on one subject or between a part and its whole" if has_parts(findings, self.view) else ""
        on_one = " on one subject" if above else on_both
        none = f"No {counts} contradict one another{on_one}"
        every: list[Sequence[Dispute | str]] = [seen, *pairs, *organs]
        listed = self._list(every, self._contradiction)
        told = f"Counts contradict one another: {listed}" if listed else none
        early = sum(voice.overtaken for finding in findings for voice in finding.voices)
        if early:
            told += f"; {numbered(early, 'early count')} {'is' if early == 1 else 'are'} overtaken"
        sentences = [f"{told}."]
        if above:
            sentences.append(f"A part is counted above its whole: {self._list([above], self._above)}.")
        outgrown = [each for each in nested if each.kind is AcrossKind.OVERTAKEN]
        if outgrown:
            sentences.append(f"A part overtook an early count of its whole: {self._list([outgrown], self._above)}.")
        for lead, found in (
            ("Nearly agree", self._list([each.near for each in untold], self._against)),
            ("Apart only by an assumed end", self._list([each.apart_by_assumed_end for each in untold], self._against)),
        ):
            if found:
                sentences.append(f"{lead}: {found}.")
        if outside := self._list([finding.outside for finding in findings], self._beside):
            sentences.append(f"Outside an estimate: {outside}.")
        fates = [
            f"{self._ranges(claims)} {fate}"
            for fate, claims in sorted(aside.items(), key=lambda item: list(Fate).index(item[0]))
        ]
        sentences.append(f"Set aside: {'; '.join(fates)}." if fates else "No claim is set aside.")
        if left := self.view.same_events.left_apart:
            events = [f"{enumeration(each.events)} ({'; '.join(map(str, each.identifications))})" for each in left]
            sentences.append(f"Left apart, since identifications contradict one another: {self._list([events], str)}.")
        return (" ".join(sentences), *told_scopes(findings, self.view.words, _MOST))

    def _above(self, each: Across) -> str:
        """Name who counts a part, who counts its whole, and the gap."""
        return f"{self._voice(each.floor)} above {self._voice(each.ceiling)} (gap {each.gap:,})"

    def _against(self, pair: Dispute, more: str = "") -> str:
        lower, upper = self._joined(pair.lower_claims), self._joined(pair.upper_claims)
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
        told, left = first_of(_MOST, parts)
        return "; ".join(map(tell, told)) + (f"; and {left:,} more" if left > 0 else "")

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
                reports = dict.fromkeys(each.report for each in claim.citations if each.report)
                for report in reports:
                    read.setdefault(report, []).append(self.numbers[claim.id])
                if not reports:
                    nowhere.append(self.numbers[claim.id])
        found = []
        for report in self.view.ledger.reports:
            if numbers := read.get(report):
                told = [part for part in (report.publisher or report.title or report.address,) if part]
                if report.published:
                    told.append(describe_date(report.published, short=True))
                found.append((min(numbers), f"{ranges(numbers)} {', '.join(told)} [{names[report]}]"))
        if nowhere:
            found.append((len(self.numbers) + 1, f"{ranges(nowhere)} not stated"))
        return tuple(text for _, text in sorted(found))

    def relays(self, findings: Iterable[Finding]) -> tuple[str, ...]:
        """List through whom claims came to their reports; empty where nobody is named."""
        through: dict[str, list[int]] = {}
        for finding in findings:
            for claim in finding.claims:
                for citation in claim.citations:
                    if citation.relays:
                        chain = ", then ".join(relay.name for relay in citation.relays)
                        through.setdefault(chain, []).append(self.numbers[claim.id])
        found = sorted((min(numbers), ranges(numbers), chain) for chain, numbers in through.items())
        return tuple(f"{numbers} through {chain}" for _, numbers, chain in found)
