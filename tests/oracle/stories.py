"""The stories and seeds that the rows of the table are about."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

import casualties as cs

from .from_ledger import day, range_of, records_of
from .records import Citation, Claim, Range, Records, Source, Word
from .topics import NARROWING

SEEDS = {"seed article": "nagorno-karabakh-2020-09-30", "Karabakh war": "nagorno-karabakh-2020-war"}
LARGE = {"al-Ahli": "al-ahli-2023", "Rabaa": "rabaa-2013"}
INTERVAL = re.compile(r"\s*([\d, ]+?)\s*\(\s*\d+\s*%\s*(?:CI|interval)\s*([\d, ]+?)\s*(?:to|-|–)\s*([\d, ]+?)\s*\)\s*")
ESTIMATES = "ukraine-soldier-deaths-estimates/Soldier_deaths_casualties_in_Ukraine_-_estimates.csv"


def load(name: str, data: Path) -> Records:
    """Give the records of a story, by the name that the table has for it.

    Args:
        name: The name in the table.
        data: The folder of real data, beside which the stories lie.
    """
    if name in SEEDS:
        return records_of(cs.seeds.load(SEEDS[name]))
    if name == "Economist, Ukraine":
        return records_of(cs.read_table(data / ESTIMATES, "ukraine-estimates").ledger)
    folder = data.parent / "stories"
    if name in LARGE:
        return read_story(folder / f"{LARGE[name]}.yaml")
    return read_story(folder / "small" / f"{re.sub('[^a-z0-9]+', '-', name)}.yaml")


def read_story(path: Path) -> Records:
    """Read a story's YAML plainly: every scalar is text, and the library reads only the words of counts.

    It knows the few keys that the stories use, so that rules can be tried whose keys the file format has not yet.
    """
    found = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - text only
    words = {}
    for section, kind in (
        ("sides", "side"),
        ("places", "place"),
        ("events", "event"),
        ("roles", "role"),
        ("harms", "harm"),
    ):
        for key, given in (found.get(section) or {}).items():
            word = given or {}
            words[kind, key] = Word(
                kind,
                key,
                _list(word.get("under")),
                _list(word.get("against")),
                word.get("status"),
                incident=word.get("incident") == "true",
                counted_until=day(word["counted_until"]) if word.get("counted_until") else None,
                stock=word.get("stock") == "true",
            )
    sources = {
        key: Source(
            key,
            (key, *([given["name"]] if "name" in given else [])),
            frozenset(_list(given.get("kind"))),
            given.get("side"),
            given.get("under"),
            _list(given.get("repeats")),
        )
        for key, given in found["sources"].items()
    }
    for source in list(sources.values()):
        if source.under:
            sources.setdefault(source.under, Source(source.under))
    entries = [{**(found.get("defaults") or {}), **entry} for entry in found["claims"]]
    claims: list[Claim] = []
    for number, entry in enumerate(entries):
        claims += _entry(entry, number, found)
    claims = [_aimed(each, claims) for each in claims]
    return Records(tuple(claims), sources, words)


def _list(given: Any) -> tuple[str, ...]:
    if not given:
        return ()
    return (given,) if isinstance(given, str) else tuple(given)


def _harms(entry: Mapping[str, Any]) -> list[str]:
    known = ("killed", "wounded", "missing", "captured", "casualties", "losses", "displaced")
    return [key for key in entry if key in known]


def _entry(entry: Mapping[str, Any], number: int, found: Mapping[str, Any]) -> list[Claim]:
    handle = entry.get("id") or f"claim-{number:02}"
    group = found.get("groups", {}).get(entry.get("victims"), {}) if isinstance(entry.get("victims"), str) else {}
    facts = {**group, **entry}
    shared: dict[str, Any] = {
        "source": entry["source"],
        "facets": tuple((name, facts[name]) for name in NARROWING if facts.get(name)),
        "only": frozenset(_list(entry.get("only"))),
        "basis": entry.get("basis"),
        "perpetrator": entry.get("perpetrator"),
        "with_": _list(entry.get("with")),
        "since": day(facts["since"]) if facts.get("since") else None,
        "until": day(facts["until"]) if facts.get("until") else None,
        "stated": day(facts["stated"]) if facts.get("stated") else None,
        "modality": entry.get("modality"),
        "method": entry.get("method"),
        "citations": _cited(entry.get("cited"), found),
    }
    if "denies" in entry:
        return [
            Claim(
                id=f"{handle}-{target}", harm=(), stance="denies", aspect=entry.get("aspect"), target=target, **shared
            )
            for target in _list(entry["denies"])
        ]
    if "silent" in entry:
        return [
            Claim(
                id=handle if len(_list(entry["silent"])) == 1 else f"{handle}.{harm}",
                harm=(harm,),
                stance="silent",
                **shared,
            )
            for harm in _list(entry["silent"])
        ]
    harms = _harms(entry)
    return [
        Claim(id=handle if len(harms) == 1 else f"{handle}.{harm}", harm=(harm,), **_figure(entry[harm]), **shared)
        for harm in harms
    ]


def _figure(words: str) -> dict[str, Any]:
    if match := INTERVAL.fullmatch(words):
        best, low, high = (int(re.sub(r"\D", "", each)) for each in match.groups())
        return {"figure": Range(low, high, best=best), "interval": True}
    figure = cs.parse_figure(words)
    return {"figure": None if figure is None else range_of(figure)}


def _aimed(claim: Claim, claims: list[Claim]) -> Claim:
    """Give a denial the subject of the claim that it denies."""
    if claim.stance != "denies":
        return claim
    named, _, harm = (claim.target or "").partition(".")
    target = next(
        each
        for each in claims
        if each.id.partition(".")[0] == named and each.stance != "denies" and harm in ("", *each.harm)
    )
    return replace(
        claim, harm=target.harm, facets=target.facets, since=target.since, until=target.until, target=target.id
    )


def _cited(given: Any, found: Mapping[str, Any]) -> tuple[Citation, ...]:
    cites = [given] if isinstance(given, str | dict) else given or []
    return tuple(_citation(each, found) for each in cites)


def _citation(given: Any, found: Mapping[str, Any]) -> Citation:
    name = given if isinstance(given, str) else given["report"]
    report = found["reports"][name]
    return Citation(
        publisher=report.get("publisher"),
        published=day(report["published"]) if report.get("published") else None,
        relays=() if isinstance(given, str) else _list(given.get("relays")),
        report=name,
    )
