"""What changed between two answers: each kind of change is told once, with its claims."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders import examples

import casualties as cs
from casualties.difference.change import ChangeKind
from casualties.errors import CasualtiesError, ModelError
from casualties.model.ledger import Ledger
from casualties.testing import ledgers

HEAD = """
casualties: 1
sources:
  army: {name: Army, kind: belligerent}
  rebels: {name: Rebels, kind: belligerent}
  hospital: {name: Hospital, kind: medical}
  unnamed: {name: reports, kind: unattributed}
reports:
  post: {publisher: Post, published: 2021-03-09}
  mail: {publisher: Mail, published: 2021-03-10}
  echo: {publisher: Echo, published: 2021-03-11}
defaults: {since: 2021-03-01, until: 2021-03-05}
claims:
"""


INCIDENT = "events: {market: {incident: true}}\ndefaults"


def written(*claims: str) -> Ledger:
    """Read claims as people write them."""
    text = HEAD + "".join(f"  - {{{claim}}}\n" for claim in claims)
    return cs.read(io.StringIO(text if claims else text.replace("claims:\n", "claims: []\n")), format="yaml")


def kinds(older: list[str], newer: list[str]) -> list[tuple[ChangeKind, str]]:
    """Give the kinds and texts of the changes, without the heading of the subject."""
    return [(change.kind, change.said) for change in cs.changes(written(*older), written(*newer))]


@pytest.mark.parametrize(
    ("older", "newer", "expected"),
    [
        (
            [],
            ["source: army, killed: 9"],
            [
                (ChangeKind.NEW_POSITION, "Army says nine; it had given no figure."),
                (ChangeKind.STATUS, "Now single source."),
            ],
        ),
        (
            ["source: army, killed: 9, until: 2021-03-03"],
            ["source: army, killed: 9, until: 2021-03-03", "source: army, killed: 14"],
            [
                (
                    ChangeKind.REVISION,
                    "Army now says 14, up from nine by 3 March 2021.",
                )
            ],
        ),
        (
            ["source: army, killed: 9, until: 2021-03-03"],
            ["source: army, killed: 9, until: 2021-03-03", "source: army, killed: 7"],
            [
                (
                    ChangeKind.REVISION,
                    "Army now says seven, down from nine by 3 March 2021.",
                )
            ],
        ),
        (
            ["source: army, killed: 9"],
            ["source: army, killed: 9", "source: rebels, killed: 30"],
            [
                (ChangeKind.NEW_POSITION, "Rebels says 30; it had given no figure."),
                (ChangeKind.NEW_DISPUTE, "Army (nine) and Rebels (30) contradict one another, 21 apart."),
                (ChangeKind.STATUS, "Now disputed, before single source."),
            ],
        ),
        (
            ["source: army, killed: 9, stated: 2021-03-06", "source: rebels, killed: 30"],
            [
                "source: army, killed: 9, stated: 2021-03-06",
                "source: rebels, killed: 30",
                "source: army, killed: 30, stated: 2021-03-09",
            ],
            [
                (
                    ChangeKind.REVISION,
                    "Army now says 30, up from nine.",
                ),
                (ChangeKind.DISPUTE_ENDED, "Army (nine) and Rebels (30) no longer contradict one another."),
                (ChangeKind.STATUS, "Now corroborated, before disputed."),
            ],
        ),
        (
            ["source: army, silent: killed"],
            ["source: army, silent: killed", "source: army, killed: 9"],
            [
                (ChangeKind.SILENCE_BROKEN, "Army breaks its silence and says nine."),
                (ChangeKind.STATUS, "Now single source, before unreported."),
            ],
        ),
        (
            ["id: first, source: army, killed: 9"],
            ["id: first, source: army, killed: 9", "source: rebels, denies: first, aspect: figure"],
            [(ChangeKind.NEW_DENIAL, "Rebels denies the figure of nine given by Army.")],
        ),
        (
            ["id: first, source: army, killed: 9"],
            ["id: first, source: army, killed: 9", "source: rebels, denies: first"],
            [(ChangeKind.NEW_DENIAL, "Rebels denies what Army says.")],
        ),
        (
            ["source: army, killed: 9"],
            ["source: army, killed: 9", "source: rebels, denies: killed, aspect: occurrence"],
            [
                (
                    ChangeKind.NEW_POSITION,
                    "Rebels denies that it happened; it had given no figure.",
                ),
                (ChangeKind.NEW_DISPUTE, "Rebels (none) and Army (nine) contradict one another, nine apart."),
                (ChangeKind.STATUS, "Now disputed, before single source."),
            ],
        ),
        (
            ["source: army, killed: 9"],
            ["source: army, killed: 9", "source: rebels, silent: killed"],
            [(ChangeKind.NEW_SILENCE, "Rebels does not say how many people were killed.")],
        ),
        (
            ["id: first, source: army, killed: 9"],
            ["id: first, source: army, killed: 9", "source: army, withdraws: first, stated: 2021-03-09"],
            [
                (ChangeKind.WITHDRAWN, "Army withdraws the figure of nine."),
                (ChangeKind.STATUS, "Now unreported, before single source."),
            ],
        ),
        (
            ["source: army, killed: 9"],
            [],
            [
                (ChangeKind.POSITION_GONE, "Army no longer says nine."),
                (ChangeKind.STATUS, "Now not in the ledger, before single source."),
            ],
        ),
        (
            ["source: rebels, denies: killed, aspect: occurrence"],
            [],
            [
                (ChangeKind.POSITION_GONE, "Rebels no longer denies that it happened."),
                (ChangeKind.STATUS, "Now not in the ledger, before unreported."),
            ],
        ),
        (
            ["source: army, killed: 9"],
            ["source: army, killed: 9", "source: army, killed: 5, until: 2021-03-02"],
            [(ChangeKind.NEW_CLAIM, "Army says five people were killed; this changes nothing else.")],
        ),
        (
            ["source: army, killed: 9", "source: hospital, silent: killed"],
            ["source: army, killed: 9"],
            [(ChangeKind.CLAIM_GONE, "No longer in the ledger: Hospital does not say how many people were killed.")],
        ),
        (
            ["source: army, killed: 9, cited: post"],
            ["source: army, killed: 9, cited: [post, mail]"],
            [(ChangeKind.NEW_CITATION, "What Army says (nine) is read in a further report.")],
        ),
        (
            ["source: army, killed: 9, cited: post"],
            ["source: army, killed: 9, cited: [post, mail, echo]"],
            [(ChangeKind.NEW_CITATION, "What Army says (nine) is read in two further reports.")],
        ),
        (
            ["source: unnamed, killed: 9"],
            ["source: unnamed, killed: 9", "source: unnamed, killed: up to 20"],
            [
                (
                    ChangeKind.REVISION,
                    "Reports (unattributed) now say up to 20 and nine; before, nine.",
                )
            ],
        ),
        (
            ["source: army, killed: 9", "source: rebels, killed: 30"],
            ["source: army, killed: 9", "source: rebels, killed: 30"],
            [],
        ),
    ],
)
def test_each_change_is_told(older: list[str], newer: list[str], expected: list[tuple[ChangeKind, str]]) -> None:
    """Exactly the expected changes are told."""
    assert kinds(older, newer) == expected


def test_changes_print_as_a_list() -> None:
    """A desk can paste it: one line a change, or one line that nothing changed."""
    found = cs.changes(written(), written("source: army, killed: 9"))
    assert len(found) == 2
    assert str(found).splitlines() == ["Killed: people", *(f"- {change.said}" for change in found)]
    assert str(cs.changes(written(), written())) == "Nothing changed."


def test_two_days_of_one_ledger() -> None:
    """Results of two days are compared as they stand."""
    war = written("source: army, killed: 9, until: 2021-03-03", "source: army, killed: 14")
    older, newer = (cs.reconcile(war, as_of=day) for day in ("2021-03-03", "2021-03-05"))
    assert [change.kind for change in cs.changes(older, newer)] == [ChangeKind.REVISION]


def test_several_statements_of_one_source_have_no_direction() -> None:
    """Reports that nobody signs stand side by side, so that none is higher than what was said before."""
    first = "source: unnamed, killed: 9"
    found = kinds([first], [first, "source: unnamed, killed: 14"])
    assert found[0] == (
        ChangeKind.REVISION,
        "Reports (unattributed) now say nine and 14; before, nine.",
    )


def test_revision_that_allows_the_old_count_has_no_direction() -> None:
    """From 9 to 9 or more is neither lower nor higher."""
    found = kinds(["source: army, killed: 9, until: 2021-03-03"], ["source: army, killed: at least 9"])
    assert found[0] == (
        ChangeKind.REVISION,
        "Army now says at least nine; before, nine by 3 March 2021.",
    )


EVENING = """
casualties: 1
timezone: "+02:00"
sources:
  health: {name: Health Ministry, kind: government}
  interior: {name: Interior Ministry, kind: government}
