"""The file that people write: what it says, and every way in which it can be wrong, each with its place."""

from __future__ import annotations

import io

import pytest

import casualties as cs
from casualties.errors import LedgerFileError
from casualties.files import yaml
from casualties.files._nodes import MAX_DEPTH
from casualties.model.claim import Aspect, Claim, Modality, Silence, Stance
from casualties.model.figure import End
from casualties.model.record import MAX_KEY
from casualties.model.report import Citation, Relay, Report
from casualties.model.source import Source
from casualties.model.subject import Subject
from casualties.model.vocabulary import Term

HEAD = "casualties: 1\nsources: {a: {}, b: {}}\nreports: {r: {publisher: R}, q: {publisher: Q}}\nclaims:\n"
"""Four lines: what stands in the first entry is on line 5, from column 5 on."""


def claims(entries: str) -> list[Claim]:
    """Read entries of two sources that may cite two reports."""
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


R, Q = Report(publisher="R"), Report(publisher="Q")
KILLED = Subject(harm=["killed"])


def test_seed_article_as_written() -> None:
    """The article of 30 September 2020 is eight claims by six sources, read as the file says it."""
    ledger = cs.seeds.load("nagorno-karabakh-2020-09-30")
    by_source = {claim.source: claim for claim in ledger if claim.stance is Stance.STATES}
    assert len(ledger) == 8
    assert {key: str(claim.figure) for key, claim in by_source.items()} == {
        "artsakh-mod": "81 or more",
        "azerbaijan": "11 or more",
        "unnamed": "up to 25",
        "akoush": "2 or more",
        "armenia": "1",
    }
    assert by_source["artsakh-mod"].our_reading == ("side",)
    assert by_source["akoush"].alleged == (("side", "azerbaijani"),)
    assert by_source["akoush"].subject.side is None
    denials = [claim for claim in ledger if claim.stance is Stance.DENIES]
    assert {claim.target for claim in denials} == {by_source["armenia"].id}
    assert {claim.subject for claim in denials} == {by_source["armenia"].subject}
    assert {claim.aspect for claim in denials} == {Aspect.RESPONSIBILITY}
    (silent,) = [claim for claim in ledger if claim.stance is Stance.SILENT]
    assert (silent.figure, silent.subject.status) == (None, "combatant")
    assert ledger.words.opposed("armenian", "azerbaijani")
    assert str(ledger.reports[0].published) == "2020-09-30"


def test_words_of_a_count_are_kept() -> None:
    """The words stand in every citation that has none of its own; without a citation they make one."""
    assert only("  - {source: a, killed: more than 80}").citations == (Citation(words="more than 80"),)
    read = only(
        "  - {source: a, killed: eleven, cited: [r, {report: q, words: 'at least ten'}, {report: q, words: ''}]}"
    )
    assert set(read.citations) == {
        Citation(report=R, words="eleven"),
        Citation(report=Q, words="at least ten"),
        Citation(report=Q),
    }


def test_figure_without_words() -> None:
    """A map gives the ends where no words are known, and makes no citation."""
    claim = only("  - {source: a, killed: {low: 20, high: 30, best: 25, assumed: [low, high]}}")
    assert claim.figure == cs.Figure(20, 30, best=25, assumed=frozenset(End))
    assert claim.citations == ()
    assert only("  - {source: a, killed: {low: 5}}").figure == cs.Figure.at_least(5)


@pytest.mark.parametrize(
    ("entry", "silence"),
    [
        ("killed: unknown", Silence.UNKNOWN),
        ("killed: not disclosed", Silence.WITHHELD),
        ("killed: being counted", Silence.BEING_DETERMINED),
        ("killed:", Silence.NOT_MENTIONED),
        ("killed: ''", Silence.NOT_MENTIONED),
        ("killed: unknown, silence: withheld", Silence.WITHHELD),
        ("silent: killed", None),
        ("silent: killed, silence: withheld", Silence.WITHHELD),
    ],
)
def test_silence_is_never_zero(entry: str, silence: Silence | None) -> None:
    """Words that state no figure, an empty count and the key silent make a silent claim."""
    claim = only(f"  - {{source: a, {entry}}}")
    assert (claim.stance, claim.figure, claim.silence) == (Stance.SILENT, None, silence)


def test_zero_is_a_figure() -> None:
    """A stated zero is no silence."""
    assert only("  - {source: a, killed: 0}").figure == cs.Figure.exactly(0)


