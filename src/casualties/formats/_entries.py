"""From the entries of a file that people wrote to claims: counts from words, links from local ids.

An entry is one or several claims: one for each harm that it counts, keeps silent about, denies or withdraws.
An ``id`` names them all; ``id.killed`` names the one on the killed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from casualties.claim import Assessment, Claim, Link, Stance
from casualties.errors import CasualtiesError, FigureError
from casualties.figure import End, Figure
from casualties.formats._desk import Desk, close
from casualties.formats._grammar import ASSESSMENT, CITED, ENTRY, FIGURE, GROUP, LINK, MARKS, SUBJECT, Shape
from casualties.formats._nodes import Fields, Items, Node, Scalar
from casualties.report import Citation, Relay, Report
from casualties.subject import FACETS, JOINABLE, Subject
from casualties.wording import parse_figure, silence_of

__all__ = ["DEFAULTS", "Entries"]

_CONTENT_ID: Final = re.compile(r"c[0-9]+-[0-9a-f]{20}")
_COUNT: Final = re.compile(r"0|[1-9][0-9]{0,14}")
_OF_ONE_CLAIM: Final = (
    "id", "harm", "figure", "silent", "silence", "denies", "aspect", "withdraws", "of", "replaces", "based_on", "misrelays",
)  # fmt: skip
DEFAULTS: Final = {name: key for name, key in ENTRY.items() if name not in _OF_ONE_CLAIM}
"""The keys that defaults may hold: all that may be said alike of many claims."""

_PLACED: Final = (*FACETS, "with", "without")
_FACET_NAMES: Final = (*FACETS, "harm", "period")

_Members = Mapping[str, tuple[Scalar, Node]]


@dataclass(slots=True)
class _Act:
    """What an entry does about one harm, or about the claims that a text names."""

    node: Node
    stance: Stance
    harm: tuple[str, ...] = ()
    figure: Figure | None = None
    silence: str | None = None
    words: str | None = None
    target: Scalar | None = None


@dataclass(slots=True)
class _Entry:
    """One entry, read but for its links to others."""

    node: Node
    members: dict[str, tuple[Scalar, Node]]
    blank: set[str]
    acts: list[_Act]
    source: str | None
    claims: list[Claim] = field(default_factory=list)


class Entries:
    """Reads the claims of a file, and the subjects of its totals."""

    def __init__(
        self,
        desk: Desk,
        *,
        groups: Mapping[str, Node],
        reports: Mapping[str, Report],
        relays: Mapping[str, Relay],
        defaults: Node | None,
    ) -> None:
        self.desk = desk
        self.reports = reports
        self.relays = relays
        self.groups = {name: self._victims_map(node, f"group {name!r}") for name, node in groups.items()}
        self.defaults: _Members = {} if defaults is None else desk.fields(defaults, "defaults", DEFAULTS)
        self._ids: dict[str, _Entry] = {}

    # Subjects

    def _victims_map(self, node: Node, what: str) -> dict[str, Any]:
        members = self.desk.fields(node, what, GROUP)
        return {**self._facets(members), **self._marks(members)}

    def _facets(self, members: _Members) -> dict[str, Any]:
        return self.desk.values(GROUP, {name: pair for name, pair in members.items() if name in _PLACED})

    def _marks(self, members: _Members) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name in MARKS:
            if name not in members:
                continue
            node = members[name][1]
            if name == "alleged":
                found[name] = tuple(self._alleged(node))
                continue
            facets = [facet for each in self.desk.items(node) if (facet := self.desk.text(each, name)) is not None]
            for facet in facets:
                if facet not in _FACET_NAMES:
                    self.desk.wrong(
                        node, f"{name} {facet!r}: there is no such facet", close(facet, _FACET_NAMES), "unknown-facet"
                    )
            found[name] = tuple(facets)
        return found

    def _alleged(self, node: Node) -> Iterator[tuple[str, str]]:
        for facet, (_key, words) in self.desk.fields(node, "alleged", _FACET_NAMES).items():
            for each in self.desk.items(words):
                key = GROUP.get(facet)
                free = key is None or key.shape is not Shape.TEXT
                word = self.desk.name(each, facet) if free or key is None else self.desk.word(each, facet, key)
                if word is not None:
                    yield facet, word

    def _described(self, own: _Members, blank: Iterable[str] = ()) -> dict[str, Any]:
        """Put together what an entry, its group and the defaults say of the victims."""
        members = {**self.defaults, **own}
        inline = self._facets(members)
        marks = self._marks(members)
        if "victims" in members and "victims" not in blank:
            node = members["victims"][1]
            group = self._victims(node)
            for name, value in group.items():
                if name in MARKS:
                    marks[name] = (*value, *marks.get(name, ()))
                    continue
                if name in inline and ("victims" in own) == (name in own) and inline[name] != value:
                    what = f"{name} is both {_worded(value)} and {_worded(inline[name])}"
                    self.desk.wrong(members[name][1], what, "keep one of the two, or make another group", "two-values")
                elif name not in inline or "victims" in own:
                    inline[name] = value
        return {name: value for name, value in {**inline, **marks}.items() if name not in blank}

    def _victims(self, node: Node) -> dict[str, Any]:
        if not isinstance(node, Scalar):
            return self._victims_map(node, "victims")
        name = self.desk.name(node, "victims")
        if name is None:
            return {}
        if name not in self.groups:
            hint = close(name, self.groups) or "declare it under groups, or write the facets in braces"
            self.desk.wrong(node, f"victims {name!r}: there is no such group", hint, "undeclared")
            return {}
        return self.groups[name]

    def subject(self, node: Node, what: str) -> Subject | None:
        """Read a subject that stands alone, as in totals."""
        own, blank = self._own(node, what, SUBJECT)
        if "harm" not in own:
            self.desk.wrong(node, f"{what} without a harm", "say harm: killed, or what happened", "missing")
            return None
        harm = self._harm(own["harm"][1], "harm")
        described = self._described(own, blank)
        facets = {name: value for name, value in described.items() if name not in MARKS}
        return self._make_subject(
            node, own, harm, {**facets, **self._dates({**self.defaults, **own}, blank, "since", "until")}
        )

    def _make_subject(
        self, node: Node, members: _Members, harm: tuple[str, ...], facets: dict[str, Any]
    ) -> Subject | None:
        if not harm:
            return None
        places = {name: value for name, (_key, value) in members.items()}
        return self.desk.taking(node, lambda: Subject(harm=harm, **facets), places)

    def _dates(self, members: _Members, blank: Iterable[str], *names: str) -> dict[str, Any]:
        read = {name: self.desk.date(members[name][1], name) for name in names if name in members and name not in blank}
        return {name: value for name, value in read.items() if value is not None}

    def _own(self, node: Node, what: str, keys: Any) -> tuple[dict[str, tuple[Scalar, Node]], set[str]]:  # noqa: ANN401
        """Take the keys of an entry, and apart from them those that are left empty to undo a default."""
        own = self.desk.fields(node, what, keys)
        blank = {
            name
            for name, (_key, value) in own.items()
            if name in DEFAULTS and _is_blank(value) and self._undoes(name, own)
        }
        return {name: pair for name, pair in own.items() if name not in blank}, blank

    def _undoes(self, name: str, own: _Members) -> bool:
        victims = "victims" in self.defaults and name in GROUP
        return (
            name in self.defaults or victims or (name in ("since", "until") and ("denies" in own or "withdraws" in own))
        )

    # Entries

    def claims(self, node: Node) -> list[Claim]:
        """Read all claims; those that are wrong are left out and noted."""
        if not isinstance(node, Items):
            if not _is_blank(node):
                self.desk.wrong(node, "claims is not a list", "begin every claim with a dash", "not-a-list")
            return []
        harms = self._harm_keys()
        entries = [entry for each in node.members if (entry := self._entry(each, harms)) is not None]
        for entry in self._in_order(entries):
            self._build(entry)
        self._link(entries)
        return [claim for entry in entries for claim in entry.claims]

    def _harm_keys(self) -> dict[str, tuple[str, ...]]:
        """Give the keys that hold a count, beside sets such as killed-or-wounded."""
        return {harm: (harm,) for harm in self.desk.declared["harms"] if harm not in ENTRY}

    def _entry(self, node: Node, harms: Mapping[str, tuple[str, ...]]) -> _Entry | None:
        if not isinstance(node, Fields):
            self.desk.fields(node, "a claim")
            return None
        keys = {*ENTRY, *harms, *(key for key in node.members if _joined(key))}
        own, blank = self._own(node, "a claim", keys)
        members = {name: pair for name, pair in {**self.defaults, **own}.items() if name not in blank}
        acts = list(self._acts(node, own))
        source = None
        if "source" in members:
            source = self.desk.word(members["source"][1], "source", ENTRY["source"])
        else:
            self.desk.wrong(node, "a claim without a source", "say who makes the statement: source: …", "missing")
        entry = _Entry(node, own, blank, acts, source)
        self._name(entry, harms)
        return entry

    def _name(self, entry: _Entry, harms: Mapping[str, tuple[str, ...]]) -> None:
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
        elif name in harms or _joined(name) or _CONTENT_ID.fullmatch(name):
            self.desk.wrong(node, f"id {name!r} already means something else", "give it another id", "duplicate")
        else:
            self._ids[name] = entry

    def _acts(self, node: Node, own: _Members) -> Iterator[_Act]:
        """Find what an entry does, and note keys that do not go together."""
        counts = [(name, pair) for name, pair in own.items() if name not in ENTRY]
        does = [name for name in ("denies", "withdraws") if name in own]
        states = [*(name for name, _ in counts), *(name for name in ("harm", "figure", "silent") if name in own)]
        if len(does) + bool(states) != 1:
            what = f"both {' and '.join([*does, *states[:1]])}" if does or states else "nothing"
            self.desk.wrong(
                node,
                f"a claim that says {what}",
                "give one harm with its count, or silent, denies or withdraws",
                "stance",
            )
            return
        for key, needs in (
            ("harm", "figure"),
            ("figure", "harm"),
            ("silence", None),
            ("aspect", "denies"),
            ("of", None),
        ):
            if key in own and (
                (needs is not None and needs not in own) or (key == "of" and not does) or (key == "silence" and does)
            ):
                self.desk.wrong(
                    own[key][0],
                    f"{key} says nothing here",
                    f"it goes with {needs or ('silent' if key == 'silence' else 'denies or withdraws')}",
                    "stance",
                )
        silence = self.desk.word(own["silence"][1], "silence", ENTRY["silence"]) if "silence" in own else None
        for name, (key, value) in counts:
            yield self._count(key, value, self._harm(key, "harm"), silence)
        if "harm" in own and "figure" in own:
            yield self._count(own["figure"][0], own["figure"][1], self._harm(own["harm"][1], "harm"), silence)
        for each in self.desk.items(own["silent"][1]) if "silent" in own else ():
            yield _Act(each, Stance.SILENT, self._harm(each, "silent"), silence=silence)
        for name in does:
            for each in self.desk.items(own[name][1]):
                if isinstance(each, Scalar):
                    yield _Act(each, Stance(name), target=each)
                else:
                    self.desk.text(each, name)

    def _harm(self, node: Node, what: str) -> tuple[str, ...]:
        """Read harms; empty where they are wrong."""
        harms = []
        for each in self.desk.items(node):
            name = self.desk.name(each, what)
            if name is None or (not _joined(name) and self.desk.word(each, what, ENTRY["harm"]) is None):
                return ()
            harms.append(name)
        return tuple(harms)

    def _count(self, key: Scalar, node: Node, harm: tuple[str, ...], silence: str | None) -> _Act:
        """Read a count from words, or from a map where there are none."""
        act = _Act(node, Stance.STATES, harm, silence=silence)
        if isinstance(node, Fields):
            act.figure = self._figure(node)
            return act
        if not isinstance(node, Scalar):
            self.desk.text(node, key.text)
            return act
        act.words = node.text.strip() or None
        try:
            act.figure = parse_figure(node.text)
            if act.figure is None:
                act.stance = Stance.SILENT
                act.silence = silence or silence_of(node.text)
        except CasualtiesError as error:
            self.desk.wrong(
                node, f"{key.text}: {error.message}", error.hint or "write the count as printed", error.reason
            )
        return act

    def _figure(self, node: Fields) -> Figure | None:
        members = self.desk.fields(node, "a figure", FIGURE)
        ends: dict[str, int] = {}
        for name in ("low", "high", "best"):
            text = self.desk.text(members[name][1], name) if name in members else None
            if text is not None and _COUNT.fullmatch(text):
                ends[name] = int(text)
            elif text is not None:
                self.desk.wrong(
                    members[name][1], f"{name} {text!r} is no count", "write digits alone, such as 1200", "not-a-count"
                )
                return None
        if "low" not in members:
            self.desk.wrong(node, "a figure without low", "write low: 0 where only a ceiling is stated", "missing")
            return None
        known = [str(end) for end in End]
        assumed = (
            [text for each in self.desk.items(members["assumed"][1]) if (text := self.desk.text(each, "assumed"))]
            if "assumed" in members
            else []
        )
        for text in assumed:
            if text not in known:
                self.desk.wrong(
                    members["assumed"][1], f"assumed {text!r} is no end", f"one of {', '.join(known)}", "unknown-word"
                )
                return None
        try:
            return Figure(ends["low"], ends.get("high"), best=ends.get("best"), assumed=frozenset(map(End, assumed)))
        except (FigureError, KeyError) as error:
            if isinstance(error, FigureError):
                self.desk.wrong(node, error.message, error.hint, error.reason)
            return None

    # From entries to claims

    def _lookup(self, name: str) -> tuple[_Entry, str | None] | None:
        """Find the entry, and the harm where one is picked, that a local id names."""
        if name in self._ids:
            return self._ids[name], None
        start, dot, harm = name.rpartition(".")
        return (self._ids[start], harm) if dot and start in self._ids else None

    def _references(self, entry: _Entry) -> Iterator[Scalar]:
        for name in ("denies", "withdraws", "of", "replaces"):
            if name in entry.members:
                yield from (each for each in self.desk.items(entry.members[name][1]) if isinstance(each, Scalar))

    def _in_order(self, entries: list[_Entry]) -> Iterator[_Entry]:
        """Give every entry after those whose claims it names."""
        done: set[int] = set()
        for start in entries:
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
                    found = (self._lookup(" ".join(each.text.split())) for each in self._references(entry))
                    todo.extend((each[0], False) for each in found if each is not None and id(each[0]) not in done)

    def _named(self, node: Scalar, what: str, harm: tuple[str, ...] | None) -> Sequence[Claim | str]:
        """Find the claims that a text names, those of one harm where they are several, or an identity."""
        name = " ".join(node.text.split())
        found = self._lookup(name)
        if found is None:
            if _CONTENT_ID.fullmatch(name):
                return [name]
            hint = close(name, self._ids) or "give the other claim an id"
            self.desk.wrong(node, f"{what} {name!r}: no claim of this file has this id", hint, "unknown-claim")
            return []
        entry, picked = found
        claims = entry.claims
        if picked is not None:
            claims = [claim for claim in claims if "-or-".join(claim.subject.harm) == picked]
        elif harm is not None and len(claims) > 1:
            claims = [claim for claim in claims if claim.subject.harm == harm]
        if not claims and entry.claims:
            hint = f"it has {', '.join('-or-'.join(claim.subject.harm) for claim in entry.claims)}"
            self.desk.wrong(
                node, f"{what} {name!r}: it has no claim on {picked or ' or '.join(harm or ())}", hint, "unknown-claim"
            )
        return claims

    def _build(self, entry: _Entry) -> None:
        """Make the claims of an entry, all but their links to claims on which they rest."""
        members = {name: pair for name, pair in {**self.defaults, **entry.members}.items() if name not in entry.blank}
        described = self._described(entry.members, entry.blank)
        period = self._dates(members, (), "since", "until")
        shared: dict[str, Any] = {
            "source": entry.source,
            **{name: described.pop(name) for name in MARKS if name in described},
            **self._dates(members, (), "stated"),
            "assessments": self._assessments(members),
        }
        for name in ("modality", "aspect"):
            if name in members:
                shared[name] = self.desk.word(members[name][1], name, ENTRY[name])
        cited = self._cited(members)
        for act in entry.acts:
            for harm, facets, target in self._about(entry, act, {**described, **period}, period):
                subject = self._make_subject(entry.node, members, harm, facets)
                if subject is None or entry.source is None or (act.stance is Stance.STATES and act.figure is None):
                    continue
                given = {
                    **shared,
                    "subject": subject,
                    "stance": act.stance,
                    "figure": act.figure,
                    "silence": act.silence,
                }
                given |= {"target": target, "citations": self._citations(act, cited)}
                if act.stance is Stance.STATES or not any(each.stance is Stance.STATES for each in entry.acts):
                    given["replaces"] = self._replaced(entry, subject)
                places = {name: value for name, (_key, value) in members.items()}
                places |= {"citations": act.node, "figure": act.node}
                claim = self.desk.taking(entry.node, lambda given=given: Claim(**given), places)
                if claim is not None:
                    entry.claims.append(claim)

    def _about(
        self, entry: _Entry, act: _Act, described: dict[str, Any], period: dict[str, Any]
    ) -> Iterator[tuple[tuple[str, ...], dict[str, Any], str | None]]:
        """Give harm, facets and target of each claim that an act makes: a denial may name several others at once."""
        name = " ".join(act.target.text.split()) if act.target is not None else ""
        is_harm = name in self.desk.declared["harms"] or _joined(name)
        if act.target is None or is_harm:
            yield (name,) if is_harm else act.harm, described, self._of(entry)
            return
        what = str(act.stance)
        if _CONTENT_ID.fullmatch(name):
            hint = f"name the harm and the facets too: {what}: killed, of: {name}"
            self.desk.wrong(act.target, f"{what} {name!r}: only its identity is known here", hint, "unknown-claim")
            return
        own = [key for key in ("of", "victims", *_PLACED) if key in entry.members]
        if own:
            hint = f"take it out, or name the harm: {what}: killed, of: {name}"
            self.desk.wrong(entry.members[own[0]][0], f"{own[0]} is taken from the claim {name!r}", hint, "two-values")
            return
        for claim in self._named(act.target, what, None):
            if isinstance(claim, Claim):
                self._own_claim(entry, act.target, act.stance, claim)
                facets = {name: getattr(claim.subject, "with_" if name == "with" else name) for name in _PLACED}
                days = {name: getattr(claim.subject, name) for name in ("since", "until") if name not in entry.blank}
                yield claim.subject.harm, {**facets, **days, **period}, claim.id

    def _of(self, entry: _Entry) -> str | None:
        if "of" not in entry.members or not isinstance(entry.members["of"][1], Scalar):
            return None
        found = self._named(entry.members["of"][1], "of", None)
        if len(found) > 1:
            self.desk.wrong(
                entry.members["of"][1], "of names several claims", "add the harm: id.killed", "unknown-claim"
            )
        return next((_identity(claim) for claim in found), None)

    def _replaced(self, entry: _Entry, subject: Subject) -> tuple[str, ...]:
        found = []
        for node in self.desk.items(entry.members["replaces"][1]) if "replaces" in entry.members else ():
            if not isinstance(node, Scalar):
                self.desk.text(node, "replaces")
                continue
            for claim in self._named(node, "replaces", subject.harm):
                if isinstance(claim, Claim):
                    self._own_claim(entry, node, "replaces", claim)
                found.append(_identity(claim))
        return tuple(found)

    def _own_claim(self, entry: _Entry, node: Node, does: str, claim: Claim) -> None:
        """See that a source withdraws and replaces only what it said itself."""
        if does != Stance.DENIES and claim.source != entry.source:
            what = f"{entry.source!r} {does} a claim of {claim.source!r}"
            self.desk.wrong(node, what, "a source withdraws only its own claims; another's it denies", "not-its-own")

    def _link(self, entries: list[_Entry]) -> None:
        """Add the claims on which claims rest, and those that they relay falsely, once all are known."""
        for entry in entries:
            for name in ("based_on", "misrelays"):
                if name not in entry.members:
                    continue
                for place, claim in enumerate(entry.claims):
                    links = tuple(self._links(entry.members[name][1], name, claim.subject.harm))
                    entry.claims[place] = claim.replacing(**{name: links})

    def _links(self, node: Node, what: str, harm: tuple[str, ...]) -> Iterator[Link]:
        for each in self.desk.items(node):
            noted = None
            named: Node = each
            if isinstance(each, Fields):
                members = self.desk.fields(each, what, LINK)
                if "claim" not in members:
                    self.desk.wrong(each, f"{what} names no claim", "say claim: and its id", "missing")
                    continue
                noted = self._dates(members, (), "noted").get("noted")
                named = members["claim"][1]
            if isinstance(named, Scalar):
                yield from (Link(claim=_identity(claim), noted=noted) for claim in self._named(named, what, harm))
            else:
                self.desk.text(named, what)

    # Where a claim was read, and who graded it

    def _cited(self, members: _Members) -> list[tuple[dict[str, Any], bool]]:
        """Read citations; with each, whether it settles its words itself."""
        found: list[tuple[dict[str, Any], bool]] = []
        for node in self.desk.items(members["cited"][1]) if "cited" in members else ():
            if isinstance(node, Scalar):
                name = self.desk.word(node, "cited", CITED["report"])
                if name is not None and name in self.reports:
                    found.append(({"report": self.reports[name]}, False))
                continue
            own = self.desk.fields(node, "cited", CITED)
            no_words = "words" in own and _is_blank(own["words"][1])
            values = self.desk.values(
                CITED, {name: pair for name, pair in own.items() if not (no_words and name == "words")}
            )
            if "report" in values:
                values["report"] = self.reports.get(values["report"])
            names = values.get("relays", ())
            made = [
                self.desk.taking(own["relays"][1], lambda name=name: self.relays.get(name) or Relay(name=name))
                for name in names
            ]
            values["relays"] = tuple(relay for relay in made if relay is not None)
            found.append((values, "words" in own))
        return found

    @staticmethod
    def _citations(act: _Act, cited: list[tuple[dict[str, Any], bool]]) -> tuple[Citation, ...]:
        """Give every citation that has no words of its own the words of the count."""
        if not cited and act.words is not None:
            return (Citation(words=act.words),)
        return tuple(Citation(**(values if settled else {**values, "words": act.words})) for values, settled in cited)

    def _assessments(self, members: _Members) -> tuple[Assessment, ...]:
        found = []
        for node in self.desk.items(members["assessments"][1]) if "assessments" in members else ():
            own = self.desk.fields(node, "an assessment", ASSESSMENT)
            values = self.desk.values(ASSESSMENT, own)
            places = {name: value for name, (_key, value) in own.items()}
            made = self.desk.taking(node, lambda values=values: Assessment(**values), places)
            if made is not None:
                found.append(made)
        return tuple(found)


def _identity(claim: Claim | str) -> str:
    return claim.id if isinstance(claim, Claim) else claim


def _joined(name: str) -> bool:
    """Tell whether a name is a set of harms, such as killed-or-wounded."""
    parts = name.split("-or-")
    return len(parts) > 1 and set(parts) <= JOINABLE


def _is_blank(node: Node) -> bool:
    return (isinstance(node, Scalar) and not node.text.strip()) or (isinstance(node, Items) and not node.members)


def _worded(value: Any) -> str:  # noqa: ANN401 - the value of any facet
    return " and ".join(map(repr, value)) if isinstance(value, tuple) else repr(str(value))
