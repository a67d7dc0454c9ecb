"""W3C PROV: who says what, where it was read and what rests on what, as PROV-JSON and as Turtle.

Each claim, each reading of it and each report is an entity; each source and relay is an agent.  A claim is attributed
to its source, a source acts on behalf of the one above it, a reading is a specialization of its claim, is quoted from
its report and is attributed to its relays, a claim that rests on another is derived from it, one that replaces
another is a revision of it, and one that denies or withdraws another is influenced by it.

PROV has no words for counts.  Every record therefore stands whole, in the canonical form, beside what PROV says of it,
as ``cas:record``; from these the ledger is read back.

Writing and reading need the extra ``prov`` (the package prov, and rdflib for Turtle).
"""

from __future__ import annotations

import hashlib
import json
import warnings
from collections.abc import Iterator
from threading import Lock
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from casualties.errors import LedgerFileError, Problem
from casualties.files.disk import Readable, Writable, name_of, read_text, write_text
from casualties.files.json import document, keys_twice, loads
from casualties.files.json import lines as document_lines
from casualties.files.loss import EXACTLY, Format, LeftOut, extra
from casualties.files.problems import MAX_PROBLEMS, close
from casualties.model.ledger import Ledger

if TYPE_CHECKING:
    from casualties.model.claim import Claim
    from casualties.model.report import Citation, Report

__all__ = ["JSON", "NAMESPACE", "TURTLE", "document_of", "read_json", "read_turtle", "write_json", "write_turtle"]

NAMESPACE: Final = "urn:x-casualties:"
"""The namespace of what PROV has no words for; ``cas:`` in files."""


def _prov() -> Any:  # noqa: ANN401 - a module of the package prov
    extra("rdflib", "prov", "prov")  # prov itself loads it late
    return extra("prov.model", "prov", "prov")


def document_of(ledger: Ledger) -> Any:  # noqa: ANN401 - a document of the package prov
    """Build the PROV document of a ledger, an object of the package ``prov``.

    Raises:
        MissingExtraError: If prov is not installed.

    Examples:
        >>> import casualties as cs
        >>> document = document_of(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> len({record.identifier for record in document.get_records() if "claim" in str(record.identifier)})
        8
    """
    prov_document = _prov().ProvDocument()
    prov_document.add_namespace("cas", NAMESPACE)
    _Writer(prov_document).write(ledger)
    return prov_document


class _Writer:
    """Says everything in a ledger as a PROV document does."""

    def __init__(self, prov_document: Any) -> None:  # noqa: ANN401 - a document of the package prov
        self._found = prov_document
        self._told: set[str] = set()

    def write(self, ledger: Ledger) -> None:
        parts = document(ledger)
        for source, record in zip(ledger.sources.values(), parts["sources"], strict=True):
            self._record("agent", _named("source", source.key), "Source", record, source.name)
            if source.under:
                self._found.actedOnBehalfOf(_named("source", source.key), _named("source", source.under))
        for report, record in zip(ledger.reports, parts["reports"], strict=True):
            self._record("entity", _of_report(report), "Report", record, report.title or report.publisher)
        for claim, record in zip(ledger, parts["claims"], strict=True):
            self._claim(claim, record)
        for part in ("terms", "totals", "titles", "apart", "timezones", "identifications", "unread"):
            for record in parts[part]:
                self._record("entity", f"cas:{part}-{_digest(record)}", part.title().removesuffix("s"), record)
        if not any(parts.values()):
            self._found.entity("cas:ledger", {"prov:type": self._found.valid_qualified_name(f"cas:{_MARK}")})

    def _record(self, make: str, name: str, kind: str, record: object, label: str | None = None) -> None:
        self._told.add(name)
        attributes = {"prov:type": self._found.valid_qualified_name(f"cas:{kind}"), "cas:record": _text(record)}
        getattr(self._found, make)(name, attributes | ({"prov:label": label} if label else {}))

    def _bare(self, make: str, name: str, label: str | None = None) -> None:
        """Tell of something that has no record of its own, once."""
        if name not in self._told:
            self._told.add(name)
            getattr(self._found, make)(name, {"prov:label": label} if label else None)

    def _claim(self, claim: Claim, record: dict[str, Any]) -> None:
        name = _claimed(claim.id)
        label = str(claim.subject) if claim.figure is None else f"{claim.subject}: {claim.figure}"
        self._record("entity", name, "Claim", record, label)
        self._found.wasAttributedTo(name, _named("source", claim.source))
        for link in claim.based_on:
            self._bare("entity", _claimed(link.claim))
            self._found.wasDerivedFrom(name, _claimed(link.claim))
        if claim.target is not None:
            self._bare("entity", _claimed(claim.target))
            self._found.wasInfluencedBy(name, _claimed(claim.target))
        for target in claim.replaces:
            self._bare("entity", _claimed(target))
            self._found.revision(name, _claimed(target), identifier=f"cas:revision-{_digest([claim.id, target])}")
        for citation in claim.citations:
            self._citation(claim, citation)

    def _citation(self, claim: Claim, citation: Citation) -> None:
        name = f"cas:reading-{_digest([claim.id, citation.model_dump(mode='json')])}"
        self._bare("entity", name, citation.words)
        self._found.specializationOf(name, _claimed(claim.id))
        if citation.report is not None:
            self._found.quotation(name, _of_report(citation.report), identifier=f"{name}-quoted")
        for relay in dict.fromkeys(relay.name for relay in citation.relays):
            self._bare("agent", _named("relay", relay), relay)
            self._found.wasAttributedTo(name, _named("relay", relay))


