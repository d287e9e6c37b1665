"""What is said to a study, one script an intent."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import replace
from pathlib import Path

from autostyle.agent.brains.replies import minutes, say, score_title
from autostyle.agent.brains.rules import changes, wording
from autostyle.agent.brains.rules.calling import call
from autostyle.agent.brains.rules.dialogue_state import DialogueState
from autostyle.agent.brains.rules.request import absent_line, asked, beyond_line, unwritten_line
from autostyle.agent.brains.rules.script import Call, Script, ScriptStep
from autostyle.agent.messages import ToolMessage
from autostyle.agent.outputs import (
    Applied,
    Compared,
    Exported,
    Pair,
    PictureShown,
    Preferred,
    QueueListed,
    Rendered,
    Round,
    Saved,
    SearchEnded,
    StatusOutput,
    Steered,
    Stopped,
    Studies,
    TrialOutput,
)
from autostyle.agent.understanding.model import Act, Language, Save
from autostyle.agent.understanding.saving import writable
from autostyle.methods import registry
from autostyle.plan import Choice
from autostyle.report.languages import told
from autostyle.tuning.record import falls_short


def explain(now: DialogueState, act: Act) -> Script:
    """Why this method and this trial; before a study, why this plan."""
    if now.study is None:
        yield " ".join(wording.reason(now.language, now.choice)) if now.choice else say(now.language, "none")
        return
    if act.numbers:
        yield from show(now, act)
    found = yield from call(now, StatusOutput)
    if found is not None:
        yield "\n".join([*best_lines(now.language, found), *why_lines(now.language, found, now.choice)])


def show(now: DialogueState, act: Act) -> Script:
    """Some trials, or the front."""
    if act.numbers:
        compared = yield from call(now, Compared, numbers=list(act.numbers))
        if compared is not None:
            yield "\n".join(trial_line(now.language, trial) for trial in compared.trials)
        return
    found = yield from call(now, StatusOutput)
    if found is not None:
        front = [f"- {trial_line(now.language, trial)}" for trial in found.front]
        picture = [wording.work_line(now.language, found.picture)] if found.picture else []
        yield "\n".join([*best_lines(now.language, found), *picture, *front])


def look(now: DialogueState, act: Act) -> Script:
    """One picture as large as the screen is, or in the person's viewer: the one that is named, or looked at."""
    if act.about == "around" and now.request.medium not in ("scene", None):
        yield beyond_line(now.language, None)
        return
    trial = act.numbers[0] if act.numbers else None if act.about == "best" else now.viewed
    if act.rank is not None:
        now, trial = yield from _ranked(now, act)
        if trial is None:
            yield say(now.language, "which_looked")
            return
    seen = yield from call(now, PictureShown, trial=trial, viewer=act.intent == "open" or None)
    if seen is not None:
        values = {"number": seen.number, "path": wording.path(seen.image)}
        yield wording.say_of(now.language, now.request.medium, f"seen:{seen.shown}", **values)


def _ranked(
    now: DialogueState, act: Act
) -> Generator[ScriptStep, ToolMessage | None, tuple[DialogueState, int | None]]:
    """The trial that is meant by its place: of those that were shown, else of the front."""
    if not now.shown and (found := (yield from call(now, StatusOutput))) is not None:
        now = replace(now, shown=tuple(trial.number for trial in found.front))
    return now, _preferred(now, act)


def compare(now: DialogueState, act: Act) -> Script:
    """Trials against each other; where none are named, the two last shown."""
    numbers = act.numbers if len(act.numbers) > 1 else now.shown[:2]
    if len(numbers) < 2:
        yield say(now.language, "which_two")
        return
    compared = yield from call(now, Compared, numbers=list(numbers))
    if compared is not None:
        yield "\n".join(compared_lines(now.language, compared))


def deliver(now: DialogueState) -> Script:
    """What the request asked for beside the search: the look on its other pictures, the result saved."""
    save = now.request.save
    if others := list(now.contents[1:]):
        folder = str(save.path) if save and save.path and (save.folder or not save.path.suffix) else None
        yield from _given_to(now, others, folder, None)
    if save:
        yield from _saved(now, save)


