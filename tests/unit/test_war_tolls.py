"""The audit of 42 war tolls: where declared totals and their breakdowns cannot both hold.

The loader turns one file of the collection into a ledger; `docs/explanation/audit-of-war-tolls.md` tells what came out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import casualties as cs
from casualties.claim import Claim
from casualties.consistency import Between, Relation
from casualties.ledger import Total
from casualties.source import Source
from casualties.subject import FACETS, Subject
from casualties.vocabulary import Term

pytestmark = pytest.mark.real_data

COMPILER = "casualty-source-aggregation"


def figure(entry: dict[str, Any], low: str = "low", high: str = "high") -> cs.Figure | None:
    """Read one range; a missing floor is no floor, a missing ceiling none, and both missing no figure."""
    floor, ceiling, best = entry.get(low), entry.get(high), entry.get("point")
    if floor is None and ceiling is None:
        return None
    found = cs.Figure(floor or 0, ceiling)
    return cs.Figure(found.low, found.high, best=best) if best is not None and best in found else found


def statement(subject: Subject, stated: cs.Figure | None) -> Claim:
    """Let the compiler state a figure of everybody whom the subject can mean, or none."""
    whole = [name for name in FACETS if getattr(subject, name) is None]
    fields: dict[str, Any] = {"stance": "silent"} if stated is None else {"figure": stated}
    return Claim(source=COMPILER, subject=subject, all=whole, **fields)


def lines(name: str, entries: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Name the lines of a breakdown."""
    for number, entry in enumerate(entries, 1):
        yield f"{name}, {number}: {entry['victims_group']}"[:190], entry


def read_war(path: Path, *, add_lines: bool = False) -> cs.Ledger:
    """Read one war toll.

    The combatants are those of all sides together, and all killed are combatants and civilians; the civilians killed
    directly by the sides are among the civilians.  A line of a breakdown is a part of what it breaks down.

    Args:
        path: The file.
        add_lines: Take the lines of a breakdown to share nobody, so that they may be added.
    """
    war = json.loads(path.read_text(encoding="utf-8"))
    event, totals = war["war_id"], war["totals"]
    killed = Subject(harm=["killed"], event=event)
    combatants, civilians = killed.replacing(status="combatant"), killed.replacing(status="civilian")
    claims = [
        statement(killed, figure(totals, "grand_low", "grand_high")),
        statement(combatants, figure(totals, "military_low", "military_high")),
        statement(civilians, figure(totals, "civilian_low", "civilian_high")),
    ]
    events = {f"{event}: not attributed"}
    sums = [Total(whole=killed, parts=(combatants, civilians))]
    own, direct, indirect = [], [], []
    for side in war["sides"]:
        name = side["name"][:150]
        own.append(combatants.replacing(side=name))
        direct.append(civilians.replacing(perpetrator=name, cause="direct"))
        claims.append(statement(own[-1], figure(side["military_killed"])))
        claims.append(statement(direct[-1], figure(side["civilians_killed_directly"])))
        parts = []
        for line, entry in lines(f"{event}: {name[:40]}", side["civilians_killed_directly"]["breakdown"]):
            parts.append(direct[-1].replacing(event=line))
            claims.append(statement(parts[-1], figure(entry)))
        for line, entry in lines(f"{event}: {name[:40]}, indirectly", side["deaths_from_actions"]):
            indirect.append(killed.replacing(event=line, perpetrator=name, cause="indirect"))
            claims.append(statement(indirect[-1], figure(entry)))
        if add_lines and parts:
            rest = f"{event}: {name[:40]}, not broken down"
            parts.append(direct[-1].replacing(event=rest))
            sums.append(Total(whole=direct[-1], parts=tuple(parts)))
        events.update(str(part.event) for part in parts)
    events.update(str(part.event) for part in indirect)
    if len(own) > 1:
        sums.append(Total(whole=combatants, parts=tuple(own)))
    rest_of_all = civilians.replacing(event=f"{event}: not attributed")
    sums.append(Total(whole=civilians, parts=(*direct, *(indirect if add_lines else ()), rest_of_all)))
    return cs.Ledger(
        claims,
        sources=[Source(key=COMPILER, names=["Casualty Source Aggregation"], kinds=["compiler"])],
        terms=[Term(kind="event", key=each, under=[event]) for each in sorted(events)],
        totals=sums,
        apart=["status"],  # one compiler uses the words alike throughout
        titles=[war["name"]],
    )


