"""Links between claims: replacing across subjects, a lone denial, and what nobody signs."""

from __future__ import annotations

import io

import casualties as cs
from casualties.reconciling.position import Fate

HEAD = """
casualties: 1
sources: {mod: {kind: belligerent}, other: {kind: government}, unnamed: {kind: unattributed}}
reports: {g: {publisher: G, published: 2021-05-10}}
defaults: {since: 2021-05-01, until: 2021-05-03}
claims:
"""


def reconciled(*claims: str) -> cs.Reconciliation:
    """Reconcile a ledger of some claims."""
    text = HEAD + "".join(f"  - {{{claim}}}\n" for claim in claims)
    return cs.reconcile(cs.read(io.StringIO(text), format="yaml"))


def test_replacing_a_claim_on_another_subject() -> None:
    """The claim is out on its own subject, which is left without a figure and says what became of it."""
    result = reconciled(
        "id: a, source: mod, killed: 30, stated: 2021-05-04",
        "id: b, source: mod, wounded: 30, stated: 2021-05-05, replaces: a",
    )
    killed, wounded = result.about(harm="killed").one(), result.about(harm="wounded").one()
    assert list(killed.fates.values()) == [Fate.REPLACED]
    assert killed.common is None
    assert killed.undisputed is None
    assert str(wounded.common) == "30"
    assert "1 is replaced by 2, on wounded: people" in str(result)
    assert "1 is replaced by a claim, on wounded: people" in str(killed)
    assert "Set aside: 1 replaced" in str(result)


def test_replacing_across_subjects_leaves_others_standing() -> None:
    """What another source says of the subject stands, and a withdrawn replacement replaces nothing."""
    claims = [
        "id: a, source: mod, killed: 30, stated: 2021-05-04",
        "id: b, source: mod, wounded: 30, stated: 2021-05-05, replaces: a",
        "source: other, killed: 20, stated: 2021-05-04",
    ]
    assert str(reconciled(*claims).about(harm="killed").one().common) == "20"
    withdrawn = reconciled(*claims, "source: mod, withdraws: b, stated: 2021-05-06")
    assert sorted(withdrawn.about(harm="killed").one().fates.values()) == [Fate.STANDS, Fate.STANDS]
    assert "is replaced by" not in str(withdrawn)


def test_replacing_on_the_same_subject_says_nothing_more() -> None:
    """There the claim that replaces stands beside it, and needs no word of its own."""
    result = reconciled(
        "id: a, source: mod, killed: 30, stated: 2021-05-04",
        "id: b, source: mod, killed: 28, stated: 2021-05-05, replaces: a",
    )
    assert "is replaced by" not in str(result)


def test_lone_denial_of_the_occurrence() -> None:
    """It states 0 and no count is reported; with a figure of another the two are in dispute."""
    alone = reconciled("source: other, denies: killed, aspect: occurrence").one()
    assert alone.common is None
    assert alone.status == "unreported"
    assert [str(each.figure) for each in alone.positions] == ["0"]
    both = reconciled("source: other, denies: killed, aspect: occurrence", "source: mod, killed: 5").one()
    assert both.status == "disputed"


def test_older_unsigned_figure_is_not_outvoted_by_a_newer_one() -> None:
    """The figure of the latest day counts, and the floor of an earlier day carries unless that figure excludes it."""
    kept = reconciled(
        "source: unnamed, killed: at least 10, until: 2021-05-02, cited: g",
        "source: unnamed, killed: up to 20, until: 2021-05-03, cited: g",
    ).one()
    assert [str(each.figure) for each in kept.independent_sources] == ["10–20"]
    excluded = reconciled(
        "source: unnamed, killed: at least 50, until: 2021-05-02, cited: g",
        "source: unnamed, killed: up to 20, until: 2021-05-03, cited: g",
    ).one()
    assert [str(each.figure) for each in excluded.independent_sources] == ["up to 20"]
    assert [str(each.figure) for each in excluded.positions] == ["up to 20", "50 or more"]  # listed, for its own day
