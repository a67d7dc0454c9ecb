"""What shells ask for while a command is typed."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from casualties.cli import main


def asked(**environment: str) -> str:
    """Ask as a shell does, in a process of its own."""
    ran = subprocess.run(
        [sys.executable, "-m", "casualties"],
        capture_output=True,
        check=False,
        text=True,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"} | environment,
    )
    assert ran.stderr == ""
    return ran.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_script_asks_this_program(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The script that a shell runs names the variable by which it asks."""
    assert main(["completion", shell]) == 0
    assert "_CASUALTIES_COMPLETE" in capsys.readouterr().out


def test_bash_is_answered_with_commands_and_choices() -> None:
    """The words that may come next are commands, then the values of an option."""
    assert "plain,explain" in asked(_CASUALTIES_COMPLETE="bash_complete", COMP_WORDS="casualties ex", COMP_CWORD="1")
    formats = asked(_CASUALTIES_COMPLETE="bash_complete", COMP_WORDS="casualties explain --format ", COMP_CWORD="3")
    assert formats.splitlines() == ["plain,text", "plain,json"]


def test_powershell_is_answered_with_what_each_word_means() -> None:
    """A value and its help stand on one line, with a tab between."""
    told = asked(_CASUALTIES_COMPLETE="powershell_complete", COMP_WORDS="casualties se", COMP_CWORD="1")
    assert "seeds" in told
    assert "List the ledgers that ship with the library." in told
