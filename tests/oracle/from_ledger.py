"""The only module that knows `casualties`: a ledger, or a story's YAML, as the plain records of the rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC
from pathlib import Path
from typing import Any

import yaml

import casualties as cs
from casualties.model.claim import Claim as LibraryClaim
from casualties.model.period import PartialDate

from .records import Citation, Claim, Grade, Link, Range, Records, Source, When, Word
from .topics import NARROWING

INTERVAL = re.compile(r"\s*([\d, ]+?)\s*\(\s*\d+\s*%\s*(?:CI|interval)\s*([\d, ]+?)\s*(?:to|-|–)\s*([\d, ]+?)\s*\)\s*")


def when(date: PartialDate | None) -> When | None:
    """Give a date of the library as day numbers."""
    if date is None:
        return None
    moment = None
    if date.at is not None:
        at = date.at.astimezone(UTC)
        moment = at.toordinal() * 86_400 + at.hour * 3_600 + at.minute * 60 + at.second
    return When(date.earliest.toordinal(), date.latest.toordinal(), moment)


def day(text: str) -> When:
    """Read a date as it is written."""
    found = when(PartialDate.parse(text))
    if found is None:
        raise ValueError(text)
    return found


def range_of(figure: cs.Figure) -> Range:
    """Give a figure of the library as a plain range."""
    marks = {str(end) for end in figure.assumed}
    return Range(figure.low, figure.high, "low" in marks, "high" in marks, figure.best)


def records_of(ledger: cs.Ledger) -> Records:
    """Give a ledger as records."""
    words = {}
    for (kind, key), term in ledger.words.terms.items():
        counted_until = getattr(term, "counted_until", None)
        words[str(kind), key] = Word(
            str(kind),
            key,
            term.under,
            term.against,
            str(term.status[0]) if term.status else None,
            incident=bool(getattr(term, "incident", False)),
            counted_until=when(counted_until) if isinstance(counted_until, PartialDate) else None,
            stock=bool(getattr(term, "stock", False)),
        )
    return Records(
        tuple(_claim(each) for each in ledger),
        {
            key: Source(
                key,
                (key, *each.names, *each.aliases),
                frozenset(map(str, each.kinds)),
                each.side,
                each.under,
                each.repeats,
            )
            for key, each in ledger.sources.items()
        },
        words,
        _joined(_same_events(ledger)),
    )


def _same_events(ledger: cs.Ledger) -> Iterable[Iterable[str]]:
    return [each.events for each in getattr(ledger, "same", ()) if hasattr(each, "events")]


def _joined(sets: Iterable[Iterable[str]]) -> tuple[frozenset[str], ...]:
    """Join identifications that share an event."""
    found: list[set[str]] = []
    for given in sets:
        new = set(given)
        apart = [each for each in found if each.isdisjoint(new)]
        found = [*apart, new.union(*(each for each in found if not each.isdisjoint(new)))]
    return tuple(sorted(map(frozenset, found), key=min))


def _claim(claim: LibraryClaim) -> Claim:
    subject = claim.subject
    facets = []
    for name in NARROWING:
        word = getattr(subject, name, None)
        if word is not None:
            facets.append((name, str(word)))
    method = getattr(claim, "method", None)
    return Claim(
        id=claim.id,
        source=claim.source,
        harm=subject.harm,
        stance=str(claim.stance),
        figure=None if claim.figure is None else range_of(claim.figure),
        aspect=None if claim.aspect is None else str(claim.aspect),
        target=claim.target,
        replaces=claim.replaces,
        modality=None if claim.modality is None else str(claim.modality),
        method=None if method is None else str(method),
        interval=bool(getattr(claim, "interval", False)),
        facets=tuple(facets),
        only=frozenset(map(str, getattr(claim, "only", ()))),
        basis=None if subject.basis is None else str(subject.basis),
        perpetrator=subject.perpetrator,
        with_=subject.with_,
        without=subject.without,
        since=when(subject.since),
        until=when(subject.until),
        stated=when(claim.stated),
        citations=tuple(
            Citation(
                publisher=each.report.publisher if each.report else None,
                published=when(each.report.published) if each.report else None,
                relays=tuple(relay.name for relay in each.relays),
                report=" ".join(each.report.identity) if each.report else "",
            )
            for each in claim.citations
        ),
        grades=tuple(Grade(each.reliability, each.credibility, when(each.graded)) for each in claim.assessments),
        based_on=tuple(Link(each.claim, when(each.noted)) for each in claim.based_on),
        misrelays=tuple(Link(each.claim, when(each.noted)) for each in claim.misrelays),
    )


def read_story(path: Path) -> Records:
    """Read a story's YAML plainly: every scalar is text, and the library reads only the words of counts.

    It knows the few keys that the stories use, so that rules can be tried whose keys the file format has not yet.
    """
    found = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - text only
    words = {}
    for section, kind in (
        ("sides", "side"),
        ("places", "place"),
        ("events", "event"),
        ("roles", "role"),
        ("harms", "harm"),
    ):
        for key, given in (found.get(section) or {}).items():
            word = given or {}
            words[kind, key] = Word(
                kind,
                key,
                _list(word.get("under")),
                _list(word.get("against")),
                word.get("status"),
                incident=word.get("incident") == "true",
                counted_until=day(word["counted_until"]) if word.get("counted_until") else None,
                stock=word.get("stock") == "true",
            )
    sources = {
        key: Source(
            key,
            (key, *([given["name"]] if "name" in given else [])),
            frozenset(_list(given.get("kind"))),
            given.get("side"),
            given.get("under"),
            _list(given.get("repeats")),
        )
        for key, given in found["sources"].items()
    }
    for source in list(sources.values()):
        if source.under:
            sources.setdefault(source.under, Source(source.under))
    entries = [{**(found.get("defaults") or {}), **entry} for entry in found["claims"]]
    claims: list[Claim] = []
    for number, entry in enumerate(entries):
        claims += _entry(entry, number, found)
    claims = [_aimed(each, claims) for each in claims]
    return Records(tuple(claims), sources, words)


def _list(given: Any) -> tuple[str, ...]:
    if not given:
        return ()
    return (given,) if isinstance(given, str) else tuple(given)


def _harms(entry: Mapping[str, Any]) -> list[str]:
    known = ("killed", "wounded", "missing", "captured", "casualties", "losses", "displaced")
    return [key for key in entry if key in known]


def _entry(entry: Mapping[str, Any], number: int, found: Mapping[str, Any]) -> list[Claim]:
    handle = entry.get("id") or f"claim-{number:02}"
    group = found.get("groups", {}).get(entry.get("victims"), {}) if isinstance(entry.get("victims"), str) else {}
    facts = {**group, **entry}
    shared: dict[str, Any] = {
        "source": entry["source"],
        "facets": tuple((name, facts[name]) for name in NARROWING if facts.get(name)),
        "only": frozenset(_list(entry.get("only"))),
        "basis": entry.get("basis"),
        "perpetrator": entry.get("perpetrator"),
        "with_": _list(entry.get("with")),
        "since": day(facts["since"]) if facts.get("since") else None,
        "until": day(facts["until"]) if facts.get("until") else None,
        "stated": day(facts["stated"]) if facts.get("stated") else None,
        "modality": entry.get("modality"),
        "method": entry.get("method"),
        "citations": _cited(entry.get("cited"), found),
    }
    if "denies" in entry:
        return [
            Claim(
                id=f"{handle}-{target}", harm=(), stance="denies", aspect=entry.get("aspect"), target=target, **shared
            )
            for target in _list(entry["denies"])
        ]
    if "silent" in entry:
        return [
            Claim(
                id=handle if len(_list(entry["silent"])) == 1 else f"{handle}.{harm}",
                harm=(harm,),
                stance="silent",
                **shared,
            )
            for harm in _list(entry["silent"])
        ]
    harms = _harms(entry)
    return [
        Claim(id=handle if len(harms) == 1 else f"{handle}.{harm}", harm=(harm,), **_figure(entry[harm]), **shared)
        for harm in harms
    ]


def _figure(words: str) -> dict[str, Any]:
    if match := INTERVAL.fullmatch(words):
        best, low, high = (int(re.sub(r"\D", "", each)) for each in match.groups())
        return {"figure": Range(low, high, best=best), "interval": True}
    figure = cs.parse_figure(words)
    return {"figure": None if figure is None else range_of(figure)}


def _aimed(claim: Claim, claims: list[Claim]) -> Claim:
    """Give a denial the subject of the claim that it denies."""
    if claim.stance != "denies":
        return claim
    named, _, harm = (claim.target or "").partition(".")
    target = next(
        each
        for each in claims
        if each.id.partition(".")[0] == named and each.stance != "denies" and harm in ("", *each.harm)
    )
    return replace(
        claim, harm=target.harm, facets=target.facets, since=target.since, until=target.until, target=target.id
    )


def _cited(given: Any, found: Mapping[str, Any]) -> tuple[Citation, ...]:
    cites = [given] if isinstance(given, str | dict) else given or []
    return tuple(_citation(each, found) for each in cites)


def _citation(given: Any, found: Mapping[str, Any]) -> Citation:
    name = given if isinstance(given, str) else given["report"]
    report = found["reports"][name]
    return Citation(
        publisher=report.get("publisher"),
        published=day(report["published"]) if report.get("published") else None,
        relays=() if isinstance(given, str) else _list(given.get("relays")),
        report=name,
    )
