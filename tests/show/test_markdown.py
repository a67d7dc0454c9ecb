"""The table as Markdown: the content of the text, and nothing foreign that acts."""

from __future__ import annotations

import io
import json

import pytest

import casualties as cs
from casualties.show.markdown import to_markdown

SEED = "nagorno-karabakh-2020-09-30"

MARKDOWN = r"""# Nagorno-Karabakh, the first four days

Killed, 27 to 30 September 2020. 8 claims by 6 sources, read in 1 report.

| | Who was killed / who says so | In what words | Count | Standing |
|--:|---|---|---|---|
| | **Combatants, Armenian side (a)** | | **81 or more** | **single source** |
| 1 | Artsakh Ministry of Defence | more than 80 | 81 or more | own side (a), confirmed |
| | **Pilot, Armenian side** | | **1** | **single source** |
| 2 | Armenia | one | 1 | own side, alleged |
| | *inside combatants, Armenian side; by the Turkish military, says 2; denied by 3 and 4; the count is not denied* | | | |
| 3 | Azerbaijan | denies 2: | | the responsibility |
| 4 | Turkey | denies 2: | | the responsibility |
| | **Civilians, Azerbaijani side** | | **11 or more** | **single source** |
| 5 | Azerbaijan | at least 11 | 11 or more | own side, reported |
| | **Combatants, Azerbaijani side** | | **no figure** | **not reported** |
| 6 | Azerbaijan | silent | | own side |
| | **Syrian mercenaries (b)** | | **2–25** | **compatible, 2 independent** |
| 7 | reports, unattributed | as many as 25 | up to 25 | side unknown, reported |
| 8 | Hussein Akoush | at least two | 2 or more | third party, reported |

No counts contradict one another, on one subject or between a part and its whole. No claim is set aside.

- (a) Our reading: the words of 1 do not print the side.
- (b) Alleged to be of the Azerbaijani side. Both allow 2–25; neither confirms the other; confidence low, for 2 or more; that the two are independent is assumed.

Read in: 1–8 The New Arab, 30 Sep 2020 \[new-arab\]. Relays: none stated."""  # noqa: E501 - a row of Markdown is one line


def test_seed_has_these_bytes() -> None:
    """The seed article's table says in Markdown what it says in text."""
    assert cs.reconcile(cs.seeds.load(SEED)).to_markdown() == MARKDOWN


def test_limit_says_what_is_left() -> None:
    """The number of findings that are not shown stands below the table."""
    result = cs.reconcile(cs.seeds.load(SEED))
    assert "\n… and 3 more findings, not shown.\n" in result.to_markdown(limit=2)
    assert result.to_markdown(limit=0).splitlines()[-1] == "… and 5 more findings, not shown."
    with pytest.raises(cs.errors.CasualtiesError, match="limit -1: below zero"):
        to_markdown(result.findings, result.view, limit=-1)


def test_an_empty_ledger_has_no_table() -> None:
    """Nothing said gives the line that says so."""
    assert cs.reconcile(cs.Ledger()).to_markdown() == "0 claims by 0 sources, read in 0 reports."


def shown(name: str, *claims: str) -> str:
    """Show claims by a source of some name as Markdown."""
    head = ["casualties: 1", f"sources: {{a: {{name: {json.dumps(name)}}}}}", "claims:"]
    text = "\n".join([*head, *(f"  - {{{each}}}" for each in claims)])
    return cs.reconcile(cs.read(io.StringIO(text), format="yaml")).to_markdown()


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("a|b", r"a\|b"),
        ("<img src=x onerror=alert(1)>", r"\<img src=x onerror=alert(1)\>"),
        ("[x](javascript:alert(1))", r"\[x\](javascript\:alert(1))"),
        ("https://example.org/", r"https\://example.org/"),
        ("WWW.example.org", r"WWW\.example.org"),
        ("**a** __b__ ~~c~~ `d` $e$", r"\*\*a\*\* \_\_b\_\_ \~\~c\~\~ \`d\` \$e\$"),
        ("&lt; #12 @all :smile:", r"\&lt; \#12 \@all \:smile:"),
        ("back\\slash\\|", r"back\\slash\\\|"),
        ("two\nlines", "two lines"),
    ],
)
def test_foreign_text_is_escaped(name: str, written: str) -> None:
    """What Markdown would take for its own stands there as it was written, within its cell."""
    table = shown(name, "source: a, killed: 4")
    row = next(line for line in table.splitlines() if line.startswith("| 1 |"))
    assert row == f"| 1 | {written} | 4 | 4 | third party, undated |"


def test_several_groups_have_headings() -> None:
    """Several harms are tables of their own, and reports and relays are listed."""
    table = shown("a", "source: a, killed: 4", "source: a, wounded: 5")
    assert [line for line in table.splitlines() if line.startswith("#")] == ["## Killed", "## Wounded"]
