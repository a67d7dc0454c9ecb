"""The picture of who says what: one row a source, its range as a bar, in its own words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from casualties._text import counted
from casualties.model.claim import IDENTITY, Claim, Silence, Stance
from casualties.model.figure import Figure
from casualties.reconciling.position import Fate, Interest, Position, interest
from casualties.reconciling.view import View
from casualties.show._first import first_of
from casualties.show._numbering import Numbering, ordered, others, ranges
from casualties.show.describe import capitalised, describe_date, enumeration
from casualties.show.plots._captions import entitled, name_of, sources_of, told, unit_of
from casualties.show.plots._multiples import chosen, multiples
from casualties.show.plots._rows import Gap, Heading, Panel, Row, checked_width, drawn, row_entries, small_cells
from casualties.show.plots._sheet import Sheet
from casualties.show.plots.plot import Plot
from casualties.show.sentences import Sentences

if TYPE_CHECKING:
    from casualties.reconciling.finding import Finding
    from casualties.reconciling.pairs import Dispute

__all__ = ["who_says_what"]

_GAPS: Final = 1
"""How many pairs that share no count are drawn: the one with the widest gap."""
_LOOKED_AT: Final = 100
"""Among how many of the widest one is looked for whose sources are drawn."""
_INSIDE: Final = "inside "
"""How a clause begins that tells inside what a subject lies; such clauses come first."""

_STACKED: Final = 28
"""Up to so many rows stand below one another on one axis; of more each finding has a small picture."""

_TITLE: Final = 2
"""How many rows the title of a finding is as high as."""

_EARLIER: Final = 4
_ELSEWHERE: Final = re.compile(rf"\b{IDENTITY.pattern}\b")

_SILENCES: Final = {
    None: "gives no figure; silence is not zero",
    Silence.NOT_MENTIONED: "does not mention them; silence is not zero",
    Silence.WITHHELD: "withholds the figure; silence is not zero",
    Silence.BEING_DETERMINED: "the figure is being determined; that is not zero",
    Silence.UNKNOWN: "says that it is not known; that is not zero",
}


def who_says_what(
    findings: Iterable[Finding],
    view: View,
    *,
    width: int = 800,
    dark: bool = False,
    limit: int | None = None,
    numbers: Numbering | None = None,
) -> Plot:
    """Draw who says what; every claim has a row or is counted in that of its source.

    A bar is what a source allows, an arrow an end that it leaves open, a pale end one that we assumed.  A source that
    gives no figure, or denies, has a row in words.

    Args:
        findings: The findings.
        view: The ledger as it is looked at.
        width: Pixels from side to side.
        dark: Whether it is for a dark screen.
        limit: How many findings to show at most, up to 24; twelve where it is left out, six on a narrow picture.
        numbers: The numbers of the claims in the table or page beside it; those of a table of these findings where
            they are left out.

    Raises:
        CasualtiesError: If the width cannot be drawn, or the limit is below one or too high.

    Examples:
        >>> import casualties as cs
        >>> result = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> print(who_says_what([result.one(status="civilian")], result.view))
        Who says what: killed, civilians, Azerbaijani side, 27 to 30 September 2020.
        Nagorno-Karabakh, the first four days
        Civilians, Azerbaijani side: single source; 11 or more.
        1 Azerbaijan: 11 or more; “at least 11”, own side, reported.
        Read in: The New Arab.
    """
    checked_width(width)
    every = ordered(findings)
    shown, left = chosen(every, limit, width)
    say = Sentences(view, numbers or Numbering(every))
    alone = len(shown) == 1
    panels = [_panel(finding, name_of(finding, shown), say) for finding in sorted(shown, key=_whose)]
    title, lines = entitled("Who says what", shown, view)
    footer = (*left, *sources_of(shown))
    alt = told(title, lines, panels, footer)
    heading = Heading(title, lines, footer)
    if alone:  # the headline is what the finding says, and whom it is about stands below
        heading = Heading(f"{capitalised(panels[0].status)}.", (title.partition(": ")[2], *lines), footer)
        panels = [replace(panels[0], title="", status="")]
    if sum(len(panel.drawn_rows) + _TITLE for panel in panels) > _STACKED and not alone:
        cells = small_cells(panels)
        entries = row_entries(Sheet(width, dark=dark), panels)
        return Plot(title, alt, multiples(heading, entries, cells, width=width, dark=dark), dark)
    return Plot(title, alt, drawn(heading, panels, width=width, dark=dark), dark)


def _whose(finding: Finding) -> tuple[object, ...]:
    """Sort findings by their harm, and then by whose dead they count."""
    return (finding.subject.harm, finding.subject.event or "", finding.subject.side or "~")


def _panel(finding: Finding, name: str, say: Sentences) -> Panel:
    placed = {claim.id for position in finding.positions for claim in position.claims}
    latest = [position for voice in finding.independent_sources for position in voice.latest]
    rest = [claim for claim in others(finding) if claim.id not in placed]
    aside = [claim for claim in rest if finding.fates[claim.id] is not Fate.STANDS]
    groups = (
        (
            "Earlier, of the same independent sources",
            [
                replace(_position_row(finding, position, say), folded=True)
                for position in finding.positions
                if position not in latest
            ],
        ),
        (
            _quiet([claim for claim in rest if claim not in aside]),
            [*_standing_rows(finding, [claim for claim in rest if claim not in aside], say)],
        ),
        ("Set aside", [replace(_other_row(finding, claim, say), folded=True) for claim in aside]),
    )
    notes = [note.replace("{}", say.numbers.all(claims)) for note, claims in say.remarks(finding)]
    clauses = say.clauses(finding)
    wider = [clause.removeprefix(_INSIDE) for clause in clauses if clause.startswith(_INSIDE)]
    notes += [f"Part of a wider count of this ledger: {'; '.join(wider)}."] if wider else []
    notes += [capitalised("; ".join(rest)) + "." for rest in [clauses[len(wider) :]] if rest]
    apart, _ = first_of(_GAPS, (finding.near, finding.overtaken, finding.apart_by_assumed_end))
    notes += [capitalised(say.dispute(dispute)) + "." for dispute in apart]
    several = len(finding.independent_sources) > 1
    if several:
        notes.append("That these sources are independent of one another is assumed.")
    drawn_ids = {claim.id for position in latest for claim in position.claims}
    gaps = tuple(
        Gap(
            _apart(f"{_numbers(dispute.lower_claims, say)} and {_numbers(dispute.upper_claims, say)}"),
            dispute.number,
            dispute.number + dispute.gap,
        )
        for dispute in sorted(finding.disputes[:_LOOKED_AT], key=lambda pair: not drawn_ids.issuperset(_pair(pair)))
    )
    if len(finding.disputes) > _GAPS:
        left = counted(len(finding.disputes) - _GAPS, "more pair")
        notes.insert(0, f"{left} {'shares' if left.startswith('1 ') else 'share'} no count; the widest gap is drawn.")
    return Panel(
        title=name,
        status=_status(finding, say),
        rows=tuple(_position_row(finding, position, say) for position in finding.positions if position in latest),
        more=tuple((title, tuple(rows)) for title, rows in groups if rows),
        notes=tuple(notes),
        gaps=gaps[:_GAPS],
        shade=finding.common if several else None,
        unit=unit_of([finding], say.view),
    )


def _apart(pair: str) -> tuple[str, ...]:
    """Say that two share no count, in full and shorter."""
    return f"{pair} dispute: no count fits both", f"{pair}: no count fits both", f"{pair} dispute", pair


def _pair(pair: Dispute) -> set[str]:
    return {claim.id for claim in (*pair.lower_claims, *pair.upper_claims)}


def _status(finding: Finding, say: Sentences) -> str:
    """Say how the voices stand to one another, and what they have in common."""
    if not finding.independent_sources:
        return "no source gives a figure"
    if len(finding.independent_sources) == 1:
        return f"{say.status(finding)}; {say.common(finding)}"
    if finding.common is None:
        return f"{say.status(finding)}; there is no count that all allow"
    who = "both" if len(finding.independent_sources) == 2 else "all"
    return f"{say.status(finding)}; {who} allow {finding.common} (shaded)"


def _numbers(claims: Iterable[Claim], say: Sentences) -> str:
    return ranges(say.numbers[claim.id] for claim in claims)


def _position_row(finding: Finding, position: Position, say: Sentences) -> Row:
    """Make the row of one position: the standing claims, with what they replaced."""
    first = position.claims[0]
    details = [_told(finding, position.claims, say)]
    voice = next(voice for voice in finding.independent_sources if position in voice.positions)
    faded = position not in voice.latest
    if faded:
        details.append(f"same independent source as {_numbers(voice.claims, say)}, which is later")
    elif len(voice.latest) > 1:
        siblings = [
            claim
            for latest_position in voice.latest
            if latest_position is not position
            for claim in latest_position.claims
        ]
        details.append(f"one independent source with {_numbers(siblings, say)}")
    if position.versions:
        details.append(say.combination(position))
    if position.flags:
        details.append(", ".join(position.flags))
    if position.replaced:
        details.append(_earlier(position, say))
    marks = [say.view.figure(claim) for claim in (*position.versions, *position.replaced)]
    return Row(
        name=f"{_numbers(position.claims, say)} {say.source(first)}",
        label="denies that it happened" if position.denies else str(position.figure),
        details=tuple(details),
        figure=position.figure,
        interest=position.interest,
        faded=faded,
        marks=tuple(dict.fromkeys(mark for mark in marks if mark is not None)),
        denies=position.denies,
        brief="denies" if position.denies else _brief(position.figure),
        day=_until(finding, position),
        claims=_listed_numbers((*position.claims, *position.versions, *position.replaced), say),
    )


def _brief(figure: Figure) -> str:
    """Write a figure without what the marks of its bar say."""
    return str(figure).partition(" (")[0]


def _until(finding: Finding, position: Position) -> str:
    """Write the day to which a position counts, where that is not the day of the finding."""
    if position.until is None or position.until == finding.as_of:
        return ""
    day = describe_date(position.until, short=True)
    return day.removesuffix(f" {finding.as_of.latest.year}") if finding.as_of else day


def _listed_numbers(claims: Iterable[Claim], say: Sentences) -> tuple[int, ...]:
    return tuple(sorted({say.numbers[claim.id] for claim in claims}))


def _told(finding: Finding, claims: Sequence[Claim], say: Sentences) -> str:
    """Give the words of claims that make one statement, how the first stands, and what in them is our reading."""
    first = claims[0]
    words = sorted({say.words(claim) for claim in claims if claim.stance is Stance.STATES} - {""})
    reading = sorted({facet for claim in claims for facet in claim.our_reading})
    parts = [*(f"“{word}”" for word in words), say.standing(finding, first, "")]
    if reading:
        parts.append(f"the {' and the '.join(reading)} is our reading")
    return _shortened(", ".join(part for part in parts if part))


def _earlier(position: Position, say: Sentences) -> str:
    """List what a position replaced, in the order in which it was counted and said; a long list is cut."""
    claims = sorted(position.replaced, key=lambda claim: claim.sort_key)
    figures = [str(say.view.figure(claim)) for claim in claims]
    shown_figures = (
        figures if len(figures) <= _EARLIER + 1 else [*figures[:_EARLIER], f"{len(figures) - _EARLIER} more"]
    )
    numbers = _numbers(claims, say)
    return f"replaces {numbers}: {'; '.join(shown_figures)}"


def _quiet(claims: Iterable[Claim]) -> str:
    """Name the rows of claims that stand and state no figure."""
    names = {"Denials": Stance.DENIES, "Withdrawals": Stance.WITHDRAWS}
    stances = {claim.stance for claim in claims}
    kinds = [name for name, stance in names.items() if stance in stances]
    return capitalised(enumeration([*kinds, *(["Silences"] if stances - set(names.values()) else [])]).lower())


def _standing_rows(finding: Finding, claims: Iterable[Claim], say: Sentences) -> Iterator[Row]:
    """Make the rows of denials, withdrawals and silences; silences of one source and kind share a row."""
    silent: dict[tuple[str, Silence | None], list[Claim]] = {}
    for claim in claims:
        if claim.stance in (Stance.SILENT, Stance.STATES):
            silent.setdefault((claim.source, claim.silence), []).append(claim)
        else:
            yield _other_row(finding, claim, say)
    for (_, silence), group in silent.items():
        days = sorted({claim.day for claim in group if claim.day}, key=lambda day: day.sort_key)
        whose = _interest(finding, group[0], say)
        last = f", the last to {describe_date(days[-1], short=True)}" if days else ""
        times = f"silent {len(group)} times{last}" if len(group) > 1 else "silent"
        yield Row(
            name=f"{_numbers(group, say)} {say.source(group[0])}",
            label=_SILENCES[silence],
            details=(f"{times}, {whose}",),
            interest=whose,
            brief=_SILENCES[silence].partition(";")[0],
            claims=_listed_numbers(group, say),
        )


def _other_row(finding: Finding, claim: Claim, say: Sentences) -> Row:
    """Make the row of one claim that has no position."""
    stands = finding.fates[claim.id] is Fate.STANDS
    whose = _interest(finding, claim, say)
    states = claim.stance is Stance.STATES
    label = say.count(claim) if states else _shortened(say.words(claim))
    if claim.stance is Stance.DENIES and stands:
        label += f" {say.standing(finding, claim, '')}"
    return Row(
        name=f"{say.numbers[claim.id]} {say.source(claim)}",
        label=label,
        details=(_told(finding, [claim], say),) if states or not stands else (str(whose),),
        figure=say.view.figure(claim) if states else None,
        interest=whose,
        faded=not stands,
        claims=(say.numbers[claim.id],),
    )


def _interest(finding: Finding, claim: Claim, say: Sentences) -> Interest:
    return interest(claim.source, finding.subject, say.view.sources, say.view.words)


def _shortened(text: str) -> str:
    """Say that a claim is on another subject, with its identity cut as an explanation cuts it."""
    return _ELSEWHERE.sub(lambda match: f"a claim elsewhere ({match[0][:-12]})", text)
