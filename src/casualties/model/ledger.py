"""Sets of claims, with the sources, reports and words that they name; merging is set union."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial, reduce
from typing import TYPE_CHECKING, Annotated, Any, Final, TypeVar

from pydantic import Field

from casualties._text import counted, table_of
from casualties.errors import LedgerError, UnknownNameError
from casualties.model.claim import Claim, Stance
from casualties.model.columns import Columns, laid_out
from casualties.model.identification import Identification
from casualties.model.record import Record, clean_text, sorted_set
from casualties.model.report import Report
from casualties.model.source import Source, Sources
from casualties.model.subject import Subject, check_asked
from casualties.model.unread import Unread
from casualties.model.vocabulary import SIBLINGS, Term, Vocabulary, declared_circle

__all__ = ["Ledger", "Total", "handles", "merge", "read_entries_by", "report_names", "slug"]

_ARTICLE: Final = re.compile(r"^(the|an?) (?=.)")
_LONGEST: Final = 40

_T = TypeVar("_T")


def slug(text: str) -> str:
    """Bring a name to small letters and hyphens, without a leading article: the New Arab is ``new-arab``."""
    folded = unicodedata.normalize("NFC", _ARTICLE.sub("", text.casefold().strip()))
    return re.sub(r"[\W_]+", "-", folded)[:_LONGEST].strip("-")


def handles(members: Iterable[_T], names: Callable[[_T], Sequence[str]], taken: Iterable[str] = ()) -> dict[_T, str]:
    """Give each member a name of its own: the first of its names that no other member has, else a numbered one.

    The members come in canonical order, so that equal ledgers have equal names.
    """
    ts = list(members)
    used = set(taken)
    wanted: dict[str, int] = {}
    for member in ts:
        for name in dict.fromkeys(names(member)):
            wanted[name] = wanted.get(name, 0) + 1
    found: dict[_T, str] = {}
    for member in ts:
        choices = names(member)
        alone = [name for name in choices if wanted[name] == 1 and name not in used]
        if alone:
            found[member] = alone[0]
        else:
            number = 2 if choices[0] in used else 1
            while (name := choices[0] if number == 1 else f"{choices[0]}-{number}") in used or (
                number > 1 and wanted.get(name, 0)
            ):
                number += 1
            found[member] = name
        used.add(found[member])
    return found


def report_names(report: Report) -> list[str]:
    """Give the names that a report may have in a file: its publisher, with the date where that is not enough."""
    base = (
        slug(report.publisher or report.title or (report.address or "").partition("//")[2].partition("/")[0])
        or "report"
    )
    return [base, f"{base}-{report.published}".replace("/", "-")] if report.published else [base]


SETTABLE_APART: Final = ("status", "role", "age", "sex", *map(str, SIBLINGS))
"""What a ledger declares apart: facets that two sources may describe differently for the same dead, and kinds of words
of which those that stand beside one another share nobody."""

_ENTRY_READERS: list[Callable[[Ledger, str | Source, Mapping[str, object]], Ledger]] = []
"""What reads the keys of an entry: it stands above the reader of words, and so above the model."""


def read_entries_by(reader: Callable[[Ledger, str | Source, Mapping[str, object]], Ledger]) -> None:
    """Let `Ledger.add` read entries by a function, which takes the ledger, the source and the keys.

    Examples:
        >>> len(_ENTRY_READERS)
        1
    """
    _ENTRY_READERS[:] = [reader]


OFFSET: Final = re.compile(r"[+-](?:0\d|1[0-4]):[0-5]\d|Z", re.ASCII)

_MADE: Final = ("columns", "_by_id", "reports")
"""What a ledger has once its claims are made."""

_SHOWN: Final = 20
"""How many claims a notebook shows of a ledger."""


class Total(Record):
    """A declaration that a whole is the sum of named parts, which share nobody and leave nobody out.

    Attributes:
        whole: The subject that is the sum.
        parts: The subjects that make it up; at least two.

    Examples:
        >>> from casualties.model.ledger import Total
        >>> from casualties.model.subject import Subject, check_asked
        >>> killed = Subject(harm=["killed"])
        >>> parts = [killed.replacing(cause="direct"), killed.replacing(cause="in-captivity")]
        >>> len(Total(whole=killed, parts=parts).parts)
        2
    """

    whole: Subject
    parts: Annotated[tuple[Subject, ...], Field(min_length=2), sorted_set(lambda part: part.key)]

    @property
    def sort_key(self) -> tuple[Any, ...]:
        """A total order by content, for listings.

        Examples:
            >>> killed = Subject(harm=["killed"])
            >>> parts = [killed.replacing(sex="female"), killed.replacing(sex="male")]
            >>> len(Total(whole=killed, parts=parts).sort_key)
            2
        """
        return (self.whole.key, tuple(part.key for part in self.parts))

    def overlap(self, words: Vocabulary) -> tuple[Subject, Subject] | None:
        """Find a part that lies inside another, so that the sum would count it twice; ``None`` where none does.

        Args:
            words: What the ledger declares.

        Examples:
            >>> killed = Subject(harm=["killed"])
            >>> girls, children = killed.replacing(age="child", sex="female"), killed.replacing(age="child")
            >>> Total(whole=killed, parts=[girls, children]).overlap(Vocabulary()) == (girls, children)
            True
        """
        filled = [(part.filled(words), part) for part in self.parts]
        pairs = ((one, other) for one in filled for other in filled if one is not other)
        return next(((part, around) for (one, part), (other, around) in pairs if one.inside(other, words)), None)


class Ledger:
    """A set of claims, and what is declared of the names in them.  It never changes.

    Claims are told apart by their content.  The same statement read in two papers is one claim with two citations.

    Args:
        claims: The claims; several records of one claim are joined.
        sources: The sources that the claims name, and those above them.
        terms: What is declared of sides, nationalities, roles, places, events and harms.
        totals: Wholes that are the sum of named parts.
        titles: What the ledger is called.
        reports: Documents that were read, including those that no claim cites.
        apart: Facets among status, role, age and sex that mean the same to every source in this ledger, and kinds among
            place, event, nationality and weapon whose words share nobody where they stand beside one another.
        timezones: Offsets from universal time, such as ``+04:00``, in which days are meant; several where ledgers that
            were merged differ.
        identifications: Who says that events are the same, are different or are part of another.
        unread: Cells of tables that hold something and could be no claim.

    Attributes:
        columns: The claims as reconciling asks for them, laid out once.
        held: What the claims are made of when somebody asks for one; ``None`` where each was made at once.

    Raises:
        LedgerError: If a claim names a source that is not given, withdraws or replaces another source's claim, or the
            declarations contradict one another.

    Examples:
        >>> import casualties as cs
        >>> ledger = cs.seeds.load("nagorno-karabakh-2020-09-30")
        >>> len(ledger), len(ledger.by("azerbaijan"))
        (8, 3)
        >>> ledger | ledger == ledger
        True
    """

    __slots__ = (
        "__weakref__",
        "_by_id",
        "apart",
        "columns",
        "held",
        "identifications",
        "reports",
        "sources",
        "timezones",
        "titles",
        "totals",
        "unread",
        "words",
    )

    def __init__(
        self,
        claims: Iterable[Claim] = (),
        *,
        sources: Sources | Iterable[Source] = (),
        terms: Vocabulary | Iterable[Term] = (),
        totals: Iterable[Total] = (),
        titles: Iterable[str] = (),
        reports: Iterable[Report] = (),
        apart: Iterable[str] = (),
        timezones: Iterable[str] = (),
        identifications: Iterable[Identification] = (),
        unread: Iterable[Unread] = (),
    ) -> None:
        self.held: Any = None  # a `casualties.model.held.Held`, which stands above
        records: dict[str, list[Claim]] = {}
        cited: set[Report] = set(reports)
        for claim in claims:
            records.setdefault(claim.id, []).append(claim)
            cited.update(citation.report for citation in claim.citations if citation.report)
        self.columns: Columns = laid_out(known.merged(*others) for known, *others in records.values())
        self._by_id: Mapping[str, Claim] = self.columns.by_id
        self.sources: Sources = sources if isinstance(sources, Sources) else Sources(sources)
        self.apart: tuple[str, ...] = tuple(sorted(set(apart)))
        siblings = frozenset(self.apart) & frozenset(SIBLINGS)
        words = terms if isinstance(terms, Vocabulary) else None
        if words is None or words.siblings != siblings:
            words = Vocabulary(terms, siblings=siblings)
        self.words: Vocabulary = words
        self.timezones: tuple[str, ...] = tuple(sorted({"+00:00" if offset == "Z" else offset for offset in timezones}))
        self.totals: tuple[Total, ...] = tuple(sorted(set(totals), key=lambda total: total.sort_key))
        self.unread: tuple[Unread, ...] = tuple(sorted(set(unread), key=lambda cell: cell.sort_key))
        self.titles: tuple[str, ...] = tuple(sorted({clean_text(title) for title in titles}))
        self.reports: tuple[Report, ...] = tuple(sorted(cited, key=lambda report: report.sort_key))
        said = {identification.id: identification for identification in identifications}
        self.identifications: tuple[Identification, ...] = tuple(
            sorted(said.values(), key=lambda identification: identification.sort_key)
        )
        self._check()

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - what is made of columns when it is asked for
            if name not in _MADE:
                raise AttributeError(f"'Ledger' object has no attribute {name!r}", name=name, obj=self)
            whole = self.held.whole()
            for each in _MADE:
                setattr(self, each, getattr(whole, each))
            return getattr(whole, name)

    def _check(self) -> None:
        wrong = [f"facet {facet!r} cannot be declared apart" for facet in self.apart if facet not in SETTABLE_APART]
        wrong += [
            f"timezone {offset!r} is no offset such as +04:00"
            for offset in self.timezones
            if not OFFSET.fullmatch(offset)
        ]
        unknown = sorted({claim.source for claim in self._by_id.values()} - set(self.sources))
        wrong += [f"source {key!r} is not among the sources of the ledger" for key in unknown]
        for claim in self._by_id.values():
            named = claim.replaces
            if claim.target is not None and claim.stance is Stance.WITHDRAWS:
                named = (claim.target,)
            for target in named:
                other = self._by_id.get(target)
                if other is not None and other.source != claim.source:
                    act = "withdraws" if claim.stance is Stance.WITHDRAWS else "replaces"
                    wrong.append(f"claim {claim.id} of {claim.source!r} {act} {target} of {other.source!r}")
        sums: dict[str, set[str]] = {}
        for total in self.totals:  # by what can be evaluated: a side and a place of one name read alike otherwise
            sums.setdefault(repr(total.whole), set()).update(map(repr, total.parts))
        if circle := declared_circle(sums, lambda whole: sums.get(whole, ())):
            wrong.append(f"total {' of '.join(circle)}: a circle")
        for total in self.totals:
            if (shared := total.overlap(self.words)) is not None:
                wrong.append(f"total of {total.whole}: {shared[0]} lies inside {shared[1]} and would count twice")
        if wrong:
            raise LedgerError(
                "; ".join(sorted(wrong)),
                "bad-ledger",
                "declare what is missing; a source withdraws only its own claims",
            )

    def by(self, source: str) -> Ledger:
        """Keep the claims of one source and of those that stand under it.

        Raises:
            UnknownNameError: If the ledger has no such source.

        Examples:
            >>> import casualties as cs
            >>> [claim.stance.value for claim in cs.seeds.load("nagorno-karabakh-2020-09-30").by("turkey")]
            ['denies']
        """
        if source not in self.sources:
            raise UnknownNameError(
                f"source {source!r}: the ledger has none of this name",
                "unknown-source",
                f"one of {_some(self.sources)}",
            )
        return self.keeping(claim for claim in self if source in self.sources.line(claim.source))

    def about(self, subject: Subject | None = None, /, **facets: object) -> Ledger:
        """Keep the claims whose subject has the given facets, or lies inside the given subject.

        Raises:
            UnknownNameError: If there is no facet of a name, or a word is misspelt.

        Warns:
            CasualtiesWarning: If nobody is counted under a word.

        Examples:
            >>> import casualties as cs
            >>> len(cs.seeds.load("nagorno-karabakh-2020-09-30").about(status="civilian"))
            1
        """
        words = self.words
        check_asked(facets, (claim.subject for claim in self), words)
        asked = subject.filled(words) if subject else None

        def fits(claim: Claim) -> bool:
            filled = claim.subject.filled(words)
            return filled.matches(words, facets) and (asked is None or filled.inside(asked, words))

        return self.keeping(claim for claim in self if fits(claim))

    def add(self, source: str | Source | Claim, /, *claims: Claim, **entry: object) -> Ledger:
        """Make a ledger that holds more: claims, or what an entry says, with the keys of a ledger file.

        Args:
            source: Who says it, a key or name of this ledger, a new name or a `Source`; or a claim.
            claims: More claims, where the first argument is one.
            entry: The keys of the entry, as for `casualties.claim`; several harms make several claims.

        Raises:
            ModelError: If the entry is wrong, with what may have been meant.
            LedgerError: If the ledger cannot hold the claims.

        Examples:
            >>> import casualties as cs
            >>> evening = cs.Ledger(titles=["The fire at the port"])
            >>> evening = evening.add("Health Ministry", killed="at least 14", wounded=30, stated="2026-06-12")
            >>> len(evening), [str(claim.figure) for claim in evening]
            (2, ['14 or more', '30'])
        """
        if isinstance(source, Claim):
            named = [Source(key=claim.source) for claim in (source, *claims) if claim.source not in self.sources]
            return self | Ledger((source, *claims), sources=[*self.sources.values(), *named])
        if not _ENTRY_READERS:
            raise LedgerError("add: entries are read by casualties.claim", "no-reader", "import casualties first")
        return _ENTRY_READERS[0](self, source, entry)

    def keeping(self, claims: Iterable[Claim]) -> Ledger:
        """Make a ledger of other claims with everything that this one declares.

        Examples:
            >>> import casualties as cs
            >>> len(cs.seeds.load("nagorno-karabakh-2020-09-30").keeping([]))
            0
        """
        return Ledger(claims, **self.declared)

    @property
    def declared(self) -> dict[str, Any]:
        """Everything but the claims, as keyword arguments for another ledger.

        Examples:
            >>> import casualties as cs
            >>> seed = cs.seeds.load("nagorno-karabakh-2020-09-30")
            >>> Ledger(seed, **seed.declared) == seed
            True
        """
        return {
            "sources": self.sources,
            "terms": self.words,
            "totals": self.totals,
            "titles": self.titles,
            "reports": self.reports,
            "apart": self.apart,
            "timezones": self.timezones,
            "identifications": self.identifications,
            "unread": self.unread,
        }

    @property
    def timezone(self) -> str | None:
        """The offset in which a day of this ledger ends; ``None``, which is universal time, where none is declared.

        Of several the one whose days end last: only then is a day over for every source.

        Examples:
            >>> Ledger(timezones=["+04:00", "-03:00"]).timezone
            '-03:00'
        """
        return min(self.timezones, key=_minutes, default=None)

    def __or__(self, other: Ledger) -> Ledger:
        if not isinstance(other, Ledger):
            return NotImplemented
        return merge((self, other))

    def __getitem__(self, id: str) -> Claim:  # noqa: A002 - the word of the file format
        try:
            return self._by_id[id]
        except KeyError:
            raise UnknownNameError(
                f"claim {id!r}: the ledger has none of this identity",
                "unknown-claim",
                "iterate the ledger to see them",
            ) from None

    def __contains__(self, claim: object) -> bool:
        return (claim.id if isinstance(claim, Claim) else claim) in self._by_id

    def __iter__(self) -> Iterator[Claim]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id if self.held is None else self.held)

    def _parts(self) -> tuple[Any, ...]:
        declared = self.declared
        return (self._by_id, *(declared[name] for name in sorted(declared)))

    def __eq__(self, other: object) -> bool:
        return self._parts() == other._parts() if isinstance(other, Ledger) else NotImplemented

    def __hash__(self) -> int:
        return hash((frozenset(self._by_id), self.titles))

    def __repr__(self) -> str:
        title = f" {self.titles[0]!r}" if self.titles else ""
        sources = len({claim.source for claim in self}) if self.held is None else self.held.speaking
        return f"<Ledger{title}: {counted(len(self), 'claim')} by {counted(sources, 'source')}>"

    def _repr_html_(self) -> str:
        shown = tuple(self)[:_SHOWN]
        rows = (
            (
                self.sources[claim.source].name,
                str(claim.stance),
                "" if claim.figure is None else str(claim.figure),
                str(claim.subject),
            )
            for claim in shown
        )
        return table_of(
            repr(self)[1:-1], ("source", "stance", "figure", "subject"), rows, left=len(self) - len(shown), noun="claim"
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return partial(Ledger, **self.declared), (tuple(self),)


def _minutes(offset: str) -> int:
    """Give the minutes by which a clock is ahead of universal time."""
    return int(f"{offset[0]}1") * (60 * int(offset[1:3]) + int(offset[4:]))


def _some(names: Iterable[str], most: int = 10) -> str:
    listed = sorted(names)
    left = len(listed) - most
    return ", ".join(map(repr, listed[:most])) + (f" and {left} more" if left > 0 else "")


def merge(*ledgers: Ledger | Iterable[Ledger]) -> Ledger:
    """Join ledgers: no claim, citation, grading or declaration of any of them is missing afterwards.

    The order of the ledgers and how they are grouped change nothing.

    Args:
        ledgers: The ledgers, one after another or in a list.

    Raises:
        LedgerError: If they give one source two sides or two parents, or their relations form a circle;
            nothing is merged then.

    Examples:
        >>> import casualties as cs
        >>> seed = cs.seeds.load("nagorno-karabakh-2020-09-30")
        >>> cs.merge([seed.by("turkey"), seed.by("azerbaijan"), seed]) == seed
        True
        >>> cs.merge(seed.by("turkey"), seed) == seed
        True
    """
    whole_ledgers = [ledger for part in ledgers for ledger in ((part,) if isinstance(part, Ledger) else part)]
    return Ledger(
        (claim for ledger in whole_ledgers for claim in ledger._by_id.values()),  # noqa: SLF001 - of the same class
        sources=reduce(Sources.__or__, (ledger.sources for ledger in whole_ledgers), Sources()),
        terms=reduce(Vocabulary.__or__, (ledger.words for ledger in whole_ledgers), Vocabulary()),
        totals=(total for ledger in whole_ledgers for total in ledger.totals),
        titles=(title for ledger in whole_ledgers for title in ledger.titles),
        reports=(report for ledger in whole_ledgers for report in ledger.reports),
        apart=(facet for ledger in whole_ledgers for facet in ledger.apart),
        timezones=(offset for ledger in whole_ledgers for offset in ledger.timezones),
        identifications=(identification for ledger in whole_ledgers for identification in ledger.identifications),
        unread=(cell for ledger in whole_ledgers for cell in ledger.unread),
    )
