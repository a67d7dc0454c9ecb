"""The sentence that a newspaper may print of a finding: who says how many, who denies, and what is not known."""

# pyright: reportGeneralTypeIssues=false

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final, Literal

from casualties._text import inert
from casualties.errors import UnknownNameError
from casualties.model.claim import Aspect, Claim, Silence
from casualties.model.figure import Figure
from casualties.reconciling.pairs import FindingStatus
from casualties.show.describe import describe_date, describe_period, enumeration, named
from casualties.show.sentences._company import is_old, unheard, whole_of
from casualties.show.sentences.figures import Part, Said, by_day, figures_said, number_agreed
from casualties.show.sentences.house import House
from casualties.show.sentences.prose import (
    articled,
    begin,
    counted_people,
    how_many,
    people,
    several,
    source_name,
    state_count,
)
from casualties.show.sentences.saying import VERBS, words_of
from casualties.show.sentences.sentence import Sentence, StatedNumber

if TYPE_CHECKING:
    from casualties.reconciling.finding import Finding

__all__ = ["LENGTHS", "Length", "printed"]

Length = Literal["short", "long"]
LENGTHS: Final = ("short", "long")

_MOST: Final = {"short": 3, "long": 8}
"""How many figures a sentence gives; of more it gives the lowest and the highest."""

_NAMED: Final = {"short": 3, "long": 6}
"""How many sources of one figure it names; the others are called others."""

_SILENT: Final = {
    None: ("gives no figure", "give no figure"),
    Silence.NOT_MENTIONED: ("gives no figure", "give no figure"),
    Silence.WITHHELD: ("withholds its figure", "withhold their figures"),
    Silence.BEING_DETERMINED: ("says the figure is being determined", "say the figure is being determined"),
    Silence.UNKNOWN: ("says the figure is not known", "say the figure is not known"),
}


_COUNT: Final = ", in a count"
_UNDATED: Final = ", in an undated count"
_ONCE: Final = " at some time"
"""What stands before the days of a count, which need not be those of the killing."""

_TELLING: Final = (Silence.WITHHELD, Silence.BEING_DETERMINED, Silence.UNKNOWN, Silence.NOT_MENTIONED, None)
"""Ways of being silent, those that say most first."""


def printed(finding: Finding, length: Length = "short", house: House | None = None) -> Sentence:
    """Write the sentence that may be printed of a finding, with its numbers and their claims beside it.

    It is true whatever it leaves out: no number stands in it that no claim states, every source whose number it gives
    is named, and nothing in it is called confirmed.

    Args:
        finding: The finding.
        length: *short* gives at most three figures, *long* also the days, who blames whom and what two bear out.
        house: How numbers are written.

    Raises:
        UnknownNameError: If there is no such length.

    Examples:
        >>> import casualties as cs
        >>> result = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> print(printed(result.one(role="mercenary")).text)
        Hussein Akoush says at least two Syrian mercenaries were killed; reports (unattributed) say as many as 25.
    """
    if length not in LENGTHS:
        raise UnknownNameError(f"length {length!r}: there is none of this name", "unknown-length", "short or long")
    return _Teller(finding, length, house or House()).told()


