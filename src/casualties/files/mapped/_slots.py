"""Where single values come from: templates over the cells of a row, conditions, and formats of dates."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Final, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from casualties.files.mapped._dates import DateFormat
from casualties.files.mapped._patterns import checked
from casualties.model.record import Record
from casualties.model.vocabulary import TermKind

__all__ = [
    "PLACEHOLDER",
    "ROW",
    "AnySlot",
    "Column",
    "Conditions",
    "Empty",
    "EventColumns",
    "GradeColumns",
    "Pairs",
    "Pattern",
    "ReportColumns",
    "Sentinels",
    "Slot",
    "TermColumns",
    "as_pairs",
]

PLACEHOLDER: Final = re.compile(r"\{([^{}]+)\}")
"""The name of a column within a template."""

ROW: Final = "#row"
"""The placeholder for the number of the row."""


def as_pairs(given: object) -> object:
    if not isinstance(given, Mapping):
        return given
    return tuple(sorted((str(key), value) for key, value in given.items()))


def _conditions(written: object) -> object:
    if not isinstance(written, Mapping):
        return written
    return tuple(sorted((str(key), (value,) if isinstance(value, str) else value) for key, value in written.items()))


def _slot(written: object) -> object:
    """Take a bare text as a slot, and a list of texts as all of them that a row has."""
    if isinstance(written, str):
        return {"from": written}
    if isinstance(written, list | tuple) and written and all(isinstance(column, str) for column in written):
        return {"from": written[0], "and": written[1:]}
    return written


Pairs = Annotated[tuple[tuple[str, str], ...], BeforeValidator(as_pairs)]
Conditions = Annotated[tuple[tuple[str, tuple[str, ...]], ...], BeforeValidator(_conditions)]
Pattern = Annotated[str, BeforeValidator(checked)]
Column = Annotated[str, StringConstraints(min_length=1)]
Empty = Literal["silent", "nothing"]
Sentinel = Literal["not-mentioned", "withheld", "being-determined", "unknown", "nothing"]
Sentinels = Annotated[tuple[tuple[str, Sentinel], ...], BeforeValidator(as_pairs)]


class Slot(Record):
    """Where one value of a claim comes from: a text in which ``{column}`` stands for the cell of that column.

    A text without a column is a constant.  Where a cell that it names is empty, the value is absent.
    In Python and YAML alike a bare text may stand for a slot, and a list of texts for as many of them as a row has.

    Attributes:
        from_: The text, in a file ``from``; ``{#row}`` is the number of the row.
        and_: More such texts, in a file ``and``; those whose cells are filled are joined by semicolons.
        pattern: A regular expression that is searched in the text; its first group, or all of it, is the value.
        values: What is written for what; ``""`` makes the value absent.
        otherwise: What becomes of a text that the pattern or the values do not know.
        absent: The value where a cell that it names is empty, which may name another cell; absent where it is not
            given.
        dates: Formats of a date, such as ``DD/MM/YYYY``; the mapping's own where there are none.
        days_after: For a date that is given as a number of days: the day before day 1.
        days_back: How many days to go back from the date.

    Examples:
        >>> from casualties.files.mapped import Slot
        >>> Slot(**{"from": "{country}", "values": {"russia": "russian"}}).otherwise
        'refuse'
    """

    from_: Annotated[str, Field(alias="from")]
    and_: Annotated[tuple[str, ...], Field(alias="and")] = ()
    pattern: Pattern | None = None
    values: Pairs = ()
    otherwise: Literal["refuse", "keep", "nothing"] = "refuse"
    absent: str | None = None
    dates: tuple[DateFormat, ...] = ()
    days_after: date | None = None
    days_back: AnySlot | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it names.

        Examples:
            >>> Slot(**{"from": "{country}, {year}"}).columns
            ('country', 'year')
        """
        own = [
            name
            for text in (self.from_, *self.and_, self.absent or "")
            for name in PLACEHOLDER.findall(text)
            if name != ROW
        ]
        return (*own, *(self.days_back.columns if self.days_back else ()))

    @property
    def constants(self) -> tuple[str, ...]:
        """The values that it writes itself, whatever the row holds.

        Examples:
            >>> Slot(**{"from": "{type}", "values": {"deaths": "killed"}}).constants
            ('killed',)
        """
        written = [value for _, value in self.values] if self.columns or self.values else [self.from_]
        return tuple(constant for constant in (*written, self.absent) if constant and not PLACEHOLDER.search(constant))


AnySlot = Annotated[Slot, BeforeValidator(_slot)]


class ReportColumns(Record):
    """Where the citation of a claim comes from; everything is a `Slot`.

    Attributes:
        publisher: Who published the document.
        title: Its title.
        address: Where it can be read.
        published: When it was published.
        retrieved: When it was read.
        locator: The place in it, such as ``row {#row}``.
        words: The words as printed; the cell itself where it holds words.
        relays: Who passed the statement on; several are parted as sources are.

    Examples:
        >>> from casualties.files.mapped import ReportColumns
        >>> ReportColumns(publisher="{paper}").publisher.columns
        ('paper',)
    """

    publisher: AnySlot | None = None
    title: AnySlot | None = None
    address: AnySlot | None = None
    published: AnySlot | None = None
    retrieved: AnySlot | None = None
    locator: AnySlot | None = None
    words: AnySlot | None = None
    relays: AnySlot | None = None


class TermColumns(Record):
    """What a row declares of a word: a place under another, two sides against one another.

    Attributes:
        kind: Side, nationality, role, place, event, weapon or harm.
        key: The word.
        name: How people write it.
        under: The word that it lies inside.
        apart: A word with which it shares no victim; ``siblings`` for all that stand under the same word.
        against: The side that it fights.
        status: The status that a role implies.
        incident: ``yes`` where an event is one incident.
        counted_until: The day until which the dead of an event were searched for and counted.
        stock: ``yes`` where a harm is counted as it stands on a day.
        becomes: The harm into which people of a harm pass.
        when: As in `ClaimColumns`.

    Examples:
        >>> from casualties.files.mapped import TermColumns
        >>> TermColumns(kind="place", key="{district}", under="{province}").under.columns
        ('province',)
    """

    kind: TermKind
    key: AnySlot
    name: AnySlot | None = None
    under: AnySlot | None = None
    apart: AnySlot | None = None
    against: AnySlot | None = None
    status: AnySlot | None = None
    incident: AnySlot | None = None
    counted_until: AnySlot | None = None
    stock: AnySlot | None = None
    becomes: AnySlot | None = None
    when: Conditions = ()


class EventColumns(Record):
    """Where an event of a row is, when and between whom: what tells it from the other events of the table.

    Key and days are those of the first claim where they are not given here.

    Attributes:
        key: The name by which claims and identifications call it.
        since: Its first day.
        until: Its last day.
        places: Names of its place, the nearest first.
        latitude: In degrees.
        longitude: In degrees.
        actors: Who fought, or who is said to have done it.
        kind: What kind of event it is.
        status: What the victims were.

    Examples:
        >>> from casualties.files.mapped import EventColumns
        >>> EventColumns(places=["{town}", "{district}"]).places[0].columns
        ('town',)
    """

    key: AnySlot | None = None
    since: AnySlot | None = None
    until: AnySlot | None = None
    places: tuple[AnySlot, ...] = ()
    latitude: AnySlot | None = None
    longitude: AnySlot | None = None
    actors: tuple[AnySlot, ...] = ()
    kind: AnySlot | None = None
    status: AnySlot | None = None


class GradeColumns(Record):
    """Where somebody's grading of a claim comes from."""

    grader: AnySlot
    scale: AnySlot
    grade: AnySlot
