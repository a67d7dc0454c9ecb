"""Who is counted and what happened to them: the nouns and the words of harm directly behind a number."""

from __future__ import annotations

from typing import Final, NamedTuple

from casualties.model.claim import Modality
from casualties.model.vocabulary import Status
from casualties.wording._counts import Count
from casualties.wording._reading import Reading
from casualties.wording._tokens import Kind

__all__ = ["People"]

_TAKEN: Final = frozenset(
    {"many", "one", "people", "describing", "thing", "harm", "harm-noun", "adverb", "auxiliary", "doubted"}
)
_NOUNS: Final = frozenset({"many", "one", "people", "harm-noun"})
_BEFORE_NOUNS: Final = frozenset({"thing", "describing"})
_HUMAN: Final = frozenset({"killed", "wounded"})
"""Harms that only people come to; tanks are lost and captured too."""


class _Piece(NamedTuple):
    """A word of the run: its list, what it means, and its first token and the token behind it."""

    kind: str
    meaning: str
    first: int
    end: int


class People:
    """Reads the nouns and the words of harm behind a number of one text."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.cursor = reading.cursor

    def read(self, count: Count) -> None:
        """Read who is counted and what happened to them, as far as it stands directly behind the number."""
        cursor, words = self.cursor, self.reading.language
        before = cursor.at
        if self.reading.word() is None and (month := words.months.get(cursor.peek())):
            raise self.reading.because("thing", before, before + bool(month))
        if cursor.accept_one(words.numbers.of) or self.reading.language.articles.match(cursor):
            if self._lone_article(before):
                return
            self.reading.take(words.articles)
        run: list[_Piece] = []
        runs = 0
        start = cursor.at
        while (piece := self._piece(run)) is not None or self._joined(run):
            if piece is not None:
                run.append(piece)
                continue
            if cursor.peek() == "/" and run[-1].kind in _BEFORE_NOUNS:  # famine/policy deaths
                cursor.at += 1
                continue
            if run and any(piece.kind in _NOUNS or piece.kind in {"harm", "thing"} for piece in run):
                self._close(count, run, first=runs == 0)
                runs, run = runs + 1, []
            cursor.at += 1
        if run:
            self._close(count, run, first=runs == 0)
        elif cursor.at == start and not runs:
            cursor.at = before

    def predicate(self, count: Count) -> bool:
        """Read what happened to people whose place or party stood between: "members of the army were killed"."""
        before, harms, doubted = self.cursor.at, set[str](), None
        while (word := self.reading.word()) is not None and word[0].kind in {
            "adverb",
            "auxiliary",
            "harm",
            "doubted",
        }:
            if word[0].kind == "harm":
                harms.add(word[0].meaning)
            elif word[0].kind == "doubted":
                doubted = (self.cursor.at, word[0].meaning)
            self.cursor.at += word[1]
            if harms and self.reading.kind() not in {"harm", "adverb"} and self._harm_joined():
                self.cursor.at += 1
        if doubted is not None and count.harms:
            count.remarks.append(self.reading.shown(before))
            return True
        if doubted is not None:
            self._doubt(count, *doubted)
        if harms and count.harms and harms != count.harms:
            self.cursor.at = before
            raise self.reading.refusal(
                self.cursor.place, "a second harm, without a number", "second-number", "write one claim for each harm"
            )
        count.harms |= harms
        return self.cursor.at > before

    def _harm_joined(self) -> bool:
        """Tell whether "and", "or", a comma or a bar joins another harm to the one before."""
        cursor, joiner = self.cursor, self.cursor.peek()
        if joiner != "," and joiner not in self.reading.language.joiners:
            return False
        cursor.at += 1
        follows = self.reading.kind() == "harm"
        cursor.at -= 1
        return follows

    def _lone_article(self, before: int) -> bool:
        """Tell whether "a" or "an" begins one more person, and go back before it."""
        if self.cursor.peek() in self.reading.language.numbers.articles:
            self.cursor.at = before
            return True
        return False

    def _piece(self, run: list[_Piece]) -> _Piece | None:
        """Read the next word that may stand here: one of the lists, or a name."""
        cursor, reading = self.cursor, self.reading
        token, at = cursor.token(), cursor.at
        if token is None or token.kind in {Kind.NUMBER, Kind.SIGN}:
            return None
        if token.kind is Kind.DASH:
            return self._compound(run)
        if reading.compound():
            return _Piece("describing", "", at, cursor.at)
        word = reading.word()
        if word is not None and word[0].kind in _TAKEN:
            cursor.at += word[1]
            return _Piece(word[0].kind, word[0].meaning, at, cursor.at)
        if word is None and reading.name():
            kind = "acronym" if reading.acronym() else "name"
            cursor.at += 1
            return _Piece(kind, "", at, cursor.at)
        return None

    def _compound(self, run: list[_Piece]) -> _Piece | None:
        """Read what a dash ties to the word before: rebel-held, Serb-Croat."""
        cursor = self.cursor
        dash, following, at = cursor.token(), cursor.token(1), cursor.at
        if dash is None or following is None or not run or dash.spaced or following.spaced:
            return None
        cursor.at += 1
        reading = self.reading
        known = cursor.peek() in reading.language.ends or reading.kind() in _TAKEN
        known = known or reading.language.circumstances.match(cursor) is not None
        model = following.kind is Kind.NUMBER and run[-1].kind == "acronym"  # KC-135
        if known or model or reading.name():
            word = self.reading.word()
            kind = word[0].kind if word and word[0].kind in {"many", "one", "people"} else "describing"
            meaning = word[0].meaning if word else ""
            cursor.at += word[1] if word else 1
            return _Piece(kind, meaning, at, cursor.at)
        cursor.at = at
        return None

    def _joined(self, run: list[_Piece]) -> bool:
        """Tell whether a joint comes next that goes on with people or harms."""
        cursor = self.cursor
        if not run or cursor.done:
            return False
        if cursor.peek() == ",":
            return self._harm_joined()
        if cursor.peek() not in self.reading.language.joiners:
            return False
        cursor.at += 1
        kind = self.reading.kind()
        names = self.reading.name() and all(piece.kind not in {"harm", "many"} for piece in run)
        goes_on = kind in {"many", "one", "people", "describing", "harm", "harm-noun", "doubted"} or names
        if kind == "thing" and not any(piece.kind in {"many", "harm", "harm-noun"} for piece in run):
            goes_on = True
        cursor.at -= 1
        return goes_on

    def _close(self, count: Count, run: list[_Piece], *, first: bool) -> None:
        """Judge a run of words: they must end in people or harm, and say no more than one count."""
        nouns = [number for number, piece in enumerate(run) if piece.kind in _NOUNS]
        last = nouns[-1] if nouns else -1
        behind = run[last + 1 :]
        self._no_things(run, behind, last)
        if not first and run[last].kind == "one" and last >= 0 and not any(piece.kind == "many" for piece in run):
            raise self._refuse(run[0], "one")
        harms = {piece.meaning for piece in behind if piece.kind == "harm"}
        if len(harms) > 1:
            second = [piece for piece in behind if piece.kind == "harm"][1]
            raise self._refuse(second, "harm")
        if not first and count.harms and run[0].kind == "doubted" and last < 0:
            count.remarks.append(self.reading.shown(run[0].first, run[-1].end))
            return
        if last >= 0:
            if run[last].kind == "harm-noun":
                harms.add(run[last].meaning)
            self._count_people(count, run, last)
        for piece in run:
            if piece.kind == "doubted":
                self._doubt(count, piece.first, piece.meaning)
        count.harms |= harms

    def _no_things(self, run: list[_Piece], behind: list[_Piece], last: int) -> None:
        """Refuse words that name no people where people or harm should stand."""
        thing = next((piece for piece in behind if piece.kind == "thing"), None)
        if thing is not None:
            raise self._refuse(thing, "thing")
        if last >= 0:
            named = next((piece for piece in behind if piece.kind in {"name", "acronym"}), None)
            if named is not None:
                raise self._unknown(named)
            return
        harmed = {piece.meaning for piece in run if piece.kind == "harm"}
        named = next((piece for piece in run if piece.kind in {"name", "acronym"}), None)
        if named is not None and not (named.kind == "acronym" and harmed & _HUMAN):
            raise self._unknown(named)
        if not harmed and all(piece.kind not in {"adverb", "auxiliary"} for piece in run):
            raise self._unknown(run[0])

    def _count_people(self, count: Count, run: list[_Piece], last: int) -> None:
        """Note the words for people, and the statuses that they say."""
        end = last + 1 - (run[last].kind == "harm-noun")
        people = run[:end]
        while people and people[-1].kind in {"harm", "adverb", "auxiliary", "doubted"}:
            people.pop()
        if people:
            words = self.reading.shown(people[0].first, people[-1].end)
            count.counted = f"{count.counted} and {words}" if count.counted else words
        nouns = [piece for piece in run[: last + 1] if piece.kind in {"many", "one"}]
        if nouns and nouns[-1].meaning:
            count.statuses.add(Status(nouns[-1].meaning))

    def _doubt(self, count: Count, at: int, meaning: str) -> None:
        """Note that words leave a count in doubt; "may have died" is a way of counting all the same."""
        count.modality = Modality.ALLEGED
        if not meaning:
            count.doubted = self.cursor.tokens[at].start

    def _refuse(self, piece: _Piece, kind: str) -> Exception:
        self.cursor.at = piece.first
        return self.reading.because(kind, piece.first, piece.end)

    def _unknown(self, piece: _Piece) -> Exception:
        self.cursor.at = piece.first
        return self.reading.cannot_read()