def test_several_harms_are_several_claims_with_one_citation() -> None:
    """One entry may count, and keep silent about, several harms; a list under harm joins them into one count."""
    found = claims("  - {source: a, killed: 3, wounded: 5, silent: [missing], severely-wounded: 1, cited: r}")
    assert [(claim.subject.harm, claim.stance.value) for claim in found] == [
        (("killed",), "states"),
        (("wounded",), "states"),
        (("missing",), "silent"),
        (("severely-wounded",), "states"),
    ]
    assert {citation.report for claim in found for citation in claim.citations} == {R}
    joined = [
        only("  - {source: a, killed-or-wounded: 8}"),
        only("  - {source: a, harm: [wounded, killed], figure: 8}"),
    ]
    assert joined[0] == joined[1]
    assert joined[0].subject.harm == ("killed", "wounded")


def test_an_id_names_every_claim_of_its_entry() -> None:
    """A name with a harm picks one claim; a plain name picks the claim of the same harm, or all for a denial."""
    text = """
  - {id: old, source: a, killed: 3, wounded: 5, until: 2020-09-28}
  - {source: a, killed: 4, wounded: 6, until: 2020-09-29, replaces: old}
  - {source: b, denies: old}
  - {source: a, withdraws: old.killed}
  - {source: b, killed: 4, based_on: {claim: old, noted: 2020-10-01}}
"""
    ledger = yaml.loads(HEAD + text)
    first = {
        claim.subject.harm[0]: claim
        for claim in ledger
        if str(claim.subject.until) == "2020-09-28" and claim.figure is not None
    }
    second = [claim for claim in ledger if claim.replaces]
    assert {claim.subject.harm[0]: claim.replaces for claim in second} == {
        "killed": (first["killed"].id,),
        "wounded": (first["wounded"].id,),
    }
    denied = [claim for claim in ledger if claim.stance is Stance.DENIES]
    assert {claim.target for claim in denied} == {first["killed"].id, first["wounded"].id}
    assert {str(claim.subject.until) for claim in denied} == {"2020-09-28"}
    (withdrawn,) = [claim for claim in ledger if claim.stance is Stance.WITHDRAWS]
    assert withdrawn.target == first["killed"].id
    (copy,) = [claim for claim in ledger if claim.based_on]
    assert (copy.based_on[0].claim, str(copy.based_on[0].noted)) == (first["killed"].id, "2020-10-01")


def test_denials_without_a_claim_and_of_absent_claims() -> None:
    """A denial may name a harm, and beside it a claim whose subject is not its own or not at hand."""
    absent = "c1-0123456789abcdef0123"
    plain = only("  - {source: a, denies: killed, aspect: occurrence, place: barda}")
    assert (plain.target, plain.subject) == (None, Subject(harm=["killed"], place="barda"))
    other = only(f"  - {{source: a, denies: killed-or-wounded, of: {absent}}}")
    assert (other.target, other.subject.harm) == (absent, ("killed", "wounded"))
    linked = only(f"  - {{source: a, killed: 3, replaces: {absent}, based_on: [{absent}], misrelays: {absent}}}")
    assert linked.replaces == (absent,)
    assert (linked.based_on[0].claim, linked.misrelays[0].claim) == (absent, absent)


def test_defaults_hold_unless_they_are_undone() -> None:
    """An entry's own key goes before the default, and an empty one undoes it."""
    text = """casualties: 1
sources: {a: {}}
reports: {r: {publisher: R}}
groups: {g: {side: x, status: civilian, our_reading: [side]}, h: {sex: male}}
defaults: {source: a, since: 2020-09-27, until: 2020-09-30, cited: r, victims: g, modality: reported, place: p}
claims:
  - {killed: 1}
  - {killed: 2, since: '', cited: [], victims: h, modality: confirmed, place: q}
  - {killed: 3, victims: , modality:, side: y, all: [status]}
  - {killed: 4, side: y, status: ''}
"""
    found = {claim.figure.low: claim for claim in yaml.loads(text) if claim.figure is not None}
    assert found[1].subject == Subject(
        harm=["killed"], side="x", status="civilian", place="p", since="2020-09-27", until="2020-09-30"
    )
    assert (found[1].our_reading, found[1].modality) == (("side",), Modality.REPORTED)
    assert found[2].subject == Subject(harm=["killed"], sex="male", place="q", until="2020-09-30")
    assert found[2].citations == (Citation(words="2"),)
    assert (found[3].subject.side, found[3].subject.status, found[3].modality) == ("y", None, None)
    assert (found[3].our_reading, found[3].all) == ((), ("status",))
    assert (found[4].subject.side, found[4].subject.status) == ("y", None)


