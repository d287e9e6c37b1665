"""From pictures and wishes to a running search; whatever lacks is asked first, and nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from autostyle import decision, named_styles
from autostyle.agent.brains.replies import join_words, minutes, say, translate, words
from autostyle.agent.brains.rules import wording
from autostyle.agent.brains.rules.calling import call, failure
from autostyle.agent.brains.rules.dialogue_state import DialogueState, refused
from autostyle.agent.brains.rules.script import Call, Script, ScriptStep
from autostyle.agent.messages import ToolMessage
from autostyle.agent.outputs import Chosen, Looked, Planned, RegionFound, Started, StylesAtHand, ToolFailure
from autostyle.agent.understanding.masks import thing
from autostyle.agent.understanding.merge import questions
from autostyle.agent.understanding.model import Act, Clarification, Language, Save, Understood
from autostyle.agent.understanding.saving import writable, written
from autostyle.agent.understanding.sizes import FINAL_SIZES
from autostyle.agent.understanding.wishes import RECOGNISABLE
from autostyle.brief import MediumName
from autostyle.errors import NotBuilt
from autostyle.mediums.sides import long_side
from autostyle.methods import registry
from autostyle.methods.masks import CONTENT_MASK
from autostyle.plan import ASKED, Choice

Choosing = Generator[ScriptStep, ToolMessage | None, Choice | None]


def stylize(now: DialogueState) -> Script:
    """Look, choose, plan, start. A method or medium that cannot be is said before anybody is asked for pictures."""
    request = now.request
    choice: Choice | None = None
    if request.method or (request.medium or "image") != "image":
        choice = yield from _chosen(now)
        if choice is None:
            return
    if now.took_only:
        beside = any(named_styles.at(path) is None for path in request.styles)
        yield say(now.language, "only:other" if beside else "only", content=wording.path(request.content[0]))
    if open_ := questions(request):
        yield from _ask(now, open_[0])
        return
    content, styles = [str(path) for path in request.content], [str(path) for path in request.styles]
    looked = yield from call(now, Looked, content=content, styles=styles, first_frame=request.first_frame or None)
    if looked is None:
        return
    if request.first_frame:
        content = [file.path for file in looked.content]
        if any(Path(path).name != one.name for path, one in zip(content, request.content, strict=False)):
            names = join_words(now.language, [wording.path(path) for path in request.content])
            yield say(now.language, "first_frame", names=names, path=wording.path(content[0]))
    mask = yield from _masked(now)
    if RegionFound.tool in now.tools:
        now = _told_of_parts(now, masked=mask is not None)
        request = now.request
    choice = choice or (yield from _chosen(now))
    if choice is None:
        return
    budget: dict[str, Any] = {"trials": request.trials, "minutes": request.minutes, "size": request.size}
    budget |= {"final_size": final_size(request, looked), "style_weights": list(request.shares) or None}
    if (having := _having(request, choice)) and (choice := (yield from _chosen(now, having))) is None:
        return
    if choice.method != request.method and {choice.method, *choice.alternatives[:1]} & {*request.avoided}:
        others = _others(request, choice)
        if not others:
            yield say(now.language, "avoided:none", methods=wording.titles(now.language, request.avoided))
            return
        if (choice := (yield from _chosen(now, others[0], request.avoided))) is None:
            return
    held, unknown = _settings(request, choice)
    own = _own_style(now, choice.method)
    own["fixed"] = {**held.get("fixed", {}), **own.get("fixed", {})} or None
    if mask is not None and any(aid.name == CONTENT_MASK for aid in registry.find_built(choice.method).aids):
        own["aids"] = {**own.get("aids", {}), CONTENT_MASK: mask.mask}
    elif mask is not None:
        yield say(now.language, "mask:method", method=wording.title(now.language, choice.method))
    taken = {aid.name for aid in registry.find_built(choice.method).aids}
    brought = {name: [str(path) for path in files] for name, files in request.aids.items() if name in taken}
    if brought:
        own["aids"] = {**own.get("aids", {}), **brought}
    own["within"] = {name: list(ends) for name, ends in request.scores.items()} or None
    plan = yield from call(now, Planned, content=content, styles=styles, bounds=held.get("bounds"), **budget, **own)
    if plan is None:
        return
    lines = [*plan_lines(now.language, request, looked, choice, plan), *held_lines(now.language, held)]
    lines += unknown_lines(now.language, unknown, choice)
    lines += unused_lines(now.language, request, choice)
    yield "\n".join(lines)
    if request.hold:
        yield say(now.language, "plan:hold")
    else:
        yield from start(now)


def _ask(now: DialogueState, question: Clarification) -> Script:
    """Ask; whoever named no picture at all is offered the styles at hand, too."""
    if not (now.took_only and question.kind == "style" and StylesAtHand.tool in now.tools):
        yield asked(now.language, question, now.request.medium)
        return
    content = now.request.content[0]
    found = yield from call(now, StylesAtHand, content=str(content))
    if found is not None:
        names = join_words(now.language, [translate(now.language, style.title) for style in found.styles])
        yield say(now.language, "ask:style:hand", about=wording.path(content), names=names)


def _masked(now: DialogueState) -> Generator[ScriptStep, ToolMessage | None, RegionFound | None]:
    """A mask of the parts that alone are to be painted, or are to be left as they are, and how to correct it; None
    where there is none to be had, and then why is said."""
    request = now.request
    parts = [*request.parts, *request.spared]
    if not parts or RegionFound.tool not in now.tools:
        return None
    arguments = {
        "only": list(dict.fromkeys(map(thing, request.parts))),
        "keep": list(dict.fromkeys(map(thing, request.spared))),
        **request.mask,
    }
    answer = yield Call(RegionFound.tool, arguments)
    if answer is None or not isinstance(answer.output, RegionFound):
        wrong = answer.output if answer is not None and isinstance(answer.output, ToolFailure) else None
        why = translate(now.language, wrong.error) if wrong is not None else ""
        yield say(now.language, "mask:none", parts=wording.plain(", ".join(parts)), why=why)
        return None
    yield "\n".join(_mask_lines(now.language, request, answer.output))
    return answer.output


def _mask_lines(language: Language, request: Understood, found: RegionFound) -> Iterator[str]:
    how = join_words(language, list(dict.fromkeys(say(language, f"mask:by:{one.by}") for one in found.found)))
    for key, parts in (("only", request.parts), ("keep", request.spared)):
        if parts:
            yield say(language, f"mask:{key}", parts=wording.plain(", ".join(parts)), how=how)
    yield say(language, "mask:look", path=wording.path(found.preview), share=f"{found.share:.0%}")
    if any(one.by == "guess" for one in found.found):
        yield say(language, "mask:guess")


def _told_of_parts(now: DialogueState, *, masked: bool) -> DialogueState:
    """After all was said of parts. What a mask leaves as it is need not be painted faintly, too, for its sake."""
    request = now.request
    wishes = dict(request.wishes)
    if masked and request.spared and wishes.get("strength") == RECOGNISABLE:
        del wishes["strength"]
    regions = tuple(word for word in request.regions if word not in request.spared)
    return replace(now, request=replace(request, wishes=wishes, regions=regions, parts=(), spared=()))


def _chosen(now: DialogueState, method: str | None = None, avoided: Sequence[str] = ()) -> Choosing:
    """The table's choice, ``method``, or the one that was named; what cannot be yet is said. ``avoided`` are those that
    it stands in for."""
    request, medium = now.request, now.request.medium or "image"
    named = {"method": method or request.method, "instead_of": list(avoided) or None}
    styles = [str(path) for path in request.styles] or None
    content = [str(path) for path in request.content] if medium == "scene" else []  # of splats, or of photographs
    arguments = {"medium": medium, "content": content or None, "styles": styles, **named, **request.wishes}
    answer = yield Call(Chosen.tool, {name: value for name, value in arguments.items() if value is not None})
    output = answer and answer.output
    if isinstance(output, Chosen):
        return Choice.model_validate(output.data)
    if isinstance(output, ToolFailure) and output.exit_code == NotBuilt.exit_code:
        voice = bool(request.wishes.get("voice"))
        yield cannot(now.language, medium, request.method, output.error, voice=voice)
    else:
        yield failure(now, answer)
    return None


def final_size(request: Understood, looked: Looked) -> int | None:
    """The long side of the result that was asked for, as far as it can be had."""
    wanted = request.final_size
    if not wanted:
        return None
    first = next(iter(looked.content), None)
    if first is not None and first.width and first.height:
        wanted = long_side(first.height, first.width, wanted, request.side)
    return min(wanted, FINAL_SIZES[-1])


def _settings(request: Understood, choice: Choice) -> tuple[dict[str, dict[str, Any]], list[str]]:
    """The parameters that were named, held at a value or bounded, and those that no method of the choice has."""
    planned = [choice.method, *choice.alternatives[:1]]
    taken = {name for method in planned for name in registry.params(method).model_fields}
    known = {name: ends for name, ends in request.settings.items() if name in taken}
    held: dict[str, dict[str, Any]] = {
        "fixed": {name: low for name, (low, high) in known.items() if low == high},
        "bounds": {name: [low, high] for name, (low, high) in known.items() if low < high},
    }
    return {kind: found for kind, found in held.items() if found}, sorted(set(request.settings) - set(known))


def _having(request: Understood, choice: Choice) -> str | None:
    """The method that has all parameters that were named, where the table's has not and none was named."""
    named = set(request.settings)
    if request.method is not None or not named or named <= set(registry.params(choice.method).model_fields):
        return None
    others = wording.runs_here(request.medium or "image")
    having = [method for method in others if named <= set(registry.params(method).model_fields)]
    beside = [method for method in choice.alternatives if method in having]
    return next(iter(beside or having), None)


