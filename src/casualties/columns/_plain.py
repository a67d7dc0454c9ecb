"""Rows that say no more than a plain count, encoded column by column and reconciled some topics at a time.

Of every distinct source, source behind it and kind of subject one row is read as a file's would be and encoded as a
ledger's would be, and its integers are taken for all; every distinct figure and date is encoded once.
"""

# pyright: reportArgumentType=false

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from casualties.columns._batches import COUNTS, TEXTS
from casualties.columns._coded import Rows
from casualties.columns._identities import Identities, harms
from casualties.columns._ledger import ledger_of
from casualties.columns._order import Days, days_of, ranks
from casualties.files.alike import Kinds, kinds
from casualties.files.cells import split
from casualties.files.rows import NO_CONTENT
from casualties.model.figure import End
from casualties.model.ledger import Ledger
from casualties.model.period import PartialDate
from casualties.model.source import Sources
from casualties.model.subject import Subject
from casualties.reconciling.encoding import NO_FIGURE, Encoded, encode, figured
from casualties.reconciling.kernel import claims as given
from casualties.reconciling.kernel import reconcile
from casualties.reconciling.kernel.claims import ROWS, Claims, Context
from casualties.reconciling.view import View
from casualties.results import Tables
from casualties.results.answers import Told
from casualties.show.optional import Lazily
from casualties.show.schema import FACET_COLUMNS

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    import pyarrow.dataset as ds

    pc: Any  # its functions are made when it is loaded
else:
    np, pa, pc, ds = (Lazily(name, "columns") for name in ("numpy", "pyarrow", "pyarrow.compute", "pyarrow.dataset"))

__all__ = ["CONTENT", "TABLES", "tables_of_plain", "topics_of"]

TABLES: Final = ("findings", "attribution", "support")

CONTENT: Final = (*COUNTS, *(name for name in TEXTS if name not in NO_CONTENT))
"""The columns by which claims are told from one another."""

_FREE: Final = ("event", "place", "without", "since")
"""Columns that tell topics apart and of which the kernel asks only whether they are filled."""

_OF_SOURCES: Final = ("side", "nationality", "accounted", "presumed", "without")
"""Facets of a subject by which what a source says of it may differ."""

_SHAPE: Final = ("source", "stance", "harm", "modality", "basis", "relays")
_FIGURE: Final = ("low", "high", "best", "assumed")
_DATES: Final = ("until", "stated", "published")
_TOPIC: Final = tuple(name for name in FACET_COLUMNS if name not in ("perpetrator", "basis", "with"))


_SEVERAL: Final = {"harm": harms, "with": split, "without": split}
"""How cells that may hold several words are taken apart."""


def topics_of(rows: Rows) -> Any:
    """Number the topics of rows, in the order in which subjects are listed."""
    ordered = [ranks(name, rows.words[name])[rows.codes[name]] for name in _TOPIC if name in rows.words]
    if "since" in rows.words:  # first days of stocks, such as the missing, tell no topics apart
        stock = np.asarray([bool(word) and Subject(harm=split(word)).stock for word in rows.texts("harm")], bool)
        ordered[-1] = np.where(stock[rows.codes["harm"]], -1, ordered[-1])
    return rows.together((), *ordered)


def tables_of_plain(
    rows: Rows,
    plain: Any,
    topic: Any,
    base: Any,
    beside: Ledger,
    as_of: PartialDate | None,
    *,
    lazily: bool = False,
    into: Path | None = None,
) -> Callable[[], Tables]:
    """Encode rows by the distinct ones among them, with those on which they rest, and reconcile them.

    What is given back makes the tables, and holds no rows, which may go before.

    Args:
        rows: All rows.
        plain: Which of them are reconciled, by their places.
        topic: The topics of all, as `topics_of` numbers them.
        base: By row that on which it rests; -1 for none.
        beside: What is known of sources, sides, places and nationalities.
        as_of: The day asked about.
        lazily: Whether the attribution is made when somebody asks for it.
        into: A folder to which the tables are written, so that they are never in memory whole.
    """
    shapes, figures, dates = (kinds(likeness[plain]) for likeness in _likenesses(rows, base, beside.sources))
    topics = kinds(topic[plain])
    first = plain[topics.first]
    subjects = kinds(_subjects(rows.take(first, _TOPIC)))
    some = np.concatenate([plain[shapes.first], first[subjects.first]])
    some = np.unique(np.concatenate([some, base[some][base[some] >= 0]]))
    encoded, at = _encoded(rows, some, beside, as_of)
    shape = at[np.searchsorted(some, plain[shapes.first])]
    columns = {name: np.asarray(getattr(encoded.claims, name), "int64")[shape] for name in _OF_SHAPE}
    columns["marks"] &= ~given.LATER
    # Rows in the order of topics, and of each in that of the kernel.
    rank = np.lexsort((columns["series"], columns["source"], columns["root"]))
    within = np.empty(len(rank), "int64")
    within[rank] = np.arange(len(rank))
    order = _ordered(topics.of, within, shapes.of)
    heads = np.concatenate([[0], np.cumsum(np.bincount(topics.of))])
    like = np.asarray(encoded.claims.topic, "int64")[at[np.searchsorted(some, first[subjects.first])]][subjects.of]
    tables = Told(len(heads) - 1)
    given_ = _Given(columns, shapes, _of_figures(rows, plain[figures.first]), figures)
    given_.dates, given_.of_dates = _of_dates(rows, plain[dates.first], as_of), dates.of
    for start, stop in _parts(heads):
        claims = given_.claims(order[heads[start] : heads[stop]], np.diff(heads[start : stop + 1]))
        tables.add(claims, reconcile(claims, _context(encoded.context, like[start:stop])))
    facets = _facets(rows, first, encoded, like)
    ids = partial(_ids, rows.keeping(("claim_id", *CONTENT)), plain[order].astype("int32"))
    return partial(_tables, tables, facets, ids if lazily else ids(), into)


