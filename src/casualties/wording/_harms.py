"""Which harms the words of a count name, so that the wounded are not taken for the killed."""

from __future__ import annotations

import re
from typing import Final

_NAMED: Final = {
    "killed": "killed",
    "dead": "killed",
    "died": "killed",
    "wounded": "wounded",
    "injured": "wounded",
    "missing": "missing",
    "captured": "captured",
    "displaced": "displaced",
}
_PREDICATE: Final = re.compile(
    rf"(?<![\w-])(?P<before>(?:feared|presumed|believed|reported|thought)\s+)?(?P<harm>{'|'.join(_NAMED)})"
    r"(?=\s*(?:$|[.,;:!)]|(?:and|or|in|by|near|at|on|during|since|so|overall|after)\b))",
    re.IGNORECASE,
)
"""A harm that is said of the people counted: at the end, or before what says where, when or what else.

Before a noun it tells who they were ("12 wounded soldiers"), and what is only feared or presumed says nothing for sure.
"""


def harms_of(text: str) -> frozenset[str]:
    """Find the harms that words say of the people whom they count; none where they name no harm.

    Examples:
        >>> sorted(harms_of("12 killed or wounded"))
        ['killed', 'wounded']
        >>> sorted(harms_of("5 displaced families")), sorted(harms_of("4 feared dead"))
        ([], [])
    """
    return frozenset(_NAMED[match["harm"].lower()] for match in _PREDICATE.finditer(text) if not match["before"])


def another_harm(text: str, harm: tuple[str, ...]) -> str | None:
    """Tell what is wrong where words name a harm that is not counted; harms that a ledger declares are not judged.

    Examples:
        >>> another_harm("12 wounded", ("killed",))
        "'12 wounded' says wounded, not killed"
        >>> another_harm("12 killed", ("killed", "wounded")) is None
        True
    """
    named = harms_of(text)
    if named <= set(harm) or not set(harm) <= set(_NAMED.values()):
        return None
    return f"{text!r} says {' or '.join(sorted(named))}, not {' or '.join(harm)}"
