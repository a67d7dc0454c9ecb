"""What all standing claims together imply for one subject, with the proof of each end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from casualties._text import Printed
from casualties.bounding._solving import NodeEnd, Solution, SolvedEnd
from casualties.bounding._system import NO_CEILING, Row
from casualties.bounding.proof import Proof, Step
from casualties.bounding.relation import Relation
from casualties.model.claim import Claim
from casualties.model.figure import End, Figure
from casualties.model.subject import Subject

__all__ = ["Bound", "Method", "Sum"]


class Method(StrEnum):
    """How the ends of a bound were found.

    Examples:
        >>> from casualties.bounding.bound import Method
        >>> Method("propagation").name
        'PROPAGATION'
    """

    PROPAGATION = "propagation"
    """By following sums and parts until nothing changes, which is exact here. Example: two parts that stand apart add
    up to at least 81.
    """
    PROGRAM = "integer program"
    """By an integer program, solved to the end. Example: sums that cross, such as by sex and by age."""
    OUTER = "outer bound, not proved exact"
    """A bound that holds, and may not be the tightest. Example: sums that cross, without the extra `solver`."""


class Bound(Printed):
    """What follows for one subject: at least so many, at most so many.

    The floor is that of everybody whom the words can mean: at least as many as in every part.  The ceiling is that of
    those who count the subject.  Where a floor exceeds it they meant a part only: then there is no ceiling, and
    `parts_only` lists their claims.

    Attributes:
        subject: What is counted.

    Examples:
        >>> import casualties as cs
        >>> answer = cs.bounds(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> for bound in answer.about(side="azerbaijani"):
        ...     print(bound)
        killed, azerbaijani, civilian 2020-09-27..2020-09-30: 11 or more
        killed, azerbaijani, combatant 2020-09-27..2020-09-30: nothing known
    """

    def __init__(self, subject: Subject, solved: Solution, settled: Callable[[], dict[NodeEnd, SolvedEnd]]) -> None:
        self.subject = subject
        self._solved = solved
        self._settled = settled
        self._top, self._base = solved.built.ends_of(subject)

    @cached_property
    def _ends(self) -> tuple[SolvedEnd, SolvedEnd]:
        """The two ends: the floor of the whole, and the ceiling of what is counted."""
        settled = self._settled()
        return settled[self._top, True], settled[self._base, False]

    @property
    def low(self) -> int:
        """The lowest count that is consistent with the claims.

        Examples:
            >>> import casualties as cs
            >>> answer = cs.bounds(cs.seeds.load("nagorno-karabakh-2020-09-30"))
            >>> [bound.low for bound in answer.about(status="civilian")]
            [11]
        """
        return self._ends[0].people

    @property
    def high(self) -> int | None:
        """The highest count that is consistent with the claims; ``None`` where nothing sets a ceiling.

        Examples:
            >>> import casualties as cs
            >>> answer = cs.bounds(cs.seeds.load("nagorno-karabakh-2020-09-30"))
            >>> [bound.high for bound in answer.about(role="mercenary")]
            [25]
        """
        high = self._ends[1].people
        return None if high >= NO_CEILING or high < self.low else high

    @property
    def part_ceiling(self) -> int | None:
        """The highest count of those who mean a part only; ``None`` where nobody must.

        Examples:
            >>> import casualties as cs
            >>> {bound.part_ceiling for bound in cs.bounds(cs.seeds.load("nagorno-karabakh-2020-09-30"))}
            {None}
        """
        return self._ends[1].people if self._ends[1].people < self.low else None

    @cached_property
    def parts_only(self) -> tuple[Claim, ...]:
        """Claims whose ceiling is below the floor, and which therefore count a part that their words do not say.

        Examples:
            >>> import casualties as cs
            >>> any(bound.parts_only for bound in cs.bounds(cs.seeds.load("nagorno-karabakh-2020-09-30")))
            False
        """
        if self.part_ceiling is None:
            return ()
        return self._solved.proof(self._base, low=False).claims

    @cached_property
    def figure(self) -> Figure:
        """Both ends as a figure, with the ends marked that rest on a convention.

        Examples:
            >>> import casualties as cs
            >>> for bound in cs.bounds(cs.seeds.load("nagorno-karabakh-2020-09-30")).about(role="mercenary"):
            ...     print(bound.figure)
            2–25
        """
        assumed = [End.LOW] * self._assumed(self._top, 0)
        assumed += [End.HIGH] * (self.high is not None and self._assumed(self._base, 1))
        return Figure(self.low, self.high, assumed=frozenset(assumed))

    def _assumed(self, node: int, end: int) -> bool:
        """Tell whether an end rests on one that the words do not give."""
        if self._ends[end].by_program:
            return self._proof(node, end).assumed
        return self._solved.rests_on_assumed(node, low=end == 0)

    @property
    def known(self) -> bool:
        """Whether any claim bounds the subject; a floor of nothing and no ceiling is no knowledge, and never zero.

        Examples:
            >>> import casualties as cs
            >>> [bound.known for bound in cs.bounds(cs.seeds.load("nagorno-karabakh-2020-09-30"))]
            [True, True, True, False, True]
        """
        return self.low > 0 or self.high is not None

    @cached_property
    def low_proof(self) -> Proof:
        """How the floor follows.

        Examples:
            >>> import casualties as cs
            >>> for bound in cs.bounds(cs.seeds.load("nagorno-karabakh-2020-09-30")).about(status="civilian"):
            ...     print(bound.low_proof)
            1. killed, azerbaijani, civilian 2020-09-27..2020-09-30 ≥ 11: azerbaijan states 11 or more
        """
        return self._proof(self._top, 0)

    @cached_property
    def high_proof(self) -> Proof:
        """How the ceiling follows; empty where there is none.

        Examples:
            >>> import casualties as cs
            >>> for bound in cs.bounds(cs.seeds.load("nagorno-karabakh-2020-09-30")).about(role="mercenary"):
            ...     print(bound.high_proof)
            1. killed, syrian, combatant, mercenary 2020-09-27..2020-09-30 ≤ 25: unnamed states up to 25
        """
        return Proof() if self.high is None else self._proof(self._base, 1)

    def _proof(self, node: int, end: int) -> Proof:
        solved_end, low = self._ends[end], end == 0
        if not solved_end.by_program:
            return self._solved.proof(node, low=low)
        system, statements, ends = self._solved.system, self._solved.built.statements, self._solved.ends
        steps = [
            Step(
                system.subject(end.node),
                "low" if end.low else "high",
                end.people,
                statements[end.statement].claims,
                assumed=end.assumed,
            )
            for end in (ends[number] for number in self._solved.needed(node, solved_end.people, low=low))
        ]
        of = tuple(range(len(steps)))
        return Proof((*steps, Step(self.subject, "low" if low else "high", solved_end.people, of=of, program=True)))

    @property
    def proved(self) -> bool:
        """Whether both ends are exact: some counts that fit everything attain them.

        An end that is not proved is valid all the same: no count that fits lies outside.

        Examples:
            >>> import casualties as cs
            >>> all(bound.proved for bound in cs.bounds(cs.seeds.load("nagorno-karabakh-2020-09-30")))
            True
        """
        return self.low_proved and self.high_proved

    @property
    def low_proved(self) -> bool:
        """Whether the floor is exact.

        Examples:
            >>> import casualties as cs
            >>> {bound.low_proved for bound in cs.bounds(cs.seeds.load("nagorno-karabakh-2020-09-30"))}
            {True}
        """
        return self._ends[0].exact

    @property
    def high_proved(self) -> bool:
        """Whether the ceiling, or that there is none, is exact.

        Examples:
            >>> import casualties as cs
            >>> {bound.high_proved for bound in cs.bounds(cs.seeds.load("nagorno-karabakh-2020-09-30"))}
            {True}
        """
        return self._ends[1].exact

    @property
    def method(self) -> Method:
        """How the ends were found.

        Examples:
            >>> import casualties as cs
            >>> {str(bound.method) for bound in cs.bounds(cs.seeds.load("nagorno-karabakh-2020-09-30"))}
            {'propagation'}
        """
        if not self.proved:
            return Method.OUTER
        return Method.PROGRAM if any(end.by_program for end in self._ends) else Method.PROPAGATION

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims on which the two ends rest, in canonical order.

        Examples:
            >>> import casualties as cs
            >>> bounds = cs.bounds(cs.seeds.load("nagorno-karabakh-2020-09-30"))
            >>> [len(bound.claims) for bound in bounds.about(role="mercenary")]
            [2]
        """
        by_id = {claim.id: claim for proof in (self.low_proof, self.high_proof) for claim in proof.claims}
        return tuple(sorted(by_id.values(), key=lambda claim: claim.sort_key))

    @cached_property
    def wanted(self) -> Subject | None:
        """The subject whose exact count would change this bound most: the least known of what it is made of.

        ``None`` where the count is exact already.  Where nothing is known to be a part, it is the subject itself.

        Examples:
            >>> import casualties as cs
            >>> from casualties.model.subject import Subject
            >>> print(cs.bounds(cs.seeds.load("nagorno-karabakh-2020-09-30"))[Subject(harm=["killed"])].wanted)
            killed, azerbaijani, combatant 2020-09-27..2020-09-30
        """
        if self.low == self.high:
            return None
        run, system = self._solved.run, self._solved.system
        rows, rows_of = run.graph.rows, run.graph.rows_of
        node, seen = self._top, set[int]()
        while node not in seen:
            seen.add(node)
            into = [rows[number] for number in rows_of[node] if rows[number].whole == node]
            parts = {part for row in into if row.relation is not Relation.SCOPE for part in row.parts}
            parts -= {part for part in parts for number in rows_of[part] if self._widens(rows[number], part)}
            open_parts = [part for part in sorted(parts) if run.low[part] != run.high[part]]
            node = max(open_parts, key=lambda part: (run.high[part] - run.low[part], -part), default=node)
        return system.subject(node)

    @staticmethod
    def _widens(row: Row, part: int) -> bool:
        """Tell whether a row sets what is counted of a subject beside the whole of it."""
        return row.relation is Relation.SCOPE and part in row.parts

    @cached_property
    def set_aside(self) -> tuple[Claim, ...]:
        """Claims on the subject that contradict others, of which an end is therefore left out of the bounds.

        Examples:
            >>> import casualties as cs
            >>> any(bound.set_aside for bound in cs.bounds(cs.seeds.load("nagorno-karabakh-2020-09-30")))
            False
        """
        ends = (self._solved.ends[number] for number in self._solved.aside)
        statements = {end.statement for end in ends if end.node in (self._top, self._base)}
        claims = {
            claim.id: claim for statement in statements for claim in self._solved.built.statements[statement].claims
        }
        return tuple(sorted(claims.values(), key=lambda claim: claim.sort_key))

    def __str__(self) -> str:
        figure = str(self.figure) if self.known else "nothing known"
        left = len(self.set_aside)
        remark = f" ({left} claims that contradict others left out)" if left > 1 else ""
        remark = " (1 claim that contradicts others left out)" if left == 1 else remark
        return f"{self.subject}: {figure}{'' if self.proved else ' (not proved exact)'}{remark}"

    def __repr__(self) -> str:
        return f"<Bound {self}>"


@dataclass(frozen=True, slots=True)
class Sum(Printed):
    """The count of several subjects together.

    Attributes:
        figure: The sum of the bounds; one absent ceiling leaves it without a ceiling.
        bounds: The bound of each subject that was added.
        claims: Every claim on which it rests, in canonical order.
        missing: The subjects of which nothing is known; the sum counts at least nobody of them, and never zero.
        overlaps: The pairs of subjects that may share people, and were added only because the caller accepted it.
        proved: Whether every end that was added is exact.

    Examples:
        >>> import casualties as cs
        >>> from casualties.model.subject import Subject
        >>> bounds = cs.bounds(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> civilians, soldiers = [bound.subject for bound in bounds.about(side="azerbaijani")]
        >>> total = bounds.total([civilians, soldiers], overlapping_subjects_ok=True)
        >>> print(total.figure)
        11 or more
        >>> total.missing == (soldiers,)
        True
    """

    figure: Figure
    bounds: tuple[Bound, ...]
    claims: tuple[Claim, ...]
    missing: tuple[Subject, ...]
    overlaps: tuple[tuple[Subject, Subject], ...]
    proved: bool

    def __str__(self) -> str:
        notes = []
        if self.missing:
            notes.append(f"nothing known of {len(self.missing)} of {len(self.bounds)}: {_some(self.missing)}")
        if self.overlaps:
            pairs = f"{len(self.overlaps)} pair{'' if len(self.overlaps) == 1 else 's'}"
            notes.append(f"{pairs} may share people and be counted twice")
        return f"{self.figure} ({'; '.join(notes)})" if notes else str(self.figure)


def _some(subjects: Sequence[Subject], shown: int = 3) -> str:
    """List a few subjects on one line, and how many are left."""
    left = f"; and {len(subjects) - shown:,} more" if len(subjects) > shown else ""
    return "; ".join(map(str, subjects[:shown])) + left