def _saved(now: DialogueState, save: Save, trial: int | None = None) -> Script:
    """A trial as a file of its own where the person wants it; the recommended one where ``trial`` is None."""
    can = writable(save, now.request.medium)
    if can is not save:
        yield unwritten_line(now.language, save, now.request.medium)
    if can is None:
        return
    sized = {"size": can.size, "side": can.side if can.side != "long" else None} if can.size else {}
    out = str(can.path) if can.path else None
    done = yield from call(now, Saved, out=out, format=can.format, trial=trial, **sized)
    if done is not None:
        key = "saved" if trial is None else "saved:trial"
        key = f"{key}:painted" if done.painted and done.size else key
        where = wording.path(done.image)
        yield say(now.language, key, path=where, number=done.number, size=done.measure)
        if can.format == "cube" and done.companions:
            yield say(now.language, "saved:table", path=wording.path(done.companions[0]))
        elif done.companions:
            yield say(now.language, "beside", paths=wording.paths(done.companions))
        if done.pending:
            yield say(now.language, "pending")


def export(now: DialogueState, act: Act) -> Script:
    """The report; or the picture alone, where only that was asked for."""
    if act.save is not None:
        trial = act.numbers[0] if act.numbers else None if act.about == "best" else _viewed(now)
        if act.rank is not None:
            now, trial = yield from _ranked(now, act)
            if trial is None:
                yield say(now.language, "which_saved")
                return
        yield from absent_line(now.language, act.save)
        yield from _saved(now, act.save, trial)
        return
    out = act.out / str(now.study) if act.out and act.out.is_dir() else act.out  # a folder of one's own in a full one
    done = yield from call(now, Exported, out=str(out) if out else None)
    if done is not None:
        yield say(now.language, "exported", path=wording.path(done.report))
        if done.final is not None and done.final.companions:
            yield say(now.language, "beside", paths=wording.paths(done.final.companions))


def _viewed(now: DialogueState) -> int | None:
    """The trial that "this one" is: the one this message has shown, or that is being looked at."""
    asked = [act.numbers[0] for act in now.said.acts if act.intent == "show" and len(act.numbers) == 1]
    return asked[-1] if asked else now.viewed


def queue(now: DialogueState, act: Act) -> Script:
    """What waits, after it was changed where that was asked for."""
    found = yield from call(now, QueueListed)
    if found is None:
        return
    waiting = [entry for entry in found.entries if entry.state == "waiting"]
    if act.about is not None and waiting:
        place = act.numbers[0] if act.numbers else act.rank or 1
        one = waiting[min(place, len(waiting)) - 1 if place > 0 else -1]
        if act.about == "first":
            found = yield from call(now, QueueListed, first=one.id)
        else:
            gone = waiting if act.about == "clear" else [one]
            found = yield from call(now, QueueListed, take_out=[entry.id for entry in gone])
            if found is not None:
                yield say(now.language, "queue:out", what=wording.plain(", ".join(entry.study for entry in gone)))
    if found is not None:
        yield "\n".join(_waiting_lines(now.language, found))


def _waiting_lines(language: Language, found: QueueListed) -> Iterator[str]:
    if not found.entries:
        yield say(language, "queue:empty")
        return
    place = 0
    for entry in found.entries:
        name = wording.plain(entry.study)
        if entry.state == "running":
            yield say(language, "queue:running", study=name)
            continue
        place += 1
        yield say(language, "queue:waiting", place=place, study=name, trials=entry.trials)


def stop(now: DialogueState, act: Act) -> Script:
    if not now.running:
        yield say(now.language, "idle")
        return
    done = yield from call(now, Stopped, stop=True, why="The person said stop.")
    if done is not None:
        yield say(now.language, "stopped")


def undo(now: DialogueState, act: Act) -> Script:
    done = yield from call(now, Steered, undo=True, why="The person took it back.")
    if done is not None:
        what = wording.plain(changes.told(now.language, done.what))
        if done.answer is not None:
            yield answer_back_line(now.language, done.answer, neither=done.neither)
        if what or done.answer is None:
            yield say(now.language, "undone", what=what) if what else say(now.language, "nothing_to_undo")
        if done.pending:
            yield from render_best(now)


def answer_back_line(language: Language, answer: tuple[int, int], *, neither: bool) -> str:
    """Which answer about two trials was taken back."""
    better, other = answer
    return say(language, "undone:neither" if neither else "undone:answer", better=better, other=other)


