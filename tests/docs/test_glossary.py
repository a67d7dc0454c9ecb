"""The glossary: one meaning and one example each, and a link where a page first uses a word."""

from __future__ import annotations

import re

import pytest
from tests.docs.test_reference import DOCS, hook

pytest.importorskip("mkdocs", reason="needs the extra docs")
HOOK = hook("words")
TEXT = (DOCS / "explanation" / "glossary.md").read_text(encoding="utf-8")
ENTRIES = dict(re.findall(r"^### ([^\n]+)\n\n(.+?)(?=\n+#|\Z)", TEXT, re.MULTILINE | re.DOTALL))


@pytest.mark.parametrize("name", ENTRIES)
def test_each_word_has_a_meaning_and_an_example(name: str) -> None:
    """An entry says what the word means, and then gives an example."""
    meaning, _, example = ENTRIES[name].partition("\n\n*Example:* ")
    assert meaning.endswith(".")
    assert example.strip().endswith((".", '."', "?"))


def test_words_of_the_field_come_first() -> None:
    """The first section holds the terms of the field, and leads with the source."""
    first = re.findall(r"^### (.+)$", TEXT.partition("## What a ledger holds")[0], re.MULTILINE)
    assert first[0] == "source"
    for name in (
        "independent source",
        "secondary source (relay)",
        "at least, at most",
        "party to the conflict",
        "alleged perpetrator",
        "how counted (documented, verified)",
    ):
        assert name in first


def test_a_word_is_linked_where_it_is_first_met() -> None:
    """The first use in running text becomes a link with the meaning as a hint; the second does not."""
    html = "<h2>Relays</h2><p>A relay &amp; a <em>relay</em>, 5 &lt; 6.</p>"
    found = HOOK.linked(html, "../explanation/glossary.html")
    assert found.count("<a ") == 1
    assert found.startswith("<h2>Relays</h2><p>A <a ")
    assert 'href="../explanation/glossary.html#secondary-source-relay"' in found
    assert 'title="Who passed a statement on' in found
    assert found.endswith(">relay</a> &amp; a <em>relay</em>, 5 &lt; 6.</p>")


def test_nothing_is_linked_in_code_links_and_headings() -> None:
    """Code, links, headings, pictures and what is not prose stay byte for byte as they were."""
    html = (
        '<h1 id="x">Codebooks</h1><pre><code>ledger</code></pre><p><a href="#y">ledger</a> <code>ledger</code><br></p>'
        '<figure><svg><text>ledger</text></svg></figure><div>ledger</div><!-- ledger --><p><img alt="ledger" /></p>'
    )
    assert HOOK.linked(html, "glossary.html") == html


def test_every_word_that_stays_without_a_link_is_one_of_the_glossary() -> None:
    """A word that the hook leaves alone is the name of an entry, or a part of one."""
    parts = {word for name in ENTRIES for word in re.split(r"[,(] ?", name.rstrip(")"))}
    assert {word.strip() for word in parts} >= HOOK.PLAIN


def test_each_printed_table_leads_to_the_page_that_explains_it() -> None:
    """Below a table stands the link; other text that a page shows has none."""
    box = '<div class="language-text highlight"><pre><span></span><code>{}\n</code></pre></div>'
    table = box.format("X\nWho was killed / who says so  Count")
    other = box.format("14 or more")
    found = HOOK.explained(table + other, "read.html")
    assert found == f'{table}<p class="explained"><a href="read.html">How to read the table</a></p>{other}'
