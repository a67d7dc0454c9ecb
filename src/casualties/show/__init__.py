"""What a reconciliation says, as text, Markdown, JSON and frames."""

from casualties.show.describe import describe, describe_date, describe_harm, describe_period
from casualties.show.frames import claims_frame, findings_frame, positions_frame
from casualties.show.json import to_json
from casualties.show.markdown import to_markdown
from casualties.show.schema import CLAIM_COLUMNS, FINDING_COLUMNS, POSITION_COLUMNS
from casualties.show.text import to_text

__all__ = [
    "CLAIM_COLUMNS",
    "FINDING_COLUMNS",
    "POSITION_COLUMNS",
    "claims_frame",
    "describe",
    "describe_date",
    "describe_harm",
    "describe_period",
    "findings_frame",
    "positions_frame",
    "to_json",
    "to_markdown",
    "to_text",
]
