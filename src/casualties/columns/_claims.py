"""From a ledger, as it is looked at, to the rows of a table of claims, with all resolved that columns alone cannot."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from casualties.columns.schema import CLAIMS
from casualties.files.cells import unprotect
from casualties.files.csv import rows
from casualties.reconciling.decoding import Told
from casualties.reconciling.position import Fate, interest, read_at_source
from casualties.reconciling.view import View

__all__ = ["claim_rows"]


def claim_rows(view: View) -> Iterator[dict[str, Any]]:
    """Give one row for each claim and reading, with the columns `CLAIMS` and `RESOLVED` that are not empty."""
    roots, copies = _origins(view)
    for cells in rows(view.ledger):
        claim = view.ledger[cells["claim_id"]]
        row: dict[str, Any] = {name: unprotect(cell) for name, cell in cells.items() if name in CLAIMS}
        for name, type_ in CLAIMS.items():
            if type_ != "text" and name in row:
                row[name] = int(row[name])
        if claim.based_on:
            row["based_on"] = "|".join(link.claim for link in claim.based_on)
        topic = view.topic_of[claim.id]
        origin = view.origins.of(claim)
        yield row | {
            "topic_status": topic.status,
            "origin": roots.get(claim.id) or _root(origin.roots),
            "rests": int(not origin.own),
            "copy": int(claim.id in copies or origin.copy),
            "withdrawn": int(claim.id in view.withdrawn),
            "misrelayed": int(bool(claim.misrelays)),
            "named": int(view.is_replaced(claim)),
            "at_source": int(read_at_source(claim, view.sources)),
            "interest": str(interest(claim.source, topic, view.sources, view.words)),
            "side_spoken_for": view.sources.side(claim.source),
            "graded_low": int(any(assessment.low for assessment in claim.assessments)),
            "first_published": None if claim.published is None else str(claim.published),
        }


def _root(roots: tuple[tuple[str, str], ...]) -> str:
    """Name the root of a voice, or all that it rests on; only what rests on sources alone begins with ``source:``."""
    kinds = {kind for kind, _ in roots}
    kind = kinds.pop() if len(kinds) == 1 else "unattributed" if "unattributed" in kinds else "several"
    return f"{kind}:{roots[0][1]}" if len(roots) == 1 else f"{kind}:{roots!r}"


def _origins(view: View) -> tuple[dict[str, str], set[str]]:
    """Find the voices, and the copies, of the subjects on which some claim rests on several roots."""
    roots: dict[str, str] = {}
    copies: set[str] = set()
    for topic, claims in view.topics.items():
        if all(len(view.origins.of(claim).roots) == 1 for claim in claims):
            continue
        topic_view = Told(topic, view)
        copies.update(id_ for id_, fate in topic_view.fates.items() if fate is Fate.COPY)
        named = {root: _root(voice.roots) for voice in topic_view.independent_sources for root in voice.roots}
        for claim in claims:
            first = view.origins.of(claim).roots[0]
            roots[claim.id] = named.get(first, _root((first,)))
    return roots, copies
