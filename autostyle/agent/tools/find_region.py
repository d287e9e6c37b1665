"""find_region: a mask of parts of the photograph, shown before anything is painted."""

from __future__ import annotations

from pathlib import Path

from autostyle.agent import allowed_files
from autostyle.agent.outputs import RegionFound
from autostyle.agent.tool import Arguments, Say, Tool, ToolResult
from autostyle.agent.work import work
from autostyle.agent.workspace import Workspace
from autostyle.errors import BadInput
from autostyle.sentences import Sentence, join_sentences
from autostyle.use_cases import regions
from autostyle.vision.region_names import KNOWN, Which

TITLES = {
    "sky": Sentence("the sky"),
    "ground": Sentence("the ground"),
    "face": Sentence("the face"),
    "person": Sentence("the person"),
    "subject": Sentence("the subject"),
    "background": Sentence("the background"),
}
"""What is looked for, for people; any other word as it was said."""


class FindRegion(Arguments):
    """Arguments of :data:`TOOL`."""

    only: list[str] = []
    "The parts that alone are to be painted, in English: 'sky'. None: all of the picture."
    keep: list[str] = []
    "The parts that are to be left exactly as they are, in English: 'face', 'person'."
    which: Which = "all"
    "Of several that are called so."
    box: list[float] | None = None
    "Left, top, right, bottom in pixels of the picture, where the person says where it is."
    grow: float = 0.0
    "How much larger than found, as a share of the long side: 0.02 is a bit, -0.02 a bit smaller."
    content: str | None = None
    "Path of the picture, as the person wrote it; leave it out for that of the request."


async def find(workspace: Workspace, arguments: FindRegion, say: Say) -> ToolResult[RegionFound]:
    """Write a mask and a picture that shows it.

    Raises:
        BadInput: there is no picture, or no part was named.
        Missing: a part is not found.
    """
    named = allowed_files.works(workspace, [arguments.content]) if arguments.content else workspace.brief.content
    if not named:
        raise BadInput("the picture to stylize is missing", "ask the person for it")
    which, box, grow = arguments.which, arguments.box, arguments.grow
    request = regions.find(workspace.config, named[0], arguments.only, arguments.keep, which, box, grow)
    found = await work(request, say)
    output = RegionFound(only=tuple(arguments.only), keep=tuple(arguments.keep), **found)
    told = "; ".join(f"{one.what}: by {one.by}, {one.share:.0%} of the picture" for one in output.found)
    return ToolResult(
        f"{told}. What is tinted in {output.preview} will be painted: show it to the person, and say so where it is a "
        f"guess. For plan_study: aids={{'content_mask': '{output.mask}'}}.",
        output,
        (Path(output.preview),),
    )


TOOL = Tool(
    name="find_region",
    description=(
        "Mask parts of the photograph where the person wants only some of it painted ('only the sky') or some left as "
        f"it is ('not her face', 'keep the people'). Known without a segmenter of their own: {', '.join(KNOWN)}. Show "
        "the preview before anything is planned; correct it by which, box or grow as they say, then hand the mask to "
        "plan_study as an aid."
    ),
    arguments=FindRegion,
    cost="free",
    run=find,
    title=lambda arguments: Sentence(
        "find {what}", what=join_sentences(TITLES.get(word, word) for word in (*arguments.only, *arguments.keep))
    ),
)