def _text(record: object) -> str:
    return json.dumps(record, sort_keys=True)  # in ASCII, so that no notation stumbles over a character


def _digest(record: object) -> str:
    return hashlib.sha256(_text(record).encode()).hexdigest()[:20]


def _named(kind: str, name: str) -> str:
    return f"cas:{kind}-{quote(name, safe='')}"


def _claimed(identity: str) -> str:
    return f"cas:claim-{identity}"


def _of_report(report: Report) -> str:
    fields = report.model_dump(mode="json")
    if fields["saved"] is None:
        del fields["saved"]  # a later field; reports without it keep their names
    return f"cas:report-{_digest(fields)}"


def write_json(ledger: Ledger, target: Writable) -> tuple[LeftOut, ...]:
    """Write a ledger as PROV-JSON; the format carries all of it, so nothing is left out.

    Raises:
        LedgerFileError: If the file cannot be written.
        MissingExtraError: If prov is not installed.

    Examples:
        >>> import io, casualties as cs
        >>> write_json(cs.seeds.load("nagorno-karabakh-2020-09-30"), io.StringIO())
        ()
    """
    plain = json.loads(document_of(ledger).serialize(format="json"))
    write_text(target, json.dumps(plain, ensure_ascii=True, sort_keys=True, indent=1) + "\n")
    return ()


def write_turtle(ledger: Ledger, target: Writable) -> tuple[LeftOut, ...]:
    """Write a ledger as PROV in Turtle; the format carries all of it, so nothing is left out.

    Raises:
        LedgerFileError: If the file cannot be written.
        MissingExtraError: If prov or rdflib is not installed.

    Examples:
        >>> import io, casualties as cs
        >>> write_turtle(cs.seeds.load("nagorno-karabakh-2020-09-30"), io.StringIO())
        ()
    """
    with _hushed():
        text = document_of(ledger).serialize(format="rdf", rdf_format="turtle")
    write_text(target, text)
    return ()


def _hushed() -> warnings.catch_warnings[None]:
    """Hush what rdflib says of itself: it warns of its own ways from 7.6 on."""
    return warnings.catch_warnings(action="ignore", category=DeprecationWarning)


def read_json(source: Readable) -> Ledger:
    """Read a ledger from PROV-JSON in which its records stand.

    Raises:
        LedgerFileError: With every problem of the file.
        MissingExtraError: If prov is not installed.

    Examples:
        >>> import io, casualties as cs
        >>> file, seed = io.StringIO(), cs.seeds.load("nagorno-karabakh-2020-09-30")
        >>> write_json(seed, file)
        ()
        >>> read_json(io.StringIO(file.getvalue())) == seed
        True
    """
    name, text, model = name_of(source), read_text(source), _prov()
    try:
        twice = sorted(keys_twice(text))
        document = None if twice else model.ProvDocument.deserialize(content=text, format="json")
        records = None if document is None else _in_json(document)
    except Exception as error:  # whatever the parsers of others raise
        raise _no_prov(name, error) from error
    if document is None or records is None:
        raise LedgerFileError(
            name,
            tuple(
                Problem(path, f"{key!r} stands there twice", "keep one of the two", "duplicate") for path, key in twice
            ),
        )
    if document.has_bundles():
        bundles = sorted(_short(bundle.identifier.uri) for bundle in document.bundles)
        hint = "write its statements beside the others, outside of any bundle"
        raise LedgerFileError(
            name, tuple(Problem(bundle, "a bundle, which is not read", hint, "bundle") for bundle in bundles)
        )
    if not records.kinds and any(namespace.uri == NAMESPACE for namespace in document.get_registered_namespaces()):
        return Ledger()  # so versions before this one wrote a ledger that holds nothing
    return _loaded(name, records)


