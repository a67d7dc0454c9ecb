"""The command that aligns lists: questions, a review that resumes, a page, and the ledger that it writes."""

from __future__ import annotations

from pathlib import Path

import pytest

import casualties as cs
from casualties.cli import main

MAPPING = """
name: sheet
source: "{who}"
claims:
  - {harm: killed, count: dead, event: "{code}", place: "{town}", since: "{day}", until: "{day}"}
events: {latitude: "{lat}", longitude: "{lon}"}
"""


def write_sheets(folder: Path) -> None:
    """Write two sheets of twelve events each, one with half the dead, and their mapping."""
    head = "code,who,day,town,lat,lon,dead"
    for name, dead in (("ours", 8), ("theirs", 16)):
        rows = [f"{name}-{k},{name},2020-08-{k + 1:02},Town {k},{20 + k},47,{dead}" for k in range(12)]
        (folder / f"{name}.csv").write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    (folder / "sheet.yaml").write_text(MAPPING, encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder that holds the sheets."""
    write_sheets(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


LISTS = ("ours.csv=sheet.yaml", "theirs.csv=sheet.yaml")


def test_questions_are_printed_without_figures(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two rows stand side by side, and the totals below."""
    assert main(["align", *LISTS, "--ask", "2"]) == 0
    out = capsys.readouterr().out
    assert "Town" in out
    assert "as different 288" in out
    assert "16" not in out.partition("as different")[0].replace("2020-08-16", "")


def test_accepting_writes_a_ledger(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every pair is an identification, which a ledger of the claims takes beside them."""
    assert main(["align", *LISTS, "--accept", "0.9", "--by", "reviewer", "-o", "same.yaml"]) == 0
    said = cs.read("same.yaml").identifications
    assert {each.events for each in said} == {(f"ours-{k}", f"theirs-{k}") for k in range(12)}
    claims = cs.merge(cs.read_table(f"{name}.csv", "sheet.yaml").ledger for name in ("ours", "theirs"))
    result = cs.reconcile(claims | cs.read("same.yaml"))
    assert len(result) == 12
    assert {str(finding.status) for finding in result} == {"disputed"}


def test_review_resumes_and_shows_figures_after_the_answer(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each answer is written at once; what is answered is not asked again."""
    answers = iter(["s", "d", "k", "p", "1", "q"])
    monkeypatch.setattr("builtins.input", lambda question: next(answers))
    assert main(["align", *LISTS, "--review", "--by", "reviewer", "-o", "same.yaml"]) == 0
    said = cs.read("same.yaml").identifications
    assert sorted(each.relation.value for each in said) == ["different", "part-of", "same"]
    assert "ours-" in capsys.readouterr().out
    monkeypatch.setattr("builtins.input", lambda question: (_ for _ in ()).throw(EOFError))
    assert main(["align", *LISTS, "--review", "--by", "reviewer", "-o", "same.yaml"]) == 0
    assert cs.read("same.yaml").identifications == said


def test_page_hides_figures_and_escapes(folder: Path) -> None:
    """The page is one file that asks no host for anything."""
    assert main(["align", *LISTS, "--page", "questions.html", "--by", "reviewer"]) == 0
    page = Path("questions.html").read_text(encoding="utf-8")
    assert page.count('class="card"') == 12
    assert page.count('class="after" hidden') == 12
    assert "default-src 'none'" in page


@pytest.mark.parametrize(
    "told", [["ours.csv"], [LISTS[0]], [*LISTS, "--review"], [*LISTS, "--accept", "0.9", "--by", "reviewer"]]
)
def test_what_is_missing_is_asked_for(folder: Path, told: list[str]) -> None:
    """A list needs a mapping, and an answer a name and a ledger."""
    assert main(["align", *told]) == 2
