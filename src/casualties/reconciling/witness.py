"""Which counts most independent sources allow, which claims set the ends of a range, and who bears them out."""

from __future__ import annotations

from dataclasses import dataclass

from casualties._text import Fielded
from casualties.model.figure import Figure
from casualties.reconciling.pairs import IndependentSource

__all__ = ["Support", "Witness"]


@dataclass(frozen=True, slots=True)
class Support(Fielded):
    """A range of counts that the most independent sources of the day allow.

    Attributes:
        figure: The range.
        independent_sources: Those that allow every count in it.
        named_by: Those of them that name it: whose own figure lies inside it.

    Examples:
        >>> import casualties as cs
        >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary")
        >>> [(str(each.figure), len(each.independent_sources), len(each.named_by)) for each in finding.support]
        [('2–25', 2, 0)]
    """

    figure: Figure
    independent_sources: tuple[IndependentSource, ...]
    named_by: tuple[IndependentSource, ...] = ()

    def __repr__(self) -> str:
        return f"<Support of {self.figure} by {len(self.independent_sources)}>"


@dataclass(frozen=True, slots=True)
class Witness:
    """The claims that set one end of one range.

    Attributes:
        range: Which range: ``common``, ``undisputed``, ``span`` or ``support``.
        end: Which end: ``low`` or ``high``.
        count: The count at that end; ``None`` for no upper end.
        claims: Identities of the claims that set it.
        carried: Whether a floor was carried from an earlier day, or from another organ.
        bearers: Identities of the claims of all who bear the end out.

    Examples:
        >>> import casualties as cs
        >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(status="civilian")
        >>> [(each.range, each.end, each.count) for each in finding.witnesses][:2]
        [('common', 'low', 11), ('common', 'high', None)]
    """

    range: str
    end: str
    count: int | None
    claims: tuple[str, ...]
    carried: bool = False
    bearers: tuple[str, ...] = ()
