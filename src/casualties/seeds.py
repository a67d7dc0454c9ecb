"""The ledgers that ship with the library: real statements about one event each.

They are found alike in a wheel and in a checkout, so that every example can use them.
How they are chosen and cited is told in ``seeds/README.md``.
"""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from casualties.errors import UnknownNameError
from casualties.files import read

if TYPE_CHECKING:
    from casualties.model.ledger import Ledger

__all__ = ["load", "names", "path"]

_INSTALLED = Path(__file__).parent / "_seeds"
_CHECKOUT = Path(__file__).parents[2] / "seeds"


def names() -> tuple[str, ...]:
    """List the seeds by name, in alphabetical order.

    Returns:
        The names that `path` and `load` take.

    Examples:
        >>> import casualties as cs
        >>> "nagorno-karabakh-2020-09-30" in cs.seeds.names()
        True
    """
    return tuple(sorted(file.stem for file in _folder().glob("*.yaml")))


def path(name: str) -> Path:
    """Tell where the file of a seed lies, to open it or to hand it to the command line.

    Args:
        name: One of `names`.

    Returns:
        The path of a YAML ledger file. It belongs to the installed library: copy it before changing it.

    Raises:
        UnknownNameError: If no seed has this name.

    Examples:
        >>> import casualties as cs
        >>> cs.seeds.path("nagorno-karabakh-2020-09-30").name
        'nagorno-karabakh-2020-09-30.yaml'
    """
    known = names()
    if name not in known:
        close = get_close_matches(str(name), known, n=3, cutoff=0.4) or known
        raise UnknownNameError(
            f"seed {name!r}: no seed has this name",
            "unknown-seed",
            f"did you mean {' or '.join(map(repr, close))}? casualties.seeds.names() lists all",
        )
    return _folder() / f"{name}.yaml"


def load(name: str) -> Ledger:
    """Read a seed.

    Args:
        name: One of `names`.

    Returns:
        The ledger, equal to what reading the file itself gives.

    Raises:
        UnknownNameError: If no seed has this name.

    Examples:
        >>> import casualties as cs
        >>> len(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        8
        >>> cs.seeds.load("ukraine-soldiers")
        Traceback (most recent call last):
        ...
        casualties.errors.UnknownNameError: seed 'ukraine-soldiers': no seed has this name
        Hint: did you mean 'ukraine-soldier-deaths-estimates'? casualties.seeds.names() lists all
    """
    return read(path(name))


def _folder() -> Path:
    """Find the seeds of this installation: beside the modules in a wheel, else those of the checkout."""
    return _INSTALLED if _INSTALLED.is_dir() else _CHECKOUT
