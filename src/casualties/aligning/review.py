"""Two rows side by side, with what differs marked and no figures, for a person who answers."""

from __future__ import annotations

from dataclasses import dataclass

from casualties.aligning.proposal import ProposedMatch
from casualties.files.mapped.events import Event

__all__ = ["Side", "figures_of", "side_by_side", "sides"]

MARK = "*"
"""Stands before what differs."""


@dataclass(frozen=True, slots=True)
class Side:
    """One thing that two rows say.

    Attributes:
        name: What it is, such as *place*.
        one: What the first row says; empty where it says nothing.
        other: What the other says.

    Examples:
        >>> Side("place", "Barda", "Berda").differs
        True
    """

    name: str
    one: str
    other: str

    @property
    def differs(self) -> bool:
        """Whether the rows say different things; a row that says nothing does not differ."""
        return bool(self.one and self.other) and self.one.casefold() != self.other.casefold()


def sides(match: ProposedMatch) -> tuple[Side, ...]:
    """Give what two rows say, thing by thing, and no figures.

    Examples:
        >>> from casualties.aligning import ProposedMatch
        >>> from casualties.files.mapped import Event
        >>> match = ProposedMatch(Event("a-1", places=("Barda",)), Event("b-7", places=("Berda",)), ("a", "b"), 0.9)
        >>> [side.name for side in sides(match) if side.differs]
        ['place']
    """
    described = [_told(event) for event in (match.one, match.other)]
    names = [name for name in described[0] if described[0][name] or described[1][name]]
    return tuple(Side(name, described[0][name], described[1][name]) for name in names)


def figures_of(match: ProposedMatch) -> str:
    """Give the figures of two rows, to be shown once the question is answered.

    Examples:
        >>> from casualties.aligning import ProposedMatch
        >>> from casualties.files.mapped import Event
        >>> figures_of(ProposedMatch(Event("a-1"), Event("b-7"), ("a", "b"), 0.9))
        'a-1: no figure; b-7: no figure'
    """
    return "; ".join(
        f"{event.key}: {'no figure' if event.figure is None else event.figure}" for event in (match.one, match.other)
    )


def side_by_side(match: ProposedMatch, *, width: int = 80) -> str:
    """Set two rows side by side as text; an asterisk stands before what differs.

    Args:
        match: The proposal.
        width: Columns.

    Examples:
        >>> from casualties.aligning import ProposedMatch
        >>> from casualties.files.mapped import Event
        >>> match = ProposedMatch(Event("a-1", places=("Barda",)), Event("b-7", places=("Berda",)), ("a", "b"), 0.9)
        >>> print(side_by_side(match, width=40))
                  a: a-1         b: b-7
        * place   Barda          Berda
    """
    column = max(12, (width - 10) // 2)
    heads = [f"{name}: {event.key}" for name, event in zip(match.lists, (match.one, match.other), strict=True)]
    lines = [("", *heads)]
    lines += [(f"{MARK if side.differs else ' '} {side.name}", side.one, side.other) for side in sides(match)]
    return "\n".join(
        f"{name:<9} {_cut(one, column - 1):<{column}}{_cut(other, column - 1)}".rstrip() for name, one, other in lines
    )


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"


def _told(event: Event) -> dict[str, str]:
    where = "" if event.latitude is None else f"{event.latitude:.3f}, {event.longitude:.3f}"
    days = dict.fromkeys(str(day) for day in (event.since, event.until) if day is not None)
    return {
        "days": " to ".join(days),
        "place": ", ".join(event.places),
        "at": where,
        "actors": "; ".join(event.actors),
        "kind": event.kind or "",
        "status": event.status or "",
    }
