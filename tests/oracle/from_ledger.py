"""The only module that knows `casualties` objects: a ledger as the plain records of the rules, and back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

import casualties as cs
from casualties.model.claim import Assessment
from casualties.model.claim import Claim as LibraryClaim
from casualties.model.claim import Link as LibraryLink
from casualties.model.figure import End
from casualties.model.period import PartialDate
from casualties.model.report import Citation as LibraryCitation
from casualties.model.report import Relay, Report
from casualties.model.source import Source as LibrarySource
from casualties.model.subject import Subject
from casualties.model.vocabulary import Term

from .records import Citation, Claim, Grade, Link, Range, Records, Source, When, Word
from .topics import NARROWING


def when(date: PartialDate | None) -> When | None:
    """Give a date of the library as day numbers."""
    if date is None:
        return None
    moment = None
    if date.at is not None:
        at = date.at.astimezone(UTC)
        moment = at.toordinal() * 86_400 + at.hour * 3_600 + at.minute * 60 + at.second
    return When(date.earliest.toordinal(), date.latest.toordinal(), moment)


def range_of(figure: cs.Figure) -> Range:
    """Give a figure of the library as a plain range."""
    marks = {str(end) for end in figure.assumed}
    return Range(figure.low, figure.high, "low" in marks, "high" in marks, figure.best)


def records_of(ledger: cs.Ledger) -> Records:
    """Give a ledger as records."""
    words = {}
    for (kind, key), term in ledger.words.terms.items():
        words[str(kind), key] = Word(
            str(kind),
            key,
            term.under,
            term.against,
            str(term.status[0]) if term.status else None,
            incident=term.incident,
            counted_until=when(term.counted_until),
            stock=term.stock,
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
        _day_ends(ledger.timezone),
    )


def _day_ends(offset: str | None) -> int:
    """Give the seconds after midnight UTC at which a day ends where clocks are so far ahead."""
    if offset is None:
        return 0
    hours, minutes = offset[1:].split(":")
    return int(f"{offset[0]}1") * -60 * (60 * int(hours) + int(minutes))


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
        method=None if claim.method is None else str(claim.method),
        interval=bool(claim.interval or claim.level),
        facets=tuple(facets),
        only=frozenset(claim.only),
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


def ledger_of(records: Records) -> cs.Ledger:
    """Make a ledger of records; what the model has no key for is left out.

    Claims take the library's identities, so answers are compared on ``records_of(ledger_of(records))``.
    """
    sources = [
        LibrarySource(
            key=each.key,
            names=[name for name in each.names if name != each.key],
            kinds=sorted(each.kinds),
            side=each.side,
            under=each.under,
            repeats=each.repeats,
        )
        for each in records.sources.values()
    ]
    terms = [
        Term(
            **_known(
                Term,
                kind=each.kind,
                key=each.key,
                under=each.under,
                against=each.against,
                status=[each.status] if each.status else [],
                incident=each.incident or None,
                counted_until=_date(each.counted_until),
                stock=each.stock or None,
            )
        )
        for each in records.words.values()
    ]
    identities: dict[str, str] = {}
    todo = {each.id: each for each in records.claims}
    while todo:
        ready = [each for each in todo.values() if not {each.target, *each.replaces} & todo.keys()]
        for each in ready:
            identities[each.id] = _library_claim(each, identities).id
            del todo[each.id]
    claims = [
        _library_claim(each, identities).replacing(
            based_on=_links(each.based_on, identities), misrelays=_links(each.misrelays, identities)
        )
        for each in records.claims
    ]
    return cs.Ledger(claims, sources=sources, terms=terms, **_known_arguments(records))


def _known(model: Any, **given: Any) -> dict[str, Any]:
    """Keep the keys that a model of the library has."""
    return {name: value for name, value in given.items() if name in model.model_fields and value is not None}


def _known_arguments(records: Records) -> dict[str, Any]:
    """Give what else a ledger declares; nothing yet that the library can hold."""
    return {}


def _date(given: When | None) -> PartialDate | None:
    if given is None:
        return None
    if given.moment is not None:
        return PartialDate.of(datetime.fromordinal(given.first).replace(tzinfo=UTC) + _seconds(given))
    return PartialDate(date.fromordinal(given.first), date.fromordinal(given.last))


def _seconds(given: When) -> timedelta:
    return timedelta(seconds=(given.moment or 0) - given.first * 86_400)


def _identity(name: str, identities: dict[str, str]) -> str:
    """Give the library's identity of a claim; one that is absent gets one that no claim has."""
    if name in identities:
        return identities[name]
    return name if name.startswith("c1-") else f"c1-{sha256(name.encode()).hexdigest()[:20]}"


def _links(links: Iterable[Link], identities: dict[str, str]) -> list[LibraryLink]:
    return [LibraryLink(claim=_identity(each.claim, identities), noted=_date(each.noted)) for each in links]


def _library_claim(claim: Claim, identities: dict[str, str]) -> LibraryClaim:
    subject = Subject(
        **_known(
            Subject,
            **dict(claim.facets),
            harm=claim.harm,
            basis=claim.basis,
            perpetrator=claim.perpetrator,
            without=claim.without,
            since=_date(claim.since),
            until=_date(claim.until),
        ),
        **{"with": claim.with_},
    )
    figure = claim.figure
    return LibraryClaim(
        **_known(
            LibraryClaim,
            source=claim.source,
            subject=subject,
            stance=claim.stance,
            figure=None if figure is None else _library_figure(figure),
            aspect=claim.aspect,
            target=None if claim.target is None else _identity(claim.target, identities),
            replaces=[_identity(each, identities) for each in claim.replaces],
            modality=claim.modality,
            method=claim.method,
            interval="confidence" if claim.interval and figure is not None and figure.high is not None else None,
            only=sorted(claim.only),
            stated=_date(claim.stated),
            citations=[_library_citation(each) for each in claim.citations],
            assessments=[
                Assessment(
                    grader="desk", reliability=each.reliability, credibility=each.credibility, graded=_date(each.graded)
                )
                for each in claim.grades
            ],
        )
    )


def _library_figure(figure: Range) -> cs.Figure:
    marks = [end for end, assumed in (("low", figure.low_assumed), ("high", figure.high_assumed)) if assumed]
    return cs.Figure(figure.low, figure.high, best=figure.best, assumed=frozenset(map(End, marks)))


def _library_citation(citation: Citation) -> LibraryCitation:
    return LibraryCitation(
        report=Report(publisher=citation.publisher, title=citation.report or None, published=_date(citation.published)),
        relays=[Relay(name=each) for each in citation.relays],
    )
