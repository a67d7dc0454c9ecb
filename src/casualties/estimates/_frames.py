"""Estimates as pandas frames: what is not given is ``NaN``, and every row says that it is an estimate."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from casualties.codebooks.resolution import UnusedClaim
from casualties.estimates.quantity import Quantity
from casualties.model.claim import Claim

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["claims_frame", "quantities_frame"]


def quantities_frame(method: str, level: float, quantities: Sequence[Quantity]) -> pd.DataFrame:
    """Give one row a number.

    Examples:
        >>> from casualties.estimates.quantity import Kind
        >>> frame = quantities_frame("pool", 0.9, [Quantity("killed", Kind.TOTAL, 1, 2, 3, None)])
        >>> bool(frame["high"].isna().all())
        True
    """
    import pandas as pd  # noqa: PLC0415 - loaded when a frame is asked for

    rows = [
        {
            "standing": "estimate",
            "estimator": method,
            "quantity": quantity.name,
            "kind": str(quantity.kind),
            "coverage": level,
            **{
                name: math.nan if (value := getattr(quantity, name)) is None else float(value)
                for name in ("low", "median", "mean", "high")
            },
        }
        for quantity in quantities
    ]
    text = dict.fromkeys(("standing", "estimator", "quantity", "kind"), "string[python]")
    return pd.DataFrame(rows, columns=[*text, "coverage", "low", "median", "mean", "high"]).astype(text)


def claims_frame(used: Sequence[Claim], left_out: Sequence[UnusedClaim]) -> pd.DataFrame:
    """Give one row a claim, used or left out, with the reason.

    Examples:
        >>> len(claims_frame([], []))
        0
    """
    import pandas as pd  # noqa: PLC0415 - loaded when a frame is asked for

    rows = [(claim, True, "") for claim in used] + [
        (unused_claim.claim, False, unused_claim.reason) for unused_claim in left_out
    ]
    columns = {"claim": "string[python]", "source": "string[python]", "figure": "string[python]"}
    columns |= {"used": "bool", "reason": "string[python]"}
    cells = [
        (claim.id, claim.source, "" if claim.figure is None else str(claim.figure), kept, reason)
        for claim, kept, reason in rows
    ]
    return pd.DataFrame(cells, columns=list(columns)).astype(columns)
