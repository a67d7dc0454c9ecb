"""Drafts: the seed article, the ways in which news names its sources, small faults met on the way, and acceptance."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

import casualties as cs
from casualties.drafting import Doubt, Draft, Proposal, load_words
from casualties.errors import CasualtiesError, DraftError
from casualties.model.claim import Aspect, Modality, Silence, Stance
from casualties.model.figure import Figure


def told(text: str, *, everything: bool = False) -> list[tuple[str, str, str]]:
    """Draft a text, and give harm, figure and source of each proposal."""
    found = cs.draft(text, "2024-05-03", everything=everything)
    return [("-or-".join(each.harm), str(each.figure), each.source) for each in found]


@pytest.fixture(scope="module")
def article(real_data: Path) -> str:
    """Read the seed article, which is no part of the repository."""
    return (real_data / "seed-article" / "article.txt").read_text(encoding="utf-8")


class TestTheSeedArticle:
    """Its eight statements, and nothing else."""

    def test_figures_harms_and_sources(self, article: str) -> None:
        """Each stands with its words, figure and source; nothing more is proposed, not even hidden."""
        found = [
            (each.stance.value, each.words, str(each.figure), each.source)
            for each in cs.draft(article, "2020-09-30", everything=True)
        ]
        assert found == [
            ("states", "a pilot", "1", "Armenia"),
            ("denies", "denied the allegation", "None", "Azerbaijan"),
            ("denies", "denied the allegation", "None", "Turkey"),
            ("states", "more than 80", "81 or more", "the Armenian-led Artsakh defence ministry"),
            ("states", "at least 11", "11 or more", "Azerbaijan"),
            ("silent", "without mentioning military casualties", "None", "Azerbaijan"),
            ("states", "as many as 25", "up to 25", "Reports"),
            ("states", "at least two", "2 or more", "Syrian journalist Hussein Akoush"),
        ]

    def test_modality_target_and_facets(self, article: str) -> None:
        """The accusation is alleged and names the accused; both denials name it and deny who did it."""
        pilot, first, second, fighters, civilians, silence, mercenaries, two = cs.draft(article, "2020-09-30")
        assert (pilot.modality, pilot.perpetrator, dict(pilot.facets)) == (
            Modality.ALLEGED,
            "the Turkish military",
            {"role": "pilot"},
        )
        assert [(each.target, each.aspect) for each in (first, second)] == [(0, Aspect.RESPONSIBILITY)] * 2
        assert (fighters.modality, dict(fighters.facets)) == (Modality.CONFIRMED, {"status": "combatant"})
        assert (civilians.modality, dict(civilians.facets)) == (Modality.REPORTED, {"status": "civilian"})
        assert (silence.silence, dict(silence.facets)) == (Silence.NOT_MENTIONED, {"status": "combatant"})
        wanted = {"nationality": "syrian", "role": "mercenary"}
        assert [dict(each.facets) for each in (mercenaries, two)] == [wanted, wanted]
        assert str(mercenaries.since) == str(fighters.since) == "2020-09-27"
        assert Doubt.DAY_OF_BEGINNING in fighters.unsure

    def test_accepted_they_reconcile_to_the_table_of_the_seed(self, article: str) -> None:
        """A person adds sides, kinds and days; then every finding has the subject, span and claims of the seed."""
        report = cs.Report(publisher="The New Arab", published="2020-09-30")
        draft = cs.draft(article, report=report)
        days = {"since": "2020-09-27", "until": "2020-09-30", "our_reading": []}
        own = {"source": "artsakh-mod", "side": "armenian"}
        pilot = draft.accept(0, **days, side="armenian", perpetrator="turkish-military")
        claims = [
            pilot,
            draft.accept(1, **days, side="armenian", perpetrator="turkish-military", target=pilot),
            draft.accept(2, **days, side="armenian", perpetrator="turkish-military", target=pilot),
            draft.accept(3, **days, **own),
            draft.accept(4, **days, side="azerbaijani"),
            draft.accept(5, **days, side="azerbaijani"),
            draft.accept(6, **days),
            draft.accept(7, **days),
        ]
        drafted = cs.reconcile(draft.ledger(claims))
        seed = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30"))

        def shape(result: cs.Reconciliation) -> list[tuple[object, ...]]:
            return sorted(
                (
                    str(finding.subject.status),
                    str(finding.subject.side),
                    str(finding.subject.role),
                    str(finding.span),
                    len(finding.claims),
                )
                for finding in result
            )

        assert shape(drafted) == shape(seed)


class TestWhoSaysSo:
    """The ways in which news names a source, each worked out by hand."""

    @pytest.mark.parametrize(
        ("text", "sources"),
        [
            ("Three died, police and residents said.", ["police", "residents"]),
            ("AFP and Reuters, citing police, reported that 17 people had been killed.", ["police"]),
            ("A family member, Ann Hill, reported that two had died.", ["A family member, Ann Hill"]),
            ("Major Stone, head of the guard, told AFP that 4 men were killed.", ["Major Stone, head of the guard"]),
            ("According to the rebels, 50 soldiers were killed.", ["the rebels"]),
            ("Fifty soldiers were killed, according to the rebels.", ["the rebels"]),
            ("The ministry says 14 people died, the hospital counts 17.", ["The ministry", "the hospital"]),
            ("Rebels said they killed 12 soldiers, while the army put its dead at four.", ["Rebels", "the army"]),
            ('"We found eleven bodies," said the mayor. "Four of them were children."', ["the mayor", "the mayor"]),
            ("The mayor spoke at noon. Three people died, he said.", ["The mayor"]),
            ("The police said four men had died. The attackers also wounded six farmers.", ["The police", ""]),
            ("Police: 3 dead", ["Police"]),
            ("Roundup: 3 dead", [""]),
            ("Eleven dead in mine collapse – union", ["union"]),
            ("Seven killed in Tarn: officials", ["officials"]),
            ("Three were reported dead by the army.", ["the army"]),
            ("The enemy's claim of 200 dead was believed by nobody.", ["The enemy"]),
            ("The Ministry of Health and Population said 9 people died.", ["The Ministry of Health and Population"]),
            (
                "The Risk Reduction and Management Council said 9 people died.",
                ["The Risk Reduction and Management Council"],
            ),
            ("State media reported that the police now say five people are dead.", ["the police"]),
            ("The army on Thursday said nine soldiers were wounded.", ["The army"]),
            ("The ministry gave no reason but said nine soldiers were wounded.", ["The ministry"]),
            ("Three people were killed.", [""]),
        ],
    )
    def test_source(self, text: str, sources: list[str]) -> None:
        """The source is the one that speaks, and each of several has a proposal of its own."""
        assert [source for _, _, source in told(text)] == sources

    def test_those_who_pass_it_on_are_no_sources(self) -> None:
        """Two agencies that cite the police side by side are two citations of one claim."""
        (proposal,) = draft = cs.draft("AFP and Reuters, citing police, reported that 17 people had been killed.")
        assert proposal.relays == ("AFP", "Reuters")
        claim = draft.accept(0)
        assert [[relay.name for relay in each.relays] for each in claim.citations] == [["AFP"], ["Reuters"]]

    def test_who_is_told_passes_it_on(self) -> None:
        """An outlet that a source told is a relay; reporters in general are none."""
        (told_an_agency,) = cs.draft("Three died, the mayor told Reuters.")
        (told_reporters,) = cs.draft("Three died, the mayor told reporters.")
        assert (told_an_agency.relays, told_reporters.relays) == (("Reuters",), ())


class TestSmallFaults:
    """Faults met on the way, which stay tests."""

    @pytest.mark.parametrize(
        "text",
        [
            "How many people were killed is not known.",
            "The refugee camp shelters 18,000 people.",
            "She is in her 30s and lost nothing.",
            "Parliament kills bill on pensions.",
            "The strike could kill thousands.",
            "Three people were detained on suspicion of planning to murder the president.",
            "At least 1,000 sheep and 40 horses were killed.",
            "Ten people were sentenced to death.",
            "The drivers were beaten but not killed.",
            "About 30 tanks were destroyed or captured.",
            "Over 60 per cent of those killed were women.",
            "Two groups of hikers are missing.",
            "The law provides for 25 years in prison for anyone who kills a police officer.",
        ],
    )
    def test_what_counts_nobody_is_not_proposed(self, text: str) -> None:
        """Neither shown nor hidden."""
        assert told(text, everything=True) == []

    def test_no_one_is_not_one(self) -> None:
        """Nobody hurt is none, and never 1."""
        assert told("No one was hurt.") == [("wounded", "0", "")]

    def test_an_age_is_no_count(self) -> None:
        """The 29 of "the gunman, 29, died" is an age; one man died."""
        assert told("The gunman, 29, died.") == [("killed", "1", "")]

    def test_two_tolls_are_no_range(self) -> None:
        """What a toll rose from is hidden, and what it rose to is shown."""
        text = "The death toll has risen to 135 from 120."
        assert told(text) == [("killed", "135", "")]
        assert told(text, everything=True) == [("killed", "135", ""), ("killed", "120", "")]
        assert cs.draft(text).left_out == {Doubt.EARLIER_TOLL: 1}
        assert told("The toll rose from 120 to 135.") == [("killed", "135", "")]

    def test_one_death_told_twice_is_two_proposals_that_say_so(self) -> None:
        """The second names the first."""
        first, second = cs.draft("A soldier was killed on Monday. The army said that one soldier was killed.")
        assert (first.again, second.again) == (None, 0)
        assert Doubt.TOLD_AGAIN in second.unsure

    def test_a_victim_is_never_named(self) -> None:
        """One person named is hidden, and the name stands in no facet; the words of the sentence keep it."""
        text = "Journalist Anna Wood was killed on Monday, her newspaper said."
        assert told(text) == []
        (proposal,) = cs.draft(text, everything=True)
        assert Doubt.NAMED_PERSON in proposal.unsure
        assert "Wood" not in proposal.victims + repr(proposal.facets)

    def test_a_chosen_part_of_a_number_is_who_was_harmed(self) -> None:
        """Of "150 of the village's 1,800 residents were killed" 150 were killed."""
        assert told("At least 150 of the village's 1,800 residents were killed.") == [("killed", "150 or more", "")]

    def test_parts_name_their_whole(self) -> None:
        """Three children among those killed are a part, with the source of the whole; no sum is made."""
        whole, part = cs.draft("The army said 31 civilians, including eight children, were killed.")
        assert (part.part_of, part.source, dict(part.facets)) == (0, "The army", {"age": "child"})
        assert (whole.part_of, str(whole.figure)) == (None, "31")

    def test_those_just_counted_are_not_counted_again(self) -> None:
        """Two residents, named as a woman and her grandson, are two people."""
        assert told("Two residents were killed, a woman and her grandson.") == [("killed", "2", "")]

    def test_killed_or_wounded_is_one_count_of_two_harms(self) -> None:
        """It is not a count of each."""
        assert told("Dozens were killed or wounded.") == [("killed-or-wounded", "24 or more", "")]

    def test_what_is_denied_is_not_stated(self) -> None:
        """A denial has no figure, and a claim that is only denied is hidden."""
        text = "The air force denied that its planes had killed 23 people."
        (denial,) = cs.draft(text)
        assert (denial.stance, denial.source, denial.figure) == (Stance.DENIES, "The air force", None)
        assert [str(each.figure) for each in cs.draft(text, everything=True)] == ["None", "23"]

    def test_a_claim_that_another_denies_keeps_its_maker(self) -> None:
        """Who rejects a claim and who makes it are two parties."""
        denial, claim = cs.draft("The army rejected Northland's claim of killing 11 soldiers.")
        assert (denial.source, denial.target) == ("The army", 1)
        assert (claim.source, str(claim.figure), claim.modality) == ("Northland", "11", Modality.ALLEGED)

    def test_an_old_date_is_background(self) -> None:
        """What happened long before the text is hidden, and counted."""
        draft = cs.draft("In March 2019 an attack left 51 people dead.", "2024-08-02")
        assert (len(draft), draft.left_out) == (0, {Doubt.OLD_DATE: 1})

    def test_what_the_reader_of_counts_refuses_is_not_proposed(self) -> None:
        """No figure is made where there is none."""
        assert told("Between 15 and 10 people were killed.", everything=True) == []

    def test_lexicons_read_vague_words(self) -> None:
        """A named lexicon decides what "dozens" are."""
        (proposal,) = cs.draft("Dozens were killed.", lexicon="acled")
        assert proposal.figure is not None
        assert (proposal.figure.low, proposal.figure.high) == (12, 12)


class TestAcceptance:
    """Nothing leads from a draft into a reconciliation but a person."""

    DRAFT = cs.draft("At least 11 civilians were killed on 2 May, the ministry said on Friday.", "2024-05-03")

    def test_a_claim_cites_its_words_at_their_place(self) -> None:
        """The locator is the place in the text."""
        claim = self.DRAFT.accept(0)
        (citation,) = claim.citations
        assert (citation.words, citation.locator) == ("At least 11", "characters 1–11")
        assert (str(claim.subject.since), str(claim.stated)) == ("2024-05-02", "2024-05-03")

    def test_edits_are_a_persons(self) -> None:
        """Facets, figure in words, source and days; what is taken away is gone."""
        claim = self.DRAFT.accept(0, side="north", figure="12 to 15", source="un", since=None, until="2024-05-03")
        assert (claim.subject.side, claim.source, str(claim.figure)) == ("north", "un", "12–15")
        assert (claim.subject.since, str(claim.subject.until)) == (None, "2024-05-03")

    def test_what_was_read_from_elsewhere_is_our_reading(self) -> None:
        """Who "three others" were is read from the sentence before."""
        draft = cs.draft("Police said 5 soldiers were killed. Three others were wounded.")
        assert draft.accept(1, source="police").our_reading == ("status",)

    def test_a_draft_is_no_ledger(self) -> None:
        """It joins to nothing, and says what to do."""
        ledger = cs.Ledger()
        with pytest.raises(DraftError, match="accept them one by one"):
            _ = ledger | self.DRAFT
        with pytest.raises(DraftError, match="accept them one by one"):
            _ = self.DRAFT | ledger
        with pytest.raises(DraftError, match="accept them one by one"):
            self.DRAFT.ledger(self.DRAFT)  # type: ignore[arg-type]

    @pytest.mark.parametrize(
        ("place", "edits", "reason"),
        [(7, {}, "unknown-proposal"), (0, {"killed": 3}, "unknown-edit")],
    )
    def test_what_cannot_be_accepted_says_so(self, place: int, edits: dict[str, object], reason: str) -> None:
        """A number that there is none of, an edit of no such name."""
        with pytest.raises(DraftError) as caught:
            self.DRAFT.accept(place, **edits)
        assert caught.value.reason == reason

    def test_somebody_has_to_say_so(self) -> None:
        """Without a source there is no claim; a publisher speaks for the text itself."""
        with pytest.raises(DraftError, match="nobody is named"):
            cs.draft("Three people died.").accept(0)
        report = cs.Report(publisher="The Gazette")
        assert cs.draft("Three people died.", report=report).accept(0).source == "gazette"

    def test_two_sources_never_share_a_key(self) -> None:
        """Names that differ behind the fortieth letter stay apart."""
        long = "the spokesman of the northern military district of the"
        draft = cs.draft(f"Three died, {long} army said. Four died, {long} fleet said.")
        assert len({draft.source_key(0), draft.source_key(1)}) == 2

    def test_a_denial_accepts_its_target_by_itself(self) -> None:
        """It denies the claim as it was proposed, or the one that a person made of it."""
        draft = cs.draft("Armenia accused the army of killing a pilot. Turkey denied the allegation.")
        assert draft.accept(1).target == draft.accept(0).id
        mine = draft.accept(0, side="armenian")
        assert draft.accept(1, target=mine).target == mine.id

    def test_drafts_never_change_and_are_carried(self) -> None:
        """They pickle, compare by content, and refuse to be set."""
        assert pickle.loads(pickle.dumps(self.DRAFT)) == self.DRAFT
        assert isinstance(self.DRAFT, Draft)
        assert isinstance(self.DRAFT[0], Proposal)
        with pytest.raises(AttributeError, match="never changes"):
            self.DRAFT.text = ""

    @pytest.mark.parametrize("text", [b"Three died.", None])
    def test_what_is_no_text_is_refused(self, text: object) -> None:
        """Bytes and nothing are no texts."""
        with pytest.raises(DraftError, match="not a text"):
            cs.draft(text)  # type: ignore[arg-type]


class TestWords:
    """Words are data that a speaker can mend."""

    def test_own_words_are_added_and_taken_out(self, tmp_path: Path) -> None:
        """A noun and a verb of one's own are read; a word that is taken out is not."""
        mine = tmp_path / "my.toml"
        mine.write_text(
            '[people]\nplural = ["Droogs"]\n[harm.killed]\npast = ["offed"]\n'
            '[without.harm.killed]\npast = ["liquidated"]\n',
            encoding="utf-8",
        )
        words = load_words(mine)
        assert [str(each.figure) for each in cs.draft("Three droogs were offed.", words=words)] == ["3"]
        assert len(cs.draft("Three soldiers were liquidated.", words=words)) == 0
        assert len(cs.draft("Three soldiers were liquidated.")) == 1

    @pytest.mark.parametrize(
        ("text", "complaint"),
        [
            (
                '[people]\nplurall = ["x"]',
                r"people\.plurall: there is no list of this name\nHint: did you mean people\.plural",
            ),
            ("[people]\nplural = [3]", "no list of words"),
            ("[people", "no TOML"),
        ],
    )
    def test_a_wrong_file_says_where(self, text: str, complaint: str, tmp_path: Path) -> None:
        """The file, the list and the next step are named."""
        mine = tmp_path / "my.toml"
        mine.write_text(text, encoding="utf-8")
        with pytest.raises(DraftError, match=complaint):
            load_words(mine)

    def test_an_absent_file_and_an_unknown_language_say_so(self, tmp_path: Path) -> None:
        """No foreign error."""
        with pytest.raises(DraftError, match="No such file"):
            load_words(tmp_path / "none.toml")
        with pytest.raises(DraftError, match="english"):
            load_words(language="klingon")

    def test_every_verb_of_saying_has_a_modality(self) -> None:
        """Those of the file are those of the model."""
        assert {*load_words().modality_of.values()} <= {each.value for each in Modality}
        assert {*load_words().silence_of.values()} <= {each.value for each in Silence}

    def test_every_error_is_ours(self) -> None:
        """Whoever catches the root catches them."""
        assert issubclass(DraftError, CasualtiesError)


