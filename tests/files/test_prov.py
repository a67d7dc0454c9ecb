"""W3C PROV: valid by the package prov, through which it comes back, and what it says of whom."""

from __future__ import annotations

import io
import json
import warnings

import pytest
import rdflib
from hypothesis import given, settings
from prov.model import ProvAttribution, ProvDelegation, ProvDerivation, ProvDocument, ProvInfluence, ProvSpecialization

import casualties as cs
from casualties import Ledger
from casualties.errors import LedgerFileError
from casualties.files import prov
from casualties.model.claim import Claim
from casualties.model.report import Citation, Relay, Report
from casualties.model.source import Source
from casualties.model.subject import Subject
from casualties.testing import ledgers

KILLED = Subject(harm=["killed"])
NOTATIONS = {"prov-json": {"format": "json"}, "prov-turtle": {"format": "rdf", "rdf_format": "turtle"}}


def written(ledger: Ledger, name: str) -> str:
    """Write a ledger and give the text."""
    file = io.StringIO()
    assert cs.write(ledger, file, format=name) == ()
    return file.getvalue()


def through_prov(text: str, name: str) -> str:
    """Let the package prov read a text and write it again."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib of itself
        document = ProvDocument.deserialize(content=text, **NOTATIONS[name])
        return str(document.serialize(**NOTATIONS[name]))


@pytest.mark.parametrize("name", NOTATIONS)
@pytest.mark.parametrize("seed", cs.seeds.names())
def test_every_seed_comes_back(seed: str, name: str) -> None:
    """Every seed is read back equal, and is written as the same text again."""
    ledger = cs.seeds.load(seed)
    text = written(ledger, name)
    again = cs.read(io.StringIO(text), format=name)
    assert again == ledger
    assert written(again, name) == text


@pytest.mark.parametrize("name", NOTATIONS)
@settings(max_examples=40)
@given(ledger=ledgers())
def test_ledgers_come_back_through_the_package_prov(name: str, ledger: Ledger) -> None:
    """What the package prov has read and written again still is the same ledger."""
    assert cs.read(io.StringIO(through_prov(written(ledger, name), name)), format=name) == ledger


@settings(max_examples=40)
@given(ledger=ledgers())
def test_both_notations_say_the_same(ledger: Ledger) -> None:
    """The package prov reads the same document from JSON as was built."""
    assert ProvDocument.deserialize(content=written(ledger, "prov-json"), format="json") == prov.document_of(ledger)


def test_who_says_what_and_where() -> None:
    """Claims are attributed to their sources, readings to relays; replacing, resting on and denying are relations."""
    first = Claim(source="ministry", subject=KILLED, figure=cs.Figure(1, 1), stated="2020-01-01")
    report = Report(publisher="P", title="T")
    read = Citation(report=report, words="two", relays=[Relay(name="R"), Relay(name="R")])
    second = Claim(source="ministry", subject=KILLED, figure=cs.Figure(2, 2), replaces=[first.id], citations=[read])
    third = Claim(source="b", subject=KILLED, figure=cs.Figure(2, 2), based_on=[{"claim": second.id}])
    denial = Claim(source="b", subject=KILLED, stance="denies", target=first.id)
    ledger = Ledger([first, second, third, denial], sources=[Source(key="ministry", under="state"), Source(key="b")])
    document = prov.document_of(ledger)

    def related(kind: type) -> set[tuple[str, ...]]:
        return {
            tuple(str(value) for _, value in each.formal_attributes if value) for each in document.get_records(kind)
        }

    def claim(identity: str) -> str:
        return f"cas:claim-{identity}"

    [reading] = [pair[0] for pair in related(ProvSpecialization)]
    [told] = [str(each.identifier) for each in document.get_records() if "report" in str(each.identifier)]
    assert related(ProvSpecialization) == {(reading, claim(second.id))}
    assert related(ProvAttribution) == {
        (claim(first.id), "cas:source-ministry"),
        (claim(second.id), "cas:source-ministry"),
        (claim(third.id), "cas:source-b"),
        (claim(denial.id), "cas:source-b"),
        (reading, "cas:relay-R"),
    }
    assert related(ProvDelegation) == {("cas:source-ministry", "cas:source-state")}
    assert related(ProvInfluence) == {(claim(denial.id), claim(first.id))}
    assert related(ProvDerivation) == {
        (claim(second.id), claim(first.id)),
        (claim(third.id), claim(second.id)),
        (reading, told),
    }


def test_turtle_is_turtle() -> None:
    """Other readers of Turtle find the claims and their sources by PROV's names."""
    graph = rdflib.Graph().parse(
        data=written(cs.seeds.load("nagorno-karabakh-2020-09-30"), "prov-turtle"), format="turtle"
    )
    namespace = rdflib.Namespace("http://www.w3.org/ns/prov#")
    assert len(set(graph.subjects(namespace.wasAttributedTo))) == 8
    assert len(set(graph.subjects(rdflib.RDF.type, rdflib.URIRef(f"{prov.NAMESPACE}Claim")))) == 8
    assert [each for each in graph.all_nodes() if isinstance(each, rdflib.BNode)] == []


@pytest.mark.parametrize("name", NOTATIONS)
@pytest.mark.parametrize("text", ["nonsense", "", "[]", '{"entity": 1}', "@prefix x: <"])
def test_other_texts_are_refused(text: str, name: str) -> None:
    """What is no PROV is an error of ours; PROV without records is an empty ledger."""
    if name == "prov-turtle" and not text:
        assert cs.read(io.StringIO(text), format=name) == Ledger()
        return
    with pytest.raises(LedgerFileError, match="this is no PROV"):
        cs.read(io.StringIO(text), format=name)


def test_records_are_checked() -> None:
    """A record that was changed by hand is told with its path, as in JSON."""
    plain = json.loads(written(cs.seeds.load("nagorno-karabakh-2020-09-30"), "prov-json"))
    for told in plain["agent"].values():
        told["cas:record"] = told["cas:record"].replace('"kinds": ["journalist"]', '"kinds": ["writer"]')
    with pytest.raises(LedgerFileError, match=r"\$.sources\[\d\].kinds"):
        cs.read(io.StringIO(json.dumps(plain)), format="prov-json")
