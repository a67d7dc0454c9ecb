"""Denials and silences in a sentence: what a source says is not so, and of what it says nothing."""

from __future__ import annotations

from dataclasses import dataclass

from casualties.drafting._harms import Harm
from casualties.drafting._nouns import Range, right_end, subject_before, together
from casualties.drafting._sentence import Sentence
from casualties.drafting._speech import Attribution, who_says

__all__ = ["Denial", "Quiet", "denials", "silences"]


@dataclass(frozen=True, slots=True)
class Denial:
    """A source denies something.

    Attributes:
        sources: Who denies, as ranges of items.
        pronoun: The pronoun that stands for them, or an empty text.
        a: The first item of the words that deny.
        b: The item behind the last.
        inside: Harms that stand in what is denied.
        responsibility: Whether it is the responsibility that is denied.
        earlier: Whether what is denied was said before, and is only called "the allegation".
    """

    sources: tuple[Range, ...]
    pronoun: str
    a: int
    b: int
    inside: tuple[Harm, ...]
    responsibility: bool
    earlier: bool


@dataclass(frozen=True, slots=True)
class Quiet:
    """A source says nothing of a harm.

    Attributes:
        sources: Who is silent, as ranges of items.
        pronoun: The pronoun that stands for them, or an empty text.
        a: The first item of the words that say so.
        b: The item behind the last.
        kind: In what way it is silent.
        word: The word for what it is silent of.
        victims: The words for those of whom it is silent, as a range.
    """

    sources: tuple[Range, ...]
    pronoun: str
    a: int
    b: int
    kind: str
    word: str
    victims: Range


def denials(s: Sentence, harms: list[Harm]) -> list[Denial]:
    """Find who denies what."""
    all_denials = []
    for i, kind in enumerate(s.kinds[: len(s)]):
        if kind == "E" and (denial := _denial(s, i, harms)) is not None:
            all_denials.append(denial)
    return all_denials


def _denial(s: Sentence, i: int, harms: list[Harm]) -> Denial | None:
    kinds, low, n = s.kinds, s.low, len(s)
    passive = i > 0 and kinds[i - 1] == "A"
    if passive:
        by = next((j for j in range(i + 1, min(n, i + 5)) if low[j] == "by"), None)
        end = right_end(s, by + 1) if by is not None else None
        if by is None or end is None:
            return None
        sources, pronoun = together(s, by + 1, end), ""
        inside = tuple(harm for harm in harms if harm.b <= i)[-1:]
        if not inside and not any(s.words.has("denial.objects", word) for word in low[:i]):
            return None
        return Denial(sources, pronoun, i, i + 1, inside, responsibility=False, earlier=not inside)
    subject = subject_before(s, i)
    if subject is None and i > 1 and kinds[i - 1] == "&":
        verb = max((j for j in range(i - 1) if kinds[j] in "Ss"), default=None)
        subject = subject_before(s, verb) if verb is not None else None
    if subject is None:
        return None
    a, b, _ = subject
    pronoun = low[a] if b - a == 1 and kinds[a] == "d" else ""
    stop = next((j for j in range(i + 1, n) if kinds[j] == ";" or (kinds[j] == "B" and kinds[j - 1] == ",")), n)
    objects = [j for j in range(i + 1, min(stop, i + 7)) if s.words.has("denial.objects", low[j])]
    near = bool(objects) and all(
        kinds[j] in "DRwM'&@" or s.words.has("denial.objects", low[j]) for j in range(i + 1, objects[0])
    )
    responsibility = any(s.words.has("denial.responsibility", low[j]) for j in range(i + 1, min(stop, i + 5)))
    inside = tuple(harm for harm in harms if i < harm.a < stop and _denies(s, harm, objects))
    if responsibility:
        return Denial(together(s, a, b), pronoun, i, i + 1, inside, responsibility=True, earlier=not inside)
    if inside:
        return Denial(together(s, a, b), pronoun, i, i + 1, inside, responsibility=False, earlier=False)
    if any(s.words.has("denial.harmed", word) for word in low[i + 1 : stop]):
        return Denial(together(s, a, b), pronoun, i, i + 1, (), responsibility=False, earlier=False)
    if near and _bare_object(s, objects[0], stop):
        return Denial(together(s, a, b), pronoun, i, objects[0] + 1, (), responsibility=False, earlier=True)
    return None


def _denies(s: Sentence, harm: Harm, objects: list[int]) -> bool:
    """Tell whether a denial is of a harm: "denied that three died", and not "rejects the name for the killings of"."""
    return s.kinds[harm.a] not in "OF" or any(j < harm.a for j in objects)


def _bare_object(s: Sentence, j: int, stop: int) -> bool:
    """Tell whether "the allegation" is all that is named, or says itself what it is: "reports that he had resigned"."""
    if j + 1 >= stop or s.kinds[j + 1] in '.,;)"':
        return True
    return (
        s.low[j + 1] in ("as", "and", "calling", "on", "late", "in", "through", "by", "saying")
        or s.kinds[j + 1] in "Zy"
    )


def silences(s: Sentence, said: list[Attribution]) -> list[Quiet]:
    """Find who is silent of what."""
    quiets = []
    for i, kind in enumerate(s.kinds[: len(s)]):
        if kind == "!" and (quiet := _silence(s, i, said)) is not None:
            quiets.append(quiet)
    return quiets


def _silence(s: Sentence, i: int, said: list[Attribution]) -> Quiet | None:
    kinds, low, n = s.kinds, s.low, len(s)
    at = next((j for j in range(i + 1, min(n, i + 10)) if s.words.has("denial.harmed", low[j].split()[0])), None)
    if at is None or any(kinds[j] in ";.:BSsN" for j in range(i + 1, at)):
        return None
    kind = s.words.silence_of[low[i]]
    pronoun = ""
    if low[i].startswith("without"):
        speaker = who_says(s, said, i) or next(
            (attribution for attribution in reversed(said) if attribution.verb < i), None
        )
        if speaker is None:
            return None
        sources, pronoun = speaker.sources, speaker.pronoun
    elif low[i].startswith("neither"):
        sources = ((i, i + 1),)
    else:
        subject = subject_before(s, i)
        if subject is None and i > 1 and kinds[i - 1] in "B&":
            verb = max((j for j in range(i - 1) if kinds[j] in "Sswz!"), default=None)
            subject = (
                next((found for j in range(i - 1, 0, -1) if (found := _clause_subject(s, j)) is not None), None)
                if verb is not None
                else None
            )
        if subject is None:
            return None
        a, b, _ = subject
        sources = together(s, a, b)
        pronoun = low[a] if b - a == 1 and kinds[a] == "d" else ""
    a = i + 1
    while a < at and (kinds[a] in "DUR@" or low[a] in ("own", "any", "for", "of", "how many")):
        a += 1
    return Quiet(sources, pronoun, i, at + 1, kind, low[at].split()[0], (a, at))


def _clause_subject(s: Sentence, j: int) -> tuple[int, int, Range | None] | None:
    """Find the subject with which a clause begins whose verb is not known: "the broadcaster showed the fire but"."""
    if j and s.kinds[j - 1] not in ",;":
        if j > 1:
            return None
        j = 0
    b = right_end(s, j)
    return (j, b, None) if b is not None and s.kinds[j] in "DMP" else None
