"""Lists of events aligned: which rows of several data sets may be one event.  Experimental.

It proposes, and a person answers; nothing is merged and nothing dropped.  It needs the extra ``align``: numpy and scipy
for the sums, and rapidfuzz for how alike two names are.
"""

from importlib.util import find_spec

from casualties.errors import MissingExtraError

for _name in ("numpy", "scipy", "rapidfuzz"):
    if find_spec(_name) is None:
        raise MissingExtraError("casualties.align", _name, "align")

from casualties.aligning.alignment import METHOD, PLAUSIBLE, SURE, VERSION, Alignment, align  # noqa: E402 - after the extras
from casualties.aligning.proposal import AlignedTotals, ProposedMatch, Reason  # noqa: E402 - after the extras

__all__ = [
    "METHOD",
    "PLAUSIBLE",
    "SURE",
    "VERSION",
    "AlignedTotals",
    "Alignment",
    "ProposedMatch",
    "Reason",
    "align",
]
