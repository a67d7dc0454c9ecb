"""Who says so: the verbs of saying in a sentence, their subjects, and how far what they say reaches."""

from __future__ import annotations

from dataclasses import dataclass, replace

from casualties.drafting._nouns import (
    Range,
    after_manner,
    first_subject,
    is_outlet,
    left_start,
    may_speak,
    plain_source,
    right_end,
    subject_before,
    together,
)
from casualties.drafting._sentence import Sentence

__all__ = ["Attribution", "attributions", "who_says"]


@dataclass(frozen=True, slots=True)
class Attribution:
    """One statement of who says something.

    Attributes:
        sources: Who says it, as ranges of items; several where they speak together.
        verb: The item of the verb.
        modality: How they put it.
        start: The first item that what is said reaches.
        end: The item behind the last.
        relays: Who passes it on.
        pronoun: The pronoun that stands for the source, or an empty text.
        local: Whether it speaks of the nearest harm alone: "reported dead by".
        trailing: Whether it stands behind what is said.
        accused: Who is accused, as a range of items.
        outlet: Whether the source passes on what others say.
    """

    sources: tuple[Range, ...]
    verb: int
    modality: str
    start: int
    end: int
    relays: tuple[Range, ...] = ()
    pronoun: str = ""
    local: bool = False
    trailing: bool = False
    accused: Range | None = None
    outlet: bool = False


def attributions(s: Sentence) -> list[Attribution]:
    """Find all that a sentence says of who speaks."""
    by = s.words.sets["source.words.by"]
    places = [i for i in range(len(s)) if s.kinds[i] in ":CSsz'-(" or s.low[i] in by or s.kinds[i] == "K"]
    all_attributions = [attribution for i in places if (attribution := _at(s, i)) is not None]
    inside = [(a, b) for attribution in all_attributions for a, b in attribution.sources]
    return _nested(
        s,
        [
            attribution
            for attribution in all_attributions
            if not (attribution.local and any(a < attribution.verb < b for a, b in inside))
        ],
    )


def _at(s: Sentence, i: int) -> Attribution | None:
    """Read who speaks by the item at which it shows."""
    kind, low = s.kinds[i], s.low
    match kind:
        case ":":
            return _before_colon(s, i) or _at_end(s, i)
        case "C":
            return _according(s, i)
        case "S" | "s":
            attribution = _verb(s, i, sure=kind == "S")
            return attribution or (_by(s, i) if s.words.has("source.words.by", low[i]) else None)
        case "z":
            return _citing(s, i)
        case "'":
            return _owned(s, i)
        case "-":
            return _at_end(s, i) if i and s.places[i][0] > s.places[i - 1][1] else None
        case "(" if low[i + 1 : i + 2] in (["source"], ["sources"]) and s.kinds[i + 2] == ":":
            end = right_end(s, i + 3)
            return (
                Attribution(((i + 3, end),), i + 1, "reported", 0, len(s), trailing=True) if end is not None else None
            )
        case _:
            return _by(s, i) if s.words.has("source.words.by", low[i].split()[0]) else None


# Forms without a verb


def _before_colon(s: Sentence, colon: int) -> Attribution | None:
    """Read "Police: three dead"; "Roundup:" and "Quetta:" are no sources."""
    if not 0 < colon < 9 or set(s.kinds[:colon]) - set("DwMpPxs'@Y") or s.words.has("source.words.headings", s.low[0]):
        return None
    last = colon - 1 if s.words.has("source.words.headings", s.low[colon - 1]) else colon
    initials = colon == 1 and len(s.low[0]) > 1 and s.text[s.places[0][0] : s.places[0][1]].isupper()
    nouns = any(s.words.has("source.words.nouns", word) for word in s.low[:last])
    if last > 0 and (initials or nouns or s.low[0][0] == "@"):
        return Attribution(((0, last),), colon, "reported", colon, len(s))
    return None


def _at_end(s: Sentence, i: int) -> Attribution | None:
    """Read "Eleven dead in collapse – union", "Seven killed: officials"."""
    end = len(s) - (s.kinds[len(s) - 1] == ".")
    if not 0 < end - (i + 1) <= 4 or i == 0 or set(s.kinds[i + 1 : end]) - set("DwMpPxs'"):
        return None
    named = s.words.has("source.words.nouns", s.low[end - 1]) or s.shown(i + 1, end).isupper()
    return Attribution(((i + 1, end),), i, "reported", 0, i, trailing=True) if named else None