def status(now: DialogueState, act: Act) -> Script:
    """How far, and the best so far."""
    found = yield from call(now, StatusOutput)
    if found is not None:
        key = "running:elsewhere" if found.elsewhere else "running" if found.running else "not_running"
        said = [say(now.language, key, done=found.done, total=found.total)]
        if found.rendering is not None:
            said.append(say(now.language, "rendering", number=found.rendering))
        elif not found.running and found.unfinished:
            said.append(say(now.language, "unfinished"))
        if found.left:
            said.append(say(now.language, "left", time=minutes(now.language, found.left)))
        yield " ".join([*said, *best_lines(now.language, found)])


def where(now: DialogueState, act: Act) -> Script:
    """Where its files are."""
    found = yield from call(now, StatusOutput)
    if found is not None:
        yield say(now.language, "where", folder=wording.path(found.folder), report=wording.path(found.report))


def studies(now: DialogueState, act: Act) -> Script:
    known = yield from call(now, Studies)
    if known is not None:
        lines = [
            f"- {wording.plain(entry.name)}: {wording.told(now.language, entry.note)}"
            if entry.missing
            else say(now.language, "study", name=wording.plain(entry.name), done=entry.done, total=entry.total)
            for entry in known.studies
        ]
        yield "\n".join([say(now.language, "studies"), *lines]) if lines else say(now.language, "no_studies")


def apply(now: DialogueState, act: Act) -> Script:
    """The look on other pictures, of the trial that is named or the recommended one."""
    if now.said.problems:
        yield asked(now.language, now.said.problems[0])
        return
    inputs = [str(path) for path in act.files] or list(now.contents[1:])
    if act.about == "folder":
        content = now.contents[0] if now.contents else next(map(str, now.request.content), "")
        inputs = [str(Path(content).parent)]
    if not inputs:
        yield say(now.language, "ask:apply")
        return
    yield from _given_to(now, inputs, str(act.out) if act.out else None, next(iter(act.numbers), None))


def _given_to(now: DialogueState, inputs: list[str], out: str | None, trial: int | None) -> Script:
    done = yield from call(now, Applied, inputs=inputs, out=out, trial=trial)
    if done is not None:
        yield say(now.language, "applied", n=len(done.images), folder=wording.path(done.folder))
        if done.kept:
            yield say(now.language, "applied:kept", n=done.kept)
        if done.failed:
            what = "; ".join(wording.told(now.language, entry.error) for entry in done.failed)
            yield say(now.language, "applied:failed", n=len(done.failed), what=what)
        if done.notes:
            yield " ".join(f"{wording.told(now.language, note)}." for note in done.notes)


def prefer(now: DialogueState, act: Act) -> Script:
    """This one rather than that: kept, and the recommendation moves. Where neither is named, two are shown."""
    if act.about == "neither":
        done = yield from call(now, Preferred, pair=[*now.shown], neither=True)
        if done is None:
            return
        yield preferred_line(now.language, done, None)
        if done.next is None:
            return
    if not act.numbers and act.rank is None:
        asked = yield from call(now, Pair)
        if asked is not None:
            yield "\n".join(_pair(now.language, asked))
        return
    number = _preferred(now, act)
    if number is None:
        yield say(now.language, "which_better")
        return
    if len(now.shown) == 2 and number in now.shown:
        (other,) = (shown for shown in now.shown if shown != number)
    else:
        found = yield from call(now, StatusOutput)
        if found is None:
            return
        if not found.best or found.best.number == number:
            yield say(now.language, "preferred:same" if found.best else "no_best", number=number)
            return
        other = found.best.number
    done = yield from call(now, Preferred, pair=[other, number], better=number)
    if done is not None:
        recommended = number if done.recommended is None else done.recommended
        yield say(now.language, "preferred", better=number, other=other, recommended=recommended)
        if done.running:
            yield say(now.language, "preferred:running", number=recommended)
        elif done.pending:
            yield from render_best(now)


def render_best(now: DialogueState) -> Script:
    """The recommended trial at full size; that it is still to come where it may not be made now."""
    if Rendered.tool not in now.tools:
        yield say(now.language, "pending")
        return
    answer = yield Call(Rendered.tool)
    done = answer and answer.output
    if not isinstance(done, Rendered) or done.pending or done.picture is None:
        yield say(now.language, "pending")
        return
    yield rendered_line(now.language, done)


def rendered_line(language: Language, done: Rendered) -> str:
    """Which trial was rendered, at which size, and where it is."""
    if done.pending or done.picture is None:
        return say(language, "pending")
    size, where = f"{done.size} {done.unit}", wording.path(done.picture)
    return say(language, "rendered", number=done.recommended, size=size, path=where)


