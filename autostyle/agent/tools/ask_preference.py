"""ask_preference: which of these two? The answers move the recommended trial."""

from __future__ import annotations

from collections.abc import Iterator

from autostyle.agent import lines
from autostyle.agent.outputs import Pair, Preferred
from autostyle.agent.tool import Arguments, Say, Tool, ToolResult
from autostyle.agent.tools.steer_study import of_rest, of_running, put_into_force, take_up
from autostyle.agent.work import on_the_table, pictured, pictures, plan_of, record, trial_of, work
from autostyle.agent.workspace import Before, Workspace
from autostyle.errors import BadInput
from autostyle.jobs import requests
from autostyle.sentences import Sentence
from autostyle.tuning import preference
from autostyle.tuning.preference import Preference
from autostyle.tuning.record import StudyRecord


class AskPreference(Arguments):
    """Arguments of :data:`TOOL`."""

    pair: tuple[int, int] | None = None
    "Two trials; leave them out for two that differ and tell most: at most five answers settle it."
    better: int | None = None
    "The answer: the one of the pair that the person likes better. Left out, the pair is only shown."
    neither: bool = False
    "The answer where they cannot tell, or like neither: no preference, and the next pair is of other trials."


async def ask(workspace: Workspace, arguments: AskPreference, say: Say) -> ToolResult[Pair] | ToolResult[Preferred]:
    """Show a pair, or take an answer: it is kept with the study, and the preference and the recommended trial follow.

    Raises:
        BadInput: there is no such trial, or nothing is left to ask.
    """
    study = on_the_table(workspace, None)
    if arguments.better is None and not arguments.neither:
        return _shown(await record(workspace, study, say), arguments.pair)
    better = arguments.pair[0] if arguments.pair and arguments.neither else arguments.better
    if arguments.pair is None or better not in arguments.pair:
        raise BadInput("the answer is none of the pair", "give both trials, and one of them as the better")
    worse = next((n for n in arguments.pair if n != better), better)
    running = workspace.search is not None and workspace.search.running and workspace.search.study == study
    config = workspace.config
    request = requests.PreferRequest(
        home=config.home,
        storage=config.storage,
        study=study,
        better=better,
        worse=worse,
        neither=arguments.neither,
        running=running,
    )
    before = plan_of(workspace, study)
    answer = await work(request, say)
    found = StudyRecord.from_json(answer["record"])
    plan = before.model_copy(update={"prefer": answer["prefer"]})
    if running and not arguments.neither:
        why = f"trial {better} is liked better than trial {worse}"
        what, comes = await put_into_force(workspace, plan, why, say)
        if not what:  # the plan was so already: the answer alone decides
            comes = comes.model_copy(update={"recommended": found.best})
    else:
        take_up(workspace, plan)
        comes = of_running(workspace.search, found) if running and workspace.search else of_rest(found)
    workspace.remember(Before(before, (better, worse), arguments.neither))
    following = preference.question(found.points, _answers(found), found.skipped)
    output = Preferred(
        study=study,
        pair=arguments.pair,
        neither=arguments.neither,
        prefer=answer["prefer"],
        next=following,
        **comes.data,
    )
    return ToolResult(" ".join(_told(output)), output)


def _told(output: Preferred) -> Iterator[str]:
    if output.neither:
        yield f"No preference: nothing follows from it, and trial {output.recommended} stays the recommended one."
    else:
        yield f"Style now weighs {output.prefer:.2f}; trial {output.recommended} is recommended."
    if output.pending:
        yield "Its picture is the search's until render_best has rendered it at full size."
    elif output.running:
        yield "The running search renders the recommended trial at its end."
    if following := output.next:
        yield f"The next pair that tells most: {following[0]} and {following[1]}."
    else:
        yield "Nothing is left to ask."


def _shown(found: StudyRecord, pair: tuple[int, int] | None) -> ToolResult[Pair]:
    pair = pair or preference.question(found.points, _answers(found), found.skipped)
    if pair is None:
        raise BadInput("there is no pair left to ask about", "the front has one trial, or every answer is given")
    trials = [pictured(found, trial_of(found, number)) for number in pair]
    text = f"{' or '.join(map(lines.trial, trials))}: which does the person like better?"
    questions = max(preference.answers_left(found.points, _answers(found)), 1)
    output = Pair(study=found.plan.study, pair=pair, trials=tuple(trials), questions=questions)
    return ToolResult(text, output, pictures(trials))


def _answers(found: StudyRecord) -> list[Preference]:
    return [Preference.of(answer) for answer in found.answers]


TOOL = Tool(
    name="ask_preference",
    description=(
        "Show two trials of the front and ask which the person likes better, or pass their answer on. Answers move the "
        "recommended trial and are kept; render_best renders it afterwards."
    ),
    arguments=AskPreference,
    cost="free",
    run=ask,
    title=lambda arguments: (
        Sentence("ask which is better")
        if arguments.better is None and not arguments.neither
        else Sentence("prefer neither")
        if arguments.neither
        else Sentence("prefer trial {number}", number=arguments.better)
    ),
)