class TestBrackets:
    """What stands in brackets behind a number is read as the reader of statements reads it."""

    def test_low_and_high_belong_to_the_number(self) -> None:
        """The number is the best of its range, and no count of its own is made of the ends."""
        (proposal,) = cs.draft("2,975 (2,658–3,290) people died, the university said.")
        assert proposal.figure == Figure(2658, 3290, best=2975)
        assert (proposal.words, proposal.interval) == ("2,975 (2,658–3,290)", None)

    def test_a_named_interval_makes_an_estimate(self) -> None:
        """The claim that is accepted is an estimate, which stands beside the counts."""
        draft = cs.draft("4,645 (95% CI 793 to 8,498) people died, the study said.", published="2018-05-29")
        claim = draft.accept(0, method="survey")
        assert (claim.figure, str(claim.interval), claim.level) == (Figure(793, 8498, best=4645), "confidence", "95")
        assert claim.is_estimate

    def test_parts_in_brackets_name_their_whole(self) -> None:
        """Staff and patients are parts of the 22; a day in brackets is none."""
        draft = cs.draft("The strike killed 22 (12 staff and 10 patients), the ministry said.")
        assert [(str(each.figure), each.victims, each.part_of) for each in draft] == [
            ("22", "", None),
            ("12", "staff", 0),
            ("10", "patients", 0),
        ]
        assert [each.part_of for each in cs.draft("22 people (Monday) died and 3 were hurt.")] == [None, None]

    def test_a_number_told_again_in_digits_is_one(self) -> None:
        """Three (3) are three."""
        assert [str(each.figure) for each in cs.draft("Three (3) people died, police said.")] == ["3"]