class _Teller:
    def __init__(self, finding: Finding, length: Length, house: House) -> None:
        self.finding = finding
        self.view = finding.view
        self.long = length == "long"
        self.house = house
        self.length = length
        self.numbers: list[StatedNumber] = []
        self.claims: set[str] = set()
        self.shown = 0
        self.only: set[str] = set()
        self.heard: set[str] = set()

    def told(self) -> Sentence:
        said = figures_said(self.finding, self.house)
        parts = [self._counts(said) if said else self._nobody()]
        parts += self._whole(said)
        parts += self._dispute()
        parts += self._estimates(alone=not said)
        parts += self._denials()
        parts += self._blame()
        if self.long:
            parts += self._agreement(said)
        text = inert(" ".join(filter(None, parts)))
        return Sentence(text, tuple(sorted(self.claims)), tuple(self.numbers))

    def _counts(self, said: Sequence[Said]) -> str:
        """Say who states how many: the highest first, and where there are many the highest and the lowest alone."""
        current = [saying for saying in said if not saying.early] or list(said)
        early = [saying for saying in said if saying.early and saying not in current] if self.long else []
        shown = list(reversed(current))
        others = ""
        if len(shown) > _MOST[self.length]:
            top, bottom = shown[0], shown[-1]
            between = all(_between(saying, bottom, top) for saying in shown[1:-1])
            others = f"others give {'figures in between' if between else 'other figures'}"
            shown = [top, bottom]
        shown.sort(key=self._unsigned)
        early = early[: _MOST[self.length]]
        self.shown = len(shown) + len(others)
        self.only = set(shown[0].sources) if len(shown) == 1 else set()
        self.heard = {source for saying in (*shown, *early) for source in saying.sources}
        days = self._days(shown)
        clauses = [self._clause(saying, days if place == 0 else None) for place, saying in enumerate(shown)]
        clauses += [others] if others else []
        clauses += [self._early(saying) for saying in early]
        clauses += self._silences()
        return f"{begin(self.view, '; '.join(clauses))}."

    def _list(self, sources: Iterable[str]) -> tuple[str, bool]:
        """Name sources, not too many of them, and tell whether they are several."""
        names = list(dict.fromkeys(source_name(self.view, source) for source in sources))
        most = _NAMED[self.length]
        shown = names if len(names) <= most + 1 else [*names[:most], "others"]
        return enumeration(shown), len(names) > 1 or several(names[0])

    def _unsigned(self, saying: Said) -> bool:
        """Tell whether nobody says who made a figure, which is then told last."""
        return all(map(self.view.sources.unattributed, saying.sources))

    def _names(self, saying: Said) -> str:
        """Name those who say a figure, whoever signs it first."""
        ordered = sorted(saying.sources, key=lambda source: (self.view.sources.unattributed(source), source))
        return enumeration(source_name(self.view, source) for source in ordered)

    def _clause(self, saying: Said, days: str | None) -> str:
        """Say what one source states; the first clause also says of whom, what happened to them, and to which day."""
        names = self._names(saying)
        many = len(saying.sources) > 1 or several(names)
        verb = _verb(saying.claims[saying.parts[0]], quoted=saying.quoted, many=many)
        if days is None:
            return f"{names} {verb} {self._phrases(saying, before_noun=False)}{self._fallen(saying)}"
        subject, words = self.finding.subject, self.view.words
        alone = [saying.parts[0], saying.parts[-1]] if saying.quoted else saying.parts[:1]
        single = alone[0].figure == Figure.exactly(1) and len(alone) == 1
        days = saying.when or days
        if single and days.startswith(f"{_COUNT} from"):
            days = days.replace(_COUNT, _ONCE, 1)
        phrase = self._phrases(saying, before_noun=True, parts=alone)
        sentence = state_count(subject, words, phrase, one=single, days=days, now=not days)
        how = alone[0].how if len({part.basis for part in alone}) == 1 else ""
        if how:
            how = f" of those {alone[0].basis}" if days.startswith((_COUNT, _UNDATED)) else f", {how}"
        how += self._fallen(saying)
        rest = () if saying.quoted else saying.parts[1:]
        verbs = [_verb(saying.claims[part], quoted=saying.quoted, many=many) for part in rest]
        more = "".join(
            f", and {again}{self._phrases(saying, before_noun=True, parts=[part])} {part.how}"
            for part, again in zip(rest, ("" if own == verb else f"{own} " for own in verbs), strict=True)
        )
        return f"{names} {verb} {'that ' if 'say' not in verb else ''}{sentence}{how}{more}"

    def _phrases(self, saying: Said, *, before_noun: bool, parts: Sequence[Part] | None = None) -> str:
        """Put figures in words, and keep each as a number with its claims."""
        ends = [saying.parts[0], saying.parts[-1]] if saying.quoted else saying.parts
        chosen = ends if parts is None else parts
        shared = chosen[0].how if len({part.basis for part in chosen}) == 1 else None
        phrases = []
        for part in chosen:
            phrase = ("no" if before_noun else "none") if part.figure == Figure(0, 0) else part.phrase
            self._count(phrase, part.figure, saying.claims[part])
            phrases.append(f"{phrase} {part.how}".rstrip() if shared is None and not before_noun else phrase)
        text = enumeration(phrases, "or") if saying.quoted else ", and ".join(phrases)
        if before_noun:
            return House.before_noun(text)
        return f"{text}{saying.when}{f', {shared}' if shared else ''}"

    def _count(self, phrase: str, figure: Figure, claims: Iterable[Claim]) -> None:
        """Keep a number that the sentence says, with the claims that state it."""
        stating = list(claims)
        ids = tuple(sorted({claim.id for claim in stating}))
        self.claims.update(ids)
        self.numbers.append(StatedNumber(phrase, figure, ids, tuple(sorted({claim.source for claim in stating}))))

    def _fallen(self, saying: Said) -> str:
        """Say from which higher figure a source came down."""
        if saying.fallen is None:
            return ""
        self._count(saying.fallen.phrase, saying.fallen.figure, saying.claims[saying.fallen])
        return f", down from {saying.fallen.phrase}"

    def _early(self, saying: Said) -> str:
        return f"earlier, {self._names(saying)} said {self._phrases(saying, before_noun=False)}{self._fallen(saying)}"

    def _days(self, shown: Sequence[Said]) -> str:
        """Say to which days the figures count: in a short sentence where they are not the ledger's last ones."""
        finding = self.finding
        if finding.as_of is None:
            return _UNDATED if is_old(finding) else ""
        if self.long or not self.view.index.begins_first(finding.subject):
            return self._period()
        if not (self.view.is_stock(finding.subject) or any(saying.when for saying in shown) or is_old(finding)):
            return ""
        period = self._period()
        if not period.startswith(_COUNT):
            return period
        by = by_day(finding, finding.as_of)
        return f"{_COUNT} to{by.removeprefix(' by')}" if finding.subject.event else by

    def _period(self) -> str:
        """Say which days are counted, where the name of the event does not."""
        finding = self.finding
        if finding.as_of is None:
            return ""
        day = describe_date(finding.as_of)
        if finding.subject.event and str(finding.as_of.latest.year) in self.view.words.name(
            "event", finding.subject.event
        ):
            return ""
        if self.view.is_stock(finding.subject):
            return by_day(finding, finding.as_of)
        since = finding.subject.since
        if since is None:
            return f"{_COUNT} to {day}" if finding.subject.event else f" by {day}"
        if since.date_only == finding.as_of.date_only:
            return f" {'on' if since.earliest == since.latest else 'in'} {day}" if "/" not in str(since) else f" {day}"
        return f"{_COUNT} from {describe_period(since, finding.as_of)}"

    # what is not known

    def _nobody(self) -> str:
        """Say that no source states how many, and who keeps silent."""
        question = how_many(self.finding.subject, self.view.words)
        silences = self._silences()
        if self.finding.estimates:
            return f"No source gives a count{''.join(f'; {silence}' for silence in silences)}."
        if any(denial.aspect is Aspect.OCCURRENCE for denial in self.finding.denials) and not silences:
            return ""
        return f"{'; '.join([f'No source says {question}', *silences])}."

    def _silences(self) -> list[str]:
        """Say who gives no figure; a silence of somebody who states one elsewhere stays out."""
        speaking = {position.source for position in self.finding.positions}
        kinds: dict[str, Silence | None] = {}
        for claim in self.finding.silences:
            if claim.source not in speaking:
                self.claims.add(claim.id)
                known = kinds.get(claim.source)
                if claim.source not in kinds or _TELLING.index(claim.silence) < _TELLING.index(known):
                    kinds[claim.source] = claim.silence
        grouped: dict[tuple[str, str], list[str]] = {}
        for source, kind in kinds.items():
            grouped.setdefault(_SILENT[kind], []).append(source)
        silences = []
        for verbs, sources in grouped.items():
            names, many = self._list(sources)
            silences.append(f"{names} {verbs[many]}")
        return silences

    # estimates, denials and blame

    def _estimates(self, *, alone: bool) -> Iterator[str]:
        if not (alone or self.long):
            return
        for estimate in self.finding.estimates[: _MOST[self.length]]:
            name = source_name(self.view, estimate.source)
            verb = "estimate" if several(name) else "estimates"
            number = estimate.number
            span = estimate.interval
            parts = []
            if number is not None:
                parts.append(self.house.number(number))
            if span is not None and span.high is not None:
                interval = f"between {self.house.number(span.low)} and {self.house.number(span.high)}"
                parts.append(f"({interval})" if parts else interval)
            elif span is not None and number is None:
                parts.append(self.house.figure(Figure(span.low, None)))
            if not parts:
                continue
            phrase = " ".join(parts)
            figure = span if span is not None else Figure.exactly(number or 0)
            self.numbers.append(StatedNumber(phrase, figure, (estimate.claim.id,), (estimate.source,)))
            self.claims.add(estimate.claim.id)
            whom = counted_people(self.finding.subject, self.view.words)
            counted = (
                f"the number of {whom}" if whom.startswith(people(self.finding.subject, self.view.words)) else whom
            )
            yield f"{begin(self.view, name)} {verb} {counted} at {phrase}."

    def _denials(self) -> Iterator[str]:
        """Say who denies what; a denial of the responsibility is told with the blame."""
        sources_by_denial: dict[tuple[Aspect | None, str, str], list[str]] = {}
        for denial in self.finding.denials:
            if denial.aspect is Aspect.RESPONSIBILITY:
                continue
            of = self.view.claims.get(denial.denied or "")
            whose = source_name(self.view, of.source) if of is not None else ""
            which = self._denied(of) if of is not None and denial.aspect is Aspect.FIGURE else ""
            sources_by_denial.setdefault((denial.aspect, whose, which), []).append(
                source_name(self.view, denial.claim.source)
            )
            self.claims.add(denial.claim.id)
        merged: dict[tuple[Aspect | None, tuple[str, ...]], list[tuple[str, str]]] = {}
        for (aspect, whose, which), denying in sources_by_denial.items():
            merged.setdefault((aspect, tuple(dict.fromkeys(denying))), []).append((whose, which))
        for (aspect, sources), targets in merged.items():
            deny = "deny" if len(sources) > 1 or several(sources[0]) else "denies"
            whose_all = enumeration(sorted(filter(None, (whose for whose, _ in targets))))
            figures = enumeration(sorted(f"{which}given by {whose}" for whose, which in targets if whose))
            what = {
                Aspect.OCCURRENCE: "that it happened",
                Aspect.FIGURE: f"the {'figure' if len(targets) == 1 else 'figures'} {figures}".rstrip(),
                Aspect.STATUS: f"what {whose_all or 'others'} {_say(whose_all)} of who they were",
                None: f"what {whose_all} {_say(whose_all)}" if whose_all else "it",
            }[aspect]
            yield f"{begin(self.view, enumeration(sources))} {deny} {what}."
        marks: dict[str, list[str]] = {}
        for claim in self.finding.unverified:
            of = self.view.claims.get(claim.target or "")
            if of is not None:
                marks.setdefault(source_name(self.view, of.source), []).append(source_name(self.view, claim.source))
                self.claims.add(claim.id)
        for whose, names in marks.items():
            yield f"{begin(self.view, enumeration(sorted(set(names))))} could not verify what {whose} {_say(whose)}."

    def _denied(self, claim: Claim) -> str:
        """Write the figure that is denied, which may be an older one than the sentence gives."""
        if claim.figure is None:
            return ""
        phrase = self.house.figure(claim.figure, words_of(claim))
        self.numbers.append(StatedNumber(phrase, claim.figure, (claim.id,), (claim.source,)))
        self.claims.add(claim.id)
        return f"of {phrase} "

    def _blame(self) -> Iterator[str]:
        """Say who is said to have done it: wherever somebody denies it, and in a long sentence always."""
        told_denials: set[str] = set()
        for blame in self.finding.blamed:
            told_denials.update(claim.id for claim in blame.denials)
            if not (blame.denials or self.long):
                continue
            self.claims.update(claim.id for claim in (*blame.claims, *blame.denials))
            accusing, many = self._list(claim.source for claim in blame.claims)
            if {claim.source for claim in blame.claims} == self.only:
                accusing = "they" if many else "it"
            by = articled(named("side", blame.side, self.view.words))
            text = f"{accusing} {'say' if many else 'says'} {by} {'were' if several(by) else 'was'} responsible"
            if blame.denials:
                denying, many = self._list(claim.source for claim in blame.denials)
                text += f", which {'it' if denying == by else denying} {'deny' if many and denying != by else 'denies'}"
            yield f"{begin(self.view, text)}."
        left = [
            denial.claim
            for denial in self.finding.denials
            if denial.aspect is Aspect.RESPONSIBILITY and denial.claim.id not in told_denials
        ]
        yield from self._own_none([claim for claim in left if self.view.disowns(claim)])
        left = [claim for claim in left if not self.view.disowns(claim)]
        if left:
            names, many = self._list(claim.source for claim in left)
            self.claims.update(claim.id for claim in left)
            yield f"{begin(self.view, names)} {'deny' if many else 'denies'} responsibility."

    def _own_none(self, claims: Sequence[Claim]) -> Iterator[str]:
        """Say who counts none of its own side's doing where nobody accuses that side."""
        claims_by_side: dict[str, list[Claim]] = {}
        for claim in claims:
            claims_by_side.setdefault(claim.subject.perpetrator or "", []).append(claim)
        for side, saying in sorted(claims_by_side.items()):
            self._count("no", Figure(0, 0), saying)
            names, many = self._list(claim.source for claim in saying)
            subject = self.finding.subject.replacing(perpetrator=side)
            none = state_count(subject, self.view.words, "no", one=False)
            yield f"{begin(self.view, names)} {'say' if many else 'says'} {none}."

    def _whole(self, said: Sequence[Said]) -> Iterator[str]:
        """Say of how many a part is, where its only source says that too."""
        heard = [saying for saying in said if not saying.early]
        whole = whole_of(self.finding, heard[0], self.house) if len(heard) == 1 else None
        if whole is None:
            return
        subject, part, claims = whole
        self._count(part.phrase, part.figure, claims)
        sentence = state_count(subject, self.view.words, House.before_noun(part.phrase), one=False)
        names = self._names(heard[0])
        many = len(heard[0].sources) > 1 or several(names)
        if len(self.heard) == len(heard[0].sources) and not self.finding.silences:
            names = "they" if many else "it"
        verb = _verb(claims, quoted=False, many=many)
        that = "" if "say" in verb else "that "
        yield f"In all, {names} {verb} {that}{sentence}{f', {part.how}' if part.how else ''}."

    # what the sources say together

    def _dispute(self) -> Iterator[str]:
        """Say right after the figures that they contradict one another."""
        if self.long and self.finding.status is FindingStatus.DISPUTED:
            yield f"They cannot {'both' if self.shown == 2 else 'all'} be right."

    def _agreement(self, said: Sequence[Said]) -> Iterator[str]:
        """Say what two independent sources bear out, or that there is one alone."""
        finding = self.finding
        if finding.status is FindingStatus.SINGLE_SOURCE and said:
            yield from unheard(finding, self.heard)
        agreed = number_agreed(finding, said, self.house) if finding.status is FindingStatus.CORROBORATED else None
        if agreed is not None and (bearing := self._bearing(said, agreed[0])):
            number, _ = agreed
            self.numbers.append(number)
            self.claims.update(number.claims)
            both = len(bearing) == 2 == self.shown and self.heard == set(bearing)
            whose = "both accounts" if both else f"the accounts of {self._list(bearing)[0]}"
            yield f"By {whose}, the number was {number.text}."
        elif finding.near and self.shown == 2 and len(finding.independent_sources) == 2:
            yield "These figures nearly agree."

    def _bearing(self, said: Sequence[Said], number: StatedNumber) -> list[str]:
        """Name those whose words as given bear out a number that one of them puts as the least; nobody if one alone."""
        if not any(part.figure == number.figure for saying in said for part in saying.parts):
            return []
        bearing = {
            source
            for saying in said
            if all(part.figure.low >= number.figure.low for part in saying.parts)
            for source in saying.sources
        }
        own = [bearing & set(voice.sources) for voice in self.finding.independent_sources if not voice.unattributed]
        stating = [source for source in number.sources if source in bearing]
        named = [*stating, *sorted(source for sources in own for source in sources if source not in stating)]
        return named if sum(map(bool, own)) > 1 else []


def _say(whose: str) -> str:
    return "say" if " and " in whose or several(whose or "others") else "says"


def _between(saying: Said, bottom: Said, top: Said) -> bool:
    """Tell whether all figures of one lie above those of another and below those of a third, and overlap neither."""
    lowest = [part.figure.high for part in bottom.parts]
    highest = min(part.figure.low for part in top.parts)
    return all(
        all(low is not None and low < part.figure.low for low in lowest)
        and part.figure.high is not None
        and part.figure.high < highest
        for part in saying.parts
    )


def _verb(claims: Sequence[Claim], *, quoted: bool, many: bool) -> str:
    """Say how a source puts a figure; what it puts now so and now otherwise it says."""
    if quoted:
        return f"{'are' if many else 'is'} variously quoted as saying"
    ways = {"say" if claim.modality is None else VERBS.get(claim.modality, "say") for claim in claims}
    verb = ways.pop() if len(ways) == 1 else "say"
    return verb if many else f"{verb}s"
