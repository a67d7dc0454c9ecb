"""Dates of partial precision: what is read, what is refused, and what order is sure."""

from __future__ import annotations

import pickle
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

import pytest

from casualties.errors import ModelError
from casualties.model.period import PartialDate
from casualties.model.report import Report

DAY = date(2020, 9, 30)


class NoOffset(tzinfo):
    """A zone that does not say how far it is from UTC."""

    def utcoffset(self, moment: datetime | None) -> None:
        """Say nothing."""

    def dst(self, moment: datetime | None) -> None:
        """Say nothing."""

    def tzname(self, moment: datetime | None) -> str:
        """Give a name."""
        return "nowhere"


class TestParse:
    @pytest.mark.parametrize(
        ("text", "earliest", "latest"),
        [
            ("2020-09-30", DAY, DAY),
            (" 2020-09 ", date(2020, 9, 1), DAY),
            ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
            ("2020", date(2020, 1, 1), date(2020, 12, 31)),
            ("2020-09-27/2020-09-30", date(2020, 9, 27), DAY),
            ("2020-09/2020", date(2020, 9, 1), date(2020, 12, 31)),
            ("2020-09-30T18:05+04:00", DAY, DAY),
        ],
    )
    def test_ends(self, text: str, earliest: date, latest: date) -> None:
        """A date as written allows these days and no others."""
        parsed = PartialDate.parse(text)
        assert (parsed.earliest, parsed.latest) == (earliest, latest)

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("30/09/2020", "not-a-date"),
            ("2020-13", "not-a-date"),
            ("2020-02-30", "not-a-date"),
            ("0000", "not-a-date"),
            ("", "not-a-date"),
            ("2020-10/2020-09", "not-a-date"),
            ("2020-02-01/2020-02-30", "not-a-date"),
            ("Tuesday", "not-a-date"),
            ("٢٠٢٠", "not-a-date"),
            ("2020-09-30T18:05", "no-offset"),
        ],
    )
    def test_refused(self, text: str, reason: str) -> None:
        """What is no date in the notation is refused, and never guessed."""
        with pytest.raises(ModelError) as caught:
            PartialDate.parse(text)
        assert caught.value.reason == reason

    @pytest.mark.parametrize(
        "text",
        [
            "2020",
            "2020-09",
            "2020-09-30",
            "2020-09-27/2020-09-30",
            "2020-01-01/2021-12-31",
            "2020-09-01/2020-10-31",
            "2020-09-01/2021-09-30",
            "2020-09-30T18:05:00+04:00",
            "0999-01-02",
        ],
    )
    def test_text_is_read_back(self, text: str) -> None:
        """`str` writes what `parse` reads."""
        assert str(PartialDate.parse(text)) == text
        assert repr(PartialDate.parse(text)) == f"PartialDate.parse({text!r})"

    def test_whole_month_is_written_short(self) -> None:
        """A span of a whole month is that month."""
        assert str(PartialDate(date(2020, 9, 1), date(2020, 9, 30))) == "2020-09"


class TestBuilding:
    @pytest.mark.parametrize(
        ("ends", "at", "reason"),
        [
            ((datetime(2020, 9, 30, tzinfo=UTC), DAY), None, "not-a-date"),
            ((DAY, date(2020, 9, 29)), None, "not-a-date"),
            ((DAY, DAY), datetime(2020, 9, 30), "no-offset"),
            ((DAY, DAY), datetime(2020, 9, 30, tzinfo=NoOffset()), "no-offset"),
            ((DAY, DAY), datetime(2020, 9, 29, tzinfo=UTC), "not-a-date"),
            ((date(2020, 9, 29), DAY), datetime(2020, 9, 30, tzinfo=UTC), "not-a-date"),
        ],
    )
    def test_refused(self, ends: tuple[date, date], at: datetime | None, reason: str) -> None:
        """Both ends are days in order, and a moment has an offset and falls on that one day."""
        with pytest.raises(ModelError) as caught:
            PartialDate(*ends, at)
        assert caught.value.reason == reason

    @pytest.mark.parametrize(
        "given",
        [PartialDate.day(DAY), DAY, "2020-09-30"],
    )
    def test_any_form_of_a_day(self, given: object) -> None:
        """A date may be given in any form that a caller holds."""
        assert PartialDate.of(given) == PartialDate.parse("2020-09-30")

    def test_moment(self) -> None:
        """An aware moment keeps its hour."""
        assert str(PartialDate.of(datetime(2020, 9, 30, 14, tzinfo=UTC))) == "2020-09-30T14:00:00+00:00"

    @pytest.mark.parametrize("given", [2020, None, 20200930.0, ["2020"]])
    def test_number_is_no_date(self, given: object) -> None:
        """A number is never taken for a year."""
        with pytest.raises(ModelError, match="is not a date"):
            PartialDate.of(given)


