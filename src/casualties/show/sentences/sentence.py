"""A sentence as data: its text, the claims on which it rests, and each number in it with the claims that state it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from casualties._text import table_of
from casualties.model.figure import Figure

__all__ = ["Sentence", "StatedNumber", "short_id"]

_SHORT: Final = 8
"""How many hexadecimal digits of an identity are shown."""

_REPR: Final = 240
"""How much of a sentence is shown where it is not printed."""


@dataclass(frozen=True, slots=True)
class StatedNumber:
    """A number as a sentence says it, with the claims that state it.

    Attributes:
        text: How the sentence says it.
        figure: The figure behind it.
        claims: Identities of the claims that state it, in order.
        sources: Keys of the sources that state it, in order.

    Examples:
        >>> import casualties as cs
        >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(status="civilian")
        >>> for number in finding.sentence().numbers:
        ...     print(number.text, "|", number.figure, "|", number.sources)
        at least 11 | 11 or more | ('azerbaijan',)
    """

    text: str
    figure: Figure
    claims: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with the claims on which it rests; prints as its text and the short identities of its claims.

    Attributes:
        text: The sentence.
        claims: Identities of the claims on which it rests, in order.
        numbers: The numbers in it, each with the claims that state it; empty where nothing was counted in words.

    Examples:
        >>> print(Sentence("Nobody states a figure.", ()))
        Nobody states a figure.
        >>> print(Sentence("The army says eight.", ("c1-0123456789abcdef0123",)))
        The army says eight. [c1-01234567]
    """

    text: str
    claims: tuple[str, ...]
    numbers: tuple[StatedNumber, ...] = ()

    def __repr__(self) -> str:
        return f"<Sentence {self.text!r}>" if len(self.text) < _REPR else f"<Sentence {self.text[:_REPR]!r}…>"

    def to_dict(self) -> dict[str, object]:
        """Give the sentence as plain data: its text, its claims, and its numbers with the claims that state each.

        Examples:
            >>> Sentence("Nobody states a figure.", ()).to_dict()
            {'text': 'Nobody states a figure.', 'claims': []}
        """
        fields: dict[str, object] = {"text": self.text, "claims": list(self.claims)}
        if self.numbers:
            fields["numbers"] = [
                {
                    "text": number.text,
                    "low": number.figure.low,
                    "high": number.figure.high,
                    "claims": list(number.claims),
                    "sources": list(number.sources),
                }
                for number in self.numbers
            ]
        return fields

    def _repr_html_(self) -> str:
        rows = [(number.text, ", ".join(number.sources), ", ".join(number.claims)) for number in self.numbers]
        return table_of(self.text, ("number", "who says so", "claims"), rows)

    def __str__(self) -> str:
        if not self.claims:
            return self.text
        return f"{self.text} [{', '.join(short_id(claim) for claim in self.claims)}]"


def short_id(claim: str) -> str:
    """Cut an identity to what tells claims apart for a reader.

    Examples:
        >>> short_id("c1-0123456789abcdef0123")
        'c1-01234567'
    """
    return claim[: claim.index("-") + 1 + _SHORT]
