"""What makes an estimate of a number: how it was arrived at, and what its interval is."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, Final

from pydantic import AfterValidator

from casualties.errors import ModelError

__all__ = ["EstimateMethod", "IntervalKind", "IntervalLevel"]


class EstimateMethod(StrEnum):
    """How a number that nobody counted was arrived at."""

    SURVEY = "survey"
    MODEL = "model"
    EXCESS = "excess"


class IntervalKind(StrEnum):
    """What the interval of an estimate is, as its source names it."""

    CONFIDENCE = "confidence"
    CREDIBLE = "credible"


_LEVEL: Final = re.compile(r"(?P<level>[1-9][0-9]?(?:\.[0-9]{0,5}[1-9])?)(?:\.0+)?\s*%?", re.ASCII)


def _level(text: str) -> str:
    """Bring the level of an interval to one form: 95 for 95%."""
    match = _LEVEL.fullmatch(text.strip())
    if match is None:
        raise ModelError(f"level {text!r}: no percentage between 1 and 100", "not-a-level", "write it as 95")
    return match["level"]


IntervalLevel = Annotated[str, AfterValidator(_level)]
"""The level of an interval in percent."""
