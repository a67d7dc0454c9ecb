"""Sources in the order in which a recorder prefers them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from casualties.codebooks.account import Account
from casualties.codebooks.worksheet import Worksheet

if TYPE_CHECKING:
    from casualties.source import Sources

__all__ = ["first_ranked", "rank_of"]


def rank_of(account: Account, ranking: Sequence[str], sources: Sources) -> int | None:
    """Give the place of an account in a ranking of sources and kinds of source; ``None`` where it has none.

    A source has the place of its own key, of a source above it in the tree, or of its kind, whichever comes first.

    Examples:
        >>> import casualties as cs
        >>> from casualties.codebooks import Worksheet, load
        >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary")
        >>> sheet = Worksheet(finding, load("majority"))
        >>> [rank_of(each, ("akoush", "unattributed"), finding.view.sources) for each in sheet.accounts]
        [1, 0]
    """
    names = {str(kind) for kind in account.kinds}
    for reading in account.readings:
        names.update(sources.line(reading.claim.source))
    return min((place for place, name in enumerate(ranking) if name in names), default=None)


def first_ranked(sheet: Worksheet, accounts: Sequence[Account], ranking: Sequence[str]) -> list[Account]:
    """Keep the accounts that come first in a ranking, and set those aside that have no place in it.

    Examples:
        >>> import casualties as cs
        >>> from casualties.codebooks import Worksheet, load
        >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary")
        >>> sheet = Worksheet(finding, load("majority"))
        >>> [each.voice.sources for each in first_ranked(sheet, sheet.accounts, ["journalist"])]
        [('akoush',)]
    """
    sources = sheet.finding.view.sources
    places = [(rank_of(account, ranking, sources), account) for account in accounts]
    sheet.set_aside([account for place, account in places if place is None], "its source has no place in the ranking")
    first = min((place for place, _ in places if place is not None), default=None)
    return [account for place, account in places if place is not None and place == first]
