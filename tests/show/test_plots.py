"""Pictures: what stands on them, the text that says the same, the same bytes, and hostile text that stays text."""

from __future__ import annotations

import importlib
import io
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import casualties as cs
from casualties.errors import CasualtiesError, MissingExtraError, UnknownNameError
from casualties.reconciling.position import Interest
from casualties.results import Finding, Reconciliation
from casualties.show.plots import DARK, LIGHT, PICTURES, Plot
from casualties.show.plots import plot as plot_module
from casualties.show.plots._lettering import width_of, wrapped
from casualties.show.plots._sheet import Scale, days, ticks

SVG = "{http://www.w3.org/2000/svg}"

HEAD = """
casualties: 1
sides: {north: {name: Northern side, against: [south]}, south: {name: Southern side}}
sources:
  state: {name: Northern state, kind: belligerent, side: north}
  mod: {name: Northern ministry, kind: belligerent, under: state}
  south: {name: Southern army, kind: belligerent, side: south}
  un: {name: United Nations, kind: intergovernmental}
  press: {name: The Press, kind: media}
  more: {name: Another, kind: ngo}
  nobody: {name: rumours, kind: unattributed}
groups: {soldiers: {side: north, status: combatant}}
reports:
  daily: {publisher: Daily, published: 2020-09-30}
defaults: {since: 2020-09-27, until: 2020-09-30, stated: 2020-09-30, cited: daily}
claims:
"""


def result_of(claims: str, head: str = HEAD, **asked: Any) -> Reconciliation:
    """Reconcile claims in the form that people write."""
    return cs.reconcile(cs.read(io.StringIO(head + claims), format="yaml"), **asked)


def finding_of(claims: str, head: str = HEAD) -> Finding:
    """Reconcile claims about one subject."""
    (finding,) = result_of(claims, head)
    return finding


@pytest.fixture(scope="module")
def drawing() -> None:
    """Skip where nothing draws."""
    pytest.importorskip("vl_convert", reason="needs the extra plot")


SVG = "{http://www.w3.org/2000/svg}"


def drawn(plot: Plot) -> list[ET.Element]:
    """Give every mark of a picture, without its ground and its text; those of small pictures at their places."""
    found = []
    for each in ET.fromstring(plot.drawing):
        if each.tag != f"{SVG}g":
            found.append(each)
            continue
        x, y = map(float, each.attrib["transform"].removeprefix("translate(").removesuffix(")").split(","))
        for mark in each:
            moved(mark, x, y)
            found.append(mark)
    return [each for each in found if "x" in each.attrib or "d" in each.attrib]


def moved(mark: ET.Element, x: float, y: float) -> None:
    """Move a mark of a small picture to its place on the whole."""
    if "transform" in mark.attrib:
        place, rest = mark.attrib["transform"].removeprefix("translate(").split(")", 1)
        old = [float(each) for each in place.split(",")]
        mark.attrib["transform"] = f"translate({old[0] + x},{old[1] + y}){rest}"
    elif mark.tag == f"{SVG}path":
        points = [each.split(",") for each in re.split("[ML]", mark.attrib["d"]) if each]
        mark.attrib["d"] = "M" + "L".join(f"{float(each[0]) + x},{float(each[1]) + y}" for each in points)
    else:
        mark.attrib["x"] = str(float(mark.attrib["x"]) + x)
        mark.attrib["y"] = str(float(mark.attrib["y"]) + y)


def texts(plot: Plot) -> list[str]:
    """Give every line of text that is drawn."""
    return [each.text or "" for each in drawn(plot) if each.tag == f"{SVG}text"]


def marks(plot: Plot, tag: str = "path", **wanted: str) -> int:
    """Count the marks that have such attributes; ``shape`` is the name of a shape."""
    if "shape" in wanted:
        wanted["class"] = wanted.pop("shape")
    return sum(each.tag == f"{SVG}{tag}" and wanted.items() <= each.attrib.items() for each in drawn(plot))


def box_of(mark: ET.Element) -> tuple[float, float, float, float]:
    """Give the box of a mark: left, top, right, bottom; of a text as wide as we estimate it."""
    get = {name: float(value) for name, value in mark.attrib.items() if re.fullmatch(r"-?[\d.]+", value)}
    if mark.tag == f"{SVG}text":
        wide = width_of(mark.text or "", get["font-size"])
        left = get["x"] - {"middle": wide / 2, "end": wide}.get(mark.get("text-anchor", ""), 0)
        return left, get["y"] - get["font-size"] * 0.7, left + wide, get["y"]
    if mark.tag == f"{SVG}rect":
        return get["x"], get["y"], get["x"] + get["width"], get["y"] + get["height"]
    place = mark.get("transform", "translate(0,0)").split(")")[0].removeprefix("translate(").split(",")
    way = mark.get("d", "") if "transform" not in mark.attrib else "M0,0"
    corners = [tuple(map(float, each.split(","))) for each in re.split("[MLZ]+", way) if each]
    across = [x + float(place[0]) for x, _ in corners]
    down = [y + float(place[1]) for _, y in corners]
    return min(across), min(down), max(across), max(down)


