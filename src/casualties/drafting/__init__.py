"""From a text to proposed claims, and from cited words back to the text: what a person decides on."""

from casualties.drafting.citations import CitationCheck, CitationChecks, Verdict, check_citations
from casualties.drafting.draft import MAX_DRAFT, Draft, draft
from casualties.drafting.proposal import Doubt, Proposal
from casualties.drafting.words import Words, load_words

__all__ = [
    "MAX_DRAFT",
    "CitationCheck",
    "CitationChecks",
    "Doubt",
    "Draft",
    "Proposal",
    "Verdict",
    "Words",
    "check_citations",
    "draft",
    "load_words",
]