def _according(s: Sentence, i: int) -> Attribution | None:
    """Read "according to the rebels" on either side."""
    end = right_end(s, i + 1)
    if end is None:
        return None
    opens = i == 0 or s.kinds[i - 1] in '";B' or (s.kinds[i - 1] == "&" and i > 1 and s.kinds[i - 2] in ",;")
    start = i if opens else _reach_back(s, i)
    stop = len(s) if opens or s.kinds[end] == "," else i
    return Attribution(together(s, i + 1, end), i, "reported", start, stop, _spoke_to(s, end), trailing=not opens)


def _owned(s: Sentence, i: int) -> Attribution | None:
    """Read "the enemy's claim of 200 dead", "the opposition's claim that 300 were killed"."""
    if not s.words.has("source.words.owned", *s.low[i + 1 : i + 2]) or s.low[i + 2 : i + 3] not in (["of"], ["that"]):
        return None
    a = left_start(s, i)
    if a is None or not (plain_source(s, a, i) or may_speak(s, a, i)):
        return None
    of = s.low[i + 2] == "of"
    end = next((j for j in range(i + 3, len(s)) if s.kinds[j] in "E;B" or (of and s.kinds[j] == "A")), len(s))
    modality = "alleged" if s.low[i + 1].startswith(("claim", "alleg", "accus")) else "reported"
    return Attribution(((a, i),), i + 1, modality, i + 1, end)


def _by(s: Sentence, i: int) -> Attribution | None:
    """Read "reported dead by the army", "a claim made by the governor"."""
    by = next((j for j in range(i + 1, min(len(s), i + 5)) if s.low[j] == "by"), None)
    if by is None or set(s.kinds[i + 1 : by]) & set("SsK;.,:"):
        return None
    end = right_end(s, by + 1)
    if end is None or not (plain_source(s, by + 1, end) or may_speak(s, by + 1, end)):
        return None
    modality = s.words.modality_of.get(s.low[i].split()[0], "reported")
    return Attribution(together(s, by + 1, end), i, modality, max(0, i - 4), by, local=True)


# Verbs


def _verb(s: Sentence, i: int, *, sure: bool) -> Attribution | None:
    """Read "the army said", "said the army"."""
    kinds, low, words = s.kinds, s.low, s.words
    before = kinds[i - 1] if i else ""
    if before == "A" and words.has("source.words.spoken_of", low[i]) and low[i - 1] not in ("got", "get"):
        return None
    if before == "D" or (words.has("source.words.doubtful", low[i]) and not _doubtful(s, i)):
        return None
    if any(words.has("lives.nouns", word) for word in low[i + 1 : i + 5]) and words.has("lives.verbs", low[i]):
        return None
    modality = words.modality_of.get(low[i], "reported")
    telling = words.has("source.words.telling", low[i])
    if not telling and (i == 0 or before in '",~-.' or s.text[s.places[i - 1][0]] in "’”'"):
        right = _right_subject(s, i)
        if right is not None:
            pronoun = low[right[0]] if kinds[right[0]] == "d" else ""
            return Attribution(together(s, *right), i, modality, _reach_back(s, i), i, pronoun=pronoun, trailing=True)
    subject = subject_before(s, i)
    if subject is None and before and before in "&B" and (first := first_subject(s)) is not None and first[1] < i:
        subject = (*first, None)  # "the ministry gave no details but said"
    if subject is None or low[subject[0]] in ("no", "none", "nobody"):
        return None
    return _said_by(s, i, subject, modality, sure=sure)


def _said_by(
    s: Sentence, i: int, subject: tuple[int, int, Range | None], modality: str, *, sure: bool
) -> Attribution | None:
    """Make the attribution of a verb and its subject."""
    kinds, low, words = s.kinds, s.low, s.words
    a, b, parenthesis = subject
    pronoun = low[a] if b - a == 1 and kinds[a] == "d" else ""
    if a and words.has("source.words.telling", low[a - 1]):
        return None  # who hears it: "told Reuters soldiers found"
    if not pronoun and not (plain_source(s, a, b) or (sure and may_speak(s, a, b))):
        return None
    sources, relays = together(s, a, b), _told(s, i) if words.has("source.words.telling", low[i]) else ()
    if words.has("source.words.mute", low[i]) or words.has("source.words.mute", " ".join(low[i : i + 2])):
        return Attribution(sources, i, modality, i, i, (), pronoun)
    if not pronoun and not sure and not _complement(s, i):
        return None
    cited = next((x for x in range(*parenthesis) if kinds[x] == "z"), None) if parenthesis else None
    if cited is not None and (end := right_end(s, cited + 1)) is not None:
        relays, sources, pronoun = sources, together(s, cited + 1, end), ""
    trailing, follows = _trails(s, a, i), after_manner(s, i + 1)
    start = _reach_back(s, a) if trailing else i
    stop = len(s) if not trailing or kinds[follows] == "," else i
    accused = _accused(s, i) if low[i].startswith("accus") else None
    outlet = not pronoun and is_outlet(s, a, b)
    return Attribution(
        sources, i, modality, start, stop, relays, pronoun, trailing=trailing, accused=accused, outlet=outlet
    )


