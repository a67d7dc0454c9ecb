"""The table as text: its bytes for the seed article, and what it shows of everything that a ledger may hold."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from typing import Any

import pytest

import casualties as cs
from casualties.model.claim import Claim
from casualties.results import Reconciliation
from casualties.show import to_text
from casualties.show._table import _letters
from casualties.show.text import NARROWEST

SEED = "nagorno-karabakh-2020-09-30"

TABLE = """\
Nagorno-Karabakh, the first four days
Killed, 27 to 30 September 2020. 8 claims by 6 sources, read in 1 report.

Who was killed / who says so    In what words Count      Standing
--------------------------------------------------------------------------------
Combatants, Armenian side (a)                 81 or more single source
  1 Artsakh Ministry of Defence more than 80  81 or more own side (a), confirmed
Pilot, Armenian side                          1          single source
  2 Armenia                     one           1          own side, alleged
    inside combatants, Armenian side; by the Turkish military, says 2;
    denied by 3 and 4; the count is not denied
  3 Azerbaijan                  denies 2:                the responsibility
  4 Turkey                      denies 2:                the responsibility
Civilians, Azerbaijani side                   11 or more single source
  5 Azerbaijan                  at least 11   11 or more own side, reported
Combatants, Azerbaijani side                  no figure  not reported
  6 Azerbaijan                  silent                   own side
Syrian mercenaries (b)                        2–25       compatible, 2
                                                         independent
  7 reports, unattributed       as many as 25 up to 25   side unknown, reported
  8 Hussein Akoush              at least two  2 or more  third party, reported
--------------------------------------------------------------------------------
No counts contradict one another, on one subject or between a part and its
  whole. No claim is set aside.
(a) Our reading: the words of 1 do not print the side.
(b) Alleged to be of the Azerbaijani side. Both allow 2–25; neither confirms the
    other; confidence low, for 2 or more; that the two are independent is
    assumed.
Read in: 1–8 The New Arab, 30 Sep 2020 [new-arab]. Relays: none stated.
"""
"""The answer to the seed article, byte for byte."""

HEAD = """
casualties: 1
sides: {north: {name: Northern side, against: [south]}, south: {name: Southern side}}
roles: {scout: {status: combatant}}
harms: {frostbitten: {name: suffering from frostbite}}
groups:
  soldiers: {side: north, status: combatant}
sources:
  state: {name: Northern state, kind: belligerent, side: north}
  mod: {name: Northern ministry, kind: belligerent, under: state}
  army: {name: Northern army, kind: belligerent, under: state}
  rebels: {name: Southern council, kind: belligerent, side: south}
  watch: {name: The Watch, kind: monitor}
  paper: {name: The Paper, kind: media}
reports:
  daily: {publisher: Daily, published: 2021-03-05}
  evening: {publisher: Evening, title: What they say, published: 2021-03-06}
  undated: {publisher: Undated}
  ministry: {publisher: Northern ministry}
