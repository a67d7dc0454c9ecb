"""Laws of drafts and of folded texts, on any text whatever."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import calls

import casualties as cs
from casualties.drafting import Draft, load_words
from casualties.drafting._folding import FoldedText, fold
from casualties.drafting._sentence import LONGEST, Sentence, sentences
from casualties.drafting.plain import plain_text
from casualties.model.claim import Stance

WORDS = load_words()
NEWS = (
    *(
        "Three",
        "3",
        "1,204",
        "at least 14",
        "dozens",
        "between 10 and 15",
        "no",
        "a",
        "the",
        "some",
        "nearly",
        "no one",
    ),
    *(
        "soldiers",
        "civilians",
        "people",
        "pilot",
        "children",
        "families",
        "tanks",
        "bodies",
        "deaths",
        "casualties",
        "of them",
    ),
    *(
        "killed",
        "were killed",
        "was wounded",
        "died",
        "dead",
        "missing",
        "killing",
        "kills",
        "the deaths of",
        "death toll",
        "rose to",
    ),
    *(
        "the army",
        "police",
        "Reuters",
        "the Health Ministry",
        "he",
        "it",
        "said",
        "told",
        "according to",
        "citing",
        "denied",
        "claimed",
    ),
    *(
        "including",
        "among them",
        "and",
        "or",
        "but",
        "while",
        ",",
        ";",
        ".",
        ":",
        '"',
        "“",
        "”",
        "(",
        ")",
        "-",
        "–",
        "\n",
        "\n\n",
    ),
    *(
        "on Monday",
        "since 4 May 2023",
        "in 1917",
        "by",
        "of",
        "in",
        "that",
        "who",
        "without mentioning",
        "responsibility",
        "it",
    ),
    *(
        "%",
        "$",
        "30s",
        "29",
        "from 120 to 135",
        "60 rounds",
        "Anna",
        "Wood",
        "’s",
        "'s",
        "\u00ad",
        "\u00a0",
        "١٢",
        "é",
        "\x00",
    ),
)
news = st.lists(st.sampled_from(NEWS), max_size=40).map(" ".join)
texts = st.one_of(
    news,
    st.text(max_size=300),
    st.lists(st.one_of(st.sampled_from(NEWS), st.text(max_size=6)), max_size=30).map(" ".join),
)


def drafted(text: str) -> Draft:
    """Draft a text with everything that is found in it."""
    return cs.draft(text, "2024-05-03", everything=True)


@given(texts)
def test_spans_lie_in_the_text_and_hold_the_words(text: str) -> None:
    """Every part of a proposal stands at its place, and the slice there is its words."""
    for proposal in drafted(text):
        for start, end in proposal.spans.values():
            assert 0 <= start < end <= len(text)
        parts = {"victims": proposal.victims, "source": proposal.source, "perpetrator": proposal.perpetrator}
        for name, words in parts.items():
            if name in proposal.spans:
                start, end = proposal.spans[name]
                assert text[start:end] == words
        start, end = proposal.place
        assert text[start:end] == proposal.words
        assert proposal.sentence in text


@given(texts)
def test_the_same_text_gives_the_same_draft(text: str) -> None:
    """Nothing but the text decides."""
    assert drafted(text) == drafted(text)


@given(texts)
def test_a_figure_is_what_its_words_say(text: str) -> None:
    """What the reader of counts refuses is never proposed; a denial and a silence have none."""
    for proposal in drafted(text):
        if proposal.stance is Stance.STATES:
            assert proposal.figure == (
                cs.parse_figure(proposal.count)
                if proposal.interval is None
                else cs.parse_statement(proposal.count).figure
            )
        else:
            assert proposal.figure is None


@given(texts)
def test_links_point_to_statements_of_the_draft(text: str) -> None:
    """What is denied, held as a part or told again is a statement of the same draft, and never the proposal itself."""
    for everything in (True, False):
        draft = cs.draft(text, "2024-05-03", everything=everything)
        for place, proposal in enumerate(draft):
            for link in (proposal.target, proposal.part_of, proposal.again):
                assert link is None or (link != place and draft[link].stance is Stance.STATES)


@given(texts)
def test_shown_and_left_out_are_all(text: str) -> None:
    """What is not shown is counted."""
    shown = cs.draft(text, "2024-05-03")
    assert len(shown) + sum(shown.left_out.values()) == len(drafted(text))
    assert not any(proposal.hidden for proposal in shown)


@given(news)
def test_what_is_accepted_is_a_claim_or_an_error_of_ours(text: str) -> None:
    """A person who accepts everything gets claims that make a ledger."""
    draft = drafted(text)
    claims = []
    for place in range(len(draft)):
        try:
            claims.append(draft.accept(place, **({} if draft.source_key(place) else {"source": "text"})))
        except cs.errors.CasualtiesError:
            continue
    assert {claim.id for claim in draft.ledger(claims)} == {claim.id for claim in claims}


@given(texts)
def test_sentences_are_apart_and_in_order(text: str) -> None:
    """They do not overlap, are not too long, and leave out nothing but spaces."""
    end = 0
    kept = []
    for start, stop in sentences(text, WORDS):
        assert end <= start < stop <= len(text)
        assert stop - start <= LONGEST
        kept.append(text[start:stop])
        end = stop
    assert "".join("".join(kept).split()) == "".join(text.split())


@given(texts)
def test_items_are_apart_and_in_order(text: str) -> None:
    """Items of a sentence do not overlap, and each has a kind."""
    for index, (start, end) in enumerate(sentences(text, WORDS)):
        s = Sentence(text, start, end, index, WORDS)
        assert len(s.low) == len(s.places) == len(s.kinds.removesuffix("....")) or s.kinds.endswith("....")
        places = [place for pair in s.places for place in pair]
        assert places == sorted(places)


@given(st.text(max_size=200))
def test_folding_twice_is_folding_once(text: str) -> None:
    """And every character of a folded text comes from somewhere."""
    assert fold(fold(text)) == fold(text)


@given(
    st.text(max_size=80),
    st.text(max_size=80),
    st.sampled_from(["at least 11", "more than 80 fighters", "twenty-three", "6,438"]),
)
def test_words_are_found_wherever_they_stand_alone(before: str, after: str, words: str) -> None:
    """Whatever stands around them, with a space between."""
    text = f"{before} | {words} | {after}"
    assert any(fold(text[start:end]) == fold(words) for start, end in FoldedText(text).find(words))


@given(st.text(alphabet=string.ascii_letters + " <>&;/!-\"'=\n", max_size=200))
def test_any_markup_is_read(page: str) -> None:
    """No page is too broken, and no tag is left in the text of a whole one."""
    assert isinstance(plain_text(f"<html><body>{page}"), str)


@pytest.mark.parametrize(
    "unit",
    [
        *(
            "7 ",
            "7",
            ". ",
            "and 3 men, ",
            "thousand ",
            "3 killed ",
            "He said 3 died. ",
            '"3 died," he said. ',
            "of ",
            "(",
        ),
        *(
            "3 men died. They denied it. ",
            "including 3 children, ",
            "between 3 and ",
            "the army said that ",
            "twenty-",
            "3 (4) ",
            "22 (12 men), ",
            "died 3 (",
            "\n\n",
        ),
    ],
)
def test_work_grows_with_the_text_and_no_faster(unit: str) -> None:
    """Four times the text is at most five times the work, whatever the text."""
    size = 12_000
    once, four = (unit * (times * size // len(unit)) for times in (1, 4))
    cs.draft(unit)
    assert calls(lambda: cs.draft(four)) <= 5 * calls(lambda: cs.draft(once)) + 2_000
