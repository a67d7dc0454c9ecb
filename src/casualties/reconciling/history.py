"""Where each source stood on each day: the positions on a subject as they moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from casualties._text import Fielded
from casualties.model.claim import Claim
from casualties.model.period import PartialDate
from casualties.model.subject import Subject
from casualties.reconciling.decoding import positions_on
from casualties.reconciling.position import Position
from casualties.reconciling.view import View

__all__ = ["Moment", "history"]


@dataclass(frozen=True, slots=True)
class Moment(Fielded):
    """Where one source stood as of one day.

    Attributes:
        day: The day asked about.
        subject: What is counted.
        position: Where the source stood; its ``until`` may be an earlier day.
        new: Whether the source took this position on this very day.

    Examples:
        >>> import casualties as cs
        >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(status="civilian")
        >>> [(str(moment.day), str(moment.position.figure)) for moment in finding.history()]
        [('2020-09-30', '11 or more')]
    """

    day: PartialDate
    subject: Subject
    position: Position
    new: bool

    def __repr__(self) -> str:
        return f"<Moment {self.day}: {self.position.source}, {self.position.figure}>"


def history(topic: Subject, claims: Sequence[Claim], view: View) -> tuple[Moment, ...]:
    """Settle the claims of one subject anew as of each day that any of them counts, with the knowledge of the view.

    Examples:
        >>> import casualties as cs
        >>> from casualties.reconciling.view import View
        >>> view = View(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> sum(len(history(topic, claims, view)) for topic, claims in view.topics.items())
        5
    """
    days = {claim.day for claim in claims if claim.day and view.takes_position(claim) and not view.later(claim)}
    moments = []
    for day in sorted(days, key=lambda day: (day.latest, day.earliest)):
        moments += [
            Moment(day, topic, position, position.until == day) for position in positions_on(topic, view.on(day))
        ]
    return tuple(moments)
