"""Sources, people and what happened to them, as a sentence names them."""

from __future__ import annotations

import re
from typing import Final

from casualties.model.harm import ACTS, HARMS, NOUNS
from casualties.model.source import Sources
from casualties.model.subject import Subject
from casualties.model.vocabulary import Status, Vocabulary
from casualties.reconciling.view import View
from casualties.show.describe import PEOPLE, capitalised, describe_harm, named, plural_of_role, with_article
from casualties.show.sentences.lists import words_in

__all__ = [
    "articled",
    "begin",
    "counted_people",
    "happened",
    "how_many",
    "people",
    "several",
    "source_name",
    "state_count",
]

_OFFICES: Final = words_in(
    "administration agency army authority authorities board brotherhood bureau center centre commission committee "
    "community company council court defence defense department directorate embassy federation force forces foundation "
    "government hospital infocenter institute ministry mission mosque movement navy observatory office ombudsman "
    "ombudsperson organisation organization parliament party police presidency procuracy programme prosecutor register "
    "secretariat secretary service society union university"
)
"""The common nouns in which the names of offices and bodies end: *the* Ministry, but Human Rights Watch."""

_INITIALS: Final = words_in("BBC CIA EU FBI ICC ICJ ICRC IDF UN UNHCR WHO")
"""Initials that take an article, as the names behind them do: *the* UN, but AFP and UNICEF."""

_TITLES: Final = words_in("minister president governor mayor imam head chief director secretary chairman")
"""The titles that take an article where it is said of what: *the* Imam of the mosque."""

_PERSONS: Final = words_in(
    "official diplomat officer correspondent reporter witness spokesman spokeswoman spokesperson journalist expert "
    "doctor resident commander source"
)
_GROUPS: Final = words_in(
    "officials diplomats officers correspondents reporters witnesses journalists experts doctors residents "
    "activists commanders sources reports documents media"
)

_DESCRIBING: Final = words_in("anonymous former leaked local open-source senior several unnamed")
"""Words that describe a source, and are small in the middle of a sentence where no proper name ends what they begin."""

_BEFORE: Final = re.compile(r" (?:of|for|in|on|to|at|from|against)\b| General\b|,")
_PLURALS: Final = frozenset({"forces", "police"})

_BODIES: Final = words_in(
    "army brotherhood force forces movement navy organisation organization party police service union"
)
"""The common nouns of bodies that have members: *43 members of the police*, where it says who was killed."""

_MEMBERS: Final = {"people": "members", "person": "member"}

_PLACES: Final = words_in(
    "airport barracks base border bridge camp capital church city district factory front harbour harbor hospital "
    "market mosque port prison school square stadium station suburb town university village"
)
"""The common nouns by which a place may be called."""

_AT: Final = words_in("airport border bridge checkpoint crossing junction stadium station")
"""The places at which something happens, and not in them."""

_EVENTS: Final = words_in(
    "air airstrike airstrikes ambush attack attacks battle bombardment bombing bombings clash clashes collapse "
    "crash dispersal earthquake explosion explosions fighting fire flood floods killing killings massacre raid "
    "raids riot riots shelling shooting siege storm strike strikes violence war"
)
"""The common nouns with which the names of events begin, small in the middle of a sentence."""

_CAUSES: Final = {
    "direct": "as a direct effect of the fighting",
    "in-captivity": "in captivity",
    "accident": "by accident",
    "indirect": "as an indirect effect of the fighting",
}
_COUNTED: Final = {"by-date-of-report": "by date of report", "by-date-of-registration": "by date of registration"}
_ADJECTIVES: Final = {Status.CIVILIAN: "civilian", Status.COMBATANT: "combatant"}
_STATUSES: Final = {
    Status.COMBATANT: ("combatant", "combatants"),
    Status.CIVILIAN: ("civilian", "civilians"),
    Status.OTHER_PROTECTED: ("other protected person", "other protected people"),
    Status.PARTICIPATING: (
        "person directly participating in hostilities",
        "people directly participating in hostilities",
    ),
}


