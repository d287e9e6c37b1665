"""An agent, ready to talk, from the settings: its brain, its tools, its workspace, the file of the conversation."""

from __future__ import annotations

from dataclasses import replace

from autostyle.agent import records
from autostyle.agent.advice import rounds
from autostyle.agent.approval import MOMENT, Approve, Policy
from autostyle.agent.brain import Brain
from autostyle.agent.brains.embedded import EmbeddedBrain
from autostyle.agent.brains.language.brain import LanguageBrain
from autostyle.agent.brains.language.client import Client
from autostyle.agent.brains.language.library import usable
from autostyle.agent.brains.language.vision_model import ChatVisionModel
from autostyle.agent.conversation_file import ConversationFile
from autostyle.agent.limits import Limits
from autostyle.agent.loop import Agent
from autostyle.agent.saved_conversations import SavedConversation
from autostyle.agent.tools.registry import TOOLS
from autostyle.agent.workspace import Workspace
from autostyle.config import Config
from autostyle.sentences import Sentence


def make(
    config: Config,
    approve: Approve,
    *,
    past: str | None = None,
    named: str | None = None,
    plan_only: bool = False,
    moment: float = MOMENT,
) -> Agent:
    """An agent; nothing heavy is loaded and no server is asked before its first turn.

    Args:
        approve: asks the person.
        past: the id of a conversation to take up again.
        named: the name of one to take up, or to begin where there is none of it.
        plan_only: nothing that computes, writes or uses the network is offered to the brain.
        moment: seconds of compute that need no question.

    Raises:
        BadInput: there is no such conversation, or it is open elsewhere.
    """
    if named:
        file, kept = ConversationFile.named(named)
    else:
        file, kept = ConversationFile.resume(past) if past else (ConversationFile(), SavedConversation())
    workspace = Workspace(config)
    records.restore_workspace(workspace, kept.workspace or {})
    if config.advice:
        rounds.attend(workspace)
    agent = Agent(
        brain_for(config),
        TOOLS,
        workspace,
        Policy(approve, plan_only=plan_only, moment=moment),
        limits=Limits(price=config.model.max_price),
        file=file,
        history=kept.messages,
        workspaces=kept.workspaces,
        spent=kept.spent,
    )
    _set_vision_model(agent)
    return agent


async def switch(agent: Agent, config: Config) -> None:
    """Let the model that ``config`` names go on with the conversation; what is searched and said stays."""
    await agent.brain.close()
    agent.brain = brain_for(config)
    agent.workspace.config = config
    agent.limits = replace(agent.limits, price=config.model.max_price)
    _set_vision_model(agent)


def brain_for(config: Config) -> Brain:
    """The language model of the settings, else the embedded rules."""
    return EmbeddedBrain() if why_embedded(config) else LanguageBrain(Client(config.model))


def why_embedded(config: Config) -> str:
    """Why the embedded rules do a language model's job, in a line for people; empty where a model does it."""
    model = config.model
    if model.name is None:
        return Sentence("no language model is set (AUTOSTYLE_MODEL): requests are understood by rules")
    if config.offline:
        return Sentence("offline, so {model} is not asked: requests are understood by rules", model=model.name)
    if model.tools is False:
        return Sentence(
            "{model} calls no tools, as the settings say: requests are understood by rules", model=model.name
        )
    return ""


def brains(config: Config) -> dict[str, str]:
    """What could answer, by name, and a word about each: the rules, the model of the settings, and where no address is
    set, the models whose provider's key is in the environment. In a thread: it may take seconds."""
    named = config.model.name
    found: dict[str, str] = {"embedded": Sentence("rules: no model, no network")}
    if named:
        found[named] = config.model.api_base or Sentence("named in the settings")
    if not config.offline and config.model.api_base is None:
        found = dict.fromkeys(usable(), Sentence("its key is in the environment")) | found
    return dict(sorted(found.items(), key=lambda item: (item[0] != "embedded", item[0] != named, item[0])))


def _set_vision_model(agent: Agent) -> None:
    brain = agent.brain
    agent.workspace.vision_model = (
        ChatVisionModel(brain, agent.shown, agent.spend) if isinstance(brain, LanguageBrain) else None
    )
