"""A finding told in plain words, in which every number names its claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from casualties._text import inert, table_of
from casualties.model.citation_check import CitationChecks
from casualties.show._numbering import Numbering, ordered
from casualties.show.sentences import Sentence, explained, short_id
from casualties.show.sentences.unread import not_read
from casualties.show.text import WIDTH, broken

if TYPE_CHECKING:
    from casualties.reconciling.finding import Finding

__all__ = ["Explanation", "explain", "explain_all"]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A finding in plain words, as sentences that name their claims.

    A claim is named by its number in the table and by the beginning of its identity.

    Attributes:
        sentences: The sentences, in the order in which they are told.
        numbers: The numbers that its claims have in the table, by identity.
        not_read: What tables of its ledger hold that could be no claim, and so is not in it; empty where all was read.

    Examples:
        >>> import casualties as cs
        >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(status="civilian")
        >>> print(finding.explain().sentences[2].text)
        Azerbaijan states 11 or more, in the words "at least 11"; reported, counting its own side.
    """

    sentences: tuple[Sentence, ...]
    numbers: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)
    not_read: str = ""

    def __repr__(self) -> str:
        return f"<Explanation of {len(self.sentences)} sentences>"

    def to_text(self, *, width: int = WIDTH) -> str:
        """Set the explanation in lines, without a line end after the last.

        Args:
            width: Columns.

        Examples:
            >>> import casualties as cs
            >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(status="civilian")
            >>> print(finding.explain().to_text(width=60))
            Killed: civilians, Azerbaijani side, 27 to 30 September
              2020: single source.
            Azerbaijan says at least 11 civilians on the Azerbaijani
              side were killed. [1 c1-872b9cf9]
            Azerbaijan states 11 or more, in the words "at least 11";
              reported, counting its own side. [1 c1-872b9cf9]
            Confidence is low, for 11 or more: one independent source
              bears it out. [1 c1-872b9cf9]
        """
        pieces = [self._pieces(sentence) for sentence in self.sentences]
        if self.not_read:
            pieces.append(self.not_read.split(" "))
        return "\n".join(line for piece in pieces for line in broken(piece, width, "", "  "))

    def _named(self, sentence: Sentence) -> list[str]:
        """Name the claims of a sentence, in the order of their numbers."""
        named = sorted(sentence.claims, key=lambda claim: (self.numbers.get(claim, 0), claim))
        return [
            f"{self.numbers[identity]} {short_id(identity)}" if identity in self.numbers else short_id(identity)
            for identity in named
        ]

    def _pieces(self, sentence: Sentence) -> list[str]:
        """Take a sentence apart where it may be broken: a claim's number stays with its identity."""
        return [*inert(sentence.text).split(" "), *_listed(self._named(sentence))]

    def _repr_html_(self) -> str:
        rows = [(sentence.text, ", ".join(self._named(sentence))) for sentence in self.sentences]
        return table_of(
            repr(self)[1:-1], ("sentence", "claims"), [*rows, *([(self.not_read, "")] if self.not_read else [])]
        )

    def to_dict(self) -> list[dict[str, object]]:
        """Give the explanation as plain data: each sentence with the full identities of its claims.

        Examples:
            >>> import casualties as cs
            >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(status="civilian")
            >>> sorted(finding.explain().to_dict()[0])
            ['claims', 'text']
        """
        return [sentence.to_dict() for sentence in self.sentences]

    def __iter__(self) -> Iterator[Sentence]:
        return iter(self.sentences)

    def __str__(self) -> str:
        return self.to_text()


def _listed(names: Sequence[str]) -> list[str]:
    """Write names in brackets, one piece each."""
    pieces = [f"{name}," for name in names[:-1]] + [f"{name}]" for name in names[-1:]]
    return [f"[{pieces[0]}", *pieces[1:]] if pieces else []


def explain(finding: Finding, checks: CitationChecks | None = None) -> Explanation:
    """Tell a finding in plain words, and say what tables of its ledger hold that was not read.

    Args:
        finding: The finding.
        checks: What was seen of its citations in their reports, if somebody looked.

    Examples:
        >>> import casualties as cs
        >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).about(status="combatant")
        >>> print(list(finding)[2].explain())
        Killed: combatants, Azerbaijani side, 27 to 30 September 2020: unreported.
        No source says how many combatants on the Azerbaijani side were killed;
          Azerbaijan gives no figure. [1 c1-8e2b71db]
        Azerbaijan is silent: no figure is given. Silence is not zero. [1 c1-8e2b71db]
        Confidence is none: nobody bears it out.
    """
    return explain_all((finding,), checks)[0]


def explain_all(findings: Iterable[Finding], checks: CitationChecks | None = None) -> tuple[Explanation, ...]:
    """Tell findings in plain words, by the numbers of their common table; the last says what was not read.

    Args:
        findings: The findings.
        checks: What was seen of their citations in the reports, if somebody looked.

    Examples:
        >>> import casualties as cs
        >>> result = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> sorted(explain_all(result.findings)[-1].numbers.values())
        [7, 8]
    """
    every = tuple(findings)
    known = Numbering(ordered(every))
    return tuple(
        Explanation(
            explained(finding, checks),
            {claim.id: known[claim.id] for claim in finding.claims},
            not_read(finding.view.ledger.unread) if place == len(every) else "",
        )
        for place, finding in enumerate(every, 1)
    )
