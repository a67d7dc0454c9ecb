"""From the entries of a file that people wrote to claims: counts from words, links from local ids.

An entry is one or several claims: one for each harm that it counts, keeps silent about, denies or withdraws.
An ``id`` names them all; ``id.killed`` names the one on the killed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any, Final

from casualties.files._nodes import Fields, Items, Node, Scalar
from casualties.files.problems import close
from casualties.files.yaml._desk import Desk
from casualties.files.yaml._grammar import ASSESSMENT, CITED, ENTRY, LINK, MARKS
from casualties.files.yaml._read_acts import ABOUT_CLAIMS, Act, Acts
from casualties.files.yaml._read_subjects import PLACED, Members, Subjects, is_blank, joined, places_of
from casualties.model.claim import IDENTITY, Assessment, Claim, Link, Modality, Stance
from casualties.model.report import Citation, Relay, Report
from casualties.model.subject import Subject
from casualties.wording.share import share_of

__all__ = ["Entries"]


_ESTIMATE: Final = ("method", "interval", "level")
"""The keys that make an estimate of a number."""

_SAID: Final = ("modality", "aspect", "present", "note", *_ESTIMATE)
"""The keys whose values go to the claim as they stand."""


@dataclass(slots=True)
class _Entry:
    """One entry, read but for its links to others."""

    node: Node
    members: Members
    given: Members
    """Its members and the defaults that it does not undo."""
    blank: set[str]
    acts: list[Act]
    source: str | None
    claims: list[Claim] = field(default_factory=list)
    parts: list[Claim] = field(default_factory=list)
    """Claims on parts of what it counts, which its id does not name."""


class Entries:
    """Reads the claims of a file, and the subjects of its totals."""

    def __init__(
        self,
        desk: Desk,
        subjects: Subjects,
        *,
        reports: Mapping[str, Report],
        relays: Mapping[str, Relay],
        known: Mapping[str, Claim] | None = None,
    ) -> None:
        self.desk = desk
        self.subjects = subjects
        self.acts = Acts(desk, subjects)
        self.reports = reports
        self.relays = relays
        self._ids: dict[str, _Entry] = {}
        self._known = known or {}
        """Claims from elsewhere that an entry may name, by identity."""

    # Entries

    def claims(self, node: Node) -> list[Claim]:
        """Read all claims; those that are wrong are left out and noted."""
        if not isinstance(node, Items):
            if not is_blank(node):
                self.desk.wrong(node, "claims is not a list", "begin every claim with a dash", "not-a-list")
            return []
        entries = [entry for member in node.members if (entry := self._entry(member)) is not None]
        for entry in self._in_order(entries):
            self._build(entry)
        self._link(entries)
        return [claim for entry in entries for claim in (*entry.claims, *entry.parts)]

    @cached_property
    def _keys(self) -> frozenset[str]:
        """The keys of an entry, and the harms that hold a count, beside sets such as killed-or-wounded."""
        return frozenset({*ENTRY, *self.desk.declared["harms"]})

    def _entry(self, node: Node) -> _Entry | None:
        if not isinstance(node, Fields):
            self.desk.fields(node, "a claim")
            return None
        sets = [key for key in node.members if joined(key)]
        own, blank = self.subjects.own(node, "a claim", self._keys.union(sets) if sets else self._keys)
        members = {name: pair for name, pair in {**self.subjects.defaults, **own}.items() if name not in blank}
        acts = list(self.acts.of(node, own))
        source = None
        if "source" in members:
            source = self.desk.word(members["source"][1], "source", ENTRY["source"])
        else:
            self.desk.wrong(node, "a claim without a source", "say who makes the statement: source: …", "missing")
        entry = _Entry(node, own, members, blank, acts, source)
        self._name(entry)
        return entry

    def _name(self, entry: _Entry) -> None:
        if "id" not in entry.members:
            return
        node = entry.members["id"][1]
        name = self.desk.name(node, "id")
        if name is None:
            return
        if name in self._ids:
            first = self._ids[name].members["id"][1].mark
            self.desk.wrong(
                node, f"id {name!r} again: it stands at {first} already", "give one of them another id", "duplicate"
            )
        elif (name in self._keys and name not in ENTRY) or joined(name) or IDENTITY.fullmatch(name):
            self.desk.wrong(node, f"id {name!r} already means something else", "give it another id", "duplicate")
        else:
            self._ids[name] = entry

    # From entries to claims

    def _lookup(self, name: str) -> tuple[_Entry, str | None] | None:
        """Find the entry, and the harm where one is picked, that a local id names."""
        if name in self._ids:
            return self._ids[name], None
        start, dot, harm = name.rpartition(".")
        return (self._ids[start], harm) if dot and start in self._ids else None

    def _references(self, entry: _Entry) -> Iterator[Scalar]:
        for name in (*ABOUT_CLAIMS, "of", "replaces"):
            if name in entry.members:
                yield from (node for node in self.desk.items(entry.members[name][1]) if isinstance(node, Scalar))
        yield from (act.whole for act in entry.acts if act.whole is not None)

    def _in_order(self, entries: list[_Entry]) -> Iterator[_Entry]:
        """Give every entry after those whose claims it names."""
        done: set[int] = set()
        for start in entries:
            if not any(self._references(start)):
                if id(start) not in done:
                    done.add(id(start))
                    yield start
                continue
            path: set[int] = set()
            todo = [(start, False)]
            while todo:
                entry, leaving = todo.pop()
                if leaving:
                    done.add(id(entry))
                    yield entry
                elif id(entry) not in done:
                    if id(entry) in path:
                        hint = "take one of the references out; a claim cannot come before itself"
                        self.desk.wrong(entry.node, "a circle of claims that name one another", hint, "circle")
                        done.add(id(entry))
                        continue
                    path.add(id(entry))
                    todo.append((entry, True))
                    referred = (self._lookup(" ".join(scalar.text.split())) for scalar in self._references(entry))
                    todo.extend(
                        (waiting_entry[0], False)
                        for waiting_entry in referred
                        if waiting_entry is not None and id(waiting_entry[0]) not in done
                    )

    def _named(self, node: Scalar, what: str, harm: tuple[str, ...] | None) -> Sequence[Claim | str]:
        """Find the claims of this file that a text names, or take the identity that it is."""
        name = " ".join(node.text.split())
        elsewhere = IDENTITY.fullmatch(name) and name not in self._known
        return [name] if elsewhere else self._local(node, what, harm)

    def _local(self, node: Scalar, what: str, harm: tuple[str, ...] | None) -> list[Claim]:
        """Find the claims of this file that a text names; those of one harm where they are several."""
        name = " ".join(node.text.split())
        if name in self._known:
            return [self._known[name]]
        found_entry = self._lookup(name)
        if found_entry is None:
            hint = close(name, self._ids) or "give the other claim an id"
            self.desk.wrong(node, f"{what} {name!r}: no claim of this file has this id", hint, "unknown-claim")
            return []
        entry, picked = found_entry
        claims = entry.claims
        if picked is not None:
            claims = [claim for claim in claims if "-or-".join(claim.subject.harm) == picked]
        elif harm is not None and len(claims) > 1:
            claims = [claim for claim in claims if claim.subject.harm == harm]
        if not claims and entry.claims:
            hint = f"it has {', '.join('-or-'.join(claim.subject.harm) for claim in entry.claims)}"
            what = f"{what} {name!r}: it has no claim on {picked or ' or '.join(harm or ())}"
            self.desk.wrong(node, what, hint, "unknown-claim")
        return claims

    def _extra(self, node: Node) -> Iterator[tuple[str, str]]:
        for key, value in self.desk.fields(node, "extra").values():
            name = self.desk.name(key, "extra")
            for item in self.desk.items(value):
                if (text := self.desk.text(item, key.text)) is not None and name is not None:
                    yield name, text

    def _build(self, entry: _Entry) -> None:
        """Make the claims of an entry, all but their links to claims on which they rest."""
        members = entry.given
        described = self.subjects.described(entry.members, entry.blank)
        period = self.subjects.dates(members, (), "since", "until")
        said = self.desk.values(ENTRY, {name: members[name] for name in _SAID if name in members})
        estimate: dict[str, Any] = {name: said.pop(name) for name in _ESTIMATE if name in said}
        if "note" in said:
            said["notes"] = said.pop("note")
        shared: dict[str, Any] = {
            "source": entry.source,
            **{name: described.pop(name) for name in MARKS if name in described},
            **self.subjects.dates(members, (), "stated"),
            **said,
        }
        if "assessments" in members:
            shared["assessments"] = self._assessments(members["assessments"][1])
        if "extra" in members:
            shared["extra"] = tuple(self._extra(members["extra"][1]))
        if not any(act.stance is Stance.STATES for act in entry.acts):
            for name in _ESTIMATE:
                if name in entry.members:
                    self.desk.wrong(
                        entry.members[name][0], f"{name} says nothing here", "it goes with a count", "stance"
                    )
        cited = self._cited(members["cited"][1]) if "cited" in members else []
        for act in entry.acts:
            for harm, facets, target in self._about(entry, act, {**described, **period}, period):
                subject = self.subjects.make(entry.node, members, harm, facets)
                if subject is not None and act.whole is not None:
                    self._take_share(act, act.whole, subject.harm)
                if subject is None or entry.source is None or (act.stance is Stance.STATES and act.figure is None):
                    continue
                fields = {
                    **shared,
                    "subject": subject,
                    "stance": act.stance,
                    "figure": act.figure,
                    "silence": act.silence,
                    **self._only(entry, members, subject),
                    **(self._estimate(entry, act, estimate) if act.stance is Stance.STATES else {}),
                }
                fields |= {"target": target, "citations": self._citations(act, cited)}
                if act.shared is not None:
                    fields |= {"modality": shared.get("modality", Modality.DERIVED), "based_on": (act.shared,)}
                if act.stance is Stance.STATES or not any(
                    other_act.stance is Stance.STATES for other_act in entry.acts
                ):
                    fields["replaces"] = self._replaced(entry, subject)
                claim = self.desk.making(entry.node, Claim, fields, partial(_places_of, members, act))
                if claim is not None:
                    entry.claims.append(claim)
                self._part_claims(entry, act, fields, cited)

    def _part_claims(
        self, entry: _Entry, act: Act, shared_fields: Mapping[str, Any], cited: list[tuple[dict[str, Any], bool]]
    ) -> None:
        """Make a claim of every part that is given beside a count, with the same citations."""
        whole: Subject = shared_fields["subject"]
        for place, name, part in act.parts:
            group = self.subjects.group(place, name, "including")
            facets = {"with_" if name == "with" else name: value for name, value in group.items() if name not in MARKS}
            against = [name for name, value in facets.items() if (held := getattr(whole, name)) and held != value]
            if against:
                what = f"including {name!r}: the whole has another {against[0].rstrip('_')}"
                self.desk.wrong(place, what, "count them in a claim of their own", "two-values")
                continue
            subject = self.subjects.make(place, {}, whole.harm, {**_facets_of(whole), **facets})
            if subject is None or (part.stance is Stance.STATES and part.figure is None):
                continue
            fields = {
                **{
                    key: value
                    for key, value in shared_fields.items()
                    if key not in ("based_on", "replaces", *_ESTIMATE)
                },
                "subject": subject,
                "stance": part.stance,
                "figure": part.figure,
                "silence": part.silence,
                "citations": self._citations(part, cited),
                **{mark: (*shared_fields.get(mark, ()), *group[mark]) for mark in MARKS if mark in group},
            }
            if part.stance is Stance.STATES:
                fields |= {"method": shared_fields.get("method"), "interval": part.interval, "level": part.level}
            claim = self.desk.making(place, Claim, fields, {"citations": part.node, "figure": part.node})
            if claim is not None:
                entry.parts.append(claim)

    def _only(self, entry: _Entry, members: Members, subject: Subject) -> dict[str, Any]:
        """Take by what a count is broken down; a default holds only where there is something to break it down by."""
        if "only" not in members:
            return {}
        facets = self.desk.values(ENTRY, {"only": members["only"]})
        if "only" not in entry.members:
            facets["only"] = [facet for facet in facets["only"] if getattr(subject, facet, None) is not None]
        return facets

    def _estimate(self, entry: _Entry, act: Act, fields: Mapping[str, Any]) -> dict[str, Any]:
        """Take what makes an estimate of a number: its words, or keys of their own, which must not say otherwise."""
        estimate = dict(fields)
        for name in ("interval", "level"):
            worded = getattr(act, name)
            if worded is None:
                continue
            if name in entry.members and name in fields and fields[name].rstrip(" %") != worded:
                what = f"{name} is both {fields[name]!r} and, in the words, {str(worded)!r}"
                self.desk.wrong(entry.members[name][1], what, "keep one of the two", "two-values")
            estimate[name] = worded
        if act.figure is not None and act.figure.high is None:  # of the defaults an open count takes the method alone
            estimate = {name: value for name, value in estimate.items() if name == "method" or name in entry.members}
        return estimate

    def _take_share(self, act: Act, of: Scalar, harm: tuple[str, ...]) -> None:
        """Work out the count that a share of another claim's count is, and link it to that claim."""
        claims = self._local(of, "of", harm)
        counted = [(claim, claim.figure) for claim in claims if claim.figure is not None]
        if len(counted) == 1:
            whole, figure = counted[0]
            act.figure, act.shared = share_of(figure, act.words or ""), Link(claim=whole.id, share=act.words)
        elif claims:
            what = f"of {of.text!r}: it names {len(counted)} counts"
            self.desk.wrong(of, what, "name one claim that states a count: id.killed", "unknown-claim")

    def _about(
        self, entry: _Entry, act: Act, described: dict[str, Any], period: dict[str, Any]
    ) -> Iterator[tuple[tuple[str, ...], dict[str, Any], str | None]]:
        """Give harm, facets and target of each claim that an act makes: a denial may name several others at once."""
        name = " ".join(act.target.text.split()) if act.target is not None else ""
        is_harm = name in self.desk.declared["harms"] or joined(name)
        if act.target is None or is_harm:
            yield (name,) if is_harm else act.harm, described, self._of(entry)
            return
        what = str(act.stance)
        if IDENTITY.fullmatch(name) and name not in self._known:
            hint = f"name the harm and the facets too: {what}: killed, of: {name}"
            self.desk.wrong(act.target, f"{what} {name!r}: only its identity is known here", hint, "unknown-claim")
            return
        own = [key for key in ("of", "victims", *PLACED) if key in entry.members]
        if own:
            hint = f"take it out, or name the harm: {what}: killed, of: {name}"
            self.desk.wrong(entry.members[own[0]][0], f"{own[0]} is taken from the claim {name!r}", hint, "two-values")
            return
        for claim in self._local(act.target, what, None):
            self._own_claim(entry, act.target, act.stance, claim)
            facets = {name: getattr(claim.subject, "with_" if name == "with" else name) for name in PLACED}
            days = {name: getattr(claim.subject, name) for name in ("since", "until") if name not in entry.blank}
            yield claim.subject.harm, {**facets, **days, **period}, claim.id

    def _of(self, entry: _Entry) -> str | None:
        if "of" not in entry.members or not isinstance(entry.members["of"][1], Scalar):
            return None
        claims = self._named(entry.members["of"][1], "of", None)
        if len(claims) > 1:
            self.desk.wrong(
                entry.members["of"][1], "of names several claims", "add the harm: id.killed", "unknown-claim"
            )
        return next((_identity(claim) for claim in claims), None)

    def _replaced(self, entry: _Entry, subject: Subject) -> tuple[str, ...]:
        replaced = []
        for node in self.desk.items(entry.members["replaces"][1]) if "replaces" in entry.members else ():
            if not isinstance(node, Scalar):
                self.desk.text(node, "replaces")
                continue
            for claim in self._named(node, "replaces", subject.harm):
                if isinstance(claim, Claim):
                    self._own_claim(entry, node, "replaces", claim)
                replaced.append(_identity(claim))
        return tuple(replaced)

    def _own_claim(self, entry: _Entry, node: Node, does: str, claim: Claim) -> None:
        """See that a source withdraws and replaces only what it said itself."""
        if does not in (Stance.DENIES, Stance.UNVERIFIED) and claim.source != entry.source:
            what = f"{entry.source!r} {does} a claim of {claim.source!r}"
            self.desk.wrong(node, what, "a source withdraws only its own claims; another's it denies", "not-its-own")

    def _link(self, entries: list[_Entry]) -> None:
        """Add the claims on which claims rest, and those that they relay falsely, once all are known."""
        for entry in entries:
            for name in ("based_on", "misrelays"):
                if name not in entry.members:
                    continue
                for claims in (entry.claims, entry.parts):
                    for place, claim in enumerate(claims):
                        links = tuple(self._links(entry.members[name][1], name, claim.subject.harm))
                        claims[place] = claim.replacing(**{name: (*getattr(claim, name), *links)})

    def _links(self, node: Node, what: str, harm: tuple[str, ...]) -> Iterator[Link]:
        for item in self.desk.items(node):
            noted = share = None
            named: Node = item
            if isinstance(item, Fields):
                members = self.desk.fields(item, what, LINK)
                if "claim" not in members:
                    self.desk.wrong(item, f"{what} names no claim", "say claim: and its id", "missing")
                    continue
                noted = self.subjects.dates(members, (), "noted").get("noted")
                share = self.desk.text(members["share"][1], "share") if "share" in members else None
                named = members["claim"][1]
            if isinstance(named, Scalar):
                claims = self._named(named, what, harm)
                yield from (Link(claim=_identity(claim), noted=noted, share=share) for claim in claims)
            else:
                self.desk.text(named, what)

    # Where a claim was read, and who graded it

    def _cited(self, cited: Node) -> list[tuple[dict[str, Any], bool]]:
        """Read citations; with each, whether it settles its words itself."""
        citations: list[tuple[dict[str, Any], bool]] = []
        for node in self.desk.items(cited):
            if isinstance(node, Scalar):
                name = self.desk.word(node, "cited", CITED["report"])
                if name is not None and name in self.reports:
                    citations.append(({"report": self.reports[name]}, False))
                continue
            own = self.desk.fields(node, "cited", CITED)
            no_words = "words" in own and is_blank(own["words"][1])
            values = self.desk.values(
                CITED, {name: pair for name, pair in own.items() if not (no_words and name == "words")}
            )
            if "report" in values:
                values["report"] = self.reports.get(values["report"])
            relays = [
                self.relays.get(name) or self.desk.making(own["relays"][1], Relay, {"name": name})
                for name in values.get("relays", ())
            ]
            values["relays"] = tuple(relay for relay in relays if relay is not None)
            citations.append((values, "words" in own))
        return citations

    @staticmethod
    def _citations(act: Act, cited: list[tuple[dict[str, Any], bool]]) -> tuple[Citation, ...]:
        """Give every citation that has no words of its own the words of the count."""
        if not cited and act.words is not None:
            return (Citation(words=act.words),)
        return tuple(Citation(**(values if settled else {**values, "words": act.words})) for values, settled in cited)

    def _assessments(self, graded: Node) -> tuple[Assessment, ...]:
        assessments = []
        for node in self.desk.items(graded):
            own = self.desk.fields(node, "an assessment", ASSESSMENT)
            values = self.desk.values(ASSESSMENT, own)
            places = {name: value for name, (_key, value) in own.items()}
            assessment = self.desk.making(node, Assessment, values, places)
            if assessment is not None:
                assessments.append(assessment)
        return tuple(assessments)


def _places_of(members: Members, act: Act) -> dict[str, Node]:
    return {**places_of(members), "citations": act.node, "figure": act.node}


def _facets_of(subject: Subject) -> dict[str, Any]:
    """Give everything that a subject says but its harm."""
    return {name: getattr(subject, name) for name in type(subject).model_fields if name != "harm"}


def _identity(claim: Claim | str) -> str:
    return claim.id if isinstance(claim, Claim) else claim