defaults: {since: 2021-03-01, until: 2021-03-04, stated: 2021-03-04, cited: daily, victims: soldiers}
claims:
"""


def reconciled(*claims: str, **asked: Any) -> Reconciliation:
    """Reconcile claims written as in a file, of the soldiers of the northern side where they say nothing else."""
    text = HEAD + "".join(f"  - {{{claim}}}\n" for claim in claims)
    return cs.reconcile(cs.read(io.StringIO(text), format="yaml"), **asked)


def flat(result: Reconciliation) -> list[str]:
    """Give the lines of a wide table, with single spaces."""
    return [" ".join(line.split()) for line in result.to_text(width=200).splitlines()]


def test_seed_has_these_bytes() -> None:
    """The table of the seed article is the one above."""
    assert f"{cs.reconcile(cs.seeds.load(SEED))}\n".encode() == TABLE.encode()


@pytest.mark.parametrize("seed", ["0", "1"])
def test_seed_has_these_bytes_in_every_process(seed: str) -> None:
    """Neither the seed of hashes nor the locale changes a byte."""
    code = f"import casualties as cs; print(cs.reconcile(cs.seeds.load({SEED!r})))"
    changes = {"PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8", "LC_ALL": "C"}
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=os.environ | changes)
    assert run.stdout.replace(b"\r\n", b"\n") == TABLE.encode()


@pytest.mark.parametrize("width", [60, 61, 79, 80, 100, 120, 400])
def test_every_width_says_the_same(width: int) -> None:
    """No line is wider than asked, and a narrower table has the same words."""
    shown = cs.reconcile(cs.seeds.load(SEED)).to_text(width=width)
    assert max(map(len, shown.splitlines())) <= width
    assert "-" * width in shown.splitlines()
    assert sorted(shown.replace("-" * width, "").split()) == sorted(TABLE.replace("-" * 80, "").split())


@pytest.mark.parametrize("width", [NARROWEST - 1, 0, -5])
def test_too_narrow_is_refused(width: int) -> None:
    """A width in which no table can be set is an error of ours."""
    with pytest.raises(cs.errors.CasualtiesError, match=f"width {width}: narrower") as caught:
        cs.reconcile(cs.seeds.load(SEED)).to_text(width=width)
    assert caught.value.reason == "too-narrow"


def test_limit_says_what_is_left() -> None:
    """The first findings are shown with the numbers that their claims always have, and the number left is told."""
    result = cs.reconcile(cs.seeds.load(SEED))
    shown = result.to_text(limit=2)
    assert "  4 Turkey" in shown
    assert "Civilians" not in shown
    assert "… and 3 more findings, not shown." in shown.splitlines()
    assert "… and 1 more finding, not shown." in result.to_text(limit=4).splitlines()
    assert result.to_text(limit=5) == str(result)
    with pytest.raises(cs.errors.CasualtiesError, match="limit -1: below zero"):
        result.to_text(limit=-1)


def test_an_empty_ledger_has_no_table() -> None:
    """Nothing said gives a line that says so."""
    assert str(cs.reconcile(cs.Ledger())) == "0 claims by 0 sources, read in 0 reports."


def test_color_adds_codes_and_nothing_else() -> None:
    """Headings, contradictions and what is set aside are marked; without the codes it is the plain table."""
    result = reconciled(
        "source: mod, killed: 4", "source: mod, killed: 3, until: 2021-03-02", "source: rebels, killed: over 20"
    )
    colored = result.to_text(color=True)
    assert "\x1b" not in result.to_text()
    headings = [line for line in colored.splitlines() if line.startswith("\x1b[1;31mCombatants")]
    dim = [line for line in colored.splitlines() if line.startswith("\x1b[2m  2 Northern ministry")]
    assert (len(headings), len(dim)) == (1, 1)
    for code in ("\x1b[1;31m", "\x1b[1m", "\x1b[2m", "\x1b[0m"):
        colored = colored.replace(code, "")
    assert colored == result.to_text()


def test_finding_prints_its_part() -> None:
    """A finding shows its own rows, with the harm and the days above them and its report below."""
    shown = str(cs.reconcile(cs.seeds.load(SEED)).one(status="civilian")).splitlines()
    assert shown[0] == "Killed, 27 to 30 September 2020."
    assert shown[4].split() == ["Civilians,", "Azerbaijani", "side", "11", "or", "more", "single", "source"]
    assert shown[-1] == "Read in: 1 The New Arab, 30 Sep 2020 [new-arab]. Relays: none stated."


def test_claim_elsewhere_is_named_by_identity() -> None:
    """A denial of a claim in another finding shows that claim's identity where the finding is printed alone."""
    ledger = cs.seeds.load(SEED)
    jet = next(claim for claim in ledger if claim.modality == "alleged")
    denial = Claim(source="turkey", subject=jet.subject.replacing(role=None), stance="denies", target=jet.id)
    result = cs.reconcile(ledger.keeping([jet, denial]))
    alone = next(finding for finding in result if finding.subject.role is None)
    assert f"denies {jet.id}:" in " ".join(to_text([alone], result.view, width=200).split())
    assert "Read in: 1 not stated." in str(alone)


