"""The names promised to users, written down: none appears or goes without somebody meaning it."""

from __future__ import annotations

import casualties

FACE = [
    "Bounds",
    "Figure",
    "Ledger",
    "Reconciliation",
    "bounds",
    "changes",
    "check_citations",
    "errors",
    "estimate",
    "merge",
    "parse_figure",
    "read",
    "read_table",
    "reconcile",
    "seeds",
    "tables",
    "write",
]


def test_face_is_as_written_down() -> None:
    """`casualties.__all__` is the list above."""
    added, gone = sorted(set(casualties.__all__) - set(FACE)), sorted(set(FACE) - set(casualties.__all__))
    assert added == [], f"new names {added}: add them to FACE, to a page of docs/reference and to CHANGELOG.md"
    assert gone == [], f"names {gone} are promised to users: keep them, or say in CHANGELOG.md what to use instead"


def test_face_lists_each_name_once_and_has_it() -> None:
    """`__all__` is sorted as ruff sorts it, without repeats, and every name in it exists."""
    assert len(casualties.__all__) == len(set(casualties.__all__))
    assert [name for name in casualties.__all__ if not hasattr(casualties, name)] == []


def test_face_shows_no_other_public_name() -> None:
    """What `dir` shows without an underscore is in `__all__` or is a module of ours."""
    others = [
        name
        for name, value in vars(casualties).items()
        if not name.startswith("_")
        and name not in casualties.__all__
        and getattr(value, "__name__", "") != f"casualties.{name}"
    ]
    assert others == [], "import it under a name with an underscore, or promise it in __all__"
