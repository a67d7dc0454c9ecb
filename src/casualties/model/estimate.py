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
    """From a sample of households or people. Example: "a survey of 1,849 households"."""
    MODEL = "model"
    """From a statistical model of other data, or from several lists. Example: "capture-recapture on three lists"."""
    EXCESS = "excess"
    """Deaths beyond those expected without the conflict. Example: "excess mortality of men aged 15 to 49"."""


class IntervalKind(StrEnum):
    """What the interval of an estimate is, as its source names it."""

    CONFIDENCE = "confidence"
    """An interval that would hold the number in so many of repeated samples. Example: "95% CI 48 to 80"."""
    CREDIBLE = "credible"
    """An interval that holds the number with such a probability, given a model and a prior. Example: "90% credible
    interval 300 to 420".
    """


_LEVEL: Final = re.compile(r"(?P<level>[1-9][0-9]?(?:\.[0-9]{0,5}[1-9])?)(?:\.0+)?\s*%?", re.ASCII)


def _level(text: str) -> str:
    """Bring the level of an interval to one form: 95 for 95%."""
    match = _LEVEL.fullmatch(text.strip())
    if match is None:
        raise ModelError(f"level {text!r}: no percentage between 1 and 100", "not-a-level", "write it as 95")
    return match["level"]


IntervalLevel = Annotated[str, AfterValidator(_level)]
"""The level of an interval in percent."""
