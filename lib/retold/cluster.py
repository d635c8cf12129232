"""Do one thing to many parts of the data: here, or on the workers of a Dask cluster."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

Part = TypeVar("Part")
Result = TypeVar("Result")


def spread(run: Callable[[Part], Result], parts: Sequence[Part], *, client: Any = None) -> list[Result]:
    """Return what a function makes of each part, in order; the parts must not depend on each other.

    Args:
        run: a function of a module, without a state of its own.
        parts: what each run is given; on a cluster, what each is sent.
        client: a ``distributed.Client`` whose workers do it; without one it is done here, one by one.
    """
    if client is None or not parts:
        return [run(part) for part in parts]
    return list(client.gather(client.map(run, client.scatter(list(parts)))))
