"""On whose word claims rest: copies, origins, joint statements, and circles of copying."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from copy import copy
from dataclasses import dataclass

from casualties.model.claim import Claim, Link
from casualties.model.source import Sources
from casualties.model.subject import Subject

__all__ = ["UNATTRIBUTED", "Origin", "Origins", "joint_statements", "resting_on"]

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
        joint: Whether others make the same statement with its source.

    Examples:
        >>> from casualties.reconciling.independence import Origin
        >>> Origin((("source", "armenia"),)).copy
        False
    """

    roots: tuple[tuple[str, str], ...]
    speaking: tuple[str, ...] = ()
    circle: bool = False
    own: bool = True
    joint: bool = False

    @property
    def copy(self) -> bool:
        """Whether the claim merely repeats what is spoken on the subject already."""
        return bool(self.speaking)


class Origins:
    """The origins of all claims that are known on a day.

    Args:
        claims: The claims known, by identity.
        sources: The tree of sources.
        joint: The claims of joint statements, by identity; see `joint_statements`.
        topics: What each claim is about, as findings tell subjects apart.
        speaks: Tells whether a ``claim`` or a ``source`` of a name speaks on a subject.  A source speaks with its own
            word only: were it enough to pass on another's, two that quote each other would silence one another.

    Examples:
        >>> import casualties as cs
        >>> from casualties.reconciling.independence import Origins
        >>> ledger = cs.seeds.load("nagorno-karabakh-2020-09-30")
        >>> claims = {claim.id: claim for claim in ledger}
        >>> origins = Origins(claims, ledger.sources, {}, {}, lambda kind, name, topic: True)
        >>> sorted({origins.of(claim).roots[0] for claim in ledger.by("turkey")})
        [('source', 'turkey')]
    """

    __slots__ = ("_circles", "_claims", "_joint", "_own", "_quoted", "_roots", "_sources", "_speaks", "_topics")

    def __init__(
        self,
        claims: Mapping[str, Claim],
        sources: Sources,
        joint: Mapping[str, tuple[str, ...]],
        topics: Mapping[str, Subject],
        speaks: Callable[[str, str, Subject], bool],
    ) -> None:
        self._claims = claims
        self._sources = sources
        self._joint = joint
        self._topics = topics
        self._speaks = speaks
        self._circles = _circles(claims)
        self._roots: dict[str, tuple[tuple[str, str], ...]] = {}
        self._own: dict[str, Origin] = {}
        self._quoted: dict[str, frozenset[str]] = {}

    def heard(self, speaks: Callable[[str, str, Subject], bool]) -> Origins:
        """Give the origins of the same claims where others speak, as on another day."""
        other = copy(self)
        other._speaks = speaks  # noqa: SLF001 - of the same class
        return other

    def of(self, claim: Claim) -> Origin:
        """Give what a claim rests on.

        Examples:
            >>> import casualties as cs
            >>> ledger = cs.seeds.load("nagorno-karabakh-2020-09-30")
            >>> origins = Origins({}, ledger.sources, {}, {}, lambda kind, name, topic: False)
            >>> [origins.of(claim).own for claim in ledger.by("turkey")]
            [True]
        """
        if not resting_on(claim) and not self._sources.repeats(claim.source):
            if claim.source not in self._own:
                self._own[claim.source] = Origin(self._word(claim.source))
            return self._own[claim.source]
        if claim.id in self._joint:
            parties = [self._claims[identity].source for identity in self._joint[claim.id]]
            return Origin(tuple(sorted({root for party in parties for root in self._word(party)})), joint=True)
        roots = self._rest(claim)
        members = self._circles.get(claim.id, (claim.id,))
        circle = claim.id in self._circles or any(kind == "circle" for kind, _ in roots)
        return Origin(roots, self._speaking(members, self._topics[claim.id]), circle, own=False)

    def around(self, claim: Claim) -> tuple[Claim, ...]:
        """Give the claims on the circle on which a claim lies, itself among them; nothing where it lies on none.

        Examples:
            >>> import casualties as cs
            >>> ledger = cs.seeds.load("nagorno-karabakh-2020-09-30")
            >>> origins = Origins({}, ledger.sources, {}, {}, lambda kind, name, topic: False)
            >>> {origins.around(claim) for claim in ledger}
            {()}
        """
        return tuple(self._claims[identity] for identity in self._circles.get(claim.id, ()))

    def _speaking(self, members: tuple[str, ...], topic: Subject) -> tuple[str, ...]:
        """Find the nearest claims, or their sources, that speak on a subject, among all on which some claims rest."""
        seen = set(members)
        level: Iterable[str] = members
        while level:
            above = {link.claim for identity in level for link in resting_on(self._claims[identity])} - seen
            above &= self._claims.keys()
            speakers = {
                identity
                for identity in above
                if self._speaks("claim", identity, topic)
                or self._speaks("source", self._claims[identity].source, topic)
            }
            for source in {self._claims[identity].source for identity in level}:
                speakers |= {
                    quoted for quoted in self._quotes(source) - {source} if self._speaks("source", quoted, topic)
                }
            if speakers:
                return tuple(sorted(speakers))
            seen |= above
            level = above
        return ()

    def _quotes(self, source: str) -> frozenset[str]:
        """Give a source and all on whose word its claims rest, through any number of hands."""
        if source not in self._quoted:
            quoted, todo = {source}, [source]
            while todo:
                new = [repeated for repeated in self._sources.repeats(todo.pop()) if repeated not in quoted]
                quoted.update(new)
                todo.extend(new)
            self._quoted[source] = frozenset(quoted)
        return self._quoted[source]

    def _word(self, source: str) -> tuple[tuple[str, str], ...]:
        """Give the roots of what a source says: itself, or those whom it repeats; a circle of these is one root."""
        roots = set()
        for quoted in self._quotes(source):
            behind = self._quotes(quoted)
            if len(behind) == 1:
                known = self._sources.unattributed(quoted)
                roots.add(UNATTRIBUTED if known else ("source", self._sources.root(quoted)))
            elif all(quoted in self._quotes(other) for other in behind):
                roots.add(("circle", min(behind)))
        return tuple(sorted(roots))

    def _rest(self, claim: Claim) -> tuple[tuple[str, str], ...]:
        """Follow the links down to the roots, without recursion; a circle is one root."""
        todo = [claim.id]
        while todo:
            identity = todo[-1]
            if identity in self._roots:
                todo.pop()
                continue
            members = self._circles.get(identity, (identity,))
            below = {
                link.claim
                for member in members
                for link in resting_on(self._claims[member])
                if link.claim not in members
            }
            waiting = [under for under in sorted(below) if under in self._claims and under not in self._roots]
            if waiting:
                todo.extend(waiting)
                continue
            all_roots = {root for under in below for root in self._roots.get(under, (("claim", under),))}
            quoting = filter(self._sources.repeats, (self._claims[member].source for member in members))
            all_roots.update(root for source in quoting for root in self._word(source))
            if not all_roots and identity in self._circles and identity not in self._joint:
                all_roots.add(("circle", members[0]))
            elif not all_roots:
                all_roots.update(root for member in members for root in self._word(self._claims[member].source))
            self._roots.update(dict.fromkeys(members, tuple(sorted(all_roots))))
            todo.pop()
        return self._roots[claim.id]


