"""Every error and warning of the library, under one root each.

Programs read the attributes and ``reason``, which are stable.
People read the text, which may be improved at any time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from casualties._text import counted

__all__ = [
    "CasualtiesError",
    "CasualtiesWarning",
    "DraftError",
    "EstimateError",
    "FigureError",
    "LedgerError",
    "LedgerFileError",
    "MappingError",
    "MissingExtraError",
    "ModelError",
    "OverlappingSubjectsError",
    "Problem",
    "UnknownNameError",
    "UnreadableFigureError",
]


class CasualtiesError(Exception):
    """The root of every error that this library raises on purpose.

    Attributes:
        message: What is wrong, with the actual values, in one line.
        reason: A stable short word for programs.
        hint: The next step, or an empty text where none is known.

    Examples:
        >>> import casualties as cs
        >>> try:
        ...     cs.Figure(15, 12)
        ... except cs.errors.CasualtiesError as error:
        ...     print(error.reason)
        high-below-low
    """

    def __init__(self, message: str, reason: str = "invalid", hint: str = "") -> None:
        super().__init__(message, reason, hint)
        self.message = message
        self.reason = reason
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\nHint: {self.hint}" if self.hint else self.message


class FigureError(CasualtiesError, ValueError):
    """A figure that cannot be: ends that are no counts, or ``high`` below ``low``.

    Examples:
        >>> import casualties as cs
        >>> cs.Figure(15, 12)
        Traceback (most recent call last):
        ...
        casualties.errors.FigureError: figure 15..12: high is below low
        Hint: the lower end comes first: 12..15; or keep two claims if two sources spoke
    """


class UnreadableFigureError(FigureError):
    """Words that state no one figure, with the text and the place in it.

    Attributes:
        text: The words as they were given.
        place: Offset of the first character that could not be read.
        problem: Why they could not be read from there on, in plain words.

    Examples:
        >>> import casualties as cs
        >>> try:
        ...     cs.parse_figure("12 killed and 30 wounded")
        ... except cs.errors.UnreadableFigureError as error:
        ...     print(error.text[error.place :])
        30 wounded
    """

    def __init__(self, text: str, place: int, problem: str, reason: str = "unreadable", hint: str = "") -> None:
        shown, mark = _window(text, place)
        super().__init__(f"{shown!r}: {problem}, at {mark}", reason, hint)
        self.args: tuple[Any, ...] = (text, place, problem, reason, hint)
        self.text = text
        self.place = place
        self.problem = problem


def _window(text: str, place: int, width: int = 60) -> tuple[str, str]:
    """Cut a long text around a place, and describe the place."""
    start = max(0, min(place - width // 2, len(text) - width))
    shown = ("…" if start else "") + text[start : start + width] + ("…" if start + width < len(text) else "")
    rest = text[place : place + 20]
    return shown, f"character {place + 1}, {rest!r}" if rest else "the end"


class ModelError(CasualtiesError, ValueError):
    """A record that contradicts itself, such as a claim that states no figure.

    Examples:
        >>> from casualties.model.report import Report
        >>> Report(publisher="The New Arab", year=2020)
        Traceback (most recent call last):
        ...
        casualties.errors.ModelError: Report: year: extra inputs are not permitted, not 2020
    """


class LedgerError(CasualtiesError, ValueError):
    """Records that cannot stand in one ledger, such as two parents of one source.

    Examples:
        >>> from casualties.model.source import Source, Sources
        >>> Sources([Source(key="ministry", under="ministry")])
        Traceback (most recent call last):
        ...
        casualties.errors.LedgerError: source 'ministry' under 'ministry': a circle
        Hint: take one of these relations out; nothing stands under itself
    """


class EstimateError(CasualtiesError, ValueError):
    """Claims or a table from which a method cannot estimate; ``reason`` is one of the codes of `estimates.Caution`.

    Examples:
        >>> from casualties.estimates import Overlaps
        >>> try:
        ...     Overlaps.of({("hospital",): 30})
        ... except EstimateError as error:
        ...     print(error.reason)
        unmatched-lists
    """


class OverlappingSubjectsError(CasualtiesError, ValueError):
    """A sum over subjects that may share people, who would be counted twice.

    Attributes:
        subjects: What was to be added, as text.
        overlaps: The pairs that may share people, as text.

    Examples:
        >>> import casualties as cs
        >>> bounds = cs.bounds(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> fighters, pilot, *_ = [bound.subject for bound in bounds]
        >>> try:
        ...     bounds.total([fighters, pilot])
        ... except cs.errors.OverlappingSubjectsError as error:
        ...     print(error.reason, len(error.overlaps))
        may-overlap 1
    """

    def __init__(self, subjects: tuple[str, ...], overlaps: tuple[tuple[str, str], ...]) -> None:
        pairs = counted(len(overlaps), "pair")
        super().__init__(
            f"total of {len(subjects)} subjects: {pairs} may share people, such as {' and '.join(overlaps[0])}",
            "may-overlap",
            "declare what sets them apart: 'apart: [status]' at the top of the file where a facet means the same to "
            "all sources; beside a place, event, role or nationality 'apart: siblings' for all that stand beside it, "
            "or 'apart:' and their names; or accept it with overlapping_subjects_ok=True",
        )
        self.args: tuple[Any, ...] = (subjects, overlaps)
        self.subjects = subjects
        self.overlaps = overlaps


class UnknownNameError(CasualtiesError, LookupError):
    """A name that nothing here carries: a claim, a source, a seed, a lexicon, a format.

    Examples:
        >>> import casualties as cs
        >>> try:
        ...     cs.seeds.path("nagorno-karabakh")
        ... except cs.errors.UnknownNameError as error:
        ...     print(error.reason)
        unknown-seed
    """


class MappingError(CasualtiesError, ValueError):
    """A mapping that contradicts itself, or that names a column which the table does not have.

    Examples:
        >>> import casualties as cs
        >>> mapping = {"name": "sheet", "source": "us", "claims": [{"harm": "killed", "count": "dead"}]}
        >>> cs.read_table([{"deda": 3}], mapping)
        Traceback (most recent call last):
        ...
        casualties.errors.MappingError: <list>: it has no column 'dead'
        Hint: did you mean 'deda'? Mend the name, or list it under optional if the table may lack it
    """


class DraftError(CasualtiesError, ValueError):
    """A draft, or a check of citations, that is asked for what it cannot give.

    Examples:
        >>> import casualties as cs
        >>> draft = cs.draft("Three soldiers were killed, the army said.")
        >>> try:
        ...     draft.accept(7)
        ... except cs.errors.DraftError as error:
        ...     print(error.reason)
        unknown-proposal
    """


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a file, with its place and the next step.

    Attributes:
        place: Line and column, row, or path in the file; empty where there is none.
        message: What is wrong, with the value found.
        hint: What to write instead, or an empty text.
        reason: A stable short word for programs.

    Examples:
        >>> import casualties as cs
        >>> print(cs.errors.Problem("line 7, column 3", "unknown key 'kiled'", "did you mean 'killed'?"))
        line 7, column 3: unknown key 'kiled' (did you mean 'killed'?)
    """

    place: str
    message: str
    hint: str = ""
    reason: str = "invalid"

    def __str__(self) -> str:
        place = f"{self.place}: " if self.place else ""
        return place + self.message + (f" ({self.hint})" if self.hint else "")


class LedgerFileError(CasualtiesError, ValueError):
    r"""A file that holds no readable ledger: every problem at once, and nothing loaded.

    Attributes:
        name: The file's name as it was given.
        problems: Each thing wrong, in the order of the file.

    Examples:
        >>> import io, casualties as cs
        >>> try:
        ...     cs.read(io.StringIO("casualties: 1\nclaimz: []"), format="yaml")
        ... except cs.errors.LedgerFileError as error:
        ...     print(error.problems[0].place)
        line 2, column 1
    """

    def __init__(self, name: str, problems: tuple[Problem, ...]) -> None:
        count = counted(len(problems), "problem")
        lines = [f"  {problem}" for problem in problems[:10]]
        if len(problems) > 10:
            lines.append(f"  … and {len(problems) - 10} more")
        super().__init__(
            "\n".join([f"{name}: {count}", *lines]),
            "bad-file",
            "nothing was written"
            if all(problem.reason == "unwritable-file" for problem in problems)
            else "mend the places and read the file again; nothing was loaded",
        )
        self.args: tuple[Any, ...] = (name, problems)
        self.name = name
        self.problems = problems


class MissingExtraError(CasualtiesError, ImportError):
    """A part of the library that needs a package which is not installed.

    Attributes:
        part: The part that was asked for.
        package: The package that it needs.
        extra: The extra of this library that brings the package.

    Examples:
        >>> import casualties as cs
        >>> print(cs.errors.MissingExtraError("casualties.testing", "hypothesis", "test"))
        casualties.testing: needs hypothesis, which is not installed
        Hint: install casualties[test]
    """

    def __init__(self, part: str, package: str, extra: str) -> None:
        message = f"{part}: needs {package}, which is not installed"
        super().__init__(message, "missing-extra", f"install casualties[{extra}]")
        self.args: tuple[Any, ...] = (part, package, extra)
        self.part = part
        self.package = package
        self.extra = extra


class CasualtiesWarning(UserWarning):
    """The root of every warning of this library: a hazard, never a failure.

    Examples:
        >>> import casualties as cs
        >>> issubclass(cs.errors.CasualtiesWarning, UserWarning)
        True
    """
