"""Reading and writing by the format that the name of a file says, or that is asked for."""

from __future__ import annotations

import inspect
from functools import cache
from importlib.metadata import entry_points
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from casualties.errors import ModelError, UnknownNameError
from casualties.files import (
    acled,
    bibliography,
    csv,
    excel,
    hxl,
    json,
    parquet,
    prov,
    ucdp,
    wikidata,
    wikipedia,
    yaml,
)
from casualties.files._results import RESULTS, write_result
from casualties.files.disk import Readable, Writable, name_of
from casualties.files.frame import Frame, is_frame, read_frame
from casualties.files.loss import Format, LeftOut
from casualties.model.ledger import Ledger
from casualties.results import Reconciliation, reconcile

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["format_of", "load", "names", "read", "write"]

GROUP: Final = "casualties.files"
"""The group of entry points under which other packages offer formats."""

BUILT_IN: Final = (
    yaml.FORMAT,
    json.FORMAT,
    csv.FORMAT,
    excel.FORMAT,
    parquet.FORMAT,
    prov.JSON,
    prov.TURTLE,
    hxl.FORMAT,
    wikidata.FORMAT,
    wikipedia.TABLE,
    wikipedia.INFOBOX,
    ucdp.FORMAT,
    acled.FORMAT,
    bibliography.BIBTEX,
    bibliography.CSL_JSON,
)
"""The formats of this library, in the order in which they are described."""


@cache
def _formats() -> Mapping[str, Format]:
    """Give all formats by name; those of this library cannot be replaced by others."""
    offered = sorted(entry_points(group=GROUP), key=lambda each: (each.name, each.value))
    found = {each.name: each.load() for each in reversed(offered)}
    return found | {form.name: form for form in BUILT_IN}


def names() -> tuple[str, ...]:
    """List the formats by name, those of other packages included.

    Examples:
        >>> from casualties import files
        >>> [name for name in files.names() if name in ("csv", "json", "yaml")]
        ['csv', 'json', 'yaml']
    """
    return tuple(sorted(_formats()))


def load(name: str) -> Format:
    """Give a format by name, with its table of what it keeps.

    Raises:
        UnknownNameError: If no format has the name.

    Examples:
        >>> from casualties import files
        >>> print(files.load("hxl").keeps[files.Part.TITLES].grade)
        cannot be said
    """
    known = _formats()
    if not isinstance(name, str):
        kind = f"a {type(name).__name__}"
        raise UnknownNameError(f"format: {kind} is no name", "unknown-format", f"one of {', '.join(sorted(known))}")
    if name not in known:
        listed = ", ".join(sorted(known))
        raise UnknownNameError(f"format {name!r}: there is none of this name", "unknown-format", f"one of {listed}")
    return known[name]


def read(source: Readable | Frame, *, format: str | None = None) -> Ledger:  # noqa: A002 - the word that people expect
    """Read a ledger from a file.

    Args:
        source: A path, a file opened for text or bytes, or a frame of claims as `claims_frame` gives it.
        format: One of `names`; needed only where the name of the file does not end as files of a format do.

    Returns:
        The ledger.

    Raises:
        LedgerFileError: If the file holds no readable ledger: every problem at once, and nothing loaded.
        UnknownNameError: If no format has the name, none is given and the name of the file says none, or the format
            is only written.
        MissingExtraError: If the format needs a package that is not installed.

    Examples:
        >>> import io, casualties as cs
        >>> len(cs.read(io.StringIO("casualties: 1"), format="yaml"))
        0
    """
    if is_frame(source):
        return read_frame(source)
    form = format_of(source, format, "--input-format")
    if form.read is None:
        readable = ", ".join(name for name in names() if load(name).read)
        raise UnknownNameError(
            f"format {form.name!r}: it is written and never read", "unreadable-format", f"one of {readable}"
        )
    return form.read(source)


def write(
    given: Ledger | Reconciliation,
    target: Writable,
    *,
    format: str | None = None,  # noqa: A002 - the word that people expect
    **options: object,
) -> tuple[LeftOut, ...]:
    """Write a ledger, or what its claims say together, to a file: whole, or not at all.

    Equal ledgers write equal bytes.  A file that is there is replaced in one step, and stays as it was if that fails.

    Args:
        given: What to write.  Formats that hold findings take a reconciliation, or a ledger, which is then
            reconciled as it is; all others take a ledger, and csv, excel, json and parquet a reconciliation too: its
            findings, which are read as no ledger.
        target: A path, or a file opened for text or bytes.
        format: One of `names`; needed only where the name of the file does not end as files of a format do.
        options: Choices that the format leaves open, such as ``items=`` for Wikidata; its page lists them.

    Returns:
        What the format could not carry; empty where it carries everything.

    Raises:
        LedgerFileError: If the file cannot be written.
        UnknownNameError: If no format has the name, none is given and the name of the file says none, or the format
            has no such option.
        ModelError: If a reconciliation is given to a format that holds ledgers.
        MissingExtraError: If the format needs a package that is not installed.

    Examples:
        >>> import io, casualties as cs
        >>> cs.write(cs.seeds.load("nagorno-karabakh-2020-09-30"), io.StringIO(), format="json")
        ()
    """
    form = format_of(target, format, "--output-format")
    parameters = inspect.signature(form.write).parameters.values()
    if not any(parameter.kind is parameter.VAR_KEYWORD for parameter in parameters):
        known = [parameter.name for parameter in parameters if parameter.kind is parameter.KEYWORD_ONLY]
        if strange := sorted(set(options) - set(known)):
            hint = f"one of {', '.join(known)}" if known else "it takes none"
            raise UnknownNameError(f"format {form.name!r}: it has no option {strange[0]!r}", "unknown-option", hint)
    if form.reconciles:
        given = reconcile(given) if isinstance(given, Ledger) else given
    elif isinstance(given, Reconciliation):
        if form.name in RESULTS and not options:
            write_result(given, target, form.name)
            return ()
        raise ModelError(
            f"format {form.name!r}: it holds ledgers, and no reconciliation",
            "not-a-ledger",
            "give result.ledger, which holds every claim that was known",
        )
    return form.write(given, target, **options)


def format_of(given: Readable | Writable, name: str | None, typed: str) -> Format:
    """Give the format that is asked for, or that the name of a file says.

    Args:
        given: The file.
        name: The name of a format; ``None`` where the name of the file is to say it.
        typed: The option of the command line by which people name it.

    Raises:
        UnknownNameError: If no format has the name, or the name of the file says none.

    Examples:
        >>> format_of("ledger.yaml", None, "--input-format").name
        'yaml'
    """
    if name is not None:
        return load(name)
    file = PurePath(name_of(given)).name.lower()
    fitting = [(len(suffix), form) for form in _formats().values() for suffix in form.suffixes if file.endswith(suffix)]
    if fitting:
        return max(fitting, key=lambda each: each[0])[1]
    raise UnknownNameError(
        f"file {name_of(given)!r}: its name does not say its format",
        "unknown-format",
        f"give format=, on the command line {typed}: one of {', '.join(names())}",
    )
