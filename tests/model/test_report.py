"""Reports, relays and citations: what tells them apart, and their order."""

from __future__ import annotations

import pytest

from casualties.model.report import Citation, Relay, Report


class TestReport:
    @pytest.mark.parametrize(
        ("one", "other", "same"),
        [
            ({"address": "x", "title": "A"}, {"address": "x", "retrieved": "2020"}, True),
            ({"address": "x"}, {"address": "y"}, False),
            (
                {"publisher": "A", "published": "2020"},
                {"publisher": "A", "published": "2020", "retrieved": "2021"},
                True,
            ),
            ({"publisher": "A", "published": "2020"}, {"publisher": "A", "published": "2021"}, False),
            ({"publisher": "A"}, {"title": "A"}, False),
            ({"address": "x"}, {}, False),
        ],
    )
    def test_identity(self, one: dict[str, str], other: dict[str, str], same: bool) -> None:
        """The address tells reports apart; without one publisher, title and date do."""
        assert (Report(**one).identity == Report(**other).identity) is same

    def test_order(self) -> None:
        """Undated first, then by date, publisher, title and address."""
        order = [
            Report(title="Z"),
            Report(publisher="A", published="2020"),
            Report(publisher="B", published="2020"),
            Report(published="2021"),
            Report(published="2021", retrieved="2022"),
        ]
        assert sorted([*order[2:], *order[:2]], key=lambda report: report.sort_key) == order


class TestRelay:
    def test_order(self) -> None:
        """By name, kind and side."""
        order = [Relay(name="A"), Relay(name="A", side="x"), Relay(name="A", kind="media"), Relay(name="B")]
        assert sorted([*order[2:], *order[:2]], key=lambda relay: relay.sort_key) == order


class TestCitation:
    def test_order(self) -> None:
        """Without a report first; then by report, relays, place and words."""
        report = Report(publisher="A")
        order = [
            Citation(words="two"),
            Citation(report=report),
            Citation(report=report, locator="p. 1"),
            Citation(report=report, relays=[Relay(name="AFP")]),
        ]
        assert sorted([*order[2:], *order[:2]], key=lambda citation: citation.sort_key) == order
