"""What a reconciliation says, as text, Markdown, JSON and frames."""

from casualties.display.describe import describe, describe_date, describe_harm, describe_period
from casualties.display.text import to_text

__all__ = ["describe", "describe_date", "describe_harm", "describe_period", "to_text"]
