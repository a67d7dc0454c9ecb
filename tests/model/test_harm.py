"""The table of harms: everything that the house asks of a harm stands in it, and nowhere a second time."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from casualties.files.hxl import ATTRIBUTES
from casualties.model.harm import HARMS, JOINABLE, STOCKS, Harm, harm_key, is_stock
from casualties.model.vocabulary import Term, Vocabulary
from casualties.show.describe import describe_harm

SOURCE = Path(__file__).parents[2] / "src" / "casualties"
LANGUAGES = sorted((SOURCE / "wording" / "languages").glob("*.toml"))


@pytest.mark.parametrize("harm", Harm)
def test_everything_is_known_of_a_harm(harm: Harm) -> None:
    """Its name, question, noun and tag are said; what it is part of, and what it becomes, are harms."""
    known = HARMS[harm]
    assert known.harm is harm
    assert known.name == str(harm).replace("-", " ")
    assert known.question.split()[0] in ("was", "went", "is")
    assert known.plural
    assert re.fullmatch(r"[a-z_]+(\+[a-z_]+)?", known.hxl)
    assert {*known.inside, *known.becomes} <= set(Harm)
    assert known.stock == (harm in STOCKS) == is_stock((harm,))
    assert known.joinable == (harm in JOINABLE)


def test_the_table_has_every_harm_in_its_order() -> None:
    """The order of listing is that of the names."""
    assert list(HARMS) == list(Harm)
    assert sorted(Harm, key=lambda harm: harm_key((harm,))) == list(Harm)


def test_inside_follows_from_the_table() -> None:
    """The vocabulary relates harms as the table says."""
    assert {(harm, whole) for harm in Harm for whole in Vocabulary().ancestors("harm", harm) if whole != harm} == {
        ("killed", "casualties"),
        ("killed", "losses"),
        ("severely-wounded", "wounded"),
        ("in-treatment", "wounded"),
    }


def test_no_two_harms_share_a_tag_or_a_name() -> None:
    """A tag is read as one harm, and a name shows one."""
    assert len({known.hxl for known in HARMS.values()}) == len({known.name for known in HARMS.values()}) == len(Harm)
    read = [attribute for known in HARMS.values() for attribute in known.hxl_read]
    assert len(read) == len(set(read)) == len(ATTRIBUTES)


@pytest.mark.parametrize("path", LANGUAGES, ids=lambda path: path.stem)
def test_words_of_every_language_mean_harms_of_the_table(path: Path) -> None:
    """Each language says the harms that words name, and no other but abduction, which is none of ours."""
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    named = {*told["harms"], *told["harm-nouns"]} - {"abducted"}
    assert {*JOINABLE, Harm.DISPLACED} <= named <= set(Harm)


def test_harms_are_listed_nowhere_else() -> None:
    """No other module relates harms, tags them, or tells which are stocks."""
    elsewhere = [
        path.name
        for path in SOURCE.rglob("*.py")
        if path.name != "harm.py"
        and re.search(r'"severely-wounded":|"in-treatment":', path.read_text(encoding="utf-8"))
    ]
    assert elsewhere == []


def test_a_name_that_a_ledger_declares_wins() -> None:
    """A ledger may call a harm what it likes."""
    words = Vocabulary([Term(kind="harm", key="in-treatment", names=["under care"])])
    assert describe_harm(["in-treatment"], words) == "under care"
    assert describe_harm(["in-treatment"], Vocabulary()) == "in treatment"
    assert describe_harm(["made-homeless"], Vocabulary()) == "made homeless"
