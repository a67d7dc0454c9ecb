"""Belief and plausibility of counts that somebody graded: Dempster's rule over ranges, in exact fractions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import inf
from types import MappingProxyType
from typing import Final

from casualties.errors import ModelError
from casualties.model.claim import Assessment
from casualties.model.figure import Figure
from casualties.reconciling.pairs import IndependentSource

__all__ = ["ADMIRALTY_WEIGHTS", "Evidence", "combine", "evidence", "weight_of"]

ADMIRALTY_WEIGHTS: Final[Mapping[str, Fraction]] = MappingProxyType(
    {
        "A": Fraction(19, 20),
        "B": Fraction(3, 4),
        "C": Fraction(1, 2),
        "D": Fraction(1, 4),
        "E": Fraction(0),
        "1": Fraction(19, 20),
        "2": Fraction(3, 4),
        "3": Fraction(1, 2),
        "4": Fraction(1, 4),
        "5": Fraction(0),
    }
)
"""What each grade of the Admiralty code weighs.

The steps are those of the code as MISP ships it (100, 75, 50, 25, 0), with the highest held below 1, since no grade
makes a claim certain.  F and 6 mean "cannot be judged": they weigh nothing rather than a middling half.
"""

_ALL: Final = Figure(0, None)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What graded claims together lend to each range of counts.

    Attributes:
        masses: Ranges with the mass committed to exactly them, in order; they sum to 1.
        conflict: The mass that fell on contradictions before it was shared out; 0 for none.

    Examples:
        >>> import casualties as cs
        >>> from fractions import Fraction
        >>> from casualties.reconciling.evidence import combine
        >>> seen = combine([(cs.Figure(0, 25), Fraction(1, 2)), (cs.Figure(2, None), Fraction(3, 4))])
        >>> seen.belief(cs.Figure(2, 25)), seen.plausibility(cs.Figure(26, None))
        (Fraction(3, 8), Fraction(1, 2))
    """

    masses: tuple[tuple[Figure, Fraction], ...]
    conflict: Fraction

    def belief(self, figure: Figure) -> Fraction:
        """Give the mass that lies wholly inside a range: how far the graded claims commit to it.

        Examples:
            >>> combine([]).belief(Figure(1, 5))
            Fraction(0, 1)
        """
        return sum((mass for focus, mass in self.masses if focus.inside(figure)), Fraction(0))

    def plausibility(self, figure: Figure) -> Fraction:
        """Give the mass that does not exclude a range; never below the belief.

        Examples:
            >>> combine([]).plausibility(Figure(1, 5))
            Fraction(1, 1)
        """
        return sum((mass for focus, mass in self.masses if focus.overlaps(figure)), Fraction(0))


def combine(weighed: Iterable[tuple[Figure, Fraction]]) -> Evidence:
    """Combine ranges by Dempster's rule; the order changes nothing.

    Each range takes its weight as mass and leaves the rest to "any count".  The products of contradicting ranges are
    the conflict, and what remains is scaled to 1 (A. Dempster, "Upper and Lower Probabilities Induced by a Multivalued
    Mapping", 1967; G. Shafer, "A Mathematical Theory of Evidence", 1976).

    Args:
        weighed: Ranges with weights of 0 or more and below 1.

    Raises:
        ModelError: If a weight is not of that size: with a weight of 1, two contradicting ranges would have no answer.

    Examples:
        >>> combine([(Figure.exactly(4), Fraction(1, 2)), (Figure.exactly(7), Fraction(1, 2))]).conflict
        Fraction(1, 4)
    """
    masses: dict[Figure, Fraction] = {_ALL: Fraction(1)}
    for figure, weight in weighed:
        if not 0 <= weight < 1:
            raise ModelError(
                f"weight {weight}: it is not below 1",
                "bad-weight",
                "give a fraction of 0 or more and below 1",
            )
        bare = Figure(figure.low, figure.high)
        combined: dict[Figure, Fraction] = {}
        for focus, mass in masses.items():
            shared = focus & bare
            if shared is not None:
                combined[shared] = combined.get(shared, Fraction(0)) + mass * weight
            combined[focus] = combined.get(focus, Fraction(0)) + mass * (1 - weight)
        masses = {focus: mass for focus, mass in combined.items() if mass}
    kept = sum(masses.values(), Fraction(0))
    in_order = sorted(masses.items(), key=lambda mass: (mass[0].low, inf if mass[0].high is None else mass[0].high))
    return Evidence(tuple((focus, mass / kept) for focus, mass in in_order), 1 - kept)


def weight_of(assessment: Assessment, weights: Mapping[str, Fraction] = ADMIRALTY_WEIGHTS) -> Fraction | None:
    """Give the weight of one grading: the lower of its reliability and credibility; ``None`` where it judges nothing.

    A grade on another scale is looked up with the name of its scale, as ``"scale:grade"``.

    Examples:
        >>> weight_of(Assessment(grader="desk", reliability="B", credibility="3"))
        Fraction(1, 2)
        >>> weight_of(Assessment(grader="desk", reliability="F")) is None
        True
    """
    grades = (assessment.reliability, assessment.credibility, f"{assessment.scale}:{assessment.grade}")
    fractions = [weights[grade] for grade in grades if grade is not None and grade in weights]
    return min(fractions, default=None)


def evidence(
    voices: Iterable[IndependentSource], weights: Mapping[str, Fraction] = ADMIRALTY_WEIGHTS
) -> Evidence | None:
    """Weigh voices by the grades of their claims: one mass a voice, its graders' lowest weight.

    A voice that nobody graded carries no mass.

    Returns:
        The evidence, or ``None`` where no voice is graded.

    Examples:
        >>> import casualties as cs
        >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(status="civilian")
        >>> evidence(finding.independent_sources) is None
        True
    """
    weighed = []
    for voice in voices:
        all_weights = [weight_of(assessment, weights) for claim in voice.claims for assessment in claim.assessments]
        judged = [weight for weight in all_weights if weight is not None]
        if judged:
            weighed.append((voice.on_day, min(judged)))
    return combine(weighed) if weighed else None