def test_citations_relays_and_assessments() -> None:
    """Citations name relays by the section or as printed; gradings are maps."""
    text = """casualties: 1
titles: [One, Two]
sides: {s: {}}
sources: {a: {names: [A, B], kinds: [media, ngo], aliases: C, under: top, repeats: [b]}, top: {}, b: {}}
relays: {agency: {name: Interfax, kind: media, side: s}, afp: {}}
reports: {r: {publisher: R, address: 'https://example.org', retrieved: 2021}}
apart: [role, status]
totals:
  - whole: {harm: killed, side: s}
    parts: [{harm: killed, side: s, cause: direct}, {harm: killed, side: s, cause: in-captivity}]
claims:
  - source: a
    killed: 3
    cited: {report: r, relays: [agency, TASS, afp], locator: p. 3}
    assessments: {grader: desk, reliability: B, credibility: 2, graded: 2021-01}
"""
    ledger = yaml.loads(text)
    (claim,) = ledger
    (citation,) = claim.citations
    assert citation.relays == (Relay(name="Interfax", kind="media", side="s"), Relay(name="TASS"), Relay(name="afp"))
    assert (citation.locator, citation.words) == ("p. 3", "3")
    assert (claim.assessments[0].reliability, claim.assessments[0].credibility) == ("B", "2")
    assert ledger.titles == ("One", "Two")
    assert ledger.apart == ("role", "status")
    assert ledger.sources["a"] == Source(
        key="a", names=["A", "B"], kinds=["media", "ngo"], aliases=["C"], under="top", repeats=["b"]
    )
    assert len(ledger.totals[0].parts) == 2


def test_declared_words() -> None:
    """Words have names, relations and a status; a declared harm is a key that holds a count."""
    text = """casualties: 1
sides: {s: {name: S, against: [t], apart: t}, t: {under: [s2]}, s2: {}}
nationalities: {syrian: {under: arab}}
roles: {pilot: {status: combatant}}
harms: {detained: {under: captured}}
sources: {a: {}}
claims:
  - {source: a, detained: 5, nationality: elsewhere}
"""
    ledger = yaml.loads(text)
    assert Term(kind="side", key="s", names=["S"], against=["t"], apart=["t"]) in list(ledger.words)
    assert next(iter(ledger)).subject.harm == ("detained",)


GIRLS = """casualties: 1
totals:
  - whole: {harm: killed}
    parts: [{harm: killed, age: child}, {harm: killed, age: adult}, {harm: killed, age: child, sex: female}]
"""
UPPER = """casualties: 1
places: {valley: {}, upper: {under: valley}}
totals:
  - whole: {harm: killed}
    parts: [{harm: killed, place: valley}, {harm: killed, place: upper}]
"""

