"""The README and the pages of the site as tests: what they show is what happens."""

from __future__ import annotations

import contextlib
import io
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sybil import Document, Example
from sybil.evaluators.python import PythonEvaluator
from sybil.parsers.markdown import CodeBlockParser

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "seeds" / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
SNIPPET = re.compile(r'^--8<-- "(?P<file>[^":]+)(?::(?P<section>[\w-]+))?"$', re.MULTILINE)
FENCE = re.compile(r"^ *(?P<mark>`{3,})(?P<language>.*)$", re.MULTILINE)
LANGUAGES = {"python", "text", "yaml", "csv", "bash", "console"}
"""What a fence may be: `python` is run, `text` is what it printed, `console` is typed and compared."""


def expanded(page: Path) -> str:
    """Read a page with the parts of other files that it includes."""

    def part(match: re.Match[str]) -> str:
        text = (ROOT / match["file"]).read_text(encoding="utf-8")
        if match["section"]:
            begin, end = (f"<!-- --8<-- [{edge}:{match['section']}] -->\n" for edge in ("start", "end"))
            text = text.split(begin, 1)[1].split(end, 1)[0]
        return text

    return SNIPPET.sub(part, page.read_text(encoding="utf-8"))


def run_python(example: Example) -> None:
    """Run a `python` fence and keep what it printed for the `text` fence after it."""
    expect_shown(example)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        PythonEvaluator()(example)
    example.namespace["_printed"] = printed.getvalue()


def compare_text(example: Example) -> None:
    """Compare a `text` fence with what the fence before it printed."""
    printed = example.namespace.pop("_printed", None)
    assert printed is not None, "a text fence shows output: put the python fence that prints it before it"
    assert example.parsed == printed


def expect_shown(example: Example) -> None:
    """See that nothing was printed that the page does not show."""
    printed = example.namespace.pop("_printed", "")
    assert printed == "", "this output has no text fence after the python fence"


def keep_file(example: Example) -> None:
    """Write a ledger file, a mapping or a table under the name that the text before it gives it."""
    before = example.document.text[: example.start].rstrip().rsplit("\n", 1)[-1]
    name = re.search(r"`([\w-]+\.(?:yaml|csv))`:$", before)
    if name:
        Path(name[1]).write_text(example.parsed, encoding="utf-8")


def run_console(example: Example) -> None:
    """Type the `$ casualties …` lines of a `console` fence and compare what follows each."""
    expect_shown(example)
    lines = example.parsed.splitlines(keepends=True)
    commands = [line for line in lines if line.startswith("$ ")]
    answers = []
    for command in commands:
        assert command.startswith("$ casualties "), f"only our own command is typed here, not {command!r}"
        arguments = command.removeprefix("$ casualties ").split()
        run = subprocess.run(
            [sys.executable, "-m", "casualties", *arguments],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        answers.append(command + run.stdout + run.stderr)
    assert example.parsed == "".join(answers)


def parsers() -> list[CodeBlockParser]:
    """Build a parser for each language that is checked."""
    acts: dict[str, Callable[[Example], None]] = {
        "python": run_python,
        "text": compare_text,
        "yaml": keep_file,
        "csv": keep_file,
        "console": run_console,
    }
    return [CodeBlockParser(language, act) for language, act in acts.items()]


def run_page(page: Path, folder: Path) -> int:
    """Run a page from top to bottom and answer how many of its fences were checked."""
    copy = folder / "page.md"
    copy.write_text(expanded(page), encoding="utf-8")
    document = Document.parse(str(copy), *parsers())
    checked = 0
    for example in document.examples():
        example.evaluate()
        checked += 1
    assert document.namespace.get("_printed", "") == "", "the last output of the page has no text fence after it"
    return checked


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_page_shows_what_happens(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each example of a page runs, in order, and prints what the page shows."""
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)
    run_page(page, tmp_path)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_no_example_escapes(page: Path) -> None:
    """Every fence is closed and of a kind that is checked; no prompt hides a line from the checks."""
    text = page.read_text(encoding="utf-8")
    fences = list(FENCE.finditer(text))
    assert len(fences) % 2 == 0, f"{page.name}: a fence is not closed"
    for fence in fences[::2]:
        assert fence["language"] in LANGUAGES, f"{page.name}: write one of {sorted(LANGUAGES)} in {fence[0]!r}"
    prompts = re.findall(r"^\s*>{2,3} .*$", text, re.MULTILINE)
    assert prompts == [], f"{page.name}: write plain statements with a text fence below, without prompts: {prompts}"


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ("```python\nprint(1)\n```\n\n```text\n2\n```\n", "assert '2"),
        ("```python\nprint(1)\n```\n", "no text fence"),
        ("```python\nprint(1)\n```\n\n```python\nprint(2)\n```\n", "no text fence"),
        ("```text\n2\n```\n", "put the python fence"),
        ("```console\n$ ls\n```\n", "only our own command"),
    ],
)
def test_wrong_pages_fail(body: str, complaint: str, tmp_path: Path) -> None:
    """A page that shows something else, or leaves output out, does not pass."""
    page = tmp_path / "wrong.md"
    page.write_text(body, encoding="utf-8")
    with pytest.raises(AssertionError, match=complaint):
        run_page(page, tmp_path)


def test_page_runs_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fences of one page share their names, and a named file can be read by those below it."""
    monkeypatch.chdir(tmp_path)
    page = tmp_path / "right.md"
    page.write_text(
        "Write `a.yaml`:\n\n```yaml\ncasualties: 1\n```\n\n"
        "```python\ntext = open('a.yaml', encoding='utf-8')\n```\n\n"
        "```python\nwith text:\n    print(text.read(), end='')\n```\n\n```text\ncasualties: 1\n```\n",
        encoding="utf-8",
    )
    assert run_page(page, tmp_path) == 4


def test_readme_comes_to_the_point() -> None:
    """The README shows a runnable example by line 20 and stays near 130 lines."""
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert lines.index("```python") < 20
    assert len(lines) <= 140
