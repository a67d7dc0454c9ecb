"""Published methods that estimate from claims, each labelled as an estimate; counts are never mixed with them."""

from casualties.estimates.estimating import METHODS, estimate, options_of
from casualties.estimates.overlaps import Overlaps
from casualties.estimates.quantity import Beside, Caution, Kind, Quantity, UnusedClaim, Warned
from casualties.estimates.result import Estimate

__all__ = [
    "METHODS",
    "Beside",
    "Caution",
    "Estimate",
    "Kind",
    "Overlaps",
    "Quantity",
    "UnusedClaim",
    "Warned",
    "estimate",
    "options_of",
]