def _tables(
    tables: Told, facets: dict[str, pa.Array], ids: pa.Array | Callable[[], pa.Array], into: Path | None
) -> Tables:
    if into is not None:
        tables.write(into, facets, ids)
        findings, attribution, support = (ds.dataset(str(into / name), format="parquet") for name in TABLES)
        return Tables(findings, attribution, support, "columns")
    return Tables(*tables.frames(facets, ids), "columns")


_OF_SHAPE: Final = ("root", "source", "series", "alone", "stake", "marks")
_OF_FIGURE: Final = ("low", "high", "best", "named_low", "named_high")
_OF_DATES: Final = ("until", "until_latest", "said", "said_latest", "moment")


class _Given:
    """What the kernel is given of rows, by their shape, their figure and their dates."""

    def __init__(self, shape: dict[str, Any], shapes: Kinds, figure: dict[str, Any], figures: Kinds) -> None:
        self._shape, self._of_shape = shape, shapes.of
        self._figure, self._of_figure = figure, figures.of
        self.dates: dict[str, Any] = {}
        self.of_dates: Any = None

    def claims(self, rows: Any, sizes: Any) -> Claims:
        """Give the claims of some topics, of which each has some of the rows."""
        taken: dict[str, Any] = {"topic": np.repeat(np.arange(len(sizes)), sizes)}
        for columns, of in (
            (self._shape, self._of_shape), (self._figure, self._of_figure), (self.dates, self.of_dates),
        ):  # fmt: skip
            places = of[rows]
            for name, column in columns.items():
                taken[name] = taken[name] | column[places] if name in taken else column[places]
        return Claims(**taken)


def _ordered(topic: Any, within: Any, shape: Any) -> Any:
    """Order rows by topic, in it by a rank that each shape has, and then as they came."""
    number, size = len(topic), len(within)
    place = number.bit_length()
    if number and (int(topic.max()) + 1) * size >> (62 - place):
        return np.lexsort((within[shape], topic))
    key = topic.astype("int64")
    key *= size
    key += within[shape]
    key <<= place
    key |= np.arange(number)
    key.sort()
    key &= (1 << place) - 1
    return key.astype("int32")


def _parts(heads: Any) -> list[tuple[int, int]]:
    """Part the topics so that none has more rows than the kernel takes at once, except where one topic has."""
    cuts = [0]
    while cuts[-1] < len(heads) - 1:
        last = int(np.searchsorted(heads, heads[cuts[-1]] + ROWS, "right")) - 1
        cuts.append(max(last, cuts[-1] + 1))
    return list(pairwise(cuts))


def _context(context: Context, like: Any) -> Context:
    """Give what stands beside some topics that are like those encoded."""
    by_topic: dict[str, Any] = {
        name: np.asarray(getattr(context, name), "int64")[like]
        for name in ("stock", "victims", "counted_until", "closed")
    }
    return replace(context, **by_topic, several={})


def _likenesses(rows: Rows, base: Any, sources: Sources) -> tuple[Any, Any, Any]:
    """Number the rows by what the kernel asks: who says what kind of count, which figure, and on which dates."""
    names = {name.casefold() for source in sources.values() for name in (source.key, *source.names, *source.aliases)}
    published = np.zeros(len(rows), "int64")
    if "publisher" in rows.words:
        words = rows.texts("publisher")
        places = np.asarray(
            [1 + place if word.casefold() in names else int(bool(word)) for place, word in enumerate(words, 1)]
        )
        published = places[rows.codes["publisher"]]
    filled = [rows.filled(name) for name in (*_FIGURE[:1], "locator", "report", "address", "report_title")]
    behind = np.where(base < 0, -1, rows.codes["source"].astype("int32")[base])
    shape = rows.together((*_SHAPE, *_OF_SOURCES), published, behind, *filled)
    return shape, rows.together(_FIGURE, rows.filled("low")), rows.together(_DATES)


