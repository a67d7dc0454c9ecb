"""Codebooks by name, their parameters, and how they read claims."""

from __future__ import annotations

import pickle
from fractions import Fraction
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from casualties import codebooks
from casualties.codebooks import Codebook, CodedPart, Coding, Output, Parameter, Resolution, Rule
from casualties.codebooks.coded_figures import grouped
from casualties.errors import ModelError, UnknownNameError
from casualties.model.figure import Figure

if TYPE_CHECKING:
    from collections.abc import Callable

    from casualties.results import Finding

RULES = [(name, rule) for name in codebooks.names() for rule in codebooks.load(name).rules]


def own(coding: Coding) -> Resolution:
    """Decide as a codebook of somebody else's: the highest number of any voice."""
    by_number = coding.by_number()
    if not by_number:
        return coding.not_coded("a number")
    number = max(by_number)
    return coding.code("highest", number=number, used=by_number[number])


OWN = Codebook(
    name="own",
    title="House rules",
    version="1",
    address="",
    output=Output.NUMBER,
    decide=own,
    rules=(Rule("highest", "p. 1", "The highest number is written."),),
)


@pytest.mark.parametrize(("name", "rule"), RULES, ids=lambda part: part if isinstance(part, str) else part.name)
def test_each_published_sentence_has_a_test(name: str, rule: Rule) -> None:
    """For every rule of a codebook there is a test that is named by it."""
    tests = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    wanted = f"test_{name}_{rule.name}".replace("-", "_")
    assert f"def {wanted}(" in tests, f"write {wanted}"


@pytest.mark.parametrize("name", codebooks.names())
def test_codebook_says_where_it_comes_from(name: str) -> None:
    """A codebook has a title and a version, and every rule its place and a whole sentence."""
    codebook = codebooks.load(name)
    assert codebook.title
    assert codebook.version
    assert codebook.address.startswith("https://") or codebook.version == "in use"
    assert [rule.name for rule in codebook.rules if not rule.where or not rule.text.endswith(".")] == []
    assert pickle.loads(pickle.dumps(codebook)) == codebook


def test_unknown_codebook_is_named() -> None:
    """A name that no codebook carries is refused with those that there are."""
    with pytest.raises(UnknownNameError, match="codebook 'prio': no such codebook\nHint: one of ucdp, acled, gtd,"):
        codebooks.load("prio")


def test_other_packages_add_codebooks(monkeypatch: pytest.MonkeyPatch, finding_of: Callable[..., Finding]) -> None:
    """An entry point adds a codebook to the list; one that names something else is refused."""
    points = [
        EntryPoint("own", f"{__name__}:OWN", codebooks.ENTRY_POINTS),
        EntryPoint("odd", "casualties.errors:ModelError", codebooks.ENTRY_POINTS),
    ]
    monkeypatch.setattr(EntryPoint, "load", lambda point: OWN if point.name == "own" else ModelError)
    monkeypatch.setattr(codebooks, "entry_points", lambda group: points if group == codebooks.ENTRY_POINTS else [])
    assert codebooks.names()[-2:] == ("odd", "own")
    assert finding_of(("un", 14), ("paper", 12)).resolve("own").number == 14
    with pytest.raises(ModelError, match=r"codebook .odd.: casualties.errors:ModelError is no Codebook"):
        codebooks.load("odd")


def test_own_codebook_needs_no_name_in_a_list(finding_of: Callable[..., Finding]) -> None:
    """A codebook may be given as it is, with the common parameters."""
    finding = finding_of(("un", Figure(10, 15)), ("paper", 12))
    assert [finding.resolve(OWN, ends=ends).number for ends in ("low", "middle", "high", "exact")] == [12, 12, 15, 12]
    assert finding_of(("un", "silent")).resolve(OWN).reason == "not coded: needs a number"


def test_codebook_without_rules_is_refused() -> None:
    """A codebook has a name and rules that a reader can look up."""
    with pytest.raises(ModelError, match="codebook 'bare': it needs a name and at least one rule"):
        Codebook("bare", "", "", "", Output.NUMBER, own, ())


@pytest.mark.parametrize(
    ("given", "error", "message"),
    [
        ({"severl": 3}, UnknownNameError, "codebook 'acled': it has no parameter 'severl'"),
        ({"several": 5}, ModelError, "parameter several=5: not a value that it takes\nHint: one of 3, 10"),
        ({"several": True}, ModelError, "parameter several=True"),
        ({"over": "days"}, ModelError, r"parameter over='days': not a value that it takes\nHint: such as \(\)"),
        ({"other_harm_ok": 1}, ModelError, "parameter other_harm_ok=1"),
    ],
)
def test_wrong_parameter_is_refused(
    finding_of: Callable[..., Finding], given: dict[str, object], error: type[Exception], message: str
) -> None:
    """An unknown parameter, or a value that it does not take, is refused with what would do."""
    with pytest.raises(error, match=message):
        finding_of(("un", 14)).resolve("acled", **given)


