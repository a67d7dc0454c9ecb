"""Whether documents hold what they are cited for: the words of every citation looked up in the text of its report."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from os import PathLike
from pathlib import Path
from typing import Final

from casualties.drafting._counting import read_count
from casualties.drafting._folding import FoldedText, line_of
from casualties.drafting._people import groups_of
from casualties.drafting._sentence import Sentence, sentences
from casualties.drafting.plain import is_html, plain_text
from casualties.drafting.words import load_words
from casualties.errors import DraftError, UnknownNameError
from casualties.model.citation_check import CitationCheck, CitationChecks, Verdict
from casualties.model.claim import Claim, Stance
from casualties.model.figure import Figure
from casualties.model.ledger import Ledger, handles, report_names
from casualties.model.report import Citation, Report

__all__ = ["CitationCheck", "CitationChecks", "Verdict", "check_citations"]

MAX_COPY: Final = 20_000_000
"""The largest saved copy that is read, in bytes."""

Texts = Mapping[str, str] | Mapping[Report, str] | Mapping[str | Report, str]
"""The texts of reports: each by the report, or by a name of it."""

_DIGEST: Final = re.compile(r"sha256:[0-9a-f]{64}")
_PLACES: Final = 5


class _Document:
    """The text of one report, folded once, with the counts that stand in it."""

    def __init__(self, text: str) -> None:
        self.text = plain_text(text) if is_html(text) else text
        self.folded = FoldedText(self.text)
        self._counts: list[tuple[int, int, Figure]] | None = None

    @property
    def counts(self) -> list[tuple[int, int, Figure]]:
        """Every count of people or of nothing said, with its place."""
        if self._counts is None:
            self._counts = list(_counts(self.text))
        return self._counts

    def places_of(self, figure: Figure) -> list[tuple[int, int]]:
        """Find where the text states a figure."""
        return [(start, end) for start, end, other in self.counts if _same(other, figure)]


def check_citations(
    ledger: Ledger, texts: Texts | None = None, *, folder: str | PathLike[str] | None = None
) -> CitationChecks:
    """Tell of every citation whether the document holds the words it is cited for, and the words the figure.

    Case, line breaks, and the print of quotes, dashes, spaces, hyphens and ligatures do not matter; HTML is read as its
    reader sees it.
    A citation without words is told as such, with where the number stands.
    Nothing is fetched: a report without a text is not looked up.

    Args:
        ledger: The ledger.
        texts: The texts of reports: each by the report itself, the name that it has when the ledger is written, its
            address, publisher or title.
        folder: The folder from which saved copies are read that reports name; none are read where it is left out.

    Raises:
        UnknownNameError: If a text has a name that no report has, or that several have.
        DraftError: If a saved copy cannot be read.

    Examples:
        >>> import casualties as cs
        >>> seed = cs.seeds.load("nagorno-karabakh-2020-09-30")
        >>> for check in cs.check_citations(seed, {"new-arab": "Eleven civilians died; as many as 25 fighters."}):
        ...     if check.citation.words in ("at least 11", "as many as 25"):
        ...         print(check)
        new-arab: azerbaijan, 'at least 11': the words do not stand in the text
        new-arab: unnamed, 'as many as 25': holds, line 1
    """
    names = handles(ledger.reports, report_names)
    text_of = _given(ledger.reports, names, texts or {})
    documents: dict[Report, _Document | Verdict] = {}
    checks = []
    for claim in ledger:
        for citation in claim.citations:
            report = citation.report
            if report is None:
                continue
            if report not in documents:
                documents[report] = _document(report, text_of.get(report), folder)
            checks.append(_check(claim, citation, names[report], documents[report]))
    return CitationChecks(check for check in checks if check.verdict is not Verdict.NO_TEXT or not texts or folder)


def _given(reports: Iterable[Report], names: Mapping[Report, str], texts: Texts) -> dict[Report, str]:
    """Find the reports whose texts are given."""
    text_of: dict[Report, str] = {}
    for name, text in texts.items():
        if not isinstance(text, str):
            raise DraftError(
                f"text of {name!r}: {type(text).__name__} is no text", "not-text", "read the file, and give its text"
            )
        fitting = [report for report in reports if name in (report, names[report])]
        fitting = fitting or [report for report in reports if name in (report.address, report.publisher, report.title)]
        if len({report.identity for report in fitting}) != 1:
            known = ", ".join(sorted(names.values())[:10])
            what = "no report has this name" if not fitting else f"{len(fitting)} reports have this name"
            raise UnknownNameError(
                f"text of {name!r}: {what}", "unknown-report", f"the reports are {known}" if known else ""
            )
        text_of |= dict.fromkeys(fitting, text)
    return text_of


def _document(report: Report, text: str | None, folder: str | PathLike[str] | None) -> _Document | Verdict:
    """Take the text that is given, or read the saved copy that the report names."""
    saved = report.saved
    digest = saved if saved and _DIGEST.fullmatch(saved) else None
    if text is not None:
        if digest is not None and f"sha256:{hashlib.sha256(text.encode()).hexdigest()}" != digest:
            return Verdict.OTHER_COPY
        return _Document(text)
    if saved is None or digest is not None or folder is None:
        return Verdict.NO_TEXT
    return _Document(read_copy(Path(folder) / saved))


def read_copy(path: str | PathLike[str]) -> str:
    """Read a saved copy of a report.

    Raises:
        DraftError: If it cannot be read, is too large, or is no text.

    Examples:
        >>> read_copy("there-is-none.html")
        Traceback (most recent call last):
        ...
        casualties.errors.DraftError: there-is-none.html: the copy cannot be read: No such file or directory
        Hint: name a file of text or HTML
    """
    where = Path(path)
    try:
        with where.open("rb") as file:
            data = file.read(MAX_COPY + 1)
        if len(data) > MAX_COPY:
            raise DraftError(
                f"{where}: a copy of more than {MAX_COPY:,} bytes", "too-long", "save the text of it alone"
            )
        return data.decode("utf-8-sig")
    except (OSError, ValueError) as error:
        if isinstance(error, DraftError):
            raise
        what = getattr(error, "strerror", None) or (
            "it is no UTF-8 text" if isinstance(error, UnicodeDecodeError) else error
        )
        raise DraftError(
            f"{where}: the copy cannot be read: {what}", "unreadable", "name a file of text or HTML"
        ) from error


def _check(claim: Claim, citation: Citation, name: str, document: _Document | Verdict) -> CitationCheck:
    """Look one citation up."""
    if isinstance(document, Verdict):
        return CitationCheck(claim, citation, name, document)
    verdict, places = _look(claim, citation, document)
    shown = tuple(places[:_PLACES])
    return CitationCheck(
        claim, citation, name, verdict, shown, tuple(dict.fromkeys(line_of(document.text, start) for start, _ in shown))
    )


def _look(claim: Claim, citation: Citation, document: _Document) -> tuple[Verdict, list[tuple[int, int]]]:
    figure = claim.figure if claim.stance is Stance.STATES else None
    words = citation.words
    elsewhere = document.places_of(figure) if figure is not None else []
    if words is None:
        return Verdict.NO_WORDS, elsewhere
    places = document.folded.find(words)
    if not places:
        return (Verdict.ELSEWHERE, elsewhere) if elsewhere else (Verdict.WORDS_ABSENT, [])
    if figure is None:
        return Verdict.HOLDS, places
    if not _holds(words, figure):
        return Verdict.NUMBER_ABSENT, elsewhere
    counted = [place for place in places if _counts_people(document, place, words)]
    if counted:
        return Verdict.HOLDS, counted
    return Verdict.NUMBER_ABSENT, elsewhere


def _same(one: Figure, other: Figure) -> bool:
    return (one.low, one.high) == (other.low, other.high)


def _holds(words: str, figure: Figure) -> bool:
    """Tell whether words hold a figure: they state it, or a count in them does, or one person in them is it."""
    read = read_count(words, "as-worded")
    if read is not None:
        return _same(read, figure)
    counts = list(_counts(words))
    return any(_same(other, figure) for _, _, other in counts) or (not counts and _describes(words, figure))


def _describes(words: str, figure: Figure) -> bool:
    """Tell whether words without a number describe as many people: "a pilot", "fighters"."""
    for start, end in sentences(words, load_words()):
        for group in groups_of(Sentence(words, start, end, 0, load_words())):
            if group.count is None and (
                (figure.low, figure.high) == (1, 1) if group.kind != "many" else figure.low == 2 and figure.high is None
            ):
                return True
    return False


def _counts_people(document: _Document, place: tuple[int, int], words: str) -> bool:
    """Tell whether words that are a bare number count people where they stand: not the 20 of 20 April."""
    if not any(char.isdigit() for char in words) or any(char.isalpha() for char in words):
        return True
    return any(start < place[1] and place[0] < end for start, end, _ in document.counts)


def _counts(text: str) -> Iterator[tuple[int, int, Figure]]:
    """Find the counts in a text that are no dates, ages, money, shares or things."""
    words = load_words()
    for index, (start, end) in enumerate(sentences(text, words)):
        if not any(char.isdigit() for char in text[start:end]) and not words.any_number(text[start:end]):
            continue
        s = Sentence(text, start, end, index, words)
        people = {group.number[0]: group for group in groups_of(s) if group.count is not None}
        for item, count in s.counts.items():
            if item in people:
                yield (*s.places[item], count.figure)