PLACES = [
    # the notation
    ("", "line 1, column 1: the file is empty"),
    ("[1]", "line 1, column 1: this is no ledger"),
    ("claims: []", "line 1, column 1: the version of the format is missing"),
    (
        "casualties: 2",
        "line 1, column 13: format 2 is newer than 1, the newest that this version reads (upgrade casualties)",
    ),
    ("casualties: one", "line 1, column 13: format 'one': there is none of this number"),
    ("casualties: [1]", "line 1, column 13: casualties is a list, not a text"),
    ("casualties: 1\ncasualties: 1", "line 2, column 1: 'casualties' again: it stands at line 1, column 1 already"),
    ("casualties: &x 1", "line 1, column 13: an anchor, &x"),
    ("casualties: 1\ntitle: *x", "line 2, column 8: "),
    ("casualties: !!int 1", "line 1, column 13: a tag, tag:yaml.org,2002:int"),
    ("casualties: 1\ndefaults: {<<: {}}", "line 2, column 12: a merge key, <<"),
    ("casualties: 1\ndefaults: {[a]: b}", "line 2, column 12: a list or map stands as a key"),
    ("casualties: 1\n---\ncasualties: 1", "line 2, column 1: a second document"),
    ("casualties: 1\ntitle: {", "line 2, column 9: this is not YAML"),
    ("casualties: 1\nsides:\n\ta: {}", "line 3, column 1: this is not YAML"),
    ("casualties: 1\ntitle: \x07", "line 2, column 8: this is not YAML: U+0007 is not allowed"),
    ("casualties: 1\ntitle: " + "[" * 50, f"line 2, column {8 + MAX_DEPTH}: nested deeper than {MAX_DEPTH}"),
    # sections
    ("casualties: 1\nclaimz: []", "line 2, column 1: unknown key 'claimz' (did you mean 'claims'?)"),
    ("casualties: 1\nsources: a", "line 2, column 10: sources is the text 'a', not a map"),
    ("casualties: 1\nsources: {a: [x]}", "line 2, column 14: source 'a' is a list, not a map"),
    ("casualties: 1\nsources: {a: {kind: paper}}", "line 2, column 21: kind 'paper' is no word that it takes"),
    ("casualties: 1\nsources: {a: {under: b}}", "line 2, column 22: under 'b' is not declared under sources"),
    ("casualties: 1\nsources: {a: {under: a}}", "line 2, column 1: source 'a' under 'a': a circle"),
    (
        "casualties: 1\nsources: {a: {side: x}}\nsides: {y: {}}",
        "line 2, column 21: side 'x' is not declared under sides",
    ),
    ("casualties: 1\nsources: {'': {}}", "line 2, column 11: a name in sources: text '': it is empty"),
    ("casualties: 1\nsources: {a: {}, ' a': {}}", "line 2, column 18: 'a' again in sources"),
    ("casualties: 1\nplaces: {p: {under: q}}", "line 2, column 21: under 'q' is not declared under places"),
    ("casualties: 1\nplaces: {p: {under: p}}", "line 2, column 1: place 'p' inside 'p': a circle"),
    ("casualties: 1\nplaces: {p: {against: [p]}}", "line 2, column 14: against is only for sides"),
    ("casualties: 1\nplaces: {p: {status: civilian}}", "line 2, column 14: status is only for roles"),
    ("casualties: 1\nroles: {p: {status: fighter}}", "line 2, column 21: status 'fighter' is no word that it takes"),
    ("casualties: 1\nreports: {r: {published: 30/09/2020}}", "line 2, column 26: published: date '30/09/2020'"),
    ("casualties: 1\nreports: {r: {published: [2020]}}", "line 2, column 26: published is a list, not a text"),
    ("casualties: 1\ntitle: ''", "line 2, column 8: title: text '': it is empty"),
    ("casualties: 1\napart: ['']", "line 2, column 9: apart: text '': it is empty"),
    ("casualties: 1\napart: [side]", "line 2, column 9: apart 'side': no facet that can be declared so"),
    ("casualties: 1\ntotals: [{whole: {harm: killed}}]", "line 2, column 10: a total without parts"),
    ("casualties: 1\ntotals: [{whole: {}, parts: [{}]}]", "line 2, column 18: whole without a harm"),
    (
        "casualties: 1\ntotals: [{whole: {harm: killed}, parts: [{harm: killed}]}]",
        "line 2, column 41: tuple should have at least 2 items",
    ),
    (
        GIRLS,
        "line 4, column 69: the part killed, child, female lies inside the part killed, child, so that the total would",
    ),
    (UPPER, "line 5, column 44: the part killed, upper lies inside the part killed, valley, so that"),
    ("casualties: 1\ndefaults: {id: x}", "line 2, column 12: unknown key 'id'"),
    (
        "casualties: 1\ngroups: {g: {statu: civilian}}",
        "line 2, column 14: unknown key 'statu' (did you mean 'status'?)",
    ),
    ("casualties: 1\nclaims: {source: a}", "line 2, column 9: claims is not a list"),
    (f"casualties: 1\nsources: {{{'x' * 1001}: {{}}}}", "line 2, column 11: a name in sources: name 'xxx"),
    (f"casualties: 1\nsides: {{s: {{apart: {'x' * 1001}}}}}", "line 2, column 20: apart 'xxx"),
    (f"casualties: 1\nnationalities: {{s: {{apart: {'x' * 1001}}}}}", "line 2, column 28: name 'xxx"),
    ("casualties: 1\nreports: {r: {title: ''}}", "line 2, column 22: title: text '': it is empty"),
    ("casualties: 1\nclaims: [a]", "line 2, column 10: a claim is the text 'a', not a map"),
]

