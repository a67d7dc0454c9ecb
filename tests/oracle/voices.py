"""Which claims come from one origin: independent sources, copies, circles and joint statements (section 6, voices)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from .records import Claim, Records
from .topics import none_by_us

UNATTRIBUTED = "(unattributed)"


@dataclass(frozen=True)
class Origins:
    """Where the claims of one topic come from.

    Attributes:
        roots: On what each claim rests that is no copy, by claim: its own source first, where it is its own word.
        copies: Claims that rest on what speaks here already: they replace nothing and have no voice.
        own: Claims made in their source's own words; the others rest on claims that are absent, or on one another.
        circles: Claims that quote one another in a circle.
    """

    roots: dict[str, tuple[str, ...]]
    copies: frozenset[str]
    own: frozenset[str]
    circles: frozenset[str]


def speaks(claim: Claim, records: Records) -> bool:
    """Tell whether a claim says how many: it states a figure, or denies that anything happened."""
    if claim.stance == "states":
        return claim.figure is not None and not none_by_us(claim, records)
    return claim.stance == "denies" and claim.aspect == "occurrence"


def origins(claims: Iterable[Claim], records: Records, competing: Iterable[str] = ()) -> Origins:
    """Find the independent source of every claim of a topic that says how many.

    Args:
        claims: The claims of the topic.
        records: The ledger.
        competing: Those that are not set aside at once; in a circle such a signed one signs for the others.

    - Sources under one root of the tree are one voice; claims that nobody signs are one voice together.
    - A claim based on another has no voice where that claim, even withdrawn, or its source speaks on the subject.
    - What rests only on absent claims is one voice for whatever shares a root.
      What rests on a signed and an unsigned one rests on the signed; what nobody signs stays with the unsigned.
    - A circle of links is one root, and flagged; a joint statement (one claim for each party, linked to one another,
      alike but for the source, read in one place) is in each party's own words, and one voice.
    """
    here = {each.id: each for each in claims if speaks(each, records)}
    known = {each.id: each for each in records.claims} | here
    links = {key: _targets(each, here, records) for key, each in known.items()}
    circle = {key: _circle(key, links) for key in known}
    joint = {key for key, around in circle.items() if around and is_joint([known[each] for each in around], records)}
    named = dict(links)
    for key in joint:
        links[key] = links[key] - circle[key]
    own = {key for key in here if not links[key] and not _repeats(here[key], records)}
    speaking = [here[key] for key in own if not here[key].misrelays and here[key].modality != "projected"]
    own_sources = {each for claim in speaking for each in records.line(claim.source)}
    copies = {key for key in here if key not in own and _copies(key, here, known, named, circle, own_sources, records)}

    roots: dict[str, tuple[str, ...]] = {}
    for key in sorted(here.keys() - copies):
        if key in own:
            others = [_root(known[each].source, records) for each in sorted(circle[key])]
            roots[key] = tuple(dict.fromkeys((_root(known[key].source, records), *others)))
        elif all(records.unattributed(known[each].source) for each in {key, *(circle[key] & set(competing))}):
            roots[key] = (UNATTRIBUTED,)
        else:
            roots[key] = tuple(sorted(_rests_on(key, known, links, circle, records)))
    return Origins(
        roots=roots,
        copies=frozenset(copies),
        own=frozenset(own),
        circles=frozenset(key for key in roots if circle[key] and key not in joint),
    )


def joined(roots: Iterable[tuple[str, ...]]) -> dict[str, str]:
    """Give the independent source to which each root belongs: roots on which something rests together are one."""
    parent: dict[str, str] = {}

    def find(node: str) -> str:
        while parent.setdefault(node, node) != node:
            node = parent[node]
        return node

    for first, *others in roots:
        find(first)
        for other in others:
            one, two = sorted((find(first), find(other)))
            parent[two] = one
    return {node: find(node) for node in list(parent)}


def is_joint(claims: list[Claim], records: Records) -> bool:
    """Tell whether claims that are linked in a circle are one statement of several parties, read in one place."""
    if any(records.unattributed(each.source) or _repeats(each, records) for each in claims):
        return False
    names = {each.id for each in claims}
    if any({link.claim for link in each.based_on} != names - {each.id} for each in claims):
        return False
    bare = {replace(each, id="", source="", citations=(), grades=(), based_on=()) for each in claims}
    read = [{citation.report for citation in each.citations if citation.report} for each in claims]
    return len(bare) == 1 and bool(set.intersection(*read))


def _root(source: str, records: Records) -> str:
    return UNATTRIBUTED if records.unattributed(source) else records.root(source)


def _repeats(claim: Claim, records: Records) -> tuple[str, ...]:
    known = records.sources.get(claim.source)
    return known.repeats if known else ()


def _repeated(source: str, records: Records) -> set[str]:
    """Give the sources on whose word a source rests in the end; all of them where they repeat one another."""
    seen: set[str] = set()
    todo = [source]
    while todo:
        known = records.sources.get(todo.pop())
        for each in known.repeats if known else ():
            if each not in seen:
                seen.add(each)
                todo.append(each)
    last = {each for each in seen if not (known := records.sources.get(each)) or not known.repeats}
    return last or seen


def _under(source: str, above: str, records: Records) -> bool:
    return above in records.line(source)


def _targets(claim: Claim, here: dict[str, Claim], records: Records) -> set[str]:
    """Give the claims that a claim rests on: those it is based on, and what the sources that its source repeats say."""
    found = {link.claim for link in claim.based_on}
    for source in _repeats(claim, records):
        found |= {
            key
            for key, each in here.items()
            if _under(each.source, source, records) and not each.based_on and not _repeats(each, records)
            if not each.misrelays and each.modality != "projected"
        }
    return found


def _circle(key: str, links: dict[str, set[str]]) -> set[str]:
    """Give the claims of the circle that a claim is in, itself among them; nothing where it is in none."""
    ahead = _ahead(key, links)
    return {each for each in ahead if key in _ahead(each, links)} if key in ahead else set()


def _ahead(key: str, links: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    todo = [key]
    while todo:
        for each in links.get(todo.pop(), ()):
            if each not in found:
                found.add(each)
                todo.append(each)
    return found


def _copies(
    key: str,
    here: dict[str, Claim],
    known: dict[str, Claim],
    links: dict[str, set[str]],
    circle: dict[str, set[str]],
    own_sources: set[str],
    records: Records,
) -> bool:
    """Tell whether what a claim rests on, through any number of hands, speaks on the subject."""
    behind = _ahead(key, links) - circle[key] - {key}
    resting = [known[each] for each in {key, *circle[key], *behind} if each in known]
    if any(each in here for each in behind):
        return True
    if any(known[each].source in own_sources for each in behind if each in known):
        return True
    return any(
        _under(each, source, records)
        for claim in resting
        for source in _repeats(claim, records)
        for each in own_sources
    )


def _said_by(key: str, known: dict[str, Claim], records: Records) -> set[str]:
    """Give the root of who makes a claim, and of the other parties where it is a joint statement."""
    parties = [known[key], *(known[link.claim] for link in known[key].based_on if link.claim in known)]
    return {_root(each.source, records) for each in parties}


def _rests_on(
    key: str,
    known: dict[str, Claim],
    links: dict[str, set[str]],
    circle: dict[str, set[str]],
    records: Records,
) -> set[str]:
    """Give the roots on which a claim rests that is no copy: absent claims, their sources, or a circle.

    A circle is a root of its own only where nothing in it rests on anything else.
    """
    if key not in known:
        return {f"(absent {key})"}
    around = circle[key] if links[key] else set[str]()
    members = around or {key}
    found: set[str] = set()
    for each in members:
        found |= {_root(source, records) for source in _repeated(known[each].source, records)}
        for behind in links.get(each, set()) - members:
            found |= _rests_on(behind, known, links, circle, records)
    if not found:
        found = {f"(circle {min(around)})"} if around else _said_by(key, known, records)
    return found - {UNATTRIBUTED} or found
