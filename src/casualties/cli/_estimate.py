"""The command that estimates by a published method, and says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from casualties.cli._command import DONE, BadInputError, command
from casualties.cli._ledgers import files, load, table_width, width
from casualties.errors import CasualtiesError
from casualties.estimates import METHODS, Overlaps, estimate, options_of
from casualties.files.csv import frame_text
from casualties.model.ledger import Ledger
from casualties.model.subject import FACETS

__all__ = ["run"]


@command(
    "estimate",
    "Estimate by a published method what reconciling never estimates; the answer is labelled, and is no count.",
    "casualties estimate nagorno-karabakh-2020-09-30 --method ucdp-reporting-error --about status=civilian",
)
@files
@click.option("--method", required=True, type=click.Choice(METHODS), help=f"one of {', '.join(METHODS)}")
@click.option(
    "--about",
    multiple=True,
    metavar="FACET=WORD",
    help=f"keep the claims about these people alone, given once for each of {', '.join(('harm', *FACETS))}",
)
@click.option("--level", type=float, default=0.9, show_default=True, help="the share that intervals hold")
@click.option("--seed", type=int, default=1, show_default=True, help="where random numbers begin")
@click.option(
    "--option", multiple=True, metavar="NAME=VALUE", help="a choice of the method, such as violence=state-based"
)
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "svg"]), default="table", help="how to show it (table)"
)
@width
def run(
    files: tuple[str, ...],
    input_format: str | None,
    method: str,
    about: tuple[str, ...],
    level: float,
    seed: int,
    option: tuple[str, ...],
    form: str,
    width: int | None,
) -> int:
    """Estimate and show it."""
    facets = dict(map(_pair, about))
    try:
        data = _data(files, input_format, method)
        if facets and isinstance(data, Ledger):
            data = data.about(**facets)
        result = estimate(data, method=method, level=level, seed=seed, **_options(method, option))
    except CasualtiesError as error:
        raise BadInputError([str(error)]) from error
    shown = {"table": lambda: result.to_text(table_width(width)), "csv": lambda: frame_text(result.to_frame())}
    print(result.to_svg() if form == "svg" else shown[form](), end="" if form == "svg" else "\n")
    return DONE


def _data(files: Sequence[str], input_format: str | None, method: str) -> Ledger | Overlaps:
    """Read ledgers; for overlapping lists also a table of overlaps: a column of 0 and 1 a list, and count."""
    if method == "overlapping-lists" and len(files) == 1 and files[0].endswith(".csv"):
        path = Path(files[0])
        if path.is_file() and "count" in path.read_text(encoding="utf-8-sig").partition("\n")[0].strip().split(","):
            return Overlaps.read(path)
    return load(files, input_format)


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not value:
        raise click.UsageError(f"{text!r}: write NAME=VALUE")
    return name, value


def _options(method: str, options: Sequence[str]) -> dict[str, object]:
    """Read options as they are typed, each as what the method has where it is left out.

    Examples:
        >>> _options("overlapping-lists", ["independent_ok=yes", "delta=0.5", "models=log-linear,lower-bound"])
        {'independent_ok': True, 'delta': 0.5, 'models': ('log-linear', 'lower-bound')}
    """
    known: Mapping[str, object] = options_of(method)
    values: dict[str, object] = {}
    for name, words in map(_pair, options):
        default = known.get(name, "")
        try:
            if isinstance(default, bool):
                values[name] = {"yes": True, "no": False}[words]
            elif isinstance(default, tuple):
                values[name] = tuple(words.split(","))
            elif isinstance(default, int):
                values[name] = int(words)
            elif isinstance(default, float):
                values[name] = float(words)
            elif default is None:
                numbers = tuple(float(word) for word in words.split(","))
                values[name] = numbers if len(numbers) > 1 else numbers[0]  # pyright: ignore[reportGeneralTypeIssues] - not empty here
            else:
                values[name] = words
        except (KeyError, ValueError) as error:
            kind = "yes or no" if isinstance(default, bool) else "a number"
            raise click.UsageError(f"{name}={words}: {name} takes {kind}") from error
    return values
