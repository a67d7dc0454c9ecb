"""Mappings with one thing wrong in them, drawn by seed: `python -m tests.files.mapped.mutants 500` tries that many.

Each must end in an error that names the file, the line, what was found and, for a misspelt word, the nearest right one.
"""

from __future__ import annotations

import random
import re
import sys
import tempfile
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import casualties as cs
from casualties.errors import MappingError

__all__ = ["BASES", "Mutant", "complaint", "mutant"]

_PRESETS = files("casualties").joinpath("files", "mapped", "presets")
OWN = """\
mapping: 1
name: log
source: "{Source}"
header: [3, 4]
dates: [D.M.YYYY, words]
thousands: "."
sentinels: {"-9": unknown}
shared:
  place: "{Place}"
  since: "{Date}"
  note: "{Remarks}"
claims:
  - {harm: killed, low: Killed / Min, high: Killed / Max}
  - harm: wounded
    count: Injured
    bound: at least
    empty: nothing
    cited: {publisher: "{Paper}", locator: "row {#row}"}
checks:
  - {rule: not-after, first: Date, last: Printed}
terms:
  - {kind: place, key: "{Place}", under: "{Province}"}
"""
BASES = {"log": OWN} | {
    each.name.removesuffix(".yaml"): each.read_text(encoding="utf-8")
    for each in sorted(_PRESETS.iterdir(), key=lambda each: each.name)
    if each.name.endswith(".yaml")
}
"""Mappings to be spoilt: one of a recorder, and those that ship."""

COLUMNS = {
    name: {each for each in cs.tables.TableMapping.parse(text, name).columns if "." not in each and len(each) > 2}
    for name, text in BASES.items()
}
"""The columns that the table of each must have, but for those of lists within it."""

UNREAD = re.compile(r" *(?:optional|places|actors|latitude|longitude|from):")
"""Lines whose columns need not be there, or are read by the matching of events alone."""

COLUMN = re.compile(r"(?:\{|\b(?:count|low|best|high): )([A-Za-z][\w /]*?)(?=\}|,|$)")
"""Where a mapping names a column."""

KEYS = (
    *(
        "mapping",
        "name",
        "source",
        "dates",
        "header",
        "thousands",
        "sentinels",
        "shared",
        "claims",
        "terms",
        "checks",
    ),
    *("harm", "count", "low", "high", "best", "place", "since", "until", "bound", "empty", "cited", "publisher"),
    *("locator", "kind", "rule", "event", "modality", "status", "otherwise", "values", "optional", "title", "checks"),
)
"""Keys that stand nowhere in these mappings as words of somebody's own."""

WORDS = {
    "silent": "siletn",
    "nothing": "nothign",
    "unknown": "unkown",
    "killed": "kiled",
    "wounded": "wuonded",
    "at least": "at laest",
    "not-after": "not-aftr",
    "as-worded": "as-wordd",
    "rising": "risign",
    "keep": "kepe",
}
"""Words that a mapping knows, misspelt."""


@dataclass(frozen=True)
class Mutant:
    """A mapping with one thing wrong: the line, what stands there, and the word that should."""

    base: str
    text: str
    line: int
    found: str
    right: str | None


def _misspelt(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word))
    way = chance.randrange(3)
    if way == 0:
        return word[:at] + word[at + 1 :] if len(word) > 4 else word + word[-1]
    if way == 1:
        return word[:at] + word[at - 1] + word[at:]
    return word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :] if word[at] != word[at - 1] else word + "s"


def mutant(seed: int) -> Mutant:
    """Draw a mapping with one thing wrong."""
    chance = random.Random(seed)
    while True:
        base = chance.choice(list(BASES))
        lines = BASES[base].splitlines()
        at = chance.randrange(len(lines))
        line = lines[at]
        if line.lstrip().startswith("#") or re.search(r"\b(when|unless|only): ?{", line):
            continue  # columns and what they hold are somebody's own words
        way = chance.choice(("key", "key", "word", "type", "column"))
        if way == "key":
            keys = [match for match in re.finditer(r"(?<![\w{-])([a-z_]+)(?=:)", line) if match[1] in KEYS]
            if not keys:
                continue
            match = chance.choice(keys)
            wrong, right = _misspelt(match[1], chance), match[1]
            if wrong in KEYS:
                continue
            spoilt = line[: match.start()] + wrong + line[match.end() :]
        elif way == "word":
            known = [word for word in WORDS if re.search(rf"(?<!count): {word}(?=[,}}\]]|$)", line)]
            if not known:
                continue
            right = chance.choice(known)
            wrong = WORDS[right]
            spoilt = re.sub(rf"(?<!count): {right}(?=[,}}\]]|$)", f": {wrong}", line, count=1)
        elif way == "column":
            named = [match for match in COLUMN.finditer(line) if match[1] in COLUMNS[base]]
            nested = "statements:" in BASES[base] or any("." in each for each in _others(base))
            if not named or nested or UNREAD.match(line):
                continue
            match = chance.choice(named)
            wrong, right = _misspelt(match[1], chance), match[1]
            if wrong in COLUMNS[base]:
                continue
            spoilt = line[: match.start(1)] + wrong + line[match.end(1) :]
        else:
            whole = re.fullmatch(r"(dates|header|optional|separators|promises|terms|claims): (\[.*\])", line)
            if whole is None:
                continue
            wrong, right, spoilt = "purple", None, f"{whole[1]}: purple"
        text = "\n".join([*lines[:at], spoilt, *lines[at + 1 :]]) + "\n"
        return Mutant(base, text, at + 1, wrong, right)


def _others(base: str) -> list[str]:
    return [each for each in cs.tables.TableMapping.parse(BASES[base], base).columns if each not in COLUMNS[base]]


def complaint(spoilt: Mutant, folder: Path) -> str | None:
    """Say what is missing in the error that a mutant ends in; nothing where all is there."""
    path = folder / f"{spoilt.base}-mapping.yaml"
    path.write_text(spoilt.text, encoding="utf-8")
    try:
        cs.read_table([dict.fromkeys((*COLUMNS[spoilt.base], *_others(spoilt.base)), "")], path)
    except MappingError as error:
        said = str(error)
    else:
        return "there is no error"
    if path.name not in said:
        return f"the file is not named: {said}"
    if f"line {spoilt.line}," not in said:
        return f"line {spoilt.line} is not named: {said}"
    if repr(spoilt.found) not in said:
        return f"{spoilt.found!r} is not told: {said}"
    if spoilt.right is not None and repr(spoilt.right) not in said and f" {spoilt.right}" not in said:
        return f"{spoilt.right!r} is not offered: {said}"
    return None


def main(number: int) -> int:
    """Try mutants, and tell of those whose error lacks something."""
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(number):
            spoilt = mutant(seed)
            if (said := complaint(spoilt, Path(folder))) is not None:
                wrong += 1
                sys.stdout.write(f"{seed}: {spoilt.base}, line {spoilt.line}, {spoilt.found!r}: {said}\n")
    sys.stdout.write(f"{number} mutants, {wrong} with an error that lacks something\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 500))