class TestOrder:
    def test_surely_before(self) -> None:
        """September is surely before 1 October; the year is not."""
        october = PartialDate.parse("2020-10-01")
        assert PartialDate.parse("2020-09").surely_before(october)
        assert not PartialDate.parse("2020").surely_before(october)
        assert not october.surely_before(october)

    @pytest.mark.parametrize(
        ("inner", "outer", "within"),
        [("2020-09-30", "2020-09", True), ("2020-09", "2020-09-30", False), ("2020-09", "2020-10", False)],
    )
    def test_within(self, inner: str, outer: str, within: bool) -> None:
        """Every day allowed here is allowed there."""
        assert PartialDate.parse(inner).within(PartialDate.parse(outer)) is within

    def test_hours_sort_within_a_day(self) -> None:
        """For listings a day without an hour stands before its hours, and these by the moment."""
        texts = ["2020-09-30T12:00+00:00", "2020-09-30", "2020-09-30T13:00+04:00", "2020"]
        dates = sorted(map(PartialDate.parse, texts), key=lambda each: each.sort_key)
        assert [str(each)[:16] for each in dates] == ["2020", "2020-09-30", "2020-09-30T13:00", "2020-09-30T12:00"]

    def test_day_without_its_hour(self) -> None:
        """The hour can be left out; a day without one is itself."""
        day = PartialDate.parse("2020-09-30")
        assert PartialDate.parse("2020-09-30T18:05+04:00").date_only == day
        assert day.date_only is day


class TestEquality:
    def test_moment_told_by_two_clocks_differs_as_written(self) -> None:
        """One moment under two offsets is written differently, and so is no equal date."""
        here, there = PartialDate.parse("2020-09-30T18:05+04:00"), PartialDate.parse("2020-09-30T14:05+00:00")
        assert here != there
        assert hash(here) == hash(there)

    def test_strangers(self) -> None:
        """A date is no text."""
        assert PartialDate.parse("2020") != "2020"

    def test_pickle_and_field(self) -> None:
        """A date pickles, and is written as text by records that hold it."""
        report = Report(published="2020-09-30T18:05+04:00")
        assert pickle.loads(pickle.dumps(report)) == report
        assert report.model_dump(mode="json")["published"] == "2020-09-30T18:05:00+04:00"
        assert Report(published=None).published is None

    def test_offset_of_another_hour(self) -> None:
        """Equal moments with equal offsets are equal, however the zone is named."""
        zones = (timezone(timedelta(hours=4)), timezone(timedelta(hours=4), "Baku"))
        here, there = (PartialDate.of(datetime(2020, 9, 30, 18, tzinfo=zone)) for zone in zones)
        assert here == there


@pytest.mark.parametrize(
    ("text", "missing"),
    [("2023-04-31", "2023-04-31"), ("2023-13", "2023-13"), ("2023-04-01/2023-04-31", "2023-04-31"), ("0000", "0000")],
)
def test_day_that_no_calendar_has_is_told_as_that(text: str, missing: str) -> None:
    """A date in the right notation is not told to be in another, but to be no date."""
    with pytest.raises(ModelError, match=f"date '{missing}': no calendar has it") as caught:
        PartialDate.parse(text)
    assert caught.value.hint == "look at the year, the month and the day"
