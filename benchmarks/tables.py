"""Tables of real trials: what searches are replayed on without painting every picture again.

    python -m benchmarks.tables [--seconds 110]

goes on with ``results/trials-gatys-128.csv`` until every pair has its rows or the time is spent. Even rows are drawn at
random over the whole space, odd ones by TPE from all rows before, so that the table is dense where a search looks.
"""

from __future__ import annotations

import argparse
import csv
import time
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any

import optuna

from autostyle.codecs.image import load_image
from autostyle.methods import registry
from autostyle.methods.contract import ImageInputs, Pixels, Style
from autostyle.methods.params import Value
from autostyle.plan import MethodPlan
from autostyle.scoring.scorer import ImageScorer
from autostyle.tuning import sampler
from autostyle.tuning.search_space import SearchSpace, space, starts
from autostyle.vision.weights import Weights
from benchmarks.common import EXAMPLES

TABLE = Path(__file__).parent / "results" / "trials-gatys-128.csv"
METHOD, SIZE, STEPS, ROWS = "gatys", 128, 12, 150
PLAN = MethodPlan(name=METHOD, fixed={"steps": STEPS})
PAIRS = (
    "astronaut/mosaic-wave-1",
    "chelsea/rainy-city-5",
    "coffee/stained-glass-0",
    "chelsea/swirling-night-12",
    "astronaut/woodcut-wave-0",
)
"""content/style among the examples."""


@dataclass(frozen=True)
class Row:
    """One trial: the searched parameters, the anchored scores."""

    pair: str
    origin: str
    params: dict[str, Value]
    style: float
    content: float
    seconds: float


def searched() -> SearchSpace:
    """The space of the table."""
    return space(registry.find_built(METHOD), PLAN).single


def read(table: Path = TABLE) -> list[Row]:
    """The rows recorded so far."""
    if not table.is_file():
        return []
    infos = registry.params(METHOD).info()
    kinds = {name: str if infos[name].type == "choice" else float for name in searched().searched}
    with table.open(newline="") as file:
        return [
            Row(
                row["pair"],
                row["origin"],
                {name: kind(row[name]) for name, kind in kinds.items()},
                float(row["style"]),
                float(row["content"]),
                float(row["seconds"]),
            )
            for row in csv.DictReader(file)
        ]


def append(row: Row, table: Path = TABLE) -> None:
    """Write one more row."""
    fresh = not table.is_file()
    with table.open("a", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        if fresh:
            writer.writerow(["pair", "origin", *row.params, "style", "content", "seconds"])
        numbers = [f"{v:.6g}" if isinstance(v, float) else v for v in row.params.values()]
        scores = [f"{row.style:.5f}", f"{row.content:.5f}", f"{row.seconds:.2f}"]
        writer.writerow([row.pair, row.origin, *numbers, *scores])


def pictures(pair: str) -> tuple[Pixels, Pixels]:
    """Content and style of a pair."""
    content, style = pair.split("/")
    folders = EXAMPLES / "content", EXAMPLES / "styles"
    return load_image(folders[0] / f"{content}.jpg").pixels, load_image(folders[1] / f"{style}.jpg").pixels


def recording(pair: str, before: list[Row], weights: Weights, method: Any) -> Iterator[Row]:
    """The rows of ``pair`` that are missing, one a step."""
    content, style = pictures(pair)
    scorer = ImageScorer.open(content, (style,), (1.0,), weights=weights, device="cpu")
    prepared = method.prepare(ImageInputs(content, Style((style,))), SIZE)
    inside = searched()
    study = optuna.create_study(directions=["maximize", "maximize"])
    for row in before:
        study.add_trial(
            optuna.create_trial(params=row.params, distributions=inside.searched, values=[row.style, row.content])
        )
    presets = [start.params for start in starts(registry.find_built(METHOD), PLAN, inside)]
    for number in range(len(before), ROWS):
        preset = presets[number] if number < len(presets) else None
        name: sampler.Name = "tpe" if preset is None and number % 2 else "random"
        study.sampler = sampler.make(name, inside, sampler.seed(0, pair, 0, number))
        if preset is not None:
            study.enqueue_trial({k: preset[k] for k in inside.searched})
        trial = study.ask(inside.searched)
        began = time.perf_counter()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = method.run(prepared, inside.model.parse(inside.full(trial.params)), seed=0).image
        scores = scorer.score(image)
        style, content = scores.objectives.values()
        study.tell(trial, [style, content])
        origin = "preset" if preset is not None else name
        yield Row(pair, origin, dict(trial.params), style, content, time.perf_counter() - began)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=float, default=float("inf"))
    until = time.monotonic() + parser.parse_args().seconds
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    weights = Weights.open(offline=True)
    method = registry.create(METHOD)
    method.load(weights, "cpu")
    known = read()
    todo = {pair: recording(pair, [r for r in known if r.pair == pair], weights, method) for pair in PAIRS}
    for pair in cycle(PAIRS):
        if not todo or time.monotonic() > until:
            break
        row = next(todo[pair], None) if pair in todo else None
        if row is None:
            todo.pop(pair, None)
        else:
            append(row)


if __name__ == "__main__":
    main()
