"""Estimates by name: each method is one published paper, and its answer is never a count."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Final

from casualties.errors import EstimateError, MissingExtraError, UnknownNameError
from casualties.model.ledger import Ledger

if TYPE_CHECKING:
    from casualties.estimates.overlaps import Overlaps
    from casualties.estimates.result import Estimate

__all__ = ["METHODS", "estimate", "options_of"]

METHODS: Final = ("ucdp-reporting-error", "overlapping-lists", "reporting-bias", "pool")
"""The names of the methods; each is the function of that name in the module of that name."""


def estimate(data: Ledger | Overlaps, *, method: str, seed: int = 1, level: float = 0.9, **options: object) -> Estimate:
    """Estimate by a published method what reconciling never estimates.

    The answer names the claims that it rests on and those that it leaves out.  It enters no figure, no range and no
    codebook.  One independent source counts once, the order of claims changes nothing, and a seed gives the same bytes.

    Args:
        data: A ledger; for overlapping-lists also a table of overlaps.
        method: One of `METHODS`.
        seed: Where random numbers begin.
        level: The share of the probability that the intervals hold, such as 0.9.
        options: What the method asks for besides; see its page.

    Raises:
        EstimateError: If the method cannot estimate from these claims; ``reason`` is a code of `Caution`.
        MissingExtraError: If the extra ``estimate`` is not installed.
        UnknownNameError: If there is no method, or no option, of a name.

    Examples:
        >>> import casualties as cs
        >>> cs.estimate(cs.seeds.load("nagorno-karabakh-2020-09-30"), method="guess")
        Traceback (most recent call last):
        ...
        casualties.errors.UnknownNameError: method 'guess': there is none of this name
        Hint: one of ucdp-reporting-error, overlapping-lists, reporting-bias, pool
    """
    function = _function(method)
    if not 0 < level < 1:
        raise EstimateError(f"level {level}: no share of a probability", "bad-level", "such as 0.9")
    known = options_of(method)
    if unknown := sorted(set(options) - set(known)):
        raise UnknownNameError(
            f"option {unknown[0]!r}: {method} has none of this name",
            "unknown-option",
            f"one of {', '.join(sorted(known))}",
        )
    if not isinstance(data, Ledger) and method != "overlapping-lists":
        raise EstimateError(f"{method}: it estimates from a ledger", "no-ledger", "give a ledger")
    return function(data, seed=seed, level=level, **options)


def options_of(method: str) -> Mapping[str, object]:
    """Give the options of a method with the values that they have where they are left out.

    Examples:
        >>> dict(options_of("pool"))
        {'seed': 1, 'level': 0.9, 'rule': 'linear', 'ranges_hold': 0.9, 'earlier_ok': False}
    """
    return dict(_function(method).__kwdefaults__ or {})


def _function(method: str) -> Callable[..., Estimate]:
    """Load a method, and with it what it reckons with."""
    if method not in METHODS:
        raise UnknownNameError(
            f"method {method!r}: there is none of this name", "unknown-method", f"one of {', '.join(METHODS)}"
        )
    noun = method.replace("-", "_")
    try:
        module = import_module(f"casualties.estimates.{noun}")
    except ImportError as error:
        raise MissingExtraError("casualties.estimates", "scipy", "estimate") from error
    function: Callable[..., Estimate] = getattr(module, noun)
    return function