def found_in(path: Path, *, add_lines: bool) -> set[tuple[int, int | None]]:
    """List the contradictions of one file: how many claims each takes, and by how much one must give way."""
    bounds = cs.bounds(read_war(path, add_lines=add_lines))
    assert bounds.complete
    assert all(each.between is Between.ONE_SOURCE for each in bounds.contradictions)
    assert all(each.proof.steps for each in bounds.contradictions)
    return {(len(each.claims), each.change) for each in bounds.contradictions}


def audited(folder: Path, *, add_lines: bool) -> dict[str, set[tuple[int, int | None]]]:
    """Audit all files, and keep those in which something is found."""
    files = sorted((folder / "war-tolls").glob("*.json"))
    assert len(files) == 42
    found = {path.stem: found_in(path, add_lines=add_lines) for path in files}
    return {name: sets for name, sets in found.items() if sets}


def test_totals_that_cannot_hold(real_data: Path) -> None:
    """Two of the 42 contradict themselves: Cambodia's famine exceeds its total, El Salvador's civilians their sum.

    300,000 starved against 225,300 killed in all, which is 74,700 more, and against 159,700 civilians with 85,000
    combatants, which is 55,300 more.  51,277 and 3,016 civilians of the two sides are 54,293, and 1,927 more than
    the 52,366 that are declared, or that 75,000 less 22,634 combatants, or less 10,360 and 12,274 of them, leave.
    """
    assert audited(real_data, add_lines=False) == {
        "cambodian_vietnamese_war": {(2, 74_700), (3, 55_300)},
        "salvadoran_civil_war": {(3, 1_927), (4, 1_927), (5, 1_927)},
    }


def test_lines_that_overlap(real_data: Path) -> None:
    """Where lines are taken to share nobody, further sums fail: these lines overlap, as their notes say.

    Lebanon front: 46 and 12 within 46.  Libya: 53, 11, 25 and 5 within 93; 214, 135, 53, 42 and 115 within 541.
    Karabakh: 1,264, 53, 52 and 25 within 1,374.  Ituri: 4,341 with 1,000, 150 or 14 within 4,341.
    Holocaust: 7.5 million killed directly, and 0.8, 3.3, 2 and 0.75 million otherwise, within 13.7 million.
    """
    found = audited(real_data, add_lines=True)
    assert sorted(found) == [
        "cambodian_vietnamese_war",
        "israel_gaza_war_2023",
        "libyan_civil_wars",
        "nagorno_karabakh_wars",
        "salvadoran_civil_war",
        "second_congo_war",
        "the_holocaust",
        "wwii_european_theater",
    ]
    assert found["cambodian_vietnamese_war"] == {(2, 140_300), (2, 74_700)}
    assert found["israel_gaza_war_2023"] == {(3, 12)}
    assert found["libyan_civil_wars"] == {(5, 1), (6, 18)}
    assert found["nagorno_karabakh_wars"] == {(5, 20)}
    assert found["second_congo_war"] == {(3, 1_000), (3, 150), (3, 14)}
    assert (6, 650_000) in found["the_holocaust"]


def test_proof_of_el_salvador(real_data: Path) -> None:
    """The proof adds the civilians killed by both sides and sets the sum against the declared total."""
    first, *_ = cs.bounds(read_war(real_data / "war-tolls" / "salvadoran_civil_war.json")).contradictions
    assert len(first.claims) == 3
    assert Relation.TOTAL in first.proof.relations
    assert 54_293 in {step.count for step in first.proof.steps}
    assert 52_366 in {step.count for step in first.proof.steps if step.claims}
