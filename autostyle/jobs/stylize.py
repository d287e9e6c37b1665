"""One stylized picture or clip, without a search."""

from __future__ import annotations

import time
from typing import Any

from autostyle.errors import BadInput
from autostyle.jobs.reporter import Reporter
from autostyle.jobs.requests import StylizeRequest
from autostyle.jobs.studio import (
    SCHEMA,
    Scored,
    Studio,
    companions_of,
    load_content,
    make_room,
    report_notes,
    size_of,
    write_finished,
)
from autostyle.mediums.contract import Order, style_of
from autostyle.mediums.memory import refuse_beyond_memory
from autostyle.mediums.writing import refuse_taken_by
from autostyle.methods import registry
from autostyle.methods.consent import refuse_unasked
from autostyle.methods.contract import Inputs, path_towards
from autostyle.report import recording
from autostyle.sentences import Sentence
from autostyle.tuning.fitting import refuse_unfit


def stylize(request: StylizeRequest, reporter: Reporter) -> dict[str, Any]:
    """Carry out ``request``; the result is what ``autostyle stylize --json`` prints, less the method's choice."""
    began = time.perf_counter()
    refuse_unasked([request.method], request.styles, request.consent)
    medium, content = load_content(request.content, reporter, request.method, still=request.still)
    exemplars = [report_notes(medium.load_style(path), path, reporter) for path in request.styles]
    style = style_of(exemplars, request.style_weights, request.prompt)
    params = registry.complete(request.method, request.params, request.aids)
    refuse_unfit(request.method, request.params, request.aids)
    if not request.force:
        refuse_taken_by(request.method, request.out)
    size = size_of(medium, content, request.size, request.method, reporter)
    refuse_beyond_memory(request.method, medium.preview(content).shape, size, request.device, request.aids)
    inputs = medium.inputs(content, style, request.aids)
    studio = Studio(request.method, medium, request, request.encoder)
    path = path_towards(registry.find_built(request.method), params)
    order = Order(style, params, request.seed, size, request.aids, path)
    make_room(request.out)
    drawn = medium.draw(studio.method, content, order, request.out, reporter.watching())
    scores, weights, said = _scored(studio, inputs, drawn.sample)
    recipe = recording.of_run(
        request.content,
        zip(request.styles, style.shares, strict=True),
        medium,
        method=request.method,
        params=params.model_dump(),
        aids=request.aids,
        path=path,
        seed=request.seed,
        size=size,
        prompt=request.prompt,
        weights=weights,
        scores=scores,
        consent=request.consent,
    )
    shape = drawn.shape
    lost = write_finished(drawn, request.out, recipe.for_png(medium), request.force)
    for note in (*drawn.notes, *said, *lost):
        reporter.note(note)
    return {
        "schema": SCHEMA,
        "method": request.method,
        "weights": weights,
        "params": params.model_dump(),
        "seed": request.seed,
        "scores": {} if scores is None else scores.objectives,
        "raw": {} if scores is None else scores.raw,
        "held_out": {} if scores is None else scores.held_out,
        "image": str(request.out) if drawn.finished else None,
        "companions": companions_of(request.out if drawn.finished else None),
        "size": list(shape),
        "stopped": drawn.stopped,
        "seconds": time.perf_counter() - began,
    }


def _scored(studio: Studio, inputs: Inputs[Any, Any], made: Any) -> Scored:
    """Scores for a person's information: a result that cannot be scored is still a result."""
    if made is None:
        return Scored(None, studio.method.weights_of(inputs), ())
    try:
        return studio.score(inputs, made)
    except BadInput as error:
        return Scored(None, studio.method.weights_of(inputs), (Sentence("not scored: {error}", error=error.message),))
