"""What a codebook writes down for one finding, with every claim that it used and every one that it set aside."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from casualties._text import table_of
from casualties.errors import ModelError
from casualties.model.claim import Claim
from casualties.model.period import PartialDate
from casualties.model.subject import Subject

__all__ = ["CodedPart", "CodingStep", "Resolution", "UnusedClaim"]


@dataclass(frozen=True, slots=True)
class CodingStep:
    """One step of a codebook towards its number.

    Attributes:
        rule: The name of the rule that was applied.
        text: What it did, in words.
        claims: Identities of the claims that it looked at.

    Examples:
        >>> print(CodingStep("lowest", "the lowest of 2 accounts is 11"))
        lowest: the lowest of 2 accounts is 11
    """

    rule: str
    text: str
    claims: tuple[str, ...] = ()

    def __str__(self) -> str:
        named = f" [{', '.join(self.claims)}]" if self.claims else ""
        return f"{self.rule}: {self.text}{named}"


@dataclass(frozen=True, slots=True)
class UnusedClaim:
    """A claim on which a coded number or an estimate does not rest, and why not.

    Attributes:
        claim: The claim.
        reason: Why it was set aside.

    Examples:
        >>> import casualties as cs
        >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="pilot")
        >>> sorted(f"{each.claim.source}: {each.reason}" for each in finding.resolve("latest").set_aside)
        ['azerbaijan: denies the responsibility, not a number', 'turkey: denies the responsibility, not a number']
    """

    claim: Claim
    reason: str


@dataclass(frozen=True, slots=True)
class CodedPart:
    """A part of a coded total.

    Attributes:
        name: What it is a part of: a day, a place, the missing.
        number: The people in it.

    Examples:
        >>> print(CodedPart("2020-09-27", 21))
        2020-09-27: 21
    """

    name: str
    number: int

    def __str__(self) -> str:
        return f"{self.name}: {self.number:,}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """The number that one codebook writes down for one finding.

    Every standing claim of the finding is in `used` or in `set_aside`, exactly once.
    Where the codebook draws on a second finding, such as on the missing, so is every standing claim of that one.

    Attributes:
        codebook: The name of the codebook.
        subject: What is counted.
        as_of: The day of the finding; ``None`` where nothing dates it.
        parameters: Every parameter with the value that was taken, by name.
        coded: Whether the codebook writes anything down.
        reason: Why it does not, or what a grade lacks; empty where nothing is missing.
        number: The one number; ``None`` where the codebook writes a range or nothing.
        unrounded: The number before it was rounded to whole people; ``None`` where nothing was rounded.
        low: The lower end, in people; ``None`` where the codebook writes none.
        best: The number that the codebook holds most likely; ``None`` where it writes none.
        high: The upper end, in people; ``None`` where there is none.
        grade: The grade; ``None`` where the codebook gives none.
        parts: The parts of the number, which sum to it; empty where it is not divided.
        rule: The name of the rule that decided.
        steps: What was done, in order.
        used: The claims on which the number rests, in canonical order.
        set_aside: All other standing claims, each with the reason, in canonical order.
        outside_span: Whether the number lies outside all that was said; a step then says why.

    Raises:
        ModelError: If the ends stand in a wrong order, or the parts do not sum to the number.

    Examples:
        >>> import casualties as cs
        >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(status="civilian")
        >>> resolution = finding.resolve("ucdp")
        >>> print(resolution, "·", resolution.rule)
        11 (11–11) · lower-figure
    """

    codebook: str
    subject: Subject
    as_of: PartialDate | None = None
    parameters: tuple[tuple[str, object], ...] = ()
    coded: bool
    reason: str = ""
    number: int | None = None
    unrounded: Fraction | None = None
    low: int | None = None
    best: int | None = None
    high: int | None = None
    grade: str | None = None
    parts: tuple[CodedPart, ...] = ()
    rule: str
    steps: tuple[CodingStep, ...] = ()
    used: tuple[Claim, ...] = ()
    set_aside: tuple[UnusedClaim, ...] = ()
    outside_span: bool = False

    def __repr__(self) -> str:
        return f"<Resolution by {self.codebook}: {self}>"

    def __post_init__(self) -> None:
        ends = [end for end in (self.low, self.best, self.high) if end is not None]
        if ends != sorted(ends):
            raise ModelError(
                f"codebook {self.codebook!r}: low, best and high are {self.low}, {self.best}, {self.high}",
                "ends-out-of-order",
                "let low be at most best, and best at most high",
            )
        if self.parts and sum(part.number for part in self.parts) != self.number:
            raise ModelError(
                f"codebook {self.codebook!r}: the parts {', '.join(map(str, self.parts))} do not sum to {self.number}",
                "parts-do-not-sum",
                "give all parts of the number",
            )

    def __str__(self) -> str:
        if not self.coded:
            return "not coded"
        ends = (
            "" if self.low is None else f"{self.low:,}" + (f"–{self.high:,}" if self.high is not None else " or more")
        )
        if self.number is not None:
            ends = f"{self.number:,} ({ends})" if ends else f"{self.number:,}"
        return " ".join(part for part in (ends, self.grade) if part)

    def _repr_html_(self) -> str:
        rows = [(step.rule, step.text) for step in self.steps]
        return table_of(f"{self.codebook}: {self}, by {self.rule}", ("rule", "step"), rows)

    @property
    def used_ids(self) -> tuple[str, ...]:
        """The identities of the claims on which the number rests.

        Examples:
            >>> import casualties as cs
            >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(status="civilian")
            >>> len(finding.resolve("ucdp").used_ids)
            1
        """
        return tuple(claim.id for claim in self.used)

    def explain(self) -> str:
        """Say in words what was done, step by step, and what became of every claim.

        Examples:
            >>> import casualties as cs
            >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(status="civilian")
            >>> print(finding.resolve("iraq-body-count").explain().splitlines()[0])
            iraq-body-count: 11–11 provisional, by minimum-maximum
        """
        lines = [f"{self.codebook}: {self}, by {self.rule}"]
        if self.reason:
            lines.append(f"  {self.reason}")
        lines += [f"  {step}" for step in self.steps]
        lines += [f"  part {part}" for part in self.parts]
        lines += [f"  used: {claim.id} by {claim.source}" for claim in self.used]
        lines += [f"  set aside: {left.claim.id} by {left.claim.source}, {left.reason}" for left in self.set_aside]
        return "\n".join(lines)
