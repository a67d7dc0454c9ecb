"""Disputed casualty figures by reporting party, merged without losing attribution."""

from casualties import errors, seeds
from casualties.figure import Figure
from casualties.wording import parse_figure

__all__ = ["Figure", "errors", "parse_figure", "seeds"]