def _others(request: Understood, choice: Choice) -> list[str]:
    """The methods that are left without those that the person does not want, the table's first; a grade of a photograph
    stands in for no painting."""
    profile = registry.find(choice.method).profile
    alike = [name for name in wording.runs_here(request.medium or "image") if registry.find(name).profile == profile]
    ready = dict.fromkeys([choice.method, *choice.alternatives, *alike])
    return [method for method in ready if method not in request.avoided]


def held_lines(language: Language, held: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """The parameters that are held at what was said, or searched near it."""
    said = [f"{name} = {wording.value(value)}" for name, value in held.get("fixed", {}).items()]
    said += [f"{name} {low:g}–{top:g}" for name, (low, top) in held.get("bounds", {}).items()]
    if said:
        yield say(language, "held", what=wording.plain(", ".join(said)))


def unknown_lines(language: Language, names: list[str], choice: Choice) -> Iterator[str]:
    """Parameters that the chosen method does not have, and who has them."""
    for name in names:
        having = [method for method in wording.runs_here() if name in registry.params(method).model_fields]
        key = "no_parameter:others" if having else "no_parameter"
        others = wording.titles(language, having) if having else ""
        yield say(language, key, name=wording.plain(name), method=wording.title(language, choice.method), others=others)


def unused_lines(language: Language, request: Understood, choice: Choice) -> Iterator[str]:
    """The files that were named as aids and that the chosen method takes none of."""
    taken = {aid.name for aid in registry.find_built(choice.method).aids}
    for name in sorted(set(request.aids) - taken):
        if name == CONTENT_MASK:
            yield say(language, "mask:method", method=wording.title(language, choice.method))
        else:
            what = wording.paths(map(str, request.aids[name]))
            yield say(language, "no_aid", method=wording.title(language, choice.method), paths=what)


def _own_style(now: DialogueState, method: str) -> dict[str, Any]:
    """The LoRA that was trained in this conversation and the words that call it, for the method that paints with it."""
    if "lora" not in registry.find_built(method).asks or now.trained is None or not now.trained.lora:
        return {}
    prompt = ", ".join(filter(None, [now.request.wishes.get("prompt"), *now.trained.words[:1]]))
    return {"aids": {"lora": now.trained.lora}, "prompt": prompt}


def start(now: DialogueState, study: str | None = None) -> Script:
    """Start the plan on the table, or go on with ``study``; whether it may is for the approval rules."""
    if Started.tool not in now.tools:
        yield say(now.language, "plan:only")
        return
    answer = yield Call(Started.tool, {"study": study} if study is not None else {})
    if answer is not None and isinstance(answer.output, Started) and answer.output.queued is not None:
        yield say(now.language, "queued", place=answer.output.queued, study=wording.plain(now.study or ""))
    elif answer is not None and isinstance(answer.output, Started):
        done, total = answer.output.done, answer.output.total
        if done and done < total:
            yield say(now.language, "resumed", done=done, total=total)
        began = not done or done < total
        medium = now.request.medium
        yield wording.say_of(now.language, medium, "started") if began else say(now.language, "started:render")
    elif answer is not None and refused(answer):
        yield say(now.language, "not_started", why=say(now.language, "declined"))
    else:
        yield failure(now, answer)


ASKED_OTHERWISE: Mapping[MediumName, tuple[str, ...]] = {
    "audio": ("pictures", "content", "style", "role"),
    "font": ("pictures", "content", "style", "role"),
    "scene": ("pictures", "content"),
    "video": ("pictures", "content"),
}
"""Questions that are put in other words where works of a medium are meant."""


def asked(language: Language, question: Clarification, medium: MediumName | None = None) -> str:
    """The question in words, of works of ``medium``."""
    names = [_called(language, name) for name in question.about]
    key = f"ask:{question.kind}"
    if question.kind in ASKED_OTHERWISE.get(medium or "image", ()):
        key = f"{key}:{medium}"
    match question.kind:
        case "content" | "style":
            return say(language, key, about=join_words(language, names)) if names else say(language, f"{key}:bare")
        case "missing" if len(names) > 1:
            return say(language, "ask:missing:near", about=names[0], near=names[1])
        case "method":
            near = next(iter(question.about[1:]), None)
            methods = ", ".join(wording.runs_here(medium or "image"))
            return say(language, f"{key}:near" if near else key, about=names[0], near=near, methods=methods)
        case "painter":
            offers = names[1:]
            painter = wording.plain(question.about[0])
            return say(language, key if offers else f"{key}:bare", about=painter, offers=offered(language, offers))
        case "address" | "empty" | "missing" | "other" | "role" | "which":
            return say(language, key, about=join_words(language, names))
        case _:
            return say(language, key)


def _called(language: Language, name: str) -> str:
    """What a file is called: one of the named styles by its name."""
    style = named_styles.at(Path(name))
    return wording.path(name) if style is None else wording.told(language, style.title)


MOST_OFFERS = 5
"""Pictures that may be a style and are named; of more it is said how many."""


def offered(language: Language, names: Sequence[str]) -> str:
    """Pictures that may be a style, the likeliest first."""
    more = len(names) - MOST_OFFERS
    if more <= 0:
        return join_words(language, names)
    return say(language, "offers:more", offers=", ".join(names[:MOST_OFFERS]), n=more)


def cannot(language: Language, medium: MediumName, method: str | None, error: str = "", *, voice: bool = False) -> str:
    """That it cannot be done yet: what would be needed, how to get it if it can be got, what runs here instead."""
    if method is not None:
        said = say(language, "cannot", methods=wording.title(language, method))
    else:
        wanted = decision.load().row(decision.Situation(medium=medium, voice=voice)).prefer
        named = wording.titles(language, wanted)
        said = say(language, "cannot:medium", medium=wording.works(language, medium), methods=named)
    command = re.search(r"`autostyle [^`]*`", error)
    get = [say(language, "get", command=command.group())] if command else []
    near = medium if wording.runs_here(medium) else "image"
    methods = wording.titles(language, wording.runs_here(near))
    nearest = say(language, "nearest", medium=wording.works(language, near), methods=methods)
    return " ".join([said, *get, nearest])


def plan_lines(language: Language, request: Understood, looked: Looked, choice: Choice, plan: Planned) -> Iterator[str]:
    """The plan as a person reads it before saying yes: what was seen, which method and why, how long."""
    if keywords := (language == "ko" and looked.keywords_ko) or looked.keywords:
        kind, _, by = (looked.by or "measured").partition(":")
        known = kind if kind in ("measured", "clip") else "other"
        yield say(
            language, "seen", keywords=wording.plain(", ".join(keywords)), by=say(language, f"by:{known}", name=by)
        )
    if request.settings and request.method is None and choice.row == ASKED:
        name = wording.plain(", ".join(request.settings))
        yield say(language, "named:parameter", method=wording.title(language, choice.method), name=name)
    elif request.avoided and request.method is None and choice.row == ASKED:
        avoided = wording.titles(language, request.avoided)
        yield say(language, "avoided", method=wording.title(language, choice.method), methods=avoided)
    else:
        yield " ".join(wording.reason(language, choice))
    values = {"trials": plan.trials, "methods": wording.titles(language, plan.methods)}
    medium = request.medium or "image"
    values["size"] = wording.say_of(language, medium, "plan:size", size=plan.size or f"{plan.plan['size']} px")
    key = "plan" if plan.pictures == 1 else "plan:runs"
    if plan.pictures > 1:
        values["pictures"] = wording.say_of(language, medium, "plan:count", n=plan.pictures)
    if plan.seconds_estimate:
        yield say(language, f"{key}:time", time=minutes(language, plan.seconds_estimate), **values)
    else:
        yield say(language, key, **values)
    if f"excerpt:{medium}" in words(language):
        yield say(language, f"excerpt:{medium}")
    profile = plan.plan.get("profile", "auto")
    if "photo" in (profile, registry.find(choice.method).profile if profile == "auto" else ""):
        yield say(language, "judged:photo")
    if plan.minutes:
        yield say(language, "plan:limit", minutes=f"{plan.minutes:g}")
    if plan.resumes:
        yield say(language, "resumes")
    yield from _picture_lines(language, request, looked)
    yield from _wish_lines(language, request, choice.method, choice.row)


def _picture_lines(language: Language, request: Understood, looked: Looked) -> Iterator[str]:
    """Which picture is which, where nobody said it; how they are mixed, how large the result is, where it goes."""
    contents = [file.path for file in looked.content] or request.content
    first, *others = [wording.path(path) for path in contents]
    if request.by_looks:
        yield say(
            language, "roles", content=first, styles=join_words(language, [wording.path(p) for p in request.styles])
        )
    if others:
        yield wording.say_of(language, request.medium, "several", first=first, n=len(others))
    if request.separate:
        yield say(language, "separate")
    equal = (1 / len(request.styles),) * len(request.styles) if request.equal and len(request.styles) > 1 else ()
    if shares := request.shares or equal:
        mixed = [f"{wording.path(path)} {share:.0%}" for path, share in zip(request.styles, shares, strict=True)]
        yield say(language, "shares", what=join_words(language, mixed))
    if size := final_size(request, looked):
        cut = size == FINAL_SIZES[-1] and size != request.final_size
        kind = "most" if cut else "shape" if request.shape else request.side
        key = "final_size" if kind == "long" else f"final_size:{kind}"
        yield say(language, key, size=size, asked=request.final_size)
    if request.save:
        yield saving_line(language, request.save, request.medium)
        yield from absent_line(language, request.save)


def unwritten_line(language: Language, save: Save, medium: MediumName | None) -> str:
    """That a result of this medium is not written in the format that was asked for, and in which it is."""
    names = ", ".join(name.upper() for name in written(medium))
    return say(language, "save:format", format=wording.plain((save.format or "").upper()), names=names)


def saving_line(language: Language, save: Save, medium: MediumName | None) -> str:
    """Where the result will be saved, and as what."""
    can = writable(save, medium)
    lines = [] if can is save else [unwritten_line(language, save, medium)]
    if can is not None:
        where = wording.path(can.path) if can.path else say(language, "save:beside")
        lines.append(say(language, "save", where=where, format=f" ({can.format.upper()})" if can.format else ""))
    return " ".join(lines)


def absent_line(language: Language, save: Save) -> Iterator[str]:
    """That a folder which everybody has is not on this machine, and where the result goes instead."""
    if save.absent is not None:
        yield say(language, "save:absent", folder=wording.path(save.absent))


def beyond_line(language: Language, what: str | None) -> str:
    """That this is not done here, in one sentence."""
    return say(language, "beyond" if what in (None, "edit") else f"beyond:{what}")


def styles(now: DialogueState, act: Act) -> Script:
    """Which styles there are: those that come with autostyle, and pictures here; a painter's name is none."""
    language, offers = now.language, now.said.offers
    if act.about:
        yield asked(language, Clarification("painter", (act.about, *map(str, offers))))
        return
    found = yield from call(now, StylesAtHand)
    if found is not None:
        yield " ".join(_styles_lines(language, found, offers))


def _styles_lines(language: Language, found: StylesAtHand, offers: Sequence[Path]) -> Iterator[str]:
    titles = [translate(language, style.title) for style in found.styles]
    yield say(language, "styles", names=join_words(language, titles), n=len(titles))
    if offers:
        yield say(language, "styles:here", offers=offered(language, [wording.path(path) for path in offers]))


def _wish_lines(language: Language, request: Understood, method: str, row: str) -> Iterator[str]:
    wishes = request.wishes
    if wishes.get("keep_color"):
        key = "keep_color" if registry.find_built(method).holds("color", more=False) else "no_keep_color"
        yield say(language, key, method=wording.title(language, method))
    if abs(strength := wishes.get("strength") or 0.0) > 0.2:
        yield say(language, "strength:up" if strength > 0 else "strength:down")
    quick = next((row.methods for row in decision.load().rows if row.id == "realtime"), ())
    if wishes.get("realtime") and quick and method not in quick:
        yield say(language, "not_quick", method=wording.title(language, method))
    if request.regions:
        yield say(language, "regions:plan", regions=wording.plain(", ".join(request.regions)))
    if request.beyond:
        yield beyond_line(language, request.beyond)
    if unmasked := (*request.parts, *(word for word in request.spared if word not in request.regions)):
        yield say(language, "parts", parts=wording.plain(", ".join(unmasked)))
    if request.complaints:
        said = ", ".join(f"“{wording.plain(words)}”" for words in request.complaints)
        yield say(language, "complaints", what=said)
    if request.unheard:
        yield say(language, "unheard", what=", ".join(f"“{wording.plain(words)}”" for words in request.unheard))
    # What runs on the embedded weights alone has no text encoder.
    if wishes.get("prompt") and row != "prompt" and not registry.find(method).weights:
        yield say(language, "no_prompt", prompt=wording.plain(wishes["prompt"]), method=wording.title(language, method))
