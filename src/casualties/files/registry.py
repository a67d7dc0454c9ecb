"""Reading and writing by the format that the name of a file says, or that is asked for."""

from __future__ import annotations

import inspect
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import PurePath
from typing import TYPE_CHECKING, Final, TypeVar

from casualties.errors import CasualtiesError, ModelError, UnknownNameError
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
    from collections.abc import Callable, Mapping

__all__ = ["format_of", "load", "names", "read", "write"]

_T = TypeVar("_T")

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


_OWN: Final = {form.name: form for form in BUILT_IN}
_MEND: Final = "mend or remove the package that offers it"


@cache
def _offered() -> Mapping[str, EntryPoint]:
    """Give what other packages offer, by name; the names of this library cannot be taken."""
    offered = sorted(entry_points(group=GROUP), key=lambda entry_point: (entry_point.name, entry_point.value))
    return {entry_point.name: entry_point for entry_point in reversed(offered) if entry_point.name not in _OWN}


@cache
def _loaded(name: str) -> Format:
    """Give a format that has a name; one of another package is loaded only when it is asked for."""
    if name in _OWN:
        return _OWN[name]
    point = _offered()[name]
    try:
        form = point.load()
    except Exception as error:
        message = f"format {name!r}: {point.value} cannot be loaded, {type(error).__name__}: {error}"
        raise ModelError(message, "bad-format", _MEND) from error
    if not isinstance(form, Format) or not callable(form.write) or not (form.read is None or callable(form.read)):
        raise ModelError(f"format {name!r}: {point.value} is no Format", "bad-format", "name a Format there")
    endings = form.suffixes
    if not isinstance(endings, tuple) or not all(isinstance(ending, str) and ending[:1] == "." for ending in endings):
        raise ModelError(
            f"format {name!r}: its endings {endings!r} are no tuple of endings such as '.xml'", "bad-format"
        )
    return form


def _by(form: Format, work: Callable[[], _T], kind: type, noun: str) -> _T:
    """Do what a format does; what another package raises, or gives instead, becomes an error that names its format."""
    if any(form is own for own in BUILT_IN):
        return work()
    try:
        result = work()
    except CasualtiesError:
        raise
    except Exception as error:
        raise ModelError(f"format {form.name!r}: {type(error).__name__}: {error}", "bad-format", _MEND) from error
    if not isinstance(result, kind):
        message = f"format {form.name!r}: it gave a {type(result).__name__}, and no {noun}"
        raise ModelError(message, "bad-format", _MEND)
    return result


def names() -> tuple[str, ...]:
    """List the formats by name, those of other packages included.

    Examples:
        >>> from casualties import files
        >>> [name for name in files.names() if name in ("csv", "json", "yaml")]
        ['csv', 'json', 'yaml']
    """
    return tuple(sorted({*_OWN, *_offered()}))


def load(name: str) -> Format:
    """Give a format by name, with its table of what it keeps.

    Raises:
        UnknownNameError: If no format has the name.
        ModelError: If another package offers it, and it cannot be loaded or is none.

    Examples:
        >>> from casualties import files
        >>> print(files.load("hxl").keeps[files.Part.TITLES].grade)
        cannot be said
    """
    if not isinstance(name, str):
        kind = f"a {type(name).__name__}"
        raise UnknownNameError(f"format: {kind} is no name", "unknown-format", f"one of {', '.join(names())}")
    if name not in names():
        listed = ", ".join(names())
        raise UnknownNameError(f"format {name!r}: there is none of this name", "unknown-format", f"one of {listed}")
    return _loaded(name)


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
    form = format_of(source, format, "--input-format", packed=True)
    if form.read is None:
        readable = ", ".join(sorted(name for name, own in _OWN.items() if own.read))
        raise UnknownNameError(
            f"format {form.name!r}: it is written and never read", "unreadable-format", f"one of {readable}"
        )
    reading = form.read
    return _by(form, lambda: reading(source), Ledger, "ledger")


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
    return _by(form, lambda: form.write(given, target, **options), tuple, "list of what it left out")


def format_of(given: Readable | Writable, name: str | None, typed: str, *, packed: bool = False) -> Format:
    """Give the format that is asked for, or that the name of a file says.

    Args:
        given: The file.
        name: The name of a format; ``None`` where the name of the file is to say it.
        typed: The option of the command line by which people name it.
        packed: Whether it may be packed by gzip, and its name end in ``.gz`` behind the ending that says the format.

    Raises:
        UnknownNameError: If no format has the name, or the name of the file says none.

    Examples:
        >>> format_of("ledger.yaml", None, "--input-format").name
        'yaml'
    """
    if name is not None:
        return load(name)
    file = PurePath(name_of(given)).name.lower()
    file = file.removesuffix(".gz") if packed else file
    broken: list[ModelError] = []
    fitting: list[tuple[int, Format]] = []
    for candidate in (*_OWN, *_offered()):  # of endings of one length ours is taken
        try:
            form = _loaded(candidate)
        except ModelError as error:
            broken.append(error)
        else:
            fitting += [(len(suffix), form) for suffix in form.suffixes if file.endswith(suffix)]
    if fitting:
        return max(fitting, key=lambda fit: fit[0])[1]
    if broken:  # perhaps the file is of this one
        raise broken[0]
    raise UnknownNameError(
        f"file {name_of(given)!r}: its name does not say its format",
        "unknown-format",
        f"give format=, on the command line {typed}: one of {', '.join(names())}",
    )
