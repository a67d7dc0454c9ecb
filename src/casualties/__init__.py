"""Disputed casualty figures by reporting party, merged without losing attribution."""

from casualties import errors
from casualties.figure import Figure

__all__ = ["Figure", "errors"]
