"""A mapping: which columns of a table are read as which parts of claims."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from itertools import pairwise
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from casualties.errors import MappingError, ModelError
from casualties.files._nodes import Fields, Items, Node, Scalar, compose
from casualties.files.mapped._bounds import qualified
from casualties.files.mapped._columns import Check, ClaimColumns, columns_named
from casualties.files.mapped._dates import IN_WORDS, DateFormat, has_year
from casualties.files.mapped._mapping_problems import wrong_mapping
from casualties.files.mapped._slots import (
    AnySlot,
    Column,
    Conditions,
    Empty,
    EventColumns,
    Sentinels,
    Slot,
    TermColumns,
    as_pairs,
)
from casualties.files.problems import close
from casualties.model.harm import JOINABLE, Harm
from casualties.model.ledger import OFFSET, SETTABLE_APART
from casualties.model.record import Key, Keys, Record, Text
from casualties.model.source import Source
from casualties.model.vocabulary import TermKind
from casualties.wording import lexicons

__all__ = ["TableMapping"]


def _whole(written: object) -> object:
    """Take a number as YAML gives it, as text."""
    return int(written) if isinstance(written, str) and written.isascii() and written.isdigit() else written


def _rows(written: object) -> object:
    """Take one row, or several one below the other."""
    return [_whole(number) for number in written] if isinstance(written, list | tuple) else [_whole(written)]


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
        header: The rows in which the names of the columns stand, such as ``4`` or ``[4, 5]``; the first row that holds
            the columns of the mapping where it is not given.  The names of two rows are joined by `` / ``.
        skip_footer: How many rows at the end are no rows of the table.
        total_rows: What becomes of a row that calls itself a total: ``refuse`` it into quarantine, leave it
            ``outside``, or ``keep`` it as a claim.
        fill_down: Columns in which an empty cell means what stands above it.
        thousands: What stands between thousands: ``.``, ``,``, a space or an apostrophe.
        decimal: What stands before decimals: ``.`` or ``,``.
        year: The year of dates that are written without one.
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
        events: What tells the event of a row from others, for `events`; reading claims does not need it.
        apart: As in a ledger: facets that mean the same to all sources, and kinds of words whose siblings stand apart.
        timezone: As in a ledger: the offset in which days end.
        claims: The claims that each row makes.
        checks: What its rows are held to.
        optional: Columns that the table may lack.
        assumed: What was assumed where the mapping was proposed; whoever reads a table by it is told.

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
    header: Annotated[tuple[Annotated[int, Field(ge=1, le=1000)], ...], BeforeValidator(_rows)] = ()
    skip_footer: Annotated[int, Field(ge=0), BeforeValidator(_whole)] = 0
    total_rows: Literal["refuse", "outside", "keep"] = "refuse"
    fill_down: tuple[Column, ...] = ()
    thousands: Literal[".", ",", " ", "'", "’"] | None = None
    decimal: Literal[".", ","] | None = None
    year: Annotated[Annotated[int, Field(ge=1, le=9999)] | None, BeforeValidator(_whole)] = None
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
    events: EventColumns | None = None
    apart: Keys = ()
    timezone: Key | None = None
    claims: tuple[ClaimColumns, ...] = ()
    checks: tuple[Check, ...] = ()
    optional: Keys = ()
    assumed: tuple[Text, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _spread(cls, written: Any) -> Any:  # noqa: ANN401 - whatever was given
        """Write what claims share into each of them, and sources by key as a list."""
        data = dict(written)
        shared = data.pop("shared", {})
        if isinstance(shared, Mapping) and isinstance(data.get("claims"), list | tuple):
            data["claims"] = [{**shared, **claim} if isinstance(claim, Mapping) else claim for claim in data["claims"]]
        if named := columns_named(data.get("sources")):
            data.pop("sources")
            data["source"] = named
        if isinstance(sources := data.get("sources"), Mapping):
            data["sources"] = [
                {**fields, "key": key} if isinstance(fields, Mapping) else fields for key, fields in sources.items()
            ]
        version = data.get("mapping", 1)
        data["mapping"] = int(version) if str(version).isdigit() else version
        return data

    def model_post_init(self, _context: object, /) -> None:
        """Check that there are claims, and that every claim has a source."""
        if not self.claims and not self.tagged:
            raise ModelError("it makes no claims", "bad-mapping", "list them under claims")
        for place, claim in enumerate(self.claims, 1):
            if claim.source is None and self.source is None:
                raise ModelError(
                    f"claim {place}: it has no source", "bad-mapping", "give source to it or to the mapping"
                )
        self._check_notation()
        if unknown := set(self.apart) - set(SETTABLE_APART):
            raise ModelError(
                f"apart {min(unknown)!r}: nothing that can be declared so",
                "bad-mapping",
                f"one of {', '.join(SETTABLE_APART)}",
            )
        if self.timezone is not None and OFFSET.fullmatch(self.timezone) is None:
            raise ModelError(f"timezone {self.timezone!r} is no offset", "bad-mapping", "write it as '+04:00'")
        self._check_harms()

    def _check_notation(self) -> None:
        """Check what can be checked of formats of dates, marks and qualifiers before any row is read."""
        if self.thousands is not None and self.thousands == self.decimal:
            raise ModelError(f"thousands and decimal are both {self.decimal!r}", "bad-mapping", "say one of them")
        if any(first + 1 != other for first, other in pairwise(self.header)):
            raise ModelError(
                f"header {list(self.header)}: the rows do not follow one another", "bad-mapping", "such as [4, 5]"
            )
        slots = [*self._slots()]
        for form in (*self.dates, *(form for slot in slots for form in slot.dates)):
            if self.year is None and form != IN_WORDS and not has_year(form):
                raise ModelError(
                    f"date format {form!r}: it has no year", "bad-mapping", "write it like DD/MM/YYYY, or give year"
                )
        if self.lexicon not in lexicons.BUILT_IN and self.lexicon not in lexicons.names():
            raise ModelError(
                f"lexicon {self.lexicon!r}: there is none of this name",
                "bad-mapping",
                close(self.lexicon, lexicons.names()),
            )
        for claim in self.claims:
            for phrase in claim.bound.constants if claim.bound else ():
                qualified(100, phrase, self.lexicon)

    def _slots(self) -> Iterator[Slot]:
        records: list[Record] = [self, *self.terms]
        for claim in self.claims:
            records += [claim, claim.cited, *claim.also_cited, *([claim.graded] if claim.graded else [])]
        for record in records:
            yield from (slot for name in type(record).model_fields if isinstance(slot := getattr(record, name), Slot))

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
            casualties.errors.MappingError: m: line 2, column 25, claim 1: unknown key 'cuont'
            Hint: did you mean 'count'?
        """
        root, problems = compose(text)
        if problems:
            raise MappingError(f"{name}: " + "; ".join(map(str, problems)), "notation")
        if not isinstance(root, Fields):
            raise MappingError(f"{name}: it is no mapping", "bad-mapping", "write name: and claims:")
        return cls._made(_plain(root), name, root)

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
        return cls._made(given, name, None)

    @classmethod
    def _made(cls, fields: Mapping[str, Any], name: str, root: Node | None) -> Self:
        try:
            return cls(**{str(key): value for key, value in fields.items()})
        except ModelError as error:
            raise wrong_mapping(error, name, cls, root) from error

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that a table must have.

        Examples:
            >>> TableMapping.of({"name": "a", "source": "b", "claims": [{"harm": "killed", "count": "n"}]}).columns
            ('n',)
        """
        named = {column for claim in self.claims for column in (*_claim_columns(claim), claim.each)}
        named |= {column for record in (self, *self.terms) for column in _slot_columns(record)}
        named |= {column for record in (self, *self.terms) for column, _ in _conditions_of(record)}
        named |= {column for check in self.checks for column in check.columns}
        named |= {column for column, _ in self.statements}
        named |= set(self.fill_down)
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
        columns = {
            column
            for claim in self.claims
            if claim.each
            for column in _claim_columns(claim)
            if column.startswith(f"{claim.each}.")
        }
        return tuple(sorted(columns - set(self.optional)))


def _conditions_of(record: Record) -> Conditions:
    names = ("only",) if isinstance(record, TableMapping) else ("when", "unless")
    return tuple(condition for name in names for condition in getattr(record, name, ()))


def _claim_columns(claim: ClaimColumns) -> set[str]:
    graded = _slot_columns(claim.graded) if claim.graded else set()
    conditions = {column for column, _ in _conditions_of(claim)}
    cited = {column for report_columns in (claim.cited, *claim.also_cited) for column in _slot_columns(report_columns)}
    whole = {claim.part_of.low, claim.part_of.best, claim.part_of.high} if claim.part_of else set()
    return {*claim.counts, *claim.keep, *whole, *_slot_columns(claim), *cited, *graded, *conditions}


def _slot_columns(record: Record) -> set[str]:
    return {
        column
        for name in type(record).model_fields
        if isinstance(slot := getattr(record, name), Slot)
        for column in slot.columns
    }


def _near_harm(harm: str, known: Collection[str]) -> str | None:
    near = [get_close_matches(part, sorted(known), n=1) for part in harm.split("-or-")]
    return "-or-".join(nearest[0] for nearest in near) if all(near) else None


def _plain(node: Node) -> Any:  # noqa: ANN401 - whatever the tree holds
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Items):
        return [_plain(member) for member in node.members]
    return {name: _plain(value) for name, (_, value) in node.members.items()} if isinstance(node, Fields) else None
