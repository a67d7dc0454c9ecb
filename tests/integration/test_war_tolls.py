"""The audit of 42 war tolls: where declared totals and their breakdowns cannot both hold.

The loader turns one file of the collection into a ledger; `docs/explanation/audit-of-war-tolls.md` tells what came out,
and is compared with it here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import casualties as cs
from casualties.bounding import Between, Contradiction, Relation
from casualties.model.claim import Claim
from casualties.model.ledger import Total
from casualties.model.source import Source
from casualties.model.subject import FACETS, Subject
from casualties.model.vocabulary import Term

pytestmark = pytest.mark.real_data

COMPILER = "casualty-source-aggregation"
EVENT = "cambodian_vietnamese_war"
PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "audit-of-war-tolls.md"


class Lines(StrEnum):
    """How the lines of a breakdown are taken."""

    INSIDE = "inside"
    APART = "apart"
    WHOLE = "whole"


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
    if subject.perpetrator is not None:
        fields["only"] = ["perpetrator"]  # each side's own share of the killing
    return Claim(source=COMPILER, subject=subject, all=whole, **fields)


def lines(name: str, entries: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Name the lines of a breakdown."""
    for number, entry in enumerate(entries, 1):
        yield f"{name}, {number}: {entry['victims_group']}"[:190], entry


