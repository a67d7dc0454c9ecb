"""Which claims a number of an independent source rests on: standing ones, or an earlier one whose floor holds on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from casualties.model.claim import Claim
from casualties.model.figure import Figure
from casualties.reconciling.pairs import Dispute, IndependentSource
from casualties.reconciling.position import Position
from casualties.reconciling.view import View

__all__ = ["bearing_floor", "lower_claims", "upper_claims"]


def lower_claims(pair: Dispute, view: View) -> tuple[Claim, ...]:
    """Give the claims that set the upper end of the lower figure of a pair.

    Examples:
        >>> import casualties as cs
        >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary")
        >>> pair = Dispute(*finding.independent_sources, gap=1, number=25)
        >>> [claim.source for claim in lower_claims(pair, finding.view)]
        ['unnamed']
    """
    return _setting(pair.lower_claims, pair.lower, pair.lower_organ, view, lambda figure: figure.high == pair.number)


def upper_claims(pair: Dispute, view: View) -> tuple[Claim, ...]:
    """Give the claims that set the floor of the higher figure of a pair, a replaced one where its floor holds on.

    Examples:
        >>> import casualties as cs
        >>> ledger = cs.seeds.load("ukraine-soldier-deaths-estimates")
        >>> finding = cs.reconcile(ledger).one(side="russian", harm="killed")
        >>> pair = next(each for each in finding.disputes if each.gap == 9_063)
        >>> [str(claim.figure) for claim in pair.upper_claims]
        ['up to 120,000']
        >>> [str(claim.figure) for claim in upper_claims(pair, finding.view)]
        ['15,000–20,000']
    """
    floor = pair.number + pair.gap
    return _setting(pair.upper_claims, pair.upper, pair.upper_organ, view, lambda figure: figure.low == floor)


def bearing_floor(voice: IndependentSource, low: int, view: View) -> tuple[Claim, ...]:
    """Give the claims by which an independent source bears out at least so many.

    Examples:
        >>> import casualties as cs
        >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(status="civilian")
        >>> [str(claim.figure) for claim in bearing_floor(finding.independent_sources[0], 11, finding.view)]
        ['11 or more']
    """
    if any(_holds(claim, view, lambda figure: figure.low >= low) for claim in voice.claims):
        return voice.claims
    return _setting(voice.claims, voice, None, view, lambda figure: figure.low == voice.on_day.low)


def _setting(
    claims: tuple[Claim, ...],
    voice: IndependentSource,
    organ: Position | None,
    view: View,
    sets: Callable[[Figure], bool],
) -> tuple[Claim, ...]:
    """Keep of the claims of a figure those that set an end; where none does, look among all that the source said."""
    positions = voice.positions if organ is None else (organ,)
    for chosen in (claims, tuple(_said(positions))):
        if setting := tuple(claim for claim in chosen if _holds(claim, view, sets)):
            return setting
    return claims


def _said(positions: Sequence[Position]) -> Iterator[Claim]:
    for position in positions:
        yield from {claim.id: claim for claim in (*position.claims, *position.versions, *position.replaced)}.values()


def _holds(claim: Claim, view: View, sets: Callable[[Figure], bool]) -> bool:
    figure = view.figure(claim)
    return figure is not None and sets(figure)
