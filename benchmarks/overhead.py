"""What the tuner adds to stylizing and scoring: everything else a study's wall time goes to, start-up included."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from autostyle.brief import Budget
from autostyle.plan import Choice, MethodPlan, Plan
from autostyle.tuning.runner import tune
from benchmarks.common import EXAMPLES, report


def study(method: str) -> dict[str, object]:
    """One study of ``method`` at its default size and budget; the final render counts as stylizing."""
    budget = Budget()
    plan = Plan(
        study=f"overhead-{method}",
        content=EXAMPLES / "content" / "astronaut.jpg",
        styles=(EXAMPLES / "styles" / "swirling-night-12.jpg",),
        methods=(MethodPlan(name=method),),
        choice=Choice(method=method),
        budget=budget,
        final_size=384,
    )
    rendering = 0.0
    last: tuple[str, float] | None = None

    def watch(event: object) -> None:
        nonlocal rendering, last
        now = time.perf_counter()
        if last is not None and last[0] == "Rendering":
            rendering += now - last[1]
        last = (type(event).__name__, now)

    with tempfile.TemporaryDirectory() as home:
        started = time.perf_counter()
        record = tune(plan, Path(home), offline=True, device="cpu", on_event=watch)
        wall = time.perf_counter() - started
    useful = sum(
        seconds
        for trial in record.trials
        for part, seconds in trial.seconds_by.items()
        if part in ("run", "score", "prepare")
    )
    overhead = wall - useful - rendering
    return {
        "trials": budget.trials,
        "wall_seconds": wall,
        "stylizing_and_scoring_seconds": useful,
        "final_render_seconds": rendering,
        "overhead_share": overhead / wall,
        "overhead_ms_a_trial": 1000 * overhead / budget.trials,
        "between_trials_ms": 1000
        * sum(t.seconds - sum(t.seconds_by.get(p, 0.0) for p in ("run", "score", "prepare")) for t in record.trials)
        / budget.trials,
    }


def main() -> None:
    gatys, adain = study("gatys"), study("adain")
    report(
        "overhead",
        {"gatys": gatys, "gatys_wanted": "share <= 0.05", "adain": adain, "adain_wanted": "<= 150 ms a trial"},
    )


if __name__ == "__main__":
    main()
