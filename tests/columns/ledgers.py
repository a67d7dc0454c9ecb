"""Ledgers drawn so that columns can answer: every date a single day, and all that makes standing hard besides."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from casualties import Ledger
from casualties.model.claim import Aspect, Assessment, Claim, Link, Modality, Stance
from casualties.model.report import Citation, Relay, Report
from casualties.model.source import Source
from casualties.model.subject import Subject
from casualties.model.vocabulary import Term
from casualties.testing import figures

DAYS = ("2020-09-28", "2020-09-29", "2020-09-30", "2020-12-01")
PLAIN = (
    Source(key="ministry", names=["Ministry"], kinds=["belligerent"], side="north"),
    Source(key="staff", kinds=["government"], side="south"),
    Source(key="paper", kinds=["media"]),
    Source(key="monitor", kinds=["monitor"]),
)
HARD = (
    *PLAIN,
    Source(key="organ", kinds=["medical", "government"], under="ministry"),
    Source(key="agency", kinds=["media"], repeats=["ministry", "staff"]),
    Source(key="unnamed", kinds=["unattributed"]),
)
TERMS = (
    Term(kind="side", key="north", against=["south"]),
    Term(kind="role", key="pilot", status=["combatant"]),
)
SUBJECTS = (
    Subject(harm=["killed"], side="north", since="2020-09-27", basis="verified"),
    Subject(harm=["missing", "captured"], side="north"),
    Subject(harm=["killed"], role="pilot"),
    Subject(harm=["detained"], with_=["a", "b"], since="2020-09"),
    Subject(harm=["killed"], with_=["ab"], since="2020"),
)
_day = st.sampled_from((None, *DAYS))


@st.composite
def _claim(draw: st.DrawFn, sources: tuple[Source, ...], others: list[Claim], *, plain: bool) -> Claim:
    source = draw(st.sampled_from(sources)).key
    subject = draw(st.sampled_from(SUBJECTS[:3])) if draw(st.integers(0, 4)) else draw(st.sampled_from(SUBJECTS))
    fields: dict[str, Any] = {
        "source": source,
        "stated": draw(_day),
        "modality": draw(st.none() | st.sampled_from(Modality)),
    }
    fields["subject"] = subject.replacing(until=draw(_day))
    stance = draw(st.sampled_from((*[Stance.STATES] * 7, *Stance)))
    own = [claim.id for claim in others if claim.source == source]
    if (stance is Stance.WITHDRAWS and not own) or (stance is Stance.UNVERIFIED and not others):
        stance = Stance.DENIES
    fields["stance"] = stance
    if stance is Stance.STATES:
        fields["figure"] = draw(figures(max_count=9))
        if own and draw(st.integers(0, 3)) == 0:
            fields["replaces"] = [draw(st.sampled_from(own))]
    elif stance is Stance.DENIES:
        fields["aspect"] = draw(st.none() | st.sampled_from(Aspect))
    elif stance is Stance.WITHDRAWS:
        fields["target"] = draw(st.sampled_from(own))
    elif stance is Stance.UNVERIFIED:
        fields["target"] = draw(st.sampled_from([claim.id for claim in others]))
    publishers = st.sampled_from((None, "TASS", "MINISTRY", "Staff"))
    fields["citations"] = [
        Citation(
            report=Report(publisher=draw(publishers), published=draw(_day), title=draw(st.sampled_from(("a", "b")))),
            relays=[Relay(name="Interfax")] if draw(st.booleans()) else [],
        )
        for _ in range(draw(st.integers(0, 2)))
    ]
    everybody = [*(claim.id for claim in others), "c1-" + "0" * 20]
    for name in ("based_on",) if plain else ("based_on", "misrelays"):
        if draw(st.integers(0, 4)) == 0:
            some = st.lists(st.sampled_from(everybody), min_size=1, max_size=1 if plain else 2)
            fields[name] = [Link(claim=each) for each in draw(some)]
    if not plain and draw(st.integers(0, 4)) == 0:
        fields["assessments"] = [Assessment(grader="desk", reliability=draw(st.sampled_from("BE")))]
    return Claim(**fields)


@st.composite
def daily_ledgers(draw: st.DrawFn, *, plain: bool = False) -> Ledger:
    """Draw ledgers in which every date is a day; plain ones hold only what a flat table holds."""
    sources = PLAIN if plain else HARD
    found: list[Claim] = []
    for _ in range(draw(st.integers(0, 12))):
        found.append(draw(_claim(sources, found, plain=plain)))
    if not plain and len(found) > 2 and draw(st.booleans()):  # links may form a circle
        found[0] = found[0].replacing(based_on=[Link(claim=found[-1].id)])
    return Ledger(found, sources=sources, terms=() if plain else TERMS)
