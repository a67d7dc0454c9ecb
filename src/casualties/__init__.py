"""Disputed casualty figures by reporting party, merged without losing attribution."""

from casualties import errors, seeds
from casualties.figure import Figure

__all__ = ["Figure", "errors", "seeds"]
