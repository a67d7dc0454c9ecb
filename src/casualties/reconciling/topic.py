"""On what claims are compared: the facets that narrow a count, without those that only describe it (design 4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Final

from casualties.model.claim import Claim
from casualties.model.columns import Alike, Row
from casualties.model.facet import CHOICES
from casualties.model.ledger import Ledger
from casualties.model.subject import Subject
from casualties.model.vocabulary import Vocabulary

__all__ = ["Incidents", "topic_of", "topics_of"]

DESCRIBING: Final = ("perpetrator", "basis")
"""Facets that describe a claim and narrow no count: who is said to have done it, and how it was counted."""

_LISTED: Final = ("status", "age", "sex", "cause")
_DECLARED: Final = ("side", "nationality", "role", "place", "event", "weapon")


class Incidents:
    """The events on which start, end and place only describe, and those that an identification joins.

    Args:
        words: What the ledger declares; an event may be declared an incident.
        joined: Groups of events that identifications join; no event is in two of them.

    Examples:
        >>> from casualties.model.vocabulary import Vocabulary
        >>> incidents = Incidents(Vocabulary(), [["ged-1234", "sheet-17"]])
        >>> incidents.of("sheet-17"), incidents.of("war")
        ('ged-1234', None)
    """

    def __init__(self, words: Vocabulary, joined: Iterable[Iterable[str]] = ()) -> None:
        self._first: dict[str, str] = {
            key: key
            for (kind, key), term in words.terms.items()
            if kind == "event" and getattr(term, "incident", False)
        }
        for group in joined:
            members = sorted(group)
            self._first.update(dict.fromkeys(members, members[0]))

    def of(self, event: str | None) -> str | None:
        """Give the name under which an incident is compared; `None` for what is no incident."""
        return None if event is None else self._first.get(event)

    def lend_days(self, topic: Subject, words: Vocabulary) -> bool:
        """Tell whether all counts of a topic are of its event's last day: on an incident, of what runs on.

        Examples:
            >>> Incidents(Vocabulary(), [["a", "b"]]).lend_days(Subject(harm=["killed"], event="a"), Vocabulary())
            True
        """
        return self.of(topic.event) is not None and not words.is_stock(topic.harm)


def topic_of(claim: Claim, words: Vocabulary, incidents: Incidents) -> Subject:
    """Give what a claim is compared on.

    Who is said to have done it makes no topic unless the claim says ``only`` of it, nor does how it was counted, nor
    what a count is *with* unless that adds people whom the topic does not hold.  On an incident the start and the place
    make none either.

    Examples:
        >>> killed = Subject(harm=["killed"], perpetrator="army", basis="documented", until="2020-09-30")
        >>> print(topic_of(Claim(source="a", subject=killed, stance="silent"), Vocabulary(), Incidents(Vocabulary())))
        killed
    """
    subject = claim.subject.filled(words)
    left_out = [
        facet for facet in (*DESCRIBING, "until") if getattr(subject, facet) is not None and facet not in claim.only
    ]
    incident = incidents.of(subject.event)
    if incident is not None and subject.place is not None:
        left_out.append("place")
    if subject.since is not None and (incident is not None or words.is_stock(subject.harm)):
        left_out.append("since")
    changes: dict[str, object] = {}
    if incident is not None and subject.event != incident:
        changes["event"] = incident
    if subject.with_:
        adding = tuple(word for word in subject.with_ if _adds(word, subject, words))
        if adding != subject.with_:
            changes["with_"] = adding
    # Without its last day a ledger has made it already.
    topic = subject.topic if left_out in ([], ["until"]) else subject.leaving_out(left_out)
    return topic.replacing(**changes) if changes else topic


def topics_of(
    ledger: Ledger, words: Vocabulary, incidents: Incidents
) -> tuple[Mapping[Subject, Sequence[Claim]], Mapping[Subject, Sequence[Row]]]:
    """Give the claims on each topic, in canonical order, and their rows; the topics are sorted.

    Examples:
        >>> import casualties as cs
        >>> seed = cs.seeds.load("nagorno-karabakh-2020-09-30")
        >>> claims, rows = topics_of(seed, seed.words, Incidents(seed.words))
        >>> [len(each) for each in claims.values()]
        [1, 3, 1, 1, 2]
    """
    by_topic: dict[Subject, list[Alike]] = {}
    for alike in ledger.columns.alike.values():
        by_topic.setdefault(topic_of(alike.claims[0], words, incidents), []).append(alike)
    claims: dict[Subject, Sequence[Claim]] = {}
    rows: dict[Subject, Sequence[Row]] = {}
    for topic, parts in sorted(by_topic.items(), key=lambda item: item[0].key):
        if len(parts) == 1:
            claims[topic], rows[topic] = parts[0]
        else:
            claims[topic] = sorted(chain(*(part.claims for part in parts)), key=lambda claim: claim.sort_key)
            rows[topic] = list(chain(*(part.rows for part in parts)))
    return claims, rows


def _adds(word: str, subject: Subject, words: Vocabulary) -> bool:
    """Tell whether a count with such people holds somebody whom its other facets do not."""
    for facet in _LISTED:
        if word in tuple(CHOICES[facet]):
            return getattr(subject, facet) not in (None, word)
    for facet in _DECLARED:
        if (facet, word) in words.terms:
            held = getattr(subject, facet)
            return held is not None and not words.inside(facet, word, held)
    return True
