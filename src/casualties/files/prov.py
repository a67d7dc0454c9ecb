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
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from casualties.errors import LedgerFileError, Problem
from casualties.files._io import Readable, Writable, name_of, read_text, write_text
from casualties.files.json import document, loads
from casualties.files.json import lines as document_lines
from casualties.files.loss import EXACTLY, Format, LeftOut, extra

if TYPE_CHECKING:
    from casualties.model.claim import Claim
    from casualties.model.ledger import Ledger
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
    found = _prov().ProvDocument()
    found.add_namespace("cas", NAMESPACE)
    _Writer(found).write(ledger)
    return found


class _Writer:
    """Says everything in a ledger as a PROV document does."""

    def __init__(self, found: Any) -> None:  # noqa: ANN401 - a document of the package prov
        self._found = found
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

    def _record(self, make: str, name: str, kind: str, record: object, label: str | None = None) -> None:
        self._told.add(name)
        told = {"prov:type": self._found.valid_qualified_name(f"cas:{kind}"), "cas:record": _text(record)}
        getattr(self._found, make)(name, told | ({"prov:label": label} if label else {}))

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
    told = report.model_dump(mode="json")
    if told["saved"] is None:
        del told["saved"]  # a later field; reports without it keep their names
    return f"cas:report-{_digest(told)}"


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
    return _read(source, format="json")


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
    return _read(source, format="rdf", rdf_format="turtle")


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


def _read(source: Readable, **notation: str) -> Ledger:
    name, text, model = name_of(source), read_text(source), _prov()
    try:
        with _hushed():
            found = model.ProvDocument.deserialize(content=text, **notation)
        parts: dict[str, list[Any]] = {}
        for told in found.get_records():
            kinds = {str(kind.localpart) for kind in told.get_asserted_types()}
            for part in sorted(_PARTS[kind] for kind in kinds & _PARTS.keys()):
                parts.setdefault(part, []).extend(map(json.loads, told.get_attribute(f"{NAMESPACE}record")))
    except Exception as error:  # whatever the parsers of others raise
        problem = Problem("", f"this is no PROV: {error}", "", "notation")
        raise LedgerFileError(name, (problem,)) from error
    return loads(document_lines(parts), name)


JSON: Final = Format("prov-json", (".prov.json", ".provjson"), read_json, write_json, EXACTLY)
TURTLE: Final = Format("prov-turtle", (".ttl",), read_turtle, write_turtle, EXACTLY)