def test_list_parameter_takes_only_its_names() -> None:
    """A list whose names are given holds no other name; a number is not below zero."""
    with pytest.raises(ModelError, match="parameter unverified="):
        codebooks.load("ucdp").settled({"unverified": ["rumour"]})
    with pytest.raises(ModelError, match="parameter n=-1"):
        Parameter("n", 0, "a number").taken(-1)


def test_resolution_holds_together() -> None:
    """Ends stand in order, and parts sum to the number."""
    facts = {"codebook": "own", "subject": None, "coded": True, "rule": "highest"}
    with pytest.raises(ModelError, match="low, best and high are 12, None, 3"):
        Resolution(**facts, low=12, high=3)  # type: ignore[arg-type]
    with pytest.raises(ModelError, match="the parts dead: 3 do not sum to 4"):
        Resolution(**facts, number=4, parts=(CodedPart("dead", 3),))  # type: ignore[arg-type]
    assert Resolution(**facts, number=4, unrounded=Fraction(9, 2)).unrounded == Fraction(9, 2)  # type: ignore[arg-type]


def test_words_that_cannot_be_read_leave_the_figure(finding_of: Callable[..., Finding]) -> None:
    """Where words are no figure the recorded one is taken, and a step says so."""
    resolution = finding_of(("un", "12 killed and 30 wounded", {"figure": Figure.exactly(12)})).resolve("majority")
    assert resolution.number == 12
    assert [step.text for step in resolution.steps if step.rule == "figure"] == [
        "no words that can be read: taken by the recorded figure"
    ]


def test_words_keep_the_best_number_of_the_figure(finding_of: Callable[..., Finding]) -> None:
    """Words that give the recorded ends do not lose the number that the source prefers."""
    assert finding_of(("un", "10 to 20", {"figure": Figure(10, 20, best=15)})).resolve("majority").number == 15


def test_lexicon_may_be_chosen(finding_of: Callable[..., Finding]) -> None:
    """Any codebook reads words by another lexicon where that is asked for."""
    finding = finding_of(("un", "dozens"))
    assert [finding.resolve("majority", lexicon=name).number for name in ("", "acled")] == [24, 12]


def test_earlier_days_are_set_aside_unless_asked_for(finding_of: Callable[..., Finding]) -> None:
    """The count of an earlier day is no lower account of the same dead."""
    said = [("un", 14), ("paper", 9, {"facets": {"until": "2020-09-28"}})]
    resolution = finding_of(*said).resolve("ucdp")
    assert resolution.number == 14
    assert [each.reason for each in resolution.set_aside] == ["counts to 2020-09-28, not to 2020-09-30"]
    assert finding_of(*said).resolve("ucdp", days="any").number == 9


def test_organs_speak_with_one_voice(finding_of: Callable[..., Finding]) -> None:
    """Of two organs that are divided over one day the one that spoke last is the account, in either direction."""
    early, late = {"stated": "2020-09-30", "modality": "confirmed"}, {"stated": "2020-10-20"}
    for first, last in ((40, 90), (90, 40)):
        resolution = finding_of(("state", first, early), ("ministry", last, late)).resolve("iraq-body-count")
        assert (resolution.low, resolution.high, resolution.grade) == (last, last, "provisional")
        assert {each.reason for each in resolution.set_aside} == {
            "speaks for a voice of which another organ spoke later"
        }


def test_estimates_stand_beside_the_counts(finding_of: Callable[..., Finding]) -> None:
    """No codebook takes an estimate for a count, and each says why."""
    survey = {"method": "survey"}
    for name in codebooks.names():
        resolution = finding_of(("un", 14), ("aid", 900, survey)).resolve(name)
        assert [each.reason for each in resolution.set_aside if each.claim.source == "aid"] == [
            "is an estimate, which stands beside the counts and is none of them"
        ]


def test_recorded_ends_keep_what_their_recorder_made_of_them(finding_of: Callable[..., Finding]) -> None:
    """Words such as "probably between 10 and 50" assume their ends; a recorder who states them is followed."""
    stated = ("un", "probably between 10 and 50", {"figure": Figure(10, 50)})
    assert finding_of(stated).resolve("iraq-body-count").low == 10