def _complement(s: Sentence, i: int) -> bool:
    """Tell whether a weak verb of saying speaks of something here."""
    return bool(set(s.kinds[i + 1 : i + 9]) & set('NWFTJKkOdy:"DPpLIS@')) or s.kinds[i + 1] in ".,"


def _doubtful(s: Sentence, i: int) -> bool:
    """Tell whether a word that may be noun or verb is a verb: it has a plain subject, and a clause follows."""
    subject = subject_before(s, i)
    if subject is None:
        return False
    a, b, _ = subject
    ends = s.words.has("source.words.nouns", s.low[b - 1]) or s.kinds[b - 1] in "MPd"
    follows = s.kinds[i + 1 : i + 4]
    return ends and plain_source(s, a, b) and bool(set(follows) & set("NWPDdpk@")) and follows[0] not in "@A"


def _right_subject(s: Sentence, verb: int) -> Range | None:
    """Find the subject behind a verb: "said the mayor"."""
    a = verb + 1
    b = a + 1 if s.kinds[a] == "d" else right_end(s, a)
    if b is None or s.kinds[b] not in ',.;:"@-yzZR)B*':
        return None
    if s.kinds[a] in "dM" or plain_source(s, a, b):
        return a, b
    return (a, b) if s.kinds[a] == "D" and may_speak(s, a, b) else None


def _accused(s: Sentence, i: int) -> Range | None:
    """Find whom an accuser accuses."""
    of = next((j for j in range(i + 1, min(len(s), i + 12)) if s.low[j] == "of" or s.kinds[j] in "kO"), None)
    return (i + 1, of) if of is not None and of > i + 1 else None


def _told(s: Sentence, verb: int) -> tuple[Range, ...]:
    """Read whom a source told: an outlet passes it on."""
    a, end = verb + 1, right_end(s, verb + 1)
    if end is None:
        return ()
    if s.kinds[a] == "M":
        while end > a + 1 and s.kinds[end - 1] not in "M'":
            end -= 1
    return together(s, a, end) if is_outlet(s, a, end) or not set(s.kinds[a:end]) - set("M&,'") else ()


def _spoke_to(s: Sentence, b: int) -> tuple[Range, ...]:
    """Read "a source who spoke to the paper": who passes it on."""
    if s.low[b : b + 1] != ["who"] or s.low[b + 1 : b + 2] not in (["spoke"], ["told"], ["talked"]):
        return ()
    a = b + 3 if s.low[b + 2 : b + 3] in (["to"], ["with"]) else b + 2
    end = right_end(s, a)
    return together(s, a, end) if end is not None and (is_outlet(s, a, end) or s.kinds[a] == "M") else ()


# Those who cite others


def _citing(s: Sentence, i: int) -> Attribution | None:
    """Read "citing police", "quotes an army source as saying", "was quoted as saying by the agency"."""
    low, kinds = s.low, s.kinds
    if low[i + 1 : i + 2] == ["by"]:
        return None
    if i and kinds[i - 1] == "A":
        return _quoted(s, i)
    end = right_end(s, i + 1)
    if end is None:
        return None
    j = i - 1
    while j > 0 and kinds[j] in "RV":
        j -= 1
    if j > 0 and kinds[j] == "W" and kinds[j - 1] == ",":
        j -= 1
    beside = j >= 0 and kinds[j] in ",SsZ"
    if beside:
        relays = _who_cites(s, j)
    else:
        subject = subject_before(s, i)
        relays = together(s, subject[0], subject[1]) if subject is not None else ()
    goes_on = kinds[end] == "," and bool(set(kinds[end + 1 : end + 4]) & set("Ss"))
    back = beside and j > 1 and not goes_on
    start = _reach_back(s, j) if back else i
    return Attribution(together(s, i + 1, end), i, "reported", start, len(s), relays, trailing=back)


def _quoted(s: Sentence, i: int) -> Attribution | None:
    """Read "the minister was quoted as saying by the agency"."""
    subject = subject_before(s, i - 1)
    if subject is None:
        return None
    by = next((j for j in range(i + 1, min(len(s), i + 6)) if s.low[j] == "by"), None)
    end = right_end(s, by + 1) if by is not None else None
    relays = together(s, by + 1, end) if by is not None and end is not None else ()
    return Attribution(together(s, subject[0], subject[1]), i, "reported", i, len(s), relays)