ENTRIES = [
    ("killed: ¦no", "killed: 'no': a bare word may mean zero or not known"),
    ("killed: ¦012", "killed: '012': a number does not begin with zeros"),
    ("killed: ¦2023-04-10", "killed: '2023-04-10': this is a date and no count"),
    ("killed: 3, silent: ¦killed", "silent on killed, and a count of it (take one of the two out)"),
    ("silent: [killed, ¦wounded], harm: wounded, figure: 3", "silent on wounded, and a count of it"),
    (
        "killed: 1,¦200",
        "unknown key '200' (a comma inside braces parts two keys: put quotes around a count such as '1,200')",
    ),
    ("killed: ¦twelve killed and 30 wounded", "killed: "),
    ("killed: ¦[1]", "killed is a list, not a text"),
    ("killed: ¦{low: 19, high: 15}", "figure 19..15: high is below low (the lower end comes first: 15..19; or keep"),
    ("killed: {low: ¦1e3}", "low '1e3' is no count"),
    ("killed: {low: ¦-1}", "low '-1' is no count"),
    ("killed: ¦{high: 3}", "a figure without low ('up to 3' is low: 0 with high: 3; where the source gives no count"),
    ("killed: ¦{best: 3}", "a figure without low ('up to N' is low: 0 with high: N; where the source gives no count"),
    ("killed: ¦{low: 5, high: 3}", "figure 5..3: high is below low"),
    ("killed: {low: 5, assumed: ¦middle}", "assumed 'middle' is no word that it takes"),
    ("killed: {low: 5, ¦hihg: 9}", "unknown key 'hihg' (did you mean 'high'?)"),
    ("¦kiled: 3", "unknown key 'kiled' (did you mean 'killed'?)"),
    ("place: x", "a claim that says nothing"),
    ("killed: 3, denies: killed", "a claim that says both denies and killed"),
    ("¦harm: killed", "harm says nothing here (it goes with figure)"),
    ("¦figure: 3", "figure says nothing here (it goes with harm)"),
    ("denies: killed, ¦silence: withheld", "silence says nothing here (it goes with silent or figure)"),
    ("killed: 3, ¦aspect: figure", "aspect says nothing here (it goes with denies)"),
    ("killed: 3, ¦of: x", "of says nothing here (it goes with denies or withdraws or unverified)"),
    ("harm: ¦[killed, displaced], figure: 3", "harm 'killed or displaced': 'displaced' cannot be joined"),
    ("silent: ¦dead", "silent 'dead' is not declared under harms"),
    ("silent: killed, silence: ¦secret", "silence 'secret' is no word that it takes"),
    ("killed: 3, modality: ¦sure", "modality 'sure' is no word that it takes"),
    ("killed: 3, victims: ¦nobody", "victims 'nobody': there is no such group"),
    ("killed: 3, victims: ¦[a]", "victims is a list, not a map"),
    ("killed: 3, victims: {side: x}, side: ¦y", "side is both 'x' and 'y'"),
    ("killed: 3, victims: {with: x}, with: ¦[y, z]", "with is both 'x' and 'y' and 'z'"),
    ("killed: 3, victims: {¦sid: x}", "unknown key 'sid' (did you mean 'side'?)"),
    ("killed: 3, status: ¦fighter", "status 'fighter' is no word that it takes"),
    ("killed: 3, our_reading: [¦colour]", "our_reading 'colour': there is no such facet"),
    ("killed: 3, alleged: {¦colour: x}", "unknown key 'colour'"),
    ("killed: 3, alleged: {status: ¦x}", "status 'x' is no word that it takes"),
    ("killed: 3, alleged: ¦side", "alleged is the text 'side', not a map"),
    ("killed: 3, since: ¦2020-13-01", "since: date '2020-13-01': no calendar has it"),
    ("killed: 3, since: 2020-10-01, until: 2020-09-01", "period 2020-10-01..2020-09-01: it ends before it begins"),
    ("killed: 3, stated: ¦''", "stated: text '': it is empty"),
    ("killed: 3, replaces: ¦x", "replaces 'x': no claim of this file has this id"),
    ("killed: 3, replaces: [¦[x]]", "replaces is a list, not a text"),
    ("denies: ¦x", "denies 'x': no claim of this file has this id"),
    ("denies: [¦[x]]", "denies is a list, not a text"),
    ("denies: ¦c1-0123456789abcdef0123", "denies 'c1-0123456789abcdef0123': only its identity is known here"),
    ("denies: killed, of: ¦x", "of 'x': no claim of this file has this id"),
    ("killed: 3, based_on: ¦{noted: 2020}", "based_on names no claim"),
    ("killed: 3, based_on: [¦[x]]", "based_on is a list, not a text"),
    ("withdraws: killed", "claim by 'a' on killed: a withdrawal names the claim that it withdraws"),
    (
        "silent: killed, replaces: c1-0123456789abcdef0123",
        "claim by 'a' on killed: a claim that is silent replaces nothing",
    ),
    ("id: ¦'', killed: 3", "id: text '': it is empty"),
    ("killed: 3, victims: ¦''", "victims: text '': it is empty"),
    ("id: ¦killed, killed: 3", "id 'killed' already means something else"),
    ("id: x, killed: 3, replaces: x", "a circle of claims that name one another"),
    ("killed: 3, cited: ¦s", "cited 's' is not declared under reports (one of q, r)"),
    ("killed: 3, cited: {¦reprot: r}", "unknown key 'reprot' (did you mean 'report'?)"),
    ("killed: 3, cited: [¦[r]]", "cited is a list, not a map"),
    ("killed: 3, cited: {report: r, relays: [¦[x]]}", "relays is a list, not a text"),
    ("killed: 3, assessments: ¦desk", "an assessment is the text 'desk', not a map"),
    ("killed: 3, assessments: ¦{grader: desk}", "assessment by 'desk': it grades nothing"),
    ("killed: 3, assessments: {grader: desk, reliability: ¦G}", "string should match pattern"),
]
"""Entries, with a bar before the place that the problem names; none for the entry as a whole."""


