"""Subjects, periods and dates in plain words, the same wherever they are shown."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Final

from casualties._text import plural
from casualties.model.facet import FACETS, AgeGroup, Sex
from casualties.model.harm import HARMS, Harm
from casualties.model.identification import Identification
from casualties.model.period import PartialDate
from casualties.model.subject import Subject
from casualties.model.vocabulary import Status, Vocabulary

__all__ = [
    "PEOPLE",
    "capitalised",
    "describe",
    "describe_date",
    "describe_delay",
    "describe_harm",
    "describe_period",
    "describe_same",
    "describe_sayers",
    "describe_stock_day",
    "describe_voices",
    "enumeration",
    "named",
    "numbered",
    "plural_of_role",
    "with_article",
]

_MONTHS: Final = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905 - read as a line
)

_STATUSES: Final = {  # one and several
    Status.COMBATANT: ("combatant", "combatants"),
    Status.CIVILIAN: ("civilian", "civilians"),
    Status.OTHER_PROTECTED: ("other protected person", "other protected persons"),
    Status.PARTICIPATING: (
        "person directly participating in hostilities",
        "people directly participating in hostilities",
    ),
}

PEOPLE: Final[dict[tuple[str | None, str | None], tuple[str, str]]] = {  # one and several, by age and sex
    (AgeGroup.CHILD, None): ("child", "children"),
    (AgeGroup.CHILD, Sex.FEMALE): ("girl", "girls"),
    (AgeGroup.CHILD, Sex.MALE): ("boy", "boys"),
    (AgeGroup.ADULT, None): ("adult", "adults"),
    (AgeGroup.ADULT, Sex.FEMALE): ("woman", "women"),
    (AgeGroup.ADULT, Sex.MALE): ("man", "men"),
    (AgeGroup.ELDERLY, None): ("elderly person", "elderly people"),
    (AgeGroup.ELDERLY, Sex.FEMALE): ("elderly woman", "elderly women"),
    (AgeGroup.ELDERLY, Sex.MALE): ("elderly man", "elderly men"),
    (AgeGroup.WOMEN_AND_CHILDREN, None): ("woman or child", "women and children"),
    (None, Sex.FEMALE): ("woman or girl", "women and girls"),
    (None, Sex.MALE): ("man or boy", "men and boys"),
}

_CAUSES: Final = {
    "direct": "as a direct effect",
    "in-captivity": "in captivity",
    "accident": "by accident",
    "indirect": "as an indirect effect",
}

_UNDETERMINED: Final = "undetermined"
"""The word by which a source says of a facet that it is not known."""


def describe(
    subject: Subject, words: Vocabulary, *, one: bool = False, inline: bool = False, hide: Collection[str] = ()
) -> str:
    """Name the people whom a subject counts, in plain words.

    What happened to them and when is told by `describe_harm` and `describe_period`.

    Args:
        subject: The subject.
        words: What the ledger declares of the words in it.
        one: Whether the count is one person.
        inline: Whether it stands inside a sentence, so that it begins in lower case.
        hide: Facets to leave out, because they are told elsewhere.

    Examples:
        >>> from casualties.model.subject import Subject
        >>> from casualties.model.vocabulary import Vocabulary
        >>> describe(Subject(harm=["killed"], nationality="syrian", role="mercenary"), Vocabulary())
        'Syrian mercenaries'
        >>> describe(Subject(harm=["killed"], status="civilian", age="child", place="Barda"), Vocabulary())
        'Civilians, children, in Barda'
        >>> describe(Subject(harm=["killed"], basis="buried"), Vocabulary(), inline=True)
        'people, of those buried'
    """
    shown = {name: getattr(subject, name) for name in _TOLD if name not in hide and getattr(subject, name)}
    parts = _victims(shown, words, one=one)
    if "side" in shown:
        parts.append(_side(shown["side"], words))
    if "place" in shown:
        parts.append(f"in {named('place', shown['place'], words)}")
    if "event" in shown:
        parts.append(named("event", shown["event"], words))
    if "cause" in shown:
        parts.append(_CAUSES[shown["cause"]])
    if "weapon" in shown:
        parts.append(f"weapon: {named('weapon', shown['weapon'], words)}")
    if "perpetrator" in shown:
        parts.append(f"by {with_article(named('side', shown['perpetrator'], words))}")
    if "basis" in shown:
        parts.append(f"of those {shown['basis']}")
    if "accounted" in shown:
        parts.append(_plain(shown["accounted"]))
    if "presumed" in shown:
        parts.append(f"presumed {shown['presumed']}")
    parts += [f"with {_plain(scope)}" for scope in shown.get("with_", ())]
    parts += [f"without {_plain(scope)}" for scope in shown.get("without", ())]
    text = ", ".join(parts)
    return text if inline else capitalised(text)


_TOLD: Final = (*FACETS, "with_", "without")


def _victims(shown: dict[str, str], words: Vocabulary, *, one: bool) -> list[str]:
    """Name who they were: a noun with the nationality before it, and whatever else is said of them."""
    role, status = shown.get("role"), shown.get("status")
    nouns: list[str] = []
    if role:
        declared = words.name("role", role) != role
        noun = named("role", role, words)
        nouns.append(noun if one or declared else plural_of_role(noun))
        if status == words.status_of(role):
            status = None
    if status in _STATUSES:
        nouns.append(_STATUSES[Status(status)][0 if one else 1])
    age, sex = (None if (word := shown.get(name)) == _UNDETERMINED else word for name in ("age", "sex"))
    if age or sex:
        nouns.append(PEOPLE[age, sex][0 if one else 1])
    if not nouns:
        nouns.append("national" * ("nationality" in shown) or "person")
        nouns[0] = nouns[0] if one else {"national": "nationals", "person": "people"}[nouns[0]]
    if "nationality" in shown:
        nouns[0] = f"{capitalised(named('nationality', shown['nationality'], words))} {nouns[0]}"
    undetermined = {"status": status, "age": shown.get("age"), "sex": shown.get("sex")}
    return nouns + [f"{name} undetermined" for name, word in undetermined.items() if word == _UNDETERMINED]


def _side(key: str, words: Vocabulary) -> str:
    name = words.name("side", key)
    return f"side {_plain(key)}" if name == key else name


def named(kind: str, key: str, words: Vocabulary) -> str:
    """Give the name that a ledger declares for a word, or the word itself.

    Examples:
        >>> from casualties.model.vocabulary import Vocabulary
        >>> named("role", "foreign-fighter", Vocabulary())
        'foreign fighter'
    """
    name = words.name(kind, key)
    return _plain(key) if name == key else name


def _plain(key: str) -> str:
    """Write a key as words: hyphens between small letters become spaces, and every other key stays as it is written."""
    return key.replace("-", " ") if _WORDS.fullmatch(key) else key


_WORDS: Final = re.compile(r"[^\W\dA-Z]+(-[^\W\dA-Z]+)+")


def plural_of_role(noun: str) -> str:
    """Give the plural of a role where it is one of the built-in nouns; a word of somebody else stays as it is.

    Examples:
        >>> plural_of_role("foreign fighter"), plural_of_role("RV-0001")
        ('foreign fighters', 'RV-0001')
    """
    return plural(noun) if noun.rpartition(" ")[2] in _ROLES else noun


_ROLES: Final = frozenset(
    str.split(
        "bystander clergyman conscript contractor deserter detainee doctor driver fighter firefighter fisherman "
        "gunman hostage journalist medic member mercenary militant nurse officer official paramedic passenger patient "
        "peacekeeper pilgrim pilot policeman politician prisoner protester rebel refugee reporter rescuer reservist "
        "sailor seafarer serviceman settler soldier student teacher trooper volunteer worker"
    )
)
"""The nouns for roles of which a plural is formed."""


def with_article(name: str) -> str:
    """Set *the* before a name that ends in a common noun: the Armenian side, but Turkey.

    Examples:
        >>> with_article("Turkish military"), with_article("Islamic State"), with_article("Turkey")
        ('the Turkish military', 'Islamic State', 'Turkey')
    """
    *before, last = name.split() or [""]
    return f"the {name}" if before and last[:1].islower() and before[0].lower() != "the" else name


def capitalised(text: str) -> str:
    """Write the first letter of a text large and leave the others as they are.

    Examples:
        >>> capitalised("combatants, Armenian side")
        'Combatants, Armenian side'
    """
    first = text[:1].upper()
    return first + text[1:] if first.lower() == text[:1].lower() else text


def enumeration(items: Iterable[object], joint: str = "and") -> str:
    """Join a list of things as a sentence does.

    Examples:
        >>> enumeration([3, 4]), enumeration("abc", "or"), enumeration([3])
        ('3 and 4', 'a, b or c', '3')
    """
    texts = [str(item) for item in items]
    return f" {joint} ".join([", ".join(texts[:-1]), texts[-1]]) if len(texts) > 1 else "".join(texts)


def describe_harm(harm: Collection[str], words: Vocabulary) -> str:
    """Name a harm, or several that one count joins.

    Examples:
        >>> from casualties.model.vocabulary import Vocabulary
        >>> describe_harm(["killed", "wounded"], Vocabulary()), describe_harm(["severely-wounded"], Vocabulary())
        ('killed or wounded', 'severely wounded')
    """
    known = {name: HARMS[Harm(name)].name for name in harm if name in HARMS and words.name("harm", name) == name}
    return enumeration((known.get(name) or named("harm", name, words) for name in harm), "or")


def _day(parts: tuple[int, int, int], *, short: bool) -> str:
    year, month, day = parts
    name = _MONTHS[month - 1]
    return f"{day} {name[:3] if short else name} {year}"


def describe_date(date: PartialDate, *, short: bool = False) -> str:
    """Write a date in words; a span says that it is one.

    Args:
        date: The date.
        short: Whether months are cut to three letters.

    Examples:
        >>> from casualties.model.period import PartialDate
        >>> for text in ("2020-09-30", "2020-09", "2020", "2020-09-27/2020-09-30", "2020-09-30T18:05+04:00"):
        ...     print(describe_date(PartialDate.parse(text)))
        30 September 2020
        September 2020
        2020
        between 27 and 30 September 2020
        30 September 2020, 18:05 +04:00
        >>> describe_date(PartialDate.parse("2020-09-30"), short=True)
        '30 Sep 2020'
    """
    first, last = date.earliest, date.latest
    if first == last:
        day = _day((first.year, first.month, first.day), short=short)
        return f"{day}, {date.at:%H:%M} {date.at.isoformat()[-6:]}" if date.at else day
    whole = str(date)
    if "/" not in whole:
        month = f"{_MONTHS[first.month - 1][: 3 if short else None]} " if "-" in whole else ""
        return f"{month}{first.year}"
    ends = PartialDate.day(first), PartialDate.day(last)
    return f"between {_shared(*ends, short=short)} and {describe_date(ends[1], short=short)}"


def _shared(start: PartialDate, end: PartialDate, *, short: bool) -> str:
    """Write the start of a span of days or months without what its end says again."""
    full = describe_date(start, short=short)
    if start.earliest.year != end.latest.year:
        return full
    days = start.earliest == start.latest and end.earliest == end.latest
    if days and start.earliest.month == end.latest.month:
        return str(start.earliest.day)
    return full.removesuffix(f" {start.earliest.year}")


def describe_period(since: PartialDate | None, until: PartialDate | None) -> str:
    """Write a period in words; empty where neither end is known.

    Examples:
        >>> from casualties.model.period import PartialDate
        >>> def show(since, until):
        ...     print(describe_period(since and PartialDate.parse(since), until and PartialDate.parse(until)))
        >>> show("2020-09-27", "2020-09-30")
        27 to 30 September 2020
        >>> show("2020-09-27", "2020-11-10")
        27 September to 10 November 2020
        >>> show("2020-09", "2021")
        September 2020 to 2021
        >>> show("2020-09-27", None)
        from 27 September 2020
        >>> show(None, "2020-09-30")
        to 30 September 2020
    """
    if since is None or until is None:
        return f"from {describe_date(since)}" if since else f"to {describe_date(until)}" if until else ""
    since, until = since.date_only, until.date_only
    if since == until:
        return describe_date(since)
    plain = "/" not in str(since) and "/" not in str(until) and len(str(since)) == len(str(until))
    return f"{_shared(since, until, short=False) if plain else describe_date(since)} to {describe_date(until)}"


def describe_stock_day(day: PartialDate) -> str:
    """Say on which day, or in which month or year, people are counted as they stand.

    Examples:
        >>> for text in ("2020-09-30", "2020-09", "2020-09-27/2020-09-30"):
        ...     print(describe_stock_day(PartialDate.parse(text)))
        on 30 September 2020
        in September 2020
        between 27 and 30 September 2020
    """
    text = describe_date(day)
    if "/" in str(day):
        return text
    return f"{'on' if day.earliest == day.latest else 'in'} {text}"


def describe_voices(of_the_day: int, voices: int) -> str:
    """Say of how many voices support is told: those of earlier days are not counted.

    Examples:
        >>> describe_voices(3, 3), describe_voices(2, 3)
        ('3', '2 that count this day')
    """
    return f"{of_the_day}" if of_the_day == voices else f"{of_the_day} that count this day"


_SMALL: Final = "no one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905 - likewise


def numbered(count: int, noun: str) -> str:
    """Count things in a sentence, small numbers as words.

    Examples:
        >>> numbered(1, "early count"), numbered(14, "week")
        ('one early count', '14 weeks')
    """
    number = _SMALL[count] if count < len(_SMALL) else f"{count:,}"
    return f"{number} {noun}{'' if count == 1 else 's'}"


def describe_delay(days: int) -> str:
    """Say how much later something was said, in days, weeks, months or years.

    Examples:
        >>> [describe_delay(days) for days in (0, 1, 56, 400)]
        ['later that day', 'one day later', 'eight weeks later', '13 months later']
    """
    if days < 1:
        return "later that day"
    if days < _DAYS_AS_WEEKS:
        return f"{numbered(days, 'day')} later"
    if days < _DAYS_AS_MONTHS:
        return f"{numbered(round(days / 7), 'week')} later"
    months = round(days * 12 / 365.25)
    return f"{numbered(months, 'month') if months < _MONTHS_AS_YEARS else numbered(round(months / 12), 'year')} later"


_DAYS_AS_WEEKS: Final = 14
_DAYS_AS_MONTHS: Final = 13 * 7
_MONTHS_AS_YEARS: Final = 24


def describe_sayers(said: Iterable[Identification]) -> str:
    """Name who identified events, each with a reason where one is given.

    Examples:
        >>> said = [Identification(relation="same", events=["a", "b"], says=who) for who in ("desk", "reviewer")]
        >>> describe_sayers(said)
        'desk and reviewer'
    """
    reasons: dict[str, set[str]] = {}
    for identification in said:
        reasons.setdefault(identification.says, set()).update(
            [identification.because] if identification.because else []
        )
    sayers = (f"{who} ({'; '.join(sorted(why))})" if why else who for who, why in sorted(reasons.items()))
    return enumeration(sayers)


def describe_same(events: Iterable[str], said: Iterable[Identification]) -> list[str]:
    """Say which events are compared as one, or put inside another, and who says so.

    Examples:
        >>> said = [Identification(relation="same", events=["a", "b"], says="desk", because="same day")]
        >>> describe_same(["a", "b"], said)
        ['compared as one event, a and b, says desk (same day)']
    """
    identifications, joined = list(said), list(events)
    sentences = []
    if joined:
        sayers = describe_sayers(identification for identification in identifications if identification.is_same)
        sentences.append(f"compared as one event, {enumeration(joined)}, says {sayers}")
    wholes = sorted({identification.whole for identification in identifications if identification.whole is not None})
    sentences += [
        f"part of {whole}, says {describe_sayers(e for e in identifications if e.whole == whole)}" for whole in wholes
    ]
    return sentences
