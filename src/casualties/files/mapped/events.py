"""Events as a data set lists them, one a row: when, where, between whom, and with what figure."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from casualties.errors import CasualtiesError, MappingError, Problem
from casualties.files.mapped._claims import ClaimMaker, figures_of
from casualties.files.mapped._open import Row, Tabular, open_rows
from casualties.files.mapped._preset_names import preset
from casualties.files.mapped._slots import ROW, EventColumns, Slot
from casualties.files.mapped.cells import BadCellError, Cells, SlotReader, holds, text_of
from casualties.files.mapped.mapping import TableMapping
from casualties.model.figure import Figure
from casualties.model.period import PartialDate
from casualties.model.registry import Registry

__all__ = ["Event", "EventList", "events"]


@dataclass(frozen=True, slots=True)
class Event:
    """One event of a list.

    Attributes:
        key: The key by which claims and identifications name it.
        since: Its first day; ``None`` where it is not known.
        until: Its last day; the first where the list has one day.
        latitude: In degrees; ``None`` where no coordinates are given.
        longitude: In degrees.
        places: Names of the place, the nearest first.
        actors: Who fought, or who is said to have done it.
        kind: What kind of event it is, in the list's own words.
        status: What the victims were.
        figure: How many were killed; ``None`` where no number is given.  No comparison looks at it.
        row: The row of the table, counted from 1.

    Examples:
        >>> Event("sheet-1", PartialDate.parse("2020-08-18"), None).days
        (737655, 737655)
    """

    key: str
    since: PartialDate | None = None
    until: PartialDate | None = None
    latitude: float | None = None
    longitude: float | None = None
    places: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    kind: str | None = None
    status: str | None = None
    figure: Figure | None = None
    row: int = 0

    @property
    def days(self) -> tuple[int, int] | None:
        """The numbers of its first and its last day; ``None`` where no day is known."""
        first, last = self.since or self.until, self.until or self.since
        if first is None or last is None:
            return None
        start = first.earliest.toordinal()
        return start, max(start, last.latest.toordinal())


class EventList:
    """The events of one data set, in the order of their keys; it never changes.

    Args:
        name: What the data set is called.
        events: The events.
        problems: The rows that could not be read as events, with what is wrong in each.

    Raises:
        CasualtiesError: If two events have one key.

    Examples:
        >>> from casualties.files.mapped.events import EventList
        >>> len(EventList("sheet", [Event("sheet-1"), Event("sheet-2")]))
        2
    """

    __slots__ = ("_by_key", "name", "problems")

    def __init__(self, name: str, events: Iterable[Event] = (), problems: Iterable[Problem] = ()) -> None:
        ordered = sorted(events, key=lambda event: event.key)
        self.name: str = name
        self.problems: tuple[Problem, ...] = tuple(problems)
        self._by_key: dict[str, Event] = {event.key: event for event in ordered}
        if len(self._by_key) < len(ordered):
            keys = [event.key for event in ordered]
            twice = sorted({key for key, after in pairwise(keys) if key == after})
            raise CasualtiesError(
                f"events of {name}: {len(twice):,} keys stand there twice, such as {twice[0]!r}",
                "duplicate",
                "give each event a key of its own: key under events in the mapping",
            )

    def __iter__(self) -> Iterator[Event]:
        return iter(self._by_key.values())

    def __len__(self) -> int:
        return len(self._by_key)

    def __getitem__(self, key: str) -> Event:
        return self._by_key[key]

    def __contains__(self, key: object) -> bool:
        return key in self._by_key

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, EventList):
            return NotImplemented
        return (self.name, self._by_key) == (other.name, other._by_key)

    def __hash__(self) -> int:
        return hash((self.name, tuple(self._by_key)))

    def __repr__(self) -> str:
        unread = f", {len(self.problems):,} rows unread" if self.problems else ""
        return f"<EventList {self.name!r}: {len(self):,} events{unread}>"


def events(
    table: Tabular,
    mapping: str | os.PathLike[str] | TableMapping | Mapping[str, Any],
    *,
    name: str | None = None,
    kind: str | None = None,
) -> EventList:
    """Read a table as a list of events, by the same mapping that reads its claims.

    The key, the days and the figure are those of the first claim that a row makes, so that what is found of an event
    holds of its claims; what else tells events apart stands under ``events`` in the mapping.

    Args:
        table: A table, as for `casualties.read_table`.
        mapping: The name of a preset, the path of a mapping file, or a mapping.
        name: What the list is called; the name of the mapping where it is left out.
        kind: The kind of file, where its name does not say.

    Raises:
        MappingError: If the mapping is wrong, names no event, or names a column that the table lacks.
        LedgerFileError: If the file cannot be read; a row that is no event stands among the problems of the list.
        CasualtiesError: If two rows have one key.

    Examples:
        >>> import casualties as cs
        >>> rows = [{"code": 17, "day": "2020-08-18", "town": "Barda", "dead": "12-30"}]
        >>> mapping = {
        ...     "name": "sheet",
        ...     "source": "ministry",
        ...     "claims": [
        ...         {"harm": "killed", "count": "dead", "event": "sheet-{code}", "place": "{town}", "since": "{day}"}
        ...     ],
        ... }
        >>> [event] = cs.tables.events(rows, mapping)
        >>> event.key, str(event.since), event.places, str(event.figure)
        ('sheet-17', '2020-08-18', ('Barda',), '12–30')
    """
    chosen = preset(mapping) if isinstance(mapping, str | os.PathLike) else TableMapping.of(mapping)
    rows = open_rows(table, chosen, kind)
    try:
        reader = _Reader(chosen, rows.name)
        if rows.columns is not None:
            reader.check(rows.columns)
        event_rows = list(reader.events(rows.rows))
    finally:
        rows.close()
    return EventList(name or chosen.name, event_rows, reader.problems)


class _Reader:
    """Reads the events of one table."""

    def __init__(self, mapping: TableMapping, name: str) -> None:
        claim = mapping.claims[0] if mapping.claims else None
        event_columns = mapping.events or EventColumns()
        key = event_columns.key or (claim.event if claim else None)
        if claim is None or key is None:
            raise MappingError(
                f"{mapping.name}: its rows are no events",
                "bad-mapping",
                'give event: "{id}" to its first claim, or key under events',
            )
        self.problems: list[Problem] = []
        self._mapping = mapping
        self._name = name
        self._maker = ClaimMaker(claim, mapping, Registry(mapping.sources))
        place = event_columns.places or ((claim.place,) if claim.place else ())
        blamed = claim.perpetrator or claim.side
        self._slots: dict[str, tuple[Slot, ...]] = {
            "key": (key,),
            "since": _one(event_columns.since or claim.since),
            "until": _one(event_columns.until or claim.until),
            "latitude": _one(event_columns.latitude),
            "longitude": _one(event_columns.longitude),
            "places": place,
            "actors": event_columns.actors or _one(blamed),
            "kind": _one(event_columns.kind),
            "status": _one(event_columns.status or claim.status),
        }
        self._readers = {
            name: tuple(SlotReader(slot, mapping) for slot in slots) for name, slots in self._slots.items()
        }

    def check(self, columns: tuple[str, ...]) -> None:
        """See that every column is there that the events need."""
        needed = {column for slots in self._slots.values() for slot in slots for column in slot.columns}
        needed |= set(self._maker.ends.values())
        if lacking := sorted(needed - set(columns) - set(self._mapping.optional)):
            raise MappingError(
                f"{self._name}: it has no column {lacking[0]!r}",
                "no-column",
                f"it has {', '.join(map(repr, columns[:10]))}; name under events the columns that this table has",
            )

    def events(self, rows: Iterable[Row]) -> Iterator[Event]:
        """Give the events, and note what cannot be read."""
        for row in rows:
            cells = {**row.cells, ROW: row.number}
            if row.problem is not None:
                rule, message, *hint = row.problem
                self.problems.append(Problem(f"row {row.number}", message, "".join(hint), rule))
                continue
            if not holds(self._mapping.only, cells):
                continue
            try:
                event = self._event(cells)
            except (BadCellError, CasualtiesError) as error:
                message = str(getattr(error, "message", error))
                self.problems.append(Problem(f"row {cells[ROW]}", message, str(getattr(error, "hint", ""))))
                continue
            if event is not None:
                yield event

    def _event(self, cells: Cells) -> Event | None:
        texts = {
            name: tuple(text for reader in readers if (text := reader.text(cells)))
            for name, readers in self._readers.items()
            if name not in ("since", "until")
        }
        if not texts["key"]:
            return None
        since, until = (
            next((day for reader in self._readers[name] if (day := reader.day(cells)) is not None), None)
            for name in ("since", "until")
        )
        latitude, longitude = (_degrees(texts[name], most) for name, most in (("latitude", 90), ("longitude", 180)))
        if latitude is None or longitude is None:
            latitude = longitude = None
        return Event(
            texts["key"][0],
            since,
            until,
            latitude,
            longitude,
            tuple(dict.fromkeys(texts["places"])),
            tuple(dict.fromkeys(texts["actors"])),
            next(iter(texts["kind"]), None),
            next(iter(texts["status"]), None),
            self._figure(cells),
            int(cells[ROW]),
        )

    def _figure(self, cells: Cells) -> Figure | None:
        """Give the figure of the first claim; what cannot be read is left out, since reading the claims tells it."""
        ends = {}
        for end, column in self._maker.ends.items():
            try:
                figure = self._maker.count(end, cells.get(column)).figure
            except BadCellError:
                continue
            if figure is not None:
                ends[end] = figure
        try:
            figures = figures_of(ends) if ends else []
        except (BadCellError, CasualtiesError):
            return None
        return figures[0] if figures else None


def _one(slot: Slot | None) -> tuple[Slot, ...]:
    return (slot,) if slot is not None else ()


def _degrees(texts: tuple[str, ...], most: int) -> float | None:
    """Read degrees; ``None`` where there are none."""
    if not texts:
        return None
    try:
        degrees = float(texts[0])
    except ValueError:
        degrees = float("nan")
    if not abs(degrees) <= most:
        raise BadCellError("coordinates", f"{text_of(texts[0])!r} is no number of degrees", "write 40.37")
    return degrees