def _who_cites(s: Sentence, j: int) -> tuple[Range, ...]:
    """Find who cites another: the subject of the verb before, or the phrase that ends at a comma."""
    comma = j
    while j >= 0 and s.kinds[j] in "RV,Z":
        j -= 1
    if j >= 0 and s.kinds[j] in "Ss":
        subject = subject_before(s, j)
        return together(s, subject[0], subject[1]) if subject is not None else ()
    a = left_start(s, comma)
    if a is None:
        return ()
    return together(s, a, comma) if plain_source(s, a, comma) or may_speak(s, a, comma) else ()


# Reach


def _trails(s: Sentence, a: int, verb: int) -> bool:
    """Tell whether a subject and its verb stand behind what is said."""
    if a < 2 or s.kinds[a - 1] not in ',"-~B':
        return False
    end = after_manner(s, verb + 1)
    return end >= len(s) or s.kinds[end] in '.;"yzC' or (s.kinds[end] == "," and s.kinds[a - 1] != "B")


def _reach_back(s: Sentence, i: int) -> int:
    """Find how far back something that trails reaches: to the last semicolon before it."""
    return s.kinds.rfind(";", 0, i) + 1


def _nested(s: Sentence, others: list[Attribution]) -> list[Attribution]:
    """Make an outlet that reports what another says its relay: "state media reported that the police said"."""
    result = []
    for k, attribution in enumerate(others):
        outer = [
            earlier
            for earlier in others[:k]
            if earlier.outlet
            and earlier.verb < attribution.verb
            and not (earlier.trailing or earlier.local or attribution.trailing)
            if not attribution.relays and not set(s.kinds[earlier.verb : attribution.verb]) & set(";B")
        ]
        result.append(
            replace(attribution, relays=outer[-1].sources) if outer and not attribution.pronoun else attribution
        )
    return result


def who_says(s: Sentence, found: list[Attribution], at: int) -> Attribution | None:
    """Find who says what stands at an item; ``None`` where the narrator does."""
    near = [attribution for attribution in found if attribution.local and attribution.start <= at < attribution.end]
    if near:
        return min(near, key=lambda attribution: abs(attribution.verb - at))
    ahead = [
        attribution
        for attribution in found
        if not (attribution.trailing or attribution.local) and attribution.verb <= at < attribution.end
    ]
    ahead = [attribution for attribution in ahead if not _barred(s, attribution.verb, at)]
    trailing = [
        attribution for attribution in found if attribution.trailing and attribution.start <= at < attribution.end
    ]
    behind = [attribution for attribution in trailing if attribution.verb > at and not _cut_off(found, attribution, at)]
    if ahead:
        return _inner(s, ahead[-1], behind)
    if behind:
        return next((attribution for attribution in behind if attribution.relays), behind[0])
    around = [
        attribution
        for attribution in trailing
        if attribution.verb < at and not set(s.kinds[attribution.verb : at]) & set(";B")
    ]
    return around[-1] if around else None


def _inner(s: Sentence, inner: Attribution, behind: list[Attribution]) -> Attribution:
    """Weigh a source before what is said against one behind it."""
    ends = next(
        (
            attribution
            for attribution in behind
            if s.kinds[attribution.verb] == "C" and s.kinds[attribution.sources[-1][1]] == "."
        ),
        None,
    )
    if ends is not None and not inner.pronoun:
        return ends
    outlet = next((attribution for attribution in behind if attribution.outlet or attribution.relays), None)
    if outlet is None or inner.relays or inner.pronoun:
        return inner
    if inner.outlet and outlet.relays:
        return outlet
    return replace(inner, relays=outlet.sources) if outlet.outlet else inner


def _cut_off(others: list[Attribution], trailing: Attribution, at: int) -> bool:
    """Tell whether another source, with its own verb, stands between what is said and one that trails."""
    return any(
        at < attribution.sources[0][0]
        and attribution.verb < trailing.verb
        and not (attribution.trailing or attribution.local)
        and attribution.start <= at
        for attribution in others
    )


def _barred(s: Sentence, verb: int, at: int) -> bool:
    """Tell whether what a verb says ends before an item: at a semicolon, "but" or "while"."""
    kinds, low = s.kinds, s.low
    for j in range(verb + 1, at):
        if kinds[j] == ";":
            return True
        breaks = kinds[j] == "B" or (low[j] == "while" and kinds[j - 1] == ",")
        if breaks and kinds[j - 1] in ",-" and low[j + 1 : j + 2] != ["that"]:
            return True
    return False
