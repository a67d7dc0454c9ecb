"""Somebody's grading of a claim."""

from __future__ import annotations

from typing import Annotated, Any, Final

from pydantic import StringConstraints

from casualties.errors import ModelError
from casualties.model.period import DateField
from casualties.model.record import Key, Record, Text

__all__ = ["Assessment"]

_LOW: Final = ("D", "E", "4", "5")


class Assessment(Record):
    """Somebody's grading of a claim.

    Attributes:
        grader: Who graded it.
        scale: The scale; the Admiralty code unless another is named.
        reliability: A to F of the Admiralty code; F means that it cannot be judged.
        credibility: 1 to 6 of the Admiralty code; 6 means that it cannot be judged.
        grade: The grade on another scale.
        graded: When; ``None`` where unknown.

    Raises:
        ModelError: If it grades nothing.

    Examples:
        >>> from casualties.model.assessment import Assessment
        >>> Assessment(grader="desk", reliability="B", credibility="2").scale
        'admiralty'
    """

    grader: Key
    scale: Key = "admiralty"
    reliability: Annotated[str, StringConstraints(pattern="^[A-F]$")] | None = None
    credibility: Annotated[str, StringConstraints(pattern="^[1-6]$")] | None = None
    grade: Text | None = None
    graded: DateField | None = None

    def model_post_init(self, _context: object, /) -> None:
        """Check that it grades something."""
        if not (self.reliability or self.credibility or self.grade):
            raise ModelError(
                f"assessment by {self.grader!r}: it grades nothing",
                "no-grade",
                "give reliability, credibility or grade",
            )

    @property
    def low(self) -> bool:
        """Whether it speaks against the claim: D or E, or 4 or 5.  What cannot be judged does not.

        Examples:
            >>> Assessment(grader="desk", reliability="D").low, Assessment(grader="desk", reliability="F").low
            (True, False)
        """
        return self.reliability in _LOW or self.credibility in _LOW

    @property
    def sort_key(self) -> tuple[Any, ...]:
        """A total order by content, for listings."""
        return (
            self.grader,
            self.scale,
            self.reliability or "",
            self.credibility or "",
            self.grade or "",
            self.graded.sort_key if self.graded else (),
        )
