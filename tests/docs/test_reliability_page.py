"""The page on reliability says what the tests hold."""

from __future__ import annotations

import pytest

pytest.importorskip("pyarrow", reason="the extra columns is not installed")

from tests.docs.reliability import PAGE, PROMISES, ROOT, page


def test_page_is_as_the_tests_are() -> None:
    """Run `python -m tests.docs.reliability` where it is not."""
    assert PAGE.read_text(encoding="utf-8") == page()


def test_every_promise_has_tests() -> None:
    """The files are there, and hold the tests that are named."""
    for promise in PROMISES:
        for name in promise.tests:
            path, _, only = name.partition("::")
            assert f"def {only or 'test_'}" in (ROOT / path).read_text(encoding="utf-8"), name
