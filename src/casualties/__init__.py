"""Disputed casualty figures by reporting party, merged without losing attribution."""

from casualties import errors

__all__ = ["errors"]
