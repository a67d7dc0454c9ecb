"""Claims in Python: they are those of the file, with its checks."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from typing import Any

import pytest

import casualties as cs
from casualties.errors import CasualtiesWarning, LedgerError, ModelError, UnknownNameError

HEAD = """
casualties: 1
sources:
  ministry: {}
reports:
  r: {publisher: Harbour Radio, published: 2026-06-12}
claims:
"""


def written(entry: str) -> list[cs.Claim]:
    """Read entries as people write them."""
    return list(cs.read(io.StringIO(f"{HEAD}  - {{source: ministry, {entry}}}\n"), format="yaml"))


RADIO = {"publisher": "Harbour Radio", "published": "2026-06-12"}


@pytest.mark.parametrize(
    ("entry", "python"),
    [
        ("killed: at least 14", {"killed": "at least 14"}),
        ("killed: 14", {"killed": 14}),
        ("killed: {low: 12, high: 15, best: 14}", {"killed": cs.Figure(12, 15, best=14)}),
        ("killed-or-wounded: about 300", {"harm": ["killed", "wounded"], "figure": "about 300"}),
        ("silent: killed, silence: withheld", {"silent": "killed", "silence": cs.Silence.WITHHELD}),
        (
            "killed: 3, side: north, status: civilian, place: port, with: [missing]",
            {"killed": 3, "side": "north", "status": "civilian", "place": "port", "with_": ["missing"]},
        ),
        (
            "killed: 3, since: 2026-06-11, until: 2026-06-12, stated: 2026-06-12T18:20+00:00",
            {
                "killed": 3,
                "since": "2026-06-11",
                "until": date(2026, 6, 12),
                "stated": datetime(2026, 6, 12, 18, 20, tzinfo=UTC),
            },
        ),
        ("killed: 3, cited: r", {"killed": 3, "cited": RADIO}),
        ("killed: 3, cited: r", {"killed": 3, "cited": cs.Report(publisher="Harbour Radio", published="2026-06-12")}),
        (
            "killed: 3, cited: {report: r, relays: [AFP], locator: 8 am, words: three dead}",
            {"killed": 3, "cited": {**RADIO, "relays": ["AFP"], "locator": "8 am", "words": "three dead"}},
        ),
        ('killed: "40 (95% CI 20 to 60)", method: survey', {"killed": "40 (95% CI 20 to 60)", "method": "survey"}),
        ("killed: unknown", {"killed": "unknown"}),
    ],
)
def test_it_is_the_claim_of_the_file(entry: str, python: dict[str, Any]) -> None:
    """The same words make the same claim, with the same citation."""
    (expected,) = written(entry)
    made = cs.claim("ministry", **python)
    assert made == expected
    assert made.id == expected.id
    assert made.citations == expected.citations


@pytest.mark.parametrize(
    ("python", "message", "hint"),
    [
        ({"killd": 3}, "unknown key 'killd'", "did you mean 'killed'?"),
        ({"killed": 3, "plase": "x"}, "unknown key 'plase'", "did you mean 'place'?"),
        ({"killed": 3, "status": "civillian"}, "status 'civillian' is no word that it takes", "'civilian'"),
        ({"killed": "a lot-ish"}, "killed: 'a lot-ish'", ""),
        ({"killed": 3, "cited": {"publsher": "x"}}, "cited: unknown key 'publsher'", "did you mean 'publisher'?"),
        ({}, "a claim that says nothing", "give one harm with its count"),
        ({"killed": 3, "wounded": 4}, "it makes 2 claims, not one", "ledger.add takes them all"),
        ({"killed": 3, "stated": "12/06/2026"}, "date '12/06/2026'", "write 2020-09-30"),
    ],
)
def test_what_is_wrong_is_said(python: dict[str, Any], message: str, hint: str) -> None:
    """Each mistake has the file's message and what may have been meant."""
    with pytest.raises(ModelError) as caught:
        cs.claim("ministry", **python)
    assert message in caught.value.message
    assert hint in (caught.value.hint or "")


def test_a_ledger_grows() -> None:
    """Adding makes a new ledger and leaves the old one as it was; names and reports are those it has."""
    empty = cs.Ledger(titles=["The fire"])
    first = empty.add(cs.Source(key="moh", names=["Health Ministry"], kinds=["government"]), killed=14, wounded=30)
    assert (len(empty), len(first)) == (0, 2)
    second = first.add("Health Ministry", killed=15, place="port", cited=RADIO).add(
        "Mayor", killed=15, cited="Harbour Radio"
    )
    assert {claim.source for claim in second} == {"moh", "Mayor"}
    assert len(second.reports) == 1
    assert second.titles == ("The fire",)
    assert first.add(*second) == second | first


def test_other_claims_are_given_as_they_are() -> None:
    """A denial, a withdrawal and a revision name the claim itself, and take what it counts."""
    first = cs.claim("ministry", killed="at least 14", place="port")
    denial = cs.claim("mayor", denies=first, aspect="figure")
    assert (denial.target, denial.subject) == (first.id, first.subject)
    assert cs.claim("ministry", withdraws=first).target == first.id
    assert cs.claim("ministry", killed=12, place="port", replaces=first).replaces == (first.id,)
    with pytest.raises(ModelError, match="a claim of 'ministry'"):
        cs.claim("mayor", withdraws=first)
    ledger = cs.Ledger().add(first).add("mayor", denies=first.id)
    assert len(ledger) == 2


