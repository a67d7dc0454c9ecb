"""Codebooks: published rules that turn what all sources said into what one database writes down."""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points
from typing import Final

from casualties.codebooks.acled import ACLED
from casualties.codebooks.airwars import AIRWARS
from casualties.codebooks.codebook import COMMON, Codebook, Output, Parameter, Rule
from casualties.codebooks.coded_figures import DOUBTS, ClaimFigure, SourceFigure
from casualties.codebooks.coding import EARLY, TIES, Coding, resolve
from casualties.codebooks.common_rules import (
    BEST_SUPPORTED,
    LATEST,
    MAJORITY,
    MEAN,
    MEDIAN,
    OWN_SIDE_FIRST,
    SOURCE_HIERARCHY,
)
from casualties.codebooks.cumulative_authoritative import CUMULATIVE_AUTHORITATIVE
from casualties.codebooks.em_dat import EM_DAT
from casualties.codebooks.gtd import GTD
from casualties.codebooks.iraq_body_count import IRAQ_BODY_COUNT
from casualties.codebooks.resolution import CodedPart, CodingStep, Resolution, UnusedClaim
from casualties.codebooks.ucdp import UCDP
from casualties.codebooks.un_verified import UN_VERIFIED
from casualties.errors import ModelError, UnknownNameError

__all__ = [
    "COMMON",
    "DOUBTS",
    "EARLY",
    "ENTRY_POINTS",
    "TIES",
    "ClaimFigure",
    "Codebook",
    "CodedPart",
    "Coding",
    "CodingStep",
    "Output",
    "Parameter",
    "Resolution",
    "Rule",
    "SourceFigure",
    "UnusedClaim",
    "load",
    "names",
    "resolve",
]

ENTRY_POINTS: Final = "casualties.codebooks"
"""The group of entry points by which other packages add codebooks: each names a `Codebook`."""

_BUILT_IN: Final = {
    codebook.name: codebook
    for codebook in (
        UCDP,
        ACLED,
        GTD,
        IRAQ_BODY_COUNT,
        AIRWARS,
        EM_DAT,
        CUMULATIVE_AUTHORITATIVE,
        UN_VERIFIED,
        MAJORITY,
        SOURCE_HIERARCHY,
        OWN_SIDE_FIRST,
        LATEST,
        BEST_SUPPORTED,
        MEDIAN,
        MEAN,
    )
}


def names() -> tuple[str, ...]:
    """List the codebooks that can be loaded: ours, then those of other packages by name.

    Examples:
        >>> names()[:6]
        ('ucdp', 'acled', 'gtd', 'iraq-body-count', 'airwars', 'em-dat')
    """
    added = {point.name for point in entry_points(group=ENTRY_POINTS)}
    return (*_BUILT_IN, *sorted(added - set(_BUILT_IN)))


def load(name: str) -> Codebook:
    """Load a codebook by name.

    Raises:
        UnknownNameError: If no codebook has the name.
        ModelError: If another package gives something else under the name.

    Examples:
        >>> load("gtd").version
        'August 2021'
    """
    return _BUILT_IN.get(name) or _added(name)


@cache
def _added(name: str) -> Codebook:
    points = [point for point in entry_points(group=ENTRY_POINTS) if point.name == name]
    if not points:
        raise UnknownNameError(
            f"codebook {name!r}: no such codebook", "unknown-codebook", f"one of {', '.join(names())}"
        )
    point = min(points, key=lambda entry_point: entry_point.value)
    try:
        codebook = point.load()
    except Exception as error:
        raise ModelError(
            f"codebook {name!r}: {point.value} cannot be loaded, {type(error).__name__}: {error}",
            "bad-codebook",
            "mend or remove the package that offers it",
        ) from error
    if not isinstance(codebook, Codebook):
        raise ModelError(f"codebook {name!r}: {point.value} is no Codebook", "bad-codebook", "name a Codebook there")
    return codebook
