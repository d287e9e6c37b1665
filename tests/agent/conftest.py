"""What the agent's tests share: one model's server on loopback."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.agent.server import ModelServer, Says, serving


@pytest.fixture(scope="session")
def model_server() -> Iterator[ModelServer]:
    with serving(Says(["hello"])) as server:
        yield server


@pytest.fixture
def server(model_server: ModelServer) -> ModelServer:
    """The server, with nothing received and "hello" to say."""
    model_server.script(Says(["hello"]))
    return model_server
