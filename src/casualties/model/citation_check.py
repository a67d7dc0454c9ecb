"""What a look into a document shows of a citation: whether it holds what it is cited for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, overload

from casualties._text import Printed
from casualties.model.claim import Claim
from casualties.model.report import Citation

__all__ = ["CitationCheck", "CitationChecks", "Verdict"]


class Verdict(StrEnum):
    """What a look into the document shows of a citation; `says` gives each in words.

    Examples:
        >>> print(Verdict("elsewhere").says)
        the words do not stand in the text; the number stands elsewhere
    """

    HOLDS = "holds"
    """Example: the claim prints "at least 11", and so does the saved text."""
    WORDS_ABSENT = "words-absent"
    """Example: the claim prints "at least 11", and neither stands in the text."""
    NUMBER_ABSENT = "number-absent"
    """Example: the claim counts 11 and prints "dozens of people", which stand in the text."""
    ELSEWHERE = "elsewhere"
    """Example: the claim prints "at least 11 died", the text says "11 or more were killed"."""
    NO_WORDS = "no-words"
    """Example: a citation with a page and without words."""
    OTHER_COPY = "other-copy"
    """Example: the file's digest differs from the one that the ledger keeps."""
    NO_TEXT = "no-text"
    """Example: a report of which only the address is kept."""

    @property
    def says(self) -> str:
        """The verdict in words.

        Examples:
            >>> print(Verdict.NO_WORDS.says)
            no words are given to look for
        """
        return _SAYS[self]

    @property
    def wrong(self) -> bool:
        """Whether the document does not hold what it is cited for.

        Examples:
            >>> Verdict.ELSEWHERE.wrong, Verdict.NO_WORDS.wrong
            (True, False)
        """
        return self in _WRONG


_SAYS: Final[dict[str, str]] = {
    "holds": "holds",
    "words-absent": "the words do not stand in the text",
    "number-absent": "the words stand in the text and hold no such number",
    "elsewhere": "the words do not stand in the text; the number stands elsewhere",
    "no-words": "no words are given to look for",
    "other-copy": "the text is not the saved copy",
    "no-text": "no text of the report is at hand",
}
_WRONG: Final = frozenset({Verdict.WORDS_ABSENT, Verdict.NUMBER_ABSENT, Verdict.ELSEWHERE, Verdict.OTHER_COPY})


@dataclass(frozen=True, slots=True)
class CitationCheck:
    """One citation, looked up.

    Attributes:
        claim: The claim that is cited for.
        citation: The citation.
        report: The name of its report.
        verdict: What the look shows.
        places: Where the words stand in the text, or for ``elsewhere``, ``number-absent`` and ``no-words`` where the
            number does: first character, and the one behind the last.
        lines: The lines of those places, the first being 1.

    Examples:
        >>> import casualties as cs
        >>> seed = cs.seeds.load("nagorno-karabakh-2020-09-30")
        >>> text = "Azerbaijan reported at least 11 civilians killed."
        >>> check = next(each for each in cs.check_citations(seed, {"new-arab": text}) if each.verdict == "holds")
        >>> check.citation.words, check.places
        ('at least 11', ((20, 31),))
    """

    claim: Claim
    citation: Citation
    report: str
    verdict: Verdict
    places: tuple[tuple[int, int], ...] = ()
    lines: tuple[int, ...] = ()

    def __str__(self) -> str:
        words = (
            f"{self.citation.words!r}"
            if self.citation.words
            else str(self.claim.stance if self.claim.figure is None else self.claim.figure)
        )
        return f"{self.report}: {self.claim.source}, {words}: {self.told}"

    @property
    def told(self) -> str:
        """The verdict in words, with the lines of its places.

        Examples:
            >>> import casualties as cs
            >>> seed = cs.seeds.load("nagorno-karabakh-2020-09-30")
            >>> [each.told for each in cs.check_citations(seed, {"new-arab": "At least 11 died."}) if each.places]
            ['holds, line 1']
        """
        lines = f", line {', '.join(map(str, self.lines))}" if self.lines else ""
        more = ""
        if self.lines and self.verdict is Verdict.NO_WORDS:
            more = "; the number stands in the text"
        elif self.lines and self.verdict is Verdict.NUMBER_ABSENT:
            more = "; the number stands elsewhere"
        return f"{self.verdict.says}{more}{lines}"


class CitationChecks(Sequence[CitationCheck], Printed):
    """All citations that were looked up, in the order of the claims.

    Examples:
        >>> import casualties as cs
        >>> seed = cs.seeds.load("nagorno-karabakh-2020-09-30")
        >>> checks = cs.check_citations(seed, {"new-arab": "More than 80 fighters died; as many as 25 mercenaries."})
        >>> print(checks.summary)
        2 hold, 3 do not, 3 have no words
    """

    __slots__ = ("_checks", "_of")

    def __init__(self, checks: Iterable[CitationCheck]) -> None:
        self._checks = tuple(checks)
        self._of: defaultdict[str, list[CitationCheck]] = defaultdict(list)
        for check in self._checks:
            self._of[check.claim.id].append(check)

    @overload
    def __getitem__(self, place: int) -> CitationCheck: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[CitationCheck, ...]: ...
    def __getitem__(self, place: int | slice) -> CitationCheck | tuple[CitationCheck, ...]:
        return self._checks[place]

    def __len__(self) -> int:
        return len(self._checks)

    def __iter__(self) -> Iterator[CitationCheck]:
        return iter(self._checks)

    @property
    def wrong(self) -> tuple[CitationCheck, ...]:
        """Those of which the document does not hold what it is cited for."""
        return tuple(check for check in self if check.verdict.wrong)

    @property
    def summary(self) -> str:
        """How many hold, how many do not, and how many could not be looked up.

        Examples:
            >>> CitationChecks([]).summary
            'no citation is looked up'
        """
        if not self:
            return "no citation is looked up"
        counts = Counter(check.verdict for check in self)
        wrong = sum(counts[verdict] for verdict in _WRONG)
        parts = [f"{counts[Verdict.HOLDS]} hold", f"{wrong} do not"]
        if counts[Verdict.NO_WORDS]:
            parts.append(f"{counts[Verdict.NO_WORDS]} have no words")
        if counts[Verdict.NO_TEXT]:
            parts.append(f"of {counts[Verdict.NO_TEXT]} no text is at hand")
        return ", ".join(parts)

    def of(self, claim: Claim) -> tuple[CitationCheck, ...]:
        """Give the checks of one claim.

        Examples:
            >>> import casualties as cs
            >>> seed = cs.seeds.load("nagorno-karabakh-2020-09-30")
            >>> checks = cs.check_citations(seed, {"new-arab": "at least 11"})
            >>> len(checks.of(next(iter(seed))))
            1
        """
        return tuple(self._of.get(claim.id, ()))

    def said_of(self, claim: Claim, citation: Citation) -> str:
        """Tell in words what was seen of one citation of a claim; empty where it was not looked up.

        Examples:
            >>> import casualties as cs
            >>> seed = cs.seeds.load("nagorno-karabakh-2020-09-30")
            >>> claim = next(each for each in seed if each.citations[0].words == "at least 11")
            >>> cs.check_citations(seed, {"new-arab": "Fire. At least 11 died."}).said_of(claim, claim.citations[0])
            'looked up in the report: holds, line 1'
        """
        return next(
            (f"looked up in the report: {check.told}" for check in self.of(claim) if check.citation == citation), ""
        )

    def __str__(self) -> str:
        return "\n".join([*map(str, self), self.summary])

    def __repr__(self) -> str:
        return f"<CitationChecks: {self.summary}>"
