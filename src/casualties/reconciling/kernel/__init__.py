"""The rules of reconciling, written once over integers: sections 6 and 7 of the meaning of words.

`claims` is what goes in, `answer` what comes out, and `reconcile` the rules between them.
"""

from __future__ import annotations

import sys
from functools import cached_property
from importlib.util import find_spec

from casualties.reconciling.kernel._numpy import Numpy
from casualties.reconciling.kernel.answer import Answer
from casualties.reconciling.kernel.arrays import FEW, FEW_BESIDE_NUMPY, Array, Lists
from casualties.reconciling.kernel.claims import Claims, Context
from casualties.reconciling.kernel.parts import parts, united
from casualties.reconciling.kernel.program import Program, borne_out_by, level_in
from casualties.reconciling.kernel.segments import GROUPS

__all__ = ["Reconciled", "borne_out_by", "level_in", "reconcile"]


def reconcile(claims: Claims, context: Context) -> Answer:
    """Work out what the claims of each topic say together: a few by lists, many by numpy where it is at hand.

    Examples:
        >>> from casualties.reconciling.kernel.claims import COUNT, packed_high, packed_low
        >>> two = [0, 0]
        >>> claims = Claims(two, [0, 1], [0, 1], two, two, [packed_low(24), packed_low(10)], [packed_high(None)] * 2,
        ...     [-1] * 2, [24, 10], [24, 10], [5] * 2, [5] * 2, [6] * 2, [6] * 2, two, [COUNT] * 2, two)
        >>> context = Context([0], [0], [0], [0], two, [-1] * 2, two)
        >>> reconcile(claims, context).findings.borne_low  # 10 or more, by two
        [21]
    """
    return Reconciled(claims, context).answer


class Reconciled:
    """What the claims of each topic say together: the status at once, all tables when they are asked for.

    Examples:
        >>> Reconciled(Claims(), Context()).status
        []
    """

    def __init__(self, claims: Claims, context: Context) -> None:
        few = FEW_BESIDE_NUMPY if "numpy" in sys.modules else FEW
        self._do = Numpy() if len(claims) > few and find_spec("numpy") else Lists()
        self._given = claims, context

    @cached_property
    def _program(self) -> Program:
        return Program(self._do, *self._given)

    @cached_property
    def status(self) -> Array:
        """By topic, its status."""
        claims, _ = self._given
        return self.answer.findings.status if len(claims) > GROUPS else self._program.status

    @cached_property
    def answer(self) -> Answer:
        """All tables."""
        claims, context = self._given
        if len(claims) <= GROUPS:
            return self._program.answer()
        some = parts(claims, context, GROUPS)
        return united([(Program(self._do, *part).answer(), len(part[1].stock)) for part in some])