ALTS = {
    "who-says-what": """\
Who says what: killed, Syrian mercenaries, 27 to 30 September 2020.
Nagorno-Karabakh, the first four days
Syrian mercenaries: compatible, 2 independent; both allow 2–25 (shaded).
1 reports, unattributed: up to 25; “as many as 25”, side unknown, reported.
2 Hussein Akoush: 2 or more; “at least two”, third party, reported.
Alleged to be of the Azerbaijani side.
That these sources are independent of one another is assumed.
Read in: The New Arab.""",
    "how-the-toll-moved": """\
How the toll moved: killed, Syrian mercenaries, 27 to 30 September 2020.
Nagorno-Karabakh, the first four days
Syrian mercenaries
reports, side unknown: up to 25 to 30 Sep 2020.
Hussein Akoush, third party: 2 or more to 30 Sep 2020.
Read in: The New Arab.""",
    "support": """\
Support: killed, Syrian mercenaries, 27 to 30 September 2020.
Nagorno-Karabakh, the first four days
Syrian mercenaries: of 2 independent sources
up to 1: 1 (reports).
2–25: 2 (reports and Hussein Akoush), the most.
26 or more: 1 (Hussein Akoush).
That sources are independent is assumed where no ledger links them.
Read in: The New Arab.""",
}


@pytest.mark.parametrize("picture", sorted(ALTS))
def test_alternative_text_says_what_the_picture_shows(picture: str, seed: Reconciliation) -> None:
    """The text is made from the data: who, what count, in what words, how they stand, and where it was read."""
    assert seed.one(role="mercenary").plot(picture).alt == ALTS[picture]


def test_silence_and_denials_are_rows_in_words(seed: Reconciliation) -> None:
    """A silence and a denial have no bar, and the text says that silence is not zero."""
    alt = seed.plot().alt
    assert "6 Azerbaijan: gives no figure; silence is not zero; silent, own side." in alt
    assert "3 Azerbaijan: denies 2: the responsibility; opponent." in alt
    assert (
        "1 Artsakh Ministry of Defence: 81 or more; “more than 80”, own side, confirmed, the side is our reading."
        in alt
    )


def test_a_perpetrator_stands_with_those_who_name_it(seed: Reconciliation) -> None:
    """A title never says who did it; a note says who says so, and who denies it."""
    plot = seed.one(role="pilot").plot()
    assert plot.title == "Who says what: killed, pilot, Armenian side, 27 to 30 September 2020"
    assert "By the Turkish military, says 1; denied by 2 and 3; the count is not denied." in plot.alt


def test_an_open_end_is_an_arrow_and_a_closed_one_is_none(seed: Reconciliation) -> None:
    """Where no ceiling is stated the bar ends in an arrow, and the key says what it means."""
    open_, closed = seed.one(status="civilian").plot(), seed.one(role="pilot").plot()
    assert marks(open_, shape="triangle-right") == 2  # the bar's, and the key's
    assert marks(closed, shape="triangle-right") == 0
    assert "open end: no ceiling stated" in texts(open_)
    assert "open end: no ceiling stated" not in texts(closed)


@pytest.mark.parametrize(
    ("earlier", "arrows", "boxes"),
    [("at least 24", 2, 0), ("20 to 24", 0, 1), ("24", 0, 0)],
)
def test_what_was_replaced_is_drawn_as_the_range_that_it_was(earlier: str, arrows: int, boxes: int) -> None:
    """An earlier open end stays open, with an arrow of its own and in the key, and a range stays a range."""
    plot = finding_of(f"""
  - {{source: mod, killed: {earlier}, victims: soldiers, stated: 2021-03-01}}
  - {{source: mod, killed: 30, victims: soldiers, stated: 2021-03-02}}
""").plot()
    assert marks(plot, shape="triangle-right") == arrows
    assert ("open end: no ceiling stated" in texts(plot)) is bool(arrows)
    assert marks(plot, "rect") == boxes


def test_note_says_of_what_the_subject_is_a_part() -> None:
    """The note names the wider count, and is no riddle."""
    result = result_of("""
  - {source: mod, killed: 30, victims: soldiers}
  - {source: un, killed: 50}
""")
    plot = result.one(status="combatant").plot()
    assert "Part of a wider count of this ledger: people." in plot.alt
    assert "Inside" not in plot.alt