def read_turtle(source: Readable) -> Ledger:
    """Read a ledger from PROV in Turtle in which its records stand.

    Raises:
        LedgerFileError: With every problem of the file.
        MissingExtraError: If prov or rdflib is not installed.

    Examples:
        >>> import io, casualties as cs
        >>> file, seed = io.StringIO(), cs.seeds.load("nagorno-karabakh-2020-09-30")
        >>> write_turtle(seed, file)
        ()
        >>> read_turtle(io.StringIO(file.getvalue())) == seed
        True
    """
    name, text, rdflib = name_of(source), read_text(source), extra("rdflib", "prov", "prov")
    try:
        with _hushed(), _HIDDEN:
            before, rdflib.NORMALIZE_LITERALS = rdflib.NORMALIZE_LITERALS, False  # 1E+1000000000 stays what it is
            try:
                graph = rdflib.Graph().parse(data=text, format="turtle")
            finally:
                rdflib.NORMALIZE_LITERALS = before
        records = _in_turtle(graph)
    except Exception as error:  # whatever the parsers of others raise
        raise _no_prov(name, error) from error
    return _loaded(name, records)


_PARTS: Final = {
    "Claim": "claims",
    "Report": "reports",
    "Source": "sources",
    "Term": "terms",
    "Total": "totals",
    "Title": "titles",
    "Apart": "apart",
    "Timezone": "timezones",
    "Identification": "identifications",
    "Unread": "unread",
}

_MARK: Final = "Ledger"
"""The type of the one entity of a ledger that holds nothing; without it an empty file could be any file."""

_CLAIMS: Final = f"{NAMESPACE}claim-"

_HIDDEN: Final = Lock()