def test_organ_of_an_earlier_day_is_set_aside(finding_of: Callable[..., Finding]) -> None:
    """Within one voice the organ that counts the later day speaks."""
    said = [("state", 14), ("ministry", 9, {"facets": {"until": "2020-09-28"}})]
    resolution = finding_of(*said).resolve("iraq-body-count")
    assert (resolution.low, resolution.high) == (14, 14)
    assert len(resolution.set_aside) == 1


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (("state", "silent", {"silence": "withheld"}), "states no figure: withheld"),
        (("state", "silent"), "states no figure: not said why"),
        (("state", "denies", {"aspect": "figure"}), "denies the figure, not a number"),
        (("state", "denies"), "denies, and does not say what"),
        (("state", "denies", {"aspect": "occurrence"}), "denies that it happened, and reports no number"),
        (("state", "withdraws", {"target": "c1-0123456789abcdef0123"}), "withdraws another claim"),
        (("state", Figure(0, None)), "states no one number"),
    ],
)
def test_claims_without_a_number_are_set_aside_with_the_reason(
    finding_of: Callable[..., Finding], said: object, reason: str
) -> None:
    """Silences, denials and withdrawals stand among what is set aside, each with what it does."""
    resolution = finding_of(("un", 14), said).resolve("majority")
    assert [each.reason for each in resolution.set_aside] == [reason]


def test_versions_of_one_statement_are_one_account(finding_of: Callable[..., Finding]) -> None:
    """Three relays of one ministry are one voice; those not read at the source are set aside as versions."""
    site = {"citations": [{"report": {"publisher": "un"}}]}
    said = [("un", 14, site), ("un", 15, {"modality": "reported"}), ("paper", 15), ("agency", 15)]
    resolution = finding_of(*said).resolve("majority")
    assert resolution.number == 15
    assert sorted(claim.source for claim in resolution.used) == ["agency", "paper"]
    reasons = {each.claim.figure: each.reason for each in resolution.set_aside}
    assert reasons == {
        Figure.exactly(14): "another number is named by more sources",
        Figure.exactly(15): "a version; its source published another itself",
    }


@pytest.mark.parametrize(
    ("words", "number", "named"),
    [
        ("about 7,000", 7000, (7000,)),
        ("between 10 and 15", 10, (10, 15)),
        ("as many as 25", 25, (25,)),
        ("more than 80", 81, (81,)),
        ("several", 3, (3,)),
        ("nearly 2,000", 1999, (1999,)),
        ("just over 2,000", 2001, (2001,)),
        ("nobody", 0, (0,)),
    ],
)
def test_reading_names_what_was_said(
    finding_of: Callable[..., Finding], words: str, number: int, named: tuple[int, ...]
) -> None:
    """An approximation names its middle, and an end that is only assumed is named by nobody."""
    (reading,) = Coding(finding_of(("un", words)), OWN).claim_figures
    assert (reading.number, reading.named) == (number, named)


def test_accounts_without_a_number_are_in_no_group(finding_of: Callable[..., Finding]) -> None:
    """Accounts are grouped by their number, lowest first, and one that names none is in no group."""
    coding = Coding(finding_of(("un", Figure(0, None)), ("paper", 12), ("aid", 3)), OWN)
    assert len(coding.source_figures) == 3
    assert list(grouped(coding.source_figures)) == [3, 12]


def test_equal_version_is_set_aside_too(finding_of: Callable[..., Finding]) -> None:
    """A second claim with the same number that was not read at the source is a version, and is not lost."""
    site = {"citations": [{"report": {"publisher": "un"}}]}
    resolution = finding_of(("un", 14, site), ("un", 14, {"modality": "reported"})).resolve("majority")
    assert [each.reason for each in resolution.set_aside] == ["a version of what its source published itself"]


def test_reading_without_words_for_the_reconciliation(finding_of: Callable[..., Finding]) -> None:
    """A claim whose words the reconciliation's own lexicon leaves blank has no account to be read."""
    finding = finding_of(("un", 14), ("paper", "several"), lexicon="gtd")
    reasons = {each.claim.source: each.reason for each in finding.resolve("majority").set_aside}
    assert reasons == {"paper": "states no figure as its words are read"}


def test_explanation_names_every_claim(finding_of: Callable[..., Finding]) -> None:
    """What is explained holds the outcome, the reason, each step, each part and each claim."""
    resolution = finding_of(("un", 14), ("paper", 12)).resolve("acled", over=["days"], group_ok=True)
    text = resolution.explain()
    assert text.startswith("acled: 12, by lowest\n")
    assert "  part 2020-09-27: 3" in text
    assert text.count("set aside: ") == text.count("used: ") == 1
    refused = finding_of(("un", 14), ("paper", 12)).resolve("majority")
    assert refused.explain().splitlines()[:2] == [
        "majority: not coded, by most-named",
        "  not coded: needs one number, and 2 accounts of equal standing name 12 and 14",
    ]