@pytest.mark.parametrize(("text", "told"), PLACES)
def test_what_is_wrong_in_a_file_has_its_place(text: str, told: str) -> None:
    """Every mistake in a section is told with line, column, value and next step."""
    assert any(problem.startswith(told) for problem in problems(text)), problems(text)


@pytest.mark.parametrize(("entry", "told"), ENTRIES)
def test_what_is_wrong_in_an_entry_has_its_place(entry: str, told: str) -> None:
    """Every mistake in a claim is told with line, column, value and next step."""
    line = f"  - {{source: a, {entry}}}"
    column = line.index("¦") + 1 if "¦" in line else 5
    found = problems(HEAD + line.replace("¦", ""))
    assert any(problem.startswith(f"line 5, column {column}: {told}") for problem in found), found


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ("  - {killed: 3}", "line 5, column 5: a claim without a source"),
        ("  - {source: c, killed: 3}", "line 5, column 14: source 'c' is not declared under sources (one of a, b)"),
        (
            "  - {id: x, source: a, killed: 3}\n  - {id: x, source: a, killed: 4}",
            "line 6, column 10: id 'x' again: it stands at line 5, column 10 already",
        ),
        (
            "  - {id: x, source: a, killed: 3}\n  - {source: b, withdraws: x}",
            "line 6, column 28: 'b' withdraws a claim of 'a'",
        ),
        (
            "  - {id: x, source: a, killed: 3}\n  - {source: b, killed: 4, replaces: x}",
            "line 6, column 38: 'b' replaces a claim of 'a'",
        ),
        (
            "  - {id: x, source: a, killed: 3}\n  - {source: b, denies: x, side: y}",
            "line 6, column 28: side is taken from the claim 'x'",
        ),
        (
            "  - {id: x, source: a, killed: 3, wounded: 4}\n  - {source: b, missing: 4, based_on: x}",
            "line 6, column 39: based_on 'x': it has no claim on missing (it has killed, wounded)",
        ),
        (
            "  - {id: x, source: a, killed: 3, wounded: 4}\n  - {source: b, denies: x.missing}",
            "line 6, column 25: denies 'x.missing': it has no claim on missing",
        ),
        (
            "  - {id: x, source: a, killed: 3, wounded: 4}\n  - {source: b, denies: killed, of: x}",
            "line 6, column 37: of names several claims (add the harm: id.killed)",
        ),
        (
            "  - {id: x, source: a, withdraws: y}\n  - {id: y, source: a, withdraws: x}",
            "line 5, column 5: a circle of claims that name one another",
        ),
    ],
)
def test_what_is_wrong_between_entries_has_its_place(entries: str, told: str) -> None:
    """Mistakes that two entries make together are told at the one that names the other."""
    found = problems(HEAD + entries)
    assert any(problem.startswith(told) for problem in found), found


def test_another_sources_claim_is_known_by_its_identity_as_well() -> None:
    """A withdrawal of another's claim is refused also where only the identity says whose it is."""
    (claim,) = claims("  - {source: a, killed: 3}")
    entries = f"  - {{source: a, killed: 3}}\n  - {{source: b, withdraws: killed, of: {claim.id}}}"
    assert "withdraws" in problems(HEAD + entries)[0]


