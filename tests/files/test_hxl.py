"""Sheets tagged by HXL: what the tags say, and what comes back."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from tests.builders import examples

import casualties as cs
from casualties.errors import LedgerFileError
from casualties.files import hxl
from casualties.model.claim import Claim
from casualties.model.source import Source
from casualties.model.subject import Subject
from casualties.testing import ledgers

if TYPE_CHECKING:
    from pathlib import Path

    from casualties import Ledger


def sheet(ledger: Ledger) -> str:
    """Write a sheet and give its text."""
    file = io.StringIO()
    hxl.write(ledger, file)
    return file.getvalue()


def remaining(ledger: Ledger) -> Ledger:
    """Take out of a ledger what HXL has no place for, as its table says."""
    claims = [claim.replacing(assessments=[], based_on=[], misrelays=[]) for claim in ledger]
    speak = sorted({claim.source for claim in ledger})
    told = [ledger.sources[key].replacing(aliases=[], under=None, repeats=[]) for key in speak]
    return cs.Ledger(claims, sources=told)


@settings(max_examples=examples(60))
@given(ledger=ledgers())
def test_exactly_the_rest_comes_back(ledger: Ledger) -> None:
    """What is read back is the ledger without what was reported as left out, and no more is missing."""
    again = hxl.read(io.StringIO(sheet(ledger)))
    assert again == remaining(ledger)
    assert hxl.write(again, io.StringIO()) == ()


@pytest.mark.parametrize("seed", cs.seeds.names())
def test_the_rest_of_every_seed_comes_back(seed: str) -> None:
    """Every seed comes back but for what was reported."""
    ledger = cs.seeds.load(seed)
    assert hxl.read(io.StringIO(sheet(ledger))) == remaining(ledger)


@pytest.mark.parametrize(
    ("facets", "figure", "counts"),
    [
        ({"sex": "female"}, cs.Figure(11, 11), {"+f": "11", "+f+min": "11", "+f+max": "11"}),
        ({"sex": "male", "age": "child"}, cs.Figure(3, None), {"+m+children+min": "3"}),
        ({}, cs.Figure(2, 9, best=4), {"": "4", "+min": "2", "+max": "9", "+best": "4"}),
        ({"age": "elderly"}, cs.Figure(0, 25), {"+elderly+min": "0", "+elderly+max": "25"}),
    ],
)
def test_counts_stand_under_tags(facets: dict[str, str], figure: cs.Figure, counts: dict[str, str]) -> None:
    """The one number stands under the bare tag, the ends under theirs, and an end that nobody states nowhere."""
    claim = Claim(source="a", subject=Subject(**{"harm": ["killed"], **facets}), figure=figure)
    _, tags, row = csv.reader(io.StringIO(sheet(cs.Ledger([claim], sources=[Source(key="a")]))))
    told = {tag: cell for tag, cell in zip(tags, row, strict=True) if tag.startswith("#affected")}
    assert told == {f"#affected+killed{tag}": count for tag, count in counts.items()}


@pytest.mark.parametrize(
    ("harm", "tag"),
    [
        (["killed", "wounded"], "#affected+killed+injured"),
        (["severely-wounded"], "#affected+injured+severe"),
        (["Forced to flee!"], "#affected+forced_to_flee_"),
    ],
)
def test_harms_are_attributes(harm: list[str], tag: str) -> None:
    """Each harm has its attribute, several that one count joins have all of them, and a declared one its own."""
    claim = Claim(source="a", subject=Subject(harm=harm), figure=cs.Figure(1, 1))
    assert f",{tag},{tag}+max,{tag}+min" in sheet(cs.Ledger([claim], sources=[Source(key="a")]))


def test_tags_are_hashtags_and_each_is_used_once() -> None:
    """Every column has a tag of its own in HXL's letters."""
    assert len(set(hxl.TAGS.values())) == len(hxl.TAGS)
    for tag in hxl.TAGS.values():
        head, *attributes = tag.removeprefix("#").split("+")
        assert all(each.replace("_", "").isalnum() and each == each.lower() for each in (head, *attributes))
        assert head in ("meta", "indicator", "group", "loc", "event", "cause", "date")


def test_rows_above_the_tags_are_headings() -> None:
    """Whatever stands above the row of tags is for people."""
    text = sheet(cs.seeds.load("nagorno-karabakh-2020-09-30"))
    assert len(hxl.read(io.StringIO("Our sheet\n\n" + text))) == 8


def test_wrong_sheets_are_told_with_their_rows() -> None:
    """Ragged rows, broken quotes, counts that differ from the words, and foreign sheets are errors with their place."""
    text = sheet(cs.seeds.load("nagorno-karabakh-2020-09-30"))
    with pytest.raises(LedgerFileError, match="row 3: 2 cells under"):
        hxl.read(io.StringIO("\n".join([*text.splitlines()[:2], "a,b"])))
    with pytest.raises(LedgerFileError, match="row 1: this is not a table"):
        hxl.read(io.StringIO('"a"b\n'))
    with pytest.raises(LedgerFileError, match="low and high say 12 or more, but the figure is '11 or more'"):
        hxl.read(io.StringIO(text.replace(",,,11\n", ",,,12\n")))
    with pytest.raises(LedgerFileError, match=r"there is no column #meta\+source\+code"):
        hxl.read(io.StringIO("Country,Dead\n#country,#affected+killed\nX,1\n"))
    with pytest.raises(LedgerFileError, match="unknown column '#sector'"):
        hxl.read(io.StringIO(text.replace("#meta+words", "#sector")))


def test_a_preset_reads_what_is_written(tmp_path: Path) -> None:
    """The mapping for sheets of other publishers finds our counts by their tags."""
    claim = Claim(source="a", subject=Subject(harm=["killed"], sex="female"), figure=cs.Figure(11, 11))
    cs.write(cs.Ledger([claim], sources=[Source(key="a", names=["A"])]), tmp_path / "x.hxl.csv")
    found = cs.read_table(tmp_path / "x.hxl.csv", "hxl")
    assert {str(each.figure) for each in found.ledger if each.figure is not None} >= {"11"}
