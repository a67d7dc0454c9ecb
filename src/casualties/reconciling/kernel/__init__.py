"""The rules of reconciling, written once over integers: sections 6 and 7 of the meaning of words.

`claims` is what goes in, `answer` what comes out, and `Program` the rules between them.
"""

from __future__ import annotations

from casualties.reconciling.kernel.answer import Answer
from casualties.reconciling.kernel.claims import Claims, Context
from casualties.reconciling.kernel.program import Program

__all__ = ["Program", "reconcile"]


def reconcile(claims: Claims, context: Context) -> Answer:
    """Work out what the claims of each topic say together.

    Examples:
        >>> from casualties.reconciling.kernel.claims import COUNT, packed_high, packed_low
        >>> two = [0, 0]
        >>> claims = Claims(two, [0, 1], [0, 1], two, two, [packed_low(24), packed_low(10)], [packed_high(None)] * 2,
        ...     [-1] * 2, [24, 10], [24, 10], [5] * 2, [5] * 2, [6] * 2, [6] * 2, two, [COUNT] * 2, two)
        >>> context = Context([0], [0], [0], [0], two, [-1] * 2, two)
        >>> reconcile(claims, context).findings.borne_low  # 10 or more, by two
        [21]
    """
    return Program(claims, context).answer
