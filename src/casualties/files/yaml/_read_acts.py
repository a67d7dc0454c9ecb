"""What an entry of the file that people write does: which harms it counts, and which claims it speaks about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from casualties.errors import CasualtiesError, FigureError, UnreadableFigureError
from casualties.files._nodes import Fields, Node, Scalar
from casualties.files.yaml._desk import Desk
from casualties.files.yaml._grammar import ENTRY, FIGURE
from casualties.files.yaml._read_subjects import Members, Subjects
from casualties.model.claim import Link, Stance
from casualties.model.figure import End, Figure
from casualties.wording import another_harm, parse_figure, parse_statement, silence_of
from casualties.wording.estimate import estimate_in
from casualties.wording.share import share_of

__all__ = ["ABOUT_CLAIMS", "Act", "Acts"]

_ENDS: Final = ("low", "high", "best", "assumed")
_GOES_WITH: Final = {
    "harm": ("figure",),
    "figure": ("harm",),
    "silence": ("silent", "figure"),
    "aspect": ("denies",),
    "of": ("denies", "withdraws", "unverified"),
}
ABOUT_CLAIMS: Final = ("denies", "withdraws", "unverified")
"""The keys under which an entry says something about other claims."""


@dataclass(slots=True)
class Act:
    """What an entry does about one harm, or about the claims that a text names."""

    node: Node
    stance: Stance
    harm: tuple[str, ...] = ()
    figure: Figure | None = None
    silence: str | None = None
    words: str | None = None
    target: Scalar | None = None
    interval: str | None = None
    level: str | None = None
    whole: Scalar | None = None
    """The claim of whose count it states a share."""
    shared: Link | None = None
    """The link to that claim, once it is found."""
    parts: list[tuple[Scalar, str, Act]] = field(default_factory=list)
    """The groups whose counts are given beside that of the whole, with where each stands."""


class Acts:
    """Finds what an entry does."""

    def __init__(self, desk: Desk, subjects: Subjects) -> None:
        self.desk = desk
        self.subjects = subjects

    def of(self, node: Node, own: Members) -> Iterator[Act]:
        """Find what an entry does, and note keys that do not go together."""
        counts = [pair for name, pair in own.items() if name not in ENTRY]
        does = [name for name in ABOUT_CLAIMS if name in own]
        states = [key.text for key, _value in counts]
        states += [name for name in ("harm", "figure", "silent") if name in own]
        if len(does) + bool(states) != 1:
            what = f"both {' and '.join([*does, *states[:1]])}" if does or states else "nothing"
            hint = "give one harm with its count, or silent, denies, withdraws or unverified"
            self.desk.wrong(node, f"a claim that says {what}", hint, "stance")
            return
        for name, partners in _GOES_WITH.items():
            if name in own and not set(partners) & {*own, *(["silent"] if counts else [])}:
                self.desk.wrong(
                    own[name][0], f"{name} says nothing here", f"it goes with {' or '.join(partners)}", "stance"
                )
        silence = self.desk.word(own["silence"][1], "silence", ENTRY["silence"]) if "silence" in own else None
        counted = [self.subjects.harm(key, "harm") for key, _value in counts]
        for (key, value), harm in zip(counts, counted, strict=True):
            yield self._count(key, value, harm, silence)
        if "harm" in own and "figure" in own:
            counted.append(self.subjects.harm(own["harm"][1], "harm"))
            yield self._count(own["figure"][0], own["figure"][1], counted[-1], silence)
        for item in self.desk.items(own["silent"][1]) if "silent" in own else ():
            harm = self.subjects.harm(item, "silent")
            if harm in counted:
                what = f"silent on {'-or-'.join(harm)}, and a count of it"
                self.desk.wrong(item, what, "take one of the two out", "stance")
            yield Act(item, Stance.SILENT, harm, silence=silence)
        for name in does:
            for item in self.desk.items(own[name][1]):
                if isinstance(item, Scalar):
                    yield Act(item, Stance(name), target=item)
                else:
                    self.desk.text(item, name)

    def _count(self, key: Scalar, node: Node, harm: tuple[str, ...], silence: str | None) -> Act:
        """Read a count from words, or from a map where there are none."""
        act = Act(node, Stance.STATES, harm, silence=silence)
        if isinstance(node, Fields):
            self._mapped(act, key, node)
        elif isinstance(node, Scalar):
            self._worded(act, key, node)
        else:
            self.desk.text(node, key.text)
        return act

    def _mapped(self, act: Act, key: Scalar, node: Fields) -> None:
        """Read what stands in a map in place of a count: its ends, a share of another count, or the count and parts."""
        members = self.desk.fields(node, "a figure", FIGURE)
        if "share" in members or "of" in members:
            self._share(act, node, members)
            return
        if "figure" in members and (words := members["figure"][1]) and isinstance(words, Scalar):
            self._alone(members, "figure", "including")
            self._worded(act, key, words)
        elif "figure" in members:
            self.desk.text(members["figure"][1], "figure")
        else:
            act.figure = self._figure(node, members)
        if "including" in members:
            for name, value in self.desk.fields(members["including"][1], "including").values():
                part = self._count(name, value, act.harm, None)
                if part.stance is Stance.STATES and part.parts:
                    self.desk.wrong(value, "parts of a part", "give every part beside the others", "nested")
                act.parts.append((name, " ".join(name.text.split()), part))

    def _alone(self, members: Members, *names: str) -> None:
        """Note keys of a figure that say again what others say."""
        for name, (key, _value) in members.items():
            if name not in names:
                what = f"{name} beside {names[0]}"
                self.desk.wrong(key, what, f"keep {names[0]}, or {name}", "two-values")

    def _share(self, act: Act, node: Fields, members: Members) -> None:
        """Read a share of the count of another claim."""
        missing = [name for name in ("share", "of") if name not in members]
        if missing:
            self.desk.wrong(
                node, f"a share without {missing[0]}", "give share: nearly 70 percent, and of: an id", "missing"
            )
            return
        self._alone(members, "share", "of")
        words, whole = members["share"][1], members["of"][1]
        text = self.desk.text(words, "share")
        if self.desk.text(whole, "of") is None or text is None or not isinstance(whole, Scalar):
            return
        try:
            share_of(Figure.exactly(0), text)
            act.whole, act.words = whole, text
        except CasualtiesError as error:
            self.desk.wrong(words, f"share: {error.message}", error.hint, error.reason)

    def _worded(self, act: Act, key: Scalar, node: Scalar) -> None:
        """Read a count from words, with its interval or the counts of parts where the words give them."""
        act.words = node.text.strip() or None
        try:
            try:
                act.figure = parse_figure(node.text)
            except UnreadableFigureError as error:
                if not self._stated(act, node):
                    raise error from None
                return
            if act.figure is None:
                act.stance = Stance.SILENT
                act.silence = act.silence or silence_of(node.text)
            elif wrong := another_harm(node.text, act.harm):
                hint = "count each harm in a key of its own; words of another kind stand under cited"
                self.desk.wrong(node, f"{key.text}: {wrong}", hint, "another-harm")
        except CasualtiesError as error:
            self.desk.wrong(
                node, f"{key.text}: {error.message}", error.hint or "write the count as printed", error.reason
            )

    def _stated(self, act: Act, node: Scalar) -> bool:
        """Take the words of an estimate, or of a count with parts that are groups, such as including 3 children."""
        estimate = estimate_in(node.text)
        if estimate is not None and set(estimate.harms) <= set(act.harm):
            act.figure, act.interval, act.level = estimate.figure, estimate.interval, estimate.level
            return True
        statement = parse_statement(node.text)
        if statement.figure is None or not set(statement.harms) <= set(act.harm) or not statement.parts:
            return False
        for part in statement.parts:
            if part.figure is None or part.parts or part.harms or not self.subjects.is_group(part.counted):
                return False
        act.figure = statement.figure
        act.parts += [
            (node, part.counted, Act(node, Stance.STATES, act.harm, part.figure, words=act.words))
            for part in statement.parts
        ]
        return True

    def _figure(self, node: Fields, members: Members) -> Figure | None:
        values = self.desk.values(FIGURE, {name: pair for name, pair in members.items() if name in _ENDS})
        if "low" not in members:
            high = values.get("high", "N")
            hint = f"'up to {high}' is low: 0 with high: {high}; where the source gives no count, say silent"
            self.desk.wrong(node, "a figure without low", hint, "missing")
        if "low" not in values:
            return None
        assumed = frozenset(End(end) for end in values.get("assumed", ()))
        try:
            return Figure(values["low"], values.get("high"), best=values.get("best"), assumed=assumed)
        except FigureError as error:
            self.desk.wrong(node, error.message, error.hint, error.reason)
            return None
