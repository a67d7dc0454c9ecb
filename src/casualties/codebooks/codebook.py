"""A codebook: a named, published rule that turns what all sources said into what one database writes down."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from casualties.errors import ModelError, UnknownNameError

if TYPE_CHECKING:
    from casualties.codebooks.resolution import Resolution

__all__ = ["COMMON", "Codebook", "Output", "Parameter", "Rule"]


class Output(StrEnum):
    """What a codebook writes down."""

    NUMBER = "number"
    """One number. Example: 10, by ACLED's rule."""
    RANGE = "range"
    """A lower and an upper end. Example: 2–25, of `range`."""
    ESTIMATES = "low, best and high"
    """A low, a best and a high number. Example: 2 (2–25), by UCDP's rule."""
    GRADED_RANGE = "range with a grade"
    """A lower and an upper end with a grade of the evidence. Example: 2–25, *fair*, by Airwars' rule."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a codebook, in our words.

    Attributes:
        name: The name that steps and resolutions use.
        where: Where the codebook states it.
        text: What it says.

    Examples:
        >>> import casualties as cs
        >>> from casualties import codebooks
        >>> codebooks.load("acled").rules[3].name
        'lowest'
    """

    name: str
    where: str
    text: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """A choice that a codebook leaves to its user, or an ambiguity of what was published.

    Attributes:
        name: The keyword by which it is given.
        default: What is taken where it is not given.
        meaning: What it decides, and why it is open.
        choices: The values allowed, or for a list the names that may stand in it; empty where any value of the
            default's type is allowed.

    Examples:
        >>> Parameter("ties", "none", "what a tie gives", ("none", "lowest")).taken("lowest")
        'lowest'
    """

    name: str
    default: object
    meaning: str
    choices: tuple[object, ...] = ()

    def taken(self, given: object) -> object:
        """Check a value; a list of names becomes a tuple.

        Raises:
            ModelError: If the value is none of the choices, or of another type than the default.

        Examples:
            >>> Parameter("order", (), "sources, best first").taken(["mod", "media"])
            ('mod', 'media')
        """
        value = tuple(map(str, given)) if isinstance(given, list | tuple) else given
        if self.choices and isinstance(self.default, tuple):
            fits = isinstance(value, tuple) and set(value) <= set(self.choices)
        elif self.choices:
            fits = any(value == choice and type(value) is type(choice) for choice in self.choices)
        else:
            fits = type(value) is type(self.default) and (not isinstance(value, int) or value >= 0)
        if not fits:
            wanted = f"one of {', '.join(map(repr, self.choices))}" if self.choices else f"such as {self.default!r}"
            raise ModelError(f"parameter {self.name}={given!r}: not a value that it takes", "bad-parameter", wanted)
        return value

    def to_markdown(self) -> str:
        """Describe the parameter as a row of a table: its name, its default, and what it decides.

        Examples:
            >>> print(Parameter("kinds", 3, "how many kinds it takes").to_markdown())
            | `kinds` | `3` | how many kinds it takes |
        """
        return f"| `{self.name}` | `{self.default!r}` | {self.meaning} |"


COMMON: Final = (
    Parameter("lexicon", "", "the lexicon by which words are read; empty for the codebook's own"),
    Parameter(
        "ends",
        "low",
        "which count stands for a range with two ends where one number is needed; a best number of the source comes "
        "first, a floor alone gives it, a ceiling alone its ceiling, an approximation its middle; with 'exact' "
        "only exact counts are taken",
        ("low", "middle", "high", "exact"),
    ),
    Parameter(
        "days",
        "same",
        "whether claims that count to another day than the finding's take part; the count of an earlier day is no "
        "lower account of the same dead",
        ("same", "any"),
    ),
    Parameter(
        "denials",
        "aside",
        "whether a denial that it happened at all counts as an account of 0; no codebook here says so",
        ("aside", "zero"),
    ),
    Parameter(
        "other_harm_ok",
        False,
        "whether the rule is applied to a harm, or to a cause of death, that the codebook does not count",
        (False, True),
    ),
)
"""The parameters that every codebook has."""


