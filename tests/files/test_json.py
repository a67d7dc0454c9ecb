"""The canonical form: exact, the same bytes for equal ledgers, and strict about what it reads."""

from __future__ import annotations

import io
from functools import partial

import pytest
from tests import builders

import casualties as cs
from casualties.files import json

ID = "c1-52e0825aa4910b827e8d"
"""The identity of the claim that Azerbaijan is silent about the killed, worked out by hand from its rule."""

CLAIM = f'{{"id": "{ID}", "source": "azerbaijan", "stance": "silent", "subject": {{"harm": ["killed"]}}}}'


problems = partial(builders.problems, json.loads)


def test_document_as_written() -> None:
    """A document is one record a line, with sorted keys, in UTF-8, with a newline at its end."""
    text = f'{{"casualties": 1, "claims": [{CLAIM}], "sources": [{{"names": ["Azərbaycan"], "key": "azerbaijan"}}]}}'
    ledger = json.loads(text)
    out = io.BytesIO()
    assert json.write(ledger, out) == ()
    assert out.getvalue().decode() == (
        '{"casualties": 1,\n"claims": [\n'
        f'{{"id": "{ID}", "source": "azerbaijan", "stance": "silent", "subject": {{"harm": ["killed"]}}}}\n],\n'
        '"sources": [\n{"key": "azerbaijan", "names": ["Azərbaycan"]}\n]}\n'
    )


def test_every_seed_is_kept() -> None:
    """What ships is read back equal."""
    for name in cs.seeds.names():
        ledger = cs.seeds.load(name)
        assert json.loads(json.dumps(ledger)) == ledger


def test_an_absent_ceiling_may_be_left_out_or_null() -> None:
    """A figure without a ceiling is written without high."""
    claim = '{"source": "a", "subject": {"harm": ["killed"]}, "figure": {"low": 81%s}}'
    texts = [
        f'{{"casualties": 1, "sources": [{{"key": "a"}}], "claims": [{claim % high}]}}'
        for high in ("", ', "high": null')
    ]
    ledgers = [json.loads(text) for text in texts]
    assert ledgers[0] == ledgers[1]
    assert next(iter(ledgers[0])).figure == cs.Figure.at_least(81)


def claim(fields: str) -> str:
    """Give a document with one claim."""
    return f'{{"casualties": 1, "sources": [{{"key": "a"}}], "claims": [{{"source": "a", {fields}}}]}}'


SUBJECT = '"subject": {"harm": ["killed"]}'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "line 1, column 1: this is not JSON"),
        ('{"casualties": 1,\n x}', "line 2, column 2: this is not JSON"),
        ("[" * 100_000, "$: it is nested too deep"),
        ("[1]", "$: this is no ledger"),
        ("{}", "$.casualties: format None: there is none of this number (write 1)"),
        ('{"casualties": true}', "$.casualties: format True: there is none"),
        ('{"casualties": 1.0}', "$.casualties: format 1.0: there is none"),
        ('{"casualties": 2, "new": {}}', "$.casualties: format 2 is newer than 1"),
        ('{"casualties": 1, "claimz": []}', "$.claimz: unknown part 'claimz' (did you mean 'claims'?)"),
        ('{"casualties": 1, "claims": {}}', "$.claims: {} is not a list"),
        ('{"casualties": 1, "claims": [3]}', "$.claims[0]: 3 is not an object"),
        ('{"casualties": 1, "titles": [3]}', "$.titles[0]: 3 is not a text"),
        ('{"casualties": 1, "titles": [" "]}', "$.titles[0]: text '': it is empty"),
        ('{"casualties": 1, "titles": ["\\ud800"]}', "$.titles[0]: text "),
        ('{"casualties": 1, "\\ud800": []}', "$.\\ud800: unknown part"),
        ('{"casualties": 1, "casualties": 1}', "$: 'casualties' stands there twice"),
        ('{"casualties": 1, "sources": [{"key": "a", "key": "b"}]}', "$.sources[0]: 'key' stands there twice"),
        ('{"casualties": 1, "apart": ["side"]}', "$: facet 'side' cannot be declared apart"),
        ('{"casualties": 1, "sources": [{"key": "a", "under": "a"}]}', "$: source 'a' under 'a': a circle"),
        (f'{{"casualties": 1, "claims": [{CLAIM}]}}', "$: source 'azerbaijan' is not among the sources"),
        (
            claim(f'"id": "{ID}", "stance": "silent", {SUBJECT}'),
            f"$.claims[0].id: the id is '{ID}', but the content is that of c1-",
        ),
        (claim(f'{SUBJECT}, "figure": {{"low": true}}'), "$.claims[0].figure.low: "),
        (claim(f'{SUBJECT}, "figure": {{"low": 9.0}}'), "$.claims[0].figure.low: "),
        (claim(f'{SUBJECT}, "figure": {{"low": "9"}}'), "$.claims[0].figure.low: "),
        (claim(f'{SUBJECT}, "figure": {{"low": NaN}}'), "$.claims[0].figure.low: "),
        (claim(f'{SUBJECT}, "figure": {{"low": {"9" * 5000}}}'), "$.claims[0].figure.low: "),
        (claim(f'{SUBJECT}, "figure": {{"low": 5, "high": 3}}'), "$.claims[0].figure: "),
        (claim(f'{SUBJECT}, "stated": 2020'), "$.claims[0].stated: date 2020: a int is not a date"),
        (claim('"subject": {"harm": ["killed"], "self": 1}, "stance": "silent"'), "$.claims[0].subject.self: "),
        (claim(f'{SUBJECT}, "self": 1, "stance": "silent"'), "$.claims[0].self: "),
        (claim(SUBJECT), "$.claims[0]: claim by 'a' on killed: it states no figure"),
    ],
)
def test_what_is_wrong_has_its_path(text: str, told: str) -> None:
    """Every mistake is told with its path in the document and the value."""
    found = problems(text)
    assert any(problem.startswith(told) for problem in found), found


def test_all_problems_come_at_once() -> None:
    """One reading tells everything, up to a thousand."""
    assert len(problems('{"casualties": 1, "titles": [1, 2], "claims": [3]}')) == 3
    assert len(problems(f'{{"casualties": 1, "titles": [{", ".join("1" * 3000)}]}}')) == 1000
