"""The page of the ledger file lists every key that the reader knows, and its examples are read."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from casualties.files import read
from casualties.files.yaml import _grammar as grammar
from casualties.files.yaml._read_subjects import DEFAULTS
from casualties.model.ledger import SETTABLE_APART
from casualties.model.subject import Harm

if TYPE_CHECKING:
    from collections.abc import Mapping

PAGE: Final = Path(__file__).parents[2] / "docs" / "reference" / "ledger-file.md"
ROW: Final = re.compile(
    r"^\| `(?P<key>[\w-]+)` \| (?P<meaning>.+) \| (?P<out>.+) \| `(?P<example>.+)` \|$", re.MULTILINE
)
WORDS: Final = """\
casualties: 1
sides: {north: {}, south: {}}
places: {valley: {}, bridge: {under: valley}, mill: {under: valley}}
sources: {ministry: {}, clinic: {}, state: {}}
reports: {gazette: {}}
relays: {agency: {}}
"""
CLAIMS: Final = (
    WORDS + "claims:\n- {id: other, source: clinic, killed: 3}\n- {id: own, source: ministry, wounded: 3, killed: 2}\n"
)
STATED: Final = CLAIMS + "- {source: ministry, killed: 14, %s}"
TABLES: Final[dict[str, tuple[Mapping[str, object], str]]] = {
    "Words": (grammar.TERM, "casualties: 1\n%s"),
    "Groups": (
        grammar.GROUP,
        WORDS + "groups: {soldiers: {%s}}\nclaims: [{source: clinic, killed: 1, victims: soldiers}]",
    ),
    "Sources": (grammar.SOURCE, "casualties: 1\nsides: {north: {}}\nsources: {state: {}, ministry: {%s}}"),
    "Relays": (grammar.RELAY, "casualties: 1\nsides: {north: {}}\nrelays: {agency: {%s}}"),
    "Reports": (grammar.REPORT, "casualties: 1\nreports: {gazette: {%s}}"),
    "Claims": (grammar.ENTRY, CLAIMS + "- {source: ministry, %s}"),
    "Counts without words": (grammar.FIGURE, CLAIMS + "- {source: ministry, killed: {%s}}"),
    "Citations": (grammar.CITED, STATED % "cited: [{%s}]"),
    "Assessments": (grammar.ASSESSMENT, STATED % "assessments: {%s}"),
    "Links": (grammar.LINK, STATED % "based_on: {%s}"),
    "Cells not read": (grammar.UNREAD, "casualties: 1\nunread: [{%s}]"),
    "Totals": (grammar.TOTAL, WORDS + "totals: [{%s}]"),
}
"""The tables of the page: the keys that the reader knows, and a file around an example."""

NEEDS: Final = {
    "whole": "parts: [{harm: killed, place: bridge}, {harm: killed, place: mill}]",
    "parts": "whole: {harm: killed, place: valley}",
    "table": "cell: F7",
    "cell": "table: log.xlsx",
    **dict.fromkeys(("column", "value", "why"), "table: log.xlsx, cell: F7"),
}
RELATED: Final = {
    **dict.fromkeys(("names", "name", "under", "apart"), "places"),
    **dict.fromkeys(("incident", "counted_until"), "events"),
    **dict.fromkeys(("stock", "becomes"), "harms"),
    "status": "roles",
}


def section(title: str) -> str:
    """Give a section of the page, with the parts of it."""
    return PAGE.read_text(encoding="utf-8").split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


def file(title: str, key: str, example: str) -> str:
    """Put an example into a file in which it can be read."""
    around = TABLES[title][1]
    if title == "Words":
        of = RELATED.get(key, "sides")
        return around % f"{of}: {{here: {{{example}}}, valley: {{}}, mill: {{}}, south: {{}}}}"
    if title == "Groups" and key == "presumed":
        around = around.replace("killed: 1", "missing: 1")
    if title == "Claims":
        acts = {"source", "harm", "figure", "silent", "silence", "denies", "aspect", "withdraws", "of"}
        acts |= {"unverified", "presumed", "interval", "level"}
        example = example if key in acts - {"source"} else f"{example}, killed: 14"
        return (around if key != "source" else around.replace("- {source: ministry, %s", "- {%s")) % example
    return around % ", ".join(filter(None, [example, NEEDS.get(key)]))


@pytest.mark.parametrize("title", TABLES)
def test_page_lists_every_key(title: str) -> None:
    """The keys of a table are those that the reader knows, each once, in the order of the reader."""
    assert [match["key"] for match in ROW.finditer(section(title))] == list(TABLES[title][0])


@pytest.mark.parametrize("title", TABLES)
def test_page_lists_every_word(title: str) -> None:
    """Where a key takes certain words only, the page has all of them."""
    known = {key: choices for key, each in TABLES[title][0].items() if (choices := getattr(each, "choices", None))}
    text = PAGE.read_text(encoding="utf-8")
    assert [word for choices in known.values() for word in map(str, choices) if f"`{word}`" not in text] == []


@pytest.mark.parametrize(
    ("title", "key", "example"),
    [(title, match["key"], match["example"]) for title in TABLES for match in ROW.finditer(section(title))],
)
def test_examples_of_the_tables_are_read(title: str, key: str, example: str) -> None:
    """Each example holds its key, and a file with it is read without a problem."""
    assert re.search(rf"\b{key}: ", example)
    read(io.StringIO(file(title, key, example)), format="yaml")


def test_page_lists_every_section() -> None:
    """The sections of the file stand on the page in the order in which they are written, but for the words."""
    rows = re.findall(r"^\| `([\w-]+)` \| ", section("Sections"), re.MULTILINE)
    assert rows == list(grammar.SECTIONS)


def test_page_lists_harms_defaults_and_facets() -> None:
    """Every built-in harm, every key of the defaults and every facet that can be set apart is named."""
    claims = section("Claims")
    harms, defaults = claims.split("\n### Harms\n", 1)[1].split("\n### Defaults\n", 1)
    assert [harm for harm in map(str, Harm) if f"`{harm}`" not in harms] == []
    by_link = {*grammar.GROUP}
    assert [key for key in DEFAULTS if key not in by_link and f"`{key}`" not in defaults] == []
    assert [facet for facet in SETTABLE_APART if f"`{facet}`" not in section("Sections")] == []


def test_a_missing_key_is_found() -> None:
    """A row that is taken out is missed, so that the check above can fail."""
    rows = [match["key"] for match in ROW.finditer(section("Claims").replace("| `silence` |", "| silence |"))]
    assert rows != list(grammar.ENTRY)
