"""What people could not say before, in files: the written form, tables by a mapping, schemas, and loss."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml as plain_yaml

import casualties as cs
from casualties import files
from casualties.errors import LedgerFileError, MappingError
from casualties.files import yaml
from casualties.files.loss import Part
from casualties.model.claim import Claim, Stance
from casualties.model.figure import End, Figure

GOLDEN = Path(__file__).parents[1] / "golden" / "format-1-facets.yaml"
HEAD = """\
casualties: 1
sides: {army: {}}
groups: {staff: {role: nurse}, pupils: {age: child, status: civilian}}
sources: {a: {}, b: {}}
defaults: {since: 2021-03-05, until: 2021-03-06}
claims:
"""
"""Six lines: what stands in the first entry is on line 7."""


def claims(entries: str) -> list[Claim]:
    """Read entries of two sources."""
    return list(yaml.loads(HEAD + entries))


def only(entries: str) -> Claim:
    """Read entries that are one claim."""
    (claim,) = claims(entries)
    return claim


def problems(text: str) -> list[str]:
    """Read a file that is wrong, and list what is told of it."""
    with pytest.raises(LedgerFileError) as caught:
        yaml.loads(text)
    return [str(problem) for problem in caught.value.problems]


class TestParts:
    @pytest.mark.parametrize(
        "count", ["{figure: at least 12, including: {children: 3}}", "'at least 12, including 3 children'"]
    )
    def test_parts_become_claims_with_the_same_citation(self, count: str) -> None:
        """Both forms make two claims; the part lies inside the whole by its facets."""
        entry = f"- {{source: a, killed: {count}, modality: confirmed, perpetrator: army, cited: {{locator: p. 1}}}}"
        whole, part = sorted(claims(entry), key=lambda claim: claim.subject.age or "")
        assert (whole.figure, part.figure) == (Figure.at_least(12), Figure.exactly(3))
        assert part.subject == whole.subject.replacing(age="child")
        assert part.modality == whole.modality == "confirmed"
        assert [each.locator for claim in (whole, part) for each in claim.citations] == ["p. 1", "p. 1"]

    def test_groups_of_the_file_and_ends_without_words(self) -> None:
        """A part may be a group that the file declares, a count of its own in a map, or silence."""
        found = claims("- {source: a, killed: {low: 20, high: 30, including: {staff: {low: 2}, pupils: unknown}}}")
        told = {(claim.subject.role or claim.subject.age): claim.figure for claim in found}
        assert told == {None: Figure(20, 30), "nurse": Figure.at_least(2), "child": None}
        assert {claim.stance for claim in found if claim.subject.age} == {Stance.SILENT}

    def test_what_a_group_alleges_and_adds_holds_for_the_part(self) -> None:
        """Marks of the group join those of the whole."""
        text = HEAD.replace(
            "groups: {", "groups: {guests: {with: [guides], alleged: {side: army}, our_reading: [side]}, "
        )
        found = yaml.loads(text + "- {source: a, killed: {figure: 12, including: {guests: 3}}, our_reading: [period]}")
        (part,) = (claim for claim in found if claim.figure == Figure.exactly(3))
        assert (part.subject.with_, part.alleged) == (("guides",), (("side", "army"),))
        assert part.our_reading == ("period", "side")

    def test_an_id_names_the_whole(self) -> None:
        """Who denies the toll does not deny the children."""
        found = claims(
            "- {id: toll, source: a, killed: {figure: 12, including: {children: 3}}}\n- {source: b, denies: toll}"
        )
        (denial,) = (claim for claim in found if claim.stance is Stance.DENIES)
        (whole,) = (claim for claim in found if claim.figure == Figure.exactly(12))
        assert denial.target == whole.id

    def test_parts_rest_on_what_the_whole_rests_on(self) -> None:
        """A digest repeats the parts as well."""
        found = claims(
            "- {id: toll, source: a, killed: 12}\n"
            "- {source: b, killed: {figure: 12, including: {women: 3}}, based_on: toll}"
        )
        (toll,) = (claim for claim in found if claim.source == "a")
        assert [link.claim for claim in found if claim.source == "b" for link in claim.based_on] == [toll.id, toll.id]

    @pytest.mark.parametrize(
        ("count", "told"),
        [
            (
                "{figure: 12, including: {childs: 3}}",
                "including 'childs': there is no such group (did you mean 'children'?",
            ),
            ("{figure: 12, including: {children: {figure: 3, including: {girls: 1}}}}", "parts of a part"),
            ("{figure: 12, low: 3}", "low beside figure"),
            ("{figure: 12, including: {children: {high: 3}}}", "a figure without low"),
            ("{figure: [12], including: {children: 3}}", "figure is a list, not a text"),
            ("'12, including 3 children and 2 dogs'", "killed: "),
            ("'12, including 3 soldiers'", "killed: "),
            ("{figure: 12, including: {children: many dogs}}", "children: "),
        ],
    )
    def test_what_is_wrong_with_parts(self, count: str, told: str) -> None:
        """Every mistake is told at its place."""
        found = problems(HEAD + f"- {{source: a, killed: {count}}}")
        assert any(told in each for each in found), found

    def test_a_part_is_inside_the_whole(self) -> None:
        """No adults are children."""
        (told,) = problems(HEAD + "- {source: a, killed: {figure: 12, including: {children: 3}}, age: adult}")
        assert told.startswith("line 7, column 48: including 'children': the whole has another age")


class TestShares:
    def test_names_its_whole(self) -> None:
        """Nearly 70 percent of 1,000 are 595 to 695, derived and assumed, and the claim says of what."""
        found = claims(
            "- {id: total, source: a, killed: '1,000'}\n"
            "- {source: a, killed: {share: nearly 70 percent, of: total}, victims: women-and-children}"
        )
        whole, share = sorted(found, key=lambda claim: claim.subject.age or "")
        assert share.figure == Figure(595, 695, assumed=frozenset(End))
        assert (share.subject.age, share.modality) == ("women-and-children", "derived")
        assert [(link.claim, link.share) for link in share.based_on] == [(whole.id, "nearly 70 percent")]
        assert share.citations[0].words == "nearly 70 percent"

    def test_is_read_wherever_it_stands(self) -> None:
        """Before its whole, with a modality of its own, of one harm of several, and beside other links."""
        text = (
            "- {source: b, killed: {share: half, of: toll.killed}, status: civilian, modality: reported,"
            " based_on: toll.wounded}\n"
            "- {id: toll, source: a, killed: 100, wounded: 40}"
        )
        (share,) = (claim for claim in claims(text) if claim.source == "b")
        assert (share.figure, share.modality) == (Figure(49, 51, assumed=frozenset(End)), "reported")
        assert sorted(link.share or "" for link in share.based_on) == ["", "half"]
        ledger = yaml.loads(HEAD + text)
        assert yaml.loads(yaml.dumps(ledger)) == ledger

    def test_a_share_that_gives_another_count_is_written_in_full(self) -> None:
        """What a share stands for was worked out when it was read; a changed whole does not change it."""
        ledger = yaml.loads(
            HEAD + "- {id: toll, source: a, killed: 100}\n- {source: a, killed: {share: half, of: toll}, age: child}"
        )
        whole, share = ledger
        assert "share: half, of:" in yaml.dumps(ledger)
        for changed in (
            share.replacing(figure=Figure(40, 60)),
            share.replacing(based_on=[link.replacing(share="no share") for link in share.based_on]),
            share.replacing(modality=None),
        ):
            other = ledger.keeping([whole, changed])
            assert "of: a-killed" not in yaml.dumps(other)
            assert yaml.loads(yaml.dumps(other)) == other

    @pytest.mark.parametrize(
        ("count", "told"),
        [
            ("{share: half}", "a share without of"),
            ("{of: toll}", "a share without share"),
            ("{share: half, of: toll, low: 3}", "low beside share"),
            ("{share: forty, of: toll}", "share: "),
            ("{share: half, of: tol}", "of 'tol': no claim of this file has this id (did you mean 'toll'?"),
            ("{share: half, of: both}", "of 'both': it names 2 counts"),
            ("{share: half, of: quiet}", "of 'quiet': it names 0 counts"),
            ("{share: half, of: [toll]}", "of is a list, not a text"),
            ("{share: [half], of: toll}", "share is a list, not a text"),
        ],
    )
    def test_what_is_wrong_with_a_share(self, count: str, told: str) -> None:
        """Every mistake is told, with what to do."""
        others = (
            "- {id: toll, source: a, killed: 100}\n- {id: quiet, source: a, silent: missing}\n"
            "- {id: both, source: a, killed-or-wounded: 30, wounded-or-killed: 20}\n"
        )
        harm = "missing" if "quiet" in count else "killed-or-wounded" if "both" in count else "killed"
        found = problems(HEAD + others + f"- {{source: a, {harm}: {count}, status: civilian}}")
        assert any(told in each for each in found), found

    def test_shares_of_one_another(self) -> None:
        """Two shares cannot each be worked out from the other."""
        found = problems(
            HEAD
            + "- {id: x, source: a, killed: {share: half, of: y}}\n- {id: y, source: a, killed: {share: half, of: x}}"
        )
        assert any("a circle of claims that name one another" in each for each in found)


class TestEstimates:
    def test_words_and_keys(self) -> None:
        """The words say interval and level; the keys what the words do not."""
        worded = only("- {source: a, killed: '4,645 (95% CI 793 to 8,498)', method: survey}")
        keyed = only(
            "- {source: a, killed: {low: 793, high: 8498, best: 4645},"
            " method: survey, interval: confidence, level: 95%}"
        )
        assert worded.figure == keyed.figure == Figure(793, 8_498, best=4_645)
        assert worded.id == keyed.id
        assert (worded.method, worded.interval, worded.level) == ("survey", "confidence", "95")

    def test_words_alone_without_an_interval_are_a_count(self) -> None:
        """A range with a preferred number is no interval unless something says so."""
        assert not only("- {source: a, killed: '2,975 (2,658–3,290)'}").is_estimate
        assert only("- {source: a, killed: '2,975 (2,658–3,290)', interval: credible}").is_estimate

    def test_defaults_hold_for_counts_alone(self) -> None:
        """A study that is silent has no method in its silence, and 'at least' is no interval."""
        text = HEAD.replace("defaults: {", "defaults: {method: model, interval: credible, level: 90, ")
        found = list(
            yaml.loads(text + "- {source: a, killed: 10 to 20, wounded: at least 3}\n- {source: b, silent: killed}")
        )
        told = {(claim.subject.harm[0], claim.source): (claim.method, claim.interval) for claim in found}
        assert told == {
            ("killed", "a"): ("model", "credible"),
            ("wounded", "a"): ("model", None),
            ("killed", "b"): (None, None),
        }

    @pytest.mark.parametrize(
        ("entry", "told"),
        [
            ("killed: '12 (95% CI 9 to 15)', level: 90", "level is both '90' and, in the words, '95'"),
            ("killed: '12 (95% CI 9 to 15)', interval: credible", "interval is both 'credible' and"),
            ("silent: killed, method: survey", "method says nothing here"),
            ("killed: 3, level: high", "level 'high': no percentage between 1 and 100"),
            ("killed: at least 3, interval: credible", "has no upper end"),
            ("killed: 3, perpetrator: army, only: [[perpetrator]]", "only is a list, not a text"),
            ("killed: {figure: 3, including: {women: 1}}, only: place", "only place: it breaks nothing down"),
        ],
    )
    def test_what_is_wrong_with_an_estimate(self, entry: str, told: str) -> None:
        """Words and keys must not say two things."""
        found = problems(HEAD + f"- {{source: a, {entry}}}")
        assert any(told in each for each in found), found


class TestMarksAndDeclarations:
    def test_unverified(self) -> None:
        """It takes its subject from the claim that it names, like a denial."""
        found = claims("- {id: toll, source: a, killed: 3, wounded: 4}\n- {source: b, unverified: toll.killed}")
        (mark,) = (claim for claim in found if claim.stance is Stance.UNVERIFIED)
        assert [claim.id for claim in found if claim.subject == mark.subject and claim.figure is not None] == [
            mark.target
        ]

    def test_unverified_names_a_claim(self) -> None:
        """There is nothing to mark where no claim is named."""
        (told,) = problems(HEAD + "- {source: b, unverified: killed}")
        assert "names the claim that it could not verify" in told

    def test_only_of_the_defaults_holds_where_there_is_a_perpetrator(self) -> None:
        """Elsewhere there is nothing to break down by."""
        text = HEAD.replace("defaults: {", "defaults: {only: [perpetrator], ")
        found = yaml.loads(text + "- {source: a, killed: 3, perpetrator: army}\n- {source: a, killed: 9}")
        assert sorted(claim.only for claim in found) == [(), ("perpetrator",)]

    def test_truths(self) -> None:
        """Yes and no are said in two ways each, and nothing else is taken for them."""
        ledger = yaml.loads(
            "casualties: 1\nevents: {x: {incident: yes}, y: {incident: no, name: Y}, z: {incident: TRUE}}\n"
            "harms: {taken: {stock: false}}"
        )
        assert {term.key: term.incident for term in ledger.words} == {"x": True, "y": False, "z": True}
        (told,) = problems("casualties: 1\nevents: {x: {incident: maybe}}")
        assert told.startswith("line 2, column 24: incident 'maybe' is neither yes nor no")

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("places: {x: {incident: yes}}", "incident is only for events"),
            ("events: {x: {stock: yes}}", "stock is only for harms"),
            ("harms: {x: {becomes: kiled}}", "becomes 'kiled' is not declared under harms (did you mean 'killed'?"),
            ("timezone: Asia/Yerevan", "timezone 'Asia/Yerevan' is no offset (write it as '+04:00')"),
            ("apart: [harm]", "apart 'harm': no facet that can be declared so"),
        ],
    )
    def test_what_is_wrong_with_a_declaration(self, text: str, told: str) -> None:
        """Every mistake is told, with what to do."""
        assert any(told in each for each in problems(f"casualties: 1\n{text}"))

    def test_siblings_may_stand_beside_others(self) -> None:
        """All words beside it, and one that stands elsewhere."""
        text = "casualties: 1\nplaces: {x: {under: z, apart: [siblings, far]}, y: {under: z}, z: {}, far: {}}\n"
        ledger = yaml.loads(text)
        assert ledger.words.apart("place", "x", "y")
        assert ledger.words.apart("place", "x", "far")
        assert yaml.loads(yaml.dumps(ledger)) == ledger

    def test_a_declared_group_of_a_built_in_name_wins(self) -> None:
        """The file means its own children."""
        text = HEAD.replace("groups: {", "groups: {children: {role: pupil}, ")
        (claim,) = yaml.loads(text + "- {source: a, killed: 3, victims: children}")
        assert (claim.subject.role, claim.subject.age) == ("pupil", None)


class TestCases:
    def test_children_whose_sex_is_not_known(self) -> None:
        """Girls, boys and children of undetermined sex are apart and make up the nine children."""
        girls, boys, unknown, children = (
            cs.Subject(harm=["killed"], age="child", sex=sex) for sex in ("female", "male", "undetermined", None)
        )
        words = cs.Vocabulary()
        parts = (girls, boys, unknown)
        assert all(part.inside(children, words) for part in parts)
        assert all(one.apart_by(other, words) == "sex" for one in parts for other in parts if one is not other)

    def test_probable_deaths_may_fall(self) -> None:
        """What is still probable is a stock that becomes confirmed."""
        ledger = yaml.loads(
            "casualties: 1\nsources: {agency: {}}\n"
            "harms:\n  confirmed: {under: killed}\n"
            "  probable: {under: killed, apart: confirmed, stock: yes, becomes: confirmed}\n"
            "claims:\n- {source: agency, probable: 20, until: 2031-05-20}\n"
            "- {source: agency, probable: 11, until: 2031-05-27}\n"
        )
        assert ledger.words.is_stock(["probable"])
        assert ledger.words.becomes("probable") == ("confirmed",)


ROWS: list[dict[str, Any]] = [
    {"county": "Alpha", "state": "North", "dead": "3", "by": "army", "day": "2021-04-01", "seen": "about 300"},
    {"county": "Beta", "state": "North", "dead": "12 (95% CI 9 to 15)", "by": "", "day": "", "seen": ""},
]


def table(**changes: Any) -> cs.Ledger:
    """Read the rows by a mapping of one claim, with changes to the claim."""
    claim: dict[str, Any] = {"harm": "killed", "count": "dead", "place": "{county}", **changes.pop("claim", {})}
    return cs.read_table(ROWS, {"name": "t", "source": "office", "claims": [claim], **changes}).ledger


class TestTables:
    def test_columns_of_a_claim(self) -> None:
        """Facets, breakdowns, estimates and notes come from columns or stand in the mapping."""
        found = table(
            claim={
                "perpetrator": "{by}",
                "only": ["perpetrator"],
                "weapon": "drone",
                "accounted": "by-date-of-report",
                "method": "survey",
                "present": "{seen}",
                "note": "row {#row}",
            }
        )
        alpha, beta = sorted(found, key=lambda claim: claim.subject.place or "")
        assert (alpha.only, beta.only) == (("perpetrator",), ())
        assert (alpha.present, beta.present) == (("about 300",), ())
        assert (alpha.notes, alpha.subject.weapon, alpha.method) == (("row 1",), "drone", "survey")
        assert (beta.figure, beta.interval, beta.level) == (Figure(9, 15, best=12), "confidence", "95")

    def test_interval_in_columns(self) -> None:
        """A kind and a level may stand in the mapping."""
        (claim,) = cs.read_table(
            [{"lo": 9, "hi": 15}],
            {
                "name": "t",
                "source": "s",
                "claims": [{"harm": "killed", "low": "lo", "high": "hi", "interval": "credible", "level": "90"}],
            },
        ).ledger
        assert (claim.figure, claim.interval, claim.level) == (Figure(9, 15), "credible", "90")

    def test_counties_of_a_state_are_apart(self) -> None:
        """One word says it for three thousand counties, beside each, or for all of a kind."""
        terms = [{"kind": "place", "key": "{county}", "under": "{state}", "apart": "siblings"}]
        assert table(terms=terms).words.apart("place", "Alpha", "Beta")
        assert table(apart=["place"], timezone="+04:00").words.apart("place", "Alpha", "Beta")
        assert table(timezone="+04:00").timezone == "+04:00"

    def test_events_and_harms_are_declared_by_rows(self) -> None:
        """An incident with the day until which its dead were counted; a harm that is a stock."""
        terms = [
            {"kind": "event", "key": "{county}", "incident": "yes", "counted_until": "{day}"},
            {"kind": "harm", "key": "probable", "stock": "true", "becomes": "killed"},
        ]
        words = table(terms=terms).words
        assert {key: (term.incident, str(term.counted_until)) for (_, key), term in words.terms.items()} == {
            "Alpha": (True, "2021-04-01"),
            "Beta": (True, "None"),
            "probable": (False, "None"),
        }
        assert words.is_stock(["probable"])

    def test_neither_yes_nor_no_is_quarantined(self) -> None:
        """A cell that says something else is kept with its row."""
        terms = [{"kind": "event", "key": "x", "incident": "{county}"}]
        found = cs.read_table(
            ROWS, {"name": "t", "source": "o", "terms": terms, "claims": [{"harm": "killed", "count": "dead"}]}
        )
        assert [bad.rule for bad in found.quarantine] == ["unknown-value", "unknown-value"]

    @pytest.mark.parametrize(
        "changes", [{"claim": {"only": ["place"]}}, {"apart": ["harm"]}, {"timezone": "Asia/Yerevan"}]
    )
    def test_what_a_mapping_cannot_say(self, changes: dict[str, Any]) -> None:
        """It is told before a row is read."""
        with pytest.raises(MappingError):
            table(**changes)


class TestFormats:
    def test_schemas_take_the_golden_file(self) -> None:
        """As people write it, as we write it, and in the canonical form."""
        ledger = cs.read(GOLDEN)

        class Loader(plain_yaml.SafeLoader):
            pass

        Loader.yaml_implicit_resolvers = {
            first: [(tag, pattern) for tag, pattern in each if not tag.endswith(":timestamp")]
            for first, each in plain_yaml.SafeLoader.yaml_implicit_resolvers.items()
        }
        written = jsonschema.Draft202012Validator(files.schema("yaml"))
        for text in (GOLDEN.read_text(encoding="utf-8"), yaml.dumps(ledger)):
            assert [each.message for each in written.iter_errors(plain_yaml.load(text, Loader))] == []  # noqa: S506
        canonical = jsonschema.Draft202012Validator(files.schema("json"))
        assert list(canonical.iter_errors(json.loads(files.json.dumps(ledger)))) == []

    def test_what_others_cannot_carry_is_told(self) -> None:
        """An infobox has no place for a mark that a claim could not be verified, nor for notes and time zones."""
        result = cs.reconcile(cs.read(GOLDEN))
        left = {each.part: each.count for each in cs.write(result, io.StringIO(), format="wikitext-infobox")}
        assert {part: left[part] for part in (Part.UNVERIFIED, Part.ESTIMATES, Part.NOTES, Part.TIMEZONE)} == {
            Part.UNVERIFIED: 1,
            Part.ESTIMATES: 3,
            Part.NOTES: 4,
            Part.TIMEZONE: 1,
        }