defaults: {since: 2026-06-12, until: 2026-06-12}
claims:
  - {source: health, killed: 3, stated: 2026-06-12T17:10+02:00}
  - {source: interior, killed: 2, stated: 2026-06-12T17:40+02:00}
  - {source: health, killed: at least 14, stated: 2026-06-12T18:20+02:00}
  - {source: interior, killed: 8, stated: 2026-06-12T19:05+01:00}
  - {source: interior, silent: wounded, stated: 2026-06-12}
"""


def evening(text: str = EVENING) -> Ledger:
    """Read the evening."""
    return cs.read(io.StringIO(text), format="yaml")


def test_since_an_hour() -> None:
    """From 18:00 on two ministries raised their figures; each change carries its own hour, whatever its offset."""
    found = cs.changes(evening(), since="2026-06-12T18:00+02:00")
    told = [change.said for change in found]
    assert "The Health Ministry now says at least 14, up from three." in told
    assert "The Interior Ministry now says eight, up from two." in told
    assert [f"{change.at:%H:%M}" for change in found if change.at] == ["18:20", "19:05"]


@pytest.mark.parametrize(
    ("since", "health", "interior"),
    [
        ("2026-06-12T18:00+02:00", "3", "2"),
        ("2026-06-12T16:00+00:00", "3", "2"),
        ("2026-06-12T18:20+02:00", "14 or more", "2"),
        ("2026-06-12T20:04+02:00", "14 or more", "2"),
        ("2026-06-12T20:05+02:00", "14 or more", "8"),
        ("2026-06-12", "14 or more", "8"),
    ],
)
def test_knowledge_of_a_moment(since: str, health: str, interior: str) -> None:
    """Moments compare as moments: 19:05 +01:00 is 20:05 +02:00; a day takes all that it brought."""
    finding = cs.reconcile(evening(), known_on=since).one(harm="killed")
    assert {each.source: str(each.figure) for each in finding.positions} == {"health": health, "interior": interior}


def test_a_day_is_over_at_its_end() -> None:
    """What is dated by the day alone is known at 24:00 in the time zone of the ledger, and counted until then."""
    for moment, wounded, left in (("2026-06-12T23:59+02:00", 0, 1), ("2026-06-12T22:00+00:00", 1, 0)):
        result = cs.reconcile(evening(), known_on=moment)
        assert len(result.about(harm="wounded")) == wounded
        assert result.view.left_out_by_hour == left
    told = cs.reconcile(evening(), known_on="2026-06-12T23:59+02:00").to_text()
    assert "1 claim dated by that day alone is left out" in " ".join(told.split())
    without_zone = evening(EVENING.replace('timezone: "+02:00"\n', ""))
    assert len(cs.reconcile(without_zone, known_on="2026-06-12T23:00+00:00").about(harm="wounded")) == 0
    assert len(cs.reconcile(without_zone, known_on="2026-06-13T00:00+00:00").about(harm="wounded")) == 1


def test_an_hour_is_that_before_the_newest_statement() -> None:
    """The newest statement with an hour was at 19:05 +01:00: then the last 18:00 of its offset."""
    for hour, moment in (("18:00", "2026-06-12T18:00:00+01:00"), ("19:30", "2026-06-11T19:30:00+01:00")):
        ledger = evening(EVENING.replace("stated: 2026-06-12}", "stated: 2026-06-11}"))
        assert str(cs.changes(ledger, since=hour).since) == moment


def test_two_subjects_never_share_a_heading() -> None:
    """Subjects that differ only in their first day have that day in their headings."""
    text = EVENING.replace("killed: 8,", "killed: 8, since: 2026-06-10,")
    found = cs.changes(evening(text).keeping([]), evening(text))
    headings = {change.subject: change.heading for change in found}
    assert len(set(headings.values())) == len(headings) == 3
    assert "Killed: people, from 10 June 2026" in headings.values()


def test_changes_as_markdown_and_json() -> None:
    """The same changes in other forms, with the claims by identity."""
    found = cs.changes(evening(), since="2026-06-12T18:00+02:00")
    assert "### Killed: people" in found.to_markdown()
    plain = json.loads(found.to_json())
    assert plain["since"] == "2026-06-12T18:00:00+02:00"
    assert [each["said"] for each in plain["changes"]] == [change.said for change in found]


def test_wrong_calls_are_refused() -> None:
    """It takes two of a kind, or one ledger and since."""
    with pytest.raises(CasualtiesError, match="two ledgers or results"):
        cs.changes(evening())
    with pytest.raises(CasualtiesError, match="two ledgers or results"):
        cs.changes(evening(), evening(), since="18:00")
    with pytest.raises(CasualtiesError, match="two ledgers or results"):
        cs.changes(cs.reconcile(evening()), since="18:00")
    with pytest.raises(ModelError, match="no statement has a date"):
        cs.changes(cs.Ledger(), since="18:00")


def two_events() -> Ledger:
    """Give a ledger with a claim on each of two events."""
    killed = cs.Subject(harm=["killed"], since="2020-08-18", event="sheet 1")
    return cs.Ledger(
        [
            cs.Claim(source="ministry", subject=killed, figure=cs.Figure(12, 30)),
            cs.Claim(
                source="watch",
                subject=killed.replacing(event="ged 1", since="2020-08-20"),
                figure=cs.Figure.at_least(41),
            ),
        ],
        sources=[cs.Source(key="ministry"), cs.Source(key="watch")],
    )


def test_events_that_are_said_to_be_one_take_no_claim_away() -> None:
    """Nobody no longer says what she says; who compares them is told, and what follows; taken back it is told too."""
    apart = two_events()
    said = cs.Identification(relation="same", events=["sheet 1", "ged 1"], says="reviewer", because="one market")
    joined = apart | Ledger(identifications=[said])
    assert [(each.kind, each.said) for each in cs.changes(apart, joined)] == [
        (
            ChangeKind.NEW_DISPUTE,
            "The ministry (between 12 and 30) and watch (at least 41) contradict one another, 11 apart.",
        ),
        (ChangeKind.EVENTS, "Compared as one event, ged 1 and sheet 1, says reviewer (one market)."),
        (ChangeKind.STATUS, "Now disputed, before single source."),
    ]
    back = [(each.heading, each.kind, each.said) for each in cs.changes(joined, apart)]
    assert {heading for heading, kind, _ in back if kind is ChangeKind.EVENTS} == {
        "Killed: people, ged 1",
        "Killed: people, sheet 1",
    }
    assert not {kind for _, kind, _ in back} & {ChangeKind.POSITION_GONE, ChangeKind.CLAIM_GONE}


def test_a_claim_that_gives_an_incident_another_day_takes_no_claim_away() -> None:
    """What one claim says of an incident describes it; the finding's subject may change, and its claims stay."""
    ministry = "{source: army, killed: 12 to 30, since: 2021-03-02, event: market}"
    watch = "{source: hospital, killed: at least 41, since: 2021-03-04, event: market}"
    first, later = (
        cs.read(io.StringIO(f"{HEAD.replace('defaults', INCIDENT)}  - {text}\n"), format="yaml")
        for text in (ministry, f"{ministry}\n  - {watch}")
    )
    found = cs.changes(first, later)
    assert {each.kind for each in found} == {ChangeKind.NEW_POSITION, ChangeKind.NEW_DISPUTE, ChangeKind.STATUS}
    assert len({each.heading for each in found}) == 1


@settings(max_examples=examples(60))
@given(ledger=ledgers(max_claims=6), data=st.data())
def test_a_ledger_that_grows_loses_nothing(ledger: Ledger, data: st.DataObject) -> None:
    """Of a part and the whole nothing is said to be gone."""
    kept = data.draw(st.sets(st.sampled_from([claim.id for claim in ledger]))) if len(ledger) else set()
    for change in cs.changes(ledger.keeping([claim for claim in ledger if claim.id in kept]), ledger):
        assert change.kind is not ChangeKind.CLAIM_GONE
        assert "not in the ledger" not in change.said
