"""The canonical form: one JSON document that holds a ledger exactly.

It is UTF-8 with one record a line, keys sorted, and a newline at the end, so that equal ledgers are equal bytes and a
changed claim is one changed line.

| part | kept |
|---|---|
| claims, with citations, assessments and links | yes; each with its ``id``, which is checked when it is read |
| reports, relays | yes, by value where they are cited; all reports once more in a list |
| sources, declared words, totals, titles, apart, cells not read | yes |
| identifications of events | yes; each with its ``id``, which is checked too |
| comments, defaults, names of groups, ids of one file | no: they belong to the file that people write |
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any, Final, TypeVar

from casualties.errors import LedgerError, LedgerFileError, ModelError, Problem
from casualties.files.disk import FORMAT_VERSION, Readable, Writable, name_of, read_text, write_text
from casualties.files.loss import EXACTLY, Format, LeftOut
from casualties.files.problems import Problems, TooManyProblemsError, close
from casualties.model.claim import SETS, Claim
from casualties.model.identification import Identification
from casualties.model.ledger import Ledger, Total
from casualties.model.record import Record, clean_text
from casualties.model.report import Report
from casualties.model.source import Source
from casualties.model.unread import Unread
from casualties.model.vocabulary import Term

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

__all__ = ["FORMAT", "dumps", "keys_twice", "loads", "read", "write"]

RECORDS: Final[Mapping[str, type[Record]]] = {
    "claims": Claim,
    "identifications": Identification,
    "reports": Report,
    "sources": Source,
    "terms": Term,
    "totals": Total,
    "unread": Unread,
}
TEXTS: Final = ("apart", "timezones", "titles")
_LISTS: Final = tuple(sorted((*RECORDS, *TEXTS)))
_LONGEST_INTEGER: Final = 20

_R = TypeVar("_R")


def plain(record: Record) -> dict[str, Any]:
    """Give a record as plain values, without what is absent.

    Examples:
        >>> plain(Report(publisher="The New Arab", published="2020-09-30"))
        {'publisher': 'The New Arab', 'published': '2020-09-30'}
    """
    if isinstance(record, Claim):
        sets = {
            name: [plain(member) if isinstance(member, Record) else member for member in members]
            for name in SETS
            if (members := getattr(record, name))
        }
        return {"id": record.id, **record.content(), **sets}
    if isinstance(record, Identification):
        return {"id": record.id, **record.model_dump(mode="json", exclude_defaults=True)}
    return record.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def document(ledger: Ledger) -> dict[str, list[Any]]:
    """Give everything in a ledger as plain values, by part."""
    return {
        "apart": list(ledger.apart),
        "claims": [plain(claim) for claim in ledger],
        "identifications": [plain(identification) for identification in ledger.identifications],
        "reports": [plain(report) for report in ledger.reports],
        "sources": [plain(source) for source in ledger.sources.values()],
        "terms": [plain(term) for term in ledger.words],
        "timezones": list(ledger.timezones),
        "titles": list(ledger.titles),
        "totals": [plain(total) for total in ledger.totals],
        "unread": [plain(cell) for cell in ledger.unread],
    }


def lines(parts: Mapping[str, list[Any]]) -> str:
    """Write parts as a document, one record a line; a part that holds nothing is left out."""
    blocks = [f'"casualties": {FORMAT_VERSION}']
    for name, members in sorted(parts.items()):
        if members:
            records = ",\n".join(json.dumps(member, ensure_ascii=False, sort_keys=True) for member in members)
            blocks.append(f'"{name}": [\n{records}\n]')
    return "{" + ",\n".join(blocks) + "}\n"


def dumps(ledger: Ledger) -> str:
    """Give the canonical form of a ledger as text.

    Examples:
        >>> import casualties as cs
        >>> print(dumps(cs.Ledger(titles=["An empty ledger"])), end="")
        {"casualties": 1,
        "titles": [
        "An empty ledger"
        ]}
    """
    return lines(document(ledger))


def write(ledger: Ledger, target: Writable) -> tuple[LeftOut, ...]:
    """Write a ledger; the format carries all of it, so nothing is left out.

    Raises:
        LedgerFileError: If the file cannot be written; it then is as it was.

    Examples:
        >>> import io, casualties as cs
        >>> write(cs.Ledger(), io.StringIO())
        ()
    """
    write_text(target, dumps(ledger))
    return ()


def read(source: Readable) -> Ledger:
    """Read a ledger.

    Raises:
        LedgerFileError: With every problem of the file, each with its path in the document.

    Examples:
        >>> import io
        >>> len(read(io.StringIO('{"casualties": 1}')))
        0
    """
    return loads(read_text(source), name_of(source))


def loads(text: str, name: str = "<text>") -> Ledger:
    """Read a ledger from text in the canonical form.

    Raises:
        LedgerFileError: With every problem of the text, each with its path in the document.

    Examples:
        >>> loads(dumps(loads('{"casualties": 1, "titles": ["A"]}'))).titles
        ('A',)
    """
    reader = DocumentReader(name)
    return reader.finish(lambda: reader.ledger(reader.parse(text, _LISTS)))


class DocumentReader(Problems):
    """Reads one document and keeps every problem with its path."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def finish(self, read: Callable[[], _R | None]) -> _R:
        """Run the reading, and raise all that was found wrong at once."""
        result = None
        try:
            result = read()
        except TooManyProblemsError:
            pass
        except RecursionError:
            self.problems.append(Problem("$", "it is nested too deep", "a ledger needs far less", "notation"))
        if result is None or self.problems:
            raise LedgerFileError(self.name, tuple(self.problems))
        return result

    def put(self, place: str, message: str, hint: str = "", reason: str = "invalid") -> None:
        """Put down one problem in characters that can be shown."""
        super().put(_printable(place), _printable(message), hint, reason)

    def parse(self, text: str, lists: tuple[str, ...]) -> dict[str, list[Any]]:
        """Read the document as plain values: the version is checked, and every part is a list."""
        try:
            doubled: list[_Doubled] = []
            root = json.loads(
                text,
                object_pairs_hook=lambda pairs: _object(pairs, doubled),
                parse_int=lambda digits: int(digits) if len(digits) <= _LONGEST_INTEGER else digits,
                parse_constant=str,
            )
        except json.JSONDecodeError as error:
            self.put(f"line {error.lineno}, column {error.colno}", f"this is not JSON: {error.msg}", "", "notation")
            return {}
        for path, key in _twice(root) if doubled else ():
            self.put(path, f"{key!r} stands there twice", "keep one of the two", "duplicate")
        if not isinstance(root, dict):
            self.put("$", "this is no ledger", 'begin with {"casualties": 1}', "no-ledger")
            return {}
        version = root.get("casualties")
        if type(version) is int and version > FORMAT_VERSION:
            message = f"format {version} is newer than {FORMAT_VERSION}, the newest that this version reads"
            self.put("$.casualties", message, "upgrade casualties", "newer-format")
            return {}
        if type(version) is not int or version != FORMAT_VERSION:
            self.put("$.casualties", f"format {version!r}: there is none of this number", f"write {FORMAT_VERSION}")
        members: dict[str, list[Any]] = {}
        for key, value in root.items():
            if key != "casualties" and key not in lists:
                self.put(f"$.{key}", f"unknown part {key!r}", close(key, lists), "unknown-key")
            elif key != "casualties" and not isinstance(value, list):
                self.put(f"$.{key}", f"{value!r:.40} is not a list", "write […]", "not-a-list")
            elif key != "casualties":
                members[key] = value
        return members

    def ledger(self, parts: Mapping[str, list[Any]]) -> Ledger | None:
        """Make the ledger of a document; ``None`` where something in it is wrong."""
        records = {
            name: [
                record
                for place, fields in enumerate(parts.get(name, ()))
                if (record := self.record(f"$.{name}[{place}]", make, fields)) is not None
            ]
            for name, make in RECORDS.items()
        }
        texts: dict[str, list[str]] = {}
        for name in TEXTS:
            texts[name] = []
            for place, text in enumerate(parts.get(name, ())):
                if not isinstance(text, str):
                    self.put(f"$.{name}[{place}]", f"{text!r:.40} is not a text")
                    continue
                try:
                    texts[name].append(clean_text(text))
                except ModelError as error:
                    self.put(f"$.{name}[{place}]", error.message, error.hint, error.reason)
        if self.problems:
            return None
        try:
            return Ledger(**records, **texts)  # type: ignore[arg-type]  # each list holds what its name says
        except LedgerError as error:
            self.put("$", error.message, error.hint, error.reason)
            return None

    def record(self, path: str, make: type[Record], fields: object) -> Any:  # noqa: ANN401 - a record of the kind asked for
        """Make one record; ``None`` where something in it is wrong."""
        if not isinstance(fields, dict):
            self.put(path, f"{fields!r:.40} is not an object", "write {…}", "not-a-map")
            return None
        values = dict(fields)
        identity = values.pop("id", None) if make in (Claim, Identification) else None
        if isinstance(values.get("figure"), dict):
            values["figure"] = {"high": None, **values["figure"]}  # left out where no ceiling is stated
        try:
            record = make(**values)
        except ModelError as error:
            self.put_all(error, lambda field: f"{path}.{field}" if field else path)
            return None
        own = getattr(record, "id", None)  # only claims and identifications have any
        if identity is not None and identity != own:
            message = f"the id is {identity!r}, but the content is that of {own}"
            self.put(f"{path}.id", message, "leave the id out where the record was changed by hand", "wrong-id")
        return record


