"""The page on reliability, made from the tests: `python -m tests.docs.reliability` writes it anew."""

from __future__ import annotations

import ast
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.hostile.test_clumsy import FINE, MISTAKES, NAMES, READS, WRITES
from tests.hostile.test_trials import BLOCKS, TRIALS

import casualties as cs

__all__ = ["PAGE", "page"]

ROOT: Final = Path(__file__).parents[2]
PAGE: Final = ROOT / "docs/project/reliability.md"
SURVIVORS: Final = ROOT / "tests/mutants/survivors.toml"


@dataclass(frozen=True)
class Check:
    """What is promised, the tests that hold it, and what they found.

    Attributes:
        text: The promise.
        how: How it is tested.
        tests: The files of the tests, or single tests after two colons.
        found: What was found and mended.
        cases: How many cases the tests make themselves, where that is not one each.
    """

    text: str
    how: str
    tests: tuple[str, ...]
    found: str
    cases: int | None = None


PROMISES: Final = (
    Check(
        "A spoilt file or call ends within two seconds, in an error of ours or with nothing lost without a word",
        "mutants of files of every reader, of mappings, of a folder of Parquet and of every command, by number; "
        "marks in every text of the file must come out again",
        ("tests/hostile/test_trials.py",),
        "records of PROV of no known type, rows above the hashtags of HXL, counts under another hashtag, sheets that "
        "nothing reads, misspelt names in records, rows above a header, changed files of a folder: passed over until now",
        BLOCKS * TRIALS,
    ),
    Check(
        "What is no path, no open file and no name is an error with a next step",
        "fourteen mistakes in every place that takes a path, a file or a name",
        ("tests/hostile/test_clumsy.py",),
        "120 errors of Python's own",
        (len(READS) + len(WRITES) + len(NAMES)) * MISTAKES - len(FINE),
    ),
    Check(
        "Whatever is written is whole, or the old file is as it was",
        "real processes under a limit on the size of files, killed, behind links and pipes, `/dev/full`, `/dev/stdout`",
        ("tests/files/test_writing.py",),
        "what stood behind `/dev/stdout` was cut off; a quarantine could fail after its ledger was written",
    ),
    Check(
        "A folder of Parquet is the ledger as it was or as it shall be",
        "real processes: writers at once, a reader meanwhile, no rights, no room, lost or changed files, kills at every call",
        ("tests/columns/test_store.py", "tests/columns/test_crashes.py"),
        "two writers could give one source two sides at once, and nobody could read the ledger afterwards",
    ),
    Check(
        "Workbooks and Parquet files are read within their bounds",
        "a formatted last row, a row of millions of cells, nulls and dictionaries that unfold, text that is none",
        ("tests/files/test_workbooks.py", "tests/files/test_bounds_of_files.py"),
        "each of them took minutes or all memory",
    ),
    Check(
        "The pattern of a mapping stops reading rather than going on for ever",
        "expressions that take exponential time, and bombs",
        (
            "tests/files/mapped/test_read.py::test_expression_that_takes_forever_ends_soon",
            "tests/files/mapped/test_read.py::test_expression_that_is_none_or_a_bomb_is_refused",
        ),
        "`(a|aa)+$` never ended",
    ),
    Check(
        "PROV and HXL say so where they hold no ledger, or another than they say",
        "each way in which a record, a type or a count may go wrong",
        ("tests/files/test_prov.py", "tests/files/test_hxl.py"),
        "an empty file was a ledger of no claims",
    ),
    Check(
        "A table in every engine, and a folder of Parquet, answer as the ledger does",
        "200 random ledgers an engine, in which every rule of the oracle is met, on two days, and drawn ledgers",
        ("tests/columns/test_equal_to_objects.py",),
        "the missing since a day and the missing were two topics in a table and one in a ledger",
        200 * 7,
    ),
    Check(
        "Every seed comes back from every format that carries it",
        f"{len(cs.seeds.names())} seeds, and drawn ledgers",
        ("tests/laws/test_round_trips.py", "tests/files/test_facets.py", "tests/files/test_writers.py"),
        "nothing since the facets came",
    ),
    Check(
        "Names come back as they are written, and no text of others acts",
        "names in every form, case and width, formulas, markup and controls of writing, in seven formats; statements for Wikidata",
        ("tests/hostile/test_names.py",),
        "nothing",
        14 + 7 + 2,
    ),
    Check(
        "Many claims and deep trees are answered, and nothing of them is lost",
        "50,000 claims through a table, 3,000 numbers of one source and day, a tree of 1,500 places",
        ("tests/hostile/test_sizes.py",),
        "3,000 numbers of one source and day took six seconds, now half of one",
    ),
    Check(
        "A format of another package that misbehaves is named, and stops nothing else",
        "formats that raise, are none, give something else, or take a name or an ending of ours",
        ("tests/files/test_entry_points.py",),
        "one that raised when it was loaded stopped every file from being read; an ending of ours could be taken",
    ),
    Check(
        "The kernel answers as the plain program of one topic at a time does",
        "random ledgers in both makes, those on which rare rules decide among them, and every ledger that ships",
        ("tests/reconciling/test_kernel.py", "tests/reconciling/test_codes.py"),
        "ledgers on which rare rules decide were not drawn: mutants of these rules were noticed by nothing",
        230 + 8,
    ),
    Check(
        "Links say what they do",
        "replacing across subjects, a lone denial, figures that nobody signs",
        ("tests/reconciling/test_links.py",),
        "a finding did not say where its claim had gone",
    ),
)


