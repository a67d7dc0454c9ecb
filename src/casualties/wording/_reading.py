"""One text as it is read: its tokens, the words of its lexicon, and refusals that name the place."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple, TypeVar

from casualties.errors import UnreadableFigureError
from casualties.model.figure import Figure
from casualties.wording._language import LANGUAGES, Language, Word, knows, language
from casualties.wording._numbers import Cursor
from casualties.wording._phrases import Bound, Phrases
from casualties.wording._tokens import ORDINAL, Kind, Token, Walk, plain
from casualties.wording.lexicons import Lexicon

__all__ = ["CHANGING", "Reading", "tables"]

T = TypeVar("T")
CHANGING: Final = frozenset({"unharmed", "negation", "quantity", "rate", "joined", "doubted"})
"""Lists of words that change what is said of a number."""
_ONE_EACH: Final = "write one claim for each number, or a range such as 10–15"
_STATEMENT: Final = "parse_statement gives the whole with its parts"


class Vague(NamedTuple):
    """What a lexicon makes of a vague word: a figure, or ``None`` for a blank."""

    figure: Figure | None


class Tables(NamedTuple):
    """The words of a lexicon, ready to be looked up.

    Attributes:
        language: The words of its language.
        words: The words behind counts: those of the language, and the nouns that the lexicon adds.
        vague: Its vague words.
        silence: Its words of silence, within a text.
        silences: The same in the form in which whole texts are compared with them.
    """

    language: Language
    words: Phrases[Word]
    vague: Phrases[Vague]
    silence: Phrases[str]
    silences: dict[str, str]


@lru_cache(maxsize=64)
def tables(lexicon: Lexicon) -> Tables:
    """Arrange the words of a lexicon, once."""
    spoken = language(lexicon.language)
    words = spoken.words
    if lexicon.persons:
        both = ((" ".join(phrase), meaning) for phrase, meaning in words)
        words = Phrases((*both, *((noun, Word(kind)) for noun, kind in lexicon.persons)))
    return Tables(
        spoken,
        words,
        Phrases((phrase, Vague(figure)) for phrase, figure in lexicon.vague),
        Phrases((phrase, kind) for phrase, kind in lexicon.silence if phrase[:1].isalpha()),
        {"": "not-mentioned"} | {plain(phrase): kind for phrase, kind in lexicon.silence},
    )


class Reading:
    """One text, the place that is reached in it, and the words by which it is read."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.text = text
        self.lexicon = lexicon
        self.language, self.words, self.vague, self.silences, _ = tables(lexicon)
        self.cursor = Cursor(text, self.language.numbers)
        letters = [token for token in self.cursor.tokens if token.kind is Kind.WORD]
        self.has_names = any(not token.capital for token in letters)

    def refusal(self, place: int, why: str, reason: str, hint: str = "") -> UnreadableFigureError:
        """Make the error that says why a text is not read from a place on."""
        return UnreadableFigureError(self.text, place, why, reason, hint)

    def take(self, phrases: Phrases[T]) -> T | None:
        """Move over the longest phrase that comes next, and return its meaning."""
        return phrases.take(self.cursor)

    def shown(self, start: int, end: int | None = None) -> str:
        """Give the text between two tokens as it was printed, without the space around it."""
        tokens = self.cursor.tokens
        end = self.cursor.at if end is None else end
        return self.text[tokens[start].start : tokens[end - 1].end] if start < end <= len(tokens) else ""

    def word(self) -> tuple[Word, int] | None:
        """Look up the words that come next, also in the form of an owner ("the army's")."""
        match, token, article = self.words.match(self.cursor), self.cursor.token(), self.language.article
        if match is not None or token is None:
            return match
        if token.text.endswith("'s"):
            return self.words.match(_One(self.text, token, token.text[:-2]))
        if article and token.text.startswith(article):
            return self.words.match(_One(self.text, token, token.text[len(article) :]))
        return None

    def kind(self) -> str:
        """Say in which list the words that come next stand; empty where in none."""
        word = self.word()
        return word[0].kind if word else ""

    def name(self, *, bracketed: bool = False) -> bool:
        """Tell whether a name comes next: a word with a capital letter that no list knows.

        Where all words of a text have capital letters they say nothing, but in brackets behind a number names stand.
        """
        token = self.cursor.token()
        if token is None or token.kind is not Kind.WORD or not token.capital or self.word() is not None:
            return False
        words = self.language
        if token.text in words.months or token.text in words.weekdays:
            return False
        if words.prepositions.match(self.cursor) or words.articles.match(self.cursor):
            return False
        if not self.has_names and knows(words.name, token.text):
            return False
        if self.has_names or self.acronym():
            return True
        return bracketed and not any(knows(other, token.text) for other in LANGUAGES)

    def compound(self) -> bool:
        """Move over a word that begins with a known part: non-Jewish, al-Raqqa, self-defence."""
        cursor = self.cursor
        dash, last = cursor.token(1), cursor.token(2)
        if cursor.peek() not in self.language.starts or dash is None or last is None:
            return False
        if (
            dash.kind is not Kind.DASH
            or dash.spaced
            or last.spaced
            or last.kind is not Kind.WORD
            or self.word() is not None
        ):
            return False
        before = cursor.at
        cursor.at += 2
        word = self.word()
        if self.language.circumstances.match(cursor) or (word and word[0].kind not in CHANGING) or last.capital:
            cursor.at += 1
            return True
        cursor.at = before
        return False

    def acronym(self) -> bool:
        """Tell whether letters come next that stand for a name."""
        token = self.cursor.token()
        shown = self.text[token.start : token.end] if token else ""
        return 2 <= len(shown) <= 8 and shown.isupper() and shown.isalpha()

    def number_comes(self) -> bool:
        """Tell whether a number or words for one come next, with or without what bounds them."""
        cursor, before = self.cursor, self.cursor.at
        while self.language.before.take(cursor) or self.language.hedges.take(cursor):
            pass
        comes = self.plain_number_comes() or self.language.between.match(cursor) is not None
        cursor.at = before
        return comes

    def plain_number_comes(self) -> bool:
        """Tell whether a number or words for one come next."""
        cursor, before = self.cursor, self.cursor.at
        comes = (
            self.vague.match(cursor) is not None
            or self.language.exactly.match(cursor) is not None
            or self.language.roughly.match(cursor) is not None
            or cursor.number() is not None
        )
        cursor.at = before
        return comes

    def next_bound(self) -> Bound | None:
        """Look at the words that bound a number, without taking them: "just over" is not "just"."""
        match = self.language.before.match(self.cursor)
        return match[0] if match else None

    def because(self, kind: str, first: int, end: int) -> UnreadableFigureError:
        """Refuse words because of the list in which they stand."""
        why, reason, hint = _WHY[kind]
        return self.refusal(self.cursor.tokens[first].start, why.format(self.shown(first, end)), reason, hint)

    def because_at(self, kind: str, place: int) -> UnreadableFigureError:
        """Refuse words because of the list in which they stand, by the place where they begin."""
        at = next(number for number, token in enumerate(self.cursor.tokens) if token.start == place)
        return self.because(kind, at, at + 1)

    def cannot_read(self) -> UnreadableFigureError:
        """Say in plain words why the words that come next are not read."""
        cursor, token = self.cursor, self.cursor.token()
        if token is None:
            return self.refusal(len(self.text), "more words should follow", "unfinished")
        shown = self.text[token.start : token.end]
        if token.text == ORDINAL:
            place = next(at for at in range(token.start, token.end) if self.text[at].isalpha())
            return self.refusal(place, f"{shown!r} orders and does not count", "part-of-word", "write the count alone")
        word = self.word()
        if word is not None:
            if word[0].kind in _WHY:
                return self.because(word[0].kind, cursor.at, cursor.at + word[1])
            shown = self.shown(cursor.at, cursor.at + word[1])
            return self.refusal(token.start, f"I cannot read {shown!r} here", "unreadable", _ONE_EACH)
        if token.text in self.language.joiners or self.language.joins.match(cursor) is not None:
            if cursor.token(1) is None and token.kind is Kind.WORD:
                return self.refusal(token.start, f"more words should follow {shown!r}", "unfinished", "say it whole")
            if cursor.token(1) is not None and token.kind is not Kind.DASH:
                cursor.at += 1
                return self.cannot_read()
        if token.text in self.language.numbers.articles or token.text.endswith("n't"):
            return self.because(
                "one" if token.text in self.language.numbers.articles else "negation", cursor.at, cursor.at + 1
            )
        if token.kind is Kind.NUMBER or self.plain_number_comes():
            return self.refusal(
                token.start, f"a second number, {shown!r}", "second-number", f"{_ONE_EACH}; {_STATEMENT}"
            )
        hedge = self.language.hedges.match(cursor)
        if hedge is not None:
            return self.because("doubted", cursor.at, cursor.at + hedge[1])
        bound = self.language.before.match(cursor)
        if bound is not None:
            phrase = self.shown(cursor.at, cursor.at + bound[1])
            return self.refusal(
                token.start, f"I cannot read {phrase!r} here", "misplaced-bound", f"write {phrase!r} before the number"
            )
        if self.language.percent.match(cursor) is not None:
            return self.refusal(
                token.start, "a percentage is no count", "unreadable", "parse_statement gives the share"
            )
        if token.text == "," and cursor.token(1) is not None:
            cursor.at += 1
            if self.kind() in {"many", "one", "people"}:
                return self.because("one", cursor.at, cursor.at + 1)
            cursor.at -= 1
        if token.kind is Kind.SIGN:
            hint = _SIGNS.get(token.text, "write the count alone")
            return self.refusal(token.start, f"I cannot read {shown!r} here", "unreadable", hint)
        if token.kind is Kind.DASH:
            return self.refusal(
                token.start, "a dash is tied to the number", "part-of-word", "let the number stand on its own"
            )
        return self._unknown(token, shown)

    def _unknown(self, token: Token, shown: str) -> UnreadableFigureError:
        """Say of a word that no list has whether it is of another language, which is then named."""
        name = self.language.name
        strange = [
            token.text for token in self.cursor.tokens if token.kind is Kind.WORD and not knows(name, token.text)
        ]
        others = [other for other in LANGUAGES if other != name and all(knows(other, word) for word in strange)]
        if token.text in strange and others and any(len(word) > 1 for word in strange):
            titles = " or ".join(language(other).title for other in others)
            hint = " or ".join(f'lexicon="{other}"' for other in others)
            return self.refusal(token.start, f"{shown!r} is {titles}", "other-language", f"read it with {hint}")
        if token.text in strange and max(token.text) >= "\u0370" and self.language.numbers.latin:
            why = f"I cannot read {shown!r}, which is not {self.language.title}"
            return self.refusal(token.start, why, "other-language", "name the lexicon of its language")
        if token.text not in strange:
            return self.refusal(token.start, f"I cannot read {shown!r} here", "unknown-word", _ONE_EACH)
        hint = "write the count with words for people, such as '12 people killed'"
        return self.refusal(token.start, f"I do not know the word {shown!r}", "unknown-word", hint)


