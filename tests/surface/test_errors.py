"""Every error: one root, a stable reason, a text with a next step, and a round trip through pickle."""

from __future__ import annotations

import copy
import pickle
import string

import pytest

from casualties import errors

EXAMPLES: list[tuple[Exception, str]] = [
    (errors.CasualtiesError("it is wrong", "wrong", "mend it"), "it is wrong\nHint: mend it"),
    (errors.CasualtiesError("it is wrong"), "it is wrong"),
    (
        errors.FigureError("figure 15..12: high is below low", "high-below-low", "write Figure(12, 15)"),
        "figure 15..12: high is below low\nHint: write Figure(12, 15)",
    ),
    (
        errors.UnreadableFigureError("12 or so many", 6, "expected the end", "unreadable", "give one count"),
        "'12 or so many': expected the end, at character 7, 'so many'\nHint: give one count",
    ),
    (
        errors.UnreadableFigureError("12 or", 5, "expected a number"),
        "'12 or': expected a number, at the end",
    ),
    (errors.ModelError("claim: states no figure", "no-figure"), "claim: states no figure"),
    (errors.LedgerError("source 'a': two parents", "two-parents"), "source 'a': two parents"),
    (
        errors.OverlappingSubjectsError(("a", "b", "c"), (("a", "b"), ("b", "c"))),
        (
            "total of 3 subjects: 2 pairs may share people, such as a and b\n"
            "Hint: declare what sets them apart: 'apart: [status]' at the top of the file where a facet means the same "
            "to all sources; beside a place, event, role or nationality 'apart: siblings' for all that stand beside "
            "it, or 'apart:' and their names; or accept it with overlapping_subjects_ok=True"
        ),
    ),
    (errors.UnknownNameError("seed 'x': unknown", "unknown-seed"), "seed 'x': unknown"),
    (
        errors.LedgerFileError("x.yaml", (errors.Problem("line 2, column 1", "unknown key 'a'", "write 'b'"),)),
        (
            "x.yaml: 1 problem\n  line 2, column 1: unknown key 'a' (write 'b')\n"
            "Hint: mend the places and read the file again; nothing was loaded"
        ),
    ),
    (
        errors.LedgerFileError("x.yaml", tuple(errors.Problem("", letter) for letter in string.ascii_lowercase)),
        (
            "x.yaml: 26 problems\n  a\n  b\n  c\n  d\n  e\n  f\n  g\n  h\n  i\n  j\n  … and 16 more\n"
            "Hint: mend the places and read the file again; nothing was loaded"
        ),
    ),
    (
        errors.MissingExtraError("casualties.testing", "hypothesis", "test"),
        "casualties.testing: needs hypothesis, which is not installed\nHint: install casualties[test]",
    ),
    (errors.MappingError("sheet: it has no column 'a'", "no-column"), "sheet: it has no column 'a'"),
    (
        errors.EstimateError("lists a and b: they share nobody", "unmatched-lists", "match the records"),
        "lists a and b: they share nobody\nHint: match the records",
    ),
    (errors.DraftError("proposal 7: the draft has none", "unknown-proposal"), "proposal 7: the draft has none"),
    (errors.CasualtiesWarning("added twice"), "added twice"),
]

CLASSES = [
    value
    for value in vars(errors).values()
    if isinstance(value, type) and issubclass(value, Exception) and value.__module__ == errors.__name__
]


@pytest.mark.parametrize(("error", "text"), EXAMPLES)
def test_error_says_what_is_wrong_and_what_to_do(error: Exception, text: str) -> None:
    """The text is the subject with its values, what is wrong, and a hint."""
    assert str(error) == text


@pytest.mark.parametrize("error", [error for error, _ in EXAMPLES], ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("trip", [lambda error: pickle.loads(pickle.dumps(error)), copy.copy, copy.deepcopy])
def test_error_survives_a_round_trip(error: Exception, trip: object) -> None:
    """A pickled or copied error has the same class, text and attributes."""
    back = trip(error)  # type: ignore[operator]
    assert type(back) is type(error)
    assert (str(back), vars(back)) == (str(error), vars(error))


def test_every_error_class_has_an_example_here() -> None:
    """A new error class is added to EXAMPLES, so that it is seen to pickle."""
    assert {type(error) for error, _ in EXAMPLES} == set(CLASSES)


@pytest.mark.parametrize("error", CLASSES, ids=lambda error: error.__name__)
def test_error_has_one_root_and_is_public(error: type[Exception]) -> None:
    """Errors share one root, warnings another, and both are listed in `__all__`."""
    assert issubclass(error, errors.CasualtiesError | errors.CasualtiesWarning)
    assert error.__name__ in errors.__all__


def test_long_text_is_cut_around_the_place() -> None:
    """A long text is shown by 60 characters around the place that could not be read."""
    error = errors.UnreadableFigureError("a" * 100 + "!" + "b" * 100, 100, "expected a number")
    assert str(error).splitlines()[0] == (
        "'…" + "a" * 30 + "!" + "b" * 29 + "…': expected a number, at character 101, '!" + "b" * 19 + "'"
    )