class _Found:
    """What a document says in our own namespace: of each name its types, its records and what else it is given.

    Attributes:
        kinds: The types of each name.
        records: The records of each name, as texts.
        others: Attributes that nothing here has, each with its name.
        claims: Names of claims that other statements rest on: such a claim must be there.
    """

    def __init__(self) -> None:
        self.kinds: dict[str, set[str]] = {}
        self.records: dict[str, list[str]] = {}
        self.others: list[tuple[str, str]] = []
        self.claims: dict[str, str] = {}

    def kind(self, name: str, kind: str) -> None:
        """Take a type."""
        if kind.startswith(NAMESPACE):
            self.kinds.setdefault(name, set()).add(kind.removeprefix(NAMESPACE))

    def attribute(self, name: str, attribute: str, value: str) -> None:
        """Take an attribute."""
        if attribute == f"{NAMESPACE}record":
            self.records.setdefault(name, []).append(value)
        elif attribute.startswith(NAMESPACE):
            self.others.append((name, attribute.removeprefix(NAMESPACE)))

    def related(self, relation: str, first: str, second: str) -> None:
        """Take a relation: what is attributed, derived, influenced or read is a claim that must be there."""
        named = second if relation == "specializationOf" else first
        if named.startswith(_CLAIMS):
            self.claims.setdefault(named, relation)

    def problems(self) -> Iterator[Problem]:
        """Find what would be lost: a record of no known kind, a kind without a record, a claim merely named."""
        for name in sorted(self.kinds.keys() | self.records.keys()):
            kinds, records = self.kinds.get(name, set()), self.records.get(name, [])
            known = kinds & _PARTS.keys()
            for kind in sorted(kinds - _PARTS.keys() - {_MARK}):
                yield Problem(_short(name), f"type 'cas:{kind}': there is none of this name", close(kind, _PARTS), _BAD)
            if not known and records and not kinds - {_MARK}:
                listed = ", ".join(f"cas:{kind}" for kind in _PARTS)
                yield Problem(_short(name), "it has a record and no type of ours", f"give it one of {listed}", _BAD)
            if known and not records:
                hint = "take it out, or give it the record that was taken out"
                yield Problem(_short(name), f"it is a cas:{min(known)} and has no cas:record", hint, "missing")
            if len(known) > 1 or len(records) > 1:
                message = f"{len(known)} types of ours and {len(records)} records in one place"
                yield Problem(_short(name), message, "keep one of each", "duplicate")
        for name, attribute in sorted(self.others):
            yield Problem(_short(name), f"unknown attribute 'cas:{attribute}'", close(attribute, ("record",)), _BAD)
        for name, relation in sorted(self.claims.items()):
            if name not in self.kinds:
                hint = "take the statement out, or give the claim the record that was taken out"
                yield Problem(_short(name), f"{relation} names this claim, which is not there", hint, "missing")

    def parts(self, name: str) -> dict[str, list[Any]]:
        """Give the records by part.

        Raises:
            LedgerFileError: With everything that would be lost.
        """
        problems = list(self.problems())
        if not problems and not self.kinds:
            hint = "a ledger written here has records in cas:record"
            problems = [Problem("", "there is no ledger in it", hint, "no-ledger")]
        parts: dict[str, list[Any]] = {}
        for identity, (text, *_) in sorted(self.records.items()):
            for kind in self.kinds.get(identity, set()) & _PARTS.keys():
                try:
                    for path, key in keys_twice(text):
                        message = f"in its cas:record, {path}: {key!r} stands there twice"
                        problems.append(Problem(_short(identity), message, "keep one of the two", "duplicate"))
                    parts.setdefault(_PARTS[kind], []).append(json.loads(text))
                except (ValueError, RecursionError) as error:
                    message = f"its cas:record is not JSON: {error}"
                    problems.append(Problem(_short(identity), message, "take the record from a copy", "notation"))
        if problems:
            raise LedgerFileError(name, tuple(problems[:MAX_PROBLEMS]))
        return parts


_BAD: Final = "unknown-key"


def _short(name: str) -> str:
    return name.replace(NAMESPACE, "cas:")


def _loaded(name: str, records: _Found) -> Ledger:
    return loads(document_lines(records.parts(name)), name)


def _no_prov(name: str, error: Exception) -> LedgerFileError:
    said = f"{type(error).__name__}: {str(error)[:200]}" if isinstance(error, KeyError) else str(error)[:200]
    return LedgerFileError(
        name, (Problem("", f"this is no PROV: {said}", "write it anew, or mend the place", "notation"),)
    )


def _in_json(document: Any) -> _Found:  # noqa: ANN401 - a document of the package prov
    records = _Found()
    for record in document.get_records():
        if record.is_element():
            for kind in record.get_asserted_types():
                records.kind(record.identifier.uri, str(getattr(kind, "uri", kind)))
            for attribute, value in record.extra_attributes:
                records.attribute(record.identifier.uri, attribute.uri, str(value))
        else:
            (_, first), (_, second) = record.formal_attributes[:2]
            relation = _RELATIONS.get(str(record.get_type().localpart), "")
            if relation:
                records.related(relation, *(getattr(end, "uri", "") for end in (first, second)))
    return records


def _in_turtle(graph: Any) -> _Found:  # noqa: ANN401 - a graph of the package rdflib
    records = _Found()
    for subject, predicate, value in graph:
        relation = str(predicate).rpartition("#")[2]
        if relation == "type":
            records.kind(str(subject), str(value))
        elif str(predicate).startswith(_PROV) and relation in _RELATIONS.values():
            records.related(relation, str(subject), str(value))
        else:
            records.attribute(str(subject), str(predicate), str(value))
    return records


_PROV: Final = "http://www.w3.org/ns/prov#"
_RELATIONS: Final = {
    "Attribution": "wasAttributedTo",
    "Derivation": "wasDerivedFrom",
    "Influence": "wasInfluencedBy",
    "Specialization": "specializationOf",
}


JSON: Final = Format("prov-json", (".prov.json", ".provjson"), read_json, write_json, EXACTLY)
TURTLE: Final = Format("prov-turtle", (".ttl",), read_turtle, write_turtle, EXACTLY)
