"""From a ledger to the sections of the file that people write, as plain values."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from casualties.errors import CasualtiesError, FigureError
from casualties.files.disk import FORMAT_VERSION
from casualties.files.yaml._grammar import ENTRY, TERM_SECTIONS
from casualties.files.yaml._layout import Bare
from casualties.model.claim import IDENTITY, Claim, Link, Modality, Stance
from casualties.model.facet import FACETS, KINDS
from casualties.model.harm import JOINABLE, Harm
from casualties.model.identification import Identification, Relation
from casualties.model.ledger import handles, report_names, slug
from casualties.model.report import Citation
from casualties.model.source import Source
from casualties.model.vocabulary import SIBLINGS_WORD, TermKind
from casualties.wording import another_harm, parse_figure, silence_of
from casualties.wording.estimate import estimate_in
from casualties.wording.share import share_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from casualties.model.figure import Figure
    from casualties.model.ledger import Ledger
    from casualties.model.record import Record
    from casualties.model.report import Relay
    from casualties.model.subject import Subject

__all__ = ["compose_sections"]


_VICTIMS: Final = ("side", "nationality", "status", "role", "age", "sex")
_ELSE: Final = tuple(name for name in FACETS if name not in _VICTIMS)
_SHARED: Final = ("since", "until", "stated", "cited")

_Plain = dict[str, Any]


def compose_sections(ledger: Ledger) -> _Plain:
    """Give the sections of a file that reads back as this ledger."""
    return _Composing(ledger).document()


def _list(values: Iterable[str]) -> str | list[str]:
    listed = list(values)
    return listed[0] if len(listed) == 1 else listed


def _without_blanks(**fields: object) -> _Plain:
    return {name: value for name, value in fields.items() if value not in (None, [], {}, ())}


def _harm(subject: Subject) -> str:
    return "-or-".join(subject.harm)


def _people(subject: Subject, alleged: Iterable[tuple[str, str]] = ()) -> _Plain:
    people: _Plain = {name: str(value) for name in _VICTIMS if (value := getattr(subject, name)) is not None}
    return {**people, **_alleged(alleged)}


def _identification(identification: Identification) -> _Plain:
    named = "different" if identification.relation is Relation.DIFFERENT else "events"
    return {
        named: list(identification.events),
        **_without_blanks(
            part_of=identification.whole,
            says=identification.says,
            because=identification.because,
            stated=identification.stated and Bare(identification.stated),
            method=identification.method,
            version=identification.version,
            score=identification.score and Bare(identification.score),
        ),
    }


def _alleged(alleged: Iterable[tuple[str, str]]) -> _Plain:
    return _without_blanks(alleged=_grouped(alleged))


def _grouped(pairs: Iterable[tuple[str, str]]) -> _Plain:
    texts: dict[str, list[str]] = {}
    for name, text in pairs:
        texts.setdefault(name, []).append(text)
    return {name: _list(words) for name, words in texts.items()}


class _Composing:
    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.reports = handles(ledger.reports, report_names)
        relays = sorted(
            frozenset(relay for claim in ledger for citation in claim.citations for relay in citation.relays),
            key=lambda relay: relay.sort_key,
        )
        described = [relay for relay in relays if relay.kind or relay.side]
        plain_names = {relay.name for relay in relays if not (relay.kind or relay.side)}
        self.relays: dict[Relay, str] = handles(described, lambda relay: [slug(relay.name) or "relay"], plain_names)
        peoples = Counter(repr(_people(claim.subject, claim.alleged)) for claim in ledger if not self._borrows(claim))
        groups: dict[str, _Plain] = {}
        for claim in ledger:
            people = _people(claim.subject, claim.alleged)
            if len(people) > 1 and peoples[repr(people)] > 1:
                groups.setdefault(repr(people), people)
        names = handles(groups, lambda key: _group_names(groups[key]))
        self.groups = {names[key]: groups[key] for key in groups}
        self._group_of = names
        named = [ledger[identity] for identity in sorted(self._named()) if identity in ledger]
        named.sort(key=lambda claim: claim.sort_key)
        taken = (*map(str, Harm), *(key for kind, key in ledger.words.terms if kind == "harm"), *self._used("harm"))
        self.ids = handles(named, _claim_names, taken)

    def _named(self) -> set[str]:
        """List the claims that others name."""
        identities: set[str] = set()
        for claim in self.ledger:
            identities.update(claim.replaces)
            identities.update(link.claim for link in (*claim.based_on, *claim.misrelays))
            if claim.target is not None:
                identities.add(claim.target)
        return identities

    def _borrows(self, claim: Claim) -> bool:
        """Tell whether a denial or withdrawal counts what the claim counts that it names."""
        if claim.target is None or claim.target not in self.ledger:
            return False
        named = self.ledger[claim.target].subject
        return claim.subject.replacing(since=None, until=None) == named.replacing(since=None, until=None)

    def document(self) -> _Plain:
        entries = [self._entry(claim) for claim in self.ledger]
        totals: list[_Plain] = [
            {"whole": self._subject(total.whole), "parts": [self._subject(part) for part in total.parts]}
            for total in self.ledger.totals
        ]
        defaults = self._defaults(entries)
        for entry in (
            *entries,
            *(total_entry for total in totals for total_entry in (total["whole"], *total["parts"])),
        ):
            self._undefault(entry, defaults)
        titles = list(self.ledger.titles)
        sections: _Plain = {"casualties": Bare(FORMAT_VERSION)}
        sections |= {"title": titles[0]} if len(titles) == 1 else _without_blanks(titles=titles)
        for section, kind in TERM_SECTIONS.items():
            sections |= _without_blanks(**{section: self._terms(kind)})
        sections |= _without_blanks(
            groups=self.groups,
            sources={source.key: _source(source) for source in self.ledger.sources.values()},
            relays={handle: _fields(relay) for relay, handle in self.relays.items()},
            reports={handle: _fields(report) for report, handle in self.reports.items()},
            defaults=defaults,
            timezone=_list(self.ledger.timezones),
            apart=list(self.ledger.apart),
            same=[_identification(identification) for identification in self.ledger.identifications],
            totals=totals,
            unread=[_fields(cell) for cell in self.ledger.unread],
            claims=_joined(entries),
        )
        return sections

    # What is declared

    def _used(self, kind: str) -> set[str]:
        """List the words of a kind that anything in the ledger uses."""
        ledger = self.ledger
        subjects = [claim.subject for claim in ledger]
        subjects += [subject for total in ledger.totals for subject in (total.whole, *total.parts)]
        if kind == "harm":
            return {harm for subject in subjects for harm in subject.harm} - set(Harm)
        facets = [facet for facet, of in KINDS.items() if of == kind]
        words = {word for subject in subjects for facet in facets if (word := getattr(subject, facet)) is not None}
        words |= {word for claim in ledger for facet, word in claim.alleged if facet in facets}
        if kind == "side":
            words |= {source.side for source in ledger.sources.values() if source.side is not None}
            words |= {relay.side for relay in self.relays if relay.side is not None}
        return words

    def _terms(self, kind: TermKind) -> _Plain:
        """Give the declarations of a kind; with any there are, every word that is used is declared."""
        declared = {key: term for (of, key), term in self.ledger.words.terms.items() if of == kind}
        words = set(declared)
        if kind is not TermKind.NATIONALITY and (declared or kind is TermKind.HARM):
            words |= self._used(kind)
            for declaration in declared.values():
                words |= {*declaration.under, *declaration.apart, *declaration.against, *declaration.becomes}
        if kind is TermKind.HARM:
            words -= set(Harm) - set(declared)
        return {
            key: _without_blanks(
                **_names(term.names),
                under=_list(term.under),
                apart=SIBLINGS_WORD
                if term.siblings_apart and not term.apart
                else [*([SIBLINGS_WORD] if term.siblings_apart else []), *term.apart],
                against=list(term.against),
                status=_list(map(str, term.status)),
                incident=Bare("true") if term.incident else None,
                counted_until=term.counted_until and Bare(term.counted_until),
                stock=Bare("true") if term.stock else None,
                becomes=_list(term.becomes),
            )
            if (term := declared.get(key)) is not None
            else {}
            for key in sorted(words)
        }

    # Claims

    def _entry(self, claim: Claim) -> _Plain:
        entry: _Plain = {"id": self.ids[claim]} if claim in self.ids else {}
        entry["source"] = claim.source
        borrows = self._borrows(claim)
        share = self._share(claim)
        words = self._words(claim) if share is None else share["share"]
        cited = [self._citation(citation, words) for citation in claim.citations]
        if words is not None and claim.citations == (Citation(words=words),):
            cited = []
        harm = _harm(claim.subject)
        count: Any = None
        if share is not None:
            count = share
        elif words is not None:
            count = Bare(words)
        elif claim.figure is not None:
            count = _figure(claim.figure)
        if count is not None:
            entry |= {"harm": harm, "figure": count} if harm in ENTRY else {harm: count}
        elif claim.stance is Stance.SILENT:
            entry |= _without_blanks(silent=harm, silence=claim.silence and str(claim.silence))
        else:
            target = claim.target and (
                self.ids[self.ledger[claim.target]] if claim.target in self.ledger else claim.target
            )
            entry |= {str(claim.stance): target} if borrows else _without_blanks(**{str(claim.stance): harm}, of=target)
            entry |= _without_blanks(aspect=claim.aspect and str(claim.aspect))
        if borrows:
            entry |= _alleged(claim.alleged)
        else:
            entry |= self._described(claim.subject, claim.alleged)
        dates: _Plain = {"since": claim.subject.since, "until": claim.subject.until, "stated": claim.stated}
        if borrows and claim.target is not None:  # a day that is not said here is the day of the claim named
            named = self.ledger[claim.target].subject
            dates |= {
                name: "" for name in ("since", "until") if dates[name] is None and getattr(named, name) is not None
            }
        entry |= {name: Bare(value) for name, value in dates.items() if value is not None}
        entry |= _without_blanks(
            modality=claim.modality and str(claim.modality),
            method=claim.method and str(claim.method),
            **self._interval(claim, words),
            only=list(claim.only),
            our_reading=list(claim.our_reading),
            all=list(claim.all),
            replaces=_list(self._local(identity) for identity in claim.replaces),
            based_on=[self._link(link) for link in claim.based_on if share is None or link.share is None],
            misrelays=[self._link(link) for link in claim.misrelays],
            cited=cited[0] if len(cited) == 1 else cited,
            assessments=[_fields(assessment) for assessment in claim.assessments],
            present=_list(claim.present),
            note=_list(claim.notes),
            extra=_grouped(claim.extra),
        )
        if cited == [{}]:
            entry["cited"] = [{}]
        return entry

    def _words(self, claim: Claim) -> str | None:
        """Choose the words that stand for the count: those of most citations that say exactly this."""
        counts = Counter(citation.words for citation in claim.citations if citation.words is not None)
        fitting = [words for words in counts if self._says(words, claim)]
        return min(fitting, key=lambda words: (-counts[words], words), default=None)

    def _share(self, claim: Claim) -> _Plain | None:
        """Give the share of another claim's count that a count is, where reading it would give this very claim."""
        shares = [link for link in claim.based_on if link.share is not None]
        if len(shares) != 1 or claim.modality is not Modality.DERIVED or shares[0].noted is not None:
            return None
        words, whole = shares[0].share, shares[0].claim
        if words is None or whole not in self.ledger or claim.interval or claim.level:
            return None
        try:
            figure = self.ledger[whole].figure
            same = figure is not None and share_of(figure, words) == claim.figure
        except CasualtiesError:
            return None
        return {"share": words, "of": self._local(whole)} if same else None

    @staticmethod
    def _interval(claim: Claim, words: str | None) -> _Plain:
        """Give what the words of an estimate do not say of its interval."""
        if words is not None and claim.level is not None and estimate_in(words) is not None:
            return {}
        return {"interval": claim.interval and str(claim.interval), "level": claim.level and Bare(claim.level)}

    @staticmethod
    def _says(words: str, claim: Claim) -> bool:
        if (estimate := estimate_in(words)) is not None:
            says = (estimate.figure, estimate.interval, estimate.level)
            return says == (claim.figure, claim.interval, claim.level) and set(estimate.harms) <= {*claim.subject.harm}
        try:
            figure = parse_figure(words)
            if claim.stance is Stance.SILENT:
                return figure is None and silence_of(words) == claim.silence
        except FigureError:
            return False
        return (
            claim.stance is Stance.STATES and figure == claim.figure and another_harm(words, claim.subject.harm) is None
        )

    def _citation(self, citation: Citation, words: str | None) -> str | _Plain:
        citation_fields = _without_blanks(
            report=citation.report and self.reports[citation.report],
            relays=_list(self.relays.get(relay, relay.name) for relay in citation.relays),
            locator=citation.locator,
        )
        if citation.words != words:
            citation_fields["words"] = citation.words or ""
        return citation_fields["report"] if list(citation_fields) == ["report"] else citation_fields

    def _described(self, subject: Subject, alleged: Iterable[tuple[str, str]] = ()) -> _Plain:
        people = _people(subject, alleged)
        group = self._group_of.get(repr(people))
        fields: _Plain = {"victims": group} if group else {"victims": people} if len(people) > 1 else people
        facets = {name: str(value) for name in _ELSE if (value := getattr(subject, name)) is not None}
        return {
            **fields,
            **facets,
            **_without_blanks(**{"with": list(subject.with_), "without": list(subject.without)}),
        }

    def _subject(self, subject: Subject) -> _Plain:
        dates = {name: Bare(value) for name in ("since", "until") if (value := getattr(subject, name)) is not None}
        return {"harm": _harm(subject), **self._described(subject), **dates}

    def _local(self, identity: str) -> str:
        return self.ids[self.ledger[identity]] if identity in self.ledger else identity

    def _link(self, link: Link) -> str | _Plain:
        claim = self._local(link.claim)
        if link.noted is None and link.share is None:
            return claim
        return _without_blanks(claim=claim, noted=link.noted and Bare(link.noted), share=link.share)

    # Defaults

    @staticmethod
    def _defaults(entries: list[_Plain]) -> _Plain:
        """Find what most claims share."""
        shared: _Plain = {}
        for name in _SHARED:
            values = {repr(entry[name]): entry[name] for entry in entries if name in entry}
            counts = Counter(repr(entry[name]) for entry in entries if name in entry)
            common = min(counts, key=lambda value: (-counts[value], value), default=None)
            if common is not None and counts[common] > 1 and 2 * counts[common] > len(entries) and values[common] != "":
                shared[name] = values[common]
        return shared

    @staticmethod
    def _undefault(entry: _Plain, defaults: _Plain) -> None:
        """Leave out of an entry what the defaults say, and undo what they say and it does not."""
        for name, value in defaults.items():
            if name not in entry:
                if name in ("since", "until") or "source" in entry:
                    entry[name] = [] if name == "cited" else ""
            elif entry[name] == value:
                del entry[name]


