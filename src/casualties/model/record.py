"""What all records share: they are frozen, closed, made of plain values, and every copy is validated."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, Any, ClassVar, Final, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from casualties.errors import CasualtiesError, ModelError, Problem
from casualties.model.period import PartialDate

__all__ = [
    "MAX_KEY",
    "MAX_TEXT",
    "Key",
    "Keys",
    "Record",
    "Text",
    "Texts",
    "clean_key",
    "clean_text",
    "problems_of",
    "sorted_set",
]

MAX_TEXT = 10_000
"""The longest text, in characters, that a field of a record holds."""

MAX_KEY = 1_000
"""The longest name, in characters, by which records refer to one another.

Event data join all actors of a side, or all papers that told of an event, in one name: of 2,167 events of UCDP the
longest list of actors has 238 characters, that of the sources in Ukraine 932.
"""


class Record(BaseModel):
    """A frozen record; its fields are values, records and sorted tuples that stand for sets.

    Examples:
        >>> from casualties.model.report import Report
        >>> Report(publisher="The New Arab").replacing(title="On the border").title
        'On the border'
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(
        frozen=True, extra="forbid", validate_by_name=True, validate_by_alias=True
    )

    def __init__(self, /, **fields: Any) -> None:  # noqa: ANN401 - each field checks its own type
        try:
            super().__init__(**fields)
        except ValidationError as error:
            raise _as_model_error(type(self).__name__, error) from error

    def replacing(self, **changes: Any) -> Self:  # noqa: ANN401 - each field checks its own type
        """Make a validated copy with some fields changed.

        Raises:
            ModelError: If a changed field is not valid.

        Examples:
            >>> from casualties.model.source import Source
            >>> Source(key="artsakh-mod").replacing(side="armenian").side
            'armenian'
        """
        return type(self)(**{**{name: getattr(self, name) for name in type(self).model_fields}, **changes})

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        """Show the fields that say something, in a form that can be evaluated."""
        for name in type(self).model_fields:
            value = getattr(self, name)
            if value is not None and value != ():
                yield name, _shown(value)


def _shown(value: object) -> object:
    if isinstance(value, StrEnum | PartialDate):
        return str(value)
    return tuple(_shown(item) for item in value) if isinstance(value, tuple) else value


def problems_of(error: ModelError) -> tuple[Problem, ...]:
    """Take an error of a record apart into one problem a field, each with the path of the field as its place.

    Examples:
        >>> from casualties.errors import ModelError
        >>> from casualties.model.report import Relay
        >>> try:
        ...     Relay(name="Interfax", kind="paper")
        ... except ModelError as error:
        ...     print(problems_of(error)[0].place)
        kind
    """
    cause = error.__cause__
    if not isinstance(cause, ValidationError):
        return (Problem("", error.message, error.hint, error.reason),)
    return tuple(problem for error in cause.errors(include_url=False) for problem in _problems(error))


def _problems(error: ErrorDetails) -> Iterator[Problem]:
    """Take what is wrong in a record within the record apart as well."""
    cause = error.get("ctx", {}).get("error")
    if not (isinstance(cause, ModelError) and cause.__cause__):
        yield _problem(error)
        return
    where = ".".join(str(part) for part in error["loc"])
    for inner in problems_of(cause):
        yield Problem(f"{where}.{inner.place}".strip("."), inner.message, inner.hint, inner.reason)


def _problem(error: ErrorDetails) -> Problem:
    """Say what pydantic found wrong in the words of this library."""
    cause = error.get("ctx", {}).get("error")
    where = ".".join(str(part) for part in error["loc"])
    if isinstance(cause, CasualtiesError):
        return Problem(where, cause.message, cause.hint, cause.reason)
    return Problem(where, f"{error['msg'][:1].lower()}{error['msg'][1:]}, not {error['input']!r:.60}")


def _as_model_error(name: str, error: ValidationError) -> ModelError:
    problems = [_problem(details) for details in error.errors(include_url=False)]
    said = "; ".join(
        f"{problem.place}: {problem.message}" if problem.place else problem.message for problem in problems
    )
    reason = next((problem.reason for problem in problems if problem.reason != "invalid"), "invalid")
    return ModelError(f"{name}: {said}", reason, next((problem.hint for problem in problems if problem.hint), ""))


def clean_text(text: str) -> str:
    """Normalise a text to NFC without its outer spaces, and refuse what no text holds.

    Raises:
        ModelError: If it is empty, too long, or holds control characters.

    Examples:
        >>> clean_text(" at least 11 ")
        'at least 11'
    """
    return _cleaned_once(text) if len(text) <= _SHORT else _cleaned(text)


def _cleaned(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not text:
        raise ModelError("text '': it is empty", "empty-text", "leave the field out where there is nothing to say")
    if len(text) > MAX_TEXT:
        raise ModelError(
            f"text {text[:40]!r}…: {len(text)} characters are more than {MAX_TEXT}",
            "too-long",
            "quote the part that matters, and give the address of the rest",
        )
    for place, character in enumerate("" if text.isprintable() else text):
        if unicodedata.category(character) in ("Cc", "Cs") and character not in "\n\t":
            raise ModelError(
                f"text {text[:40]!r}: character {place + 1} is the control character U+{ord(character):04X}",
                "control-character",
                "take it out; no printed text holds it",
            )
    return text


_SHORT: Final = 100
"""Up to so many characters a text is likely to come again, such as a name or a day, and is cleaned once."""

_cleaned_once = lru_cache(maxsize=8192)(_cleaned)


def clean_key(text: str) -> str:
    r"""Clean a name by which records refer to one another, and hold it to one line.

    Raises:
        ModelError: If it is empty, too long, or holds control characters.

    Examples:
        >>> clean_key("artsakh\n mod")
        'artsakh mod'
    """
    return _key_once(text) if len(text) <= _SHORT else _cleaned_key(text)


def _cleaned_key(text: str) -> str:
    text = " ".join(clean_text(text).split())
    if len(text) > MAX_KEY:
        raise ModelError(
            f"name {text[:40]!r}…: {len(text)} characters are more than {MAX_KEY}",
            "too-long",
            "use a shorter name here; all of it may stand among the names that are declared of it, or in the words",
        )
    return text


_key_once = lru_cache(maxsize=8192)(_cleaned_key)

Text = Annotated[str, AfterValidator(clean_text)]
"""Text in NFC without outer spaces, never empty, without control characters."""

Key = Annotated[str, AfterValidator(clean_key)]
"""A short name on one line, by which records refer to one another."""


def sorted_set(key: Callable[[Any], Any] | None = None) -> AfterValidator:
    """Make the validator of a tuple field that stands for a set: sorted by content, each member once.

    Args:
        key: What to sort by, where the members themselves have no order.

    Examples:
        >>> from casualties.model.source import Source
        >>> Source(key="sohr", aliases=["SOHR", "Syrian Observatory", "SOHR"]).aliases
        ('SOHR', 'Syrian Observatory')
    """

    def validate(values: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(sorted(set(values), key=key)) if len(values) > 1 else values

    return AfterValidator(validate)


Keys = Annotated[tuple[Key, ...], sorted_set()]
"""A set of names, sorted."""

Texts = Annotated[tuple[Text, ...], sorted_set()]
"""A set of texts, sorted."""
