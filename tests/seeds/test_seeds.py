"""Every seed: it reads, says where each claim was read, and means the same however it is carried and merged."""

from __future__ import annotations

import io
import pickle
import re
from pathlib import Path

import pytest

import casualties as cs
from casualties.model.claim import Stance

README = Path(__file__).parents[2] / "seeds" / "README.md"


@pytest.fixture(scope="module", params=cs.seeds.names())
def seed(request: pytest.FixtureRequest) -> cs.Ledger:
    """Give each seed in turn."""
    return cs.seeds.load(request.param)


def test_has_one_title(seed: cs.Ledger) -> None:
    """A seed is about one thing, and says about what."""
    assert len(seed.titles) == 1


def test_every_claim_cites_a_report_that_can_be_found(seed: cs.Ledger) -> None:
    """A reader gets from each claim to a report with a publisher, and an address or a title."""
    for claim in seed:
        assert claim.citations, claim
        for citation in claim.citations:
            assert citation.report is not None, claim
            assert citation.report.publisher, claim
            assert citation.report.address or citation.report.title, claim


def test_every_report_is_cited(seed: cs.Ledger) -> None:
    """No report stands in a seed that nothing was read in."""
    cited = {citation.report for claim in seed for citation in claim.citations}
    assert set(seed.reports) == cited


def test_every_source_speaks_or_stands_above_one_that_does(seed: cs.Ledger) -> None:
    """No source stands in a seed without a use."""
    used = {above for claim in seed for above in seed.sources.line(claim.source)}
    repeated = {key for source in seed.sources.values() for key in source.repeats}
    assert set(seed.sources) == used | repeated


def test_links_lead_to_claims_of_the_seed(seed: cs.Ledger) -> None:
    """What a claim denies, replaces, copies or relays falsely is in the same seed."""
    for claim in seed:
        links = [*claim.replaces, *(link.claim for link in (*claim.based_on, *claim.misrelays))]
        if claim.target is not None:
            links.append(claim.target)
        for link in links:
            assert link in seed, claim


def test_figures_follow_from_the_words(seed: cs.Ledger) -> None:
    """Where the words of a count are given, they and the figure agree."""
    for claim in seed:
        for citation in claim.citations:
            if citation.words is not None and claim.stance is Stance.STATES:
                read = cs.parse_figure(citation.words)
                assert read is not None, claim
                assert claim.figure is not None, claim
                assert (read.low, read.high) == (claim.figure.low, claim.figure.high), claim


def test_parts_of_totals_are_claimed(seed: cs.Ledger) -> None:
    """A sum is declared only of subjects that the seed has figures on."""
    counted = {claim.subject.topic for claim in seed if claim.figure is not None}
    for total in seed.totals:
        for subject in (total.whole, *total.parts):
            assert subject.topic in counted, str(subject)


@pytest.mark.parametrize("name", ["csv", "json", "yaml"])
def test_survives_every_format(seed: cs.Ledger, name: str) -> None:
    """A seed that is written and read again is the same seed, but for what the format says that it left out."""
    file = io.StringIO()
    left_out = cs.write(seed, file, format=name)
    file.seek(0)
    back = cs.read(file, format=name)
    if left_out:
        assert {claim.id for claim in back} == {claim.id for claim in seed}
    else:
        assert back == seed
    again = io.StringIO()
    cs.write(back, again, format=name)
    assert again.getvalue() == file.getvalue()


def test_survives_pickling(seed: cs.Ledger) -> None:
    """A seed that is sent to another process is the same seed."""
    assert pickle.loads(pickle.dumps(seed)) == seed


@pytest.mark.parametrize("other", cs.seeds.names())
def test_merges_with_every_seed(seed: cs.Ledger, other: str) -> None:
    """Seeds name sides and sources alike, so that any two merge, in either order."""
    added = cs.seeds.load(other)
    both = seed | added
    assert both == added | seed
    assert all(claim in both for claim in (*seed, *added))


def test_numbers_in_the_list_are_those_of_the_files() -> None:
    """The README tells how many claims each seed has."""
    table = re.findall(r"^\| `([\w-]+)\.yaml` \|[^|]*\| (\d+) \|", README.read_text(encoding="utf-8"), re.MULTILINE)
    assert {name: int(count) for name, count in table} == {n: len(cs.seeds.load(n)) for n in cs.seeds.names()}