def _count(name: str) -> int:
    """Count the tests of a file, each set of parameters that is written out there by itself."""
    path, _, only = name.partition("::")
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    tests = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]
    return sum(_sets(test) for test in tests if only in ("", test.name))


def _sets(test: ast.FunctionDef) -> int:
    number = 1
    for each in test.decorator_list:
        if isinstance(each, ast.Call) and ast.unparse(each.func) == "pytest.mark.parametrize" and len(each.args) > 1:
            values = each.args[1]
            written = isinstance(values, ast.List | ast.Tuple) and not any(
                isinstance(value, ast.Starred) for value in values.elts
            )
            number *= len(values.elts) if written and isinstance(values, ast.List | ast.Tuple) else 1
    return number


def _mutants() -> str:
    """Tell what the last run of the mutants of the rules found."""
    seen = tomllib.loads(SURVIVORS.read_text(encoding="utf-8"))
    rows = "\n".join(f"| `{each['place']}` | {each['change']} | {each['reason']} |" for each in seen["survivors"])
    tried, noticed = seen["tried"], seen["tried"] - len(seen["survivors"])
    alike = sum(each["reason"].startswith("changes nothing") for each in seen["survivors"])
    return f"""\
## Mutants of the rules

`python -m tests.mutants` changes the rules themselves, one comparison or number at a time, and lists the changes that no test notices.
Of a sample of {seen["size"]} mutants {tried} were judged so far, of which {noticed} were noticed: {noticed / tried:.1%}.
Of the {tried - noticed} that were not, {alike} change no answer; without these {noticed / (tried - alike):.1%} were noticed.

| place | change | why no test notices it |
|---|---|---|
{rows}"""


def page() -> str:
    """Give the text of the page."""
    rows = []
    for promise in PROMISES:
        cases = promise.cases or sum(map(_count, promise.tests))
        tests = ", ".join(f"`{name}`" for name in promise.tests)
        rows.append(f"| {promise.text} | {promise.how} | {tests} | {cases:,} | {promise.found} |")
    table = "\n".join(rows)
    return f"""\
---
description: Every promise of the library, and the test that holds it.
---

# What is promised, and how it is tested

This table is made by the tests, which fail where it is not as they are.
A case is one trial, or one test with one set of values; tests that draw examples count once.

| promise | how it is tested | tests | cases | what was found and mended |
|---|---|---|---|---|
{table}

More trials of the first row are made by `python -m tests.hostile --count 10000`; each is told by its number, and the same number spoils the same thing in the same way everywhere.

{_mutants()}

## What is not promised

A process that is killed between the moves of two files that belong together, such as a table and the file with its rest, leaves the first new and the second old.
Each of the two is whole.
The moment between the moves is that of one call of the system; `ParquetLedger` has no such moment, since one file alone makes an append count.
On file systems that do not lock, such as some of networks, two writers of one folder may both declare what contradicts the other.
"""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
