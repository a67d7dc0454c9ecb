"""The command line: what it prints, what it answers, and that nothing ends in a traceback."""

from __future__ import annotations

import csv
import importlib
import io
import json
import os
import re
import runpy
import shlex
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from tests.cli.test_align import write_sheets

import casualties as cs
from casualties.cli import _command, commands, main
from casualties.cli._command import BAD_INPUT, DONE, FOUND, INTERRUPTED
from casualties.cli._new import STARTER
from casualties.files import schema

SEED = "nagorno-karabakh-2020-09-30"
ROOT = Path(__file__).parents[2]


def run(*arguments: str, given: bytes = b"", **changes: str) -> subprocess.CompletedProcess[bytes]:
    """Type a command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "casualties", *arguments],
        input=given,
        capture_output=True,
        check=False,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"} | changes,
    )


def typed(*arguments: str) -> int:
    """Run a command in this process and give its exit status."""
    try:
        return main(arguments)
    except SystemExit as stopped:
        return int(str(stopped.code))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder that holds the seeds, as a clone does."""
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    write_sheets(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_reconcile_prints_the_table() -> None:
    """A seed by name, its file, and standard input give the same table."""
    path = cs.seeds.path(SEED)
    table = f"{cs.reconcile(cs.seeds.load(SEED))}\n".encode()
    for ran in (run("reconcile", SEED), run("reconcile", str(path)), run("reconcile", "-", given=path.read_bytes())):
        assert (ran.returncode, ran.stderr) == (DONE, b"")
        assert ran.stdout.replace(b"\r\n", b"\n") == table


def test_several_files_are_merged(capsys: pytest.CaptureFixture[str]) -> None:
    """The same ledger twice is that ledger."""
    assert typed("reconcile", SEED, str(cs.seeds.path(SEED))) == DONE
    assert capsys.readouterr().out == f"{cs.reconcile(cs.seeds.load(SEED))}\n"


def test_what_is_asked_is_handed_on(capsys: pytest.CaptureFixture[str]) -> None:
    """Day, knowledge, lexicon, width and colour arrive."""
    asked = ["--as-of", "2020-09-29", "--known-on", "2020-10-01", "--lexicon", "acled", "--width", "100"]
    assert typed("reconcile", SEED, *asked, "--color", "always") == DONE
    result = cs.reconcile(cs.seeds.load(SEED), as_of="2020-09-29", known_on="2020-10-01", lexicon="acled")
    assert capsys.readouterr().out == result.to_text(width=100, color=True) + "\n"


@pytest.mark.parametrize("name", ["json", "markdown", "csv"])
def test_formats(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each format is that of the library."""
    assert typed("reconcile", SEED, "--format", name) == DONE
    result = cs.reconcile(cs.seeds.load(SEED))
    shown = capsys.readouterr().out
    if name == "csv":
        assert shown.splitlines()[0].startswith("finding,subject,harm,side,")
        assert len(shown.splitlines()) == 6
        assert ",81.0,inf," in shown.splitlines()[1]
    else:
        assert shown == {"json": result.to_json, "markdown": result.to_markdown}[name]() + "\n"


def test_cells_that_a_spreadsheet_would_run(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A text that begins as a formula does stands behind an apostrophe."""
    text = "casualties: 1\nsources: {x: {}}\nclaims: [{source: x, killed: 4, event: '=cmd()'}]\n"
    (folder / "a.yaml").write_text(text, encoding="utf-8")
    assert typed("reconcile", "a.yaml", "--format", "csv") == DONE
    assert ",'=cmd()," in capsys.readouterr().out


def test_convert_and_merge(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A ledger written in another format or merged with itself is read back equal; what is left out is told."""
    ledger = cs.seeds.load(SEED)
    assert typed("convert", SEED, "a.json") == DONE
    assert cs.read("a.json") == ledger
    assert typed("merge", "a.json", SEED, "-o", "b.yaml") == DONE
    assert cs.read("b.yaml") == ledger
    assert capsys.readouterr() == ("", "")
    assert typed("convert", "a.json", "c.csv") == DONE
    assert len(cs.read("c.csv")) == len(ledger)
    assert all(line.startswith("note: ") for line in capsys.readouterr().err.splitlines())
    assert typed("convert", SEED, "d.png") == BAD_INPUT
    assert not (folder / "d.png").exists()


def test_convert_a_table_by_a_mapping(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A table is written as a ledger; what can be no claim is told, or refuses the table."""
    rows = "".join(f"{number},{number},{number - (number > 9)},x\n" for number in range(32))
    (folder / "t.csv").write_text("low,high,best,dead\n" + rows, encoding="utf-8")
    (folder / "m.yaml").write_text(
        "name: m\nsource: us\nclaims: [{harm: killed, low: low, high: high}, {harm: wounded, count: dead}]",
        encoding="utf-8",
    )
    assert typed("convert", "t.csv", "t.yaml", "--mapping", "m.yaml", "--all") == FOUND
    told = capsys.readouterr().err.splitlines()
    assert told[0].startswith("note: 32 cells in 32 rows, column 'dead': ")
    assert told[0].endswith(", ".join(f"D{n}" for n in range(2, 34)))
    assert typed("convert", "t.csv", "t.yaml", "--mapping", "m.yaml") == BAD_INPUT
    assert capsys.readouterr().err.splitlines() == [
        "t.yaml: it is there already, and is not written over",
        "Hint: name another file, or give --force",
    ]
    assert typed("convert", "t.csv", "t.yaml", "--mapping", "m.yaml", "--force") == FOUND
    told = capsys.readouterr().err.splitlines()
    assert told[0].startswith("note: 32 cells in 32 rows, column 'dead': ")
    assert told[0].endswith(": D2, D3, D4, D5, D6 and 27 more")
    assert told[1:] == [
        (
            "note: 32 claims from 32 rows, 0 outside; 96 cells: 64 in claims, 0 silent, 32 in quarantine, "
            "0 hold nothing; 0 failed checks"
        ),
        "note: not read: 32 cells; their rows are in t.quarantine.csv, to be mended and read by the same mapping",
    ]
    assert [str(cell) for cell in cs.read("t.yaml").unread][:2] == ["t.csv D2", "t.csv D3"]
    mended = (folder / "t.quarantine.csv").read_text(encoding="utf-8").replace(",x\n", ",1\n")
    (folder / "mended.csv").write_text(mended, encoding="utf-8")
    assert typed("convert", "mended.csv", "mended.yaml", "--mapping", "m.yaml") == DONE
    assert "wounded" in {harm for claim in cs.read("mended.yaml") for harm in claim.subject.harm}
    assert len(cs.read("t.yaml") | cs.read("mended.yaml")) == 33  # what was read already is not there twice
    capsys.readouterr()
    assert typed("validate", "t.yaml") == DONE
    assert typed("convert", "t.csv", "u.yaml", "--mapping", "m.yaml", "--on-bad", "raise") == BAD_INPUT
    assert not (folder / "u.yaml").exists()
    (folder / "t.csv").write_text("low,high,dead\n5,4,1\n", encoding="utf-8")
    assert typed("convert", "t.csv", "u.yaml", "--mapping", "m.yaml") == DONE
    assert "note: row 2: low 5, high 4: they do not rise; kept" in capsys.readouterr().err


def test_diff_of_one_ledger_asks_for_a_second_day(capsys: pytest.CaptureFixture[str]) -> None:
    """A ledger is not compared with itself; two days of it are."""
    assert typed("diff", SEED) == 2
    assert (
        "the ledger would be compared with itself: name a second one, say --since 18:00, or give two days"
        in capsys.readouterr().err
    )
    assert typed("diff", SEED, "--as-of", "2020-09-29", "--as-of", "2020-09-30") == FOUND
    assert typed("diff", SEED, SEED) == DONE


ITEMS = ("items.event=Q1", "items.source:azerbaijan=Q2", "items.source:artsakh-mod=Q3", "items.source:unnamed=Q4")
PEOPLE = (
    "items.side:azerbaijani=Q5",
    "items.side:armenian=Q6",
    "items.status:civilian=Q7",
    "items.status:combatant=Q8",
)


def options(*given: str) -> list[str]:
    """Give options of a writer as they are typed."""
    return [word for each in given for word in ("--option", each)]


def test_writer_takes_its_options(folder: Path) -> None:
    """Wikidata's items, the sides of an infobox and the choices of a codebook can be given by name."""
    items = options(*ITEMS, *PEOPLE, "items.publisher:The New Arab=Q9")
    assert typed("convert", SEED, "a.qs", *items) == DONE
    written = (folder / "a.qs").read_text(encoding="utf-8").splitlines()
    assert [line.split("\t")[:2] for line in written] == [["+Q1", "P1120"]] * 2  # the civilians and the fighters
    assert typed("convert", SEED, "a.ucdp.csv", *options("side_a=azerbaijani", "side_b=armenian")) == DONE
    rows = csv.DictReader(io.StringIO((folder / "a.ucdp.csv").read_text(encoding="utf-8")))
    assert "81" in {row["deaths_b"] for row in rows}
    sides = options("sides=azerbaijani", "sides=armenian")
    assert typed("convert", SEED, "a.wiki", "--output-format", "wikitext-infobox", *sides) == DONE
    assert typed("convert", SEED, "b.wiki", "--output-format", "wikitext-infobox", *options("sides=armenian")) == DONE
    first, second = ((folder / name).read_text(encoding="utf-8") for name in ("a.wiki", "b.wiki"))
    assert first.index("Per Azerbaijan") < first.index("casualties2") < first.index("Per Artsakh")
    assert second.index("casualties1") < second.index("Per Artsakh") < second.index("casualties3")
    assert typed("merge", SEED, "-o", "c.acled.csv", *options("several=3", "group_ok=true")) == DONE
    assert typed("merge", SEED, "-o", "d.acled.csv", *options("several=3", "group_ok=false")) == BAD_INPUT


@pytest.mark.parametrize(
    ("out", "option", "told"),
    [
        ("a.qs", "items=Q1", "option 'items=Q1': it takes a value for each key"),
        ("a.qs", "itmes.event=Q1", "no option 'itmes'"),
        ("a.ucdp.csv", "side_a.x=1", "option 'side_a.x=1': it takes one value"),
        ("a.ucdp.csv", "target=1", "no option 'target'"),
        ("a.acled.csv", "several=many", "several"),
        ("a.json", "indent=2", "no option 'indent'"),
    ],
)
def test_option_that_a_writer_does_not_take(
    out: str, option: str, told: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What a writer does not take is bad input, and nothing is written."""
    assert typed("convert", SEED, out, "--option", option) == BAD_INPUT
    assert told in capsys.readouterr().err
    assert not (folder / out).exists()


def test_option_is_given_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One value cannot be two."""
    assert typed("convert", SEED, "a.ucdp.csv", *options("side_a=armenian", "side_a=turkey")) == BAD_INPUT
    assert "option 'side_a=turkey': it is given twice" in capsys.readouterr().err
    assert typed("convert", SEED, "a.qs", *options("items.event=Q1", "items.event=Q2")) == BAD_INPUT
    assert not list(folder.glob("a.*"))


def test_nothing_is_written_where_nothing_can_be(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that would hold nothing is an error that names why, and what to give."""
    assert typed("convert", SEED, "a.quickstatements") == BAD_INPUT
    told = capsys.readouterr().err
    assert told.startswith("a.quickstatements: no claim can be written as wikidata\n")
    assert "no item is given for 'event'" in told
    assert "Hint: give what is lacking: --option items.KEY=VALUE" in told
    (folder / "e.yaml").write_text("casualties: 1\nsources: {x: {}}\nclaims: [{source: x, silent: killed}]")
    assert typed("convert", "e.yaml", "a.ucdp.csv") == BAD_INPUT
    assert "--option side_a=VALUE, side_b=VALUE" in capsys.readouterr().err
    assert typed("convert", "e.yaml", "a.bib") == BAD_INPUT
    assert "Hint: another format holds it" in capsys.readouterr().err
    assert not list(folder.glob("a.*"))
    (folder / "e.yaml").write_text("casualties: 1")
    assert typed("convert", "e.yaml", "a.bib") == DONE  # of nothing there is nothing to say


@pytest.mark.parametrize(
    ("arguments", "option"),
    [(["validate", "a.png"], "--input-format"), (["convert", SEED, "a.png"], "--output-format")],
)
def test_file_of_no_known_kind_leads_to_the_option(
    arguments: list[str], option: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The hint names what can be typed."""
    (folder / "a.png").write_text("", encoding="utf-8")
    assert typed(*arguments) == BAD_INPUT
    assert f"on the command line {option}" in capsys.readouterr().err


def test_convert_through_pipes(folder: Path) -> None:
    """Standard input and output are files too."""
    given = cs.seeds.path(SEED).read_bytes()
    ran = run("convert", "-", "-", "--output-format", "json", given=given)
    assert (ran.returncode, ran.stderr) == (DONE, b"")
    assert cs.read(io.BytesIO(ran.stdout), format="json") == cs.seeds.load(SEED)
    back = run("convert", "-", "-", "--input-format", "json", given=ran.stdout)
    assert cs.read(io.BytesIO(back.stdout), format="yaml") == cs.seeds.load(SEED)


def test_standard_input_in_this_process(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """What is typed is read as YAML."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"casualties: 1")))
    assert typed("validate", "-") == DONE
    assert capsys.readouterr().out == "0 claims by 0 sources: no problem found\n"


def test_new_ledger_is_valid_and_overwrites_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The file to begin with can be reconciled, and a file that is there stays."""
    assert typed("new", "mine.yaml") == DONE
    assert typed("validate", "mine.yaml") == DONE
    assert capsys.readouterr().out == "4 claims by 2 sources: no problem found\n"
    (folder / "mine.yaml").write_text("mine", encoding="utf-8")
    assert typed("new", "mine.yaml") == BAD_INPUT
    assert capsys.readouterr().err.startswith("mine.yaml: it is there already, and is not written over\n")
    assert (folder / "mine.yaml").read_text(encoding="utf-8") == "mine"
    assert typed("new", "-") == DONE
    assert capsys.readouterr().out == STARTER


def test_new_mapping_is_proposed_from_a_sheet(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A mapping proposed from a sheet runs as it stands, and both commands say what it assumes."""
    (folder / "log.csv").write_text("Town,Killed\nAram,at least 11\n", encoding="utf-8")
    assert typed("new", "m.yaml", "--from", "log.csv") == DONE
    told = capsys.readouterr()
    assert (told.out, "note: assumed: 'log' says it, since no column names a source\n" in told.err) == ("", True)
    assert typed("convert", "log.csv", "ledger.yaml", "--mapping", "m.yaml") == DONE
    assert "note: assumed: 'log' says it, since no column names a source\n" in capsys.readouterr().err
    assert [str(claim.figure) for claim in cs.read("ledger.yaml")] == ["11 or more"]
    assert typed("new", "-", "--from", "log.csv") == DONE
    assert capsys.readouterr().out == (folder / "m.yaml").read_text(encoding="utf-8")
    assert typed("new", "n.yaml", "--from", "log.ods") == BAD_INPUT
    assert not (folder / "n.yaml").exists()


def test_terminal_has_its_width_and_colours(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """On a terminal the table takes all its columns, with colours unless NO_COLOR is set."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "90")
    monkeypatch.setenv("LINES", "5000")
    monkeypatch.delenv("NO_COLOR", raising=False)
    result = cs.reconcile(cs.seeds.load(SEED))
    assert typed("reconcile", SEED, "--brief", "never") == DONE
    assert capsys.readouterr().out == result.to_text(width=90, color=True) + "\n"
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "500")
    assert typed("reconcile", SEED, "--brief", "never") == DONE
    assert capsys.readouterr().out == result.to_text(width=500) + "\n"
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert typed("reconcile", SEED, "--brief", "never", "--color", "never", "--width", "80") == DONE
    assert typed("reconcile", SEED, "--brief", "never", "--width", "80") == DONE
    assert capsys.readouterr().out == f"{result}\n" * 2


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (["more than 80"], "81 or more"),
        (["several dozen", "--lexicon", "acled"], None),
        (["not disclosed"], "no figure: withheld"),
        (["–"], "no figure: not mentioned"),
    ],
)
def test_figure(words: list[str], shown: str | None, capsys: pytest.CaptureFixture[str]) -> None:
    """Words are read as a figure, or as a kind of silence."""
    assert typed("figure", *words) == DONE
    expected = shown or str(cs.parse_figure(words[0], lexicon="acled"))
    assert capsys.readouterr().out == f"{expected}\n"


def test_figure_that_cannot_be_read(capsys: pytest.CaptureFixture[str]) -> None:
    """Words that state two counts are bad input, with the place."""
    assert typed("figure", "12 killed and 30 wounded") == BAD_INPUT
    assert "30 wounded" in capsys.readouterr().err


def test_validate_names_every_problem(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each problem of each file has a line that begins with file and place."""
    (folder / "a.yaml").write_text("casualties: 1\nclaimz: []\nsourcez: {}\n", encoding="utf-8")
    (folder / "b.yaml").write_text("casualties: [\n", encoding="utf-8")
    assert typed("validate", "a.yaml", SEED, "b.yaml", "absent.yaml") == BAD_INPUT
    told = capsys.readouterr().err.splitlines()
    assert [line.split(":")[0] for line in told] == ["a.yaml", "a.yaml", "b.yaml", "absent.yaml"]
    assert told[0].startswith("a.yaml: line 2, column 1: ")
    assert typed("validate", SEED) == DONE
    assert capsys.readouterr().out == "8 claims by 6 sources: no problem found\n"


def test_files_that_contradict_one_another(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Ledgers that cannot be merged are bad input, told by the error."""
    for name, side in (("a.yaml", "north"), ("b.yaml", "south")):
        (folder / name).write_text(f"casualties: 1\nsources: {{x: {{side: {side}}}}}\n", encoding="utf-8")
    assert typed("reconcile", "a.yaml", "b.yaml") == BAD_INPUT
    assert "side is both 'north' and 'south'" in capsys.readouterr().err


def test_seeds_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """One name a line."""
    assert typed("seeds") == DONE
    assert tuple(capsys.readouterr().out.split()) == cs.seeds.names()


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["unknown"],
        ["reconcile"],
        ["reconcile", SEED, "--as-of", "30/9"],
        ["reconcile", SEED, "--format", "png"],
        ["reconcile", SEED, "--lexicon", "none"],
        ["reconcile", SEED, "--width", "wide"],
        ["diff", SEED],
        ["diff", SEED, "--as-of", "2020-09-30"],
        ["diff", SEED, "--as-of", "2020-09-30", "--as-of", "2020-09-30", "--known-on", "2020-10-01"],
        ["diff", SEED, "--as-of", "2020-09-28", "--as-of", "2020-09-29", "--as-of", "2020-09-30"],
        ["reconcil", SEED],
        ["convert", SEED, "out.ucdp.csv", "--option", "side_a"],
    ],
)
def test_wrong_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """A call that cannot be meant answers 2 and shows the usage."""
    assert typed(*arguments) == 2
    assert capsys.readouterr().err.startswith("Usage: casualties")


def test_unknown_format_of_input_is_bad_input(capsys: pytest.CaptureFixture[str]) -> None:
    """A format that is not known is told by its name."""
    assert typed("validate", str(cs.seeds.path(SEED)), "--input-format", "png") == BAD_INPUT
    assert "'png'" in capsys.readouterr().err


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    """The version is that of the package."""
    assert typed("--version") == DONE
    assert capsys.readouterr().out == f"casualties {version('casualties')}\n"


@pytest.mark.parametrize("command", commands(), ids=lambda command: command.name)
def test_help_shows_its_examples(command: _command.Command, capsys: pytest.CaptureFixture[str]) -> None:
    """Each command says what it does and shows examples."""
    assert typed(str(command.name), "--help") == DONE
    shown = capsys.readouterr().out
    assert command.examples
    assert all(f"  {example}\n" in shown for example in command.examples)
    assert typed("--help") == DONE
    assert f"  {command.examples[0]}\n" in capsys.readouterr().out


@pytest.mark.parametrize("example", [example for command in commands() for example in command.examples])
def test_examples_of_the_help_run(example: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every example in the help can be typed as it stands, beside the seeds."""
    program, *arguments = shlex.split(example)
    assert program == "casualties"
    assert typed(*arguments) in (DONE, _command.FOUND)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1"])
def test_every_encoding_can_print(encoding: str) -> None:
    """A terminal that knows no dash shows its escape."""
    ran = run("figure", "12-15", PYTHONIOENCODING=encoding)
    assert (ran.returncode, ran.stderr) == (DONE, b"")
    assert ran.stdout.split() == [{"cp1252": b"12\x9615"}.get(encoding, rb"12\u201315")]


def test_closed_pipe_is_quiet() -> None:
    """Whoever stops reading gets no traceback."""
    process = subprocess.Popen(
        [sys.executable, "-m", "casualties", "reconcile", SEED, "--format", "json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait() == DONE
    process.stderr.close()


def test_closed_pipe_in_this_process(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What cannot be written any more goes nowhere."""
    with (tmp_path / "out").open("wb") as out:
        monkeypatch.setattr(sys, "stdout", _Closed(out))
        assert main(["seeds"]) == DONE


class _Closed(io.TextIOWrapper):
    """A stream whose reader has gone."""

    def write(self, text: str) -> int:
        raise BrokenPipeError


def test_stopped_from_the_keyboard(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Ctrl-C ends quietly with its own status."""

    def stop() -> tuple[str, ...]:
        raise KeyboardInterrupt

    monkeypatch.setattr(cs.seeds, "names", stop)
    assert typed("seeds") == INTERRUPTED
    assert capsys.readouterr() == ("", "")


def test_progress_is_for_terminals(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """What is being read is told on the standard error of a terminal, and wiped."""
    assert typed("validate", SEED) == DONE
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    assert typed("validate", SEED) == DONE
    assert capsys.readouterr().err == f"\r\x1b[Kreading 1 of 1: {SEED}\r\x1b[K"


def test_main_module_is_the_command_line() -> None:
    """`python -m casualties` answers as the script does."""
    ran = run("--version")
    assert re.fullmatch(rb"casualties [\w.]+\s*", ran.stdout)
    assert json.loads(run("reconcile", SEED, "--format", "json").stdout)["version"] == 1


@pytest.mark.parametrize("form", ["yaml", "json"])
def test_schema_is_printed(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What is printed is the schema that the library gives."""
    assert main(["schema", "--form", form]) == 0
    assert json.loads(capsys.readouterr().out) == schema(form)


def test_name_of_neither_file_nor_seed(capsys: pytest.CaptureFixture[str]) -> None:
    """A bare name that is no file is told as a seed that is not there, with those that are."""
    assert typed("validate", "nagorno-karabakh-2020-9-30") == BAD_INPUT
    error = capsys.readouterr().err
    assert error.startswith("seed 'nagorno-karabakh-2020-9-30': no seed has this name\n")
    assert SEED in error


def test_foreign_table_leads_to_mappings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A table with columns of its own is refused with the way to read it."""
    table = tmp_path / "tolls.csv"
    table.write_text("office,dead\nhospital,14\n", encoding="utf-8")
    assert typed("reconcile", str(table)) == BAD_INPUT
    assert "is read by a mapping, with read_table or convert --mapping" in capsys.readouterr().err


def test_package_runs_as_a_module(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """`python -m casualties` is the command line."""
    monkeypatch.setattr(sys, "argv", ["casualties", "figure", "more than 80"])
    monkeypatch.delitem(sys.modules, "casualties.__main__", raising=False)  # where another test imported it
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("casualties", run_name="__main__", alter_sys=True)
    assert ended.value.code == DONE
    assert "81 or more" in capsys.readouterr().out


def test_one_claim_is_told_as_one(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One claim by one source is no plural."""
    (folder / "one.yaml").write_text("casualties: 1\nsources: {x: {}}\nclaims: [{source: x, killed: 3}]", "utf-8")
    assert typed("validate", "one.yaml") == DONE
    assert capsys.readouterr().out == "1 claim by 1 source: no problem found\n"


def test_module_does_nothing_when_it_is_imported(capsys: pytest.CaptureFixture[str]) -> None:
    """Only running it is the command line."""
    sys.modules.pop("casualties.__main__", None)
    assert importlib.import_module("casualties.__main__").main is main
    sys.modules.pop("casualties.__main__")  # to be run by others as nobody imported it
    assert capsys.readouterr().out == ""
