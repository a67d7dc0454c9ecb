"""What a ledger declares of the words that its subjects use: which lies inside which, and what stands apart.

Nothing is built in but the harms.  Who a place belongs to, or which side a unit fights for, is said by a ledger.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from functools import partial
from typing import Annotated, Any

from casualties.errors import LedgerError, ModelError
from casualties.model.record import Key, Keys, Record, Texts, sorted_set

__all__ = ["Status", "Term", "TermKind", "Vocabulary", "declared_circle"]


class TermKind(StrEnum):
    """The facets whose words a ledger may relate to one another.

    Examples:
        >>> from casualties.model.vocabulary import TermKind
        >>> TermKind("place").value
        'place'
    """

    SIDE = "side"
    NATIONALITY = "nationality"
    ROLE = "role"
    PLACE = "place"
    EVENT = "event"
    HARM = "harm"


class Status(StrEnum):
    """Whether the victims took part in the fighting, as the source says.

    Examples:
        >>> Status("civilian").value
        'civilian'
    """

    COMBATANT = "combatant"
    CIVILIAN = "civilian"
    UNDETERMINED = "undetermined"


class Term(Record):
    """A word for a side, nationality, role, place, event or harm, and how it lies to others.

    Attributes:
        kind: The facet that the word fills.
        key: The name by which claims use it.
        names: How people write it; empty where the key says it.
        under: The words that it lies inside; several are allowed.
        apart: Words with which it shares no victim.
        against: Sides that it fights; only sides have any.
        status: The status that a role implies; only roles have one.

    Raises:
        ModelError: If a word that is no role implies a status, or one that is no side has an opponent.

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

    def model_post_init(self, _context: Any, /) -> None:  # noqa: ANN401 - as pydantic declares it
        """Check that only a role implies a status, and only a side has opponents."""
        if self.status and self.kind is not TermKind.ROLE:
            raise ModelError(
                f"{self.kind} {self.key!r}: only a role implies a status",
                "not-a-role",
                "leave the status out, or declare a role",
            )
        if self.against and self.kind is not TermKind.SIDE:
            raise ModelError(
                f"{self.kind} {self.key!r}: only a side is against others",
                "not-a-side",
                "leave against out, or declare a side",
            )

    @property
    def says_something(self) -> bool:
        """Whether anything but the word itself is declared.

        Examples:
            >>> Term(kind="place", key="barda").says_something
            False
        """
        return bool(self.names or self.under or self.apart or self.against or self.status)

    def merged(self, other: Term) -> Term:
        """Join what two ledgers declare of one word; every name and relation of both is kept.

        Examples:
            >>> barda = Term(kind="place", key="barda", under=["azerbaijan"])
            >>> barda.merged(Term(kind="place", key="barda", names=["Barda"])).names
            ('Barda',)
        """
        if self == other:
            return self
        return Term(
            kind=self.kind,
            key=self.key,
            **{
                name: (*getattr(self, name), *getattr(other, name))
                for name in ("names", "under", "apart", "against", "status")
            },
        )


_HARM_PARENTS: Mapping[str, tuple[str, ...]] = {
    "killed": ("casualties", "losses"),
    "severely-wounded": ("wounded",),
    "in-treatment": ("wounded",),
}


class Vocabulary:
    """The declared words of a ledger and the relations that follow from them.

    Words that nobody declared may be used all the same; they simply lie inside nothing and apart from nothing.
    A declaration that says nothing of its word is the same as none.

    Args:
        terms: The declared words.  Several declarations of one word are joined.

    Raises:
        LedgerError: If words lie inside one another in a circle, or one role implies two statuses.

    Examples:
        >>> from casualties.model.vocabulary import Term, Vocabulary
        >>> words = Vocabulary([Term(kind="place", key="barda", under=["azerbaijan"])])
        >>> words.inside("place", "barda", "azerbaijan")
        True
    """

    __slots__ = ("_against", "_apart", "_cache", "terms")

    def __init__(self, terms: Iterable[Term] = ()) -> None:
        joined: dict[tuple[str, str], Term] = {}
        for term in terms:
            place = (term.kind.value, term.key)
            joined[place] = joined[place].merged(term) if place in joined else term
        self.terms: Mapping[tuple[str, str], Term] = {
            place: term for place, term in sorted(joined.items()) if term.says_something
        }
        self._cache: dict[tuple[str, str], frozenset[str]] = {}
        self._apart: dict[tuple[str, str], set[str]] = {}
        for (kind, key), term in self.terms.items():
            for other in (*term.apart, *term.against):
                self._apart.setdefault((kind, key), set()).add(other)
                self._apart.setdefault((kind, other), set()).add(key)
        self._against = tuple((term.key, enemy) for term in self.terms.values() for enemy in term.against)
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
        return (*declared, *_HARM_PARENTS.get(key, ())) if kind == "harm" else declared

    def ancestors(self, kind: str, key: str) -> frozenset[str]:
        """Give the word itself and every word that it lies inside.

        Examples:
            >>> sorted(Vocabulary().ancestors("harm", "killed"))
            ['casualties', 'killed', 'losses']
        """
        known = self._cache.get((kind, key))
        if known is None:
            found, todo = {key}, [key]
            while todo:
                for parent in self._parents(kind, todo.pop()):
                    if parent not in found:
                        found.add(parent)
                        todo.append(parent)
            known = self._cache[kind, key] = frozenset(found)
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
        return any(not there.isdisjoint(self._apart.get((kind, word), ())) for word in self.ancestors(kind, key))

    def separable(self, kind: str, key: str) -> bool:
        """Tell whether the ledger declares that a word, or one that it lies inside, shares no victim with some other.

        Examples:
            >>> words = Vocabulary([Term(kind="place", key="barda", apart=["ganja"])])
            >>> words.separable("place", "ganja"), words.separable("place", "agdam")
            (True, False)
        """
        return any((kind, word) in self._apart for word in self.ancestors(kind, key))

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
        return self if self == other else Vocabulary((*self, *other))

    def __iter__(self) -> Iterator[Term]:
        return iter(self.terms.values())

    def __len__(self) -> int:
        return len(self.terms)

    def __eq__(self, other: object) -> bool:
        return self.terms == other.terms if isinstance(other, Vocabulary) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self.terms.values()))

    def __repr__(self) -> str:
        return f"Vocabulary({list(self)!r})"

    def __reduce__(self) -> tuple[type[Vocabulary], tuple[list[Term]]]:
        return (Vocabulary, (list(self),))


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