class _One(Walk):
    """A walk over one word without what is tied to it: "army" for "army's"."""

    def __init__(self, text: str, token: Token, word: str) -> None:
        super().__init__(text, [Token(Kind.WORD, word, token.start, token.end, token.spaced)])


_WHY: Final = {
    "thing": ("{!r} are not people", "not-people", "count people; things are no casualties"),
    "unharmed": ("{!r} says that they were not harmed", "not-harmed", "only people who were harmed are counted"),
    "doubted": ("{!r} leaves it in doubt", "doubted", "parse_statement reads it as alleged"),
    "negation": ("{!r} takes back or leaves out people", "second-quantity", "write the count alone"),
    "quantity": ("{!r} changes the number", "second-quantity", _ONE_EACH),
    "rate": ("{!r} makes it a rate, not a count", "rate", "write the count of a period, with since and until"),
    "joined": ("{!r} adds people without a number", "second-number", _ONE_EACH),
    "harm": ("{!r} is a second harm", "second-number", "join harms by 'or', or write one claim for each"),
    "one": ("{!r} is one more, without a number", "second-number", _ONE_EACH),
}
_SIGNS: Final = {
    "?": "write the number alone, and record the doubt as modality: alleged",
    "*": "write the number alone; what the mark says belongs in a note",
    "†": "write the number alone; what the mark says belongs in a note",
    "‡": "write the number alone; what the mark says belongs in a note",
    "±": "write a range, such as 12 (9–15)",
}
