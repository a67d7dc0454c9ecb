"""What the rules give as columns: tables of findings, of attribution and of best-supported ranges."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from casualties.model.subject import Subject
from casualties.reconciling.answered import answer_to
from casualties.reconciling.view import View
from casualties.results.answers import TYPES, frames_of
from casualties.show.engines import arrow_of, pieces, rows_in
from casualties.show.optional import Lazily
from casualties.show.schema import ATTRIBUTION, FINDINGS, SUPPORT

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

    pc: Any  # its functions are made when it is loaded
else:
    pd, pa, pc = (Lazily(name, "columns") for name in ("pandas", "pyarrow", "pyarrow.compute"))

__all__ = ["SHOWN", "Tables", "tables_of"]

SHOWN: Final = 50
"""How many findings are printed, with 12 claims of each; the number of the others is told."""


@dataclass(frozen=True, slots=True)
class Tables:
    """Findings and attribution as tables, in the engine that made them.

    Attributes:
        findings: One row a finding, with the columns `FINDINGS`; a frame of the engine.
        path: ``columns`` or ``objects``: how they were made, which changes no value.

    Examples:
        >>> import casualties as cs
        >>> print(cs.reconcile(cs.seeds.load("nagorno-karabakh-2016-04")).about(harm="killed").tables)
        killed, armenian, combatant 2016-04-01.. to 2016-04-04: 20, single source
        killed, azerbaijani, combatant 2016-04-01.. to 2016-04-04: 15, single source
    """

    findings: Any
    _attribution: Any
    _support: Any
    path: str

    @property
    def attribution(self) -> Any:
        """One row a finding, claim and role, with the columns `ATTRIBUTION`, in no order.

        Examples:
            >>> import casualties as cs
            >>> tables = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).tables
            >>> tables.attribution.columns.tolist()
            ['finding', 'claim', 'role']
        """
        if isinstance(self._attribution, partial):  # identities take long, and few ask for them
            object.__setattr__(self, "_attribution", self._attribution())
        return self._attribution

    @property
    def support(self) -> Any:
        """One row a finding and best-supported range, with the columns `SUPPORT`, in no order.

        Examples:
            >>> import casualties as cs
            >>> cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).tables.support.columns.tolist()
            ['finding', 'low', 'high']
        """
        if isinstance(self._support, partial):
            object.__setattr__(self, "_support", self._support())
        return self._support

    def to_frame(self) -> pd.DataFrame:
        """Bring the findings into one pandas frame, in order.

        Examples:
            >>> import casualties as cs
            >>> tables = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).tables
            >>> list(tables.to_frame()["status"])[3:]
            ['unreported', 'compatible']
        """
        return _collected(self.findings, FINDINGS, ["finding"])

    def attribution_frame(self) -> pd.DataFrame:
        """Bring the attribution into one pandas frame, by finding, claim and role.

        Examples:
            >>> import casualties as cs
            >>> tables = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).tables
            >>> int(tables.attribution_frame()["role"].value_counts()["stands"])
            8
        """
        return _collected(self.attribution, ATTRIBUTION, list(ATTRIBUTION))

    def support_frame(self) -> pd.DataFrame:
        """Bring the best-supported ranges into one pandas frame, by finding and floor.

        Examples:
            >>> import casualties as cs
            >>> len(cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).tables.support_frame())
            4
        """
        return _collected(self.support, SUPPORT, list(SUPPORT))

    @property
    def claims(self) -> int:
        """How many claims there are.

        Examples:
            >>> import casualties as cs
            >>> cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).tables.claims
            8
        """
        return sum(pc.sum(piece["claim_count"]).as_py() or 0 for piece in pieces(self.findings, ["claim_count"]))

    def __len__(self) -> int:
        return rows_in(self.findings)

    def __str__(self) -> str:
        some = [piece.filter(pc.less_equal(piece["finding"], SHOWN)) for piece in pieces(self.findings, list(FINDINGS))]
        first = pa.concat_tables(some) if some else self.findings
        lines = [_line(row) for row in _collected(first, FINDINGS, ["finding"]).to_dict("records")]
        left = len(self) - len(lines)
        return "\n".join([*lines, *([f"… and {left:,} more findings, not shown."] if left else [])])


def _line(row: Mapping[Any, Any]) -> str:
    """Tell one finding in one line."""
    said = {name: value for name, value in row.items() if not pd.isna(value)}
    facets = [name for name in FINDINGS if name not in ("finding", "since")]
    words = ", ".join(str(said[name]) for name in facets[: facets.index("until")] if name in said)
    period = "".join(
        [f" {said['since']}.." if "since" in said else "", f" to {said['until']}" if "until" in said else ""]
    )
    return f"{words}{period}: {_range(said, 'common_') or _range(said, 'span_') or 'no figure'}, {said['status']}"


def _range(said: Mapping[Any, Any], name: str) -> str:
    if f"{name}low" not in said:
        return ""
    low, high = said[f"{name}low"], said[f"{name}high"]
    between = "" if name == "common_" else "between "
    if math.isinf(high):
        return f"{low:,.0f} or more"
    return f"{low:,.0f}" if low == high else f"{between}{low:,.0f}–{high:,.0f}"


def _collected(native: Any, columns: Mapping[str, str], by: list[str]) -> pd.DataFrame:
    """Bring a table of any engine into pandas, its rows in order."""
    if not isinstance(native, pd.DataFrame):
        native = arrow_of(native, list(columns)).to_pandas()
    types = {name: TYPES[type_] for name, type_ in columns.items()}
    frame: pd.DataFrame = native[list(columns)]
    if any(frame[name].dtype != type_ for name, type_ in types.items()):
        frame = frame.astype(types)
    if by == ["finding"] and frame["finding"].is_monotonic_increasing:  # millions need no copy
        return frame.reset_index(drop=True)
    return frame.sort_values(by, ignore_index=True)


def tables_of(view: View, kept: Sequence[Subject] | None = None) -> Tables:
    """Give the tables of all topics of a view, or of some.

    Examples:
        >>> import casualties as cs
        >>> len(tables_of(View(cs.seeds.load("nagorno-karabakh-2020-09-30"))))
        5
    """
    encoded, answer, places = answer_to(view)
    topics = range(len(encoded.topics)) if kept is None else [places[topic] for topic in kept]
    ids = [claim.id for claim in encoded.rows]
    return Tables(*frames_of(encoded.claims, answer, ids, encoded.topics, topics), "objects")
