"""A mapping: which columns of a table are read as which parts of claims."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from difflib import get_close_matches
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from casualties.errors import MappingError, ModelError
from casualties.files._nodes import Fields, Items, Node, Scalar, compose
from casualties.files.mapped._slots import (
    AnySlot,
    Column,
    Conditions,
    DateFormat,
    Empty,
    GradeColumns,
    Pattern,
    ReportColumns,
    Sentinels,
    Slot,
    TermColumns,
    as_pairs,
)
from casualties.model.claim import ONLY
from casualties.model.harm import JOINABLE, Harm
from casualties.model.ledger import OFFSET, SETTABLE_APART
from casualties.model.record import Key, Keys, Record, Text, problems_of
from casualties.model.source import Source
from casualties.model.vocabulary import TermKind

__all__ = ["ClaimColumns", "GradeColumns", "Promise", "ReportColumns", "TableMapping", "TermColumns"]


class PartColumns(Record):
    """The columns of a whole of which a count is a part.

    A part of the number that a coder prefers is no exact count: it may be short by as much as that number is above the
    lowest, and long by as much as the highest is above it.

    Attributes:
        low: The column of the lowest count of the whole.
        best: That of the count that the coder prefers.
        high: That of the highest.

    Examples:
        >>> PartColumns(low="low", best="best", high="high").best
        'best'
    """

    low: Column
    best: Column
    high: Column


class ClaimColumns(Record):
    """One claim that a row makes, or one for each party of a joint statement.

    The count is one column of words or numbers, or up to three columns ``low``, ``best`` and ``high`` of one coder,
    which make one claim.

    Attributes:
        count: The column of the count.
        low: The column of the lowest count.
        best: The column of the count that the coder prefers.
        high: The column of the highest count.
        part_of: The columns of the whole of which it is a part; its ends then are assumed, and it is the best between
            them, or stands alone as the best where the whole's low, best and high do not rise.
        pattern: A regular expression that is searched in the count; its first group, or all of it, is read.
        otherwise: Whether a count without the pattern is to be ``refuse``d or says ``nothing``.
        bound: ``exactly``, ``at least`` or ``at most``: how a bare number is meant.
        each: The list within a row of which every item makes such a claim, such as ``sides`` in JSON.
        when: Columns with the texts that they must hold for the row to make the claim at all.
        unless: Columns with the texts that they must not hold.
        empty: What an empty cell means: the source is ``silent``, or ``nothing`` is said.
        sentinels: What stands for no count, and what it means: a kind of silence, or ``nothing``.
        harm: What happened to the people, with ``-or-`` between harms that one count joins; beyond the built-in
            harms one that ``terms`` declares.
        side, nationality, status, role, age, sex, place, event, cause, weapon, perpetrator, basis, accounted, presumed:
            Facets of the subject.
        with_: What the count expressly includes, in a file ``with``.
        without: What it expressly leaves out.
        since: The first day that is counted.
        until: The last day.
        stated: When the source said it.
        modality: How the source puts it.
        method: How the number was arrived at where nobody counted.
        interval: What the interval of an estimate is.
        level: The level of that interval in percent.
        only: Facets by which the counts are broken down, where the row gives them: ``perpetrator``.
        present: How many people were there, in words: no count of the harmed.
        note: What else should stay with the claim.
        source: Who says it; the mapping's own where it is not given.
        our_reading: Facets that the table does not print.
        all: Facets left out that the source means whole.
        cited: Where it was read.
        graded: Who graded it, and how.

    Raises:
        ModelError: If no column holds the count, or one column and a triple both do.

    Examples:
        >>> from casualties.files.mapped import ClaimColumns
        >>> ClaimColumns(harm="killed", low="low", best="best", high="high").counts
        ('low', 'best', 'high')
    """

    count: Column | None = None
    low: Column | None = None
    best: Column | None = None
    high: Column | None = None
    part_of: PartColumns | None = None
    pattern: Pattern | None = None
    otherwise: Literal["refuse", "nothing"] = "refuse"
    bound: AnySlot | None = None
    each: Column | None = None
    when: Conditions = ()
    unless: Conditions = ()
    empty: Empty | None = None
    sentinels: Sentinels = ()
    harm: AnySlot
    side: AnySlot | None = None
    nationality: AnySlot | None = None
    status: AnySlot | None = None
    role: AnySlot | None = None
    age: AnySlot | None = None
    sex: AnySlot | None = None
    place: AnySlot | None = None
    event: AnySlot | None = None
    cause: AnySlot | None = None
    weapon: AnySlot | None = None
    perpetrator: AnySlot | None = None
    basis: AnySlot | None = None
    accounted: AnySlot | None = None
    presumed: AnySlot | None = None
    with_: Annotated[Keys, Field(alias="with")] = ()
    without: Keys = ()
    since: AnySlot | None = None
    until: AnySlot | None = None
    stated: AnySlot | None = None
    modality: AnySlot | None = None
    method: AnySlot | None = None
    interval: AnySlot | None = None
    level: AnySlot | None = None
    only: Keys = ()
    present: AnySlot | None = None
    note: AnySlot | None = None
    source: AnySlot | None = None
    our_reading: Keys = ()
    all: Keys = ()
    cited: ReportColumns = ReportColumns()
    graded: GradeColumns | None = None

    def model_post_init(self, _context: Any, /) -> None:  # noqa: ANN401 - as pydantic declares it
        """Check that a count is read, in one way."""
        triple = (self.low, self.best, self.high)
        if (self.count is None) == (triple == (None, None, None)):
            raise ModelError(
                "claim: it reads its count from no column, or in two ways",
                "bad-mapping",
                "give count, or some of low, best and high",
            )
        if len(set(self.counts)) < len(self.counts):
            raise ModelError(
                f"claim: it reads {' and '.join(self.counts)} as its ends", "bad-mapping", "name each column once"
            )
        if unknown := set(self.only) - set(ONLY):
            raise ModelError(
                f"claim: only {min(unknown)!r} breaks no count down", "bad-mapping", f"one of {', '.join(ONLY)}"
            )

    @property
    def counts(self) -> tuple[str, ...]:
        """The columns that are read as counts.

        Examples:
            >>> ClaimColumns(harm="killed", count="dead").counts
            ('dead',)
        """
        return tuple(name for name in (self.count, self.low, self.best, self.high) if name is not None)


class Promise(Record):
    """What the format of a table promises of its rows, besides that low is not above best, nor best above high.

    A row that breaks a promise is reported, and its claims are kept.

    Attributes:
        rule: ``sum``: the parts make up the whole.  ``not-after``: the first date is not after the last.
            ``rising``: a running total never falls.  ``step``: a count is the step between two running totals, each
            the last before the other.
        column: The whole, the running total, or the count that is a step.
        parts: The columns that make up the whole.
        total: The running total of a step.
        first: The date that comes first.
        last: The date that comes last; several in one cell are parted by semicolons, and the latest counts.
        along: The date by which running totals follow one another.
        within: Columns that tell running totals apart.

    Examples:
        >>> from casualties.files.mapped import Promise
        >>> Promise(rule="sum", column="best", parts=["soldiers", "civilians"]).columns
        ('best', 'soldiers', 'civilians')
    """

    rule: Literal["sum", "not-after", "rising", "step"]
    column: Column | None = None
    parts: tuple[Column, ...] = ()
    total: Column | None = None
    first: Column | None = None
    last: Column | None = None
    along: Column | None = None
    within: tuple[Column, ...] = ()

    def model_post_init(self, _context: Any, /) -> None:  # noqa: ANN401 - as pydantic declares it
        """Check that the rule has what it needs, and nothing else."""
        needed = {
            "sum": {"column", "parts"},
            "not-after": {"first", "last"},
            "rising": {"column", "along"},
            "step": {"column", "total", "along"},
        }[self.rule]
        filled = {name for name in type(self).model_fields if getattr(self, name)} - {"rule"}
        if self.rule in ("rising", "step"):
            filled -= {"within"}
        if filled != needed:
            raise ModelError(
                f"promise {self.rule!r}: it takes {', '.join(sorted(needed))}, not {', '.join(sorted(filled))}",
                "bad-mapping",
            )

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it names.

        Examples:
            >>> Promise(rule="not-after", first="died", last="printed").columns
            ('died', 'printed')
        """
        one = (self.column, *self.parts, self.total, self.first, self.last, self.along, *self.within)
        return tuple(name for name in one if name is not None)


