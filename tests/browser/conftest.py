"""A real browser for the tests in this folder, and what they open in it."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

import casualties as cs
from casualties.errors import MissingExtraError

ROOT = Path(__file__).parents[2]
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HOSTILE = """
casualties: 1
title: '<script>hacked=1</script> & "war" '
sides: {a: {name: '<img src=x onerror=hacked=2>'}}
sources:
  mod: {name: 'وزارة الدفاع </svg><script>hacked=3</script>', kind: belligerent, side: a}
  long: {name: 'Nachrichtenzusammenstellungskommissionsvorsitzendenstellvertreterbüro and more', kind: media}
reports:
  evil:
    publisher: '{{constructor}}'
    title: 'x" onmouseover="hacked=4'
    address: 'javascript:hacked=5'
    published: 2020-09-30
  fine: {publisher: Fine, address: 'https://example.org/?a=1&b="><script>', published: 2020-09-30}
defaults: {since: 2020-09-27, until: 2020-09-30, cited: evil}
claims:
  - {source: mod, killed: at least 3, victims: {side: a}, cited: [evil, fine]}
  - {source: long, killed: 1 to 2, victims: {side: a}}
"""
"""A ledger whose text tries to become markup, a script, a link, or an attribute."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Start the Chromium of the machine, or skip."""
    playwright = pytest.importorskip("playwright.sync_api", reason="needs the extra browser")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("no chromium on this machine")
    with playwright.sync_playwright() as engine:
        started = engine.chromium.launch(executable_path=chromium, args=QUIET)
        yield started
        started.close()


@dataclass
class Opened:
    """A page that is open, and what its browser complained of and asked for."""

    page: Any
    complaints: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)

    def listen(self) -> None:
        """Note every error, every dialog and every request that leaves the disk."""
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", self._dialog)
        self.page.on("request", self._request)

    def _console(self, line: Any) -> None:
        if line.type == "error":
            self.complaints.append(line.text)

    def _dialog(self, dialog: Any) -> None:
        self.complaints.append(dialog.message)
        dialog.dismiss()

    def _request(self, asked: Any) -> None:
        if not asked.url.startswith(("file:", "data:", "blob:")):
            self.elsewhere.append(asked.url)


@pytest.fixture
def visit(browser: Any) -> Iterator[Callable[..., Opened]]:
    """Open files, each in a context of its own."""
    contexts: list[Any] = []

    def opened(path: Path, anchor: str = "", **options: object) -> Opened:
        context = browser.new_context(**options)
        contexts.append(context)
        found = Opened(context.new_page())
        found.listen()
        found.page.goto(path.as_uri() + anchor, wait_until="load")
        return found

    yield opened
    for context in contexts:
        context.close()


def _written(ledger: cs.Ledger, folder: Path) -> Path:
    result = cs.reconcile(ledger)
    try:
        result.plot().svg()
    except MissingExtraError:
        pytest.skip("needs the extra plot")
    path = folder / "page.html"
    path.write_text(result.to_html(), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def seed_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the page of the seed article."""
    return _written(cs.seeds.load("nagorno-karabakh-2020-09-30"), tmp_path_factory.mktemp("seed"))


@pytest.fixture(scope="session")
def war_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the page of the claims about a war of years."""
    return _written(cs.seeds.load("ukraine-soldier-deaths-estimates"), tmp_path_factory.mktemp("war"))


@pytest.fixture(scope="session")
def hostile_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the page of a ledger with hostile text."""
    return _written(cs.read(io.StringIO(HOSTILE), format="yaml"), tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the documentation once, or take the folder named in CASUALTIES_SITE."""
    if named := os.environ.get("CASUALTIES_SITE"):
        return Path(named)
    pytest.importorskip("mkdocs", reason="needs the extra docs")
    folder = tmp_path_factory.mktemp("site")
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-q", "--strict", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "true"},
    )
    return folder


@pytest.fixture(scope="session")
def axe() -> str:
    """Read axe-core, which judges accessibility, from the folder into which CI installs it, or skip."""
    script = ROOT / ".browser" / "node_modules" / "axe-core" / "axe.min.js"
    if not script.is_file():
        pytest.skip("axe-core is absent: npm install --no-save --prefix .browser axe-core")
    return script.read_text(encoding="utf-8")
