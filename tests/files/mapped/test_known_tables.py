"""Tables that a mapping of the library is made for are known by their columns and words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import casualties as cs
from casualties.errors import LedgerFileError, MappingError

DAY = {"report_date": "2024-03-02", "report_period": 24, "killed": 3, "killed_cum": 30, "injured": 4, "injured_cum": 44}


def records(folder: Path, source: str) -> Path:
    """Write days as the feed of a place has them."""
    path = folder / "days.json"
    path.write_text(json.dumps([{**DAY, "report_source": source, "ext_killed_cum": 30}]), encoding="utf-8")
    return path


def test_table_of_a_preset_gets_its_mapping(tmp_path: Path) -> None:
    """All columns of city-populations are there: the proposal is that mapping, says so, and runs."""
    path = tmp_path / "towns.csv"
    path.write_text("city_year,contributor,population\nAram_2001,One,14000\nAram_2001,Two,15000\n", encoding="utf-8")
    proposal = cs.tables.propose(path)
    assert proposal.mapping.name == "city-populations"
    (assumed,) = proposal.assumed
    assert "'city-populations'" in assumed
    reading = cs.read_table(path, proposal.mapping)
    assert (reading.asked[0], reading.counts.claimed) == (f"assumed: {assumed}", 2)


def test_columns_alone_are_not_enough(tmp_path: Path) -> None:
    """The feed of another country has the columns of gaza-daily and other words: its dead are not put into Gaza."""
    assert cs.tables.propose(records(tmp_path, "mohtel")).mapping.name == "gaza-daily"
    with pytest.raises(MappingError, match="no mapping is proposed for tables of kind 'json'"):
        cs.tables.propose(records(tmp_path, "another office"))


def test_hashtags_say_what_columns_are(tmp_path: Path) -> None:
    """A row of HXL hashtags makes a mapping by hashtags, which runs; new and running totals are told apart."""
    path = tmp_path / "feed.csv"
    path.write_text(
        "Town,Day,New,Total\n#adm2+name,#date,#affected+killed,#affected+killed+cumulative\nAram,2031-05-01,5,50\n",
        encoding="utf-8",
    )
    proposal = cs.tables.propose(path)
    assert proposal.mapping.tagged
    assert proposal.assumed[1] == "'feed' says it, since no hashtag names a source"
    assert {str(claim.figure) for claim in cs.read_table(path, proposal.mapping).ledger} == {"5", "50"}


def test_counts_that_do_not_say_what_happened_are_asked_about(tmp_path: Path) -> None:
    """The line that answers stands below claims; until it is chosen, reading says what to do."""
    path = tmp_path / "flows.csv"
    path.write_text("day,qualifier,people\n2031-05-07,at least,1000\n2031-05-08,about,20\n", encoding="utf-8")
    proposal = cs.tables.propose(path)
    answer = "- {harm: killed, count: people}"
    assert f"what happened to the people whom 'people' counts? If they were killed: {answer}" in proposal.asked
    mapping = tmp_path / "m.yaml"
    mapping.write_text(proposal.text, encoding="utf-8")
    line = proposal.text.splitlines().index("claims:") + 1
    with pytest.raises(MappingError, match=f"line {line}, column 1, claims: nothing stands under 'claims'") as caught:
        cs.read_table(path, mapping)
    assert "take the # from a line below it" in str(caught.value)
    mapping.write_text(proposal.text.replace(f"# {answer}", answer.replace("killed", "displaced")), encoding="utf-8")
    assert {str(claim.figure) for claim in cs.read_table(path, mapping).ledger} == {"1,000 or more", "16–24 (assumed)"}


def test_numbers_that_count_nobody_are_not_asked_about(tmp_path: Path) -> None:
    """Years and coordinates are no people."""
    path = tmp_path / "places.csv"
    path.write_text("place,year,latitude\nAram,2031,45\nBeth,2032,46\n", encoding="utf-8")
    with pytest.raises(LedgerFileError, match="none of its columns counts people"):
        cs.tables.propose(path)


def test_words_that_mean_nothing_in_a_ledger_are_asked_about(tmp_path: Path) -> None:
    """A proposal never leaves rows for the quarantine without a word."""
    path = tmp_path / "log.csv"
    path.write_text(
        "town,who,outcome,number\nAram,civilians,killed,3\nAram,all,killed,9\nBeth,civilians,buried,2\n"
        "Beth,soldiers,killed,1\nBeth,soldiers,injured,1\n",
        encoding="utf-8",
    )
    proposal = cs.tables.propose(path)
    assert (
        "what do 'buried' in 'outcome' mean? Their rows will be in quarantine: "
        "write each under values of harm, such as buried: killed"
    ) in proposal.asked
    reading = cs.read_table(path, proposal.mapping)
    assert [bad.value for bad in reading.quarantine] == ["2"]
    whole = next(claim for claim in reading.ledger if str(claim.figure) == "9")
    assert whole.subject.status is None


def test_titles_with_a_delimiter_are_no_header(tmp_path: Path) -> None:
    """The header is the row that holds what columns are called, and not the first with two texts."""
    path = tmp_path / "a.csv"
    path.write_text("Toll by town; status on 10 May 2031\n\nTown;Day;Killed\nAram;2031-05-01;14\n", encoding="utf-8")
    assert cs.tables.propose(path).mapping.header == (3,)


def test_papers_are_no_joint_sources(tmp_path: Path) -> None:
    """Only columns that differ by their number name sources that say it together."""
    path = tmp_path / "a.csv"
    path.write_text("town,source_office,source_headline,killed\nAram,Police,Four dead,4\n", encoding="utf-8")
    assert [claim.source for claim in cs.read_table(path, cs.tables.propose(path).mapping).ledger] == ["Police"]