def test_all_problems_come_at_once_in_order_and_nothing_is_loaded() -> None:
    """One reading tells everything; what is wrong in the defaults is told once."""
    text = """casualties: 1
sides: {x: {nme: X}}
sources: {a: {}}
defaults: {source: a, side: z, modality: sure}
claims:
  - {killed: no}
  - {killed: 4, plce: barda}
"""
    assert [problem.split(":")[0] for problem in problems(text)] == [
        "line 2, column 13",
        "line 4, column 29",
        "line 4, column 42",
        "line 6, column 14",
        "line 7, column 17",
    ]


def test_reading_stops_after_a_thousand_problems() -> None:
    """A file in which nothing is right is given up."""
    text = "casualties: 1\n" + "".join(f"k{number}: x\n" for number in range(2000))
    assert len(problems(text)) == 1000


def test_undeclared_words_are_free_where_their_section_is_absent() -> None:
    """Only a section that declares words makes others of its kind a mistake."""
    assert only("  - {source: a, killed: 3, side: anybody}").subject.side == "anybody"
    text = HEAD.replace("claims:", "sides: {x: {}}\nclaims:") + "  - {source: a, killed: 3, side: anybody}"
    assert problems(text) == ["line 6, column 34: side 'anybody' is not declared under sides (one of x)"]


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"casualties: 1\ntitle: caf\xe9", "line 2, column 11"),
        (b"casualties: 1\n\x00", "line 2, column 1"),
        (b"\xff\xfec\x00a", ""),
    ],
)
def test_encodings(content: bytes, place: str) -> None:
    """What is not UTF-8, or holds NUL, is told with its place."""
    with pytest.raises(LedgerFileError) as caught:
        yaml.read(io.BytesIO(content))
    assert caught.value.problems[0].place.startswith(place)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_encodings_that_say_what_they_are(encoding: str) -> None:
    """UTF-8 with and without its mark, UTF-16 and UTF-32 with theirs are read alike."""
    text = "casualties: 1\r\ntitle: Ağdam\r\n"
    assert yaml.read(io.BytesIO(text.encode(encoding))).titles == ("Ağdam",)
    assert yaml.read(io.StringIO("\ufeff" + text)).titles == ("Ağdam",)


# Writing


def written(ledger: cs.Ledger) -> str:
    """Write a ledger, and see that it reads back."""
    text = yaml.dumps(ledger)
    assert yaml.loads(text) == ledger
    return text


def test_what_is_written_is_pleasant() -> None:
    """The article is written as people would: flow where it fits, defaults, a group, an id where one is needed."""
    text = written(cs.seeds.load("nagorno-karabakh-2020-09-30"))
    assert "defaults: {since: 2020-09-27, until: 2020-09-30, stated: 2020-09-30, cited: new-arab}\n" in text
    assert "  syrian-mercenary: {nationality: syrian, role: mercenary, alleged: {side: azerbaijani}}\n" in text
    assert "  - {source: akoush, killed: at least two, victims: syrian-mercenary, modality: reported}\n" in text
    assert "  - {source: turkey, denies: armenia-killed, aspect: responsibility}\n" in text
    assert max(map(len, text.splitlines())) <= 110
    assert text.count("id: ") == 1


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Plain words", "Plain words"),
        ("no", "'no'"),
        ("012", "'012'"),
        ("2020-09-30", "'2020-09-30'"),
        ("1:30", "'1:30'"),
        ("1_000", "'1_000'"),
        (".5", "'.5'"),
        ("~", "'~'"),
        ("it's: so", "'it''s: so'"),
        ("#1", "'#1'"),
        ("a #b", "'a #b'"),
        ("end:", "'end:'"),
        ("...", "'...'"),
        ("a\tb\nc", '"a\\tb\\nc"'),
        ('"\u2028\\', '"\\"\\u2028\\\\"'),
        ("x\U000e0001", "x\U000e0001"),
        ("x, y", "x, y"),
    ],
)
def test_texts_that_others_would_misread_stand_in_quotes(title: str, shown: str) -> None:
    """Another YAML reader takes every text for that text."""
    assert written(cs.Ledger(titles=[title])) == f"casualties: 1\ntitle: {shown}\n"


def test_long_lists_stand_one_a_line() -> None:
    """What does not fit on one line is written below one another."""
    titles = ["A" * 60, "B" * 60]
    assert written(cs.Ledger(titles=titles)) == f"casualties: 1\ntitles:\n  - {titles[0]}\n  - {titles[1]}\n"


