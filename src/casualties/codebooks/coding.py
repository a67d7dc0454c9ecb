"""The coding on which a codebook works: the standing claims as it reads them, its steps, and what it sets aside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from casualties.codebooks._readings import Readings
from casualties.codebooks.codebook import Codebook, Parameter
from casualties.codebooks.coded_figures import ClaimFigure, SourceFigure, grouped
from casualties.codebooks.resolution import CodedPart, CodingStep, Resolution, UnusedClaim
from casualties.errors import UnknownNameError
from casualties.model.claim import Claim, Stance
from casualties.model.figure import Figure
from casualties.reconciling.evidence import weight_of
from casualties.reconciling.position import Fate
from casualties.wording import lexicons

if TYPE_CHECKING:
    from casualties.reconciling.finding import Finding

__all__ = ["EARLY", "TIES", "Coding", "resolve"]

_Bearer = TypeVar("_Bearer", ClaimFigure, SourceFigure)

TIES: Final = Parameter(
    "ties",
    "none",
    "what is written where accounts of equal standing name different numbers: a tie has no winner unless one is asked "
    "for",
    ("none", "lowest", "highest"),
)
"""The parameter of every codebook that may end in a tie."""

EARLY: Final = Parameter(
    "early",
    "aside",
    "whether an early count takes part that a later one overtook, which speaks for more than a party or a nameless "
    "source; where reports are held against one another, the toll of the first morning is none of those that differ",
    ("aside", "kept"),
)
"""The parameter of every codebook in which the lowest of several numbers matters."""


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
        early_figures: Those of the independent sources whose early count the codebook leaves out.

    Examples:
        >>> import casualties as cs
        >>> from casualties.codebooks import Coding, load
        >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(status="civilian")
        >>> coding = Coding(finding, load("majority"))
        >>> print(coding.code("most-named", number=11, used=coding.source_figures))
        11
    """

    def __init__(self, finding: Finding, codebook: Codebook, parameters: dict[str, object] | None = None) -> None:
        if not isinstance(codebook, Codebook):
            raise UnknownNameError(
                f"codebook: a {type(codebook).__name__} is neither a name nor a codebook",
                "unknown-codebook",
                "casualties.codebooks.names() lists all",
            )
        self.finding = finding
        self.codebook = codebook
        self.parameters: dict[str, object] = codebook.settled(parameters or {})
        self.lexicon: lexicons.Lexicon = lexicons.load(
            cast("str", self.parameters["lexicon"]) or codebook.lexicon,
            **{name: self.count(name) for name in codebook.choices},
        )
        self.standing: tuple[Claim, ...] = _standing(finding)
        self._steps: list[CodingStep] = []
        self._readings = Readings(finding, self.lexicon, self.parameters)
        self.claim_figures: tuple[ClaimFigure, ...] = self._readings.claim_figures
        self.source_figures: tuple[SourceFigure, ...] = self._readings.source_figures
        self.early_figures: tuple[SourceFigure, ...] = self._readings.early_figures
        self._aside: dict[str, str] = dict(self._readings.aside)
        if self._readings.by_words:
            self.step("words", f"read by the lexicon {self.lexicon.name!r}", self._readings.by_words)
        if self._readings.by_figure:
            self.step("figure", "no words that can be read: taken by the recorded figure", self._readings.by_figure)

    def figure_of(self, claim: Claim) -> Figure | None:
        """Read a claim by the codebook's lexicon, or without words by its figure; ``None`` where that leaves it blank.

        Examples:
            >>> import casualties as cs
            >>> from casualties.codebooks import Coding, load
            >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary")
            >>> coding = Coding(finding, load("majority"))
            >>> sorted(str(coding.figure_of(claim)) for claim in coding.standing)
            ['2 or more', 'up to 25']
        """
        return self._readings.figure_of(claim)

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
        return self._readings.number_of(figure)

    def count(self, name: str) -> int:
        """Give the value of a parameter that is a number.

        Examples:
            >>> import casualties as cs
            >>> from casualties.codebooks import Coding, load
            >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(status="civilian")
            >>> Coding(finding, load("un-verified")).count("sources")
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

    def best_graded(self, accounts: Sequence[_Bearer]) -> list[_Bearer]:
        """Keep the accounts with the best grade, where somebody graded any; else all of them.

        Examples:
            >>> import casualties as cs
            >>> from casualties.codebooks import Coding, load
            >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary")
            >>> coding = Coding(finding, load("majority"))
            >>> len(coding.best_graded(coding.source_figures))
            2
        """
        weights = [
            max((weight for claim in _claims(account) if (weight := _weight(claim)) is not None), default=None)
            for account in accounts
        ]
        best = max((weight for weight in weights if weight is not None), default=None)
        return [account for account, weight in zip(accounts, weights, strict=True) if weight == best]

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
            named = f"{', '.join(f'{number:,}' for number in numbers[:-1])} and {numbers[-1]:,}"
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
            UnusedClaim(claim, self._aside.get(claim.id) or self._why(claim, others))
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
        if claim.is_estimate:
            return "is an estimate, which stands beside the counts and is none of them"
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
    cause = finding.subject.cause
    if cause is not None and cause in codebook.without_causes and not coding.parameters["other_harm_ok"]:
        return coding.not_coded(f"a count of direct deaths, not of {cause} ones", "direct-deaths")
    return codebook.decide(coding)


def _claims(account: ClaimFigure | SourceFigure) -> list[Claim]:
    readings = [account] if isinstance(account, ClaimFigure) else account.claim_figures
    return [reading.claim for reading in readings]


def _weight(claim: Claim) -> Fraction | None:
    """Give the weight of the best grade of a claim; ``None`` where nobody graded it."""
    fractions = [weight for assessment in claim.assessments if (weight := weight_of(assessment)) is not None]
    return max(fractions, default=None)


def _standing(finding: Finding) -> tuple[Claim, ...]:
    return tuple(claim for claim in finding.claims if finding.fates[claim.id] in (Fate.STANDS, Fate.VERSION))


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
