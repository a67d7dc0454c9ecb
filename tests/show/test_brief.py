"""The brief: it opens with the answer and stays within its lines."""

from __future__ import annotations

import pytest

import casualties as cs
from casualties.errors import CasualtiesError

WAR = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-war")).brief()


def test_brief_of_the_war_fits_a_screen() -> None:
    """189 claims take 25 lines of 80 columns at most, and what is disputed comes first, the widest gap first."""
    lines = str(WAR).splitlines()
    assert len(lines) <= 25
    assert max(map(len, lines)) <= 80
    assert lines[2] == "Disputed: 3 subjects, the widest first:"
    assert "2,906 and 2,881 buried (Azerbaijani" in lines[3]
    assert "18,000 (Hrant Bagratyan)" in lines[4]
    assert lines[-1].startswith("  ") or lines[-1].startswith("Set aside")


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("lines", [14, 25, 60])
@pytest.mark.parametrize("seed", cs.seeds.names())
def test_brief_keeps_its_room(seed: str, lines: int, width: int) -> None:
    """Whatever the ledger holds, the brief has no more lines and no wider ones than asked, and every title stands."""
    brief = cs.reconcile(cs.seeds.load(seed)).brief()
    told = brief.to_text(width=width, lines=lines).splitlines()
    assert len(told) <= lines
    assert max(map(len, told)) <= width
    for section in brief.sections[:3]:
        assert any(line.startswith(section.title.split(":")[0]) for line in told)


def test_brief_names_the_claims_behind_its_numbers() -> None:
    """As data, every number of a disputed subject names claims of the ledger."""
    ledger = cs.seeds.load("nagorno-karabakh-2020-war")
    for section in WAR.sections:
        for sentence in section.sentences:
            assert sentence.claims
            assert all(claim in ledger for claim in sentence.claims)
    first = WAR.sections[0].sentences[0].to_dict()["numbers"]
    assert [each["low"] for each in first] == [2906, 2881, 18_000]  # type: ignore[attr-defined]


def test_too_few_lines_are_refused() -> None:
    """A brief has room for its titles."""
    with pytest.raises(CasualtiesError, match="lines 3: too few for a brief"):
        WAR.to_text(lines=3)


def test_what_was_not_read_is_said() -> None:
    """Cells that could be no claim are counted, and named where there is room."""
    mapping = {"name": "sheet", "source": "{who}", "claims": [{"harm": "killed", "count": "dead"}]}
    rows = [{"who": "SOHR", "dead": "at least 11"}, {"who": "VDC", "dead": "15-Oct"}]
    told = str(cs.reconcile(cs.read_table(rows, mapping)).brief())
    assert "Not read: 1 cell:" in told
    assert "15-Oct" in told


def test_brief_sets_the_two_that_dispute_against_each_other() -> None:
    """A floor that contradicts nobody is no party to a quarrel: the tally of "more than 700" is not named."""
    (disputed, *_) = WAR.sections
    assert "against 18,000 (Hrant Bagratyan)" in disputed.sentences[0].text
    assert "tally" not in disputed.sentences[0].text


def test_a_silence_that_ended_is_none() -> None:
    """Azerbaijan was silent on its soldiers until its ministry counted them in December 2020."""
    assert not any("Silent" in section.title for section in WAR.sections)
    first_days = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).brief()
    assert any("Silent: 1 source" in section.title for section in first_days.sections)


def test_disputes_of_earlier_days_are_told_apart() -> None:
    """France's 150,000 to May 2024 and Ukraine's 180,000 to February 2024 share no count, though later ones agree."""
    sections = cs.reconcile(cs.seeds.load("ukraine-soldier-deaths-estimates")).brief().sections
    (earlier,) = [section for section in sections if section.title.startswith("Disputed for earlier days")]
    assert earlier.sentences[0].text.endswith(
        "150,000 (Foreign Minister of France) against 180,000 (President of Ukraine)"
    )


def test_what_words_are_read_as_is_told_as_our_reading() -> None:
    """Nobody says 24 where one says dozens and one 471; an early count of five that stands as a floor is said."""
    dozens = said("afp: dozens", "moh: 471")
    assert "at least 24 by our reading of their words" in dozens
    assert "at least five (" in said("police: 5", "ngo: 5")


def said(*claims: str) -> str:
    """Print the brief of claims on the killed of one day."""
    day = {"since": "2023-10-17", "until": "2023-10-17"}
    given = [cs.claim(source.strip(), killed=words.strip(), **day) for source, words in (c.split(":") for c in claims)]
    return str(cs.reconcile(given).brief())


def test_a_silence_after_the_figure_is_told() -> None:
    """A ministry that gave a figure and then withholds it is silent now; one that was silent first is not."""
    day = {"since": "2023-10-17", "until": "2023-10-17"}
    spoke = cs.claim("moh", killed="14", stated="2023-10-18", **day)
    for stated, silent in (("2023-10-17", False), ("2023-10-20", True)):
        quiet = cs.claim("moh", silent="killed", stated=stated, **day)
        told = str(cs.reconcile([spoke, quiet]).brief())
        assert ("Silent: 1 source" in told) == silent


def test_printed_sentence_says_which_figure_is_denied_and_what_is_estimated() -> None:
    """Armenia denied "more than 550" before Baku spoke of 2,300; Human Rights Watch estimates what it did not count."""
    war = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-war"))
    (losses,) = [
        finding.sentence()
        for finding in war.about(side="armenian", status="combatant")
        if {"killed", "wounded"} == set(finding.subject.harm) and finding.denials
    ]
    assert "denies the figure of more than 550 given by the Azerbaijani Ministry of Defence." in losses.text
    denied = next(number for number in losses.numbers if number.text == "more than 550")
    assert denied.figure == cs.Figure.at_least(551)
    (square,) = [
        finding.sentence().text
        for finding in cs.reconcile(cs.seeds.load("egypt-rabaa-2013-08"))
        if "Human Rights Watch estimates" in finding.sentence().text
    ]
    assert "Human Rights Watch estimates that more than 1,000 people were killed" in square