def read_war(path: Path, taken: Lines = Lines.INSIDE) -> cs.Ledger:
    """Read one war toll.

    The combatants are those of all sides together, and all killed are combatants and civilians; the civilians killed
    directly by the sides are among the civilians.  An atrocity is a part of the war.

    Args:
        path: The file.
        taken: Each line of a breakdown is inside what it breaks down; or the lines share nobody as well, and indirect
            deaths are those of civilians; or the lines of direct killings are moreover the whole of them.
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
        if taken is not Lines.INSIDE and parts:
            if taken is Lines.APART or len(parts) == 1:
                parts.append(direct[-1].replacing(event=f"{event}: {name[:40]}, not broken down"))
            sums.append(Total(whole=direct[-1], parts=tuple(parts)))
        events.update(str(part.event) for part in parts)
    events.update(str(part.event) for part in indirect)
    for number, entry in enumerate(war["key_atrocities"], 1):
        atrocity = killed.replacing(event=f"{event}, {number}: {entry['name']}"[:190])
        claims.append(statement(atrocity, figure(entry)))
        events.add(str(atrocity.event))
    if len(own) > 1:
        sums.append(Total(whole=combatants, parts=tuple(own)))
    rest_of_all = civilians.replacing(event=f"{event}: not attributed")
    sums.append(Total(whole=civilians, parts=(*direct, *(() if taken is Lines.INSIDE else indirect), rest_of_all)))
    return cs.Ledger(
        claims,
        sources=[Source(key=COMPILER, names=["Casualty Source Aggregation"], kinds=["compiler"])],
        terms=[Term(kind="event", key=each, under=[event]) for each in sorted(events)],
        totals=sums,
        apart=["status"],  # one compiler uses the words alike throughout
        titles=[war["name"]],
    )


@cache
def found_in(path: Path, taken: Lines) -> tuple[Contradiction, ...]:
    """Find the contradictions of one file, each of the one compiler and with a proof."""
    bounds = cs.bounds(read_war(path, taken))
    assert bounds.complete
    assert all(each.between is Between.ONE_SOURCE for each in bounds.contradictions)
    assert all(each.proof.steps and each.proved_minimal for each in bounds.contradictions)
    return bounds.contradictions


def audited(folder: Path, taken: Lines) -> dict[str, set[tuple[int, int | None, int]]]:
    """Audit all files: of each broken equation how many claims it takes, the least change, and the sets beside it.

    An equation is told once, by its most local set of claims.
    """
    files = sorted((folder / "war-tolls").glob("*.json"))
    assert len(files) == 42
    found = {
        path.stem: {(len(each.members), each.change, each.others) for each in found_in(path, taken)} for path in files
    }
    return {name: sets for name, sets in found.items() if sets}


def test_totals_that_cannot_hold(real_data: Path) -> None:
    """Two of the 42 contradict themselves: Cambodia's famine exceeds its total, El Salvador's civilians their sum.

    300,000 starved against 225,300 killed in all, which is 74,700 more; beside it stands one set, of the 300,000, of
    159,700 civilians and of 85,000 combatants.  51,277 and 3,016 civilians of the two sides are 54,293, and 1,927 more
    than the 52,366 that are declared, and than 75,000 less 22,634 combatants leave.  Each of the two stands in the file
    twice, and the 22,634 are 10,360 and 12,274 as well: 2 by 2 by 3 are twelve sets, two told and ten beside them.
    """
    assert audited(real_data, Lines.INSIDE) == {
        "cambodian_vietnamese_war": {(2, 74_700, 1)},
        "salvadoran_civil_war": {(3, 1_927, 4), (4, 1_927, 6)},
    }


def test_lines_that_overlap(real_data: Path) -> None:
    """Where lines are taken to share nobody, further sums fail: these lines overlap, as their notes say.

    Cambodia: 300,000 starved within 159,700 civilians.  Lebanon front: 46 and 12 within 46.  Libya: 53, 11, 25 and 5
    within 93; 214, 135, 53, 42 and 115 within 541.  Karabakh: 1,264, 53, 52 and 25 within 1,374.  Ituri: 4,341 with
    1,000 within 4,341, and beside it the sets with 150 and with 14.  Holocaust: 7.5 million killed directly, and 0.8,
    3.3, 2 and 0.75 million otherwise, within 13.7 million.  Europe: nine lines of 27,100,589 within 27 million.
    """
    assert audited(real_data, Lines.APART) == {
        "cambodian_vietnamese_war": {(2, 140_300, 1)},
        "israel_gaza_war_2023": {(3, 12, 0)},
        "libyan_civil_wars": {(5, 1, 0), (6, 18, 0)},
        "nagorno_karabakh_wars": {(5, 20, 0)},
        "salvadoran_civil_war": {(3, 1_927, 4), (4, 1_927, 6)},
        "second_congo_war": {(3, 1_000, 2)},
        "the_holocaust": {(6, 650_000, 20)},
        "wwii_european_theater": {(10, 100_589, 157)},
    }


def sets_by_trying(sides: Sequence[tuple[int, Sequence[int]]], others: Sequence[int], ceilings: Sequence[int]) -> int:
    """Count the minimal sets of floors that exceed a ceiling on civilians, by trying every choice of them.

    Args:
        sides: For each side its total of civilians killed directly, and the lines of it.
        others: The lines of deaths otherwise.
        ceilings: Each way to have a ceiling: as declared, or as all killed less the combatants.
    """
    floors = [(place, each) for place, (total, rest) in enumerate(sides) for each in (-total, *rest)]
    floors += [(-1, each) for each in others]

    def least(chosen: int) -> int:
        totals, sums, whole = [0] * len(sides), [0] * len(sides), 0
        for number, (place, count) in enumerate(floors):
            if not chosen >> number & 1:
                continue
            if place < 0:
                whole += count
            elif count < 0:  # the total of a side
                totals[place] = -count
            else:
                sums[place] += count
        return whole + sum(map(max, zip(totals, sums, strict=True)))

    every = [least(chosen) for chosen in range(1 << len(floors))]
    return sum(
        all(every[chosen & ~(1 << number)] <= ceiling for number in range(len(floors)) if chosen >> number & 1)
        for ceiling in ceilings
        for chosen, count in enumerate(every)
        if count > ceiling
    )


def test_sets_are_as_many_as_trying_gives(real_data: Path) -> None:
    """The sets told and those beside them are as many as one finds who tries every choice of the numbers by hand."""
    at = real_data / "war-tolls"
    tried = {
        "salvadoran_civil_war": sets_by_trying(
            [(51_277, [51_277]), (3_016, [3_016])], [], [52_366, 75_000 - 22_634, 75_000 - 10_360 - 12_274]
        ),
        "the_holocaust": sets_by_trying(
            [(7_500_000, [2_700_000, 2_000_000, 250_000, 1_800_000, 250_000, 250_000, 310_000, 1_700])],
            [800_000, 3_300_000, 2_000_000, 750_000],
            [13_700_000, 17_000_000 - 3_300_000, 17_000_000 - 3_300_000],  # the 3.3 million stand there twice
        ),
    }
    assert tried == {"salvadoran_civil_war": 12, "the_holocaust": 21}
    for name, count in tried.items():
        assert sum(1 + each.others for each in found_in(at / f"{name}.json", Lines.APART)) == count


def test_lines_that_are_not_all(real_data: Path) -> None:
    """Only in 1948 do lines with a ceiling each not make up their total: 39, 79 and 150 are 268 of at least 1,749."""
    apart, whole = audited(real_data, Lines.APART), audited(real_data, Lines.WHOLE)
    assert sorted(set(whole) - set(apart)) == ["first_arab_israeli_war_1948"]
    assert whole["first_arab_israeli_war_1948"] == {(4, 1_481, 0)}


def rows(folder: Path) -> Iterator[tuple[str, str, int, int, int, int | None]]:
    """Give the table of the page: what is new in each reading of a file, and the smallest set, furthest apart."""
    known: set[frozenset[str]] = set()
    for taken in Lines:
        for path in sorted((folder / "war-tolls").glob("*.json")):
            found = [
                each for each in found_in(path, taken) if frozenset(claim.id for claim in each.claims) not in known
            ]
            known.update(frozenset(claim.id for claim in each.claims) for each in found)
            if found:
                first = min(found, key=lambda each: (len(each.members), -(each.change or 0)))
                others = sum(each.others for each in found)
                yield (str(taken), path.stem, len(found), others, len(first.members), first.change)


def test_page_shows_what_was_found(real_data: Path) -> None:
    """The table of the page is what the audit finds, and each file on it has a section of its own."""
    text = PAGE.read_text(encoding="utf-8")
    shown = re.findall(r"^\| (\w+) \| `(\w+)` \| ([\d,]+) \| ([\d,]+) \| ([\d,]+) \| ([\d,]+) \|$", text, re.MULTILINE)
    numbers = [(taken, name, *(int(each.replace(",", "")) for each in rest)) for taken, name, *rest in shown]
    assert numbers == list(rows(real_data))
    assert {name for _, name, *_ in shown} == set(re.findall(r"^## .+ \(`(\w+)`\)$", text, re.MULTILINE))


def test_proof_of_el_salvador(real_data: Path) -> None:
    """The proof adds the civilians killed by both sides and sets the sum against the declared total."""
    first, *_ = found_in(real_data / "war-tolls" / "salvadoran_civil_war.json", Lines.INSIDE)
    assert len(first.claims) == 3
    assert Relation.TOTAL in first.proof.relations
    assert 54_293 in {step.count for step in first.proof.steps}
    assert 52_366 in {step.count for step in first.proof.steps if step.claims}


def test_one_word_settles_cambodia(real_data: Path) -> None:
    """Where the three totals say that they are without the famine, as their note does, nothing contradicts them."""
    war = read_war(real_data / "war-tolls" / f"{EVENT}.json")

    def narrowed(subject: Subject) -> Subject:
        is_total = {subject.side, subject.perpetrator, subject.cause} == {None} and str(subject.event) == EVENT
        return subject.replacing(without=["famine"]) if is_total else subject

    totals = [Total(whole=narrowed(each.whole), parts=tuple(map(narrowed, each.parts))) for each in war.totals]
    claims = [claim.replacing(subject=narrowed(claim.subject)) for claim in war]
    bounds = cs.bounds(cs.Ledger(claims, **{**war.declared, "totals": totals}))
    assert bounds.contradictions == ()
    assert bounds[narrowed(Subject(harm=["killed"], event=EVENT))].high == 225_300
