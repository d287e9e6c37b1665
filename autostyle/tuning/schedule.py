"""Which method gets the next trial."""

from __future__ import annotations

from collections.abc import Sequence

from autostyle.tuning.ledger import Slot

RULE = (
    "the first method gets at least half of the trials and the others share the rest evenly; "
    "the next trial goes to the method that has used the least time so far"
)


def shares(methods: Sequence[str], total: int) -> dict[str, int]:
    """method -> trials that are set apart for it; together ``total``. The first may use what others leave."""
    others = (total // 2) // max(len(methods) - 1, 1)
    each = dict.fromkeys(methods[1:], others)
    return {methods[0]: total - sum(each.values()), **each}


def next_method(methods: Sequence[str], total: int, slots: Sequence[Slot]) -> str | None:
    """The method of the next trial under :data:`RULE`, or None when the budget is spent.

    Trials already waiting in a method's queue are slots of their own and are taken before new ones. A run counts once,
    however many points it has.

    Args:
        methods: of the plan, in its order.
        total: runs of the whole study.
        slots: all slots so far, waiting ones too.
    """
    runs = [slot for slot in slots if slot.leads and (slot.started or slot.method in methods)]
    if sum(slot.started for slot in runs) >= total:
        return None
    room = len(runs) < total
    limits = {**shares(methods, total), methods[0]: total}

    def eligible(method: str) -> bool:
        mine = [slot for slot in runs if slot.method == method]
        return any(not slot.started for slot in mine) or (room and len(mine) < limits[method])

    def used(method: str) -> float:
        return sum(slot.seconds for slot in slots if slot.method == method)

    return min(filter(eligible, methods), key=used, default=None)
