"""Claims of a table as the kernel's integers, without an object for each.

Rows that say nothing of other claims, or only that they rest on another of their topic, are encoded as columns: of
every distinct source, source behind it and kind of subject, of every distinct figure, and of every distinct set of
dates one row is read as a file's would be, encoded as a ledger's would be, and its integers are taken for all.  Topics
on which a row says more go the way of objects, whole.
"""

# pyright: reportArgumentType=false

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from casualties.columns._answers import frames_of, typed
from casualties.columns._batches import COUNTS, TEXTS, batches, columns_of
from casualties.columns._identities import identities
from casualties.columns._lazy import Lazily
from casualties.columns._ledger import ledger_of
from casualties.columns._partitions import Found, found_in_objects, found_in_tables, order_of, put_together
from casualties.columns._tables import Tables, tables_of
from casualties.columns.schema import ATTRIBUTION, FACET_COLUMNS, FINDINGS, SUPPORT
from casualties.errors import LedgerError, LedgerFileError, Problem
from casualties.files.cells import split
from casualties.model.ledger import Ledger
from casualties.model.period import PartialDate
from casualties.model.source import Source, SourceKind, Sources
from casualties.model.subject import Subject
from casualties.reconciling.encoding import Encoded, encode
from casualties.reconciling.kernel import claims as given
from casualties.reconciling.kernel import reconcile
from casualties.reconciling.kernel.claims import Claims
from casualties.reconciling.view import View
from casualties.results import reconcile as as_objects

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    pc: Any  # its functions are made when it is loaded
else:
    np, pa, pc = (Lazily(name, "columns") for name in ("numpy", "pyarrow", "pyarrow.compute"))

__all__ = ["NO_CONTENT", "Rows", "tables_in_columns", "tables_of_rows"]

NO_CONTENT: Final = frozenset(
    {
        "claim_id",
        "source_name",
        "source_kind",
        "source_side",
        "figure",
        "present",
        "notes",
        "extra",
        "report",
        "publisher",
    }
    | {"report_title", "address", "published", "retrieved", "saved", "relays", "relay_kinds", "relay_sides", "locator"}
    | {"words", "based_on"}
)
"""Columns of texts that are no part of what a claim says."""

_LINKS: Final = ("target", "replaces")
_MORE: Final = ("perpetrator", "with", "aspect", "alleged", "method", "interval", "level", "only", "present", *_LINKS)
"""Columns that say more than a plain count: a row that fills one goes the way of objects, with all of its topic."""

NONE: Final = -1
BEYOND: Final = -2

_FREE: Final = ("event", "place", "without", "since")
"""Columns that tell topics apart and of which the kernel asks only whether they are filled."""

_ROOM: Final = 1 << 62
"""How many different sets of cells a number tells apart."""

