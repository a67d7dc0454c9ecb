"""Published methods that estimate from claims, each labelled as an estimate; counts are never mixed with them."""

from casualties.estimates.estimating import METHODS, estimate, options_of
from casualties.estimates.overlaps import Overlaps
from casualties.estimates.quantity import Beside, Caution, CautionNote, Kind, Quantity
from casualties.estimates.result import Estimate

__all__ = [
    "METHODS",
    "Beside",
    "Caution",
    "CautionNote",
    "Estimate",
    "Kind",
    "Overlaps",
    "Quantity",
    "estimate",
    "options_of",
]
