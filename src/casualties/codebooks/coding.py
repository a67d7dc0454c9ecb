"""The coding on which a codebook works: the standing claims as it reads them, its steps, and what it sets aside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, cast

from casualties.codebooks.codebook import Codebook, Parameter
from casualties.codebooks.coded_figures import ClaimFigure, SourceFigure, grouped
from casualties.codebooks.resolution import CodedPart, CodingStep, Resolution, SetAside
from casualties.errors import UnreadableFigureError
from casualties.model.claim import Claim, Stance
from casualties.model.figure import End, Figure
from casualties.reconciling.pairs import Voice
from casualties.reconciling.position import Fate, Position
from casualties.reconciling.support import combined
from casualties.wording import lexicons, parse_figure
from casualties.wording.lexicons import Lexicon

if TYPE_CHECKING:
    from casualties.reconciling.finding import Finding

__all__ = ["TIES", "Coding", "resolve"]

TIES: Final = Parameter(
    "ties",
    "none",
    "what is written where accounts of equal standing name different numbers: a tie has no winner unless one is asked "
    "for",
    ("none", "lowest", "highest"),
)
"""The parameter of every codebook that may end in a tie."""


class Coding:
    """What lies before a codebook when it decides about one finding.

    A rule looks at `claim_figures` (of claims) or `source_figures` (of independent sources), writes down its steps,
    sets claims aside with a reason, and ends with `code` or `not_coded`.  What it says nothing of is set aside all the
    same, so that no claim is lost.

    Args:
        finding: The finding.
        codebook: The codebook.
        parameters: The parameters that differ from their defaults.

    Attributes:
        finding: The finding.
        codebook: The codebook.
        parameters: The value of every parameter.
        lexicon: The lexicon by which words are read.
        standing: All standing claims, each of which ends up used or set aside.
        claim_figures: The standing claims that state a figure for the day, as the codebook reads them.
        source_figures: The figures of the independent sources of the day.

    Examples:
        >>> import casualties as cs
        >>> from casualties.codebooks import Coding, load
        >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(status="civilian")
        >>> coding = Coding(finding, load("majority"))
        >>> print(coding.code("most-named", number=11, used=coding.source_figures))
        11
    """

    def __init__(self, finding: Finding, codebook: Codebook, parameters: dict[str, object] | None = None) -> None:
        self.finding = finding
        self.codebook = codebook
        self.parameters: dict[str, object] = codebook.settled(parameters or {})
        self.lexicon: lexicons.Lexicon = lexicons.load(
            cast("str", self.parameters["lexicon"]) or codebook.lexicon,
            **{name: self.count(name) for name in codebook.choices},
        )
        self.standing: tuple[Claim, ...] = _standing(finding)
        self._steps: list[CodingStep] = []
        self._aside: dict[str, str] = {}
        self._by_figure: list[str] = []
        self._by_words: list[str] = []
        self.claim_figures: tuple[ClaimFigure, ...] = ()
        self.source_figures: tuple[SourceFigure, ...] = ()
        self._read()

    def _read(self) -> None:
        readings: list[ClaimFigure] = []
        accounts: list[SourceFigure] = []
        for voice in self.finding.voices:
            stated = [reading for position in voice.positions for reading in self._of(position)]
            if not self._of_the_day(voice):
                self.set_aside(stated, f"counts to {voice.until}, not to {self.finding.as_of}")
                continue
            latest = {claim.id for position in voice.latest for claim in position.claims}
            versions = {claim.id for position in voice.latest for claim in position.versions} - latest
            current = tuple(reading for reading in stated if reading.claim.id in latest)
            others = [reading for reading in stated if reading.claim.id not in latest | versions]
            self.set_aside(others, "speaks for a voice that counts a later day")
            readings += [reading for reading in stated if reading not in others]
            if current:
                figure = combined([reading.figure for reading in current])
                accounts.append(SourceFigure(voice, current, figure, self.number_of(figure)))
        self.claim_figures, self.source_figures = tuple(readings), tuple(accounts)
        if self._by_words:
            self.step("words", f"read by the lexicon {self.lexicon.name!r}", self._by_words)
        if self._by_figure:
            self.step("figure", "no words that can be read: taken by the recorded figure", self._by_figure)

    def _of_the_day(self, voice: Voice) -> bool:
        return self.parameters["days"] == "any" or voice.denies or voice.until == self.finding.as_of

    def _of(self, position: Position) -> list[ClaimFigure]:
        """Read the claims of a position and its versions; those without a figure here are set aside."""
        figures = []
        source = self.finding.view.sources.get(position.source)
        kinds = source.kinds if source else ()
        told = position.versions or position.claims
        whole = any(claim.subject.basis is None for claim in told)
        for claim in told:
            if whole and claim.subject.basis is not None:
                self._aside[claim.id] = "was counted one by one, and its source states the whole beside it"
                continue
            if claim.stance is Stance.DENIES:
                if self.parameters["denials"] == "aside":
                    self._aside[claim.id] = "denies that it happened, and reports no number"
                    continue
                figure: Figure | None = Figure.exactly(0)
            else:
                figure = self._figure(claim)
            if figure is None:
                self._aside[claim.id] = f"the lexicon {self.lexicon.name!r} leaves its words blank"
                continue
            figures.append(ClaimFigure(claim, figure, self.number_of(figure), position.interest, kinds))
        return figures

    def _figure(self, claim: Claim) -> Figure | None:
        words = sorted({citation.words for citation in claim.citations if citation.words})
        read: list[Figure] = []
        try:
            read += [figure for word in words if (figure := _read_words(word, self.lexicon)) is not None]
        except UnreadableFigureError:
            words = []
        if not words:
            self._by_figure.append(claim.id)
            return claim.figure
        self._by_words.append(claim.id)
        figure = Figure.hull(read) if read else None
        return claim.figure if figure is not None and figure == _bare(claim.figure) else figure

    def number_of(self, figure: Figure) -> int | None:
        """Give the one number that stands for a figure by the parameter ``ends``; ``None`` where it gives none.

        Examples:
            >>> import casualties as cs
            >>> from casualties.codebooks import Coding, load
            >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(status="civilian")
            >>> coding = Coding(finding, load("majority"), {"ends": "middle"})
            >>> [coding.number_of(each) for each in (cs.Figure(10, 15), cs.Figure(81, None), cs.Figure(0, 25))]
            [12, 81, 25]
        """
        low, high = figure.low, figure.high
        if figure.best is not None:
            return figure.best
        if figure.is_exact:
            return low
        ends = self.parameters["ends"]
        if ends == "exact" or (low == 0 and high is None):
            return None
        if high is None or End.HIGH in figure.assumed:
            return low if End.LOW not in figure.assumed or high is None else (low + high) // 2
        if low == 0 or End.LOW in figure.assumed or ends == "high":
            return high
        return low if ends == "low" else (low + high) // 2

    def count(self, name: str) -> int:
        """Give the value of a parameter that is a number.

        Examples:
            >>> import casualties as cs
            >>> from casualties.codebooks import Coding, load
            >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(status="civilian")
            >>> Coding(finding, load("un-verified")).count("kinds")
            3
        """
        return cast("int", self.parameters[name])

    def names(self, name: str) -> tuple[str, ...]:
        """Give the value of a parameter that is a list of names.

        Examples:
            >>> import casualties as cs
            >>> from casualties.codebooks import Coding, load
            >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(status="civilian")
            >>> Coding(finding, load("source-hierarchy"), {"ranking": ["mod"]}).names("ranking")
            ('mod',)
        """
        return cast("tuple[str, ...]", self.parameters[name])

    def step(self, rule: str, text: str, claims: Iterable[str | ClaimFigure | SourceFigure] = ()) -> None:
        """Write down a step, with the claims that it looks at.

        Examples:
            >>> import casualties as cs
            >>> from casualties.codebooks import Coding, load
            >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(status="civilian")
            >>> coding = Coding(finding, load("majority"))
            >>> coding.step("seen", "one account")
            >>> [step.rule for step in coding.not_coded("it was an example").steps]
            ['words', 'seen', 'no-number']
        """
        self._steps.append(CodingStep(rule, text, tuple(sorted(_ids(claims)))))

    def set_aside(self, claims: Iterable[str | ClaimFigure | SourceFigure], reason: str) -> None:
        """Set claims aside with a reason; the first reason stands.

        Examples:
            >>> import casualties as cs
            >>> from casualties.codebooks import Coding, load
            >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(status="civilian")
            >>> coding = Coding(finding, load("majority"))
            >>> coding.set_aside(coding.claim_figures, "an example")
            >>> [each.reason for each in coding.not_coded("it was an example").set_aside]
            ['an example']
        """
        for identity in _ids(claims):
            self._aside.setdefault(identity, reason)

    def numbered(self) -> tuple[SourceFigure, ...]:
        """Give the accounts that name one number, and set the others aside.

        Examples:
            >>> import casualties as cs
            >>> from casualties.codebooks import Coding, load
            >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary")
            >>> [account.number for account in Coding(finding, load("majority")).numbered()]
            [25, 2]
            >>> Coding(finding, load("majority"), {"ends": "exact"}).numbered()
            ()
        """
        self.set_aside([account for account in self.source_figures if account.number is None], "states no one number")
        self.set_aside(
            _versions(self.claim_figures, self.source_figures), "a version; its source published another itself"
        )
        return tuple(account for account in self.source_figures if account.number is not None)

    def one_number(self, rule: str, accounts: Sequence[SourceFigure], others: str) -> Resolution:
        """Write down the number on which accounts of equal standing agree; else what the parameter ``ties`` says.

        Examples:
            >>> import casualties as cs
            >>> from casualties.codebooks import Coding, load
            >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary")
            >>> coding = Coding(finding, load("latest"))
            >>> print(coding.one_number("latest-day", coding.numbered(), "is older").reason)
            not coded: needs one number, and 2 accounts of equal standing name 2 and 25
        """
        numbers = list(grouped(accounts))
        ties = self.parameters["ties"]
        if len(numbers) > 1:
            named = f"{', '.join(f'{each:,}' for each in numbers[:-1])} and {numbers[-1]:,}"
            tie = f"{len(accounts)} accounts of equal standing name {named}"
            if ties == "none":
                return self.not_coded(f"one number, and {tie}", rule)
            self.step("tie", f"{tie}: the {ties} is taken", accounts)
        number = numbers[-1] if ties == "highest" else numbers[0]
        used = [account for account in accounts if account.number == number]
        self.set_aside([account for account in accounts if account.number != number], f"is not the {ties} of a tie")
        self.step(rule, f"{number:,}", used)
        return self.code(rule, number=number, used=used, others=others)

    def by_number(self) -> dict[int, list[SourceFigure]]:
        """Give the accounts by the number that they name, lowest first; those that name none are set aside.

        Examples:
            >>> import casualties as cs
            >>> from casualties.codebooks import Coding, load
            >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary")
            >>> list(Coding(finding, load("majority")).by_number())
            [2, 25]
        """
        return grouped(self.numbered())

    def code(
        self,
        rule: str,
        *,
        used: Iterable[str | ClaimFigure | SourceFigure],
        number: int | None = None,
        unrounded: Fraction | None = None,
        low: int | None = None,
        best: int | None = None,
        high: int | None = None,
        grade: str | None = None,
        parts: tuple[CodedPart, ...] = (),
        reason: str = "",
        others: str = "the rule takes another number",
        besides: Resolution | None = None,
    ) -> Resolution:
        """Write down the outcome; claims of which nothing was said are set aside.

        Args:
            rule: The rule that decided.
            used: The readings, accounts or identities of claims on which the outcome rests.
            number: The one number.
            unrounded: The number before rounding.
            low: The lower end.
            best: The most likely number.
            high: The upper end.
            grade: The grade.
            parts: The parts of the number.
            reason: What is missing, such as for a grade.
            others: Why the remaining claims that state a figure are set aside.
            besides: What was decided of another finding that the number draws on, such as of the missing.

        Examples:
            >>> import casualties as cs
            >>> from casualties.codebooks import Coding, load
            >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(status="civilian")
            >>> coding = Coding(finding, load("iraq-body-count"))
            >>> print(coding.code("minimum-maximum", low=11, high=11, used=coding.claim_figures))
            11–11
        """
        taken = _ids(used)
        span = self.finding.span
        written = [count for count in (number, low, best, high) if count is not None]
        outside = any(span is None or not Figure.exactly(count).inside(span) for count in written)
        if outside:
            said = "no source states a figure" if span is None else f"the sources state {span}"
            why = self.codebook.leaves_span or "the words are read anew"
            self.step("outside-the-span", f"{written[0]:,} lies outside what was said, {said}: {why}")
        return Resolution(
            **self._outcome(taken, others, besides),
            coded=True,
            reason=reason,
            number=number,
            unrounded=unrounded,
            low=low,
            best=best,
            high=high,
            grade=grade,
            parts=parts,
            rule=rule,
            outside_span=outside,
        )

    def not_coded(self, needs: str, rule: str = "no-number", *, besides: Resolution | None = None) -> Resolution:
        """Write down that nothing can be coded, and what is missing; every claim is set aside.

        Examples:
            >>> import casualties as cs
            >>> from casualties.codebooks import Coding, load
            >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(status="civilian")
            >>> resolution = Coding(finding, load("majority")).not_coded("two accounts")
            >>> print(resolution, "·", resolution.reason)
            not coded · not coded: needs two accounts
        """
        reason = f"not coded: needs {needs}"
        self.step(rule, f"needs {needs}")
        return Resolution(**self._outcome(frozenset(), reason, besides), coded=False, reason=reason, rule=rule)

    def _outcome(self, taken: frozenset[str], others: str, besides: Resolution | None) -> dict[str, Any]:
        aside = tuple(
            SetAside(claim, self._aside.get(claim.id) or self._why(claim, others))
            for claim in self.standing
            if claim.id not in taken
        )
        used = tuple(claim for claim in self.standing if claim.id in taken)
        return {
            "codebook": self.codebook.name,
            "subject": self.finding.subject,
            "as_of": self.finding.as_of,
            "parameters": tuple(sorted(self.parameters.items())),
            "steps": (*(besides.steps if besides else ()), *self._steps),
            "used": (*used, *(besides.used if besides else ())),
            "set_aside": (*aside, *(besides.set_aside if besides else ())),
        }

    def _why(self, claim: Claim, others: str) -> str:
        """Say why a claim without an account is set aside."""
        if claim.stance is Stance.SILENT:
            return f"states no figure: {(claim.silence or 'not said why').replace('-', ' ')}"
        if claim.stance is Stance.DENIES:
            return f"denies the {claim.aspect}, not a number" if claim.aspect else "denies, and does not say what"
        if claim.stance is Stance.WITHDRAWS:
            return "withdraws another claim"
        if claim.stance is Stance.UNVERIFIED:
            return "could not verify another claim"
        if any(reading.claim.id == claim.id for reading in self.claim_figures):
            return others
        if self.finding.view.figure(claim) is None:
            return "states no figure as its words are read"
        return "a version of what its source published itself"


def resolve(finding: Finding, codebook: Codebook, parameters: dict[str, object]) -> Resolution:
    """Let a codebook decide about a finding.

    Raises:
        UnknownNameError: If it has no such parameter.
        ModelError: If a parameter does not take a value.

    Examples:
        >>> import casualties as cs
        >>> from casualties.codebooks import load, resolve
        >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(status="civilian")
        >>> print(resolve(finding, load("gtd"), {}))
        11
    """
    coding = Coding(finding, codebook, parameters)
    harms = codebook.harms
    if harms and not coding.parameters["other_harm_ok"] and finding.subject.harm not in {(harm,) for harm in harms}:
        counted, wanted = " or ".join(finding.subject.harm), " or ".join(harms)
        return coding.not_coded(f"a count of the {wanted}, not of {counted}", "harm")
    return codebook.decide(coding)


def _standing(finding: Finding) -> tuple[Claim, ...]:
    return tuple(claim for claim in finding.claims if finding.fates[claim.id] in (Fate.STANDS, Fate.VERSION))


@lru_cache(maxsize=4096)
def _read_words(words: str, lexicon: Lexicon) -> Figure | None:
    return parse_figure(words, lexicon)


def _bare(figure: Figure | None) -> Figure | None:
    return None if figure is None else Figure(figure.low, figure.high, assumed=figure.assumed)


def _ids(bearers: Iterable[str | ClaimFigure | SourceFigure]) -> frozenset[str]:
    """Give the identities of all claims that some accounts, readings or identities stand for."""
    ids: set[str] = set()
    for bearer in bearers:
        if isinstance(bearer, str):
            ids.add(bearer)
        elif isinstance(bearer, ClaimFigure):
            ids.add(bearer.claim.id)
        else:
            ids.update(reading.claim.id for reading in bearer.claim_figures)
    return frozenset(ids)


def _versions(readings: Sequence[ClaimFigure], accounts: Sequence[SourceFigure]) -> list[ClaimFigure]:
    carried = _ids(accounts)
    return [reading for reading in readings if reading.claim.id not in carried]
