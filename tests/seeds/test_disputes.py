"""Two disputes over one toll each: what a good answer shows, worked out by hand from the claims."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

import casualties as cs
from casualties.reconciling.finding import FindingStatus
from casualties.reconciling.pairs import Dispute
from casualties.reconciling.position import Fate, Flag
from casualties.results import Finding

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "questions-about-the-tables.md"
AHLI = cs.reconcile(cs.seeds.load("gaza-al-ahli-2023-10"))
RABAA = cs.reconcile(cs.seeds.load("egypt-rabaa-2013-08"))


def at_ahli() -> Finding:
    """Give the finding on the dead of Al-Ahli."""
    return AHLI.one(harm="killed")


def at(place: str) -> Finding:
    """Give the finding on everybody killed in a place in Egypt."""
    (finding,) = [each for each in RABAA if each.subject.place == place and each.subject.side is None]
    return finding


def gaps(pairs: Sequence[Dispute]) -> list[tuple[str, str, int]]:
    """List the figures that are apart, with the gap between them."""
    return [(str(each.lower_figure), str(each.upper_figure), each.gap) for each in sorted(pairs, key=_by_gap)]


def _by_gap(pair: Dispute) -> int:
    return pair.gap


def test_blame_parts_no_count_at_al_ahli() -> None:
    """The ministry blames Israel, Israel blames Islamic Jihad: one finding, with who blames whom, and who denies it."""
    finding = at_ahli()
    assert len([each for each in AHLI if each.subject.harm == ("killed",)]) == 1
    assert sorted(blame.side for blame in finding.blamed) == ["islamic-jihad", "israeli"]
    assert sorted(str(denial.aspect) for denial in finding.denials) == ["figure"] * 2 + ["responsibility"] * 3


def test_three_disputes_at_al_ahli() -> None:
    """10–50, 100–300 and 471 share no count two by two: 100 less 50, 471 less 50, and 471 less 300."""
    finding = at_ahli()
    assert finding.status is FindingStatus.DISPUTED
    assert gaps(finding.disputes) == [("10–50", "100–300", 50), ("100–300", "471", 171), ("10–50", "471", 421)]


def test_what_nobody_excludes_at_al_ahli() -> None:
    """The lowest ceiling is 50 and the highest floor not above it the dozens of the reporters, 24; 471 is the top."""
    finding = at_ahli()
    assert str(finding.undisputed) == "24–471"
    assert str(finding.borne_out_by(2)) == "24–471"
    assert str(finding.confidence.level) == "moderate"


def test_one_government_revised_its_toll_down() -> None:
    """200–300, at least 500, then 471: one voice with the civil defence's more than 300, and 471 is below the 500."""
    finding = at_ahli()
    assert len(finding.independent_sources) == 4
    assert Flag.REVISED_DOWN in finding.flags
    replaced = [claim for claim in finding.claims if finding.fates[claim.id] is Fate.REPLACED]
    assert sorted(str(claim.figure) for claim in replaced) == ["200–300", "500 or more"]


def test_not_verified_is_no_denial() -> None:
    """An organization could not corroborate the 471: a mark on that claim, and no count."""
    (mark,) = at_ahli().unverified
    assert mark.source == "human-rights-watch"


def test_organs_of_one_government_at_rabaa() -> None:
    """61, then 288 by one ministry; the forensic authority's 377 and 627, of two papers, are 377 or more together."""
    finding = at("rabaa")
    assert Flag.RELAYED_DIFFERENTLY in finding.flags
    (government,) = [voice for voice in finding.independent_sources if "egypt-forensic" in voice.sources]
    assert str(government.figure) == "377 or more"


def test_overtaken_newspaper_at_rabaa() -> None:
    """228 on the day after is overtaken by 632 and 1,001 or more; the government had 288 then, so that is a dispute."""
    finding = at("rabaa")
    assert gaps(finding.overtaken) == [("228", "632", 404), ("228", "1,001 or more", 773)]
    assert gaps(finding.disputes) == [("228", "377 or more", 149), ("632", "1,001 or more", 369)]
    assert str(finding.undisputed) == "632 or more"


def test_part_above_its_whole_at_the_camps() -> None:
    """Amnesty has 483 for both camps, and the council 632 for one of them: 149 too many, of different sources."""
    bounds = cs.bounds(cs.seeds.load("egypt-rabaa-2013-08"))
    found = {(tuple(sorted(claim.source for claim in each.claims)), each.change) for each in bounds.contradictions}
    assert (("amnesty", "nchr-egypt"), 149) in found


@pytest.mark.parametrize(
    ("codebook", "number"),
    [
        ("ucdp", "10 (10–471)"),  # the lowest and the highest reliable; the dozens of the first evening were outgrown
        ("acled", "10"),  # the most conservative of four
        ("gtd", "100"),  # of those who spoke last, the reporters' dozens are blank
        ("iraq-body-count", "10–471 recorded"),
        ("airwars", "10–471 contested"),
        ("em-dat", "not coded"),  # no disaster that nobody intended
        ("un-verified", "not coded"),  # nobody counted persons one by one
    ],
)
def test_codebooks_at_al_ahli(codebook: str, number: str) -> None:
    """What each codebook writes down for Al-Ahli."""
    assert str(at_ahli().resolve(codebook)) == number


@pytest.mark.parametrize(
    ("codebook", "number"),
    [
        ("ucdp", "817 (817–1,001)"),  # 632 and less are refuted by the 817 that somebody investigated
        ("acled", "817"),
        ("gtd", "1,001"),  # the last to speak
        ("iraq-body-count", "377–1,001 recorded"),  # 228 was early
        ("un-verified", "not coded"),  # two counted persons, and it takes three
    ],
)
def test_codebooks_at_rabaa(codebook: str, number: str) -> None:
    """What each codebook writes down for the square."""
    assert str(at("rabaa").resolve(codebook)) == number


CHANGED = re.findall(
    r"^\| (Al-Ahli|Rabaa) \| ([\w-]+) \| [^|]+ \| ([^|]+) \| [^|]+ \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE
)


def test_page_lists_the_cells_that_changed() -> None:
    """The page tells of nine cells."""
    assert len(CHANGED) == 9


@pytest.mark.parametrize(("dead_of", "codebook", "now"), CHANGED)
def test_page_tells_what_the_codebooks_write_now(dead_of: str, codebook: str, now: str) -> None:
    """Each cell on the page of questions is what the codebook writes."""
    finding = at_ahli() if dead_of == "Al-Ahli" else at("rabaa")
    assert str(finding.resolve(codebook)) == now
