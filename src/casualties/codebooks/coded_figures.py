"""What is said about a finding, as a codebook reads it: single claims, and independent sources."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from casualties.model.claim import Claim
from casualties.model.figure import End, Figure
from casualties.model.source import SourceKind
from casualties.reconciling.pairs import IndependentSource
from casualties.reconciling.position import Interest

__all__ = ["DOUBTS", "ClaimFigure", "SourceFigure", "grouped"]

DOUBTS: Final = ("unattributed", "alleged", "opponent", "graded low", "refuted")
"""What may speak against a claim: nobody is named for it, it is only alleged, a party speaks of its opponent's dead,
somebody graded it D, E, 4 or 5, or somebody else than an opponent counted more people one by one.  A side that tells of
its own fallen does not allege them, whatever it alleges of who killed them."""


@dataclass(frozen=True, slots=True)
class ClaimFigure:
    """One standing claim as a codebook reads it.

    Attributes:
        claim: The claim.
        figure: What its words, or without words its figure, state.
        number: The one number that stands for it; ``None`` where it gives none.
        interest: Whose dead its source counts.
        kinds: What its source is.
        alleged: Whether it is only alleged, and not by a side of its own fallen.
        refuted: Whether another independent source, which is no opponent, counted more people one by one.

    Examples:
        >>> import casualties as cs
        >>> from casualties.codebooks import Coding, load
        >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary")
        >>> [(each.claim.source, each.number) for each in Coding(finding, load("acled")).claim_figures]
        [('unnamed', 25), ('akoush', 2)]
    """

    claim: Claim
    figure: Figure
    number: int | None
    interest: Interest
    kinds: tuple[SourceKind, ...]
    alleged: bool = False
    refuted: bool = False

    @property
    def named(self) -> tuple[int, ...]:
        """The counts that the claim names, lowest first: stated ends and a best number, else the one number.

        An end that is only assumed is named by nobody: about 7,000 names 7,000.

        Examples:
            >>> import casualties as cs
            >>> from casualties.codebooks import Coding, load
            >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary")
            >>> [each.named for each in Coding(finding, load("ucdp")).claim_figures]
            [(25,), (2,)]
        """
        figure = self.figure
        counts = {figure.best}
        if End.LOW not in figure.assumed and (figure.low or figure.high == 0):
            counts.add(figure.low)
        if End.HIGH not in figure.assumed:
            counts.add(figure.high)
        stated = sorted(count for count in counts if count is not None)
        return tuple(stated) or (() if self.number is None else (self.number,))

    @property
    def doubts(self) -> tuple[str, ...]:
        """Why a coder may hold it for unverified, in words; empty where nothing speaks against it.

        The names are those in `DOUBTS`.

        Examples:
            >>> import casualties as cs
            >>> from casualties.codebooks import Coding, load
            >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary")
            >>> Coding(finding, load("acled")).claim_figures[0].doubts
            ('unattributed',)
        """
        marks = {  # in the order of DOUBTS
            "unattributed": SourceKind.UNATTRIBUTED in self.kinds,
            "alleged": self.alleged,
            "opponent": self.interest is Interest.OPPONENT,
            "graded low": any(assessment.low for assessment in self.claim.assessments),
            "refuted": self.refuted,
        }
        return tuple(name for name, holds in marks.items() if holds)


@dataclass(frozen=True, slots=True)
class SourceFigure:
    """What one independent voice says, as a codebook reads it.

    Attributes:
        voice: The voice.
        claim_figures: Its claims on which the figure rests.
        figure: Their figure.
        number: The one number that stands for it; ``None`` where it gives none.

    Examples:
        >>> import casualties as cs
        >>> from casualties.codebooks import Coding, load
        >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary")
        >>> [str(each.figure) for each in Coding(finding, load("majority")).source_figures]
        ['up to 25', '2 or more']
    """

    voice: IndependentSource
    claim_figures: tuple[ClaimFigure, ...]
    figure: Figure
    number: int | None

    @property
    def kinds(self) -> tuple[SourceKind, ...]:
        """What its sources are, by name.

        Examples:
            >>> import casualties as cs
            >>> from casualties.codebooks import Coding, load
            >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(status="civilian")
            >>> [kind.value for kind in Coding(finding, load("majority")).source_figures[0].kinds]
            ['belligerent']
        """
        return tuple(sorted({kind for reading in self.claim_figures for kind in reading.kinds}))

    @property
    def doubts(self) -> tuple[str, ...]:
        """Why a coder may hold all of it for unverified; empty where one of its claims is free of doubt."""
        if any(not reading.doubts for reading in self.claim_figures):
            return ()
        return tuple(sorted({doubt for reading in self.claim_figures for doubt in reading.doubts}))


def grouped(accounts: Iterable[SourceFigure]) -> dict[int, list[SourceFigure]]:
    """Group accounts by the number that they name, lowest first.

    Examples:
        >>> grouped([])
        {}
    """
    groups: dict[int, list[SourceFigure]] = {}
    for account in accounts:
        if account.number is not None:
            groups.setdefault(account.number, []).append(account)
    return dict(sorted(groups.items()))
