"""Which server a model lives on, which key goes there, and what the model can do."""

from __future__ import annotations

import ipaddress
import os
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from autostyle.agent.brain import Capabilities
from autostyle.config import ModelConfig
from autostyle.errors import BadInput, Missing

KEY = "AUTOSTYLE_API_KEY"
"""The variable with the key of a server of one's own."""
OLLAMA = "http://localhost:11434"
OPENAI_ALIKE = frozenset({"openai", "hosted_vllm", "lm_studio", "llamafile", "openai_like", "custom_openai"})
"""Prefixes of servers of one's own that speak OpenAI's protocol; litellm knows more of them, each its own company's."""
NO_KEY = "none"
"""What OpenAI's client is given where a server wants no key; it refuses to start without one."""


@dataclass(frozen=True)
class Endpoint:
    """Where requests go.

    Args:
        where: for messages: an address, or the provider's name.
        base: the address; None for the provider's own.
        host: its name; empty if it is this machine.
        key: None lets litellm take the provider's own variable.
        keys: the variables a missing key would be looked for in.
        own: it is a server of one's own that speaks OpenAI's protocol.
        model: the name to ask litellm for: by OpenAI's prefix where the server is one's own, whatever its prefix was.
    """

    where: str
    base: str | None
    host: str
    key: str | None
    keys: tuple[str, ...]
    own: bool = False
    model: str = ""


def endpoint(model: ModelConfig, litellm: Any) -> Endpoint:
    """Where requests to ``model`` go: its ``api_base``, else the provider's usual variable, else the provider.

    A key is for the place it was made for: AUTOSTYLE_API_KEY goes to an ``api_base`` only, and what is called by the
    prefix ``openai/`` under an ``api_base`` never gets OpenAI's key.

    Raises:
        Missing: litellm knows no such provider.
        BadInput: the address holds a password.
    """
    try:
        bare, provider, _, found = litellm.get_llm_provider(model.name, api_base=model.api_base)
    except litellm.exceptions.BadRequestError as error:
        raise Missing(
            "litellm knows no provider for the model {model!r}",
            "a name has its provider in front (openai/NAME, anthropic/NAME, ollama_chat/NAME)",
            model=model.name,
        ) from error
    base = model.api_base or _from_environment(provider) or found
    if base is None and provider.startswith("ollama"):
        base = OLLAMA
    own = provider in OPENAI_ALIKE and (base if provider != "openai" else model.api_base) is not None
    key = os.environ.get(KEY) if model.api_base else None
    keys: tuple[str, ...] = (KEY,)
    if own and provider != "openai":
        keys = (KEY, f"{provider.upper()}_API_KEY")
        key = key or os.environ.get(keys[1])
    if own:
        key = key or NO_KEY
    keys = keys if own else tuple(litellm.validate_environment(model.name)["missing_keys"]) or (KEY,)
    if base is None:
        return Endpoint(provider, None, provider, key, keys, model=str(model.name))
    address = urlsplit(base)
    if address.username is not None:
        raise BadInput("the address of a model's server may not hold a password", "put it into {key} instead", key=KEY)
    name = f"openai/{bare}" if own else str(model.name)
    return Endpoint(base, base, outside(address.hostname or base), key, keys, own, name)


def _from_environment(provider: str) -> str | None:
    names = (f"{provider.upper()}_BASE_URL", f"{provider.upper()}_API_BASE")
    return next((address for name in names if (address := os.environ.get(name))), None)


def outside(host: str) -> str:
    """``host`` if it is another machine, else the empty string."""
    try:
        here = ipaddress.ip_address(host).is_loopback
    except ValueError:
        here = host == "localhost"
    return "" if here else host


def capabilities(model: ModelConfig, host: str, litellm: Any) -> Capabilities:
    """What ``model`` can do: as the settings say, else as litellm knows, else no pictures but tools.

    Raises:
        Missing: it is known not to call tools.
    """
    try:
        known = litellm.get_model_info(model.name, api_base=model.api_base)
    except Exception:  # a model litellm has never heard of; what it raises then differs by provider
        known = {}
    if model.tools is None and known.get("supports_function_calling") is False:
        raise Missing(
            "{name} cannot call tools, as litellm knows it",
            "choose another model, or set tools = true under [model] if that is wrong",
            name=model.name,
        )
    vision = model.vision if model.vision is not None else known.get("supports_vision") is True
    return Capabilities(vision=vision, host=host)