@pytest.mark.parametrize(
    ("claims", "told"),
    [
        (
            ["source: mod, killed: 4", "source: rebels, killed: over 20"],
            [
                "Combatants, Northern side (a) none shared disputed, 2 independent",
                "undisputed: 4 or more (confidence moderate, for 4 or more)",
                "1 Northern ministry 4 4 own side",
                "2 Southern council over 20 21 or more opponent",
                "Counts contradict one another: see (a). No claim is set aside.",
                "(a) 1 and 2 share no count, and the gap is 17; that the two are independent is assumed.",
            ],
        ),
        (
            ["source: mod, killed: 4", "source: rebels, killed: 20 to 30", "source: watch, killed: 25 to 40"],
            [
                "3 The Watch 25 to 40 25–40 third party",
                "Counts contradict one another: see (a). No claim is set aside.",
            ],
        ),
        (
            ["source: mod, killed: 20 to 30", "source: rebels, killed: 22"],
            [
                "Combatants, Northern side (a) 22 corroborated: 20–30, 2 independent",
                (
                    "(a) Both allow 22; 20–30 is borne out by 1 and 2; confidence low, for 22 or more; "
                    "that the two are independent is assumed."
                ),
            ],
        ),
        (
            ["source: mod, killed: 20 to 30", "source: rebels, killed: 25 to 40", "source: watch, killed: 10 to 28"],
            [
                "Combatants, Northern side (a) 25–28 corroborated: 20–30, 3 independent",
                (
                    "(a) All 3 allow 25–28; 20 or more is borne out by 2 and 3 and 30 or fewer is borne out by "
                    "1 and 2; confidence low, for 25 or more; that they are independent is assumed."
                ),
            ],
        ),
        (
            ["source: mod, killed: about 100", "source: rebels, killed: 200"],
            [
                "1 Northern ministry about 100 80–120 (assumed) own side",
                "No counts contradict one another. No claim is set aside.",
                (
                    "(a) Only an assumed end sets 1 and 2 apart, and the gap is 80; neither confirms the other; "
                    "that the two are independent is assumed."
                ),
            ],
        ),
        (
            ["source: mod, killed: 9", "source: mod, killed: 12, until: 2021-03-02, stated: 2021-03-02"],
            [
                "Combatants, Northern side 9 single source, revised down",
                "1 Northern ministry 9 9 own side",
                "2 Northern ministry 12 12 replaced by 1, own side, to 2 Mar",
                "No counts that stand contradict one another. Set aside: 2 replaced.",
            ],
        ),
        (
            [
                "source: mod, killed: at least 9, cited: {report: daily, relays: [Agency]}",
                "source: mod, killed: up to 12, cited: {report: evening, relays: [Wire, Agency]}",
            ],
            [
                "Combatants, Northern side 9–12 single source",
                "1 Northern ministry up to 12 up to 12 version, own side",
                "2 Northern ministry at least 9 9 or more version, own side",
                "versions 1 and 2; together 9–12",
                "Read in:",
                "1 Evening, 6 Mar 2021 [evening]",
                "2 Daily, 5 Mar 2021 [daily]",
                "Relays:",
                "1 through Wire, then Agency",
                "2 through Agency",
            ],
        ),
        (
            ["source: mod, killed: 9, cited: ministry", "source: mod, killed: 12"],
            [
                "1 Northern ministry 9 9 own side",
                "2 Northern ministry 12 12 version, own side",
                "versions 1 and 2; taken at the source itself: 9",
            ],
        ),
        (
            ["id: one, source: watch, killed: 9", "source: paper, killed: 9, based_on: one"],
            [
                "Combatants, Northern side 9 single source",
                "2 The Paper 9 9 copy of 1, third party",
                "No counts that stand contradict one another. Set aside: 2 copy.",
            ],
        ),
        (
            ["source: mod, killed: 9", "source: army, killed: 11"],
            ["Combatants, Northern side 9–11 single source, divided", "2 Northern army 11 11 own side"],
        ),
        (
            ["id: one, source: mod, killed: 9", "source: mod, withdraws: one, stated: 2021-03-05"],
            [
                "Combatants, Northern side no figure not reported",
                "1 Northern ministry withdraws 2",
                "2 Northern ministry 9 9 withdrawn by 1, own side",
            ],
        ),
        (
            [
                "source: watch, killed: 9",
                "id: two, source: watch, killed: 5, misrelays: one",
                "id: one, source: mod, killed: 5",
            ],
            ["Northern side (a)", "false relay of"],
        ),
        (
            ["source: watch, killed: 9, modality: projected", "source: mod, killed: 4"],
            ["2 The Watch 9 9 projected, third party"],
        ),
        (
            ["source: watch, killed: 9, stated: , until: , cited: undated", "source: watch, killed: 4"],
            ["2 The Watch 9 9 undated, third party"],
        ),
        (
            ["source: watch, killed: 9, stated: , until: , cited: undated"],
            [
                "Killed, from 1 March 2021. 1 claim by 1 source, read in 1 report.",
                "1 The Watch 9 9 third party, undated",
            ],
        ),
        (
            ["source: watch, killed: 9, until: "],
            ["1 The Watch 9 9 third party, day assumed"],
        ),
        (
            ["source: watch, silent: killed, silence: withheld"],
            ["Combatants, Northern side no figure not reported", "1 The Watch silent third party, withheld"],
        ),
        (
            ["id: one, source: watch, killed: 9", "source: rebels, denies: one, aspect: occurrence"],
            [
                "1 Southern council denies 2: 0 that it happened",
                "that it happened is denied by 1",
                "Counts contradict one another: see (a). No claim is set aside.",
            ],
        ),
        (
            ["id: one, source: watch, killed: 9", "source: rebels, denies: one, aspect: figure"],
            ["the count is denied by 2", "2 Southern council denies 1: the count"],
        ),
        (
            ["id: one, source: watch, killed: 9", "source: rebels, denies: one, aspect: status"],
            ["what the victims were is denied by 2; the count is not denied"],
        ),
        (
            ["id: one, source: watch, killed: 9", "source: rebels, denies: one"],
            ["denied by 2, what of it is not said", "2 Southern council denies 1: what of it is not said"],
        ),
        (
            ["source: rebels, denies: killed, perpetrator: south, cited: {report: daily, words: not us}"],
            ["denied by 1, what of it is not said", "1 Southern council denies: not us"],
        ),
        (
            ["source: mod, missing: 4", "source: mod, missing: 7, until: 2021-03-02"],
            [
                "Missing, on 4 March 2021. 2 claims by 1 source, read in 1 report.",
                "Who went missing / who says so In what words Count Standing",
                "2 Northern ministry 7 7 replaced by 1, own side, to 2 Mar",
            ],
        ),
        (
            [
                "source: mod, killed: 4",
                "source: mod, wounded: at least two, since: 2021-03-02",
                "source: mod, frostbitten: 1",
            ],
            [
                "3 claims by 1 source, read in 1 report.",
                "Killed, 1 to 4 March 2021",
                "Wounded, 2 to 4 March 2021",
                "Suffering from frostbite, 1 to 4 March 2021",
                "Who was suffering from frostbite / who says so In what words Count Standing",
            ],
        ),
        (
            [
                "source: mod, killed: 4",
                "source: mod, killed: 2, until: 2021-03-02, victims: {side: north, status: civilian}",
            ],
            [
                "Killed, from 1 March 2021. 2 claims by 1 source, read in 1 report.",
                "Civilians, Northern side, to 2 March 2021 2 single source",
                "Combatants, Northern side, to 4 March 2021 4 single source",
            ],
        ),
        (
            ["source: mod, harm: [killed, wounded], figure: 4", "source: mod, killed: 1, event: raid"],
            [
                "Killed, raid, 1 to 4 March 2021",
                "inside killed or wounded: combatants, Northern side",
                "Who was killed or wounded / who says so In what words Count Standing",
            ],
        ),
        (
            [
                "source: mod, killed: 4",
                "source: mod, killed: 9, basis: buried, since: 2021-03-03",
                "source: mod, losses: 12",
            ],
            [
                "Combatants, Northern side 9 or more single source",
                "2 Northern ministry 9 9 own side, buried",
                (
                    "Different in scope (harm), no contradiction: killed: combatants, Northern side, 1 to 4 March "
                    "2021 (4) and losses: combatants, Northern side, 1 to 4 March 2021 (12)."
                ),
            ],
        ),
        (
            [
                "source: mod, killed: 4, our_reading: [status, side]",
                "source: army, killed: 4, until: 2021-03-03, our_reading: [status]",
                "source: watch, killed: 2, victims: {side: north, role: scout, alleged: {place: hill, sex: male}}",
                "source: rebels, killed: 2, victims: {side: north, role: scout}",
                "source: mod, wounded: 7, our_reading: [period]",
                "source: mod, missing: 7, our_reading: [period]",
            ],
            [
                "(c) Our reading: the words of 5 and 6 do not print the period.",
                (
                    "(b) Alleged by 4: place hill. Alleged by 4 to be men and boys. "
                    "Both allow 2; 2 is borne out by 3 and 4; confidence moderate, for 2 or more; "
                    "that the two are independent is assumed."
                ),
                (
                    "(a) Our reading: the words of 2 do not print the side and the status. "
                    "Our reading: the words of 1 do not print the status."
                ),
            ],
        ),
    ],
)
def test_what_is_shown(claims: list[str], told: list[str]) -> None:
    """Each kind of claim and finding is shown as worked out by hand from the rules."""
    shown = flat(reconciled(*claims))
    missing = [line for line in told if not any(line == each or line in each for each in shown)]
    assert missing == [], "\n".join(shown)