@dataclass(frozen=True, slots=True)
class Codebook:
    """A named rule for one number, with the place where it was published.

    It reads the words of the citations with its own lexicon; a claim without words is read by its figure.

    Attributes:
        name: The name by which it is asked for.
        title: The title of the publication.
        version: The version, edition or date of the publication.
        address: Where it can be read; empty for a rule that many use and nobody owns.
        output: What it writes down.
        decide: The rule as a function: it fills in a `Coding` and answers with a `Resolution`.
        rules: The rules in our words, in the order in which they are applied.
        harms: The harms that it counts; empty for any.
        without_causes: The causes of harm that it does not count, such as ``indirect`` where it counts direct deaths.
        lexicon: The lexicon by which it reads words.
        choices: The parameters that are handed on to the lexicon.
        parameters: Its own parameters; one with the name of a common one takes its place.
        leaves_span: Why its number may lie outside all that was said; empty where it may not.
        read: What of the publication these rules rest on: which pages were read, and what only in summary.

    Raises:
        ModelError: If it has no name or no rules.

    Examples:
        >>> from casualties import codebooks
        >>> acled = codebooks.load("acled")
        >>> acled.output.value, acled.lexicon
        ('number', 'acled')
    """

    name: str
    title: str
    version: str
    address: str
    output: Output
    decide: Callable[..., Resolution]
    rules: tuple[Rule, ...]
    harms: tuple[str, ...] = ()
    without_causes: tuple[str, ...] = ()
    lexicon: str = "as-worded"
    choices: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    leaves_span: str = ""
    read: str = ""

    def __post_init__(self) -> None:
        if not self.name or not self.rules:
            raise ModelError(f"codebook {self.name!r}: it needs a name and at least one rule", "bad-codebook")

    @property
    def all_parameters(self) -> tuple[Parameter, ...]:
        """Its own parameters, then the common ones.

        Examples:
            >>> from casualties import codebooks
            >>> [parameter.name for parameter in codebooks.load("acled").all_parameters][:2]
            ['several', 'corroborated']
        """
        own = {parameter.name for parameter in self.parameters}
        return (*self.parameters, *(parameter for parameter in COMMON if parameter.name not in own))

    def settled(self, given: Mapping[str, object]) -> dict[str, object]:
        """Give every parameter its value.

        Raises:
            UnknownNameError: If it has no such parameter.
            ModelError: If a parameter does not take a value.

        Examples:
            >>> from casualties import codebooks
            >>> codebooks.load("acled").settled({"several": 10})["several"]
            10
        """
        known = {parameter.name: parameter for parameter in self.all_parameters}
        for name in given:
            if name not in known:
                raise UnknownNameError(
                    f"codebook {self.name!r}: it has no parameter {name!r}",
                    "unknown-parameter",
                    f"one of {', '.join(known)}",
                )
        return {
            name: parameter.taken(given[name]) if name in given else parameter.default
            for name, parameter in known.items()
        }

    def to_markdown(self) -> str:
        """Describe the codebook: where it was published, its rules, and the choices that it leaves open.

        Examples:
            >>> from casualties import codebooks
            >>> print(codebooks.load("best-supported").to_markdown().splitlines()[6])
            | `most-allowed` | section 3 | The range of counts that the most sources allow is written. |
        """
        title = f"[{self.title}]({self.address})" if self.address else self.title
        harms = ", ".join(self.harms) if self.harms else "any harm"
        without = f", not of cause {' or '.join(self.without_causes)}" if self.without_causes else ""
        facts = (
            f"Version: {self.version}. Writes: {self.output}. Counts: {harms}{without}. "
            f"Reads words by: `{self.lexicon}`."
        )
        rules = [f"| `{rule.name}` | {rule.where} | {rule.text} |" for rule in self.rules]
        choices = [parameter.to_markdown() for parameter in self.parameters]
        lines = [title, "", facts, "", "| rule | where | what it says |", "|---|---|---|", *rules]
        if choices:
            lines += ["", "| parameter | default | what it decides, and what is ambiguous |", "|---|---|---|", *choices]
        if self.read:
            lines[2:2] = [f"What was read: {self.read}.", ""]
        if self.leaves_span:
            lines += ["", f"Its number may lie outside all that was said: {self.leaves_span}."]
        return "\n".join(lines)
