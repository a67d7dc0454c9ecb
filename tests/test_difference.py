"""What changed between two answers: each kind of change is told once, with its claims."""

from __future__ import annotations

import io

import pytest

import casualties as cs
from casualties.difference import ChangeKind
from casualties.model.ledger import Ledger

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


def written(*claims: str) -> Ledger:
    """Read claims as people write them."""
    text = HEAD + "".join(f"  - {{{claim}}}\n" for claim in claims)
    return cs.read(io.StringIO(text if claims else text.replace("claims:\n", "claims: []\n")), format="yaml")


def kinds(older: list[str], newer: list[str]) -> list[tuple[ChangeKind, str]]:
    """Give the kinds and texts of the changes, without the heading of the subject."""
    return [
        (change.kind, change.text.removeprefix("Killed: people: "))
        for change in cs.changes(written(*older), written(*newer))
    ]


@pytest.mark.parametrize(
    ("older", "newer", "expected"),
    [
        (
            [],
            ["source: army, killed: 9"],
            [
                (ChangeKind.NEW_POSITION, "Army states 9 to 5 March 2021; it had stated nothing."),
                (ChangeKind.STATUS, "now single source."),
            ],
        ),
        (
            ["source: army, killed: 9, until: 2021-03-03"],
            ["source: army, killed: 9, until: 2021-03-03", "source: army, killed: 14"],
            [
                (
                    ChangeKind.REVISION,
                    "Army now states 14 to 5 March 2021; before it stated 9 to 3 March 2021, which is higher.",
                )
            ],
        ),
        (
            ["source: army, killed: 9, until: 2021-03-03"],
            ["source: army, killed: 9, until: 2021-03-03", "source: army, killed: 7"],
            [
                (
                    ChangeKind.REVISION,
                    "Army now states 7 to 5 March 2021; before it stated 9 to 3 March 2021, which is lower.",
                )
            ],
        ),
        (
            ["source: army, killed: 9"],
            ["source: army, killed: 9", "source: rebels, killed: 30"],
            [
                (ChangeKind.NEW_POSITION, "Rebels states 30 to 5 March 2021; it had stated nothing."),
                (ChangeKind.NEW_DISPUTE, "Army (9) and Rebels (30) share no count, by 21."),
                (ChangeKind.STATUS, "now disputed, before single source."),
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
                    "Army now states 30 to 5 March 2021; before it stated 9 to 5 March 2021, which is higher.",
                ),
                (ChangeKind.DISPUTE_ENDED, "Army (9) and Rebels (30) no longer contradict each other."),
                (ChangeKind.STATUS, "now corroborated, before disputed."),
            ],
        ),
        (
            ["source: army, silent: killed"],
            ["source: army, silent: killed", "source: army, killed: 9"],
            [
                (ChangeKind.SILENCE_BROKEN, "Army breaks its silence and states 9 to 5 March 2021."),
                (ChangeKind.STATUS, "now single source, before unreported."),
            ],
        ),
        (
            ["id: first, source: army, killed: 9"],
            ["id: first, source: army, killed: 9", "source: rebels, denies: first, aspect: figure"],
            [(ChangeKind.NEW_DENIAL, "Rebels denies the figure.")],
        ),
        (
            ["id: first, source: army, killed: 9"],
            ["id: first, source: army, killed: 9", "source: rebels, denies: first"],
            [(ChangeKind.NEW_DENIAL, "Rebels denies.")],
        ),
        (
            ["source: army, killed: 9"],
            ["source: army, killed: 9", "source: rebels, denies: killed, aspect: occurrence"],
            [
                (
                    ChangeKind.NEW_POSITION,
                    "Rebels denies that it happened; it had stated nothing.",
                ),
                (ChangeKind.NEW_DISPUTE, "Rebels (0) and Army (9) share no count, by 9."),
                (ChangeKind.NEW_DENIAL, "Rebels denies the occurrence."),
                (ChangeKind.STATUS, "now disputed, before single source."),
            ],
        ),
        (
            ["source: army, killed: 9"],
            ["source: army, killed: 9", "source: rebels, silent: killed"],
            [(ChangeKind.NEW_SILENCE, "Rebels gives no figure.")],
        ),
        (
            ["id: first, source: army, killed: 9"],
            ["id: first, source: army, killed: 9", "source: army, withdraws: first, stated: 2021-03-09"],
            [
                (ChangeKind.WITHDRAWN, "Army withdraws what it stated: it stated 9 to 5 March 2021."),
                (ChangeKind.STATUS, "now unreported, before single source."),
                (ChangeKind.NEW_CLAIM, "what Army withdraws is new and changes nothing else."),
            ],
        ),
        (
            ["source: army, killed: 9"],
            [],
            [
                (ChangeKind.POSITION_GONE, "Army no longer has a position: it stated 9 to 5 March 2021."),
                (ChangeKind.STATUS, "now not in the ledger, before single source."),
            ],
        ),
        (
            ["source: rebels, denies: killed, aspect: occurrence"],
            [],
            [
                (ChangeKind.POSITION_GONE, "Rebels no longer has a position: it denied that it happened."),
                (ChangeKind.STATUS, "now not in the ledger, before unreported."),
            ],
        ),
        (
            ["source: army, killed: 9"],
            ["source: army, killed: 9", "source: army, killed: 5, until: 2021-03-02"],
            [(ChangeKind.NEW_CLAIM, "what Army states (5) is new and changes nothing else.")],
        ),
        (
            ["source: army, killed: 9", "source: hospital, silent: killed"],
            ["source: army, killed: 9"],
            [(ChangeKind.CLAIM_GONE, "what Hospital is silent is gone.")],
        ),
        (
            ["source: army, killed: 9, cited: post"],
            ["source: army, killed: 9, cited: [post, mail]"],
            [(ChangeKind.NEW_CITATION, "what Army states (9) is read in a further report.")],
        ),
        (
            ["source: army, killed: 9, cited: post"],
            ["source: army, killed: 9, cited: [post, mail, echo]"],
            [(ChangeKind.NEW_CITATION, "what Army states (9) is read in 2 further reports.")],
        ),
        (
            ["source: unnamed, killed: 9"],
            ["source: unnamed, killed: 9", "source: unnamed, killed: up to 20"],
            [
                (
                    ChangeKind.REVISION,
                    (
                        "reports now states up to 20 to 5 March 2021 and states 9 to 5 March 2021; "
                        "before it stated 9 to 5 March 2021."
                    ),
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
    assert str(found).splitlines() == [f"- {change}" for change in found]
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
        "reports now states 9 to 5 March 2021 and states 14 to 5 March 2021; before it stated 9 to 5 March 2021.",
    )


def test_revision_that_allows_the_old_count_has_no_direction() -> None:
    """From 9 to 9 or more is neither lower nor higher."""
    found = kinds(["source: army, killed: 9, until: 2021-03-03"], ["source: army, killed: at least 9"])
    assert found[0] == (
        ChangeKind.REVISION,
        "Army now states 9 or more to 5 March 2021; before it stated 9 to 3 March 2021.",
    )