def source_name(view: View, source: str) -> str:
    """Name a source as a sentence does: with its article, and with a word where nobody says who it is.

    Examples:
        >>> import casualties as cs
        >>> view = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).view
        >>> [source_name(view, key) for key in ("artsakh-mod", "akoush", "unnamed")]
        ['the Artsakh Ministry of Defence', 'Hussein Akoush', 'reports (unattributed)']
    """
    sources: Sources = view.sources
    name = sources[source].name if source in sources else source
    return f"{name} (unattributed)" if sources.unattributed(source) else articled(name)


def articled(name: str) -> str:
    """Set the article before a name: *the* Ministry of Health, *a* BBC reporter, Human Rights Watch.

    Examples:
        >>> for name in ("Health Ministry", "CIA", "US officials", "Prime Minister of Armenia", "Reuters"):
        ...     print(articled(name))
        the Health Ministry
        the CIA
        US officials
        the Prime Minister of Armenia
        Reuters
    """
    first, *_ = name.split()
    if first.lower() in ("the", "a", "an"):
        return f"the {name[4:]}" if first == "The" else name
    if first.lower() in _DESCRIBING and name.rsplit(maxsplit=1)[-1].islower():
        name = name[:1].lower() + name[1:]
    head = _BEFORE.split(name, maxsplit=1)[0].split()
    last = head[-1] if head else name
    if last in _INITIALS:
        return f"the {name}"
    if last in _PERSONS:
        return f"{'an' if first[0].lower() in 'aeiou' else 'a'} {name}"
    if last in _GROUPS or (head == [name] and not (name.islower() and name in _OFFICES)):
        return name
    if last.lower() in _OFFICES or (last.lower() in _TITLES and _BEFORE.match(name[len(" ".join(head)) :])):
        return f"the {name}"
    return with_article(name) if last.islower() else name


def begin(view: View, text: str) -> str:
    """Begin a sentence with a large letter, unless it begins with a key, which is shown as it is written.

    Examples:
        >>> import casualties as cs
        >>> view = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).view
        >>> begin(view, "the ministry says eight")
        'The ministry says eight'
    """
    first = text.partition(" ")[0].strip(",;")
    known = view.sources.get(first)
    return text if known is not None and known.name == first else capitalised(text)


def several(name: str) -> bool:
    """Tell whether the name of a source speaks of several: *authorities say*, but *the United Nations says*.

    Examples:
        >>> [several(name) for name in ("the Armenian authorities", "Reuters", "the Ministry of Roads")]
        [True, False, False]
    """
    head = _BEFORE.split(name.removesuffix(" (unattributed)"), maxsplit=1)[0].split()
    last = head[-1] if head else ""
    small = last[:1].islower() and last.endswith("s") and not last.endswith(("ss", "us", "press"))
    return small or last.lower() in _PLURALS or last in ("Authorities", "Officials", "Sources", "Experts")


def people(subject: Subject, words: Vocabulary, *, one: bool = False) -> str:
    """Name the people whom a subject counts, in the middle of a sentence.

    Examples:
        >>> from casualties.model.subject import Subject
        >>> people(Subject(harm=["killed"], nationality="syrian", role="mercenary"), Vocabulary())
        'Syrian mercenaries'
        >>> people(Subject(harm=["killed"], status="civilian", age="child", side="north"), Vocabulary(), one=True)
        'civilian child of side north'
    """
    parts = [_who(subject, words, one=one)]
    if subject.side:
        side = words.name("side", subject.side)
        if parts[0] in _MEMBERS and side.split()[-1].lower() in _BODIES:
            parts = [_MEMBERS[parts[0]]]
        if side == subject.side:
            parts.append(f"of side {side}")
        else:
            parts.append(f"{'on' if side.endswith(' side') else 'of'} {articled(side)}")
    parts += [f"(including {group.replace('-', ' ')})" for group in subject.with_]
    parts += [f"(not counting {group.replace('-', ' ')})" for group in subject.without]
    return " ".join(parts)


