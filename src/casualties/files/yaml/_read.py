"""From the tree of a file that people wrote to a ledger: every section but the claims themselves."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping
from contextlib import suppress
from typing import Any, TypeVar

from casualties.errors import LedgerError, LedgerFileError
from casualties.files._nodes import Fields, Mark, Node, Scalar, compose
from casualties.files.disk import FORMAT_VERSION
from casualties.files.problems import TooManyProblemsError, close
from casualties.files.yaml._desk import Desk
from casualties.files.yaml._grammar import (
    RELAY,
    REPORT,
    SAME,
    SECTIONS,
    SOURCE,
    TERM,
    TERM_SECTIONS,
    TOTAL,
    UNREAD,
    Key,
)
from casualties.files.yaml._read_claims import Entries
from casualties.files.yaml._read_subjects import Subjects
from casualties.model.claim import Claim
from casualties.model.harm import Harm
from casualties.model.identification import Identification, Relation
from casualties.model.ledger import OFFSET, SETTABLE_APART, Ledger, Total
from casualties.model.record import Record
from casualties.model.report import Relay, Report
from casualties.model.source import Source, Sources
from casualties.model.unread import Unread
from casualties.model.vocabulary import ONLY, SIBLINGS_WORD, Term, TermKind, Vocabulary

__all__ = ["read_yaml"]

_R = TypeVar("_R", bound=Record)

_Members = Mapping[str, tuple[Scalar, Node]]


def read_yaml(text: str, name: str, known: Mapping[str, Claim] | None = None) -> Ledger:
    """Read the file that people write.

    Args:
        text: The text of the file.
        name: What it is called.
        known: Claims from elsewhere that its entries may name by identity.

    Raises:
        LedgerFileError: With every problem of the file.
    """
    root, problems = compose(unicodedata.normalize("NFC", text))
    desk = Desk(problems)
    ledger = None
    if root is not None or not problems:
        with suppress(TooManyProblemsError):
            ledger = _Sections(desk, known).ledger(root)
    if ledger is None or desk.problems:
        order = {id(problem): place for place, problem in enumerate(desk.problems)}
        raise LedgerFileError(
            name, tuple(sorted(desk.problems, key=lambda problem: (_lines(problem.place), order[id(problem)])))
        )
    return ledger


def _lines(place: str) -> tuple[int, ...]:
    return tuple(int(part) for part in place.replace(",", "").split() if part.isdigit())


class _Sections:
    def __init__(self, desk: Desk, known: Mapping[str, Claim] | None = None) -> None:
        self.desk = desk
        self.known = known

    def ledger(self, root: Node | None) -> Ledger | None:
        """Read all sections; ``None`` where there is a problem."""
        desk = self.desk
        if root is None or (isinstance(root, Scalar) and not root.text):
            desk.wrong(Mark(1, 1), "the file is empty", "begin with casualties: 1", "empty-file")
            return None
        if not isinstance(root, Fields):
            desk.wrong(root, "this is no ledger", "begin with casualties: 1 and sections such as claims:", "no-ledger")
            return None
        if not self._version(root):
            return None
        sections = desk.fields(root, "the file", SECTIONS)
        self._declare(sections)
        words = self._words(sections)
        sources = self._sources(sections)
        defaults = sections["defaults"][1] if "defaults" in sections else None
        subjects = Subjects(desk, groups=self._named(sections, "groups"), defaults=defaults)
        reports = self._records(sections, "reports", REPORT, Report)
        relays = self._records(sections, "relays", RELAY, Relay)
        entries = Entries(desk, subjects, reports=reports, relays=relays, known=self.known)
        totals = self._totals(sections, subjects, words)
        claims = entries.claims(sections["claims"][1]) if "claims" in sections else []
        titles = self._titles(sections)
        apart = self._apart(sections)
        timezones = self._timezones(sections)
        identifications = self._identifications(sections)
        unread = self._unread(sections)
        if desk.problems or words is None or sources is None:
            return None
        try:
            return Ledger(
                claims,
                sources=sources,
                terms=words,
                totals=totals,
                titles=titles,
                reports=reports.values(),
                apart=apart,
                timezones=timezones,
                identifications=identifications,
                unread=unread,
            )
        except LedgerError as error:
            desk.wrong(root, error.message, error.hint, error.reason)
            return None

    def _version(self, root: Fields) -> bool:
        if "casualties" not in root.members:
            self.desk.wrong(root, "the version of the format is missing", f"begin with casualties: {FORMAT_VERSION}")
            return True
        node = root.members["casualties"][1]
        text = self.desk.text(node, "casualties")
        if text is None or text == str(FORMAT_VERSION):
            return True
        if text.isascii() and text.isdigit() and not text.startswith("0") and len(text) < 10:
            message = f"format {text} is newer than {FORMAT_VERSION}, the newest that this version reads"
            self.desk.wrong(node, message, "upgrade casualties", "newer-format")
            return False
        self.desk.wrong(node, f"format {text!r}: there is none of this number", f"write casualties: {FORMAT_VERSION}")
        return True

    def _named(self, sections: _Members, section: str) -> dict[str, Node]:
        """Take a section that holds one map a name."""
        if section not in sections:
            return {}
        members: dict[str, Node] = {}
        for key, node in self.desk.fields(sections[section][1], section).values():
            name = self.desk.name(key, f"a name in {section}")
            if name is None:
                continue
            if name in members:
                self.desk.wrong(key, f"{name!r} again in {section}", "keep one of the two", "duplicate")
            members.setdefault(name, node)
        return members

    def _declare(self, sections: _Members) -> None:
        """Note which words are declared, so that others are seen to be slips of the pen."""
        declared: dict[str, Collection[str]] = {"sources": self._keys(sections, "sources")}
        declared["reports"] = self._keys(sections, "reports")
        for section in TERM_SECTIONS:
            if section in sections and section != "nationalities":
                declared[section] = self._keys(sections, section)
        declared["harms"] = {*map(str, Harm), *declared.get("harms", ())}
        self.desk.declared = declared

    @staticmethod
    def _keys(sections: _Members, section: str) -> set[str]:
        node = sections[section][1] if section in sections else None
        return {" ".join(key.split()) for key in node.members} if isinstance(node, Fields) else set()

    def _words(self, sections: _Members) -> Vocabulary | None:
        terms = []
        for section, kind in TERM_SECTIONS.items():
            for key, node in self._named(sections, section).items():
                members = self.desk.fields(node, f"{section} {key!r}", TERM)
                values = self._plural(self.desk.values(TERM, members), name="names")
                places = self._places(members, name="names")
                self._relations(section, kind, values, members)
                if SIBLINGS_WORD in values.get("apart", ()):
                    values["apart"] = tuple(word for word in values["apart"] if word != SIBLINGS_WORD)
                    values["siblings_apart"] = True
                terms.append(self.desk.making(node, Term, {"kind": kind, "key": key, **values}, places))
        try:
            return Vocabulary(term for term in terms if term is not None)
        except LedgerError as error:
            section = next(section for section, kind in TERM_SECTIONS.items() if error.message.startswith(str(kind)))
            self.desk.wrong(sections[section][0], error.message, error.hint, error.reason)
            return None

    def _relations(self, section: str, kind: TermKind, values: dict[str, Any], members: _Members) -> None:
        """See that the words to which a word is related are declared, and that it may have the relation."""
        for relation in ("under", "apart", "against"):
            for node in self.desk.items(members[relation][1]) if relation in members else ():
                known = self.desk.declared.get(section)
                if (
                    known is not None
                    and isinstance(node, Scalar)
                    and (word := " ".join(node.text.split())) not in known
                    and not (relation == "apart" and word == SIBLINGS_WORD)
                ):
                    from_here = f"{relation} {word!r} is not declared under {section}"
                    self.desk.wrong(node, from_here, close(word, known), "undeclared")
        for relation, (only, _) in ONLY.items():
            if relation in values and kind is not only:
                self.desk.wrong(members[relation][0], f"{relation} is only for {only}s", "take it out", "unknown-key")
                del values[relation]

    def _sources(self, sections: _Members) -> Sources | None:
        sources = []
        for key, node in self._named(sections, "sources").items():
            members = self.desk.fields(node, f"source {key!r}", SOURCE)
            values = self._plural(self.desk.values(SOURCE, members), name="names", kind="kinds")
            places = self._places(members, name="names", kind="kinds")
            sources.append(self.desk.making(node, Source, {"key": key, **values}, places))
        try:
            return Sources(source for source in sources if source is not None)
        except LedgerError as error:
            self.desk.wrong(sections["sources"][0], error.message, error.hint, error.reason)
            return None

    @staticmethod
    def _plural(values: dict[str, Any], **plurals: str) -> dict[str, Any]:
        """Put what stands under a key such as name to what stands under names."""
        for singular, several in plurals.items():
            if singular in values:
                values[several] = (values.pop(singular), *values.get(several, ()))
        return values

    @staticmethod
    def _places(members: _Members, **plurals: str) -> dict[str, Node]:
        return {plurals.get(name, name): node for name, (_key, node) in members.items()}

    def _records(self, sections: _Members, section: str, table: Mapping[str, Key], make: type[_R]) -> dict[str, _R]:
        records: dict[str, _R | None] = {}
        for key, node in self._named(sections, section).items():
            members = self.desk.fields(node, f"{section} {key!r}", table)
            values = self.desk.values(table, members)
            if section == "relays":
                values.setdefault("name", key)
            records[key] = self.desk.making(node, make, values, self._places(members))
        return {key: record for key, record in records.items() if record is not None}

    def _titles(self, sections: _Members) -> list[str]:
        nodes = [sections["title"][1]] if "title" in sections else []
        nodes += self.desk.items(sections["titles"][1]) if "titles" in sections else []
        return [title for node in nodes if (title := self.desk.text(node, "title")) is not None]

    def _apart(self, sections: _Members) -> list[str]:
        facets = []
        for node in self.desk.items(sections["apart"][1]) if "apart" in sections else ():
            facet = self.desk.text(node, "apart")
            if facet in SETTABLE_APART:
                facets.append(facet)
            elif facet is not None:
                self.desk.wrong(
                    node, f"apart {facet!r}: no facet that can be declared so", f"one of {', '.join(SETTABLE_APART)}"
                )
        return facets

    def _timezones(self, sections: _Members) -> list[str]:
        nodes = self.desk.items(sections["timezone"][1]) if "timezone" in sections else []
        return [
            offset
            for node in nodes
            if (text := self.desk.text(node, "timezone")) is not None
            and (offset := self._offset(node, text)) is not None
        ]

    def _identifications(self, sections: _Members) -> list[Identification]:
        identifications = []
        for node in self.desk.items(sections["same"][1]) if "same" in sections else ():
            members = self.desk.fields(node, "an identification", SAME)
            named = [name for name in ("events", "different") if name in members]
            if len(named) != 1 or ("part_of" in members and named != ["events"]):
                what = "an identification needs events, or different; part_of goes with events"
                self.desk.wrong(node, what, "write {events: [a, b], says: somebody}", "stance")
                continue
            values = self.desk.values(SAME, members)
            relation = Relation.DIFFERENT if named == ["different"] else Relation.SAME
            values["events"] = values.pop(named[0], ())
            if "part_of" in members:
                relation, values["whole"] = Relation.PART_OF, values.pop("part_of", None)
            places = self._places(members, different="events", part_of="whole")
            identification = self.desk.making(node, Identification, {"relation": relation, **values}, places)
            identifications += [identification] if identification is not None else []
        return identifications

    def _unread(self, sections: _Members) -> list[Unread]:
        cells = []
        for node in self.desk.items(sections["unread"][1]) if "unread" in sections else ():
            members = self.desk.fields(node, "a cell", UNREAD)
            values = self.desk.values(UNREAD, members)
            cell = self.desk.making(node, Unread, values, self._places(members))
            cells += [] if cell is None else [cell]
        return cells

    def _offset(self, node: Node, text: str) -> str | None:
        if OFFSET.fullmatch(text) is None:
            self.desk.wrong(node, f"timezone {text!r} is no offset", "write it as '+04:00'", "not-an-offset")
            return None
        return text

    def _totals(self, sections: _Members, subjects: Subjects, words: Vocabulary | None) -> list[Total]:
        totals = []
        for node in self.desk.items(sections["totals"][1]) if "totals" in sections else ():
            members = self.desk.fields(node, "a total", TOTAL)
            missing = [name for name in TOTAL if name not in members]
            if missing:
                self.desk.wrong(
                    node, f"a total without {' and '.join(missing)}", "give the whole and its parts", "missing"
                )
                continue
            whole = subjects.subject(members["whole"][1], "whole")
            nodes = self.desk.items(members["parts"][1])
            parts = [subjects.subject(part, "a part") for part in nodes]
            if whole is None or None in parts:
                continue
            total = self.desk.making(node, Total, {"whole": whole, "parts": parts}, self._places(members))
            if total is None:
                continue
            if (shared := total.overlap(words or Vocabulary())) is not None:
                self.desk.wrong(
                    nodes[parts.index(shared[0])],
                    f"the part {shared[0]} lies inside the part {shared[1]}, so that the total would count it twice",
                    "take one of the two out, or name what the wider part leaves over",
                    "overlapping-parts",
                )
            totals.append(total)
        return totals
