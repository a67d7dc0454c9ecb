"""The schemas say of real files what reading them says."""

from __future__ import annotations

import json

import jsonschema
import pytest
import yaml

import casualties as cs
from casualties import files


def problems(kind: str, document: object) -> list[str]:
    """List what a schema finds wrong in a document."""
    validator = jsonschema.Draft202012Validator(files.schema(kind))
    return [error.message for error in validator.iter_errors(document)]


def plainly_read(text: str) -> object:
    """Read YAML as an editor does, but with dates as text."""

    class Loader(yaml.SafeLoader):
        pass

    Loader.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in found if not tag.endswith(":timestamp")]
        for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    return yaml.load(text, Loader)  # noqa: S506 - a safe loader without dates


@pytest.mark.parametrize("kind", ["yaml", "json"])
def test_schema_is_a_schema(kind: str) -> None:
    """Each schema keeps the rules of its own dialect."""
    jsonschema.Draft202012Validator.check_schema(files.schema(kind))


@pytest.mark.parametrize("name", cs.seeds.names())
def test_seeds_keep_the_schema_of_the_written_file(name: str) -> None:
    """The files that ship, as written by hand and as written by us, keep the schema."""
    assert problems("yaml", plainly_read(cs.seeds.path(name).read_text(encoding="utf-8"))) == []
    assert problems("yaml", plainly_read(files.yaml.dumps(cs.seeds.load(name)))) == []


@pytest.mark.parametrize("name", cs.seeds.names())
def test_seeds_keep_the_schema_of_the_canonical_form(name: str) -> None:
    """What we write as JSON keeps the schema."""
    assert problems("json", json.loads(files.json.dumps(cs.seeds.load(name)))) == []


@pytest.mark.parametrize(
    ("kind", "document"),
    [
        ("yaml", {"claims": []}),
        ("yaml", {"casualties": 1, "claimz": []}),
        ("yaml", {"casualties": 1, "sources": {"a": {"kind": "paper"}}}),
        ("yaml", {"casualties": 1, "claims": [{"source": "a", "killed": {"low": -1}}]}),
        ("yaml", {"casualties": 1, "claims": [{"source": "a", "killed": False}]}),
        ("json", {"casualties": 1, "claims": [{"source": "a"}]}),
        ("json", {"casualties": 1, "claims": [{"source": "a", "subject": {"harm": "killed"}}]}),
    ],
)
def test_schema_finds_what_is_wrong(kind: str, document: object) -> None:
    """A schema refuses what the reader refuses."""
    assert problems(kind, document)


def test_unknown_schema_is_said() -> None:
    """A schema of no format is an error that lists those there are."""
    with pytest.raises(cs.errors.UnknownNameError, match="one of json, yaml"):
        files.schema("csv")
