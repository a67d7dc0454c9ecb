"""Whether citations hold: planted errors of five kinds are all found, and none is invented."""

from __future__ import annotations

import hashlib
import random
from functools import cache
from pathlib import Path

import pytest

import casualties as cs
from casualties.bounding import audit
from casualties.cli import main
from casualties.drafting import CitationChecks, Verdict, check_citations
from casualties.errors import DraftError, UnknownNameError
from casualties.model.claim import Claim, Stance
from casualties.model.figure import Figure
from casualties.model.ledger import Ledger
from casualties.model.report import Citation, Report
from casualties.model.source import Source
from casualties.model.subject import Subject

REPORT = Report(publisher="The Gazette", published="2024-05-03")
FILLING = (
    "The fighting went on for 4 days. On 20 April 2020 shells hit 7 houses, and 12 per cent of the town had no power. "
    "The minister, 53, spoke at 18:30. "
)


def claim(words: str | None, figure: Figure, report: Report = REPORT, source: str = "ministry") -> Claim:
    """Make a claim that cites a report with some words."""
    return Claim(
        source=source, subject=Subject(harm=["killed"]), figure=figure, citations=[Citation(report=report, words=words)]
    )


def verdict(words: str | None, figure: Figure, text: str) -> Verdict:
    """Look one citation up in a text."""
    ledger = Ledger([claim(words, figure)], sources=[Source(key="ministry")])
    (check,) = check_citations(ledger, {REPORT: text})
    return check.verdict


class TestVerdicts:
    """Each verdict on small texts, worked out by hand."""

    def test_words_that_stand_there_hold_with_their_place(self) -> None:
        """The place is that of the words, and the line is told."""
        text = "It rained.\nThe ministry said that at least 11 people had died."
        ledger = Ledger([claim("at least 11", Figure.at_least(11))], sources=[Source(key="ministry")])
        (check,) = check_citations(ledger, {REPORT: text})
        assert check.verdict is Verdict.HOLDS
        assert [text[start:end] for start, end in check.places] == ["at least 11"]
        assert check.lines == (2,)

    @pytest.mark.parametrize(
        ("words", "text"),
        [
            ("more than 80", "More\nthan\u00a080 fighters died."),
            ('"at least 11"', "“At least 11” died."),
            ("between 10-15 people", "between 10–15 people died"),
            ("twenty-three", "Twenty‑\nthree people died."),
            ("11 civilians", "11 civil\u00adians died."),
            ("11 ﬁghters", "11 fighters died."),
            ("6,438", "The toll of 6\u202f438 dead."),
            ("11 … civilians", "11 men, women and children, all of them civilians, died."),
            ("11 civilians", "<html><body><p>11 <b>civil</b>ians died.</p></body></html>"),
            ("the ministry's 11", "The ministry’s 11 dead."),
        ],
    )
    def test_print_does_not_matter(self, words: str, text: str) -> None:
        """Quotes, dashes, spaces, soft hyphens, ligatures, line breaks, case, omissions and markup are overlooked."""
        low, high = {"more than 80": (81, None), '"at least 11"': (11, None), "between 10-15 people": (10, 15)}.get(
            words, (None, None)
        )
        numbers = {"twenty-three": 23, "6,438": 6438}
        figure = Figure(low, high) if low is not None else Figure.exactly(numbers.get(words, 11))
        assert verdict(words, figure, text) is Verdict.HOLDS

    def test_a_number_is_not_found_inside_another(self) -> None:
        """The 20 of 2020, of 1,200 and of 20.5 are no 20."""
        assert verdict("20", Figure.exactly(20), "In 2020, 1,200 men and 20.5 tonnes.") is Verdict.WORDS_ABSENT

    def test_a_number_that_counts_no_people_is_none(self) -> None:
        """The 20 of 20 April, 20 % and 20 houses hold no count of people."""
        assert verdict("20", Figure.exactly(20), "On 20 April, 20 houses burned, 20 % of all.") is not Verdict.HOLDS
        assert verdict("20", Figure.exactly(20), "On 20 April 20 people died.") is Verdict.HOLDS

    def test_words_without_the_figure(self) -> None:
        """The words stand there and say another number."""
        assert verdict("at least 12", Figure.at_least(11), "at least 12 died") is Verdict.NUMBER_ABSENT

    def test_the_number_stands_elsewhere(self) -> None:
        """The words are not there, the number is, and where is told."""
        text = "Eleven people died, he said."
        ledger = Ledger([claim("11 dead", Figure.exactly(11))], sources=[Source(key="ministry")])
        (check,) = check_citations(ledger, {REPORT: text})
        assert check.verdict is Verdict.ELSEWHERE
        assert [text[start:end] for start, end in check.places] == ["Eleven"]

    def test_a_report_without_any_count(self) -> None:
        """A toll of 6,438 whose report holds no casualty figure at all."""
        assert verdict("6,438", Figure.exactly(6438), FILLING) is Verdict.WORDS_ABSENT

    def test_no_words_say_so(self) -> None:
        """A citation without words is no error, and where the number stands is told."""
        assert verdict(None, Figure.exactly(11), "11 died") is Verdict.NO_WORDS
        ledger = Ledger([claim(None, Figure.exactly(11))], sources=[Source(key="ministry")])
        assert "the number stands in the text, line 1" in str(check_citations(ledger, {REPORT: "11 died"})[0])

    def test_a_person_who_is_described_counts_one(self) -> None:
        """The words for one person hold one, and not two."""
        assert verdict("a pilot", Figure.exactly(1), "The death of a pilot.") is Verdict.HOLDS
        assert verdict("a pilot", Figure.exactly(2), "The death of a pilot.") is Verdict.NUMBER_ABSENT

    def test_a_denial_holds_by_its_words_alone(self) -> None:
        """What is denied has no figure to look for."""
        denial = Claim(
            source="ministry",
            subject=Subject(harm=["killed"]),
            stance=Stance.DENIES,
            citations=[Citation(report=REPORT, words="denied it")],
        )
        ledger = Ledger([denial], sources=[Source(key="ministry")])
        assert check_citations(ledger, {REPORT: "The ministry denied it."})[0].verdict is Verdict.HOLDS


