"""Numbers in pictures are those of the table beside them, and marks lie where their numbers say."""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ET
from itertools import pairwise
from pathlib import Path

import pytest

import casualties as cs
from casualties.results import Finding, Reconciliation
from casualties.show.plots import PICTURES
from casualties.show.text import to_text

SVG = "{http://www.w3.org/2000/svg}"
STORIES = Path(__file__).parents[2].parent / "shared" / "stories"
FILES = [*cs.seeds.names(), *sorted(str(each) for each in STORIES.rglob("*.yaml"))]
SOFT = "#54585c"


def numbers(text: str) -> set[str]:
    """Give every number of a text, without its thousands separators."""
    return {each.replace(",", "") for each in re.findall(r"\d+(?:,\d{3})*", text)}


def asked(name: str) -> Reconciliation:
    """Reconcile a seed or a story."""
    return cs.reconcile(cs.read(name) if name.endswith(".yaml") else cs.seeds.load(name))


def texts(drawing: str) -> list[ET.Element]:
    """Give every text of a picture."""
    return list(ET.fromstring(drawing).iter(f"{SVG}text"))


def on_axis(text: ET.Element) -> bool:
    """Tell whether a text is a number of an axis: written small and soft, and nothing but a number."""
    small = text.get("fill") == SOFT and text.get("font-size") == "11"
    return small and re.fullmatch(r"[\d,]+", text.text or "") is not None


def beside(finding: Finding, picture: str) -> str:
    """Write what stands beside a picture: the table, and for codebooks what each of them answers."""
    told = [to_text((finding,), finding.view), finding.subject.event or "", *finding.view.ledger.titles]
    if picture == "codebooks":
        told += [str(finding.resolve(name)) for name in cs.codebooks.names()]
    if picture == "support":
        # a run of counts ends where a source's range ends, or next to it, and as many allow it as there are sources
        ends = [end for voice in finding.sources_of_the_day for end in (voice.on_day.low, voice.on_day.high)]
        told += [f"{end - 1} {end} {end + 1}" for end in ends if end is not None]
        told += map(str, range(len(finding.sources_of_the_day) + 1))
    if picture == "how-the-toll-moved":
        told += [str(moment.position.figure) for moment in finding.history()]
    if picture == "who-says-what":
        told += [f"{pair.gap} {len(finding.disputes) - 1}" for pair in finding.disputes]
    return "\n".join(told)


@pytest.mark.parametrize("name", FILES, ids=lambda name: Path(name).stem)
@pytest.mark.parametrize("picture", PICTURES)
def test_every_number_of_a_picture_stands_in_the_table_beside_it(name: str, picture: str) -> None:
    """No picture of any finding holds a number that neither its table nor its axis has."""
    for finding in asked(name):
        for width in (800, 400):
            drawing = finding.plot(picture, width=width).drawing
            known = numbers(beside(finding, picture))
            for each in texts(drawing):
                text = each.text or ""
                if on_axis(each):
                    continue
                # the day of a title, the publishers below and a name may hold digits of their own
                if text.startswith("Read in") or re.search(r"\d{4}$|^\d{1,2} \w{3}|^\d\d:\d\d", text):
                    continue
                strange = numbers(text) - known
                assert not strange or "reports of" in text or "row" in text, (finding.subject, text, strange)


def at(count: float, ticks: list[tuple[int, float]]) -> float:
    """Work out where a count lies on an axis, from the places of its first and last number."""
    (low, left), (high, right) = ticks[0], ticks[-1]
    steps = {later[0] - earlier[0] for earlier, later in pairwise(ticks)}
    powers = len(ticks) > 2 and len(steps) > 1
    share = math.log1p(count) / math.log1p(high) if powers else (count - low) / (high - low)
    return left + (right - left) * share


@pytest.mark.parametrize("name", FILES, ids=lambda name: Path(name).stem)
def test_an_exact_count_is_drawn_where_the_axis_says(name: str) -> None:
    """The mark beside each exact number lies where that number lies between the numbers of the axis."""
    seen = 0
    for finding in asked(name):
        drawing = finding.plot().drawing
        axis = sorted(
            (int((each.text or "").replace(",", "")), float(each.attrib["x"]))
            for each in texts(drawing)
            if on_axis(each)
        )
        marks = [
            [float(part) for part in each.attrib["transform"].removeprefix("translate(").split(")")[0].split(",")]
            for each in ET.fromstring(drawing).iter(f"{SVG}path")
            if "transform" in each.attrib
        ]
        for each in texts(drawing):
            text = (each.text or "").replace(",", "")
            if each.get("font-weight") == "bold" and re.fullmatch(r"\d+", text):
                y = float(each.attrib["y"]) - 4
                wanted = at(int(text), axis)
                assert any(abs(mark[1] - y) < 1 and abs(mark[0] - wanted) < 1 for mark in marks), (text, axis)
                seen += 1
    assert seen or all(finding.span is None or not finding.span.is_exact for finding in asked(name))
