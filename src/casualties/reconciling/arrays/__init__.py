"""The few operations on arrays of which the kernel is made, in two makes with one meaning: plain lists, and numpy.

A column knows ``+ - * << >> & | ~`` and comparisons as a whole; ``column[places]`` gathers, and places are numbers,
never a mask.  What else there is stands in `Lists`.  `Groups` sums rows up that belong together; their numbers ascend,
and a group may be empty.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from typing import Final

from casualties.reconciling.arrays._numpy import Numpy
from casualties.reconciling.arrays.lists import WIDTH, Array, Column, Groups, Lists, Table, key

__all__ = ["WIDTH", "Array", "Column", "Groups", "Lists", "Numpy", "Table", "key", "made_for"]

FEW: Final = 500
"""Up to so many rows lists are faster than loading numpy."""

FEW_BESIDE_NUMPY: Final = 25
"""Up to so many rows lists are faster than numpy where it is loaded already."""


def made_for(size: int) -> Lists:
    """Give the operations for so many rows: lists for few, numpy for many where it is at hand.

    Examples:
        >>> type(made_for(3)).__name__
        'Lists'
    """
    few = FEW_BESIDE_NUMPY if "numpy" in sys.modules else FEW
    return Numpy() if size > few and find_spec("numpy") else Lists()
