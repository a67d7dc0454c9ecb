"""From cited words back to the text: whether documents hold what they are cited for."""

from casualties.drafting.citations import CitationCheck, CitationChecks, Verdict, check_citations
from casualties.drafting.words import Words, load_words

__all__ = ["CitationCheck", "CitationChecks", "Verdict", "Words", "check_citations", "load_words"]