class TestTexts:
    """Which text belongs to which report."""

    LEDGER = Ledger([claim("11", Figure.exactly(11))], sources=[Source(key="ministry")])

    @pytest.mark.parametrize("name", ["gazette", "The Gazette", REPORT])
    def test_a_report_has_several_names(self, name: str | Report) -> None:
        """Its handle, its publisher and itself all do."""
        assert check_citations(self.LEDGER, {name: "11 dead"})[0].verdict is Verdict.HOLDS

    def test_an_unknown_name_is_refused(self) -> None:
        """The error names the reports that there are."""
        with pytest.raises(UnknownNameError, match="gazette"):
            check_citations(self.LEDGER, {"courier": "11 dead"})

    def test_what_is_no_text_is_refused(self) -> None:
        """Bytes are no text."""
        with pytest.raises(DraftError, match="bytes"):
            check_citations(self.LEDGER, {"gazette": b"11 dead"})  # type: ignore[arg-type]

    def test_without_a_text_nothing_is_looked_up(self) -> None:
        """The verdict says that no text is at hand, and that is no error."""
        (check,) = check_citations(self.LEDGER)
        assert (check.verdict, check.verdict.wrong) == (Verdict.NO_TEXT, False)

    def test_a_saved_copy_is_read_from_the_folder(self, tmp_path: Path) -> None:
        """A report that names a copy is checked without asking."""
        (tmp_path / "copy.html").write_text("<html><p>11 people died.</p>", encoding="utf-8")
        ledger = Ledger(
            [claim("11", Figure.exactly(11), REPORT.replacing(saved="copy.html"))], sources=[Source(key="ministry")]
        )
        assert check_citations(ledger, folder=tmp_path)[0].verdict is Verdict.HOLDS
        with pytest.raises(DraftError, match=r"copy\.html"):
            check_citations(ledger, folder=tmp_path / "elsewhere")

    def test_a_digest_tells_another_copy(self) -> None:
        """A text that is not the saved one is told so, whatever it holds."""
        text = "11 people died."
        saved = f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"
        ledger = Ledger(
            [claim("11", Figure.exactly(11), REPORT.replacing(saved=saved))], sources=[Source(key="ministry")]
        )
        assert check_citations(ledger, {"gazette": text})[0].verdict is Verdict.HOLDS
        assert check_citations(ledger, {"gazette": f"{text} Corrected."})[0].verdict is Verdict.OTHER_COPY


# A hundred planted errors


@cache
def loaded(seed: str) -> Ledger:
    """Load a seed once."""
    return cs.seeds.load(seed)


def cited(seed: str) -> list[tuple[Claim, Citation]]:
    """List the claims of a seed that state a figure in words, each with the citation that has them."""
    return [
        (each, citation)
        for each in loaded(seed)
        for citation in each.citations
        if citation.words and citation.report and each.stance is Stance.STATES
    ]


