"""The modules that a user has a reason to import; all others are rooms inside the house."""

from __future__ import annotations

PUBLIC_MODULES = [
    "casualties",
    "casualties.bounding",
    "casualties.codebooks",
    "casualties.drafting",
    "casualties.engine",
    "casualties.errors",
    "casualties.estimates",
    "casualties.files",
    "casualties.files.mapped",
    "casualties.seeds",
    "casualties.show",
    "casualties.show.plots",
    "casualties.testing",
    "casualties.wording",
    "casualties.wording.lexicons",
]
"""What stands in `__all__` of these is promised; what stands in that of others may move."""
