"""How a codebook reads what was said: the claims of the day with their numbers, and those that it need not look at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from casualties.codebooks.coded_figures import ClaimFigure, SourceFigure
from casualties.errors import UnreadableFigureError
from casualties.model.claim import Claim, Modality, Stance
from casualties.model.figure import End, Figure
from casualties.reconciling.pairs import IndependentSource
from casualties.reconciling.position import Interest, Position
from casualties.reconciling.support import combined
from casualties.wording import parse_figure
from casualties.wording.lexicons import Lexicon

if TYPE_CHECKING:
    from casualties.reconciling.finding import Finding

Roots = tuple[tuple[str, str], ...]
"""What an independent source rests on, by which it is known."""


class Readings:
    """What the claims of a finding say in the terms of a codebook.

    Args:
        finding: The finding.
        lexicon: The lexicon by which words are read.
        parameters: The value of every parameter of the codebook.

    Attributes:
        claim_figures: The standing claims that state a figure for the day.
        source_figures: The figures of the independent sources of the day.
        early_figures: Those of the independent sources whose early count was overtaken and takes no part.
        aside: For each claim that is not among them, why.
        by_words: Claims that were read by their words.
        by_figure: Claims without words that can be read, taken by the recorded figure.
    """

    def __init__(self, finding: Finding, lexicon: Lexicon, parameters: Mapping[str, object]) -> None:
        self.finding = finding
        self.lexicon = lexicon
        self.parameters = parameters
        self.aside: dict[str, str] = {}
        self.by_figure: list[str] = []
        self.by_words: list[str] = []
        self.claim_figures: tuple[ClaimFigure, ...] = ()
        self.source_figures: tuple[SourceFigure, ...] = ()
        self.early_figures: tuple[SourceFigure, ...] = ()
        self._read()

    def _leave(self, readings: Iterable[ClaimFigure], reason: str) -> None:
        for reading in readings:
            self.aside.setdefault(reading.claim.id, reason)

    def _read(self) -> None:
        readings: list[ClaimFigure] = []
        accounts: list[SourceFigure] = []
        early: list[SourceFigure] = []
        floors = [(floor, voice.roots) for voice in self.finding.independent_sources if (floor := self._counted(voice))]
        stated_by_voice = [
            (voice, [reading for position in voice.positions for reading in self._of(position, voice, floors)])
            for voice in self.finding.independent_sources
        ]
        outgrown = self._outgrown(stated_by_voice) if self.parameters.get("early") == "aside" else set()
        for voice, stated in stated_by_voice:
            if not self._of_the_day(voice):
                self._leave(stated, f"counts to {voice.until}, not to {self.finding.as_of}")
                continue
            latest = {claim.id for position in voice.latest for claim in position.claims}
            versions = {claim.id for position in voice.latest for claim in position.versions} - latest
            current = tuple(reading for reading in stated if reading.claim.id in latest)
            figure = combined([reading.figure for reading in current]) if current else None
            account = SourceFigure(voice, current, figure, self.number_of(figure)) if figure is not None else None
            if voice.roots in outgrown:
                self._leave(stated, "an early count, which a later one overtook")
                early += [account] if account else []
                continue
            others = [reading for reading in stated if reading.claim.id not in latest | versions]
            same_day = {
                claim.id for position in voice.positions if position.until == voice.until for claim in position.claims
            }
            self._leave(
                [reading for reading in others if reading.claim.id in same_day],
                "speaks for a voice of which another organ spoke later",
            )
            self._leave(others, "speaks for a voice that counts a later day")
            readings += [reading for reading in stated if reading not in others]
            accounts += [account] if account else []
        self.claim_figures, self.source_figures = tuple(readings), tuple(accounts)
        self.early_figures = tuple(early)

    def _outgrown(self, stated_by_voice: Sequence[tuple[IndependentSource, Sequence[ClaimFigure]]]) -> set[Roots]:
        """Find the voices whose early count a later one overtook that is free of doubt, by what they rest on.

        Beside the early counts that reconciling finds these are floors of the first days ("more than 50") beyond which
        a later source of no other side went: they contradict nothing, and are no lower account either.
        """
        sound = [  # what is too low itself may still go beyond what is lower
            (voice, stated)
            for voice, stated in stated_by_voice
            if any(not set(reading.doubts) - {"refuted"} for reading in stated)
        ]
        roots = {voice.roots for voice, _ in sound}
        outgrown = {pair.lower.roots for pair in self.finding.overtaken if pair.upper.roots in roots}
        for voice, stated in stated_by_voice:
            if voice.figure.high is None and any(self._goes_beyond(later, (voice, stated)) for later in sound):
                outgrown.add(voice.roots)
        return outgrown

    def _goes_beyond(
        self,
        later: tuple[IndependentSource, Sequence[ClaimFigure]],
        early: tuple[IndependentSource, Sequence[ClaimFigure]],
    ) -> bool:
        view, until = self.finding.view, early[0].until
        before = [reading.claim.known for reading in early[1] if reading.claim.known]
        after = [reading.claim.known for reading in later[1] if reading.claim.known]
        if until is None or not before or not after or later[0].figure.low <= early[0].figure.low:
            return False
        last, first = max(date.latest for date in before), min(date.earliest for date in after)
        if last >= first or (last - until.latest).days > view.settling:
            return False
        if any(reading.claim.modality == Modality.CONFIRMED for reading in early[1]):
            return False
        own, others = (
            {side for reading in account[1] if (side := view.sources.side(reading.claim.source)) is not None}
            for account in (early, later)
        )
        return all(view.allied(one, two) for one in own for two in others) if own else not others

    def _of_the_day(self, voice: IndependentSource) -> bool:
        return self.parameters["days"] == "any" or voice.denies or voice.until == self.finding.as_of

    def _counted(self, voice: IndependentSource) -> int:
        """Give the most people whom a voice counted one by one, where it is nobody's opponent and has a name."""
        return max(
            (
                claim.figure.low
                for position in voice.positions
                if position.interest is not Interest.OPPONENT and not voice.unattributed
                for claim in position.claims
                if claim.subject.basis is not None and claim.figure is not None
                if not any(assessment.low for assessment in claim.assessments)
            ),
            default=0,
        )

    def _of(
        self, position: Position, voice: IndependentSource, floors: Sequence[tuple[int, Roots]]
    ) -> list[ClaimFigure]:
        """Read the claims of a position and its versions; those without a figure here are set aside."""
        figures = []
        source = self.finding.view.sources.get(position.source)
        kinds = source.kinds if source else ()
        claims = position.versions or position.claims
        whole = any(claim.subject.basis is None and claim.modality != Modality.ESTIMATED for claim in claims)
        for claim in claims:
            if whole and claim.subject.basis is not None:
                self.aside[claim.id] = "was counted one by one, and its source states the whole beside it"
                continue
            if claim.stance is Stance.DENIES:
                if self.parameters["denials"] == "aside":
                    self.aside[claim.id] = "denies that it happened, and reports no number"
                    continue
                figure: Figure | None = Figure.exactly(0)
            else:
                figure = self.figure_of(claim)
            if figure is None:
                self.aside[claim.id] = f"the lexicon {self.lexicon.name!r} leaves its words blank"
                continue
            high = figure.high
            refuted = high is not None and any(low > high for low, roots in floors if roots != voice.roots)
            fallen = position.interest is Interest.OWN_SIDE and self.finding.subject.status == "combatant"
            alleged = claim.modality == Modality.ALLEGED and not fallen
            number = self.number_of(figure)
            figures.append(ClaimFigure(claim, figure, number, position.interest, kinds, alleged, refuted))
        return figures

    def figure_of(self, claim: Claim) -> Figure | None:
        """Read a claim by the lexicon, or without words by its figure; ``None`` where that leaves it blank."""
        words = sorted({citation.words for citation in claim.citations if citation.words})
        figures: list[Figure] = []
        try:
            figures += [figure for word in words if (figure := _read_words(word, self.lexicon)) is not None]
        except UnreadableFigureError:
            words = []
        if not words:
            self.by_figure.append(claim.id)
            return claim.figure
        self.by_words.append(claim.id)
        figure = Figure.hull(figures) if figures else None
        return claim.figure if _same_ends(figure, claim.figure) else figure

    def number_of(self, figure: Figure) -> int | None:
        """Give the one number that stands for a figure by the parameter ``ends``; ``None`` where it gives none."""
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


@lru_cache(maxsize=4096)
def _read_words(words: str, lexicon: Lexicon) -> Figure | None:
    return parse_figure(words, lexicon)


def _same_ends(read: Figure | None, recorded: Figure | None) -> bool:
    """Tell whether words give the ends that were recorded; then what its recorder made of them stands."""
    return read is not None and recorded is not None and (read.low, read.high) == (recorded.low, recorded.high)