def test_counts_and_dates_stand_plain() -> None:
    """Counts and dates need no quotes; words that look like other numbers do."""
    claim = Claim(source="a", subject=Subject(harm=["killed"], until="2020"), figure=cs.Figure.exactly(11))
    cited = claim.replacing(citations=[Citation(words="11")])
    assert "  - {source: a, killed: 11, until: 2020}\n" in written(cs.Ledger([cited], sources=[Source(key="a")]))
    assert "killed: {low: 11, high: 11}" in written(cs.Ledger([claim], sources=[Source(key="a")]))


def test_claims_that_differ_in_harm_alone_are_one_entry() -> None:
    """What was said of several harms at once is written at once."""
    text = written(yaml.loads(HEAD + "  - {source: a, killed: 3, wounded: 5, missing: 1, place: barda}"))
    assert "  - {source: a, killed: 3, wounded: 5, missing: 1, place: barda}\n" in text


def test_reports_of_one_publisher_are_told_apart() -> None:
    """Handles are made of publisher, then date, then number."""
    reports = [
        Report(publisher="The New Arab", published="2020-09-30"),
        Report(publisher="The New Arab", published="2020-10-01"),
        Report(publisher="The New Arab", published="2020-10-01", title="B"),
        Report(publisher="The New Arab"),
        Report(title="A tale"),
        Report(address="https://example.org/1"),
        Report(),
        Report(retrieved="2020"),
    ]
    text = written(cs.Ledger(reports=reports))
    handles = [line.split(":")[0].strip() for line in text.splitlines()[2:]]
    assert (
        sorted(handles)
        == [
            "example-org",
            "new-arab",
            "new-arab-2",
            "new-arab-3",
            "new-arab-2020-09-30",
            "report",
            "report-2",
            "tale",
        ]
        or len(set(handles)) == 8
    )


def test_names_that_mean_something_else_are_not_taken_for_ids() -> None:
    """An id is never the name of a harm, a set of harms, or an identity."""
    first = Claim(source="killed-or", subject=Subject(harm=["wounded"]), figure=cs.Figure.exactly(1))
    second = Claim(
        source="killed-or", subject=Subject(harm=["wounded"]), figure=cs.Figure.exactly(2), replaces=[first.id]
    )
    text = written(cs.Ledger([first, second], sources=[Source(key="killed-or")]))
    assert "id: claim-killed-or-wounded," in text


def test_used_words_are_declared_where_their_section_stands() -> None:
    """A section that is written names every word of its kind, so that the file reads back."""
    ledger = cs.Ledger(
        [Claim(source="a", subject=Subject(harm=["detained"], side="x"), stance="silent", alleged=[("side", "z")])],
        sources=[Source(key="a", side="w")],
        terms=[Term(kind="side", key="y", under=["v"])],
    )
    text = written(ledger)
    assert "sides:\n  v: {}\n  w: {}\n  x: {}\n  'y': {under: v}\n  z: {}\n" in text
    assert "harms:\n  detained: {}\n" in text


def test_words_of_another_harm_are_refused_and_kept_beside() -> None:
    """The wounded are not taken for the killed; words of another kind may stand under what is cited, and come back."""
    (told,) = problems(HEAD + "  - {source: a, killed: 12 wounded}\n")
    assert told.startswith("line 5, column 25: killed: '12 wounded' says wounded, not killed")
    beside = cs.Ledger(
        [Claim(source="a", subject=KILLED, figure=cs.Figure(12, 12), citations=[Citation(words="12 wounded")])],
        sources=[Source(key="a")],
    )
    assert yaml.loads(written(beside)) == beside


@pytest.mark.parametrize("character", ["x", "'", "\u200b", ": "])
def test_longest_name_comes_back(character: str) -> None:
    """A name as long as it may be is read again, whatever quotes or escapes make of it."""
    name = "a" + character * ((MAX_KEY - 2) // len(character)) + "z"
    claim = Claim(source=name, subject=Subject(harm=["killed"], side=name), figure=cs.Figure.exactly(1))
    ledger = cs.Ledger(
        [claim], sources=[Source(key=name, names=["N"])], terms=[Term(kind="side", key=name, against=["b"])]
    )
    file = io.BytesIO()
    cs.write(ledger, file, format="yaml")
    assert cs.read(io.BytesIO(file.getvalue()), format="yaml") == ledger
