"""What the command line prints: no number breaks, no line is wider than asked, and a terminal gets the answer first."""

from __future__ import annotations

import contextlib
import importlib
import os
import re
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import casualties as cs
from casualties.cli import commands, main
from casualties.show.text import columns_of

WIDTHS = (60, 80, 120, 200)
COMMANDS = (
    *("reconcile", "reconcile --brief always", "reconcile --only disputed --limit 3", "explain", "brief", "audit"),
    *("codebooks", "diff --since 2020-10-15", "totals --by side --by status", "totals --by month --by place"),
    *("check-citations", "validate"),
)
WITHOUT_LEDGER = ("seeds",)
ESTIMATE = "estimate --method ucdp-reporting-error --about status=civilian"
NO_TABLE = ("align", "completion", "convert", "draft", "figure", "merge", "new", "page", "plot", "schema")
"""Commands that write files, data for programs, or an answer to words that were typed; align has tests of its own."""


def printed(capsys: pytest.CaptureFixture[str], command: str, seed: str, width: int) -> list[str]:
    """Type a command, and give the lines that it prints."""
    name, *options = command.split()
    ledger = [] if name in WITHOUT_LEDGER else [seed]
    assert main([name, *ledger, *options, "--width", str(width)]) in (0, 3)
    return capsys.readouterr().out.splitlines()


def test_every_command_is_scanned() -> None:
    """No command prints for people and is left out of the scan."""
    scanned = {command.split()[0] for command in (*COMMANDS, *WITHOUT_LEDGER, ESTIMATE)}
    assert scanned | set(NO_TABLE) == {command.name for command in commands()}
    assert not scanned & set(NO_TABLE)


def test_the_list_of_seeds_fits(capsys: pytest.CaptureFixture[str]) -> None:
    """Names of seeds are whole at every width."""
    for width in WIDTHS:
        assert printed(capsys, "seeds", "", width) == list(cs.seeds.names())
        assert max(map(len, cs.seeds.names())) <= width


def numbers(lines: list[str]) -> set[str]:
    """Read the numbers of some lines, each as it stands between spaces."""
    return {piece.strip("()[];:,.") for line in lines for piece in line.split() if any(map(str.isdigit, piece))}


SCANNED = [(command, seed) for command in COMMANDS for seed in cs.seeds.names()]
SCANNED.append((ESTIMATE, "nagorno-karabakh-2020-09-30"))  # other seeds have too few claims for the method


def once(function: Callable[..., Any]) -> Callable[..., Any]:
    """Call a function once for what it is given, and give the same again."""
    known: list[tuple[Any, Any]] = []

    def given(*args: Any, **named: Any) -> Any:
        for asked, answer in known:
            if asked == (args, named):
                return answer
        known.append(((args, named), function(*args, **named)))
        return known[-1][1]

    return given


