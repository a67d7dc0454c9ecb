"""Everything that is told in sentences: of a claim, a finding, what changed, and a whole result."""

from casualties.show.sentences.explaining import explained
from casualties.show.sentences.headline import agreed, label, spread
from casualties.show.sentences.house import House
from casualties.show.sentences.printed import LENGTHS, Length, printed
from casualties.show.sentences.saying import said
from casualties.show.sentences.sentence import Sentence, StatedNumber, short_id
from casualties.show.sentences.table import Sentences

__all__ = [
    "LENGTHS",
    "House",
    "Length",
    "Sentence",
    "Sentences",
    "StatedNumber",
    "agreed",
    "explained",
    "label",
    "printed",
    "said",
    "short_id",
    "spread",
]