def test_an_assumed_end_is_pale() -> None:
    """An end that we assumed is drawn pale with a dashed edge, whichever end it is."""
    claims = "  - {source: un, killed: QUOTED, victims: soldiers}\n"
    for words, pale in (("about 200", 2), ("nearly 200", 1), ("just over 200", 1), ("200 to 250", 0)):
        plot = finding_of(claims.replace("QUOTED", words)).plot()
        assert marks(plot, "rect", opacity="0.3") == pale + bool(pale)  # one more in the key
        assert ("pale end: assumed by us" in texts(plot)) is bool(pale)


DISPUTED = """
  - {source: mod, killed: 100, victims: soldiers}
  - {source: south, killed: 300, victims: soldiers}
  - {source: un, killed: at least 50, victims: soldiers}
"""


def test_a_dispute_is_seen_with_its_gap() -> None:
    """Two that share no count are named with the number of people between them."""
    plot = finding_of(DISPUTED).plot()
    assert "disputed, 3 independent; there is no count that all allow" in plot.alt
    assert "2 and 3 dispute: no count fits both: a gap of 200." in plot.alt
    assert "gap 200" in texts(plot)
    assert "gap between two that share no count" in texts(plot)


def test_only_so_many_disputes_are_drawn_and_the_rest_are_counted() -> None:
    """Of many pairs that share no count those with the widest gaps are drawn."""
    sources = ["mod", "south", "un", "press", "more"]
    claims = "".join(
        f"  - {{source: {name}, killed: {100 * place}, victims: soldiers}}\n" for place, name in enumerate(sources, 1)
    )
    plot = finding_of(claims).plot()
    assert "9 more pairs share no count; the widest gap is drawn." in plot.alt
    gaps = [text for text in texts(plot) if re.fullmatch(r"gap \d+", text)]
    assert gaps == ["gap 400"]


@pytest.mark.parametrize("width", [400, 800])
def test_thirty_six_sources_from_two_to_hundreds_of_thousands_read_well(width: int) -> None:
    """Each source has its row with its whole figure, by powers of ten, and the picture is under 900 pixels high."""
    subject = cs.Subject(harm=("killed",), since="2020-09-27")
    counts = [round(2 * (190_219 / 2) ** (place / 35)) for place in range(36)]
    sources = [cs.Source(key=f"s{place}", names=[f"Commission number {place}"]) for place in range(36)]
    claims = [
        cs.Claim(source=f"s{place}", subject=subject, figure=cs.Figure.exactly(count), stated="2020-10-01")
        for place, count in enumerate(counts)
    ]
    (finding,) = cs.reconcile(cs.Ledger(claims, sources=sources))
    plot = finding.plot(width=width)
    assert float(ET.fromstring(plot.drawing).attrib["height"]) < 900
    assert {f"{count:,}" for count in counts} <= set(texts(plot))
    assert "people killed, in powers of ten" in texts(plot)
    assert len([text for text in texts(plot) if re.match(r"\d+ Commission", text)]) == 36
    lines = sorted(box_of(each) for each in drawn(plot) if each.tag == f"{SVG}text")
    for one, other in pairwise(sorted(lines, key=lambda box: (box[1], box[0]))):
        assert one[3] <= other[1] + 4 or one[2] <= other[0] + 4 or other[2] <= one[0] + 4, (one, other)


EVERYTHING = """
  - {id: first, source: state, killed: 10, victims: soldiers, until: 2020-09-28, stated: 2020-09-28}
  - {source: state, killed: about 40, victims: soldiers, until: 2020-09-29, stated: 2020-09-29}
  - {source: mod, killed: 60, victims: soldiers}
  - {source: mod, killed: 70, victims: soldiers, stated: 2020-09-29}
  - {id: south, source: south, killed: 90, victims: soldiers, stated: 2020-09-29}
  - {source: south, killed: 85, victims: soldiers}
  - {source: un, killed: 61, victims: soldiers}
  - {source: un, killed: 64, victims: soldiers}
  - {source: press, killed: 85, victims: soldiers, based_on: south}
  - {source: press, killed: 900, victims: soldiers, misrelays: south}
  - {source: more, killed: 200 to 300, victims: soldiers, modality: projected}
  - {source: more, denies: south, aspect: figure}
  - {source: nobody, killed: nearly 90, victims: soldiers}
  - {id: taken, source: more, killed: 5, victims: soldiers}
  - {source: more, withdraws: taken}
  - {source: press, silent: killed, victims: soldiers, silence: withheld, until: 2020-09-29}
  - {source: press, silent: killed, victims: soldiers, silence: withheld}
  - {source: un, silent: killed, victims: soldiers, silence: unknown, until: 2020-09-28}
"""


