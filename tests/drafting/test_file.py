"""The draft file, the review in the terminal, and the page."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import casualties as cs
from casualties.cli import main
from casualties.drafting.file import DraftFile, dumps
from casualties.drafting.page import to_html
from casualties.errors import DraftError

TEXT = (
    "Police said 16 people, including three children, were killed and 43 wounded. "
    "Rebels denied responsibility for the attack. Officials gave no casualty figures. "
    "AFP and Reuters, citing medics, reported that a pilot had died. Two soldiers were missing."
)


def uncommented(text: str) -> cs.Ledger:
    """Take every proposal of a draft file out of its comment, and read it."""
    lines = [line[1:] if line.startswith("#  - {") else line for line in text.splitlines()]
    return cs.read(io.StringIO("\n".join(lines)), format="yaml")


def test_a_draft_file_is_a_ledger_of_no_claims() -> None:
    """As it is written nothing is claimed; its sources and report are there."""
    ledger = cs.read(io.StringIO(dumps(cs.draft(TEXT, "2024-05-03"), name="town.txt")), format="yaml")
    assert len(ledger) == 0
    assert {"rebels", "medics", "text-itself"} <= {*ledger.sources}


def test_uncommented_it_holds_what_was_proposed() -> None:
    """Each proposal becomes one claim, with its figure, stance and place."""
    draft = cs.draft(TEXT, "2024-05-03")
    ledger = uncommented(dumps(draft))
    assert len(ledger) == len(draft)
    assert sorted(str(each.figure) for each in ledger) == sorted(str(each.figure) for each in draft)
    for claim in ledger:
        for citation in claim.citations:
            assert citation.words is None or citation.words in TEXT


def test_what_is_unsure_stands_under_its_sentence() -> None:
    """A part names its whole by number."""
    assert "#     unsure: a part of another count ([1])" in dumps(cs.draft(TEXT))


@given(st.text(alphabet=st.sampled_from("\"'#:{}[],&*!|>%@`\\ \n\tax9é"), max_size=12))
def test_any_name_is_written_so_that_it_is_read(name: str) -> None:
    """Whatever a source is called, the file is a ledger with and without its comments."""
    draft = cs.draft(f"Three soldiers were killed, the {name} army said.", "2024-05-03")
    text = dumps(draft, name=name)
    assert len(cs.read(io.StringIO(text), format="yaml")) == 0
    assert len(uncommented(text)) == len(draft)


class TestReview:
    """Accept, edit, skip, quit; what was decided stays decided."""

    @pytest.fixture
    def folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """Work in a folder with a text."""
        (tmp_path / "town.txt").write_text(TEXT, encoding="utf-8")
        monkeypatch.chdir(tmp_path)
        return tmp_path

    def typed(self, monkeypatch: pytest.MonkeyPatch, *answers: str) -> int:
        """Review with answers typed one after another; the end of input quits."""
        left = list(answers)

        def ask(_question: str = "") -> str:
            if not left:
                raise EOFError
            return left.pop(0)

        monkeypatch.setattr("builtins.input", ask)
        return main(["draft", "town.txt", "--published", "2024-05-03", "-o", "town.yaml", "--review"])

    def test_it_goes_on_where_it_stopped(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Accepted stays accepted, skipped stays skipped, and the file reads at every step."""
        assert self.typed(monkeypatch, "a", "s", "e", "- {source: police, wounded: 43, stated: 2024-05-02}", "q") == 0
        file = DraftFile.loads((folder / "town.yaml").read_text(encoding="utf-8"))
        assert [block.state for block in file.blocks][:4] == ["accepted", "skipped", "accepted", "open"]
        assert len(cs.read(folder / "town.yaml")) == 2
        assert self.typed(monkeypatch, "s") == 0
        again = DraftFile.loads((folder / "town.yaml").read_text(encoding="utf-8"))
        assert [block.state for block in again.blocks][:4] == ["accepted", "skipped", "accepted", "skipped"]

    def test_a_wrong_entry_is_refused(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """It says what is wrong, and the proposal stays open."""
        assert self.typed(monkeypatch, "e", "- {source: police, kiled: 16}", "q") == 0
        assert "kiled" in capsys.readouterr().out
        assert len(cs.read(folder / "town.yaml")) == 0

    def test_by_hand_is_as_good(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """An entry uncommented in an editor is accepted, and kept as it was written."""
        self.typed(monkeypatch, "q")
        path = folder / "town.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace("#  - {id: p1,", "  - {id: p1,"), encoding="utf-8")
        file = DraftFile.loads(path.read_text(encoding="utf-8"))
        assert file.blocks[0].state == "accepted"
        assert file.dumps() == path.read_text(encoding="utf-8")

    def test_a_file_is_not_written_over(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """What a person decided is never lost."""
        (folder / "town.yaml").write_text("casualties: 1\n", encoding="utf-8")
        assert main(["draft", "town.txt", "-o", "town.yaml"]) == 1
        assert "it is there already" in capsys.readouterr().err
        assert main(["draft", "town.txt", "-o", "town.yaml", "--review"]) == 1
        (folder / "town.html").write_text("mine", encoding="utf-8")
        assert main(["draft", "town.txt", "--page", "town.html"]) == 1
        assert (folder / "town.html").read_text(encoding="utf-8") == "mine"
        assert main(["draft", "town.txt", "-o", "town.yaml", "--page", "town.html", "--force"]) == 0
        assert (folder / "town.html").read_text(encoding="utf-8") != "mine"
        assert main(["draft", "town.txt", "--review"]) == 2

    def test_a_file_without_proposals_says_so(self) -> None:
        """It names the command that makes one."""
        with pytest.raises(DraftError, match="casualties draft TEXT"):
            DraftFile.loads("casualties: 1\n")


class TestThePage:
    """One page, which stands alone and in which nothing of the text runs."""

    def test_it_marks_the_text_and_has_a_card_each(self) -> None:
        """Each proposal has a card; the words of its count are marked once."""
        draft = cs.draft(TEXT)
        page = to_html(draft, dumps(draft), title="town")
        assert page.count('<article id="card-') == len(draft)
        assert '<mark id="mark-1"><a href="#card-1" aria-label="Proposal 1">16</a></mark>' in page

    def test_a_card_says_who_says_what_and_what_is_unsure(self) -> None:
        """A count, a denial of it, a silence, and a part with the number of its whole."""
        text = (
            "Police said 16 people, including three children, were killed. Rebels denied it. The army gave no figure."
        )
        draft = cs.draft(text)
        page = to_html(draft, dumps(draft))
        assert "</a> Police: 16 killed</h2>" in page
        assert "</a> Rebels: denial of [1]</h2>" in page
        assert "<li>a part of another count ([1])</li>" in page

    def test_nothing_runs_and_no_host_is_asked(self) -> None:
        """Markup of a text is shown as text; the page names no address and allows none."""
        text = '<script>alert(1)</script> Three soldiers were killed, the "<img src=x>" army said.'
        draft = cs.draft(text)
        page = to_html(draft, dumps(draft), title="</title><script>")
        assert page.count("<script>") == 1
        assert "<img" not in page
        assert "http" not in page.replace("http-equiv", "")
        assert "default-src 'none'" in page.replace("&#39;", "'")

    def test_a_text_without_statements_has_a_page_too(self) -> None:
        """No card, and the text."""
        draft = cs.draft("It rained.")
        assert "0 proposals" in to_html(draft, dumps(draft))

    def test_the_command_writes_it(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """From an HTML page too, of which the text is drafted."""
        monkeypatch.chdir(tmp_path)
        (tmp_path / "town.html").write_text(f"<html><body><p>{TEXT}</p><script>x</script></body>", encoding="utf-8")
        assert main(["draft", "town.html", "-o", "town.yaml", "--page", "page.html", "--all"]) == 0
        assert 'id="card-1"' in (tmp_path / "page.html").read_text(encoding="utf-8")
        assert len(cs.read(tmp_path / "town.yaml")) == 0
