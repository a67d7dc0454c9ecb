"""Lists of events aligned: which rows of several data sets may be one event.  Experimental.

It proposes, and a person answers; nothing is merged and nothing dropped.  It needs the extra ``align``: numpy and scipy
for the sums, and rapidfuzz for how alike two names are.
"""

from casualties.aligning.alignment import METHOD, PLAUSIBLE, SURE, VERSION, Alignment, align
from casualties.aligning.page import to_html
from casualties.aligning.proposal import Agreement, AlignedTotals, ProposedMatch
from casualties.aligning.review import side_by_side

__all__ = [
    "METHOD",
    "PLAUSIBLE",
    "SURE",
    "VERSION",
    "Agreement",
    "AlignedTotals",
    "Alignment",
    "ProposedMatch",
    "align",
    "side_by_side",
    "to_html",
]