def test_no_claim_is_missing_from_the_picture() -> None:
    """Every claim has a row of its own, or a number in that of its source."""
    finding = finding_of(EVERYTHING)
    plot = finding.plot()
    numbers: set[int] = set()
    for line in plot.alt.splitlines():
        for part in re.findall(r"(?:^|replaces |versions |and )([\d–, ]*\d)", line):
            for run in part.split(", "):
                low, _, high = run.partition("–")
                numbers.update(range(int(low), int(high or low) + 1))
    assert set(range(1, len(finding.claims) + 1)) <= numbers


def test_groups_of_rows_say_why_they_stand_apart() -> None:
    """Earlier figures of an origin, denials and silences, and what is set aside stand in groups of their own."""
    alt = finding_of(EVERYTHING).plot().alt
    assert "Earlier, of the same independent sources:" in alt
    assert "Denials, withdrawals and silences:" in alt
    assert "Set aside:" in alt
    assert "same independent source as" in alt
    assert "withholds the figure; silence is not zero; silent 2 times, the last to 30 Sep 2020, third party." in alt
    assert "says that it is not known; that is not zero" in alt


def test_organs_that_differ_are_one_voice() -> None:
    """Two organs of one party that differ for one day are told to be one voice."""
    plot = finding_of(
        "  - {source: state, killed: 10, victims: soldiers}\n  - {source: mod, killed: 20, victims: soldiers}\n"
    ).plot()
    assert "1 Northern state: 10; “10”, own side; one independent source with 2." in plot.alt
    assert "2 Northern ministry: 20; “20”, own side; one independent source with 1." in plot.alt


def test_silence_alone_has_no_axis() -> None:
    """Where nobody states a figure no axis suggests a count."""
    plot = finding_of("  - {source: un, silent: killed, victims: soldiers}\n").plot()
    assert "1 United Nations: gives no figure; silence is not zero; silent, third party." in plot.alt
    assert "people killed" not in texts(plot)


def test_the_toll_marks_revisions_and_misquotes() -> None:
    """Steps, revisions, false relays and what was replaced for the same day are told and drawn."""
    plot = finding_of(EVERYTHING).plot("how-the-toll-moved")
    assert "Northern state, own side: 10 to 28 Sep 2020; 32–48 (assumed) to 29 Sep 2020." in plot.alt
    assert "900 to 30 Sep 2020 (a false relay, set aside)" in plot.alt
    assert "struck out: a false relay" in texts(plot)
    assert "hollow: does not count now" in texts(plot)
    assert marks(plot, shape="cross") == 0  # a cross is a denial of the occurrence, in every picture
    assert marks(plot, shape="triangle-down") == 3  # two are revised down, and the key says so


EVENING = """
casualties: 1
timezone: "+02:00"
sources: {health: {kind: government}, radio: {kind: media}}
defaults: {since: 2026-06-12, until: 2026-06-12}
claims:
  - {source: health, killed: 3, stated: 2026-06-12T17:10+02:00}
  - {source: radio, killed: at least 5, stated: 2026-06-12T19:05+03:00}
  - {source: health, killed: 14, stated: 2026-06-12T19:50+02:00}
"""


def evening(later: str = "") -> Plot:
    """Draw how the toll of an evening moved, with what was said later."""
    ledger = cs.read(io.StringIO(EVENING + later), format="yaml")
    return cs.reconcile(ledger).one(harm="killed").plot("how-the-toll-moved")


def test_the_toll_of_an_evening_has_an_axis_of_hours() -> None:
    """Each statement is drawn when it was made, in one offset, and a step lies between two statements of one source."""
    plot = evening()
    assert "health, third party: 3 at 17:10; 14 at 19:50." in plot.alt
    assert "radio, third party: 5 or more at 18:05." in plot.alt
    assert "The hours are those of 12 June 2026, +02:00." in plot.alt
    assert {"17:30", "18:30", "19:30"} <= set(texts(plot))
    places = {float(each) for each in re.findall(r'class="square"[^>]*translate\(([\d.]+),', plot.svg()) if each}
    first, middle, last = sorted(places)[-3:]
    assert (middle - first) / (last - first) == pytest.approx(55 / 160, abs=0.01)


def test_the_toll_of_more_than_an_evening_has_an_axis_of_days() -> None:
    """What is dated by a day alone is known when that day is over; two days later there are no hours to tell apart."""
    same = evening("  - {source: radio, killed: 6, stated: 2026-06-12}\n")
    assert "radio, third party: 5 or more at 12 Jun, 18:05; 6 at 13 Jun, 00:00." in same.alt
    assert "The hours are in +02:00." in same.alt
    days_later = evening("  - {source: radio, killed: 6, until: 2026-06-20, stated: 2026-06-20}\n")
    assert "at 17:10" not in days_later.alt
    assert "6 to 20 Jun 2026" in days_later.alt


