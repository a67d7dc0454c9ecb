"""Claims in Python as people write them in a file: the same keys, the same words, the same checks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum
from typing import Any, Final

from casualties._text import nearest, nearest_name
from casualties.errors import LedgerFileError, ModelError
from casualties.files.yaml.format import read_entry, sections_of
from casualties.model.claim import Claim
from casualties.model.figure import Figure
from casualties.model.ledger import Ledger, handles, read_entries_by, report_names
from casualties.model.period import PartialDate
from casualties.model.report import Citation, Relay, Report
from casualties.model.source import Source

__all__ = ["Ledger", "claim"]

_SECTIONS: Final = {
    "side": "sides",
    "perpetrator": "sides",
    "nationality": "nationalities",
    "role": "roles",
    "place": "places",
    "event": "events",
    "weapon": "weapons",
}
"""The keys whose words a ledger may declare, and the section that declares them."""

_OF_REPORT: Final = ("publisher", "title", "address", "published", "retrieved", "saved")
_OF_CITATION: Final = ("report", "relays", "locator", "words")

_Plain = dict[str, Any]


def claim(source: str | Source, /, **entry: object) -> Claim:
    """Build the claim that an entry of a ledger file builds, with the same keys, words and checks.

    The harm stands before its count (``killed="at least 14"``, ``wounded=30``); ``with`` is written ``with_``.  Dates
    may be dates or text.  Other claims (``denies``, ``withdraws``, ``replaces``, ``based_on``) are given as they are.
    ``cited`` is a publisher, an address, a `Report`, a `Citation`, or a map with the report's and the citation's keys;
    the words of the count are those of the citation unless it has its own.

    Args:
        source: Who says it: a name, or a `Source` with its kind and side.
        entry: The keys of the entry; the page on the ledger file lists them.

    Raises:
        ModelError: If the entry is wrong, with what may have been meant, or makes several claims or none.

    Examples:
        >>> import casualties as cs
        >>> first = cs.claim("Health Ministry", killed="at least 14", place="port", stated="2026-06-12T18:20+02:00")
        >>> first.figure, first.citations[0].words
        (Figure(low=14, high=None), 'at least 14')
        >>> cs.claim("Port Authority", denies=first, aspect="figure").target == first.id
        True
        >>> cs.claim("Health Ministry", killd="at least 14")
        Traceback (most recent call last):
        ...
        casualties.errors.ModelError: claim by 'Health Ministry': unknown key 'killd'
        Hint: did you mean 'killed'?
    """
    claims = tuple(_read(Ledger(), source, entry))
    if len(claims) != 1:
        raise ModelError(
            f"claim by {_key(source)!r}: it makes {len(claims)} claims, not one",
            "several",
            "ledger.add takes them all; or make one claim of each",
        )
    return claims[0]


def _grown(ledger: Ledger, source: str | Source, entry: Mapping[str, object]) -> Ledger:
    """Add to a ledger what an entry says."""
    return ledger | _read(ledger, source, entry)


def _key(source: str | Source) -> str:
    return source.key if isinstance(source, Source) else source


def _read(ledger: Ledger, source: str | Source, entry: Mapping[str, object]) -> Ledger:
    """Read an entry as a file of its own, beside what the ledger declares."""
    values = {name.removesuffix("_"): value for name, value in entry.items() if value is not None}
    known = {known_claim.id: known_claim for known_claim in ledger}
    known |= {
        known_claim.id: known_claim
        for value in values.values()
        for known_claim in _all(value)
        if isinstance(known_claim, Claim)
    }
    sections = sections_of(Ledger((), **{**ledger.declared, "totals": (), "identifications": (), "unread": ()}))
    key = _declare_source(sections, ledger, source)
    for name, section in _SECTIONS.items():
        if isinstance(word := values.get(name), str):
            used = {each for held in ledger if (each := getattr(held.subject, name))}
            _declare(sections, section, " ".join(word.split()), used)
    cited = [_citation(sections, ledger, report) for report in _all(values.pop("cited", ()))]
    written: _Plain = {"source": key, **{name: _plain(value) for name, value in values.items()}}
    if cited:
        written["cited"] = cited
    try:
        return read_entry(sections, written, known)
    except LedgerFileError as error:
        problems = [problem for problem in error.problems if problem.reason != "stance"] or list(error.problems)
        hint = "; ".join(dict.fromkeys(problem.hint for problem in problems if problem.hint))
        messages = "; ".join(dict.fromkeys(problem.message for problem in problems))
        raise ModelError(f"claim by {key!r}: {messages}", problems[0].reason, hint) from None


def _all(value: object) -> Iterable[object]:
    return value if isinstance(value, list | tuple | set | frozenset) else (value,)


def _plain(value: object) -> Any:  # noqa: ANN401 - a value as a file holds it
    """Write a value as a file holds it."""
    if isinstance(value, Claim):
        return value.id
    if isinstance(value, Figure):
        ends = {"low": str(value.low), "high": _text(value.high), "best": _text(value.best)}
        marks = {"assumed": sorted(map(str, value.assumed))} if value.assumed else {}
        return {**{name: end for name, end in ends.items() if end is not None}, **marks}
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return str(PartialDate.of(value))
    if isinstance(value, Mapping):
        return {str(name): _plain(item) for name, item in value.items() if item is not None}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    return str(value.value if isinstance(value, Enum) else value)


def _text(number: int | None) -> str | None:
    return None if number is None else str(number)


def _declare_source(sections: _Plain, ledger: Ledger, source: str | Source) -> str:
    """Declare who says it, and give its key; a name of a source of the ledger is that source."""
    declared = sections.setdefault("sources", {})
    if isinstance(source, Source):
        fields = {name: _plain(value) for name, value in source.model_dump(exclude={"key"}).items() if value}
        declared[source.key] = {**declared.get(source.key, {}), **fields}
        return source.key
    name = " ".join(source.split())
    if name in ledger.sources:
        return name
    called = {name: known.key for known in ledger.sources.values() for name in (*known.names, *known.aliases)}
    if name in called:
        return called[name]
    if near := nearest_name(name, {*ledger.sources, *called}):
        raise ModelError(
            f"source {name!r}: the ledger has none of this name",
            "undeclared",
            f"did you mean {near!r}? a new source of a like name is given as cs.Source(key={name!r})",
        )
    declared[name] = {}
    return name


def _declare(sections: _Plain, section: str, word: str, used: set[str]) -> None:
    """Declare a word that is new to the ledger, unless it is nearly one that it has: that is refused."""
    declared = sections.get(section, {})
    if word in declared:
        return
    near = "" if word in used else nearest(word, {*declared, *used})
    if near:
        raise ModelError(f"{word!r}: the ledger has none of this name", "undeclared", f"did you mean {near!r}?")
    if declared:
        declared[word] = {}


def _citation(sections: _Plain, ledger: Ledger, cited: object) -> _Plain:
    """Declare the report that is cited, and write the citation."""
    if isinstance(cited, Citation):
        fields: _Plain = {name: getattr(cited, name) for name in _OF_CITATION}
    elif isinstance(cited, Report):
        fields = {"report": cited}
    elif isinstance(cited, Mapping):
        fields = dict(cited)
        if strange := [str(name) for name in fields if name not in (*_OF_REPORT, *_OF_CITATION)]:
            near = nearest(strange[0], (*_OF_REPORT, *_OF_CITATION))
            raise ModelError(
                f"cited: unknown key {strange[0]!r}",
                "unknown-key",
                f"did you mean {near!r}?" if near else f"one of {', '.join((*_OF_REPORT, *_OF_CITATION))}",
            )
        own = {name: fields.pop(name) for name in _OF_REPORT if name in fields}
        if own:
            fields["report"] = Report(**own)
    else:
        fields = {"report": str(cited)}
    relays = [relay.name if isinstance(relay, Relay) else str(relay) for relay in _all(fields.get("relays") or ())]
    citation = {name: _plain(fields[name]) for name in ("locator", "words") if fields.get(name)}
    if relays:
        citation["relays"] = relays
    if (report := fields.get("report")) is not None:
        citation["report"] = _report(sections, ledger, report)
    return citation


def _report(sections: _Plain, ledger: Ledger, report: object) -> str:
    """Give the name of a report in the file: one of the ledger's where the text says which, else a new one."""
    known = handles(ledger.reports, report_names)
    declared = sections.setdefault("reports", {})
    if isinstance(report, str):
        alike = [
            name
            for known_report, name in known.items()
            if report in (name, known_report.publisher, known_report.address, known_report.title)
        ]
        if len(alike) == 1:
            return alike[0]
        report = Report(address=report) if "://" in report else Report(publisher=report)
    if not isinstance(report, Report):
        raise ModelError(
            f"cited {report!r}: it is no report", "not-a-report", "give its publisher or address, or a Report"
        )
    if report in known:
        return known[report]
    name = next(
        key for key in (f"report-{number}" for number in range(len(declared) + 1, 10**9)) if key not in declared
    )
    declared[name] = {field: _plain(value) for field, value in report.model_dump().items() if value is not None}
    return name


read_entries_by(_grown)
