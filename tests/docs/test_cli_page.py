"""The page of the command line says what the commands themselves say."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from casualties.cli import commands, main
from casualties.cli._command import Command

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "reference" / "cli.md"


def test_page_is_written_from_the_commands() -> None:
    """The page is what the script writes; run `python .ci/cli_page.py` where a command has changed."""
    script = runpy.run_path(str(ROOT / ".ci" / "cli_page.py"))
    assert PAGE.read_text(encoding="utf-8") == script["page"]()


@pytest.mark.parametrize("command", commands(), ids=lambda command: command.name)
def test_page_tells_all_that_the_help_tells(command: Command, capsys: pytest.CaptureFixture[str]) -> None:
    """Every option that `--help` prints stands in the section of its command."""
    section = PAGE.read_text(encoding="utf-8").split(f"\n## {command.name}\n", 1)[1].split("\n## ", 1)[0]
    assert main([str(command.name), "--help"]) == 0
    words = capsys.readouterr().out.replace(",", " ").replace("]", " ").replace("[", " ").split()
    options = {word for word in words if word.startswith("--")} - {"--help", "--"}
    assert sorted(option for option in options if option not in section) == []
    assert str(command.help) in section
