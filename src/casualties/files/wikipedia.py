r"""Wikitext for Wikipedia: a table with every claim, and the casualty fields of an infobox, both with references.

Every text of a report stands in it as signs without meaning: markup, templates, links and HTML are written as
character references, hidden directions as visible escapes, and addresses lead to pages of the web or are left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from casualties._text import inert
from casualties.errors import UnreadableFigureError
from casualties.files.disk import Writable, write_text
from casualties.files.loss import (
    Fidelity,
    Format,
    Grade,
    LeftOut,
    Part,
    described_relays,
    described_sources,
    left_out,
    related_terms,
    shown,
    web_address,
)
from casualties.model.claim import Claim, Stance
from casualties.model.harm import harm_key
from casualties.model.ledger import handles, report_names
from casualties.reconciling.position import Fate
from casualties.show.describe import capitalised, describe, describe_date, describe_harm, describe_period
from casualties.wording import Statement, parse_figure, parse_statement

if TYPE_CHECKING:
    from casualties.model.report import Citation, Report
    from casualties.results import Finding, Reconciliation

__all__ = ["INFOBOX", "TABLE", "escape", "statements", "write_infobox", "write_table"]


PLAIN: Final = {
    "civilian",
    "civilians",
    "fighters",
    "militants",
    "people",
    "persons",
    "servicemen",
    "soldiers",
    "troops",
}
"""Words for the victims that add nothing to their status."""

_HEADING: Final = re.compile(
    r"(?:^|(?<=\s))(?:Per (?P<per>[^:\n()*]{2,60})|(?P<whose>[A-Z][\w.'’ ]{1,40}?) claim)(?:\s*\((?P<note>[^()]*)\))?:"
)
_NOISE: Final = re.compile(r"<ref[^>]*>.*?</ref>|<ref[^>]*/?>|See [^.\n]* for details\.?", re.DOTALL)
_LINES: Final = re.compile(r"(?:[\n;]|(?<!\d)\*)(?![^()]*\))")
_COMMAS: Final = re.compile(r",\s(?![^()]*\))")


def statements(text: str) -> list[dict[str, str]]:
    r"""Take a field apart.

    Returns:
        For each count its ``words``, ``harm``, ``party``, ``status`` and ``role``; each empty where it is not said.
        What is no count of people, or is qualified in a way that a subject cannot hold, has no harm, and ``why``.
        A note at the end of a list ("Northern claim") speaks for the whole list.

    Examples:
        >>> for each in statements("Per Azerbaijan:\n* 2,906 servicemen killed\n* 7+ tanks destroyed"):
        ...     print(each["party"], each["words"], each["status"], each["harm"] or "no harm to people")
        Azerbaijan 2,906 combatant killed
        Azerbaijan 7+ tanks destroyed  no harm to people
    """
    text = _NOISE.sub(" ", text)
    statements_told: list[dict[str, str]] = []
    party, note, begin = "", None, 0
    for heading in (*_HEADING.finditer(text), None):
        part = text[begin : heading.start() if heading else len(text)]
        for line in _LINES.split(part):
            words = " ".join(line.split())
            if words:
                statements_told += [_left(words, party, _NOTED)] if note is not None else _read_line(words, party)
        if heading is not None:
            party, note, begin = (heading["per"] or heading["whose"]).strip(), heading["note"], heading.end()
    return statements_told


_NOTED: Final = "a note in brackets narrows the whole list, and the field has no place for it"

_QUALIFIED: Final = {
    "dated": "it counts some days alone, and the field does not say of which the others are",
    "circumstances": "it counts those of one place or cause alone",
    "remarks": "a remark narrows or hedges it",
    "parts": "it names parts beside the whole",
    "share": "it is a share, and no count",
    "interval": "it is an estimate with its interval",
    "modality": "it is not stated as a fact",
}
"""What a statement may hold that a subject of an infobox cannot, with why it is left."""


def _left(words: str, party: str, why: str) -> dict[str, str]:
    """Give words back as they stand, without a harm, and say why no subject is made of them."""
    return {"words": words, "harm": "", "party": party, "status": "", "role": "", "why": why}


def _read_line(words: str, party: str) -> list[dict[str, str]]:
    """Read a line of a field: one count, or several side by side."""
    try:
        whole = parse_statement(words)
    except UnreadableFigureError as error:
        pieces = _COMMAS.split(words)
        if len(pieces) == 1 or pieces[-1].endswith(")"):
            return [_left(piece, party, str(error)) for piece in pieces]
        return [statement for piece in pieces for statement in _read_line(piece, party)]
    several = whole.parts if whole.figure is None and whole.silence is None else ()
    if any(not statement.harms for statement in several):
        return [_left(words, party, "it does not say of each of its counts what happened to the people")]
    said = [statement.said_by for statement in several if statement.said_by]
    if len(said) == 1 and several[-1].said_by:  # pyright: ignore[reportGeneralTypeIssues] - not empty here
        party = said[0]
    return [_as_columns(statement, party) for statement in several or (whole,)]


def _as_columns(stated: Statement, party: str) -> dict[str, str]:
    """Give a count as the columns of a mapping, where a subject can hold all that is said of it."""
    qualified = [why for name, why in _QUALIFIED.items() if getattr(stated, name)]
    if (stated.label or stated.counted) and not stated.harms:
        qualified.append("it does not say what happened to those counted, or they are no people")
    if qualified:
        return _left(stated.words, party, qualified[0])
    number = stated.number.lower()
    if stated.figure is not None and parse_figure(number) != stated.figure:
        number = str(stated.figure)
    return {
        "words": number,
        "harm": "-or-".join(sorted(stated.harms, key=lambda harm: harm_key((harm,)))) or "casualties",
        "party": stated.said_by or party,
        "status": str(stated.status or ""),
        "role": "" if stated.counted.lower() in PLAIN else stated.counted,
        "why": "",
    }


_ACTING: Final = re.compile(r"[!-$&'*<-@[-`{-~＿]|:(?=\S)|\b(?:RFC|PMID|ISBN)\b")
_FIRST: Final = re.compile(r"^[-;:+]")
_NOT_TOLD: Final = "not stated"


def escape(text: str) -> str:
    """Write a text so that wikitext shows it and does nothing else with it.

    Examples:
        >>> print(escape("{{Delete}} <b>11</b>, [[x]], ~~~~"))
        &#123;&#123;Delete&#125;&#125; &#60;b&#62;11&#60;/b&#62;, &#91;&#91;x&#93;&#93;, &#126;&#126;&#126;&#126;
    """
    return _FIRST.sub(_referred, _ACTING.sub(_referred, inert(text)))


def _referred(match: re.Match[str]) -> str:
    return "".join(f"&#{ord(sign)};" for sign in match[0])


class _References:
    """The references of a text: each report is told in full where it is first cited, and by its name after that."""

    def __init__(self, result: Reconciliation) -> None:
        self._names = handles(result.ledger.reports, report_names)
        self._told: set[str] = set()

    def of(self, claim: Claim) -> str:
        return "".join(map(self._citation, claim.citations))

    def _citation(self, citation: Citation) -> str:
        if citation.report is None:
            return ""
        name = escape(self._names[citation.report])
        place = f"{{{{rp|{escape(citation.locator)}}}}}" if citation.locator else ""
        if name in self._told:
            return f'<ref name="{name}" />{place}'
        self._told.add(name)
        return f'<ref name="{name}">{_told(citation.report)}</ref>{place}'


def _told(report: Report) -> str:
    """Tell a report by a citation template, or in plain words where it has no title, which templates ask for."""
    address = web_address(report.address)
    published = describe_date(report.published.date_only) if report.published else None
    retrieved = describe_date(report.retrieved.date_only) if report.retrieved else None
    if report.title is None:
        texts = [report.publisher, None if address else report.address, published]
        return (
            ", ".join([*(escape(text) for text in texts if text), *([f"[{address}]"] if address else [])]) or _NOT_TOLD
        )
    fields = {"title": report.title, "publisher": report.publisher, "date": published}
    if address:
        fields["access-date"] = retrieved
    else:
        fields["id"] = report.address
    parameters = [f"{name}={escape(text)}" for name, text in fields.items() if text]
    return (
        " |".join([f"{{{{cite {'web' if address else 'news'}", *([f"url={address}"] if address else []), *parameters])
        + "}}"
    )


def write_table(result: Reconciliation, target: Writable) -> tuple[LeftOut, ...]:
    """Write a table in wikitext: one row a claim, under what was counted, with references.

    Returns:
        What a table could not carry.

    Raises:
        LedgerFileError: If the file cannot be written.

    Examples:
        >>> import io, casualties as cs
        >>> file = io.StringIO()
        >>> left = write_table(cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")), file)
        >>> for line in file.getvalue().splitlines()[:6]:
        ...     print(line)
        {| class="wikitable"
        ! Who was counted !! Who says so !! In what words !! Count !! Counted to !! Said !! How it stands !! Read in
        |-
        | rowspan="1" | Killed: combatants, Armenian side, 27 to 30 September 2020
        | Artsakh Ministry of Defence
        | more than 80
    """
    references = _References(result)
    lines = ['{| class="wikitable"']
    lines.append(
        "! Who was counted !! Who says so !! In what words !! Count !! Counted to !! Said !! How it stands !! Read in"
    )
    for finding in result:
        head = f'| rowspan="{len(finding.claims)}" | {_counted(finding, result)}'
        for claim in finding.claims:
            lines += ["|-", *([head] if head else []), *(f"| {cell}" for cell in _cells(claim, finding, result))]
            lines[-1] += references.of(claim)
            head = ""
    write_text(target, "\n".join([*lines, "|}", "{{reflist}}", ""]))
    return left_out(shown(result), KEEPS)


def _counted(finding: Finding, result: Reconciliation) -> str:
    words, subject = result.view.words, finding.subject
    period = describe_period(subject.since, finding.as_of)
    people = describe(subject, words, inline=True)
    people_text = f"{people}, {period}" if period else people
    return f"{escape(capitalised(describe_harm(subject.harm, words)))}: {escape(people_text)}"


def _cells(claim: Claim, finding: Finding, result: Reconciliation) -> tuple[str, ...]:
    ledger, fate = result.ledger, finding.fates[claim.id]
    words = "; ".join(dict.fromkeys(citation.words for citation in claim.citations if citation.words))
    stands = ", ".join([*([claim.modality] if claim.modality else []), *([fate] if fate is not Fate.STANDS else [])])
    via = "; ".join(
        dict.fromkeys(
            ", then ".join(r.name for r in citation.relays) for citation in claim.citations if citation.relays
        )
    )
    said_or_done = f"{claim.figure}" if claim.figure is not None else _act(claim, result)
    days = ((date and describe_date(date)) or "" for date in (claim.subject.until, claim.stated))
    through = f"via {via}" if via else ""
    return tuple(
        escape(text) for text in (ledger.sources[claim.source].name, words, said_or_done, *days, stands, through)
    )


def _act(claim: Claim, result: Reconciliation) -> str:
    """Say what a claim does that states no figure."""
    if claim.stance is Stance.SILENT:
        return f"no figure: {claim.silence.replace('-', ' ')}" if claim.silence else "no figure"
    other = result.ledger[claim.target] if claim.target is not None and claim.target in result.ledger else None
    whose = f" what {result.ledger.sources[other.source].name} says" if other else ""
    return f"{claim.stance.does}{whose}" + (f": the {claim.aspect}" if claim.aspect else "")


def write_infobox(result: Reconciliation, target: Writable, *, sides: Sequence[str] = ()) -> tuple[LeftOut, ...]:
    """Write the casualty fields of an infobox on a military conflict: what stands, by who says so, with references.

    The first field has the losses of the first side, the second those of the second, the third all others.

    Args:
        result: What the claims say together.
        target: A path or an open file.
        sides: The keys of the two sides in the order of the infobox; where they are left out, the first two that
            victims belong to, by name.

    Returns:
        What the fields could not carry.

    Raises:
        LedgerFileError: If the file cannot be written.

    Examples:
        >>> import io, casualties as cs
        >>> file = io.StringIO()
        >>> left = write_infobox(cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30").by("azerbaijan")), file)
        >>> print(file.getvalue().partition("<ref")[0])
        | casualties2 = '''Per Azerbaijan'''
        * 11 or more killed: civilians; 27 to 30 September 2020; reported
    """
    references, words = _References(result), result.view.words
    chosen = (sides,) if isinstance(sides, str) else tuple(sides)
    ours = chosen or tuple(sorted({finding.subject.side for finding in result if finding.subject.side}))
    fields: list[dict[str, list[tuple[str, Claim]]]] = [{}, {}, {}]
    set_aside = 0
    for finding in result:
        side = finding.subject.side
        place = next((at for at, key in enumerate(ours[:2]) if side and words.inside("side", side, key)), 2)
        for claim in finding.claims:
            if claim.figure is not None and finding.fates[claim.id] is Fate.STANDS:
                name = result.ledger.sources[claim.source].name
                line = _line(claim, result, hide=("side",) if place < 2 else ())
                fields[place].setdefault(name, []).append((line, claim))
            set_aside += claim.figure is not None and finding.fates[claim.id] is not Fate.STANDS
    lines = []
    for number, by_source in enumerate(fields, 1):
        lines_of_side = []
        for name, said in sorted(by_source.items()):
            lines_of_side += [f"'''Per {escape(name)}'''", *(f"* {line}{references.of(claim)}" for line, claim in said)]
        lines += [f"| casualties{number} = {lines_of_side[0]}", *lines_of_side[1:]] if lines_of_side else []
    write_text(target, "".join(f"{line}\n" for line in lines))
    more = [LeftOut(Part.FIGURES, set_aside, "an infobox shows what stands")] if set_aside else []
    return left_out(shown(result), INFOBOX_KEEPS, more)


def _line(claim: Claim, result: Reconciliation, hide: Sequence[str]) -> str:
    words, subject = result.view.words, claim.subject
    period = describe_period(subject.since, subject.until)
    people = describe(subject, words, one=str(claim.figure) == "1", inline=True, hide=hide)
    counted = f"{claim.figure} {describe_harm(subject.harm, words)}: {people}"
    return escape("; ".join(part for part in (counted, period, claim.modality) if part))


_NO_PLACE: Final = "a table shows claims, and nothing that holds of all of them"
_NOT_NAMED: Final = "a reader cannot tell which claims are meant"

KEEPS: Final[Mapping[Part, Fidelity]] = {
    **dict.fromkeys(Part, Fidelity(Grade.CLOSE, "in words")),
    **dict.fromkeys(
        (Part.FIGURES, Part.ASSUMED, Part.BEST), Fidelity(Grade.EXACT, "in our notation, beside the words")
    ),
    Part.WORDS: Fidelity(Grade.CLOSE, "every wording of a claim in one cell"),
    Part.REPLACEMENTS: Fidelity(Grade.CLOSE, "the claim replaced is marked so"),
    Part.READINGS: Fidelity(Grade.CANNOT, "a facet stands there without who read it so"),
    Part.SOURCES: Fidelity(Grade.LOSSY, "by name", lost="kinds and sides of sources", count=described_sources),
    Part.RELAYS: Fidelity(Grade.LOSSY, "by name", lost="kinds and sides of relays", count=described_relays),
    **dict.fromkeys(
        (
            *(Part.UNCITED, Part.TREES, Part.TOTALS, Part.APART, Part.TIMEZONE, Part.TITLES, Part.ASSESSMENTS),
            *(Part.ESTIMATES, Part.NOTES, Part.IDENTIFICATIONS, Part.UNREAD),
        ),
        Fidelity(Grade.CANNOT, _NO_PLACE),
    ),
    Part.TERMS: Fidelity(Grade.LOSSY, "their names are shown", lost="relations of declared words", count=related_terms),
    Part.LINKS: Fidelity(Grade.CANNOT, _NOT_NAMED),
}
"""How well a table keeps each part of a ledger."""

_SUMMARY: Final = "an infobox shows what stands, by who says so"

INFOBOX_KEEPS: Final[Mapping[Part, Fidelity]] = {
    **KEEPS,
    Part.FIGURES: Fidelity(Grade.LOSSY, "what stands; what was replaced or withdrawn is left out"),
    **dict.fromkeys(
        (
            Part.SILENCES,
            Part.DENIALS,
            Part.UNVERIFIED,
            Part.WITHDRAWALS,
            Part.REPLACEMENTS,
            Part.STATED,
            Part.WORDS,
            Part.RELAYS,
        ),
        Fidelity(Grade.CANNOT, _SUMMARY),
    ),
}
"""How well the fields of an infobox keep each part of a ledger."""

TABLE: Final = Format("wikitext-table", (".wikitext", ".wiki"), None, write_table, KEEPS, reconciles=True)
INFOBOX: Final = Format("wikitext-infobox", (".infobox",), None, write_infobox, INFOBOX_KEEPS, reconciles=True)
