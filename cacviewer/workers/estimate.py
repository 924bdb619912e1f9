"""How long a job will still take."""

from __future__ import annotations

MIN_FRACTION = 0.03
"""Below this the speed so far says nothing."""


def seconds_left(elapsed_s: float, fraction: float, typical_s: float | None = None) -> float | None:
    """Estimates the rest of a job from its own speed and from the last job of its name.

    Args:
        elapsed_s: Time since the job was sent.
        fraction: Part of it that is done, 0..1.
        typical_s: How long the last one took; None if there was none.

    Returns:
        Seconds, None while nothing is known.
    """
    if fraction >= 1.0:
        return 0.0
    by_speed = elapsed_s * (1.0 - fraction) / fraction if fraction >= MIN_FRACTION else None
    if typical_s is None:
        return by_speed
    by_habit = max(typical_s - elapsed_s, 0.0)
    if by_speed is None:
        return by_habit
    # the further it is, the more its own speed counts
    return (1.0 - fraction) * by_habit + fraction * by_speed
