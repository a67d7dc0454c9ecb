"""Across subjects: what all claims together imply for each count, and which of them cannot all be true."""

from casualties.consistency.answer import Bounds, bounds
from casualties.consistency.bound import Bound, Method
from casualties.consistency.contradiction import Between, Contradiction, Remedy
from casualties.consistency.doubt import Audit, Gap, ScopeDoubt, audit
from casualties.consistency.proof import Proof, Step
from casualties.consistency.relation import Relation
from casualties.consistency.slip import Slip, slips
from casualties.consistency.sum import Sum

__all__ = [
    "Audit",
    "Between",
    "Bound",
    "Bounds",
    "Contradiction",
    "Gap",
    "Method",
    "Proof",
    "Relation",
    "Remedy",
    "ScopeDoubt",
    "Slip",
    "Step",
    "Sum",
    "audit",
    "bounds",
    "slips",
]
