"""Sheets tagged by HXL, the Humanitarian Exchange Language: the flat table with a row of hashtags.

One row is one claim and citation.  The count stands under hashtags that say what was counted, such as
``#affected+killed+f+children``: the bare tag has the one number, where the source states exactly one or prefers one;
``+min`` and ``+max`` have the ends, and an end that nobody states is an empty cell.  ``#meta+source+code`` and
``#meta+source+name`` say who states it.

What a row cannot hold is left out and reported.  Sheets of other publishers are read by a mapping.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from casualties.errors import LedgerFileError, MappingError, Problem
from casualties.files.csv import rows
from casualties.files.disk import Readable, Writable, name_of, read_text, write_text
from casualties.files.loss import EXACTLY, Fidelity, Format, Grade, LeftOut, Part, left_out
from casualties.files.problems import MAX_PROBLEMS
from casualties.files.rows import COLUMNS, read_rows
from casualties.model.harm import HARMS, Harm

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casualties.model.ledger import Ledger

__all__ = ["DATES", "FORMAT", "TAGS", "from_tags", "read", "write"]


ATTRIBUTES: Final = {attribute: str(known.harm) for known in HARMS.values() for attribute in known.hxl_read}
"""The attributes by which a column counts people harmed, and the harm."""

FACETS: Final = {
    "f": ("sex", "female"),
    "m": ("sex", "male"),
    "infants": ("age", "child"),
    "children": ("age", "child"),
    "adolescents": ("age", "child"),
    "adults": ("age", "adult"),
    "elderly": ("age", "elderly"),
    "civilian": ("status", "civilian"),
    "civilians": ("status", "civilian"),
    "combatant": ("status", "combatant"),
    "combatants": ("status", "combatant"),
    "military": ("status", "combatant"),
}
BOUNDS: Final = {"min": "at least", "max": "at most"}
PLACES: Final = ("#loc", "#adm5", "#adm4", "#adm3", "#adm2", "#adm1", "#country", "#region")
DATES: Final = ("YYYY-MM-DD", "YYYY-MM-DD time", "YYYY-MM-DDTtime", "YYYY-MM", "YYYY")


MODALITIES: Final = {"confirmed": "confirmed", "reported": "reported", "preliminary": "preliminary"}
PROBABLE: Final = {"killed": "probable-dead", "wounded": "probable-wounded"}
ROLES: Final = {
    "refugees": "refugee",
    "idps": "displaced person",
    "returnees": "returnee",
    "migrants": "migrant",
    "aidworkers": "aid worker",
    "staff": "staff",
    "police": "police",
    "medical": "medical worker",
    "journalists": "journalist",
    "students": "student",
    "teachers": "teacher",
}
RUNNING: Final = ("cumulative", "total")
"""Attributes of counts that run from a beginning that the table does not say."""

DAILY: Final = ("new", "daily")
"""Attributes of counts of one day."""

PLAIN: Final = ("ind", "num", "value", "people")
"""Attributes that say no more than that people are counted."""

YEAR: Final = re.compile(r"(?:y|year|_)?_?((?:19|20)[0-9]{2})")


@dataclass(slots=True)
class Tagged:
    """What the hashtags of a table say.

    Attributes:
        claims: The claims of the columns whose tags are known.
        terms: What they declare.
        refused: The columns that count people whom no claim can hold, and why.
    """

    claims: list[dict[str, Any]] = field(default_factory=list)
    terms: list[dict[str, Any]] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)


def from_tags(columns: tuple[str, ...], *, sourced: bool) -> Tagged:
    """Give the claims of a mapping that makes none itself, by what the hashtags of a table say.

    Args:
        columns: The tags of the columns.
        sourced: Whether the mapping says itself who says it.

    Raises:
        MappingError: If no hashtag counts people, or none says who says it.
    """
    shared: dict[str, Any] = {"cited": {"locator": "row {#row}"}}
    source = _column(columns, "#meta", "source")
    if not sourced and source is None:
        raise MappingError("the table has no #meta+source", "no-column", "give source in a mapping with tagged: true")
    if not sourced:
        shared["source"] = f"{{{source}}}"
    elif source is not None:
        shared["cited"]["title"] = f"{{{source}}}"
    place = next((found for tag in PLACES if (found := _column(columns, tag))), None)
    for name, column in (("stated", _column(columns, "#date", "reported")), ("event", _column(columns, "#event"))):
        if column is not None:
            shared[name] = f"{{{column}}}"
    if place is not None:
        shared["place"] = {"from": f"{{{place}}}", "absent": ""}  # a table by places may hold a count of all
    tagged = Tagged()
    for column in columns:
        tag, *attributes = column.split("+")
        harm = next((ATTRIBUTES[word] for word in attributes if word in ATTRIBUTES), None)
        if tag == "#affected" and harm is not None and columns.count(column) == 1:
            _count(tagged, {**shared, "harm": harm, "count": column}, attributes, columns)
    if not tagged.claims and not tagged.refused:
        raise MappingError(
            "the table has no column of people harmed", "no-column", "it needs a tag such as #affected+killed"
        )
    return tagged


def _count(tagged: Tagged, claim: dict[str, Any], attributes: list[str], columns: tuple[str, ...]) -> None:
    """Make the claim of a column that counts people, by its attributes; those that are not known refuse it."""
    claim |= _dated(claim["count"], attributes, columns)
    claim.update(FACETS[word] for word in attributes if word in FACETS)
    claim.update(("bound", BOUNDS[word]) for word in attributes if word in BOUNDS)
    claim.update(("modality", MODALITIES[word]) for word in attributes if word in MODALITIES)
    if "probable" in attributes and claim["harm"] in PROBABLE:
        claim["harm"], becomes = PROBABLE[claim["harm"]], claim["harm"]
        term = {"kind": "harm", "key": claim["harm"], "stock": "yes", "becomes": becomes}
        tagged.terms += [] if term in tagged.terms else [term]
        attributes = [word for word in attributes if word != "probable"]
    if roles := [ROLES[word] for word in attributes if word in ROLES]:
        claim["role"] = " ".join(roles)
    known = (*ATTRIBUTES, *FACETS, *BOUNDS, *MODALITIES, *ROLES, *RUNNING, *DAILY, *PLAIN)
    if unknown := [word for word in attributes if word not in known and not YEAR.fullmatch(word)]:
        tagged.refused[claim["count"]] = f"its tag has +{unknown[0]}, and which of the people that means is not known"
    else:
        tagged.claims.append(claim)


def _dated(count: str, attributes: list[str], columns: tuple[str, ...]) -> dict[str, str]:
    """Give the days that a column counts: a day for itself, or all days until that one."""
    start, end = _column(columns, "#date", "start"), _column(columns, "#date", "end")
    occurred = _column(columns, "#date", "occurred") or _column(columns, "#date", "year")
    plain = "#date" if columns.count("#date") == 1 else None
    until = end or occurred or plain
    beside = any(
        set(column.split("+")) - set(RUNNING) == set(count.split("+")) for column in columns if column != count
    )
    own = bool(set(attributes) & set(DAILY)) or beside
    since = start or occurred or (plain if own else None)
    if set(attributes) & set(RUNNING):
        since = start
    if year := next((match[1] for word in attributes if (match := YEAR.fullmatch(word))), None):
        return {"since": year, "until": year}
    return {name: f"{{{column}}}" for name, column in (("since", since), ("until", until)) if column is not None}


def _column(columns: tuple[str, ...], tag: str, *attributes: str) -> str | None:
    """Give the column with a tag and some attributes, first one with a name, then one with the fewest others."""
    candidates = [
        column
        for column in columns
        if column.split("+")[0] == tag and set(attributes) <= set(column.split("+")) and columns.count(column) == 1
    ]
    return min(
        candidates,
        key=lambda candidate: ("name" not in candidate.split("+"), candidate.count("+"), columns.index(candidate)),
        default=None,
    )


TAGS: Final[Mapping[str, str]] = {
    "claim_id": "#meta+id",
    "source": "#meta+source+code",
    "source_name": "#meta+source+name",
    "source_kind": "#meta+source+type",
    "source_side": "#meta+source+group",
    "stance": "#meta+stance",
    "harm": "#indicator+name",
    "side": "#group+side",
    "nationality": "#group+nationality",
    "status": "#group+status",
    "role": "#group+role",
    "age": "#group+age",
    "sex": "#group+sex",
    "place": "#loc+name",
    "event": "#event+name",
    "cause": "#cause+type",
    "weapon": "#cause+weapon",
    "perpetrator": "#group+perpetrator",
    "basis": "#meta+method",
    "accounted": "#meta+accounted",
    "presumed": "#meta+presumed",
    "with": "#meta+includes",
    "without": "#meta+excludes",
    "since": "#date+start",
    "until": "#date+end",
    "figure": "#meta+figure",
    "assumed": "#meta+assumed",
    "silence": "#meta+silence",
    "aspect": "#meta+aspect",
    "target": "#meta+target",
    "modality": "#meta+modality",
    "method": "#meta+estimate+method",
    "interval": "#meta+estimate+interval",
    "level": "#meta+estimate+level",
    "stated": "#date+stated",
    "replaces": "#meta+replaces",
    "our_reading": "#meta+reading+ours",
    "alleged": "#meta+alleged",
    "all": "#meta+whole",
    "only": "#meta+only",
    "present": "#meta+present",
    "notes": "#meta+notes",
    "extra": "#meta+extra",
    "reading": "#meta+reading+num",
    "report": "#meta+report+code",
    "publisher": "#meta+publisher",
    "report_title": "#meta+report+title",
    "address": "#meta+url",
    "published": "#date+published",
    "retrieved": "#date+retrieved",
    "saved": "#meta+report+saved",
    "relays": "#meta+relay+name",
    "relay_kinds": "#meta+relay+type",
    "relay_sides": "#meta+relay+group",
    "locator": "#meta+locator",
    "words": "#meta+words",
}
"""The hashtag of each column of the flat table; counts have tags of their own."""

_ENDS: Final[Mapping[str, str]] = {"low": "min", "high": "max", "best": "best"}
_PEOPLE: Final = {
    "child": "+children",
    "adult": "+adults",
    "elderly": "+elderly",
    "women-and-children": "+women_children",
    "female": "+f",
    "male": "+m",
}
_NO_ATTRIBUTE: Final = re.compile(r"[^a-z0-9_]+")
_COUNT_TAG: Final = re.compile(r"#affected(?:\+[a-z0-9_]+)*?(?:\+(min|max|best))?")


def write(ledger: Ledger, target: Writable) -> tuple[LeftOut, ...]:
    """Write a ledger as a sheet tagged by HXL.

    Returns:
        What no row could carry.

    Raises:
        LedgerFileError: If the file cannot be written.

    Examples:
        >>> import io, casualties as cs
        >>> file = io.StringIO()
        >>> left = write(cs.seeds.load("nagorno-karabakh-2020-09-30"), file)
        >>> left[0].part
        'declared words'
        >>> file.getvalue().splitlines()[1].split(",")[2]
        '#meta+source+name'
    """
    tagged_rows = [(row, _tag(row)) for row in rows(ledger)]
    tags = sorted({f"{tag}{end}" for row, tag in tagged_rows for end in _counts(row)})
    columns = [column for column in COLUMNS if column in TAGS]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n", strict=True)
    writer.writerow([*columns, *(tag.removeprefix("#").replace("+", " ") for tag in tags)])
    writer.writerow([*(TAGS[column] for column in columns), *tags])
    for row, tag in tagged_rows:
        counts = {f"{tag}{end}": count for end, count in _counts(row).items()}
        writer.writerow([*(row.get(column, "") for column in columns), *(counts.get(tag, "") for tag in tags)])
    write_text(target, out.getvalue())
    return left_out(ledger, KEEPS)


def _tag(row: Mapping[str, str]) -> str:
    """Give the hashtag under which the count of a row stands."""
    harms = [
        f"+{HARMS[Harm(harm)].hxl if harm in HARMS else _NO_ATTRIBUTE.sub('_', harm.lower())}"
        for harm in row["harm"].split("-or-")
    ]
    return "#affected" + "".join(harms) + "".join(_PEOPLE.get(row.get(name, ""), "") for name in ("sex", "age"))


def _counts(row: Mapping[str, str]) -> dict[str, str]:
    """Give the counts of a row by what is added to its hashtag."""
    ends = {f"+{end}": row[column] for column, end in _ENDS.items() if column in row}
    low, high = row.get("low"), row.get("high")
    count = row.get("best") or (low if low == high else None)
    return {"": count, **ends} if count else ends


def read(source: Readable) -> Ledger:
    """Read a ledger from a sheet that was written here.

    Raises:
        LedgerFileError: With every problem of the file, each with its row and column.

    Examples:
        >>> import io, casualties as cs
        >>> file, seed = io.StringIO(), cs.seeds.load("nagorno-karabakh-2020-09-30")
        >>> left = write(seed, file)
        >>> len(read(io.StringIO(file.getvalue())))
        8
    """
    name = name_of(source)
    table = csv.reader(io.StringIO(read_text(source), newline=""), strict=True)
    try:
        numbered = [(table.line_num, cells) for cells in table]
    except csv.Error as error:
        problem = Problem(f"row {table.line_num}", f"this is not a table: {error}", "mend the quotes", "notation")
        raise LedgerFileError(name, (problem,)) from error
    place = next((at for at, (_, cells) in enumerate(numbered) if TAGS["source"] in cells), None)
    if place is None:
        hint = "read sheets of other publishers by a mapping, with casualties.read_table"
        raise LedgerFileError(name, (Problem("", f"there is no column {TAGS['source']}", hint, "no-ledger"),))
    tags = numbered[place][1]
    problems = [*_above(tags, numbered[:place]), *_misplaced(tags, numbered[place + 1 :])]
    try:
        ledger = read_rows(_untagged(numbered[place:]), name, None)
    except LedgerFileError as error:
        raise LedgerFileError(name, (*problems, *error.problems)[:MAX_PROBLEMS]) from None
    if problems:
        raise LedgerFileError(name, tuple(problems[:MAX_PROBLEMS]))
    return ledger


def _above(tags: list[str], numbered: list[tuple[int, list[str]]]) -> Iterator[Problem]:
    """Find rows of data above the hashtags, where only titles and headings stand."""
    columns = {tag: column for column, tag in TAGS.items()}
    for number, cells in numbered:
        row = {columns.get(tag, tag): cell.strip() for tag, cell in zip(tags, cells, strict=False)}
        harms = row.get("harm", "").split("-or-")
        counted = any(cell.isdecimal() for tag, cell in row.items() if _COUNT_TAG.fullmatch(tag))
        if counted or all(harm in HARMS for harm in harms) or row.get("claim_id", "").startswith("c1-"):
            hint = "move it below the row of hashtags"
            yield Problem(f"row {number}", "a row of data above the hashtags, where none is read", hint, "above-tags")


def _misplaced(tags: list[str], numbered: list[tuple[int, list[str]]]) -> Iterator[Problem]:
    """Find counts under a hashtag that says other people than their row, and numbers that differ from its ends."""
    columns = {tag: column for column, tag in TAGS.items()}
    for number, cells in numbered:
        row = {columns.get(tag, tag): cell for tag, cell in zip(tags, cells, strict=False) if cell.strip()}
        if not row.get("harm"):
            continue  # told by the rows themselves
        own = _tag(row)
        for tag, cell in row.items():
            match = _COUNT_TAG.fullmatch(tag)
            bare = tag[: -len(match[1]) - 1] if match and match[1] else tag
            if match and bare != own:
                hint = f"move it to {own}{tag[len(bare) :]}, or mend what the row counts"
                yield Problem(f"row {number}, column {tag}", f"{cell!r} counts other people than its row", hint, "tag")
        low, high = row.get(f"{own}+min"), row.get(f"{own}+max")
        stated, meant = row.get(own), row.get(f"{own}+best") or (low if low == high else None)
        if stated != meant:
            said = (
                f"{meant!r} is what the row's own columns say" if meant else "the row's own columns name no one number"
            )
            hint = "mend one of them, or empty this cell and both ends, and write the figure"
            yield Problem(f"row {number}, column {own}", f"{stated or 'nothing'!r}: {said}", hint, "two-values")


def _untagged(numbered: list[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    """Give the rows under the names of our columns, with the counts of all hashtags in one place."""
    tags = numbered[0][1]
    columns = {tag: column for column, tag in TAGS.items()}
    ends = {end: column for column, end in _ENDS.items()}
    counted: dict[str, list[int]] = {column: [] for column in _ENDS}
    for at, tag in enumerate(tags):
        match = _COUNT_TAG.fullmatch(tag)
        if match and match[1]:
            counted[ends[match[1]]].append(at)
    plain = [at for at, tag in enumerate(tags) if not _COUNT_TAG.fullmatch(tag)]
    yield numbered[0][0], [*(columns.get(tags[at], tags[at]) for at in plain), *counted]
    for number, cells in numbered[1:]:
        if len(cells) != len(tags):
            yield number, cells
            continue
        counts = ["|".join(cells[at] for at in places if cells[at]) for places in counted.values()]
        yield number, [*(cells[at] for at in plain), *counts]


_WHY: Final = "a row is one claim read in one report"
_NOT_FOR_ALL: Final = "a table has no room for what holds of all claims"

KEEPS: Final = {
    **EXACTLY,
    Part.FIGURES: Fidelity(Grade.EXACT, "in words, with both ends under hashtags"),
    **dict.fromkeys(
        (Part.TERMS, Part.TOTALS, Part.APART, Part.TIMEZONE, Part.TITLES, Part.UNREAD),
        Fidelity(Grade.CANNOT, _NOT_FOR_ALL),
    ),
    **dict.fromkeys((Part.UNCITED, Part.ASSESSMENTS, Part.LINKS, Part.IDENTIFICATIONS), Fidelity(Grade.CANNOT, _WHY)),
    Part.TREES: Fidelity(Grade.CANNOT, "a row shows the name, kind and side of who speaks"),
}

FORMAT: Final = Format("hxl", (".hxl.csv",), read, write, KEEPS)