def _joined(entries: list[_Plain]) -> list[_Plain]:
    """Join entries that differ in harm and count alone, and that nobody names."""
    by_key: dict[str, _Plain] = {}
    for place, entry in enumerate(entries):
        counts = [name for name in entry if name not in ENTRY]
        rest = {name: value for name, value in entry.items() if name not in counts}
        key = repr(rest) if counts and "id" not in entry else str(place)
        other = by_key.get(key)
        if other is None or counts[0] in other:
            by_key[key if other is None else str(place)] = entry
            continue
        by_key[key] = {
            "source": other["source"],
            **{name: value for name, value in other.items() if name not in ENTRY},
            counts[0]: entry[counts[0]],
            **{name: value for name, value in other.items() if name in ENTRY},
        }
    return list(by_key.values())


def _claim_names(claim: Claim) -> list[str]:
    base = f"{slug(claim.source) or 'claim'}-{_harm(claim.subject) if claim.stance is Stance.STATES else claim.stance}"
    if _reserved(base):
        base = f"claim-{base}"
    return [base, f"{base}-{claim.subject.until}".replace("/", "-")] if claim.subject.until else [base]


def _group_names(people: _Plain) -> list[str]:
    stated = [slug(value) for name, value in people.items() if name != "alleged"]
    alleged = [slug(f"alleged {facet} {word}") for facet, word in people.get("alleged", {}).items()]
    return ["-".join(filter(None, words)) or "group" for words in (stated, [*stated, *alleged])]


def _names(names: tuple[str, ...]) -> _Plain:
    return {"name": names[0]} if len(names) == 1 else {"names": list(names)}


def _fields(record: Record) -> _Plain:
    """Give the fields of a flat record; dates stand bare."""
    plain = record.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return {
        name: Bare(value) if name in ("published", "retrieved", "graded") else value for name, value in plain.items()
    }


def _source(source: Source) -> _Plain:
    kinds = [str(kind) for kind in source.kinds]
    return _without_blanks(
        **_names(source.names),
        aliases=list(source.aliases),
        **({"kind": kinds[0]} if len(kinds) == 1 else {"kinds": kinds}),
        side=source.side,
        under=source.under,
        repeats=list(source.repeats),
    )


def _figure(figure: Figure) -> _Plain:
    ends = _without_blanks(low=figure.low, high=figure.high, best=figure.best)
    counts: _Plain = {name: Bare(value) for name, value in ends.items()}
    return {**counts, **_without_blanks(assumed=sorted(map(str, figure.assumed)))}


def _reserved(name: str) -> bool:
    """Tell whether a name would be taken for a set of harms or for the identity of a claim."""
    return set(name.split("-or-")) <= JOINABLE or IDENTITY.fullmatch(name) is not None
