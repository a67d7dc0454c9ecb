"""How far a figure can be relied on: a level by a published table, each step a sentence that names its claims."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from casualties._text import table_of
from casualties.model.figure import Figure
from casualties.reconciling.kernel import answer as out
from casualties.reconciling.kernel.confidence import STALE_AFTER_DAYS

__all__ = ["LEVELS", "RULES", "Confidence", "Level", "Reason", "steps"]


class Level(StrEnum):
    """How far a figure can be relied on."""

    NONE = "none"
    """Nobody bears the figure out. Example: a subject on which everybody is silent."""
    LOW = "low"
    """One independent source bears it out, or more that a reason takes down. Example: one ministry's 80."""
    MODERATE = "moderate"
    """Two or more independent sources bear it out, or one without a side that counted. Example: 42 by a hospital and by
    an observer.
    """
    HIGH = "high"
    """Independent sources bear it out, and a reason takes it up. Example: an army admits what its opponent and a
    hospital say of its dead.
    """


LEVELS: Final = tuple(Level)
"""The levels, lowest first."""

RULES: Final = (
    ("start", "no bearer", "none", "Nobody bears it out."),
    ("start", "one bearer", "low", "One independent source bears it out."),
    (
        "start",
        "one counted",
        "moderate",
        "One source bears it out, which has no side and listed, verified, documented or otherwise counted so many.",
    ),
    ("start", "several bearers", "moderate", "Two or more independent sources bear it out."),
    ("up", "three kinds", "+1", "Three sources of three kinds that do not dispute one another bear it out."),
    (
        "up",
        "against interest",
        "+1",
        "Those bear it out who count against their interest, and so does somebody who is not of their side.",
    ),
    (
        "up",
        "counted",
        "+1",
        "A source without a side that listed, verified, documented or otherwise counted so many has a second.",
    ),
    ("down", "tentative", "-1", "Every claim that bears it out is preliminary, alleged or derived."),
    ("down", "assumed", "-1", "All who bear it out do so only by an end that is assumed."),
    ("down", "contested", "-1", "An independent source excludes it."),
    (
        "down",
        "stale",
        "-1",
        f"The last day counted lies more than {STALE_AFTER_DAYS} days before the day asked for.",
    ),
)
"""The table by which the level is found: one start, then every step that applies, between low and high."""

_BITS: Final = (
    out.NO_BEARER,
    out.ONE_BEARER,
    out.ONE_COUNTED,
    out.SEVERAL_BEARERS,
    out.THREE_KINDS,
    out.AGAINST_INTEREST,
    out.COUNTED,
    out.ALL_TENTATIVE,
    out.ALL_ASSUMED,
    out.CONTESTED,
    out.STALE,
)
"""The bits of the kernel for the rules above, in their order."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One step towards a level.

    Attributes:
        rule: The name of the rule in `RULES`.
        change: What it did: a level for the start, else ``+1`` or ``-1``.
        text: The rule in words.
        claims: Identities of the claims for which it applies.

    Examples:
        >>> import casualties as cs
        >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(status="civilian")
        >>> finding.confidence.reasons[0].rule
        'one bearer'
    """

    rule: str
    change: str
    text: str
    claims: tuple[str, ...]

    def __str__(self) -> str:
        named = f" Claims: {', '.join(self.claims)}." if self.claims else ""
        return f"{self.change}: {self.text}{named}"


@dataclass(frozen=True, slots=True)
class Confidence:
    """A level with the figure that it is about, and the steps that led to it.  It is computed, never typed.

    Attributes:
        level: The level.
        figure: The figure; ``None`` where there is none to be about.
        reasons: The start and every step that applied, in the order of the table.

    Examples:
        >>> import casualties as cs
        >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(status="civilian")
        >>> print(finding.confidence)
        low, for 11 or more
    """

    level: Level
    figure: Figure | None
    reasons: tuple[Reason, ...]

    def __repr__(self) -> str:
        return f"<Confidence {self}: {', '.join(reason.rule for reason in self.reasons)}>"

    def _repr_html_(self) -> str:
        rows = [(reason.change, reason.text, ", ".join(reason.claims)) for reason in self.reasons]
        return table_of(f"Confidence: {self}", ("step", "reason", "claims"), rows)

    def __str__(self) -> str:
        return f"{self.level}, for {self.figure}" if self.figure is not None else str(self.level)


def steps(reasons: int, bearers: tuple[str, ...], against: tuple[str, ...]) -> tuple[Reason, ...]:
    """Tell the steps of the kernel in words.

    Args:
        reasons: The steps, as bits.
        bearers: Identities of the claims of those who bear the figure out.
        against: Identities of the claims of those who exclude it.

    Examples:
        >>> print(steps(1, (), ())[0])
        none: Nobody bears it out.
    """
    return tuple(
        Reason(name, change, text, against if bit == out.CONTESTED else bearers)
        for bit, (_, name, change, text) in zip(_BITS, RULES, strict=True)
        if reasons & bit
    )