def preferred_line(language: Language, done: Preferred, better: int | None) -> str:
    """Which trial was liked better than which, None for neither, and which is recommended since."""
    if better is None:
        return say(language, "preferred:neither" if done.next else "preferred:neither:last")
    other = next((number for number in done.pair if number != better), better)
    recommended = better if done.recommended is None else done.recommended
    return say(language, "preferred", better=better, other=other, recommended=recommended)


def _pair(language: Language, asked: Pair) -> Iterator[str]:
    """Which of these two, and where their pictures are."""
    first, second = asked.pair
    yield say(language, "pair", a=first, b=second)
    for trial in asked.trials:
        if trial.image:
            yield f"- {trial.number}: {wording.path(trial.image)}"


def _preferred(now: DialogueState, act: Act) -> int | None:
    if act.numbers:
        return act.numbers[0]
    if act.rank is None or not now.shown or abs(act.rank) > len(now.shown):
        return None
    if act.rank == 0:
        return now.shown[len(now.shown) // 2]
    return now.shown[act.rank - 1 if act.rank > 0 else act.rank]


def best_lines(language: Language, found: StatusOutput | SearchEnded | Round) -> Iterator[str]:
    """The recommended trial, in one line."""
    best = found.best
    if not best:
        yield say(language, "no_best")
        return
    scores = wording.scores(language, best.scores)
    yield say(language, "best", number=best.number, method=wording.title(language, best.method), scores=scores)
    if best.over:
        yield say(language, "over", what=wording.limits(language, best.over))
    if not isinstance(found, Round) and found.final and found.final.pending:
        yield say(language, "pending")
    if falls_short(best.scores):
        medium = registry.find(best.method).medium
        others = [name for name in wording.runs_here(medium) if name != best.method][:2]
        yield wording.say_of(language, medium, "best:failed", methods=wording.titles(language, others))


def why_lines(language: Language, found: StatusOutput, choice: Choice | None) -> Iterator[str]:
    """Why this trial and this method, which settings it has, and which of them mattered."""
    best = found.best
    if not best:
        return
    yield say(language, "rule", rule=say(language, "why:front"))
    if choice:
        yield " ".join(wording.reason(language, choice, "because"))
    chosen = wording.chosen(best.method, best.params)
    yield say(language, "settings", what=wording.params(chosen)) if chosen else say(language, "settings:default")
    mattered = found.importances.get(best.method, {}).get("style", {})
    if mattered:
        first = sorted(mattered.items(), key=lambda item: -item[1])[:3]
        yield say(language, "importances", what=", ".join(f"{name} {share:.0%}" for name, share in first))
    for metric in found.metrics:
        if metric.kind == "objective" and metric.zero and metric.one:
            words = {name: told(language, getattr(metric, name)) for name in ("how", "zero", "one")}
            yield say(language, "means", title=score_title(language, metric.name), **words)


def trial_line(language: Language, trial: TrialOutput) -> str:
    scores = wording.scores(language, trial.scores) or wording.told(language, trial.error or trial.state)
    said = say(language, "shown", number=trial.number, method=wording.title(language, trial.method), scores=scores)
    return f"{said} {say(language, 'over', what=wording.limits(language, trial.over))}" if trial.over else said


def ratio_line(language: Language, trial: TrialOutput) -> str:
    """How far style was weighed against content, as code; empty where nobody wrote it down."""
    ratio = registry.find(trial.method).ratio
    return f"`{ratio} = {wording.value(trial.params[ratio])}`" if ratio in trial.params else ""


def compared_lines(language: Language, compared: Compared) -> Iterator[str]:
    """The trials side by side, and the parameters in which they differ."""
    yield from (trial_line(language, trial) for trial in compared.trials)
    if differences := compared.differences:
        what = "; ".join(
            f"{name}: {', '.join(f'{number} → {wording.value(value)}' for number, value in values.items())}"
            for name, values in differences.items()
        )
        yield say(language, "differ", what=what)


ABOUT: dict[str, Callable[[DialogueState, Act], Script]] = {
    "explain": explain,
    "show": show,
    "look": look,
    "open": look,
    "compare": compare,
    "export": export,
    "stop": stop,
    "undo": undo,
    "status": status,
    "where": where,
    "list": studies,
    "apply": apply,
    "prefer": prefer,
}
"""The script of each intent that is about a study."""