def _who(subject: Subject, words: Vocabulary, *, one: bool) -> str:
    """Name who they were: *civilian children*, *Syrian mercenaries*, *people*."""
    form = 0 if one else 1
    status = subject.status if subject.status in _STATUSES else None
    nouns: list[str] = []
    if subject.role:
        noun = named("role", subject.role, words)
        declared = words.name("role", subject.role) != subject.role
        nouns.append(noun if one or declared else plural_of_role(noun))
        if status == words.status_of(subject.role):
            status = None
    age, sex = (None if value == "undetermined" else value for value in (subject.age, subject.sex))
    if age or sex:
        noun = PEOPLE[age, sex][form]
        if nouns:
            nouns[0] = f"{nouns[0]} ({noun})"
        elif status in _ADJECTIVES:
            nouns, status = [f"{_ADJECTIVES[Status(status)]} {noun}"], None
        else:
            nouns = [noun]
    if status:
        nouns.append(_STATUSES[Status(status)][form])
    if not nouns:
        nouns = [("person", "people")[form]]
    if subject.nationality:
        adjective = capitalised(named("nationality", subject.nationality, words))
        nouns[0] = f"{adjective} {'nationals' if nouns[0] == 'people' else nouns[0]}"
    unknown = [name for name in ("status", "age", "sex") if getattr(subject, name) == "undetermined"]
    described = " who were ".join(nouns)
    return (
        f"{described} whose {' and '.join(unknown)} {'is' if len(unknown) == 1 else 'are'} undetermined"
        if unknown
        else described
    )


def _place(place: str, words: Vocabulary) -> str:
    name = named("place", place, words)
    if name.endswith(" square"):
        return name
    return f"the {name}" if name in _PLACES else with_article(name)


def _event(event: str, words: Vocabulary) -> str:
    name = named("event", event, words)
    first, _, _ = name.partition(" ")
    if first in ("The", "the"):
        return f"the {name[4:]}"
    if first.lower() in _EVENTS and (" of " in name or " on " in name or " at " in name or " in " in name):
        name = f"the {first.lower()}{name[len(first) :]}"
        return re.sub(r", (?=\d)", " of ", name)
    return with_article(name)


def state_count(
    subject: Subject, words: Vocabulary, phrase: str, *, one: bool, days: str = "", now: bool = True
) -> str:
    """Say that so many people were harmed, behind *says* or *estimates that*.

    Args:
        subject: What is counted.
        words: What the ledger declares.
        phrase: The number as it is said; *no* for none.
        one: Whether it is one person.
        days: The days counted, behind what happened; behind *by* a day, what happened had happened.
        now: Whether what stands on one day is told as it stands; with a day it is told as it stood.

    Examples:
        >>> from casualties.model.subject import Subject
        >>> state_count(Subject(harm=["killed"], place="Barda"), Vocabulary(), "at least 14", one=False)
        'at least 14 people were killed in Barda'
        >>> state_count(Subject(harm=["losses"], side="army"), Vocabulary(), "120", one=False)
        'losses among members of side army came to 120'
        >>> state_count(Subject(harm=["killed"]), Vocabulary(), "120", one=False, days=" by 3 May 2021")
        '120 people had been killed by 3 May 2021'
    """
    where = _where(subject, words)
    if _is_noun(subject, words):
        noun = describe_harm(subject.harm, words)
        whom = people(subject, words)
        among = f" among {whom}" if whom != "people" else ""
        return f"{noun}{among}{where} came to {'none' if phrase == 'no' else phrase}{days}"
    verb = happened(subject, words, one=one, now=now, before=days.startswith(" by "))
    return f"{phrase} {people(subject, words, one=one)} {verb}{where}{days}"