def test_sources_of_a_narrow_toll_are_named_at_their_lines() -> None:
    """On a telephone, too, each line ends in the name of its source and its last figure."""
    ledger = cs.read(io.StringIO(EVENING), format="yaml")
    plot = cs.reconcile(ledger).one(harm="killed").plot("how-the-toll-moved", width=400)
    assert {"health: 14", "radio: 5 or more"} <= set(texts(plot))


def test_the_toll_names_what_has_no_day() -> None:
    """A figure without any date is named beside the picture, and so are silences and denials."""
    head = HEAD.replace("until: 2020-09-30, stated: 2020-09-30, cited: daily", "").replace(
        "2020-09-27, }", "2020-09-27}"
    )
    plot = finding_of("  - {source: un, killed: 5, victims: soldiers}\n", head).plot("how-the-toll-moved")
    assert "No source states a figure with a day." in plot.alt
    assert "Without a day, not drawn: United Nations (5)." in plot.alt


def test_support_counts_only_the_voices_of_the_day() -> None:
    """Voices of earlier days are named beside the picture."""
    plot = finding_of(
        "  - {source: un, killed: 5, victims: soldiers, until: 2020-09-28}\n"
        "  - {source: south, killed: 7 to 9, victims: soldiers}\n"
    ).plot("support")
    assert "of 1 independent source" in plot.alt
    assert "7–9: 1 (Southern army), the most." in plot.alt
    assert "Of earlier days, not counted: United Nations (5)." in plot.alt


def test_support_of_silence_is_no_count() -> None:
    """Where nobody states a figure there is no picture of counts, and the text says so."""
    plot = finding_of("  - {source: un, silent: killed, victims: soldiers}\n").plot("support")
    assert "no source states a figure" in plot.alt


def test_codebooks_show_number_range_and_reason(seed: Reconciliation) -> None:
    """Each codebook has a row with its number, its range, or why it writes nothing."""
    finding = seed.one(status="civilian")
    alt = finding.plot("codebooks").alt
    assert "ucdp: 11 (11–11); by its rule lower-figure." in alt
    lacks = "needs 3 independent sources that counted persons one by one: there are 0"
    assert f"un-verified: not coded; {lacks}." in alt
    assert seed.plot("codebooks", codebooks=["acled"]).alt.count("acled: ") == 5
    assert "ucdp: not coded" in seed.plot("codebooks", codebooks=["ucdp"]).alt


def test_a_denial_of_the_occurrence_is_a_cross_and_no_count() -> None:
    """Who denies that it happened is not shown as counting nobody."""
    plot = finding_of(
        "  - {id: x, source: south, killed: 7, victims: soldiers}\n  - {source: mod, denies: x, aspect: occurrence}\n"
    ).plot()
    assert "denies that it happened" in plot.alt
    assert marks(plot, shape="cross") == 2  # the row's, and the key's
    assert "denies that it happened" in texts(plot)
    toll = finding_of(
        "  - {id: x, source: south, killed: 7, victims: soldiers}\n  - {source: mod, denies: x, aspect: occurrence}\n"
    ).plot("how-the-toll-moved")
    assert "Northern ministry, own side: denies that it happened to 30 Sep 2020." in toll.alt


def test_findings_of_other_sizes_share_a_scale_by_powers_of_ten() -> None:
    """Where one subject counts hundreds of times as many as another, each step of the axis is ten times the last."""
    result = result_of(
        "  - {source: un, killed: 3, victims: soldiers}\n  - {source: un, killed: 20 000, victims: {side: south}}\n"
        "  - {source: un, wounded: 9, victims: soldiers}\n  - {source: un, missing: 9, victims: soldiers}\n"
    )
    plot = result.plot()
    assert "people killed, in powers of ten" in texts(plot)
    assert {"0", "1", "10", "100,000"} <= set(texts(plot))
    assert "Wounded, combatants, Northern side" in plot.alt.replace("wounded", "Wounded", 1)


def test_what_was_asked_stands_on_the_picture(seed: Reconciliation) -> None:
    """The day asked about, the knowledge and the lexicon are told, and so are findings left out."""
    ledger = seed.ledger
    plot = cs.reconcile(ledger, as_of="2020-10-01", known_on="2020-10-03", lexicon="acled").plot(limit=4)
    assert "As of 1 October 2020, from what was known on 3 October 2020, words read by the lexicon acled." in plot.alt
    assert (
        "1 more finding of this result is not shown: the disputed ones are, then those with the most claims."
        in plot.alt
    )
    assert "3 more findings of this result are not shown:" in seed.plot(limit=2).alt


