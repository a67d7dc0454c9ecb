"""Groups of events over several lists, which hold no two rows of one list."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

__all__ = ["grouped"]


def grouped(
    pairs: Iterable[tuple[float, int, int]], owner: Sequence[int], apart: Collection[tuple[int, int]] = ()
) -> tuple[list[list[int]], list[tuple[float, int, int]]]:
    """Join pairs to groups, the most probable first; what would put two rows of one list together is left out.

    Args:
        pairs: The probability of each pair, and the numbers of its two events over all lists.
        owner: The list of each event.
        apart: Pairs that are said to be different, the smaller number first; no group holds one.

    Returns:
        The groups, and the pairs that joined them.
    """
    refused: dict[int, set[int]] = {}
    for one, other in apart:
        refused.setdefault(one, set()).add(other)
        refused.setdefault(other, set()).add(one)
    joining = []
    root: dict[int, int] = {}
    members: dict[int, list[int]] = {}

    def find(event: int) -> int:
        while (above := root.setdefault(event, event)) != event:
            root[event] = root[above]
            event = above
        return event

    for pair in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        _, one, other = pair
        a, b = sorted((find(one), find(other)))
        here, there = members.get(a, [a]), members.get(b, [b])
        if a == b or {owner[member] for member in here} & {owner[member] for member in there}:
            continue
        if any(not refused[member].isdisjoint(there) for member in here if member in refused):
            continue
        root[b] = a
        members[a] = sorted([*here, *there])
        joining.append(pair)
    return sorted(places for head, places in members.items() if root[head] == head), joining