def texts_of(pairs: list[tuple[Claim, Citation]]) -> dict[Report, str]:
    """Write for every report a text that holds the words of its citations, among numbers of other things."""
    told: dict[Report, list[str]] = {}
    for each, citation in pairs:
        assert citation.report is not None
        line = f"{citation.words} people were {each.subject.harm[0]}, {each.source} said."
        told.setdefault(citation.report, []).append(line)
    return {report: FILLING + " ".join(lines) + "\n" + FILLING for report, lines in told.items()}


def planted(
    ledger: Ledger, pairs: list[tuple[Claim, Citation]], texts: dict[Report, str], kind: str, pick: random.Random
) -> tuple[Ledger, dict[Report, str], str, Citation]:
    """Plant one error of a kind, and give the ledger, the texts and what was changed."""
    each, citation = pick.choice(pairs)
    report = citation.report
    assert report is not None
    assert each.figure is not None
    figure, words = each.figure, citation.words
    texts = dict(texts)
    if kind == "another figure in the claim":
        figure = Figure(each.figure.low + 7, None if each.figure.high is None else each.figure.high + 7)
    elif kind == "another number in the words":
        words, figure = "9,731", Figure.exactly(9731)
    elif kind == "words that the report does not print":
        words = f"{words} of them confirmed by two doctors"
    elif kind == "a report without figures":
        texts[report] = FILLING
    else:
        low = each.figure.low or each.figure.high or 0
        texts[report] = f"{FILLING} The count of the dead, said to be {low:,} dead, was given by nobody else."
        words, figure = f"some {low:,} in all", Figure.exactly(low)
    wrong = citation.replacing(words=words)
    changed = each.replacing(figure=figure, citations=[wrong])
    declared = ledger.declared
    declared["totals"] = ()
    return Ledger([changed], **declared), texts, changed.id, wrong


KINDS = (
    "another figure in the claim",
    "another number in the words",
    "words that the report does not print",
    "a report without figures",
    "the number in other words",
)
SEEDS = (
    "nagorno-karabakh-2020-09-30",
    "nagorno-karabakh-2016-04",
    "armenia-azerbaijan-2022-09",
    "nagorno-karabakh-2020-war",
)


@pytest.mark.parametrize("kind", KINDS)
def test_planted_errors_are_all_found(kind: str) -> None:
    """Twenty errors of each of five kinds, planted in the citations of the seeds."""
    pick = random.Random(kind)
    for number in range(20):
        seed = SEEDS[number % len(SEEDS)]
        ledger, pairs = loaded(seed), cited(seed)
        changed, texts, identity, wrong = planted(ledger, pairs, texts_of(pairs), kind, pick)
        checks = check_citations(changed, {report: text for report, text in texts.items() if report in changed.reports})
        found = [check for check in checks.wrong if check.claim.id == identity and check.citation == wrong]
        assert len(found) == 1, (seed, wrong.words, str(checks))


@pytest.mark.parametrize("seed", SEEDS)
def test_none_is_invented(seed: str) -> None:
    """Where every report holds its words, no citation is called wrong."""
    pairs = cited(seed)
    checks = check_citations(loaded(seed), texts_of(pairs))
    assert [str(check) for check in checks.wrong] == []
    assert sum(check.verdict is Verdict.HOLDS for check in checks) >= len(pairs)


def test_the_seed_article_holds_what_it_is_cited_for(real_data: Path) -> None:
    """The five figures of the seed stand in the article; its silence and denials have no words."""
    article = (real_data / "seed-article" / "article.txt").read_text(encoding="utf-8")
    checks = check_citations(cs.seeds.load("nagorno-karabakh-2020-09-30"), {"new-arab": article})
    assert checks.summary == "5 hold, 0 do not, 3 have no words"


# The command