@pytest.mark.parametrize("picture", PICTURES)
@pytest.mark.parametrize(("width", "most", "high"), [(1280, 12, 1600), (800, 12, 1700), (400, 6, 1700)])
def test_many_findings_are_a_set_of_small_pictures(picture: str, width: int, most: int, high: int) -> None:
    """Of a war's 56 findings those disputed and those with the most claims are drawn small, and the rest counted."""
    war = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-war"))
    plot = war.plot(picture, width=width)
    assert f"{len(war) - most} more findings of this result are not shown" in plot.alt
    assert float(ET.fromstring(plot.drawing).attrib["height"]) < high
    for mark in drawn(plot):
        if mark.tag == f"{SVG}text":
            left, _, right, _ = box_of(mark)
            assert -8 <= left <= right <= width + 30, ET.tostring(mark)


def test_more_than_can_be_read_is_refused_with_the_next_step() -> None:
    """A stack of fifty pictures is no picture; the error says what to draw instead."""
    war = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-war"))
    with pytest.raises(CasualtiesError, match=re.escape("choose by result.about(…)")) as caught:
        war.plot(limit=50)
    assert caught.value.reason == "too-many-findings"


@pytest.mark.parametrize("width", [400, 800])
def test_names_in_small_pictures_are_whole(width: int) -> None:
    """A name takes up to three lines beside its line; only a longer one is cut, and never its figure."""
    war = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-war"))
    assert "…" not in war.plot("how-the-toll-moved", width=width).svg()
    name = "Joint Commission for the Search of the Missing of all Villages and Towns of the Upper Valley" * 2
    both = cs.Ledger().add(name, killed=12, wounded=30, until="2020-10-01")
    drawn = cs.reconcile(both).plot("how-the-toll-moved", width=width).svg()
    assert re.findall(r">[^<]+…: (\d+)</text>", drawn) == ["12", "30"]


def test_an_empty_result_says_so(seed: Reconciliation) -> None:
    """A picture of nothing says that there is nothing."""
    empty = seed.about(harm="wounded")
    for picture in PICTURES:
        assert "No claim is about this." in empty.plot(picture).alt


@pytest.mark.parametrize("picture", PICTURES)
@pytest.mark.parametrize("width", [320, 400, 800])
@pytest.mark.parametrize("dark", [False, True])
def test_nothing_is_cut_and_colours_are_the_palette(picture: str, width: int, dark: bool) -> None:
    """Every mark lies on the sheet, in colours of the palette, at any width."""
    plot = finding_of(EVERYTHING).plot(picture, width=width, dark=dark)
    sheet = ET.fromstring(plot.drawing)
    tall = float(sheet.attrib["height"])
    assert sheet.attrib["width"] == str(width)
    palette = DARK if dark else LIGHT
    known = {getattr(palette, name) for name in type(palette).__dataclass_fields__} | {"none"}
    assert sheet[0].attrib["fill"] == palette.paper
    for mark in drawn(plot):
        assert {mark.attrib[name] for name in ("stroke", "fill") if name in mark.attrib} <= known
        left, top, right, bottom = box_of(mark)
        slack = 30 if mark.tag == f"{SVG}text" else 0
        assert -8 <= left <= right <= width + slack, ET.tostring(mark)
        assert -8 <= top <= bottom <= tall, ET.tostring(mark)


def test_rows_do_not_overlap() -> None:
    """No line of text is written over another."""
    for width in (400, 800):
        written = [each for each in drawn(finding_of(EVERYTHING).plot(width=width)) if each.tag == f"{SVG}text"]
        boxes = []
        for each in written:
            if "text-anchor" not in each.attrib:
                left, top, right, bottom = box_of(each)
                boxes.append((left, top, left + (right - left) * 0.8, bottom, each.text))
        clashes = [
            (one[4], other[4])
            for place, one in enumerate(boxes)
            for other in boxes[place + 1 :]
            if one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
        ]
        assert clashes == []