def _printable(text: str) -> str:
    """Show half characters, which JSON can name and no text can hold, by their number."""
    return text.encode("utf-8", "backslashreplace").decode()


class _Doubled(dict[str, Any]):
    """An object in which a key stands twice."""

    keys_twice: tuple[str, ...] = ()


def _object(pairs: list[tuple[str, Any]], doubled: list[_Doubled]) -> dict[str, Any]:
    """Make an object; one in which a key stands twice is listed."""
    members = dict(pairs)
    if len(members) == len(pairs):
        return members
    doubled.append(_Doubled(members))
    counts = Counter(name for name, _value in pairs)
    doubled[-1].keys_twice = tuple(sorted(name for name, count in counts.items() if count > 1))
    return doubled[-1]


def keys_twice(text: str) -> Iterator[tuple[str, str]]:
    """Find the keys that stand twice in one object of a JSON text, with the path of the object.

    Raises:
        ValueError: If the text is not JSON.

    Examples:
        >>> list(keys_twice('{"a": {"b": 1, "b": 2}}'))
        [('$.a', 'b')]
    """
    yield from _twice(json.loads(text, object_pairs_hook=lambda pairs: _object(pairs, [])))


def _twice(root: object) -> Iterator[tuple[str, str]]:
    """Find the keys that stand twice in one object, with the path of the object."""
    todo: list[tuple[str, object]] = [("$", root)]
    while todo:
        path, value = todo.pop()
        if isinstance(value, _Doubled):
            yield from ((path, name) for name in value.keys_twice)
        if isinstance(value, dict):
            todo.extend((f"{path}.{name}", item) for name, item in reversed(value.items()))
        elif isinstance(value, list):
            todo.extend((f"{path}[{place}]", item) for place, item in reversed(list(enumerate(value))))


FORMAT: Final = Format("json", (".json",), read, write, EXACTLY)