def test_command_tells_and_ends_with_what_was_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The handles are those of the file; a saved copy is read beside it; the status is 3 where something is wrong."""
    (tmp_path / "bulletin.html").write_text("<html><p>At least 14 people died.</p>", encoding="utf-8")
    (tmp_path / "page.txt").write_text("The ministry spoke of 14 dead.", encoding="utf-8")
    ledger = tmp_path / "x.yaml"
    ledger.write_text(
        "casualties: 1\nsources: {ministry: {}}\n"
        "reports:\n  b1: {publisher: Health Ministry, saved: bulletin.html}\n  p: {title: The page}\n"
        "claims:\n  - {source: ministry, killed: at least 14, cited: [b1, p]}\n",
        encoding="utf-8",
    )
    assert main(["check-citations", str(ledger), "--text", f"p={tmp_path / 'page.txt'}"]) == 3
    assert capsys.readouterr().out == (
        "page: ministry, 'at least 14': the words do not stand in the text\n"
        "health-ministry: ministry, 'at least 14': holds, line 1\n"
        "1 hold, 1 do not\n"
    )
    assert main(["check-citations", str(ledger)]) == 0
    assert main(["check-citations", str(ledger), "--text", "p=absent.txt"]) == 1
    assert "absent.txt: the copy cannot be read" in capsys.readouterr().err
    assert main(["check-citations", str(ledger), "--text", "p"]) == 2


def test_checks_are_a_sequence() -> None:
    """They are counted, sliced and shown."""
    checks = CitationChecks([])
    assert (len(checks), checks[:1], str(checks)) == (0, (), "no citation is looked up")


# Where else the verdicts are seen


@pytest.fixture
def tracker(tmp_path: Path) -> Path:
    """Write a ledger of two claims that cite one report, which holds one of them."""
    (tmp_path / "report.txt").write_text("86 clinics closed.\nAt least 14 people died in two.\n", encoding="utf-8")
    ledger = tmp_path / "tracker.yaml"
    ledger.write_text(
        "casualties: 1\nsources: {ministry: {name: Health Ministry}, clinic: {name: Clinic}}\n"
        "reports: {r: {publisher: Health Ministry, title: Report 12, saved: report.txt}}\n"
        "claims:\n  - {source: ministry, killed: '6,438', cited: r}\n"
        "  - {source: clinic, killed: at least 14, cited: r}\n",
        encoding="utf-8",
    )
    return ledger


def test_audit_explanation_and_page_tell_what_was_seen(tracker: Path) -> None:
    """Handed in, the checks stand beside the claims: the one that is not held, and the one that is."""
    ledger = cs.read(tracker)
    checks = check_citations(ledger, folder=tracker.parent)
    audited = audit(ledger, checks=checks)
    assert [check.claim.source for check in audited.citations] == ["ministry"]
    assert str(audited).endswith(
        "1 citation that its report does not hold:\n\n"
        "health-ministry: Health Ministry, '6,438': the words do not stand in the text"
    )
    (finding,) = cs.reconcile(ledger)
    sentences = [sentence.text for sentence in finding.explain(checks=checks)]
    assert "Clinic: the cited words stand in the report." in sentences
    assert (
        "The Health Ministry is cited “6,438” from a report that does not hold it (health-ministry): "
        "the words do not stand in the text."
    ) in sentences
    page = cs.reconcile(ledger).to_html(pictures=False, checks=checks)
    assert "Citations looked up in their reports: 1 hold, 1 do not." in page
    assert page.count("looked up in the report: holds, line 2") == 1
    assert page.count("looked up in the report: the words do not stand in the text") == 1


def test_nothing_is_said_where_nobody_looked(tracker: Path) -> None:
    """Without checks, audit, explanation and page are as they were; nothing is looked up by itself."""
    ledger = cs.read(tracker)
    assert (audit(ledger).citations, "does not hold" in str(audit(ledger))) == ((), False)
    (finding,) = cs.reconcile(ledger)
    assert not any("cited words" in str(sentence) for sentence in finding.explain())
    assert "looked up" not in cs.reconcile(ledger).to_html(pictures=False)


def test_commands_look_citations_up(tracker: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The option reads the saved copies; a text that is given stands before them."""
    other = tracker.parent / "other.txt"
    other.write_text("6,438 people died; at least 14 of them in hospital.", encoding="utf-8")
    assert main(["audit", str(tracker), "--check-citations"]) == 3
    assert "'6,438': the words do not stand in the text" in capsys.readouterr().out
    assert main(["audit", str(tracker), "--text", f"r={other}"]) == 0
    assert "does not hold" not in capsys.readouterr().out
    assert main(["explain", str(tracker), "--check-citations"]) == 0
    assert "is cited “6,438” from a report that does not hold it" in capsys.readouterr().out
    assert main(["page", str(tracker), "--check-citations", "--no-pictures"]) == 0
    assert "1 hold, 1 do not" in capsys.readouterr().out
    assert main(["explain", str(tracker), "--text", "r=absent.txt"]) == 1
    assert "absent.txt" in capsys.readouterr().err


def test_copies_of_several_ledgers_are_read_beside_each(tracker: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each file has its own folder of saved copies."""
    folder = tracker.parent / "more"
    folder.mkdir()
    (folder / "bulletin.txt").write_text("Nine people were wounded.", encoding="utf-8")
    (folder / "more.yaml").write_text(
        "casualties: 1\nsources: {mayor: {}}\nreports: {b: {publisher: Town, saved: bulletin.txt}}\n"
        "claims:\n  - {source: mayor, wounded: nine, cited: b}\n",
        encoding="utf-8",
    )
    assert main(["page", str(tracker), str(folder / "more.yaml"), "--check-citations", "--no-pictures"]) == 0
    assert "2 hold, 1 do not" in capsys.readouterr().out