def test_the_colours_of_interests_stay_apart_in_grey() -> None:
    """In grey no two of own side, opponent and third party are alike, and shapes tell the fourth."""

    def lightness(color: str) -> float:
        red, green, blue = (int(color[place : place + 2], 16) for place in (1, 3, 5))
        return 0.299 * red + 0.587 * green + 0.114 * blue

    for palette in (LIGHT, DARK):
        greys = sorted(
            lightness(palette.of(each)) for each in (Interest.OWN_SIDE, Interest.OPPONENT, Interest.THIRD_PARTY)
        )
        assert min(high - low for low, high in pairwise(greys)) > 15


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (lambda result: result.plot(width=100), CasualtiesError),
        (lambda result: result.plot(width=True), CasualtiesError),
        (lambda result: result.plot(width=800.5), CasualtiesError),
        (lambda result: result.plot(limit=0), CasualtiesError),
        (lambda result: result.plot("pie"), UnknownNameError),
        (lambda result: result.plot("codebooks", codebooks=["none"]), UnknownNameError),
    ],
)
def test_wrong_wishes_are_refused(
    wrong: Callable[[Reconciliation], object], error: type[Exception], seed: Reconciliation
) -> None:
    """A width, a limit or a name that cannot be drawn is an error of ours."""
    with pytest.raises(error):
        wrong(seed)


def test_words_break_between_words_and_only_else_within() -> None:
    """Lines fit the room; one word longer than a line is cut."""
    assert wrapped("aa bb", 1000, 12) == ["aa bb"]
    assert wrapped("", 100, 12) == []
    assert all(width_of(line, 12) <= 60 for line in wrapped("Zusammensetzung und mehr", 60, 12))
    assert "".join(wrapped("x" * 50, 60, 12)) == "x" * 50
    assert width_of("日本", 10) > width_of("ab", 10)
    assert width_of("e\u0301", 10) == width_of("e", 10)


def test_names_that_run_from_right_to_left_keep_the_numbers_beside_them() -> None:
    """A name in Arabic or Hebrew is set apart from the number before it and the comma after it."""
    head = HEAD.replace("United Nations", "الأمم المتحدة")
    plot = finding_of("  - {source: un, killed: 5, victims: soldiers}\n", head).plot()
    assert "1 \u2067الأمم المتحدة\u2069" in texts(plot)
    assert "\u2067" not in plot.alt


def test_scales_and_days() -> None:
    """Ticks are round and reach the highest count; days are even and begin with the first."""
    assert ticks(7, 7) == [0, 1, 2, 3, 4, 5, 6, 7]
    assert ticks(10**30)[0] == 0
    assert Scale(1000, 0, 300, powers=True).ticks == [0, 1, 10, 100, 1000]
    assert days(date(2020, 1, 1), date(2020, 1, 1), 5) == [date(2020, 1, 1)]
    assert days(date(1900, 1, 1), date(2020, 1, 1), 3) == [date(year, 1, 1) for year in (1900, 1950, 2000)]
    assert days(date(2022, 9, 24), date(2023, 2, 28), 3) == [date(2022, 11, 1), date(2023, 1, 1)]


