"""United Nations human rights monitoring: of how many persons three independent sources bear out the death.

That the office asks for at least three independent sources was read in reports on its six-month update on Gaza (AFP, 8
November 2024, on its methodology of verification; Shafaq News of the same day), and that it verifies persons and
incidents, not figures, in its own words on Gaza (briefing of 8 November 2024) and on Ukraine (22 April 2022).  The
report itself could not be read.  That the three sources must be of three kinds, as this rule once asked, was found in
none of these.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from casualties._text import counted
from casualties.codebooks.codebook import Codebook, Output, Parameter, Rule
from casualties.codebooks.coding import Coding
from casualties.model.claim import Stance
from casualties.model.source import SourceKind

if TYPE_CHECKING:
    from casualties.codebooks.resolution import Resolution
    from casualties.reconciling.pairs import IndependentSource

__all__ = ["UN_VERIFIED"]


class _Account(NamedTuple):
    """What one independent source counted at least, with the claims that say so and the kinds of who made them."""

    floor: int
    claims: tuple[str, ...]
    kinds: tuple[SourceKind, ...]


def _decide(coding: Coding) -> Resolution:
    finding = coding.finding
    if finding.estimates:
        estimates = [estimate.claim.id for estimate in finding.estimates]
        coding.step("no-estimates", "an estimate verifies nobody, and takes no part", estimates)
    accounts = [account for voice in finding.independent_sources if (account := _account(coding, voice)) is not None]
    needed, kinds = coding.count("sources"), coding.count("kinds")
    for floor in sorted({account.floor for account in accounts}, reverse=True):
        bearing = [account for account in accounts if account.floor >= floor]
        if len(bearing) >= needed and _different_kinds(bearing) >= kinds:
            used = [claim for account in bearing for claim in account.claims]
            coding.step("three-sources", f"{counted(len(bearing), 'source')} counted at least {floor:,} persons", used)
            coding.step("persons", f"whether these are the same persons only their lists can tell: {floor:,} at most")
            return coding.code("three-sources", number=floor, used=used, others=f"bears out fewer than {floor:,}")
    asked = f"{needed} independent sources"
    if kinds > 1:
        asked += f" of {kinds} kinds"
    if coding.parameters["counted"] == "persons":
        asked += " that counted persons one by one"
    return coding.not_coded(f"{asked}: there {'is' if len(accounts) == 1 else 'are'} {len(accounts)}", "three-sources")


def _account(coding: Coding, voice: IndependentSource) -> _Account | None:
    """Give what a voice counted at least; ``None`` where it counted nobody, or may be any voice."""
    persons = coding.parameters["counted"] == "persons"
    sources, floors = coding.finding.view.sources, []
    kinds: set[SourceKind] = set()
    for position in voice.positions:
        source = sources.get(position.source)
        of = set(source.kinds if source else ()) - {SourceKind.UNATTRIBUTED, SourceKind.COMPILER}
        for claim in (position.versions or position.claims) if of else ():
            figure = None if claim.stance is not Stance.STATES else coding.figure_of(claim)
            if figure is not None and figure.low and (claim.subject.basis is not None or not persons):
                floors.append((figure.low, claim.id))
                kinds |= of
    if not floors:
        return None
    floor = max(low for low, _ in floors)
    return _Account(floor, tuple(identity for low, identity in floors if low == floor), tuple(sorted(kinds)))


def _different_kinds(accounts: Sequence[_Account]) -> int:
    """Count how many accounts can each stand for a kind of its own, by augmenting paths.

    A voice of two kinds is one source all the same (H. Kuhn, "The Hungarian Method for the Assignment Problem", 1955).
    """
    stands: dict[SourceKind, _Account] = {}

    def placed(account: _Account, tried: set[SourceKind]) -> bool:
        for kind in account.kinds:
            if kind not in tried:
                tried.add(kind)
                if kind not in stands or placed(stands[kind], tried):
                    stands[kind] = account
                    return True
        return False

    return sum(placed(account, set()) for account in accounts)


UN_VERIFIED: Final = Codebook(
    name="un-verified",
    title="OHCHR, Six-month update report on the human rights situation in Gaza, on verification",
    version="8 November 2024",
    address="https://www.ohchr.org",
    output=Output.NUMBER,
    decide=_decide,
    rules=(
        Rule(
            "persons",
            "Briefings of 8 November 2024 and 22 April 2022",
            "Persons are verified, one by one, and not figures: only a count of persons listed, identified, verified, "
            "documented, investigated, buried or examined can bear them out.",
        ),
        Rule("no-estimates", "Briefing of 22 April 2022", "An estimate verifies nobody."),
        Rule(
            "three-sources",
            "Methodology, as AFP reports it",
            "A death is verified by at least three independent sources; of counts, the most that three bear out is "
            "taken.",
        ),
    ),
    parameters=(
        Parameter("sources", 3, "how many independent sources it takes"),
        Parameter(
            "kinds",
            1,
            "how many kinds of source there must be among them; that three kinds are asked for could not be found",
        ),
        Parameter(
            "counted",
            "persons",
            "whether only counts of persons, one by one, bear anything out, or any count",
            ("persons", "any"),
        ),
    ),
    read="reports and briefings on the verification of deaths in Gaza and Ukraine; the report itself could not be read",
)
"""The rule by which the UN human rights office calls deaths verified.

It verifies persons, one by one.  From counts alone follows only how many the sources bear out together.  A compiler
repeats what others found, and a source that nobody names may be any: neither is a source of its own here.
"""