def test_what_was_asked_is_told() -> None:
    """The day, the knowledge and the lexicon asked for stand below the title."""
    result = reconciled("source: mod, killed: dozens", as_of="2021-03-04", known_on="2021-03", lexicon="acled")
    assert "As of 4 March 2021, from what was known on March 2021, words read by the lexicon acled." in flat(result)
    assert "1 Northern ministry dozens 12" in " ".join(flat(result))


def test_wide_and_combining_characters_keep_the_columns() -> None:
    """East Asian wide characters take two columns and combining marks none."""
    wide, marked = "国防部", "Minist\u0301ry"
    head = HEAD.replace("Northern ministry", wide).replace("The Watch", marked)
    claims = "".join(f"  - {{source: {each}, killed: four}}\n" for each in ("mod", "watch", "rebels"))
    shown = cs.reconcile(cs.read(io.StringIO(head + claims), format="yaml")).to_text().splitlines()
    rows = [line for line in shown if " four " in line]
    places = [line.index("four") + sum(each in wide for each in line) - line.count("\u0301") for line in rows]
    assert len(places) == 3
    assert len(set(places)) == 1


def test_a_name_without_spaces_is_broken() -> None:
    """A name wider than its column goes on in the next line, and no letter of it is lost."""
    name = "Նախարարություն" * 9
    head = HEAD.replace("Northern ministry", name)
    shown = cs.reconcile(cs.read(io.StringIO(f"{head}  - {{source: mod, killed: 4}}\n"), format="yaml")).to_text()
    assert max(map(len, shown.splitlines())) <= 80
    assert "".join(each for each in shown if each in name) == name


def test_hostile_text_is_inert() -> None:
    """Bidirectional controls and other characters that act are written as their escapes, and lines stay whole."""
    head = HEAD.replace("Northern ministry", '"9\\u202E18\\u2066"').replace("The Watch", '"a\\nb\\U000E0041"')
    claims = "  - {source: mod, killed: 4}\n  - {source: watch, killed: 4}\n"
    shown = cs.reconcile(cs.read(io.StringIO(head + claims), format="yaml")).to_text()
    assert "1 9\\u202e18\\u2066 " in shown
    assert "2 a b\\U000e0041 " in shown
    assert shown.isprintable() is False
    assert all(line.isprintable() for line in shown.splitlines())


@pytest.mark.parametrize(("place", "mark"), [(0, "a"), (25, "z"), (26, "aa"), (27, "ab"), (701, "zz"), (702, "aaa")])
def test_footnotes_are_lettered(place: int, mark: str) -> None:
    """After z comes aa."""
    assert _letters(place) == mark