def test_misspelt_names_are_refused() -> None:
    """A word that is nearly one of the ledger is an error, and a new one is not."""
    ledger = cs.Ledger().add("Health Ministry", killed=14, place="port")
    with pytest.raises(ModelError, match="did you mean 'Health Ministry'"):
        ledger.add("Helth Ministry", killed=14)
    with pytest.raises(ModelError, match="did you mean 'port'"):
        ledger.add("Health Ministry", killed=14, place="prt")
    assert len(ledger.add("Housing Ministry", killed=14)) == 2
    assert len(ledger.add("Mayor", killed=14, place="market")) == 2
    for facets, meant in (({"plce": "port"}, "place"), ({"place": "prt"}, "port"), ({"harm": "kiled"}, "killed")):
        for asked in (ledger, cs.reconcile(ledger), cs.bounds(ledger)):
            with pytest.raises(UnknownNameError, match=f"did you mean '{meant}'"):
                asked.about(**facets)
    for asked in (ledger, cs.reconcile(ledger), cs.bounds(ledger)):
        with pytest.warns(CasualtiesWarning, match=r"place 'elsewhere': nobody .*\nHint: there are port$"):
            assert len(asked.about(place="elsewhere")) == 0
        assert (
            len(asked.about(status="civilian")) == 0
        )  # a word of the list: nobody is counted, and nothing is misspelt
    assert len(cs.Ledger().about(place="elsewhere")) == 0


def test_the_claim_itself_takes_a_figure() -> None:
    """Its error names what reads words."""
    with pytest.raises(ModelError, match=r"cs\.claim") as caught:
        cs.Claim(source="x", subject=cs.Subject(harm=["killed"]), figure="at least 14")
    assert "'at least 14' is no Figure" in caught.value.message


def test_claims_are_reconciled_as_they_are() -> None:
    """A list of claims, one claim and the reading of a table give what a ledger of them gives."""
    claims = [cs.claim("a", killed=3), cs.claim("b", killed=4)]
    assert cs.reconcile(claims) == cs.reconcile(cs.Ledger().add(*claims))
    assert len(cs.reconcile(claims[0])) == 1
    assert len(cs.reconcile([])) == 0
    mapping = {"name": "sheet", "source": "{who}", "claims": [{"harm": "killed", "count": "dead"}]}
    reading = cs.read_table([{"who": "SOHR", "dead": "at least 11"}], mapping)
    assert cs.reconcile(reading) == cs.reconcile(reading.ledger)


def test_merging_takes_ledgers_one_by_one_or_in_a_list() -> None:
    """Both calls give the union."""
    one, two = cs.Ledger().add("a", killed=3), cs.Ledger().add("b", killed=4)
    assert cs.merge(one, two) == cs.merge([one, two]) == one | two
    assert cs.merge() == cs.Ledger()


def test_a_claim_prints_as_a_sentence() -> None:
    """By the keys of its ledger, on one line."""
    claim = cs.claim("ministry", killed="at least 14", place="port", stated="2026-06-12")
    assert str(claim) == "ministry states 14 or more: killed, port, stated 2026-06-12."


RESULT = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-war"))
FINDING = RESULT.one(harm="killed", side="azerbaijani", status="combatant", since="2020-09-27")


@pytest.mark.parametrize(
    "shown",
    [
        RESULT,
        FINDING,
        RESULT.ledger,
        *FINDING.claims,
        *FINDING.positions,
        *FINDING.independent_sources,
        *FINDING.disputes,
        *FINDING.denials,
        *FINDING.support,
        *FINDING.history(),
        FINDING.confidence,
        FINDING.explain(),
        FINDING.sentence("long"),
        RESULT.brief(),
        FINDING.resolve("ucdp"),
        RESULT.compare_codebooks(["acled"]),
        cs.bounds(RESULT.ledger),
        cs.bounding.audit(RESULT.ledger),
        cs.changes(RESULT.ledger, since="2020-10-30"),
        *cs.changes(RESULT.ledger, since="2020-10-30"),
    ],
    ids=lambda shown: type(shown).__name__,
)
def test_every_repr_fits_in_four_lines(shown: object) -> None:
    """Four lines of 80 columns hold it."""
    assert len(repr(shown)) <= 320, repr(shown)


SHOWN = [
    next(iter(FINDING.claims)),
    FINDING,
    RESULT,
    RESULT.ledger,
    FINDING.confidence,
    FINDING.explain(),
    FINDING.sentence(),
    RESULT.brief(),
    cs.bounds(RESULT.ledger),
    cs.changes(RESULT.ledger, since="2020-10-30"),
    FINDING.resolve("ucdp"),
]


@pytest.mark.parametrize("shown", SHOWN, ids=lambda shown: type(shown).__name__)
def test_everything_shows_itself_in_a_notebook(shown: Any) -> None:
    """What a person gets back is a table there, with nothing in it that acts."""
    page = shown._repr_html_()
    assert page.startswith("<table>")
    assert "<script" not in page


def test_findings_are_set_off_from_claims_in_a_notebook() -> None:
    """What two sources come to stands strong above what each says."""
    page = cs.reconcile([cs.claim("a", killed=3), cs.claim("b", killed=3)])._repr_html_()
    assert "<strong><bdi>People (a)</bdi></strong>" in page
    assert "<strong><bdi>a</bdi></strong>" not in page


def test_the_model_alone_reads_no_words() -> None:
    """A ledger that holds a claim of nobody is refused as before."""
    with pytest.raises(LedgerError, match="is not among the sources"):
        cs.Ledger([cs.claim("ministry", killed=3)])
