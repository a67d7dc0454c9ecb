"""The page of languages: its tables are made of the phrases that the tests read."""

from __future__ import annotations

from pathlib import Path

from casualties.wording.lexicons import load

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "reference" / "languages.md"
PHRASES = ROOT / "tests" / "wording" / "languages"
KINDS = {"bounds": "Bounds", "approximations": "Approximations", "vague": "Vague words", "nouns": "With nouns"}
HEAD = """---
description: Every phrase that is read as a figure, language by language, with the range that it stands for.
---

# Words in other languages

Name the lexicon of a language, and its words are read: `parse_figure("11 o más", lexicon="es")`.
Without it they are refused, and the error names the lexicon that would read them.

Each language is one file of words, `wording/languages/es.toml` for Spanish, which a speaker can read and mend.
It holds number words, bounds, vague words, silence, nouns for people, words of harm, months, and the marks in numbers.
The figures of vague words are those of the default lexicon, whatever the language.
The phrases below are read in the tests.
"""


def page() -> str:
    """Make the page anew."""
    parts = [HEAD]
    for path in sorted(PHRASES.glob("*.txt"), key=lambda each: load(each.stem).title):
        lines = [line.split("|") for line in path.read_text(encoding="utf-8").splitlines()]
        parts.append(f'## {load(path.stem).title}: `lexicon="{path.stem}"`\n')
        for kind, title in KINDS.items():
            rows = "\n".join(f"| {words} | {figure} |" for each, words, figure in lines if each == kind)
            parts.append(f"| {title} | Figure |\n|---|---|\n{rows}\n")
    return "\n".join(parts)


def test_tables_are_made_of_the_phrases() -> None:
    """The page holds every phrase with its figure; write it anew with `PAGE.write_text(page())`."""
    assert PAGE.read_text(encoding="utf-8") == page()
