"""The table of date formats: each format of the page reads what the page says, as a day that was worked out by hand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import casualties as cs

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "your-own-spreadsheet.md"
ROW = re.compile(r"^\| (?:`[^|]*) \| [^|]* \| `([^`]+)` reads (.+?) \|$", re.MULTILINE)
DAYS = {
    "30/09/2020": "2020-09-30",
    "14-Oct-19": "2019-10-14",
    "20200930": "2020-09-30",
    "1/22/20": "2020-01-22",
    "3. März 2023": "2023-03-03",
    "2020-09-30 18:05": "2020-09-30",
    "11–12 March 2023": "2023-03-11..2023-03-12",
}
"""The day that each text of the table is."""


def claim_of(form: str, text: str, **more: object) -> cs.Claim:
    """Read one row whose day is written so."""
    claim = {"harm": "killed", "count": "dead", "since": "{day}", "until": "{day}"}
    mapping = {"name": "a", "source": "us", "dates": [form], "claims": [claim], **more}
    (found,) = cs.read_table([{"day": text, "dead": 1}], mapping).ledger
    return found


def test_every_row_of_the_table_is_tried() -> None:
    """No format of the page is without its text."""
    rows = ROW.findall(PAGE.read_text(encoding="utf-8"))
    assert [text for _, text in rows] == list(DAYS)


@pytest.mark.parametrize(("form", "text"), ROW.findall(PAGE.read_text(encoding="utf-8")))
def test_format_reads_what_the_page_says(form: str, text: str) -> None:
    """The text is read as its day, or as the first and last day of its span."""
    first, _, last = DAYS[text].partition("..")
    subject = claim_of(form, text).subject
    assert (str(subject.since), str(subject.until)) == (first, last or first)


def test_year_completes_dates_that_say_none() -> None:
    """As the page says of 3/4 May."""
    subject = claim_of("words", "3/4 May", year=2023).subject
    assert (str(subject.since), str(subject.until)) == ("2023-05-03", "2023-05-04")


def test_two_digit_years_turn_at_69() -> None:
    """As the page says: 68 is 2068, and 69 is 1969."""
    assert [str(claim_of("D.M.YY", f"1.2.{year}").subject.until) for year in ("68", "69")] == [
        "2068-02-01",
        "1969-02-01",
    ]