def _subjects(rows: Rows) -> Any:
    """Number rows by what the kernel asks of their subject."""
    return rows.together([name for name in _TOPIC if name not in _FREE], *map(rows.filled, _FREE))


def _encoded(rows: Rows, some: Any, beside: Ledger, as_of: PartialDate | None) -> tuple[Encoded, Any]:
    """Read some rows as a file's, encode them as a ledger's, and give the place of each among what is encoded."""
    ledger = ledger_of(rows.table(some))
    encoded = encode(View(beside.keeping(ledger), as_of))
    places = {claim.id: place for place, claim in enumerate(encoded.rows)}
    return encoded, np.asarray([places[place] for place in _ids(rows, some).to_pylist()], "int64")


def _of_figures(rows: Rows, some: Any) -> dict[str, Any]:
    """Encode the distinct figures."""
    low, high, best = (rows.codes[name][some].tolist() for name in COUNTS)
    marks = [frozenset[End]()] * len(some)
    if "assumed" in rows.words:
        words = [frozenset(map(End, split(word))) for word in rows.texts("assumed")]
        marks = [words[code] for code in rows.codes["assumed"][some].tolist()]
    ends = [
        NO_FIGURE if a < 0 else figured(a, None if b < 0 else b, None if c < 0 else c, assumed)
        for a, b, c, assumed in zip(low, high, best, marks, strict=True)
    ]
    return dict(zip(_OF_FIGURE, np.asarray(ends, "int64").reshape(-1, 5).T.copy(), strict=True))


def _of_dates(rows: Rows, some: Any, as_of: PartialDate | None) -> dict[str, Any]:
    """Encode the distinct sets of dates, as `casualties.model.claim.Claim.day` and what was said when have them."""
    nothing = Days(*(np.zeros(len(some), "int64") for _ in range(3)))
    until, stated, published = (
        Days(*(column[rows.codes[name][some]] for column in days_of(rows.words[name])))
        if name in rows.words
        else nothing
        for name in _DATES
    )
    is_stated, is_counted = stated.latest > 0, until.latest > 0
    known = [np.where(is_stated, *pair) for pair in zip(stated[:2], published[:2], strict=True)]
    day, latest = (np.where(is_counted, *pair) for pair in zip(until[:2], known, strict=True))
    said = np.where(is_stated, stated.earliest, (published.latest > 0).astype("int64"))  # from the first day on
    moment = np.where(stated.moment != 0, stated.moment + (1 << 60), 0)
    later = np.zeros(len(some), bool) if as_of is None else (latest > 0) & (latest > as_of.latest.toordinal())
    marks = np.where(later, given.LATER, 0)
    return dict(zip((*_OF_DATES, "marks"), (day, latest, said, known[1], moment, marks), strict=True))


_HASHED: Final = 1 << 16
"""Of how many rows the identities are worked out together."""


def _ids(rows: Rows, some: Any) -> pa.Array:
    """Give the identities of some rows; those of a table without them are worked out."""
    if rows.ids is not None:
        return rows.ids.take(pa.array(some))
    parts = []
    writer = Identities({name: rows.words[name] for name in CONTENT if name in rows.words})
    for start in range(0, len(some), _HASHED):
        places = some[start : start + _HASHED]
        codes = {name: pa.array(rows.codes[name][places]) for name in CONTENT if name in rows.words}
        counts = {name: rows.codes[name][places].astype("int64") for name in COUNTS}
        parts.append(writer.of(codes, {name: pa.array(count, mask=count < 0) for name, count in counts.items()}))
    return pa.concat_arrays(parts) if parts else pa.array([], pa.string())


def _facets(rows: Rows, first: Any, encoded: Encoded, like: Any) -> dict[str, pa.Array]:
    """Give the columns that tell subjects apart: those of a row of each topic that its like keeps."""
    nothing = pa.nulls(len(first), pa.large_string())
    columns: dict[str, pa.Array] = {}
    for name in FACET_COLUMNS:
        field = "with_" if name == "with" else name
        keeps = np.asarray([getattr(topic, field) not in (None, ()) for topic in encoded.topics], bool)
        if name not in rows.words or not keeps.any():
            columns[name] = nothing
            continue
        words = rows.words[name]
        if take := _SEVERAL.get(name):
            words = pa.array(["; ".join(take(cell)) for cell in rows.texts(name)], pa.string())
        said = keeps[like] & rows.filled(name)[first]
        codes = pa.array(rows.codes[name][first].astype("int32"), mask=~said)
        columns[name] = pa.DictionaryArray.from_arrays(codes, words)
    return columns