_SHAPE: Final = ("source", "stance", "harm", "modality", "basis", "relays")
_FIGURE: Final = ("low", "high", "best", "assumed")
_DATES: Final = ("until", "stated", "published")
_CONTENT: Final = ("claim_id", *COUNTS, *(name for name in TEXTS if name not in NO_CONTENT))
_TOPIC: Final = tuple(name for name in FACET_COLUMNS if name not in ("perpetrator", "basis", "with"))


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a table, once: texts by number, with what each number stands for.

    Attributes:
        table: All rows in Arrow, with texts that are empty where nothing is said.
        codes: By column the number of each row's text, or its count.
        words: By column of texts what the numbers stand for, in Arrow.
    """

    table: pa.Table
    codes: dict[str, Any]
    words: dict[str, pa.Array]

    @classmethod
    def of(cls, table: Any) -> Rows:
        """Take the rows of a table of any engine."""
        names = columns_of(table)
        pieces = [pa.table({**batch.texts, **batch.counts}) for batch in batches(table, names)]
        pieces = pieces or [pa.table({name: pa.array([], pa.string()) for name in names if name in TEXTS})]
        rows = pa.concat_tables(pieces).combine_chunks()
        codes: dict[str, Any] = {}
        words: dict[str, pa.Array] = {}
        for name in rows.column_names:
            if name in TEXTS:
                found = rows[name].combine_chunks().dictionary_encode()
                found = found.chunk(0) if isinstance(found, pa.ChunkedArray) else found
                codes[name], words[name] = found.indices.to_numpy(), found.dictionary
            elif name in COUNTS:
                codes[name] = rows[name].fill_null(-1).to_numpy()
        return cls(rows, codes, words)

    @classmethod
    def encoded(cls, table: pa.Table) -> Rows:
        """Take rows that were read as columns, whose texts have numbers already; nothing is said where none has one."""
        codes: dict[str, Any] = {}
        words: dict[str, pa.Array] = {}
        for name in COUNTS:
            if name not in table.column_names:
                table = table.append_column(name, pa.nulls(table.num_rows, pa.int64()))
        for name in table.column_names:
            column = table[name].combine_chunks()
            column = pa.concat_arrays(column.chunks) if isinstance(column, pa.ChunkedArray) else column
            if name in TEXTS:
                column = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
                codes[name] = column.indices.fill_null(len(column.dictionary)).to_numpy()
                words[name] = pa.concat_arrays([column.dictionary, pa.array([""], pa.string())])
            elif name in COUNTS:
                codes[name] = column.fill_null(-1).to_numpy()
        return cls(table, codes, words)

    def take(self, places: Any) -> Rows:
        """Take some rows."""
        return Rows(
            self.table.take(pa.array(places)), {name: code[places] for name, code in self.codes.items()}, self.words
        )

    def __len__(self) -> int:
        return int(self.table.num_rows)

    def filled(self, name: str) -> Any:
        """Tell which rows fill a column."""
        if name not in self.codes:
            return np.zeros(len(self), bool)
        if name not in self.words:
            return self.codes[name] >= 0
        return pc.not_equal(self.words[name], "").to_numpy(zero_copy_only=False)[self.codes[name]]

    def texts(self, name: str) -> list[str]:
        """Give the distinct texts of a column, in the order of their numbers."""
        found: list[str] = self.words[name].to_pylist()
        return found

    def holding(self, ids: pa.Array) -> Any:
        """Give the row of each identity; -1 where none has it.  Of several rows it is any."""
        row = np.full(len(self.words["claim_id"]), -1, "int64")
        row[self.codes["claim_id"]] = np.arange(len(self))
        number = pc.index_in(ids, self.words["claim_id"]).fill_null(-1).to_numpy()
        return np.where(number < 0, -1, row[number])

    def together(self, names: Sequence[str], *masks: Any) -> Any:
        """Give rows equal numbers where they have equal cells in some columns taken together."""
        key, room = np.zeros(len(self), "int64"), 1
        for column in (*(self.codes[name] for name in names if name in self.codes), *masks):
            if not len(self):
                break
            code = column.astype("int64")
            least = int(code.min())
            size = int(code.max()) - least + 1
            if size > 1:
                if room * size >= _ROOM:
                    found, key = np.unique(key, return_inverse=True)
                    room = len(found)
                key = key * size + (code - least)
                room *= size
        return key

    def sources(self) -> Sources:
        """Give all sources as the rows describe them.

        Raises:
            LedgerFileError: If two rows describe one so that both cannot hold.
        """
        names = ("source", "source_name", "source_kind", "source_side")
        rows = np.unique(self.together(names), return_index=True)[1]
        cells = [
            [self.words[name][int(self.codes[name][row])].as_py() if name in self.words else "" for name in names]
            for row in rows
        ]
        described = {
            Source(key=key, names=split(name), kinds=[SourceKind(kind) for kind in split(kinds)], side=side or None)
            for key, name, kinds, side in cells
        }
        try:
            return Sources(sorted(described, key=lambda source: source.key))
        except LedgerError as error:
            problem = Problem("", error.message, error.hint, error.reason)
            raise LedgerFileError("the table", (problem,)) from error


def tables_in_columns(table: Any, as_of: PartialDate | None, most: int) -> tuple[Tables, int]:
    """Reconcile a table whose rows were checked, and count the rows that went the way of objects.

    Args:
        table: A frame with an identity in every row.
        as_of: The day asked about.
        most: The most rows that may go the way of objects; with more nothing is worked out.
    """
    return tables_of_rows(Rows.of(table), Ledger(), as_of, most)


def tables_of_rows(
    rows: Rows, beside: Ledger, as_of: PartialDate | None, most: int, *, attributed: bool = True
) -> tuple[Tables, int]:
    """Reconcile rows that were checked, and count those that went the way of objects.

    Args:
        rows: The rows, each with a number for its identity.
        beside: A ledger that declares sides, places and nationalities, and what is known of sources.
        as_of: The day asked about.
        most: The most rows that may go the way of objects; with more nothing is worked out.
        attributed: Whether the attribution is made; else it has no rows.
    """
    if not len(rows):
        return tables_of(as_objects(Ledger(), as_of=as_of)), 0
    beside = Ledger(
        [], sources=rows.sources() | beside.sources, terms=beside.words, apart=beside.apart, timezones=beside.timezones
    )
    rows = _once(rows)
    topic = rows.together([name for name in _TOPIC if name != "since"], _first_days(rows))
    base = _bases(rows, topic) if as_of is None else np.where(rows.filled("based_on"), BEYOND, NONE)
    apart = _saying_more(rows, topic, base, beside)
    left = int(apart.sum())
    if left > most:
        return Tables(None, None, None, ""), left
    found: list[Found] = []
    plain = np.flatnonzero(~apart)
    if not left:
        return _plain(rows, plain, topic, base, beside, as_of, attributed=attributed), 0
    if len(plain):
        found.append(found_in_tables(_plain(rows, plain, topic, base, beside, as_of, attributed=attributed)))
    if left:
        ledger = ledger_of(rows.table.filter(pa.array(apart)))
        ledger = beside.keeping(ledger)
        found.append(found_in_objects(as_objects(ledger, as_of=as_of)))
    whole = put_together(found)
    findings = typed(whole.findings.to_pandas(), FINDINGS)
    attribution = typed(whole.attribution.to_pandas(), ATTRIBUTION)
    return Tables(findings, attribution, typed(whole.support.to_pandas(), SUPPORT), whole.path), left


def _first_days(rows: Rows) -> Any:
    """Number the first days that tell topics apart: those of stocks, such as the missing, tell none apart."""
    if "since" not in rows.codes:
        return np.zeros(len(rows), "int64")
    stock = np.asarray([bool(word) and Subject(harm=split(word)).stock for word in rows.texts("harm")], bool)
    return np.where(stock[rows.codes["harm"]], -1, rows.codes["since"])


def _once(rows: Rows) -> Rows:
    """Keep each row once: a claim that is read twice in the same way is read once."""
    ids = rows.codes["claim_id"]
    several = np.flatnonzero((np.bincount(ids, minlength=1) > 1)[ids])
    if not len(several):
        return rows
    again = rows.take(several)
    first = np.unique(again.together(list(rows.codes)), return_index=True)[1]
    kept = np.ones(len(rows), bool)
    kept[several] = False
    kept[several[first]] = True
    return rows.take(np.flatnonzero(kept))


def _bases(rows: Rows, topic: Any) -> Any:
    """Give for each row the one on which it rests: `NONE`, or `BEYOND` where columns alone cannot tell what follows.

    They can where it rests on one claim of its own topic that states a figure and rests on nothing: then it is a copy,
    and on the word of that claim's source.
    """
    linked = rows.filled("based_on")
    base = np.full(len(rows), NONE, "int64")
    if not linked.any():
        return base
    row = np.where(linked, rows.holding(rows.words["based_on"])[rows.codes["based_on"]], NONE)
    plain = (row >= 0) & ~linked[row] & rows.filled("low")[row] & (topic[row] == topic)
    base[linked] = np.where(plain, row, BEYOND)[linked]
    return base


def _saying_more(rows: Rows, topic: Any, base: Any, beside: Ledger) -> Any:
    """Find the rows of topics on which some row says more than a plain count, is named by another, or stands twice.

    Who is said to have done it says more only where a source has a side, whose blame counts, or a count is ``only``
    of it, which is one of the columns as well.
    """
    more = base == BEYOND
    if more.any():
        cells = rows.words["based_on"].take(pa.array(np.unique(rows.codes["based_on"][more])))
        held = rows.holding(pc.list_flatten(pc.split_pattern(cells, "|")))
        more[held[held >= 0]] = True
    sided = any(beside.sources.side(key) is not None for key in beside.sources)
    for name in _MORE:
        if name != "perpetrator" or sided:
            more |= rows.filled(name)
    stances = np.asarray([word in ("states", "silent") for word in rows.texts("stance")], bool)
    states = np.asarray([word == "states" for word in rows.texts("stance")], bool)
    more |= ~stances[rows.codes["stance"]] | (states[rows.codes["stance"]] != rows.filled("low"))
    ids = rows.codes["claim_id"]
    more |= np.bincount(ids, minlength=1)[ids] > 1
    for name in _LINKS:
        if name in rows.words:
            held = rows.holding(pc.list_flatten(pc.split_pattern(rows.words[name], "|")))
            more[held[held >= 0]] = True
    return np.isin(topic, topic[more]) if more.any() else more


def _plain(
    rows: Rows, plain: Any, topic: Any, base: Any, beside: Ledger, as_of: PartialDate | None, *, attributed: bool
) -> Tables:
    """Encode rows by the distinct ones among them, with those on which they rest, and reconcile them."""
    likenesses = (each[plain] for each in _likenesses(rows, base, beside.sources))
    first = [np.unique(each, return_index=True, return_inverse=True)[1:] for each in likenesses]
    some = np.concatenate([plain[index] for index, _ in first])
    some = np.unique(np.concatenate([some, base[some][base[some] >= 0]]))
    encoded, at = _encoded(rows, some, beside, as_of)
    of_shape, of_figure, of_dates = (at[np.searchsorted(some, plain[index])][of] for index, of in first)
    columns = {name: np.asarray(getattr(encoded.claims, name), "int64") for name in Claims.__slots__}
    start, number = np.unique(topic[plain], return_index=True, return_inverse=True)[1:]
    taken: dict[str, Any] = {"topic": number}
    for name in ("root", "source", "series", "alone", "stake"):
        taken[name] = columns[name][of_shape]
    for name in ("low", "high", "best", "named_low", "named_high"):
        taken[name] = columns[name][of_figure]
    for name in ("until", "until_latest", "said", "said_latest", "moment"):
        taken[name] = columns[name][of_dates]
    marks = columns["marks"]
    taken["marks"] = (marks[of_shape] & ~given.LATER) | (marks[of_dates] & given.LATER)
    order = np.lexsort(tuple(taken[name] for name in ("series", "source", "root", "topic")))
    claims = Claims(**{name: taken[name][order] for name in Claims.__slots__})
    like = columns["topic"][of_shape[start]] if len(start) else start
    by_topic: dict[str, Any] = {
        name: np.asarray(getattr(encoded.context, name), "int64")[like]
        for name in ("stock", "victims", "counted_until", "closed")
    }
    context = replace(encoded.context, **by_topic, several={})
    answer = reconcile(claims, context)
    ids = _ids(rows, plain[order]) if attributed else None
    facets = _facets(rows, plain[start], encoded, like)
    listed = order_of(facets)
    texts = {name: cells.to_numpy(zero_copy_only=False) for name, cells in facets.items()}
    return Tables(*frames_of(claims, answer, ids, texts, listed), "columns")


def _likenesses(rows: Rows, base: Any, sources: Sources) -> tuple[Any, Any, Any]:
    """Number the rows by what the kernel asks: who says what kind of count, which figure, and on which dates."""
    names = {name.casefold() for each in sources.values() for name in (each.key, *each.names, *each.aliases)}
    published = np.zeros(len(rows), "int64")
    if "publisher" in rows.words:
        words = rows.texts("publisher")
        places = np.asarray(
            [1 + place if word.casefold() in names else int(bool(word)) for place, word in enumerate(words, 1)]
        )
        published = places[rows.codes["publisher"]]
    facets = [name for name in _TOPIC if name not in _FREE]
    filled = [rows.filled(name) for name in (*_FREE, "low", "locator", "report", "address", "report_title")]
    behind = np.where(base < 0, -1, rows.codes["source"][base])
    shape = rows.together((*_SHAPE, *facets), published, behind, *filled)
    return shape, rows.together(_FIGURE, rows.filled("low")), rows.together(_DATES)


def _encoded(rows: Rows, some: Any, beside: Ledger, as_of: PartialDate | None) -> tuple[Encoded, Any]:
    """Read some rows as a file's, encode them as a ledger's, and give the place of each among what is encoded."""
    ledger = ledger_of(rows.table.take(pa.array(some)))
    encoded = encode(View(beside.keeping(ledger), as_of))
    places = {claim.id: place for place, claim in enumerate(encoded.rows)}
    ids = _ids(rows, some)
    return encoded, np.asarray([places[each] for each in ids], "int64")


def _ids(rows: Rows, some: Any) -> list[str]:
    """Give the identities of some rows; those of a table without them are worked out."""
    given = rows.table.select([name for name in rows.table.column_names if name in _CONTENT])
    table = given.take(pa.array(some)).combine_chunks()
    if "claim_id" in table.column_names:
        found: list[str] = table["claim_id"].to_pylist()
        return found
    columns = {name: pa.concat_arrays(table[name].chunks) for name in table.column_names} if len(some) else {}
    texts = {name: cells.cast(pa.string()).fill_null("") for name, cells in columns.items() if name in TEXTS}
    return identities(texts, {name: columns[name] for name in COUNTS}).to_pylist() if columns else []


def _facets(rows: Rows, first: Any, encoded: Encoded, like: Any) -> dict[str, pa.Array]:
    """Give the columns that tell subjects apart: those of a row of each topic that its like keeps."""
    found: dict[str, pa.Array] = {}
    for name in FACET_COLUMNS:
        field = "with_" if name == "with" else name
        keeps = np.asarray([getattr(topic, field) not in (None, ()) for topic in encoded.topics], bool)
        if name not in rows.words or not keeps.any():
            found[name] = pa.nulls(len(first), pa.string())
            continue
        words = pc.if_else(pc.equal(rows.words[name], ""), pa.scalar(None, pa.string()), rows.words[name])
        found[name] = words.take(pa.array(rows.codes[name][first], mask=~keeps[like]))
    return found