def work_once(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a command read and reconcile once, however often its answer is printed."""
    module = importlib.import_module(f"casualties.cli._{command.split(maxsplit=1)[0].replace('-', '_')}")
    for name in ("audit", "bounds", "changes", "checked", "load", "reconcile"):
        if hasattr(module, name):
            monkeypatch.setattr(module, name, once(getattr(module, name)))


@pytest.mark.parametrize(("command", "seed"), SCANNED)
def test_no_number_breaks_and_no_line_is_too_wide(
    command: str, seed: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """At every width each number stands whole, as it does where there is room for a whole sentence on a line."""
    work_once(command, monkeypatch)
    whole = numbers(printed(capsys, command, seed, 100_000))
    for width in WIDTHS:
        lines = printed(capsys, command, seed, width)
        assert max((columns_of(line) for line in lines), default=0) <= width
        if command != "brief" and "--brief" not in command:  # a brief shows as much as fits
            assert numbers(lines) - whole == set()


def test_a_broken_number_would_be_seen() -> None:
    """The check fails on a table as it was set before: a range cut within itself."""
    whole = numbers(["36 about 7,000 6,000–8,000 (assumed)"])
    assert numbers(["48 about 7,000   6,000–8,00", "                   0"]) - whole == {"6,000–8,00", "0", "48"}


@pytest.mark.parametrize("command", ["reconcile", "explain", "audit", "brief"])
def test_numbers_have_their_thousands(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Every count of five digits has separators; identities, years and printed words are none."""
    lines = printed(capsys, command, "ukraine-soldier-deaths-estimates", 120)
    told = re.sub(r"c1-[0-9a-f]+|\"[^\"]*\"", "", "\n".join(lines))
    assert re.findall(r"(?<![\d,–-])\d{5,}(?![\d-])", told) == []


def test_a_terminal_gets_the_answer_first(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal the brief stands first, then what is disputed, and last how to see more."""
    monkeypatch.setenv("PAGER", "cat")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("LINES", "5000")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("NO_COLOR", "1")
    assert main(["reconcile", "nagorno-karabakh-2020-war"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[2] == "Disputed: 3 subjects, the widest first:"
    statuses = [
        line for line in lines if re.search(r" (disputed|single source|corroborated)", line) and line[:1].isupper()
    ]
    first_other = next(
        place for place, line in enumerate(statuses) if "disputed" not in line and "Disputed" not in line
    )
    assert all("disputed" not in line for line in statuses[first_other:])
    assert "More: casualties explain nagorno-karabakh-2020-war" in lines[-6:]


def test_a_long_answer_goes_through_a_pager(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Longer than the screen it is paged as git does; shorter it is printed."""
    paged: list[str] = []
    monkeypatch.setattr("click.echo_via_pager", paged.append)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    for screen, times in (("20", 1), ("5000", 0)):
        monkeypatch.setenv("LINES", screen)
        paged.clear()
        assert main(["reconcile", "nagorno-karabakh-2020-09-30"]) == 0
        assert len(paged) == times
    capsys.readouterr()


def on_a_terminal(command: str, rows: int, columns: int, **environment: str) -> list[str]:
    """Type a command in a terminal of its own, of so many rows and columns, and give the lines that it shows."""
    pty = pytest.importorskip("pty", reason="needs a pseudo-terminal")
    fcntl, termios = importlib.import_module("fcntl"), importlib.import_module("termios")
    controller, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    known = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES", "PAGER", "LESS")}
    with subprocess.Popen(
        [sys.executable, "-c", "import sys; from casualties.cli import main; sys.exit(main())", *command.split()],
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        env={**known, "NO_COLOR": "1", "TERM": "xterm", **environment},
        start_new_session=True,
    ):
        os.close(terminal)
        shown = b""
        with contextlib.suppress(OSError):  # so a terminal says that nobody writes to it any more
            while part := os.read(controller, 65_536):
                shown += part
    os.close(controller)
    lines = shown.decode().replace("\r\n", "\n").splitlines()
    return [line.rpartition("\x1b[K")[2] for line in lines]  # without what was shown of progress, and cleared


def test_a_real_terminal_pages_what_is_longer_than_its_screen(tmp_path: Path) -> None:
    """In a pseudo-terminal the pager gets what is longer than the screen, and nothing that fits."""
    pager = tmp_path / "pager"
    pager.write_text("#!/bin/sh\necho PAGED\ncat\n")
    pager.chmod(0o755)
    seed = "nagorno-karabakh-2020-09-30"
    for rows, paged in ((20, True), (400, False)):
        lines = on_a_terminal(f"reconcile {seed}", rows, 100, PAGER=str(pager))
        assert ("PAGED" in lines) is paged
        assert max(map(columns_of, lines)) == 100
        assert f"More: casualties explain {seed}" in lines[-6:]
    assert "PAGED" not in on_a_terminal("validate nagorno-karabakh-2020-war", 20, 80, PAGER=str(pager))


def test_findings_are_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    """About a facet, only of a status, and so many; what is misspelt is refused."""
    war = "nagorno-karabakh-2020-war"
    assert main(["reconcile", war, "--about", "side=armenian", "--only", "disputed"]) == 0
    told = capsys.readouterr().out
    assert "disputed, 4 independent" in told
    assert "single source" not in told
    assert main(["reconcile", war, "--limit", "2"]) == 0
    assert "… and 54 more findings, not shown." in capsys.readouterr().out
    assert main(["reconcile", war, "--about", "side=armenain"]) == 1
    assert "did you mean 'armenian'?" in capsys.readouterr().err
    assert main(["reconcile", war, "--about", "armenian"]) == 2
    assert main(["reconcile", war, "--about", "place=Timbuktu"]) == 1
    assert (
        "place 'Timbuktu': nobody is counted under this word\nHint: nobody is counted by place here"
        in capsys.readouterr().err
    )


def test_plot_writes_a_picture(tmp_path: Path) -> None:
    """The name of the file says the form."""
    for name, begins in (("x.svg", "<svg"), ("x.html", "<!DOCTYPE html>")):
        target = tmp_path / name
        assert main(["plot", "nagorno-karabakh-2020-09-30", "--about", "role=mercenary", "-o", str(target)]) == 0
        assert target.read_text(encoding="utf-8").startswith(begins)


def test_audit_calls_everybody_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    """No key of a source or subject stands in it."""
    ledger = cs.seeds.load("nagorno-karabakh-2020-war")
    told = " ".join(printed(capsys, "audit", "nagorno-karabakh-2020-war", 200))
    keys = {key for key, source in ledger.sources.items() if source.name != key}
    assert [key for key in sorted(keys) if re.search(rf"(?<![\w-]){re.escape(key)}(?![\w-])", told)] == []
    assert "Artsakh Ministry of Defence states 1,383" in told
