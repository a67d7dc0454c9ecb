"""Formats of other packages that misbehave: each is an error that names it, and nothing else stops working."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from importlib.metadata import EntryPoint
from typing import Any

import pytest

import casualties as cs
from casualties import files
from casualties.errors import CasualtiesError, ModelError
from casualties.files import Format, registry
from casualties.model.ledger import Ledger


def raising(*_: object, **__: object) -> Any:
    """Fail as other people's code may."""
    raise ZeroDivisionError("division by zero")


def gives(value: object) -> Callable[..., Any]:
    """Make a function that gives one thing, whatever is asked."""
    return lambda *_, **__: value


GOOD = Format("good", (".good",), gives(Ledger()), gives(()))
OFFERED: dict[str, Callable[[], Any]] = {
    "good": gives(GOOD),
    "raises": raising,
    "nothing": gives(None),
    "kind": gives(Format),
    "word": gives(Format("word", ".word", gives(Ledger()), gives(()))),  # type: ignore[arg-type]
    "bare": gives(Format("bare", ("bare",), gives(Ledger()), gives(()))),
    "unwriting": gives(Format("unwriting", (".unwriting",), None, None)),  # type: ignore[arg-type]
    "unreading": gives(Format("unreading", (".unreading",), raising, raising)),
    "wrong": gives(Format("wrong", (".wrong",), gives({"claims": []}), gives(None))),
    "yaml": gives(Format("yaml", (".yaml",), raising, raising)),
    "thief": gives(Format("thief", (".yaml", ".json"), raising, raising)),
}


@pytest.fixture(autouse=True)
def _offered(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    points = [EntryPoint(name, f"package_of_{name}:FORMAT", registry.GROUP) for name in OFFERED]
    monkeypatch.setattr(EntryPoint, "load", lambda point: OFFERED[point.name]())
    monkeypatch.setattr(registry, "entry_points", lambda group: points if group == registry.GROUP else [])
    registry._offered.cache_clear()
    registry._loaded.cache_clear()
    yield
    registry._offered.cache_clear()
    registry._loaded.cache_clear()


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("raises", r"^format 'raises': package_of_raises:FORMAT cannot be loaded, ZeroDivisionError: division by zero"),
        ("nothing", r"^format 'nothing': package_of_nothing:FORMAT is no Format"),
        ("kind", r"^format 'kind': package_of_kind:FORMAT is no Format"),
        ("word", r"^format 'word': its endings '.word' are no tuple of endings"),
        ("bare", r"^format 'bare': its endings \('bare',\) are no tuple of endings"),
        ("unwriting", r"^format 'unwriting': package_of_unwriting:FORMAT is no Format"),
    ],
)
def test_what_is_no_format_is_an_error_that_names_it(name: str, told: str) -> None:
    """It is found when it is asked for, by name or by the ending of a file."""
    with pytest.raises(ModelError, match=told):
        files.load(name)
    with pytest.raises(CasualtiesError, match=r"^format '"):
        cs.read(f"ledger.{name}")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("unreading", r"^format 'unreading': ZeroDivisionError: division by zero"),
        ("wrong", r"^format 'wrong': it gave a "),
    ],
)
def test_what_a_format_does_is_looked_at(name: str, told: str) -> None:
    """What it raises is an error of ours, and what is no ledger is not taken for one."""
    with pytest.raises(ModelError, match=told):
        cs.read(io.StringIO(), format=name)
    with pytest.raises(ModelError, match=told):
        cs.write(Ledger(), io.StringIO(), format=name)


def test_the_others_go_on() -> None:
    """Formats of this library, and those of other packages that are in order, are read as before."""
    assert set(OFFERED) | {"csv", "json", "excel"} <= set(files.names())
    assert len(cs.read(io.StringIO("casualties: 1"), format="yaml")) == 0
    assert len(cs.read(io.StringIO("casualties: 1"), format="good")) == 0
    for name in ("ledger.yaml", "ledger.json"):
        assert registry.format_of(name, None, "").name == name.removeprefix("ledger.")
    assert registry.format_of("ledger.good", None, "") is GOOD
