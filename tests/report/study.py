"""A study as the tuner would leave it, with drawn pictures, failures, and names and words chosen to break a page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image

from autostyle.brief import Budget
from autostyle.methods import registry
from autostyle.methods.params import Value
from autostyle.plan import Choice, MethodPlan, Plan
from autostyle.tuning.record import StudyRecord
from autostyle.tuning.trial_record import State, TrialRecord

SCRIPT = "<script>window.pwned=1</script>"
IMAGE = "<img src=x onerror=window.pwned=1>"
TABLE = "a | b \"quoted\" 'single' `code` [link](javascript:alert(1))"
LINES = "first line\nsecond line\u2028third"
RTL = "صورة\u202egpj.exe"
FORMULA = "=HYPERLINK(0)"
SECRET = "hunter2"


def study(folder: Path, *, hostile: bool = True) -> StudyRecord:
    """24 trials of gatys and adain: 18 complete, 3 failed, 2 pruned, 1 running; trial 9 is recommended."""
    rng = np.random.default_rng(3)
    names = (f"{IMAGE}|'.png", f'{RTL} "b".png') if hostile else ("harbour.png", "brush.png")
    plan = _plan(hostile, *names)
    content, style = _content(), _style()
    _save(folder / plan.content, content)
    _save(folder / plan.styles[0], style)
    trials = tuple(_trial(folder, number, content, style, rng, hostile) for number in range(24))
    front = _front(trials)
    best = 9
    assert best in front, "the fixture recommends a trial of the front"
    full = Path("best.png")
    _save(folder / full, _mix(content, style, 0.55))
    history = np.maximum.accumulate([_area(_front(trials[: n + 1]), trials) for n in range(24) if trials[n].scores])
    shares = {"style_weight": 0.52, "style_scale": 0.21, "content_layers": 0.17, "pixels": 0.1}
    other = {"style_weight": 0.38, "style_scale": 0.08, "content_layers": 0.41, "pixels": 0.13}
    return StudyRecord(
        plan=plan,
        folder=folder,
        trials=trials,
        front=front,
        best=best,
        rule="the knee of the front: the trial farthest from the line between its ends"
        + (f" {SCRIPT}" if hostile else ""),
        hypervolume=float(history[-1]),
        hypervolume_history=tuple(float(v) for v in history),
        importances={
            "gatys": {"style": shares, "content": other},
            "adain": {"style": {"alpha": 0.8, "detail": 0.2}, "content": {"alpha": 0.6, "detail": 0.4}},
        },
        weights={"encoder": "embedded", "style": "embedded"},
        scorer={"style": "embedded", "version": 1, "weights_hash": "3f2a9c01", "anchors": {"style_high": 0.71}},
        held_out=dict(trials[best].held_out),
        final_scores={"style": 0.61, "content": 0.64},
        seconds=412.0,
        notes=(SCRIPT, TABLE, LINES)
        if hostile
        else ("Stand-in: no CLIP weights here, style is scored by the embedded embedding.",),
        revisions=(
            {"when": "2026-11-23T07:58:01+00:00", "what": ["the first plan"], "why": ""},
            {"when": "2026-11-23 08:12", "what": "style_weight 0.5 to 20", "why": SCRIPT if hostile else "less swirl"},
        ),
        final_image=full,
        command=f"autostyle tune in.png style.png --storage postgresql://me:{SECRET}@db/autostyle --trials 24",
    )


def empty(folder: Path, state: State = "failed") -> StudyRecord:
    """A study of which no trial is complete."""
    record = study(folder)
    trials = (
        TrialRecord(0, "gatys", "failed", error="ValueError: the encoder has no layer relu9_9", seconds=0.4),
        TrialRecord(1, "gatys", state, error="out of memory" if state == "failed" else None),
    )
    return replace(
        record, trials=trials, front=(), best=None, rule="", hypervolume=0.0, hypervolume_history=(), importances={},
        held_out={}, final_image=None, final_scores={}, seconds=0.4,
    )  # fmt: skip


def _plan(hostile: bool, content: str, style: str) -> Plan:
    return Plan(
        study="harbour-brush-1a2b3c4d",
        content=Path("inputs") / content,
        styles=(Path("inputs") / style,),
        prompt=f"{SCRIPT} {TABLE}" if hostile else "a harbour at dusk",
        methods=(
            MethodPlan(name="gatys", fixed={"steps": 40}, bounds={"style_weight": (0.5, 20)}),
            MethodPlan(name="adain"),
        ),
        choice=Choice(
            method="gatys",
            preferred=("ip_adapter", "gatys"),
            row="with_prompt",
            reason="the request has a prompt" + (f" {IMAGE}" if hostile else ""),
            alternatives=("adain",),
        ),
        budget=Budget(trials=32),
        final_size=384,
        keywords=(SCRIPT, RTL, FORMULA) if hostile else ("impasto", "swirls", "warm evening light"),
        keywords_by=f"vlm:{SCRIPT}" if hostile else "measured",
    )


def _trial(
    folder: Path, number: int, content: np.ndarray, style: np.ndarray, rng: np.random.Generator, hostile: bool
) -> TrialRecord:
    method = "adain" if number % 3 == 2 else "gatys"
    params: dict[str, Value] = {name: info.default for name, info in registry.params(method).info().items()}
    params |= (
        ({}, {"style_weight": 5.0})[number] if number < 2 else {"style_scale": round(float(rng.uniform(0.4, 2)), 3)}
    )
    if number >= 2 and method == "gatys":
        params |= {"style_weight": float(10 ** rng.uniform(-1, 1.5)), "content_layers": "relu3_1", "steps": 40}
    if number in (7, 13, 19):
        error = (SCRIPT, FORMULA, TABLE)[number // 6 - 1] if hostile else "FloatingPointError: the loss is not finite"
        return TrialRecord(number, method, "failed", params, error=error, seconds=3.1)
    if number in (16, 21):
        return TrialRecord(number, method, "pruned", params, error="out of memory at 2048 px", seconds=1.2)
    if number == 23:
        return TrialRecord(number, method, "running", params)
    share = 0.55 if number == 9 else float(rng.uniform(0.1, 0.95))
    fall = 0.0 if number == 9 else float(rng.uniform(0.02, 0.35))
    image = Path("trials") / f"{number:03d}.webp"
    _save(folder / image, _mix(content, style, share))
    scores = {"style": share**0.7 - fall, "content": (1 - share) ** 0.6 - fall / 2}
    seconds = {"prepare": 0.3, "run": 14.0 if method == "gatys" else 0.4, "score": 0.5, "save": 0.1}
    return TrialRecord(
        number, method, "complete", params, scores,
        raw={"ssim": 0.6, "gram_mse": float("nan") if number == 4 else 0.02},
        held_out={"style": share**0.8 - fall + float(rng.normal(0, 0.08)), "content": 0.9 - share / 2},
        image=image,
        origin="preset" if number < 2 else "startup" if number < 5 else "sampler",
        seed=number * 101,
        seconds=sum(seconds.values()) + 0.2,
        seconds_by=seconds,
    )  # fmt: skip


def _front(trials: tuple[TrialRecord, ...]) -> tuple[int, ...]:
    done = [t for t in trials if t.state == "complete"]

    def beaten(one: TrialRecord) -> bool:
        return any(all(o.scores[k] >= one.scores[k] for k in one.scores) and o.scores != one.scores for o in done)

    return tuple(t.number for t in sorted(done, key=lambda t: t.scores["style"]) if not beaten(t))


def _area(front: tuple[int, ...], trials: tuple[TrialRecord, ...]) -> float:
    area, low = 0.0, 0.0
    for number in front:
        scores = trials[number].scores
        area += max(scores["style"] - low, 0.0) * max(scores["content"], 0.0)
        low = max(low, scores["style"])
    return area


def _mix(content: np.ndarray, style: np.ndarray, share: float) -> np.ndarray:
    return (1 - share) * content + share * style


def _content(height: int = 160, width: int = 240) -> np.ndarray:
    """A sky over a dark hill."""
    y, x = np.mgrid[0:height, 0:width] / [[[height]], [[width]]]
    sky = np.stack([0.9 - 0.5 * y, 0.6 - 0.1 * y, 0.4 + 0.4 * y], axis=-1)
    hill = y > 0.65 + 0.15 * np.sin(6 * x)
    return np.where(hill[..., None], [0.12, 0.2, 0.16], sky)


def _style(height: int = 160, width: int = 240) -> np.ndarray:
    """Warm and cold swirls."""
    y, x = np.mgrid[0:height, 0:width] / height
    wave = 0.5 + 0.5 * np.sin(26 * (x + 0.3 * np.sin(9 * y)) + 14 * np.hypot(x - 0.7, y - 0.5))
    return np.stack([wave, 0.35 + 0.3 * np.sin(7 * y) * wave, 1 - wave], axis=-1).clip(0, 1)


def _save(path: Path, pixels: np.ndarray) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray((pixels * 255).round().astype(np.uint8)).save(path)
