"""Disputed casualty figures by reporting party, merged without losing attribution.

Every name that a program needs from day to day stands here; each is loaded when it is first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from casualties import aligning, bounding, codebooks, drafting, errors, estimates, files, seeds, show, wording
    from casualties.aligning import Alignment, align
    from casualties.bounding.bound import Bound
    from casualties.bounding.bounds import Bounds, bounds
    from casualties.bounding.contradiction import Contradiction
    from casualties.codebooks.codebook import Codebook
    from casualties.codebooks.resolution import Resolution
    from casualties.columns import reconcile
    from casualties.difference.change import Change, ChangeKind
    from casualties.difference.changes import Changes, changes
    from casualties.drafting import Draft, Proposal, check_citations, draft
    from casualties.estimates import estimate
    from casualties.files import mapped as tables
    from casualties.files.entry import claim
    from casualties.files.loss import LeftOut
    from casualties.files.mapped.mapping import TableMapping
    from casualties.files.mapped.read import read_table
    from casualties.files.registry import read, write
    from casualties.model.claim import Aspect, Assessment, Claim, Link, Modality, Silence, Stance
    from casualties.model.estimate import EstimateMethod, IntervalKind
    from casualties.model.facet import Accounted, Presumed
    from casualties.model.figure import MAX_COUNT, End, Figure
    from casualties.model.identification import Identification
    from casualties.model.ledger import Ledger, Total, merge
    from casualties.model.period import PartialDate
    from casualties.model.registry import LikelySpelling, Registry
    from casualties.model.report import Citation, Relay, Report
    from casualties.model.source import Source, SourceKind
    from casualties.model.subject import AgeGroup, Basis, Cause, Harm, Sex, Subject
    from casualties.model.vocabulary import Status, Term, TermKind, Vocabulary
    from casualties.reconciling.blame import Blame, Denial
    from casualties.reconciling.confidence import Confidence, Level
    from casualties.reconciling.pairs import Dispute, FindingStatus
    from casualties.reconciling.position import Fate, Flag, Interest, Position
    from casualties.results import Finding, Reconciliation
    from casualties.show.comparison import Comparison
    from casualties.show.explanation import Explanation
    from casualties.show.plots.plot import Plot
    from casualties.wording import parse_figure, parse_statement

__all__ = [
    "MAX_COUNT",
    "Accounted",
    "AgeGroup",
    "Alignment",
    "Aspect",
    "Assessment",
    "Basis",
    "Blame",
    "Bound",
    "Bounds",
    "Cause",
    "Change",
    "ChangeKind",
    "Changes",
    "Citation",
    "Claim",
    "Codebook",
    "Comparison",
    "Confidence",
    "Contradiction",
    "Denial",
    "Dispute",
    "Draft",
    "End",
    "EstimateMethod",
    "Explanation",
    "Fate",
    "Figure",
    "Finding",
    "FindingStatus",
    "Flag",
    "Harm",
    "Identification",
    "Interest",
    "IntervalKind",
    "Ledger",
    "LeftOut",
    "Level",
    "LikelySpelling",
    "Link",
    "Modality",
    "PartialDate",
    "Plot",
    "Position",
    "Presumed",
    "Proposal",
    "Reconciliation",
    "Registry",
    "Relay",
    "Report",
    "Resolution",
    "Sex",
    "Silence",
    "Source",
    "SourceKind",
    "Stance",
    "Status",
    "Subject",
    "TableMapping",
    "Term",
    "TermKind",
    "Total",
    "Vocabulary",
    "align",
    "aligning",
    "bounding",
    "bounds",
    "changes",
    "check_citations",
    "claim",
    "codebooks",
    "draft",
    "drafting",
    "errors",
    "estimate",
    "estimates",
    "files",
    "merge",
    "parse_figure",
    "parse_statement",
    "read",
    "read_table",
    "reconcile",
    "seeds",
    "show",
    "tables",
    "wording",
    "write",
]

_HOMES: Final = {
    "casualties.aligning": ("Alignment", "align"),
    "casualties.bounding.bound": ("Bound",),
    "casualties.bounding.bounds": ("Bounds", "bounds"),
    "casualties.bounding.contradiction": ("Contradiction",),
    "casualties.codebooks.codebook": ("Codebook",),
    "casualties.codebooks.resolution": ("Resolution",),
    "casualties.columns": ("reconcile",),
    "casualties.difference.change": ("Change", "ChangeKind"),
    "casualties.difference.changes": ("Changes", "changes"),
    "casualties.drafting": ("Draft", "Proposal", "check_citations", "draft"),
    "casualties.estimates": ("estimate",),
    "casualties.files.entry": ("Ledger", "claim"),
    "casualties.files.loss": ("LeftOut",),
    "casualties.files.mapped.mapping": ("TableMapping",),
    "casualties.files.mapped.read": ("read_table",),
    "casualties.files.registry": ("read", "write"),
    "casualties.model.claim": ("Aspect", "Assessment", "Claim", "Link", "Modality", "Silence", "Stance"),
    "casualties.model.estimate": ("EstimateMethod", "IntervalKind"),
    "casualties.model.facet": ("Accounted", "Presumed"),
    "casualties.model.figure": ("MAX_COUNT", "End", "Figure"),
    "casualties.model.identification": ("Identification",),
    "casualties.model.ledger": ("Total", "merge"),
    "casualties.model.period": ("PartialDate",),
    "casualties.model.registry": ("LikelySpelling", "Registry"),
    "casualties.model.report": ("Citation", "Relay", "Report"),
    "casualties.model.source": ("Source", "SourceKind"),
    "casualties.model.subject": ("AgeGroup", "Basis", "Cause", "Harm", "Sex", "Subject"),
    "casualties.model.vocabulary": ("Status", "Term", "TermKind", "Vocabulary"),
    "casualties.reconciling.blame": ("Blame", "Denial"),
    "casualties.reconciling.confidence": ("Confidence", "Level"),
    "casualties.reconciling.pairs": ("Dispute", "FindingStatus"),
    "casualties.reconciling.position": ("Fate", "Flag", "Interest", "Position"),
    "casualties.results": ("Finding", "Reconciliation"),
    "casualties.show.comparison": ("Comparison",),
    "casualties.show.explanation": ("Explanation",),
    "casualties.show.plots.plot": ("Plot",),
    "casualties.wording": ("parse_figure", "parse_statement"),
}
"""Where each name is written; those that stand in no room here are rooms."""

_HOME_OF: Final = {name: home for home, names in _HOMES.items() for name in names}
_MODULES: Final = {"tables": "casualties.files.mapped"}
"""Modules that stand here under another name than their own."""

if not TYPE_CHECKING:  # so that a name that there is not is an error for type checkers too

    def __getattr__(name: str) -> object:
        """Load a name when it is first asked for, and keep it."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        if home := _HOME_OF.get(name):
            value = getattr(import_module(home), name)
        else:
            value = import_module(_MODULES.get(name, f"casualties.{name}"))
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return [*__all__, *(name for name in globals() if name.startswith("__"))]