def test_a_missing_extra_is_named(seed: Reconciliation, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without what makes pixels a picture is drawn, and a PNG of it says what to install."""
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    plot = seed.plot()
    assert "</svg>" in plot.html()
    with pytest.raises(MissingExtraError, match=re.escape("install casualties[plot]")):
        plot.png()


@pytest.mark.usefixtures("drawing")
class TestDrawn:
    """Pictures as SVG, PNG and HTML."""

    @pytest.mark.parametrize("picture", PICTURES)
    def test_svg_is_one_image_with_its_text(self, picture: str, seed: Reconciliation) -> None:
        """The SVG is well formed, is one image to a screen reader, and holds title and text."""
        plot = seed.one(role="mercenary").plot(picture)
        root = ET.fromstring(plot.svg())
        assert root.attrib["role"] == "img"
        title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
        assert title is not None
        assert desc is not None
        assert title.text == plot.title
        assert desc.text == " ".join(plot.alt.split())
        assert root.attrib["aria-labelledby"] == f"{title.attrib['id']} {desc.attrib['id']}"
        assert [each.attrib["role"] for each in root.iter() if "role" in each.attrib] == ["img"]

    @pytest.mark.parametrize("picture", PICTURES)
    def test_bytes_are_the_same_again(self, picture: str) -> None:
        """Another process with another hash seed and another order of claims draws the same bytes."""
        code = (
            "import sys, hashlib, casualties as cs; ledger = cs.seeds.load('nagorno-karabakh-2020-09-30'); "
            "claims = list(ledger); claims.reverse() if sys.argv[1] == '1' else None; "
            f"plot = cs.reconcile(ledger.keeping(claims)).plot({picture!r}); "
            "print(hashlib.sha256(plot.svg().encode() + plot.png() + plot.html().encode()).hexdigest())"
        )
        printed = {
            subprocess.run(
                [sys.executable, "-c", code, turn],
                capture_output=True,
                text=True,
                check=True,
                env={"PYTHONHASHSEED": turn, "PATH": ""},
            ).stdout
            for turn in "01"
        }
        assert len(printed) == 1

    def test_save_writes_what_the_name_says(self, seed: Reconciliation, tmp_path: Path) -> None:
        """A picture is written as SVG, PNG or a page by its name, and as nothing else."""
        plot = seed.one(status="civilian").plot(width=400)
        assert plot.save(tmp_path / "a.svg").read_text(encoding="utf-8") == plot.svg()
        assert plot.save(str(tmp_path / "a.PNG")).read_bytes() == plot.png()
        assert plot.save(tmp_path / "a.html").read_text(encoding="utf-8") == plot.html()
        for name, reason in (("a.pdf", "unknown-format"), ("a", "unknown-format"), ("none/a.svg", "unwritable-file")):
            with pytest.raises(CasualtiesError) as caught:
                plot.save(tmp_path / name)
            assert caught.value.reason == reason

    def test_png_has_the_pixels_asked_for(self, seed: Reconciliation) -> None:
        """Twice the scale is twice the pixels; a scale of nothing is refused."""
        plot = seed.one(status="civilian").plot(width=400)
        wide = [int.from_bytes(plot.png(scale)[16:20], "big") for scale in (1, 2)]
        assert wide == [400, 800]
        for scale in (0, -1, float("nan"), 100):
            with pytest.raises(CasualtiesError):
                plot.png(scale)

    def test_page_of_a_picture_stands_alone(self, seed: Reconciliation) -> None:
        """The page has no script, asks for nothing, and follows a dark screen unless it is dark already."""
        plot = seed.one(status="civilian").plot()
        page = plot.html()
        assert "<script" not in page
        assert "default-src 'none'" in page
        assert re.findall(r"(?:src|href)=\"", page) == []
        assert "prefers-color-scheme:dark" in page
        assert "prefers-color-scheme" not in seed.one(status="civilian").plot(dark=True).html()
        assert plot.svg() in plot._repr_html_()
        assert str(plot) == plot.alt

    def test_hostile_text_stays_text(self) -> None:
        """Names that try to become markup, or to turn the direction of text, are shown as they are written."""
        head = HEAD.replace("United Nations", "</text></svg><script>alert(1)</script>\u202eevil")
        plot = finding_of("  - {source: un, killed: 5, victims: soldiers}\n", head).plot()
        for text in (plot.svg(), plot.html(), plot._repr_html_()):
            assert "<script" not in text
            assert "\u202e" not in text
            assert text.count("</svg>") == 1
        ET.fromstring(plot.svg())


def test_import_draws_nothing() -> None:
    """What draws is loaded by name, at the last moment."""
    assert not hasattr(importlib.import_module(plot_module.__name__), "vl_convert")


def test_a_small_picture_keeps_the_highest_figure_and_shades_what_all_allow() -> None:
    """Of nine sources six are drawn, the highest among them; what the caption calls shaded is."""
    claims = [
        cs.claim(f"s{place}", killed=count, status="combatant", until="2021-03-05")
        for place, count in enumerate(("at least 3", *(f"at least {4 + each}" for each in range(7)), "900 to 990"))
    ]
    others = [
        cs.claim(f"s{who}", wounded=place + 1, place=f"town {place}", until="2021-03-05")
        for place in range(8)
        for who in range(5)
    ]
    keys = sorted({claim.source for claim in (*claims, *others)})
    result = cs.reconcile(cs.Ledger([*claims, *others], sources=[cs.Source(key=key) for key in keys]))
    drawing = result.plot("who-says-what", width=400).drawing
    assert "3 more rows of these in the table." in drawing
    assert "900–990" in drawing
    assert drawing.count("(shaded)") == 6
    assert drawing.count(LIGHT.shade) == 1 + 6  # in the legend, and in each cell


@pytest.mark.parametrize("name", cs.seeds.names())
@pytest.mark.parametrize("width", [400, 800])
def test_dates_below_a_toll_never_overlap(name: str, width: int) -> None:
    """The words below the ticks of an axis leave room between one another, however short its days are."""
    drawing = ET.fromstring(cs.reconcile(cs.seeds.load(name)).plot("how-the-toll-moved", width=width).drawing)
    for cell in drawing.iter():
        lines: dict[str, list[tuple[float, float]]] = {}
        for each in cell.findall("{http://www.w3.org/2000/svg}text"):
            if re.fullmatch(r"\d+ [A-Z][a-z]{2}(?: \d{4})?", each.text or "") and each.get("text-anchor") == "middle":
                half = width_of(each.text or "", 11) / 2
                lines.setdefault(each.attrib["y"], []).append((float(each.attrib["x"]), half))
        for ends in map(sorted, lines.values()):
            assert all(right - left >= one + other for (left, one), (right, other) in pairwise(ends)), ends