def resting_on(claim: Claim) -> tuple[Link, ...]:
    """Give the links on whose word a claim rests; the share of another figure is its source's own word.

    Examples:
        >>> from casualties.model.figure import Figure
        >>> killed, whole = Subject(harm=["killed"]), Link(claim="c1-0123456789abcdef0123", share="nearly 70 percent")
        >>> resting_on(Claim(source="office", subject=killed, figure=Figure.at_least(7), based_on=[whole]))
        ()
    """
    return tuple(link for link in claim.based_on if link.share is None) if claim.based_on else ()


def joint_statements(claims: Mapping[str, Claim], sources: Sources) -> dict[str, tuple[str, ...]]:
    """Give for each claim of a joint statement the claims of all parties to it.

    A joint statement is one claim for each party.  The claims are based on one another and on nothing else, and say the
    same but for the source, read in the same place, which is told.  Each party speaks for itself, and together
    they are one voice; two that quote each other were read in two places.

    Examples:
        >>> from casualties.reconciling.independence import joint_statements
        >>> joint_statements({}, Sources())
        {}
    """
    joint: dict[str, tuple[str, ...]] = {}
    for identity, claim in claims.items():
        if claim.based_on and resting_on(claim) and identity not in joint and _read_in(claim):
            members = {identity, *(link.claim for link in resting_on(claim))}
            if all(
                member in claims and _one_statement(claims[member], claim, members) for member in members
            ) and not any(
                sources.repeats(claims[member].source) or sources.unattributed(claims[member].source)
                for member in members
            ):
                joint.update(dict.fromkeys(members, tuple(sorted(members))))
    return joint


def _one_statement(one: Claim, other: Claim, members: set[str]) -> bool:
    if {link.claim for link in resting_on(one)} != members - {one.id} or not _read_in(one) & _read_in(other):
        return False
    same = one.replacing(source=other.source, based_on=(), citations=(), assessments=())
    return same == other.replacing(based_on=(), citations=(), assessments=())


def _read_in(claim: Claim) -> set[object]:
    """Give the places in which a claim was read, as far as they are told."""
    return {
        found
        for citation in claim.citations
        if (found := citation.report.identity if citation.report else citation.locator)
    }


def _circles(claims: Mapping[str, Claim]) -> dict[str, tuple[str, ...]]:
    """Give for each claim on a circle of links all claims on it, by Tarjan's strongly connected components.

    Iterative, since chains of copies may be long (R. Tarjan, "Depth-First Search and Linear Graph Algorithms", 1972).
    """
    linked = {
        identity: [link.claim for link in links]
        for identity, claim in claims.items()
        if claim.based_on and (links := resting_on(claim))
    }
    number: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    on_stack: set[str] = set()
    circles: dict[str, tuple[str, ...]] = {}
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
                        circles.update(dict.fromkeys(members, tuple(sorted(members))))
    return circles
