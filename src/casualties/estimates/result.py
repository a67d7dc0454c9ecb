"""The answer of a method of estimation: never a count, and always shown as an estimate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from casualties.codebooks.resolution import UnusedClaim
from casualties.errors import EstimateError, UnknownNameError
from casualties.estimates._frames import claims_frame, quantities_frame
from casualties.estimates._picture import drawn
from casualties.estimates._text import table
from casualties.estimates.quantity import Caution, CautionNote, Quantity
from casualties.model.claim import Claim

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["Estimate"]


@dataclass(frozen=True)
class Estimate:
    """What a published method makes of claims: an estimate, labelled as one.

    It is no figure and enters no common range, no support, no codebook and no bound.

    Attributes:
        method: The name of the method.
        version: The version of our reading of it; another version may give other numbers.
        paper: Who made it, and where it is published.
        of: What is estimated, in words.
        level: The share of the probability that the intervals hold.
        quantities: The numbers.  Where there is one answer it comes first, and the others stand beside it.
        several: Whether the numbers are of different things, so that none of them is *the* answer.
        claims_used: The claims that it rests on, in canonical order.
        claims_left_out: The other claims, each with the reason.
        assumptions: What must hold for the numbers to mean something.
        priors: What is believed before the claims are looked at.
        diagnosed: Numbers by which the computation can be judged, by name.
        warnings: What a reader must know.
        seed: Where random numbers began.

    Examples:
        >>> import casualties as cs
        >>> from casualties.estimates import Overlaps
        >>> lists = Overlaps.of({("a",): 30, ("b",): 20, ("a", "b"): 10})
        >>> found = cs.estimate(lists, method="overlapping-lists", independent_ok=True)
        >>> round(found.median), found.level
        (115, 0.9)
    """

    method: str
    version: str
    paper: str
    of: str
    level: float
    quantities: tuple[Quantity, ...]
    several: bool = False
    claims_used: tuple[Claim, ...] = ()
    claims_left_out: tuple[UnusedClaim, ...] = ()
    assumptions: tuple[str, ...] = ()
    priors: tuple[str, ...] = ()
    diagnosed: tuple[tuple[str, float], ...] = ()
    warnings: tuple[CautionNote, ...] = ()
    seed: int = 1

    @property
    def _answer(self) -> Quantity:
        if self.several and len(self.quantities) > 1:
            raise EstimateError(
                f"{self.method}: it estimates {len(self.quantities)} different numbers, and none is the answer",
                "several-quantities",
                f"name one: estimate.about({self.quantities[0].name!r}).median",
            )
        return self.quantities[0]  # pyright: ignore[reportGeneralTypeIssues] - not empty here

    @property
    def low(self) -> float | None:
        """The lower end of the interval of the answer; ``None`` where none is given."""
        return self._answer.low

    @property
    def median(self) -> float | None:
        """The median of the answer; ``None`` where none is given."""
        return self._answer.median

    @property
    def mean(self) -> float | None:
        """The mean of the answer; ``None`` where none is given."""
        return self._answer.mean

    @property
    def high(self) -> float | None:
        """The upper end of the interval of the answer; ``None`` where none is given."""
        return self._answer.high

    @property
    def diagnostics(self) -> Mapping[str, float]:
        """Numbers by which the computation can be judged, by name."""
        return MappingProxyType(dict(self.diagnosed))

    def draws(self) -> NDArray[np.float64]:
        """Give draws from the distribution of the answer; the same seed gives the same draws.

        Raises:
            EstimateError: If the chains did not agree, or the method keeps none for this number.
        """
        sample = self._answer.sample
        if sample is None:
            raise EstimateError(
                f"{self.method}: no draws are kept of {self._answer.name!r}", "no-draws", "estimate it alone"
            )
        return sample.copy()

    def about(self, name: str) -> Estimate:
        """Keep one number, by its name.

        Raises:
            UnknownNameError: If no number, or no single one, has the name.
        """
        quantities = [quantity for quantity in self.quantities if quantity.name == name]
        if len(quantities) != 1:
            names = ", ".join(repr(quantity.name) for quantity in self.quantities[:10])
            raise UnknownNameError(
                f"quantity {name!r}: the estimate has none of this name", "unknown-quantity", f"one of {names}"
            )
        return replace(self, quantities=(quantities[0],))

    def warned(self, caution: Caution) -> bool:
        """Tell whether a caution is among the warnings."""
        return any(warning.code is caution for warning in self.warnings)

    @property
    def _heading(self) -> tuple[str, ...]:
        return (
            f"Estimate, no count: {self.method} {self.version}",
            f"{self.of}. Intervals hold {self.level:.0%}.".replace("%", " %"),
            f"By {self.paper}.",
        )

    @property
    def _account(self) -> str:
        used, left_out = len(self.claims_used), len(self.claims_left_out)
        reasons = Counter(unused_claim.reason for unused_claim in self.claims_left_out)
        why = "; ".join(f"{reason} ({count:,})" for reason, count in sorted(reasons.items()))
        account = f"Rests on {used:,} {'claim' if used == 1 else 'claims'}" if used else "Rests on a table of overlaps"
        return f"{account}; left out: {left_out:,}{f', {why}' if why else ''}. Seed {self.seed}."

    def __str__(self) -> str:
        return self.to_text()

    def _repr_html_(self) -> str:
        return self.to_svg()

    def to_text(self, width: int = 80) -> str:
        """Write it as a table with the counts beside it, headed as an estimate.

        Examples:
            >>> import casualties as cs
            >>> lists = cs.estimates.Overlaps.of({("a",): 30, ("b",): 20, ("a", "b"): 10})
            >>> found = cs.estimate(lists, method="overlapping-lists", independent_ok=True)
            >>> print(found.to_text().splitlines()[0])
            Estimate, no count: overlapping-lists 1
        """
        notes = [("Assumes: ", self.assumptions), ("Before the data: ", self.priors)]
        notes += [("Warning: ", tuple(map(str, self.warnings)))]
        return table(self._heading, self.quantities, self._account, notes, width)

    def to_svg(self) -> str:
        """Draw its intervals beside the counts, headed as an estimate, as one SVG that rests on nothing else.

        Examples:
            >>> import casualties as cs
            >>> lists = cs.estimates.Overlaps.of({("a",): 30, ("b",): 20, ("a", "b"): 10})
            >>> found = cs.estimate(lists, method="overlapping-lists", independent_ok=True)
            >>> found.to_svg()[:4]
            '<svg'
        """
        return drawn(self._heading, self.quantities)

    def to_frame(self) -> pd.DataFrame:
        """Give one row a number; ``standing`` says *estimate* in every row.

        Examples:
            >>> import casualties as cs
            >>> lists = cs.estimates.Overlaps.of({("a",): 30, ("b",): 20, ("a", "b"): 10})
            >>> found = cs.estimate(lists, method="overlapping-lists", independent_ok=True)
            >>> found.to_frame()["standing"].tolist()[0]
            'estimate'
        """
        return quantities_frame(self.method, self.level, self.quantities)

    def claims_frame(self) -> pd.DataFrame:
        """Give one row a claim, used or left out, with the reason.

        Examples:
            >>> import casualties as cs
            >>> lists = cs.estimates.Overlaps.of({("a",): 30, ("b",): 20, ("a", "b"): 10})
            >>> found = cs.estimate(lists, method="overlapping-lists", independent_ok=True)
            >>> list(found.claims_frame().columns)
            ['claim', 'source', 'figure', 'used', 'reason']
        """
        return claims_frame(self.claims_used, self.claims_left_out)
