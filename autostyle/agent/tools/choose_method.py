"""choose_method: the decision table's answer to what the person wishes."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, WithJsonSchema

from autostyle.agent import allowed_files
from autostyle.agent.outputs import Chosen
from autostyle.agent.tool import Arguments, Say, Tool, ToolResult
from autostyle.agent.workspace import Workspace
from autostyle.brief import Wishes
from autostyle.mediums import registry
from autostyle.sentences import Sentence
from autostyle.use_cases import methods


def _known(medium: str) -> str:
    if medium not in registry.MEDIUMS:
        raise ValueError(Sentence("media: {names}", names=", ".join(registry.MEDIUMS)))
    return medium


class ChooseMethod(Arguments, Wishes):
    """Arguments of :data:`TOOL`: the wishes, the medium, a name."""

    medium: Annotated[str, AfterValidator(_known), WithJsonSchema({"enum": list(registry.MEDIUMS)})] = "image"
    "What is to be styled: a photograph is an image, a clip a video, a recording audio, a 3D scene a scene."
    content: list[str] = []
    "Paths of what is to be styled, of a 3D scene: it may be splats, or photographs."
    styles: list[str] = []
    "Paths of the style pictures, as the person wrote them: a fast net is chosen for what it has learnt alone."
    method: str | None = None
    "Only if the person named a method; it overrules the table."
    instead_of: list[str] = []
    "The methods that they do not want, where it is taken for that."


async def choose(workspace: Workspace, arguments: ChooseMethod, say: Say) -> ToolResult[Chosen]:
    """Put the wishes and the choice in the workspace.

    Raises:
        NotBuilt: nothing that the table would take can run here; the wishes are kept.
        BadInput: a content or a style picture is not there, or was not named.
    """
    wishes = Wishes.model_validate({name: getattr(arguments, name) for name in Wishes.model_fields})
    workspace.brief = workspace.brief.model_copy(update={"medium": arguments.medium, "wishes": wishes})
    styles = allowed_files.styles(workspace, arguments.styles, ()) or workspace.brief.styles
    content = allowed_files.works(workspace, arguments.content) or workspace.brief.content
    brief = workspace.brief.model_copy(update={"content": content, "styles": styles})
    workspace.choice = choice = methods.choose(brief, arguments.method, arguments.instead_of)
    wanted = ", ".join(choice.preferred)
    beside = f" Searched beside it: {choice.alternatives[0]}." if choice.alternatives else ""
    text = f"{choice.method}, by row {choice.row} of the table, which prefers {wanted}. {choice.reason}{beside}"
    return ToolResult(text, Chosen.model_validate(choice.model_dump()))


TOOL = Tool(
    name="choose_method",
    description=(
        "Choose the stylization method by the decision table from what the person wishes. Set only what they said or "
        "clearly meant; every wish left out is neutral. Call it again when the wishes change, before plan_study."
    ),
    arguments=ChooseMethod,
    cost="free",
    run=choose,
    title=lambda arguments: (
        Sentence("take {method}", method=arguments.method) if arguments.method else Sentence("choose the method")
    ),
)