class TableMapping(Record):
    """How the columns of a table become claims: data, never code.

    Attributes:
        mapping: The version of this notation: 1.
        name: What the mapping is called.
        title: What the ledger that is read shall be called; none where it is absent.
        about: Where the meaning of the columns is said.
        delimiter: What parts the cells of a text file; tried out where it is not given.
        encoding: The encoding of a text file; UTF-8, or what its first bytes say, where it is not given.
        sheet: The sheet of a workbook; the first where it is not given.
        records: The key under which a JSON file holds its rows.
        tagged: The columns are known by their HXL hashtags, which stand in a row of their own.
        statements: Columns of running text that are taken apart into counts, each with the way to do it.
        only: Columns with the texts that they must hold; every other row is left outside, and counted.
        dates: Formats of dates; ``2020-09-30``, ``2020-09`` and ``2020`` where there are none.
        empty: What an empty count means: the source is ``silent``, or ``nothing`` is said.
        sentinels: What stands for no count in every claim.
        scientific: The program that wrote the table writes 100000 as ``1e+05``, as R does.
        lexicon: The convention by which words become figures.
        separators: What always parts the parties of a joint statement; none where sources are never joint.
        source: Who makes the claims that name no source.
        sources: What is known of sources; names that are not among them are sources of their own.
        terms: What rows declare of places, sides, roles and events.
        apart: As in a ledger: facets that mean the same to all sources, and kinds of words whose siblings stand apart.
        timezone: As in a ledger: the offset in which days end.
        claims: The claims that each row makes.
        promises: What the format promises of its rows.
        optional: Columns that the table may lack.

    Examples:
        >>> from casualties.files.mapped import TableMapping
        >>> mapping = TableMapping.parse('''
        ... mapping: 1
        ... name: sheet
        ... source: "{who}"
        ... claims: [{harm: killed, count: dead, place: "{town}"}]
        ... ''')
        >>> mapping.columns
        ('dead', 'town', 'who')
    """

    mapping: Literal[1] = 1
    name: Key
    title: Text | None = None
    about: Text | None = None
    delimiter: Annotated[str, StringConstraints(min_length=1, max_length=1)] | None = None
    encoding: Key | None = None
    sheet: Key | None = None
    records: Key | None = None
    tagged: bool = False
    statements: Annotated[tuple[tuple[str, Literal["infobox"]], ...], BeforeValidator(as_pairs)] = ()
    only: Conditions = ()
    dates: tuple[DateFormat, ...] = ()
    empty: Empty = "silent"
    sentinels: Sentinels = ()
    scientific: bool = False
    lexicon: Key = "as-worded"
    separators: tuple[Column, ...] = (";", "|")
    source: AnySlot | None = None
    sources: tuple[Source, ...] = ()
    terms: tuple[TermColumns, ...] = ()
    apart: Keys = ()
    timezone: Key | None = None
    claims: tuple[ClaimColumns, ...] = ()
    promises: tuple[Promise, ...] = ()
    optional: Keys = ()

    @model_validator(mode="before")
    @classmethod
    def _spread(cls, given: Any) -> Any:  # noqa: ANN401 - whatever was given
        """Write what claims share into each of them, and sources by key as a list."""
        data = dict(given)
        shared = data.pop("shared", {})
        if isinstance(shared, Mapping) and isinstance(data.get("claims"), list | tuple):
            data["claims"] = [{**shared, **claim} if isinstance(claim, Mapping) else claim for claim in data["claims"]]
        if isinstance(sources := data.get("sources"), Mapping):
            data["sources"] = [
                {**fields, "key": key} if isinstance(fields, Mapping) else fields for key, fields in sources.items()
            ]
        version = data.get("mapping", 1)
        data["mapping"] = int(version) if str(version).isdigit() else version
        return data

    def model_post_init(self, _context: Any, /) -> None:  # noqa: ANN401 - as pydantic declares it
        """Check that there are claims, and that every claim has a source."""
        if not self.claims and not self.tagged:
            raise ModelError("it makes no claims", "bad-mapping", "list them under claims")
        for place, claim in enumerate(self.claims, 1):
            if claim.source is None and self.source is None:
                raise ModelError(
                    f"claim {place}: it has no source", "bad-mapping", "give source to it or to the mapping"
                )
        if unknown := set(self.apart) - set(SETTABLE_APART):
            raise ModelError(
                f"apart {min(unknown)!r}: nothing that can be declared so",
                "bad-mapping",
                f"one of {', '.join(SETTABLE_APART)}",
            )
        if self.timezone is not None and OFFSET.fullmatch(self.timezone) is None:
            raise ModelError(f"timezone {self.timezone!r} is no offset", "bad-mapping", "write it as '+04:00'")
        self._check_harms()

    def _check_harms(self) -> None:
        """Check that every harm which the mapping itself writes is built in or declared."""
        for place, claim in enumerate(self.claims, 1):
            for harm in claim.harm.constants:
                if wrong := self.unknown_harm(harm):
                    message, hint = wrong
                    raise ModelError(f"claim {place}: {message}", "unknown-harm", hint)

    def unknown_harm(self, harm: str) -> tuple[str, str] | None:
        r"""Say what is wrong with a harm that is neither built in nor declared, and what to do; else nothing.

        Where rows declare harms of their own any is taken.

        Examples:
            >>> mapping = TableMapping.parse("name: sheet\nsource: us\nclaims: [{harm: killed, count: n}]")
            >>> mapping.unknown_harm("kiled")[0]
            "harm 'kiled' is neither built in nor declared"
            >>> mapping.unknown_harm("killed-or-wounded") is None
            True
        """
        declared = [term.key for term in self.terms if term.kind is TermKind.HARM]
        known = {*map(str, Harm), *(key.from_ for key in declared)}
        if (
            any(key.columns for key in declared)
            or harm in known
            or all(part in JOINABLE for part in harm.split("-or-"))
        ):
            return None
        near = _near_harm(harm, known)
        return (
            f"harm {harm!r} is neither built in nor declared",
            (f"did you mean {near!r}? " if near else "")
            + f"another harm: declare it under terms: {{kind: harm, key: {harm}}}",
        )

    @classmethod
    def parse(cls, text: str, name: str = "mapping") -> Self:
        r"""Read a mapping as people write it, in YAML; every value is text until it has its place.

        Args:
            text: The YAML.
            name: What to call the file in messages.

        Raises:
            MappingError: If it is no mapping; every problem is said, each with its place.

        Examples:
            >>> TableMapping.parse("name: sheet\nclaims: [{harm: killed, cuont: n}]", "m")
            Traceback (most recent call last):
            ...
            casualties.errors.MappingError: m: claims.0.cuont: extra inputs are not permitted, not 'n'
        """
        root, problems = compose(text)
        if problems:
            raise MappingError(f"{name}: " + "; ".join(map(str, problems)), "notation")
        if not isinstance(root, Fields):
            raise MappingError(f"{name}: it is no mapping", "bad-mapping", "write name: and claims:")
        return cls.of(_plain(root), name)

    @classmethod
    def of(cls, given: Self | Mapping[str, Any], name: str = "mapping") -> Self:
        """Take a mapping as it may be given in Python.

        Raises:
            MappingError: If it is no mapping; every problem is said, each with its place.

        Examples:
            >>> TableMapping.of({"name": "sheet", "source": "us", "claims": [{"harm": "killed", "count": "n"}]}).name
            'sheet'
        """
        if isinstance(given, cls):
            return given
        if not isinstance(given, Mapping):
            raise MappingError(f"{name}: a {type(given).__name__} is no mapping", "bad-mapping", "give a dictionary")
        try:
            return cls(**{str(key): value for key, value in given.items()})
        except ModelError as error:
            problems = problems_of(error)
            said = "; ".join(f"{each.place}: {each.message}" if each.place else each.message for each in problems)
            hint = next((each.hint for each in problems if each.hint), "")
            raise MappingError(f"{name}: {said}", "bad-mapping", hint) from error

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that a table must have.

        Examples:
            >>> TableMapping.of({"name": "a", "source": "b", "claims": [{"harm": "killed", "count": "n"}]}).columns
            ('n',)
        """
        named = {column for claim in self.claims for column in (*_claim_columns(claim), claim.each)}
        named |= {column for record in (self, *self.terms) for column in _slot_columns(record)}
        named |= {column for each in (self, *self.terms) for column, _ in _conditions_of(each)}
        named |= {column for promise in self.promises for column in promise.columns}
        named |= {column for column, _ in self.statements}
        lists = {claim.each.split(".")[0] for claim in self.claims if claim.each}
        own = {column for column in named if column is not None and column.split(".")[0] not in lists}
        return tuple(sorted((own | lists) - set(self.optional)))

    @property
    def inner_columns(self) -> tuple[str, ...]:
        """The columns that the items of lists must have.

        Examples:
            >>> claim = {"harm": "killed", "count": "sides.dead", "each": "sides"}
            >>> TableMapping.of({"name": "a", "source": "b", "claims": [claim]}).inner_columns
            ('sides.dead',)
        """
        found = {
            column
            for claim in self.claims
            if claim.each
            for column in _claim_columns(claim)
            if column.startswith(f"{claim.each}.")
        }
        return tuple(sorted(found - set(self.optional)))


def _conditions_of(record: Record) -> Conditions:
    names = ("only",) if isinstance(record, TableMapping) else ("when", "unless")
    return tuple(each for name in names for each in getattr(record, name, ()))


def _claim_columns(claim: ClaimColumns) -> set[str]:
    graded = _slot_columns(claim.graded) if claim.graded else set()
    conditions = {column for column, _ in _conditions_of(claim)}
    return {*claim.counts, *_slot_columns(claim), *_slot_columns(claim.cited), *graded, *conditions}


def _slot_columns(record: Record) -> set[str]:
    return {
        column
        for name in type(record).model_fields
        if isinstance(slot := getattr(record, name), Slot)
        for column in slot.columns
    }


def _near_harm(harm: str, known: Collection[str]) -> str | None:
    """Give the harm, or the harms that a count joins, which may have been meant."""
    near = [get_close_matches(part, sorted(known), n=1) for part in harm.split("-or-")]
    return "-or-".join(each[0] for each in near) if all(near) else None


def _plain(node: Node) -> Any:  # noqa: ANN401 - whatever the tree holds
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Items):
        return [_plain(member) for member in node.members]
    return {name: _plain(value) for name, (_, value) in node.members.items()} if isinstance(node, Fields) else None
