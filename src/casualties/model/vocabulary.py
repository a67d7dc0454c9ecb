"""What a ledger declares of the words that its subjects use: which lies inside which, and what stands apart.

Nothing is built in but the harms.  Who a place belongs to, or which side a unit fights for, is said by a ledger.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from functools import partial
from typing import Annotated, Any, Final

from pydantic import Field

from casualties.errors import LedgerError, ModelError
from casualties.model.harm import HARMS, STOCKS, Harm
from casualties.model.period import DateField
from casualties.model.record import Key, Keys, Record, Texts, sorted_set

__all__ = ["ONLY", "SIBLINGS", "SIBLINGS_WORD", "Status", "Term", "TermKind", "Vocabulary", "declared_circle"]


class TermKind(StrEnum):
    """The facets whose words a ledger may relate to one another."""

    SIDE = "side"
    """Whose people they are, of the parties to the conflict. Example: `armenian`."""
    NATIONALITY = "nationality"
    """Of which state or people they are. Example: `syrian`."""
    ROLE = "role"
    """What they did; a role may imply a status. Example: `pilot`, which implies *combatant*."""
    PLACE = "place"
    """Where it happened; places lie inside places. Example: `stepanakert`, inside `artsakh`."""
    EVENT = "event"
    """In which attack, battle or incident. Example: `market-strike`."""
    WEAPON = "weapon"
    """By which weapon. Example: `drone`, a kind of `aircraft`."""
    HARM = "harm"
    """A harm that the ledger declares beside ours. Example: `abducted`."""


SIBLINGS: Final = (TermKind.PLACE, TermKind.EVENT, TermKind.NATIONALITY, TermKind.WEAPON)
"""The kinds of which a ledger may say that all words standing beside one another share no victim."""

SIBLINGS_WORD: Final = "siblings"
"""The word that stands for all words beside one, where files say with which it shares no victim."""


class Status(StrEnum):
    """Whether the victims took part in the fighting, as the source says.

    *Other protected person* is neither civilian nor fighting: the wounded and captured of armed forces, their medics
    and chaplains. *Directly participating* is a person outside the armed forces who took part in hostilities.
    None lies inside another.
    """

    COMBATANT = "combatant"
    """A member of armed forces or of an organised armed group. Example: "80 soldiers"."""
    CIVILIAN = "civilian"
    """A person who is no combatant. Example: "11 civilians"."""
    OTHER_PROTECTED = "other-protected-person"
    """The wounded and captured of armed forces, their medics and chaplains. Example: "two army medics"."""
    PARTICIPATING = "directly-participating"
    """A person outside the armed forces who took part in hostilities. Example: "armed villagers who fought"."""
    UNDETERMINED = "undetermined"
    """The source says that it is not known. Example: "it is unclear whether the dead were fighters"."""


class Term(Record):
    """A word for a side, nationality, role, place, event, weapon or harm, and how it lies to others.

    Attributes:
        kind: The facet that the word fills.
        key: The name by which claims use it.
        names: How people write it; empty where the key says it.
        under: The words that it lies inside; several are allowed.
        apart: Words with which it shares no victim.
        against: Sides that it fights; only sides have any.
        status: The status that a role implies; only roles have one.
        siblings_apart: Whether it shares no victim with any word that stands beside it under the same word.
        incident: Whether it is one incident, whose start, end and place only describe it; only events are.
        counted_until: The day until which its dead were searched for and counted; only events have one.
        stock: Whether it is counted as it stands on one day, and so may fall; only harms are.
        becomes: Harms into which people of this one pass; only harms have any.

    Raises:
        ModelError: If a word is declared to be what only words of another kind are.

    Examples:
        >>> from casualties.model.vocabulary import Term
        >>> Term(kind="role", key="mercenary", under=["foreign-fighter"]).under
        ('foreign-fighter',)
    """

    kind: TermKind
    key: Key
    names: Texts = ()
    under: Keys = ()
    apart: Keys = ()
    against: Keys = ()
    status: Annotated[tuple[Status, ...], sorted_set()] = ()
    siblings_apart: Annotated[bool, Field(strict=True)] = False
    incident: Annotated[bool, Field(strict=True)] = False
    counted_until: DateField | None = None
    stock: Annotated[bool, Field(strict=True)] = False
    becomes: Keys = ()

    def model_post_init(self, _context: object, /) -> None:
        """Check that nothing is declared of it that only words of another kind have."""
        for name, (kind, what) in ONLY.items():
            if getattr(self, name) and self.kind is not kind:
                article = "an" if kind is TermKind.EVENT else "a"
                raise ModelError(
                    f"{self.kind} {self.key!r}: only {article} {kind} {what}",
                    f"not-{article}-{kind}",
                    f"leave {name} out, or declare {article} {kind}",
                )
        if SIBLINGS_WORD in self.apart:
            raise ModelError(
                f"{self.kind} {self.key!r} apart from {SIBLINGS_WORD!r}: that stands for all words beside it",
                "reserved-word",
                "say siblings_apart; a word of this name is declared apart on its own side",
            )
        if self.counted_until is not None and self.counted_until.at is not None:
            raise ModelError(
                f"event {self.key!r} counted until {self.counted_until}: counts run by days",
                "not-a-day",
                f"write {self.counted_until.date_only}",
            )

    @property
    def says_something(self) -> bool:
        """Whether anything but the word itself is declared.

        Examples:
            >>> Term(kind="place", key="barda").says_something
            False
        """
        return any(getattr(self, name) for name in type(self).model_fields if name not in ("kind", "key"))

    def merged(self, other: Term) -> Term:
        """Join what two ledgers declare of one word; every name and relation of both is kept.

        Raises:
            LedgerError: If they name two days until which the dead of an event were counted.

        Examples:
            >>> barda = Term(kind="place", key="barda", under=["azerbaijan"])
            >>> barda.merged(Term(kind="place", key="barda", names=["Barda"])).names
            ('Barda',)
        """
        if self == other:
            return self
        days = {term.counted_until: str(term.counted_until) for term in (self, other) if term.counted_until}
        if len(days) > 1:
            raise LedgerError(
                f"{self.kind} {self.key!r}: counted_until is both {' and '.join(sorted(days.values()))}",
                "two-values",
                "make the files agree; nothing was merged",
            )
        return Term(
            kind=self.kind,
            key=self.key,
            counted_until=next(iter(days), None),
            **{
                name: (*getattr(self, name), *getattr(other, name))
                for name in ("names", "under", "apart", "against", "status", "becomes")
            },
            **{name: getattr(self, name) or getattr(other, name) for name in ("siblings_apart", "incident", "stock")},
        )


ONLY: Final[Mapping[str, tuple[TermKind, str]]] = {
    "status": (TermKind.ROLE, "implies a status"),
    "against": (TermKind.SIDE, "is against others"),
    "incident": (TermKind.EVENT, "is an incident"),
    "counted_until": (TermKind.EVENT, "has dead that are searched for and counted until a day"),
    "stock": (TermKind.HARM, "is counted as it stands on a day"),
    "becomes": (TermKind.HARM, "becomes another"),
}
"""What is declared of words of one kind only, and how it is said of them."""


class Vocabulary:
    """The declared words of a ledger and the relations that follow from them.

    Words that nobody declared may be used all the same; they simply lie inside nothing and apart from nothing.
    A declaration that says nothing of its word is the same as none.

    Args:
        terms: The declared words.  Several declarations of one word are joined.
        siblings: Kinds of words, among `SIBLINGS`, of which those that stand beside one another share no victim:
            those under one word, and those under none, whether they are declared or not.

    Raises:
        LedgerError: If words lie inside one another in a circle, or one role implies two statuses.

    Examples:
        >>> from casualties.model.vocabulary import Term, Vocabulary
        >>> words = Vocabulary([Term(kind="place", key="barda", under=["azerbaijan"])])
        >>> words.inside("place", "barda", "azerbaijan")
        True
    """

    __slots__ = ("_against", "_apart", "_beside_apart", "_cache", "siblings", "terms")

    def __init__(self, terms: Iterable[Term] = (), *, siblings: Iterable[str] = ()) -> None:
        joined: dict[tuple[str, str], Term] = {}
        for term in terms:
            place = (term.kind.value, term.key)
            joined[place] = joined[place].merged(term) if place in joined else term
        self.terms: Mapping[tuple[str, str], Term] = {
            place: term for place, term in sorted(joined.items()) if term.says_something
        }
        self.siblings: frozenset[str] = frozenset(map(str, siblings))
        self._cache: dict[tuple[str, str], frozenset[str]] = {}
        self._apart: dict[tuple[str, str], set[str]] = {}
        for (kind, key), term in self.terms.items():
            for other in (*term.apart, *term.against):
                self._apart.setdefault((kind, key), set()).add(other)
                self._apart.setdefault((kind, other), set()).add(key)
        self._against = tuple((term.key, enemy) for term in self.terms.values() for enemy in term.against)
        self._beside_apart = frozenset(kind for (kind, _), term in self.terms.items() if term.siblings_apart)
        self._check()

    def _check(self) -> None:
        for kind in TermKind:
            keys = [key for of, key in self.terms if of == kind]
            circle = declared_circle(keys, partial(self._parents, kind.value))
            if circle:
                raise LedgerError(
                    f"{kind} {' inside '.join(map(repr, circle))}: a circle",
                    "circle",
                    "take one of these relations out; a whole cannot lie inside its own part",
                )
        for term in self:
            if len(term.status) > 1:
                raise LedgerError(
                    f"{term.kind} {term.key!r}: it implies both {' and '.join(map(repr, map(str, term.status)))}",
                    "two-values",
                    "declare one status, or two roles",
                )

    def _parents(self, kind: str, key: str) -> tuple[str, ...]:
        term = self.terms.get((kind, key))
        declared = term.under if term else ()
        return (*declared, *map(str, HARMS[Harm(key)].inside)) if kind == "harm" and key in HARMS else declared

    def ancestors(self, kind: str, key: str) -> frozenset[str]:
        """Give the word itself and every word that it lies inside.

        Examples:
            >>> sorted(Vocabulary().ancestors("harm", "killed"))
            ['casualties', 'killed', 'losses']
        """
        known = self._cache.get((kind, key))
        if known is None:
            reached, todo = {key}, [key]
            while todo:
                for parent in self._parents(kind, todo.pop()):
                    if parent not in reached:
                        reached.add(parent)
                        todo.append(parent)
            known = self._cache[kind, key] = frozenset(reached)
        return known

    def inside(self, kind: str, key: str, other: str) -> bool:
        """Tell whether one word is the other, or lies inside it.

        Examples:
            >>> Vocabulary().inside("harm", "casualties", "killed")
            False
        """
        return key == other or other in self.ancestors(kind, key)

    def apart(self, kind: str, key: str, other: str) -> bool:
        """Tell whether the ledger declares that two words share no victim.

        What is declared of a whole holds for its parts.  A part is never apart from its own whole.

        Examples:
            >>> words = Vocabulary([Term(kind="place", key="barda", apart=["ganja"])])
            >>> words.apart("place", "ganja", "barda")
            True
        """
        if self.inside(kind, key, other) or self.inside(kind, other, key):
            return False
        there = self.ancestors(kind, other)
        here = self.ancestors(kind, key)
        return any(not there.isdisjoint(self._apart.get((kind, word), ())) for word in here) or any(
            self._beside(kind, one, two) for one in here - there for two in there - here
        )

    def _beside(self, kind: str, one: str, two: str) -> bool:
        """Tell whether two words stand under one word, or under none, and are declared apart by that."""
        terms = (self.terms.get((kind, one)), self.terms.get((kind, two)))
        above = [set(term.under) if term else set[str]() for term in terms]
        if kind in self.siblings and not (above[0] or above[1]):
            return True
        if kind not in self.siblings and not any(term and term.siblings_apart for term in terms):
            return False
        return not above[0].isdisjoint(above[1])

    def separable(self, kind: str, key: str) -> bool:
        """Tell whether the ledger declares that a word, or one that it lies inside, shares no victim with some other.

        Examples:
            >>> words = Vocabulary([Term(kind="place", key="barda", apart=["ganja"])])
            >>> words.separable("place", "ganja"), words.separable("place", "agdam")
            (True, False)
        """
        declared = kind in self.siblings or kind in self._beside_apart
        return declared or any((kind, word) in self._apart for word in self.ancestors(kind, key))

    def is_stock(self, harm: Iterable[str]) -> bool:
        """Tell whether a harm, built in or declared, is counted as it stands on one day, and so may fall.

        Examples:
            >>> words = Vocabulary([Term(kind="harm", key="probable-dead", stock=True, becomes=["killed"])])
            >>> words.is_stock(["probable-dead"]), words.is_stock(["killed"]), words.is_stock(["missing"])
            (True, False, True)
        """
        return any(
            key in STOCKS or ((term := self.terms.get(("harm", key))) is not None and term.stock) for key in harm
        )

    def becomes(self, harm: str) -> tuple[str, ...]:
        """Give the harms into which people of one harm pass, so that a count of it may fall for their sake.

        Examples:
            >>> Vocabulary().becomes("missing")
            ('captured', 'killed')
        """
        term = self.terms.get(("harm", harm))
        known = HARMS[Harm(harm)].becomes if harm in HARMS else ()
        return tuple(sorted({*map(str, known), *(term.becomes if term else ())}))

    def opposed(self, side: str, other: str) -> bool:
        """Tell whether the ledger declares that one side, or a side that it belongs to, fights the other.

        Examples:
            >>> words = Vocabulary([Term(kind="side", key="armenian", against=["azerbaijani"])])
            >>> words.opposed("azerbaijani", "armenian")
            True
        """
        here, there = self.ancestors("side", side), self.ancestors("side", other)
        return any((one in here and two in there) or (two in here and one in there) for one, two in self._against)

    def status_of(self, role: str) -> Status | None:
        """Give the status that a role, or the nearest roles that it lies inside, imply; ``None`` where they differ.

        Examples:
            >>> print(Vocabulary([Term(kind="role", key="pilot", status=["combatant"])]).status_of("pilot"))
            combatant
        """
        level = {role}
        while level:
            terms = [term for key in level if (term := self.terms.get(("role", key)))]
            implied = {status for term in terms for status in term.status}
            if implied:
                return implied.pop() if len(implied) == 1 else None
            level = {parent for term in terms for parent in term.under}
        return None

    def name(self, kind: str, key: str) -> str:
        """Give the name to show for a word: the first declared, or the key.

        Examples:
            >>> Vocabulary([Term(kind="side", key="armenian", names=["Armenian side"])]).name("side", "armenian")
            'Armenian side'
        """
        term = self.terms.get((kind, key))
        return term.names[0] if term and term.names else key

    def __or__(self, other: Vocabulary) -> Vocabulary:
        if not isinstance(other, Vocabulary):
            return NotImplemented
        return self if self == other else Vocabulary((*self, *other), siblings=self.siblings | other.siblings)

    def __iter__(self) -> Iterator[Term]:
        return iter(self.terms.values())

    def __len__(self) -> int:
        return len(self.terms)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Vocabulary):
            return NotImplemented
        return self.terms == other.terms and self.siblings == other.siblings

    def __hash__(self) -> int:
        return hash(tuple(self.terms.values()))

    def __repr__(self) -> str:
        beside = f", siblings={sorted(self.siblings)!r}" if self.siblings else ""
        return f"Vocabulary({list(self)!r}{beside})"

    def __reduce__(self) -> tuple[Any, ...]:
        return (_rebuilt, (list(self), self.siblings))


def _rebuilt(terms: list[Term], siblings: frozenset[str]) -> Vocabulary:
    return Vocabulary(terms, siblings=siblings)


def declared_circle(keys: Iterable[str], parents: Callable[[str], Iterable[str]]) -> tuple[str, ...]:
    """Find a circle in a relation, beginning and ending at its smallest name; empty where there is none.

    Examples:
        >>> declared_circle("ab", {"a": ["b"], "b": ["a"]}.__getitem__)
        ('a', 'b', 'a')
    """
    done: set[str] = set()
    for start in sorted(keys):
        path: list[str] = []
        on_path: set[str] = set()
        todo: list[tuple[str, bool]] = [(start, False)]
        while todo:
            key, leaving = todo.pop()
            if leaving:
                path.pop()
                on_path.discard(key)
                done.add(key)
            elif key in on_path:
                circle = path[path.index(key) :]
                first = circle.index(min(circle))
                return (*circle[first:], *circle[:first], circle[first])
            elif key not in done:
                path.append(key)
                on_path.add(key)
                todo.append((key, True))
                todo.extend((parent, False) for parent in sorted(parents(key), reverse=True))
    return ()
