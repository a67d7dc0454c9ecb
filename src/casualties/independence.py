"""On whose word claims rest: copies, origins, and circles of copying."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from casualties.claim import Claim
from casualties.source import Sources
from casualties.subject import Subject

__all__ = ["Origin", "Origins"]

UNATTRIBUTED = ("unattributed", "")
"""The one origin of all reports of which nobody says who made them."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What a claim rests on.

    Attributes:
        roots: The roots on which it rests, each a kind (``source``, ``claim``, ``circle``, ``unattributed``) and a
            name.  A source stands for the root of its tree; a claim for a statement that is not at hand.
        speaking: Claims on which it is based that speak on the same subject, or whose source does; not empty for a
            copy.
        circle: Whether it lies on a circle of claims that rest on one another.
        own: Whether it rests on its source's own word.

    Examples:
        >>> from casualties.independence import Origin
        >>> Origin((("source", "armenia"),)).copy
        False
    """

    roots: tuple[tuple[str, str], ...]
    speaking: tuple[str, ...] = ()
    circle: bool = False
    own: bool = True

    @property
    def copy(self) -> bool:
        """Whether the claim merely repeats what is spoken on the subject already.

        Examples:
            >>> Origin((("source", "a"),), speaking=("c1-0123456789abcdef0123",)).copy
            True
        """
        return bool(self.speaking)


class Origins:
    """The origins of all claims that are known on a day.

    Args:
        claims: The claims known, by identity.
        sources: The tree of sources.
        topics: What each claim is about, as findings tell subjects apart.
        speaks: Tells whether a source itself speaks on a subject.

    Examples:
        >>> import casualties as cs
        >>> from casualties.independence import Origins
        >>> ledger = cs.seeds.load("nagorno-karabakh-2020-09-30")
        >>> origins = Origins({claim.id: claim for claim in ledger}, ledger.sources, {}, lambda source, topic: True)
        >>> sorted({origins.of(claim).roots[0] for claim in ledger.by("turkey")})
        [('source', 'turkey')]
    """

    __slots__ = ("_circles", "_claims", "_found", "_roots", "_sources", "_speaks", "_topics")

    def __init__(
        self,
        claims: Mapping[str, Claim],
        sources: Sources,
        topics: Mapping[str, Subject],
        speaks: Callable[[str, Subject], bool],
    ) -> None:
        self._claims = claims
        self._sources = sources
        self._topics = topics
        self._speaks = speaks
        self._circles = _circles(claims)
        self._roots: dict[str, tuple[tuple[str, str], ...]] = {}

    def of(self, claim: Claim) -> Origin:
        """Give what a claim rests on.

        Examples:
            >>> import casualties as cs
            >>> ledger = cs.seeds.load("nagorno-karabakh-2020-09-30")
            >>> origins = Origins({}, ledger.sources, {}, lambda source, topic: False)
            >>> [origins.of(claim).own for claim in ledger.by("turkey")]
            [True]
        """
        repeats = self._repeats(claim.source)
        if not claim.based_on and not repeats:
            return Origin(self._own(claim.source))
        circle = self._circles.get(claim.id, ())
        topic = self._topics[claim.id]
        speaking = []
        for link in claim.based_on:
            other = self._claims.get(link.claim)
            if other is None or other.id in circle:
                continue
            if self._topics[other.id] == topic or self._speaks(other.source, topic):
                speaking.append(other.id)
        speaking.extend(source for source in repeats if self._speaks(source, topic))
        return Origin(self._rest(claim), tuple(sorted(set(speaking))), bool(circle), own=False)

    def _own(self, source: str) -> tuple[tuple[str, str], ...]:
        return (UNATTRIBUTED if self._sources.unattributed(source) else ("source", self._sources.root(source)),)

    def _repeats(self, source: str) -> tuple[str, ...]:
        known = self._sources.get(source)
        return known.repeats if known else ()

    def _rest(self, claim: Claim) -> tuple[tuple[str, str], ...]:
        """Follow the links down to the roots, without recursion; a circle is one root."""
        todo = [claim.id]
        while todo:
            id = todo[-1]  # noqa: A001 - the word of the file format
            if id in self._roots:
                todo.pop()
                continue
            members = self._circles.get(id, (id,))
            below = {
                link.claim for member in members for link in self._claims[member].based_on if link.claim not in members
            }
            waiting = [each for each in sorted(below) if each in self._claims and each not in self._roots]
            if waiting:
                todo.extend(waiting)
                continue
            found = {root for each in below for root in self._roots.get(each, (("claim", each),))}
            for member in members:
                for repeated in self._repeats(self._claims[member].source):
                    found.update(self._own(repeated))
            if not found:
                own = ("circle", members[0]) if id in self._circles else self._own(self._claims[id].source)[0]
                found = {own}
            self._roots.update(dict.fromkeys(members, tuple(sorted(found))))
            todo.pop()
        return self._roots[claim.id]


def _circles(claims: Mapping[str, Claim]) -> dict[str, tuple[str, ...]]:
    """Give for each claim on a circle of links all claims on it, by Tarjan's strongly connected components.

    Iterative, since chains of copies may be long (R. Tarjan, "Depth-First Search and Linear Graph Algorithms", 1972).
    """
    linked = {
        id: [link.claim for link in claim.based_on if link.claim in claims]
        for id, claim in claims.items()  # noqa: A001
        if claim.based_on
    }
    number: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    on_stack: set[str] = set()
    found: dict[str, tuple[str, ...]] = {}
    for start, targets in linked.items():
        if start in number:
            continue
        todo: list[tuple[str, Iterable[str]]] = [(start, iter(targets))]
        number[start] = low[start] = len(number)
        stack.append(start)
        on_stack.add(start)
        while todo:
            here, rest = todo[-1]
            for target in rest:
                if target not in number:
                    number[target] = low[target] = len(number)
                    stack.append(target)
                    on_stack.add(target)
                    todo.append((target, iter(linked.get(target, ()))))
                    break
                if target in on_stack:
                    low[here] = min(low[here], number[target])
            else:
                todo.pop()
                if todo:
                    low[todo[-1][0]] = min(low[todo[-1][0]], low[here])
                if low[here] == number[here]:
                    members = set()
                    while here not in members:
                        members.add(stack.pop())
                    on_stack -= members
                    if len(members) > 1 or here in linked.get(here, ()):
                        found.update(dict.fromkeys(members, tuple(sorted(members))))
    return found
