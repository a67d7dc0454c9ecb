"""The sentences of an explanation: a finding told whole, in which every number names its claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from casualties.model.citation_check import CitationChecks, Verdict
from casualties.model.claim import Aspect, Claim, Silence, Stance
from casualties.model.figure import Figure
from casualties.model.subject import Subject
from casualties.reconciling.estimate import Outside
from casualties.reconciling.pairs import Dispute, FindingStatus, IndependentSource
from casualties.reconciling.position import Fate, Flag, Interest, Position
from casualties.show._first import first_of
from casualties.show.describe import (
    capitalised,
    describe,
    describe_date,
    describe_harm,
    describe_period,
    describe_same,
    describe_voices,
    enumeration,
    named,
    with_article,
)
from casualties.show.sentences.printed import printed
from casualties.show.sentences.prose import begin, several, source_name
from casualties.show.sentences.sentence import Sentence, short_id

if TYPE_CHECKING:
    from casualties.reconciling.finding import Finding

__all__ = ["explained"]

_INTERESTS = {
    Interest.OWN_SIDE: "counting its own side",
    Interest.OPPONENT: "counting its opponent",
    Interest.THIRD_PARTY: "a third party",
    Interest.NOT_KNOWN: "its side is not known",
}
_FATES = {
    Fate.REPLACED: "replaced by a later statement of its source",
    Fate.WITHDRAWN: "withdrawn by its source",
    Fate.COPY: "a copy of what is counted already",
    Fate.VERSION: "one of several versions of a statement",
    Fate.MISRELAYED: "marked as a false relay",
    Fate.UNDATED: "undated, where its source has a dated statement",
    Fate.PROJECTED: "a projection",
    Fate.LATER: "about days after the one asked for",
}
_DENIED = {
    None: ("what {whose} said", "this", "; in what is not said"),
    Aspect.OCCURRENCE: ("that it happened, against what {whose} said", "that it happened", ""),
    Aspect.FIGURE: ("the count that {whose} stated", "the count", "; the denial gives none of its own"),
    Aspect.RESPONSIBILITY: ("what {whose} said of who did it", "responsibility", "; it is no denial of the count"),
    Aspect.STATUS: (
        "what {whose} said of who the victims were",
        "who the victims were",
        "; it is no denial of the count",
    ),
}
"""What is denied: of somebody's statement, of nobody's in particular, and what is said beside it."""

_SILENCES = {
    None: "no figure is given",
    Silence.NOT_MENTIONED: "those people are not mentioned",
    Silence.WITHHELD: "the figure is withheld",
    Silence.BEING_DETERMINED: "the figure is being determined",
    Silence.UNKNOWN: "the figure is said not to be known",
}
_FLAGS = {
    Flag.RELAYED_DIFFERENTLY: "The figure was relayed in several ways",
    Flag.CONTRADICTS_ITSELF: "Several figures are stated for one day",
}
_MOST = 10
"""How many pairs are told; the number of the others is said."""


def explained(finding: Finding, checks: CitationChecks | None = None) -> tuple[Sentence, ...]:
    """Tell a finding whole: the sentence that may be printed, then where everybody stands and what follows.

    Args:
        finding: The finding.
        checks: What was seen of its citations in their reports, if somebody looked.

    Examples:
        >>> import casualties as cs
        >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(status="civilian")
        >>> len(explained(finding))
        4
    """
    return tuple(_Teller(finding, checks or CitationChecks(())).tell())


class _Teller:
    """The sentences of one finding."""

    def __init__(self, finding: Finding, checks: CitationChecks) -> None:
        self.finding = finding
        self.checks = checks
        self.sources = finding.view.sources

    def tell(self) -> Iterator[Sentence]:
        finding = self.finding
        period = describe_period(finding.subject.since, finding.as_of)
        heading = self._heading(finding.subject) + (f", {period}" if period else "")
        borne = finding.borne_out_by(2) if finding.status is FindingStatus.CORROBORATED else None
        yield Sentence(f"{heading}: {finding.status}{'' if borne is None else f', {borne}'}.", ())
        yield from (
            Sentence(f"{capitalised(text)}.", ())
            for text in describe_same(finding.same_events, finding.identifications)
        )
        yield printed(finding)
        for position in finding.positions:
            yield from self._position(position)
        yield from self._estimates()
        yield from self._blame()
        yield from self._denials()
        yield from self._silences()
        yield from self._together()
        yield from self._scopes()
        yield from self._set_aside()
        yield from self._citations()
        yield from self._confidence()

    def _heading(self, subject: Subject) -> str:
        harm = capitalised(describe_harm(subject.harm, self.finding.view.words))
        return f"{harm}: {describe(subject, self.finding.view.words, inline=True)}"

    def _called(self, source: str) -> str:
        return source_name(self.finding.view, source)

    def _does(self, source: str, one: str, many: str) -> str:
        """Begin a sentence with what a source does: *Azerbaijan denies*, *Reports (unattributed) deny*."""
        name = self._called(source)
        return self._begun(f"{name} {many if several(name) else one}")

    def _begun(self, text: str) -> str:
        return begin(self.finding.view, text)

    def _names(self, voice: IndependentSource) -> str:
        return enumeration(self._called(source) for source in voice.sources)

    def _position(self, position: Position) -> Iterator[Sentence]:
        what = "that it happened" if position.denies else str(position.figure)
        verb = self._does(position.source, *(("denies", "deny") if position.denies else ("states", "state")))
        words = sorted({citation.words for claim in position.claims for citation in claim.citations if citation.words})
        quoted = enumeration([f'"{word}"' for word in words])
        phrase = f", in the words {quoted}" if words and not position.denies else ""
        modality = enumeration(sorted({claim.modality for claim in position.claims if claim.modality}))
        day = ""
        if position.until != self.finding.as_of and position.until is not None:
            day = f", counting to {describe_date(position.until)}"
        elif position.until is None:
            day = ", undated"
        assumed = " (that day is assumed from when it was said)" if position.assumed_day and position.until else ""
        yield Sentence(
            f"{verb} {what}{phrase}{day}{assumed}; "
            + (f"{modality}, " if modality else "")
            + f"{_INTERESTS[position.interest]}.",
            _ids(position.claims),
        )
        if position.versions:
            versions = [f"{self.finding.view.figure(claim)} [{short_id(claim.id)}]" for claim in position.versions]
            phrase = next(
                (_FLAGS[flag] for flag in position.flags if flag in _FLAGS), "The figure was told in several ways"
            )
            yield Sentence(f"{phrase}: {'; '.join(versions)}.", _ids(position.versions))
        for flag in position.flags:
            if flag is Flag.REVISED_DOWN:
                before = [claim for claim in position.replaced if claim.figure is not None]
                phrase = enumeration(f"{claim.figure} [{short_id(claim.id)}]" for claim in before)
                yield Sentence(f"The figure was revised down from {phrase}.", _ids(before))
            elif flag is Flag.OVERTAKEN_BY_OWN_COUNT:
                yield Sentence(
                    "A later count of the same source is higher than the whole that it stated.", _ids(position.claims)
                )
            elif flag is Flag.CIRCLE:
                yield Sentence(
                    "The figure rests on claims that rest on one another in a circle.", _ids(position.claims)
                )
            elif flag is Flag.JOINT:
                yield Sentence("The figure is stated together with others.", _ids(position.claims))

    def _estimates(self) -> Iterator[Sentence]:
        for estimate in self.finding.estimates:
            number = "" if estimate.number is None else f" {estimate.number:,}"
            span = "" if estimate.interval is None else f", with an interval of {_bare(estimate.interval)}"
            sentence = f"{self._does(estimate.source, 'estimates', 'estimate')}{number}{span}"
            yield Sentence(f"{sentence}; an estimate stands beside the counts.", (estimate.claim.id,))

    def _blame(self) -> Iterator[Sentence]:
        words = self.finding.view.words
        for blame in self.finding.blamed:
            sources = {claim.source for claim in blame.claims}
            who = enumeration(sorted(map(self._called, sources)))
            say = "say" if len(sources) > 1 or several(who) else "says"
            yield Sentence(
                f"{self._begun(who)} {say} that it was done by {with_article(named('side', blame.side, words))}.",
                _ids(blame.claims),
            )

    def _denials(self) -> Iterator[Sentence]:
        for denial in self.finding.denials:
            denied = self.finding.view.claims.get(denial.denied or "")
            whose, bare, beside = _DENIED[denial.aspect]
            counted = denied is not None and denied.figure is not None and denial.aspect is Aspect.FIGURE
            figure = f" ({denied.figure})" if denied and counted else ""
            what = f"{whose.format(whose=self._called(denied.source))}{figure}" if denied else bare
            yield Sentence(
                f"{self._does(denial.claim.source, 'denies', 'deny')} {what}{beside}.",
                tuple(identity for identity in (denial.claim.id, denial.denied) if identity),
            )

    def _silences(self) -> Iterator[Sentence]:
        for claim in self.finding.silences:
            silent = self._does(claim.source, "is silent", "are silent")
            yield Sentence(f"{silent}: {_SILENCES[claim.silence]}. Silence is not zero.", (claim.id,))

    def _together(self) -> Iterator[Sentence]:
        finding = self.finding
        kinds = (finding.disputes, finding.near, finding.overtaken, finding.apart_by_assumed_end)
        pairs, left = first_of(_MOST, kinds)
        for pair in pairs:
            yield Sentence(self._begun(self._pair(pair)), pair.claims)
        if left:
            yield Sentence(f"{left:,} more pairs are apart.", ())
        for pair in finding.divided[:_MOST]:
            organs = self._begun(f"{self._side(pair, lower=True)} and {self._side(pair, lower=False)}")
            sentence = f"{organs} are organs of one source that is divided: they are {pair.gap:,} apart."
            yield Sentence(sentence, pair.claims)
        for outside in finding.outside:
            yield self._beside(outside)
        if len(finding.independent_sources) < 2:
            return
        if finding.common is not None:
            setting = {claim for witness in finding.witnesses if witness.range == "common" for claim in witness.claims}
            carried = any(witness.range == "common" and witness.carried for witness in finding.witnesses)
            sentence = ", with a floor carried from an earlier day" if carried else ""
            yield Sentence(
                f"{'Both' if len(finding.independent_sources) == 2 else 'All'} allow {finding.common}{sentence}.",
                tuple(sorted(setting)),
            )
        else:
            if finding.undisputed is not None:
                ends = [witness for witness in finding.witnesses if witness.range == "undisputed"]
                setting = {claim for witness in ends for claim in witness.claims}
                nobody = "Nobody but outliers excludes" if finding.outliers else "Nobody excludes"
                yield Sentence(f"{nobody} {finding.undisputed}.", tuple(sorted(setting)))
            among = describe_voices(len(finding.sources_of_the_day), len(finding.independent_sources))
            for support in finding.support:
                names = enumeration(self._names(voice) for voice in support.independent_sources)
                yield Sentence(
                    f"{support.figure} is allowed by {len(support.independent_sources)} of {among}: {names}.",
                    tuple(sorted(claim for voice in support.independent_sources for claim in _ids(voice.claims))),
                )
        if (borne := finding.borne_out_by(2)) is not None:
            bearing = [voice for voice in finding.independent_sources if voice.on_day.overlaps(borne)]
            by_itself = ", each end by itself" if borne.low and borne.high is not None and not borne.is_exact else ""
            yield Sentence(
                f"Two or more bear out {borne}{by_itself}.",
                tuple(sorted({claim for voice in bearing for claim in _ids(voice.claims)})),
            )
        yield Sentence("That these sources are independent of one another is assumed.", ())

    def _side(self, pair: Dispute, *, lower: bool) -> str:
        organ, voice = (pair.lower_organ, pair.lower) if lower else (pair.upper_organ, pair.upper)
        figure = pair.lower_figure if lower else pair.upper_figure
        return f"{self._called(organ.source) if organ else self._names(voice)} ({figure})"

    def _pair(self, pair: Dispute) -> str:
        lower, upper = self._side(pair, lower=True), self._side(pair, lower=False)
        if pair.overtaken:
            return f"{upper} overtakes {lower}, an early count, by {pair.gap:,}; its floor stands."
        if pair.near:
            return f"{lower} and {upper} nearly agree: they are {pair.gap:,} apart."
        if pair.assumed:
            return f"{lower} and {upper} share no count: only an assumed end sets them apart, by {pair.gap:,}."
        earlier = "" if pair.of_day else ", on an earlier day"
        return f"{lower} and {upper} share no count{earlier}: they are {pair.gap:,} apart."

    def _beside(self, outside: Outside) -> Sentence:
        """Tell of a count outside an estimate, or of two estimates that do not meet."""
        estimate = outside.estimate
        interval = f"the interval of {self._called(estimate.source)} ({estimate.interval})"
        if outside.count is not None:
            figure = f"{self._names(outside.count)} ({outside.count.figure})"
            claims = (*_ids(outside.count.claims), estimate.claim.id)
            return Sentence(
                f"{self._begun(figure)} lies outside {interval}, by {outside.gap:,}.", tuple(sorted(claims))
            )
        other = outside.other or estimate
        text = f"{capitalised(interval)} and that of {self._called(other.source)} ({other.interval}) do not meet."
        return Sentence(text, tuple(sorted((estimate.claim.id, other.claim.id))))

    def _scopes(self) -> Iterator[Sentence]:
        for scope in self.finding.scopes:
            days = describe_period(scope.subject.since, scope.as_of)
            other = ", ".join(filter(None, (self._heading(scope.subject), days)))
            yield Sentence(
                f"{scope.figure} for “{other}” is no contradiction: it differs in {scope.facet}.",
                _ids(claim for claim in self.finding.view.topics[scope.subject] if claim.stance is Stance.STATES),
            )

    def _set_aside(self) -> Iterator[Sentence]:
        shown = {claim.id for position in self.finding.positions for claim in position.versions}
        for claim in self.finding.set_aside:
            fate = self.finding.fates[claim.id]
            if claim.id in shown:
                continue
            said = "" if claim.figure is None else f", {claim.figure},"
            yield Sentence(f"A claim of {self._called(claim.source)}{said} is set aside: {_FATES[fate]}.", (claim.id,))

    def _citations(self) -> Iterator[Sentence]:
        """Tell which reports hold what they are cited for, and each that does not."""
        checked = [check for claim in self.finding.claims for check in self.checks.of(claim)]
        holding = [check.claim for check in checked if check.verdict is Verdict.HOLDS]
        if holding:
            names = self._begun(enumeration(sorted({self._called(claim.source) for claim in holding})))
            yield Sentence(f"{names}: the cited words stand in the report.", _ids(holding))
        for check in checked:
            if check.verdict.wrong:
                words = f" “{check.citation.words}”" if check.citation.words else ""
                yield Sentence(
                    f"{self._does(check.claim.source, 'is', 'are')} cited{words} from a report that does not hold it "
                    f"({check.report}): {check.told}.",
                    (check.claim.id,),
                )

    def _confidence(self) -> Iterator[Sentence]:
        confidence = self.finding.confidence
        start, *steps = confidence.reasons
        yield Sentence(f"Confidence is {confidence}: {_lower(start.text)}", start.claims)
        for reason in steps:
            yield Sentence(f"{'Raised' if reason.change == '+1' else 'Lowered'}: {_lower(reason.text)}", reason.claims)


def _bare(figure: Figure) -> Figure:
    return Figure(figure.low, figure.high)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _ids(claims: Iterable[Claim]) -> tuple[str, ...]:
    return tuple(sorted({claim.id for claim in claims}))
