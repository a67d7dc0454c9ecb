"""Across subjects: what all claims together imply for each count, and which of them cannot all be true."""

from casualties.bounding.audit import Audit, Gap, ScopeDoubt, audit
from casualties.bounding.bound import Bound, Method, Sum
from casualties.bounding.bounds import Bounds, bounds
from casualties.bounding.contradiction import Between, Contradiction, Remedy
from casualties.bounding.proof import Proof, Step
from casualties.bounding.relation import Relation
from casualties.bounding.suspects import Suspect, suspects

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
    "Step",
    "Sum",
    "Suspect",
    "audit",
    "bounds",
    "suspects",
]
