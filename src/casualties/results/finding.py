"""Everything that follows from the claims on one subject, with what shows, draws, explains and codes it."""

from __future__ import annotations

from casualties.codebooks import Codebook, Resolution, load, resolve
from casualties.model.citation_check import CitationChecks
from casualties.reconciling import finding as reconciling
from casualties.show import to_text
from casualties.show.explanation import Explanation, explain
from casualties.show.page import fragment
from casualties.show.plots import Plot, draw
from casualties.show.sentences import House, Length, Sentence, printed

__all__ = ["Finding"]


class Finding(reconciling.Finding):
    """Everything that follows from the claims on one subject, which can be shown, drawn, explained and coded.

    What follows is in the class below it, which is pure data and questions about itself; nothing in either chooses a
    winner.  Choosing has a name, `resolve`.

    Examples:
        >>> import casualties as cs
        >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary")
        >>> print(finding.common, finding.status)
        2–25 compatible
    """

    def __str__(self) -> str:
        return to_text((self,), self.view, headed=False)

    def _repr_html_(self) -> str:
        return fragment((self,), self.view)

    def explain(self, *, checks: CitationChecks | None = None) -> Explanation:
        """Tell the finding in plain words, in which every number names its claims.

        Args:
            checks: What was seen of its citations in their reports, as `check_citations` gives it.

        Examples:
            >>> import casualties as cs
            >>> print(cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(status="civilian").explain())
            Killed: civilians, Azerbaijani side, 27 to 30 September 2020: single source.
            Azerbaijan says at least 11 civilians on the Azerbaijani side were killed.
              [1 c1-872b9cf9]
            Azerbaijan states 11 or more, in the words "at least 11"; reported, counting its
              own side. [1 c1-872b9cf9]
            Confidence is low, for 11 or more: one independent source bears it out.
              [1 c1-872b9cf9]
        """
        return explain(self, checks)

    def sentence(self, length: Length = "short", *, numerals_from: int = 10, thousands: str = ",") -> Sentence:
        """Write the sentence that may be printed: who says how many, who denies, and what is not known.

        It is true whatever it leaves out.  No number stands in it that no claim states, every source whose number it
        gives is named, and nothing in it is called confirmed.  Its numbers stand beside it with their claims.

        Args:
            length: *short* gives three figures at most, and no early count that a later one overtakes; *long* also
                these, the days, who blames whom and what two bear out.
            numerals_from: The first number written in numerals; smaller ones are words.
            thousands: What stands between thousands.

        Raises:
            UnknownNameError: If there is no such length.
            CasualtiesError: If words are asked for numbers above a hundred.

        Examples:
            >>> import casualties as cs
            >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary")
            >>> print(finding.sentence().text)
            Hussein Akoush says at least two Syrian mercenaries were killed; reports (unattributed) say as many as 25.
            >>> [(number.text, number.sources) for number in finding.sentence().numbers]
            [('at least two', ('akoush',)), ('as many as 25', ('unnamed',))]
        """
        return printed(self, length, House(numerals_from, thousands))

    def plot(self, picture: str = "who-says-what", *, width: int = 800, dark: bool = False) -> Plot:
        """Draw the finding, as one of `casualties.show.plots.PICTURES`; only a PNG of it needs the extra ``plot``.

        Raises:
            CasualtiesError: If the width cannot be drawn.
            UnknownNameError: If there is no such picture.

        Examples:
            >>> import casualties as cs
            >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary")
            >>> print(finding.plot("support").title)
            Support: killed, Syrian mercenaries, 27 to 30 September 2020
        """
        return draw((self,), self.view, picture, width=width, dark=dark)

    def resolve(self, codebook: str | Codebook, /, **parameters: object) -> Resolution:
        """Let a codebook choose one number, by name or your own, and keep every claim that it does not take.

        The parameters are the choices that it leaves open, such as ``several=10``; see `Codebook.all_parameters`.

        Raises:
            UnknownNameError: If there is no such codebook, or it has no such parameter.
            ModelError: If a parameter does not take a value.

        Examples:
            >>> import casualties as cs
            >>> print(cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary").resolve("ucdp"))
            2 (2–25)
        """
        return resolve(self, load(codebook) if isinstance(codebook, str) else codebook, parameters)
