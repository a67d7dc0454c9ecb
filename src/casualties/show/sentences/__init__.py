"""Everything that is told in sentences: of a claim, a finding, what changed, and a whole result."""

from casualties.show.sentences.changing import ChangeSentences, headings, left_out_told
from casualties.show.sentences.explaining import explained
from casualties.show.sentences.headline import agreed, label, spread
from casualties.show.sentences.house import House
from casualties.show.sentences.printed import LENGTHS, Length, printed
from casualties.show.sentences.prose import begin
from casualties.show.sentences.saying import said
from casualties.show.sentences.sentence import Sentence, StatedNumber, short_id
from casualties.show.sentences.table import Sentences
from casualties.show.sentences.unread import cell_told

__all__ = [
    "LENGTHS",
    "ChangeSentences",
    "House",
    "Length",
    "Sentence",
    "Sentences",
    "StatedNumber",
    "agreed",
    "begin",
    "cell_told",
    "explained",
    "headings",
    "label",
    "left_out_told",
    "printed",
    "said",
    "short_id",
    "spread",
]
