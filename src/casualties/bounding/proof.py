"""From which claims, and by which relations, a bound follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from casualties.bounding._building import Statement
from casualties.bounding._propagation import Propagation
from casualties.bounding._system import End, System
from casualties.bounding.relation import Relation
from casualties.model.claim import Claim, Stance
from casualties.model.subject import Subject

__all__ = ["Proof", "Step"]


@dataclass(frozen=True, slots=True)
class Step:
    """One inequality of a proof.

    Attributes:
        subject: What is counted.
        end: ``low`` for at least, ``high`` for at most.
        count: The number of people.
        claims: The claims that state it; empty where it follows from other steps.
        relation: By which relation it follows; ``None`` where claims state it.
        facet: The facet by which groups that are added stand apart; empty elsewhere.
        of: The places, in the proof, of the steps that it follows from.
        assumed: Whether the claims give this end by a convention and not by their words.
        program: Whether the integer program found that it follows.

    Examples:
        >>> import casualties as cs
        >>> seed = cs.seeds.load("nagorno-karabakh-2020-09-30")
        >>> for bound in cs.bounds(seed).about(status="civilian"):
        ...     print(bound.low_proof.steps[0].count)
        11
    """

    subject: Subject
    end: str
    count: int
    claims: tuple[Claim, ...] = ()
    relation: Relation | None = None
    facet: str = ""
    of: tuple[int, ...] = ()
    assumed: bool = False
    program: bool = False

    def __str__(self) -> str:
        return f"{self.subject} {'≥' if self.end == 'low' else '≤'} {self.count:,}"


@dataclass(frozen=True, slots=True)
class Proof:
    """The chain of inequalities that leads from claims to a bound; empty where nothing bounds it.

    Attributes:
        steps: The inequalities, each after those that it follows from.

    Examples:
        >>> import casualties as cs
        >>> from casualties.model.subject import Subject
        >>> bounds = cs.bounds(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> print(bounds[Subject(harm=["killed"])].low_proof)
        1. killed, armenian, combatant 2020-09-27..2020-09-30 ≥ 81: artsakh-mod states 81 or more
        2. killed, azerbaijani, civilian 2020-09-27..2020-09-30 ≥ 11: azerbaijan states 11 or more
        3. killed, armenian ≥ 81: by 1, which lies inside
        4. killed, azerbaijani ≥ 11: by 2, which lies inside
        5. killed ≥ 92: 81 + 11 by 3 and 4, apart by side
    """

    steps: tuple[Step, ...] = ()

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims on which it rests, in canonical order.

        Examples:
            >>> Proof().claims
            ()
        """
        by_id = {claim.id: claim for step in self.steps for claim in step.claims}
        return tuple(sorted(by_id.values(), key=lambda claim: claim.sort_key))

    @property
    def relations(self) -> tuple[Relation, ...]:
        """The kinds of relations that it uses, each once.

        Examples:
            >>> Proof().relations
            ()
        """
        return tuple(sorted({step.relation for step in self.steps if step.relation}))

    @property
    def assumed(self) -> bool:
        """Whether it rests on an end that the words do not give.

        Examples:
            >>> Proof().assumed
            False
        """
        return any(step.assumed for step in self.steps)

    def __str__(self) -> str:
        lines = [f"{number}. {step}: {self._reason(step)}" for number, step in enumerate(self.steps, 1)]
        return "\n".join(lines)

    def _reason(self, step: Step) -> str:
        if step.program:
            return f"by {_listed([str(cited + 1) for cited in step.of])}, as the integer program finds"
        if step.relation is None:
            said = []
            for claim in step.claims:
                denies = claim.stance is Stance.DENIES
                said.append(f"{claim.source} {'denies that it happened' if denies else f'states {claim.figure}'}")
            return "; ".join(said) + (" (this end is assumed)" if step.assumed else "")
        wholes = [cited for cited in step.of if self.steps[cited].end == step.end]
        others = [cited for cited in step.of if cited not in wholes]
        places = _listed([str(cited + 1) for cited in (*wholes, *others)])
        if len(step.of) > 1 or step.relation in (Relation.APART, Relation.DAYS, Relation.TOTAL):
            numbers = " + ".join(f"{self.steps[whole].count:,}" for whole in wholes)
            numbers += "".join(f" − {self.steps[cited].count:,}" for cited in others)
            why = f"apart by {step.facet}" if step.relation is Relation.APART else str(step.relation)
            return f"{numbers} by {places}, {why}"
        if step.relation is Relation.RUNNING:
            return f"by {places}, since the count can only grow"
        return f"by {places}, which {'lies inside' if step.end == 'low' else 'it lies inside'}"


def _listed(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def proof_of(
    run: Propagation, system: System, statements: Sequence[Statement], ends: Sequence[End], *wanted: tuple[int, bool]
) -> Proof:
    """Write down how a propagation came to some ends; a step that only widens the scope is left out."""
    written: dict[Step, int] = {}
    place: list[int] = []
    for node, low, count, cause, of in run.steps(*wanted):
        used = tuple(sorted({place[number] for number in of}))
        row = run.graph.rows[cause] if cause >= 0 else None
        if row is not None and row.relation is Relation.SCOPE:
            place.append(used[0])
            continue
        subject, end = system.subject(node), "low" if low else "high"
        if row is None:
            stated_end = ends[-cause - 1]
            step = Step(subject, end, count, statements[stated_end.statement].claims, assumed=stated_end.assumed)
        else:
            step = Step(subject, end, count, relation=row.relation, facet=row.by, of=used)
        place.append(written.setdefault(step, len(written)))
    return Proof(tuple(written))