def counted_people(subject: Subject, words: Vocabulary) -> str:
    """Name whom a subject counts and what happened to them, as a heading does.

    Examples:
        >>> from casualties.model.subject import Subject
        >>> counted_people(Subject(harm=["killed"], status="civilian", place="Barda"), Vocabulary())
        'civilians killed in Barda'
        >>> counted_people(Subject(harm=["losses"], status="combatant"), Vocabulary())
        'losses among combatants'
    """
    harm, whom, where = describe_harm(subject.harm, words), people(subject, words), _where(subject, words)
    if _is_noun(subject, words):
        return f"{harm}{'' if whom == 'people' else f' among {whom}'}{where}"
    own = any(harm not in HARMS or words.name("harm", harm) != harm for harm in subject.harm)
    presumed = f" and presumed {subject.presumed}" if subject.presumed else ""
    return f"{whom} {_as_counted(harm) if own else harm}{presumed}{where}"


def how_many(subject: Subject, words: Vocabulary) -> str:
    """Ask for a number: *how many civilians were wounded in Barda*.

    Examples:
        >>> from casualties.model.subject import Subject
        >>> how_many(Subject(harm=["wounded"], status="civilian", place="Barda"), Vocabulary())
        'how many civilians were wounded in Barda'
    """
    if _is_noun(subject, words):
        return (
            f"how high {describe_harm(subject.harm, words)} among {people(subject, words)}{_where(subject, words)} were"
        )
    return f"how many {people(subject, words)} {happened(subject, words)}{_where(subject, words)}"


def happened(subject: Subject, words: Vocabulary, *, one: bool = False, now: bool = True, before: bool = False) -> str:
    """Say what happened to those counted, as a verb.

    Examples:
        >>> from casualties.model.subject import Subject
        >>> happened(Subject(harm=["killed", "wounded", "missing"]), Vocabulary())
        'were killed, wounded or missing'
        >>> happened(Subject(harm=["missing"]), Vocabulary(), one=True)
        'is missing'
    """
    present = now and words.is_stock(subject.harm) and not ACTS & set(subject.harm)
    be = "had been" if before else ("is" if one else "are") if present else ("was" if one else "were")
    own = any(harm not in HARMS or words.name("harm", harm) != harm for harm in subject.harm)
    presumed = f" and presumed {subject.presumed}" if subject.presumed else ""
    harm = describe_harm(subject.harm, words)
    return f"{be} {_as_counted(harm) if own else harm}{presumed}"


def _as_counted(harm: str) -> str:
    """Say a harm that a ledger names itself; one of several clauses stands in quotes, as nobody's prose."""
    return f"counted as “{harm}”" if "," in harm else f"counted as {harm}"


def _is_noun(subject: Subject, words: Vocabulary) -> bool:
    """Tell whether the harm is a noun, such as casualties."""
    return any(harm in NOUNS and words.name("harm", harm) == harm for harm in subject.harm)


def _where(subject: Subject, words: Vocabulary) -> str:
    """Say by whom, where, in what event, by what cause and weapon, and how the people are put to days."""
    parts = []
    if subject.perpetrator:
        parts.append(f"by {articled(named('side', subject.perpetrator, words))}")
    if subject.place:
        place = _place(subject.place, words)
        parts.append(f"{'at' if place.rsplit(maxsplit=1)[-1].lower() in _AT else 'in'} {place}")
    if subject.event:
        parts.append(f"in {_event(subject.event, words)}")
    if subject.cause:
        parts.append(_CAUSES[subject.cause])
    if subject.weapon:
        parts.append(f"(by {named('weapon', subject.weapon, words)})")
    if subject.accounted and subject.accounted in _COUNTED:
        parts.append(f"({_COUNTED[subject.accounted]})")
    return "".join(f" {part}" for part in parts)
