"""What servers make of OpenAI's protocol, and models of their templates: each becomes the answer or the call it means.

Every row is a body as some server sends it, over real HTTP and through litellm.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest

from autostyle.agent.brain import Aside, Delta, TextDelta, ThoughtDelta, Usage
from autostyle.agent.messages import ToolCall, UserMessage
from tests.agent.fakes import Person, agent, answers, heard, tool
from tests.agent.server import ModelServer, Raw, Says, chunk, events, fragment, whole
from tests.agent.talking import brain, reply

HELLO = {"content": "hello"}
STOP = chunk({}, "stop")
CALLED = chunk({}, "tool_calls")
N1, N2 = '{"n": 1}', '{"n": 2}'


def function(arguments: Any = N1, name: str | None = "twice", **beside: Any) -> dict[str, Any]:
    """A chunk with one fragment of a call, with what stands beside its function."""
    return chunk({"tool_calls": [{**beside, "function": {"name": name, "arguments": arguments}}]})


def told(deltas: Sequence[Delta]) -> tuple[str, str, list[tuple[str, Any]]]:
    """The answer, the reasoning, and the calls by name and arguments."""
    said, thought = ("".join(d.text for d in deltas if isinstance(d, kind)) for kind in (TextDelta, ThoughtDelta))
    calls = [(d.name, tool().parse(d.arguments).model_dump()) for d in deltas if isinstance(d, ToolCall)]
    return said, thought, calls


ANSWERS = {
    "content in parts": events(chunk({"content": [{"type": "text", "text": "hel"}, {"text": "lo"}]}), STOP),
    "a part by itself": events(chunk({"content": {"type": "text", "text": "hello"}}), STOP),
    "not streamed": whole(HELLO),
    "not streamed, in an event": events(json.loads(whole(HELLO).body)),
    "a message for a delta": events({"choices": [{"message": HELLO}]}),
    "a completion of text": events({"choices": [{"index": 0, "text": "hello"}]}),
    "Ollama's own protocol": Raw(b'{"message":{"content":"hel"}}\n{"message":{"content":"lo"},"done":true}\n'),
    "no choices, then null": events({"choices": []}, {"choices": None}, chunk(HELLO), STOP),
    "one choice, no list": events({"choices": {"delta": HELLO}}),
    "a second choice beside it": events({"choices": [{"index": 1, "delta": {"content": "no"}}]}, chunk(HELLO), STOP),
    "null for content and delta": events(
        chunk({"role": "assistant", "content": None}), chunk(None), chunk(HELLO), STOP
    ),
    "no role, id, model or object": events({"choices": [{"delta": HELLO}]}, {"choices": [{"finish_reason": "stop"}]}),
    "an unknown end": events(chunk(HELLO), chunk({}, "eos_token")),
    "an end of more than a word": events(chunk(HELLO), chunk({}, {"type": "stop", "matched": 2})),
    "calls that are none": events(chunk({**HELLO, "tool_calls": 1}), STOP),
    "calls for an end, and none": events(chunk(HELLO), CALLED),
    "no end": events(chunk(HELLO)),
    "no [DONE]": events(chunk(HELLO), STOP, done=False),
    "the end with the words": events(chunk(HELLO, "stop")),
    "comments and pings": events(
        b": waiting\n\n", chunk({"content": "hel"}), b"event: ping\ndata: {}\n\n", b":\n\n", done=False
    )
    + events(chunk({"content": "lo"}), STOP),
    "a ping as data": events({"type": "ping"}, chunk(HELLO), STOP),
    "CRLF": Raw(events(chunk(HELLO), STOP).body.replace(b"\n", b"\r\n")),
    "no space behind data": Raw(events(chunk(HELLO), STOP).body.replace(b"data: ", b"data:")),
    "no line between events": Raw(
        events(chunk({"content": "hel"}), chunk({"content": "lo"})).body.replace(b"\n\n", b"\n")
    ),
    "called plain text": Raw(events(chunk(HELLO), STOP).body, "text/plain"),
    "a refusal": events(chunk({"refusal": "hello"}), STOP),
}


@pytest.mark.parametrize("body", ANSWERS.values(), ids=ANSWERS.keys())
def test_an_answer_is_heard_however_it_is_sent(server: ModelServer, body: Raw) -> None:
    server.script(body)
    assert told(reply(brain(server.url))) == ("hello", "", [])


ONE_CALL = {
    "not streamed": whole(
        {"content": None, "tool_calls": [{"id": "a", "function": {"name": "twice", "arguments": N1}}]}
    ),
    "arguments as an object": events(function({"n": 1}, index=0, id="a"), CALLED),
    "arguments encoded twice": events(function(json.dumps(N1), index=0, id="a"), CALLED),
    "a bare string": events(function("1", index=0, id="a"), CALLED),
    "a bare string, encoded": events(function('"1"', index=0, id="a"), CALLED),
    "arguments inside arguments": events(function('{"arguments": {"n": "1"}}', index=0, id="a"), CALLED),
    "as Python writes them": events(function("{'n': 1}", index=0, id="a"), CALLED),
    "a list around them": events(function('[{"n": 1}]', index=0, id="a"), CALLED),
    "a number for an id, a text for an index": events(function(index="0", id=7), CALLED),
    "null first": events(function(None, index=0, id="a"), function(N1, None, index=0), CALLED),
    "the name in pieces": events(function("", "tw", index=0, id="a"), function(N1, "ice", index=0), CALLED),
    "the name in another spelling": events(function(N1, "functions.Twice", index=0, id="a"), CALLED),
    "a call that is no list": events(
        chunk({"tool_calls": {"id": "a", "function": {"name": "twice", "arguments": N1}}})
    ),
    "no function around it": events(
        chunk({"tool_calls": [{"id": "a", "name": "twice", "arguments": {"n": 1}}]}), CALLED
    ),
    "OpenAI's first way": events(
        chunk({"function_call": {"name": "twice", "arguments": '{"n"'}}),
        chunk({"function_call": {"arguments": ": 1}"}}),
        chunk({}, "function_call"),
    ),
    "the end says stop": events(function(index=0, id="a"), STOP),
}
TWO_CALLS = {
    "no index": events(function(id="a"), function(N2, id="b"), CALLED),
    "no id": events(function(index=0), function(N2, index=1), CALLED),
    "neither": events(function(), function(N2), CALLED),
    "one index, no id": events(function(index=0), function(N2, index=0), CALLED),
    "one index, one id": events(function(index=0, id="a"), function(N2, index=0, id="a"), CALLED),
    "two indices, one id": events(function(index=0, id="a"), function(N2, index=1, id="a"), CALLED),
    "empty ids": events(function(index=0, id=""), function(N2, index=1, id=""), CALLED),
    "no index, in pieces": events(
        *(function('{"n"', id="a"), function(": 1}", None, id="a"), function('{"n": ', id="b"), function("2}", None)),
        CALLED,
    ),
}


@pytest.mark.parametrize("body", ONE_CALL.values(), ids=ONE_CALL.keys())
def test_a_call_is_heard_however_it_is_sent(server: ModelServer, body: Raw) -> None:
    server.script(body)
    assert told(reply(brain(server.url))) == ("", "", [("twice", {"n": 1})])


@pytest.mark.parametrize("prefix", ["hosted_vllm", "lm_studio", "llamafile", "custom_openai"])
def test_answers_of_servers_of_ones_own_are_mended_whatever_their_prefix(
    server: ModelServer, prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "open-sesame-0123456789")
    server.script(events(chunk({"tool_calls": [{"id": "a", "name": "twice", "arguments": {"n": 1}}]}), CALLED))
    assert told(reply(brain(server.url, f"{prefix}/local"))) == ("", "", [("twice", {"n": 1})])
    assert server.received[0].body["model"] == "local"
    assert server.received[0].headers["authorization"] == "Bearer none"


@pytest.mark.parametrize("body", TWO_CALLS.values(), ids=TWO_CALLS.keys())
def test_two_calls_are_two_and_both_are_answered(server: ModelServer, body: Raw) -> None:
    server.script(body, Says(["Done."]))
    events = heard(agent(brain(server.url), [tool()]))
    assert [text for _, _, text in answers(events)] == ["twice is 2", "twice is 4"]


def test_tokens_are_counted_from_a_chunk_of_their_own_and_not_from_nonsense(server: ModelServer) -> None:
    counted = {"choices": [], "usage": {"prompt_tokens": 5, "completion_tokens": 6, "total_tokens": 11}}
    server.script(events(chunk(HELLO, usage={}), STOP, {"choices": [], "usage": {"prompt_tokens": None}}, counted))
    assert reply(brain(server.url))[-1] == Usage(5, 6, 0.0)


# ---------------------------------------------------------------------------------------------------- reasoning

THOUGHTS = {
    "think": ["<thi", "nk>Hm.\n</th", "ink>\n\nhel", "lo"],
    "letter by letter": list("<think>Hm.</think>hello"),
    "thinking": ["<thinking>", "Hm.", "</thinking>", "hello"],
    "Mistral": ["[THINK]Hm.[/THINK]hello"],
    "Kimi": ["◁think▷Hm.◁/think▷hello"],
    "gpt-oss": [
        "<|channel|>analysis<|mess",
        "age|>Hm.<|end|><|start|>assistant<|channel|>final<|message|>hello<|return|>",
    ],
    "no opening mark": ["H", "m.", "</think>", "hello"],
    "an answer of a tool, made up": ["<think>Hm.</think><tool_response>hello</tool_response>"],
    "twice": ["<think>H</think>hel", "<think>m.</think>lo"],
}


@pytest.mark.parametrize("pieces", THOUGHTS.values(), ids=THOUGHTS.keys())
def test_reasoning_in_the_text_is_no_answer(server: ModelServer, pieces: list[str]) -> None:
    server.script(Says(pieces))
    said, thought, _ = told(reply(brain(server.url)))
    assert (said, thought.strip()) == ("hello", "Hm.")


def test_reasoning_in_parts_or_a_field_of_its_own_is_no_answer(server: ModelServer) -> None:
    thinking = {"type": "thinking", "thinking": [{"type": "text", "text": "Hm."}]}
    for delta in ({"content": [thinking]}, {"reasoning": "Hm."}, {"reasoning_content": "Hm.", "reasoning": "Hm."}):
        server.script(events(chunk(delta), chunk(HELLO), STOP))
        assert told(reply(brain(server.url))) == ("hello", "Hm.", [])


def test_terminal_sequences_and_halves_of_characters_are_gone_before_anything_is_kept(server: ModelServer) -> None:
    said = "a\x1b]0;owned\x07b\x1b[31mc\ud800\r\nd"
    server.script(Says(["ok"]), events(*(chunk({"content": letter, "reasoning": letter}) for letter in said), STOP))
    known = brain(server.url)
    reply(known)
    answer, thought, _ = told(reply(known))
    assert answer == "abc\ufffd\nd" and not {"\x1b", "\x07", "\ud800"} & set(thought)


def test_a_mark_that_is_quoted_is_prose(server: ModelServer) -> None:
    said = "Models write `<think>` before and `</think>` behind, and a < b, <b>, [1]."
    server.script(Says(["ok"]), Says(list(said)))
    known = brain(server.url)
    reply(known)
    assert told(reply(known)) == (said, "", [])


def test_a_model_without_an_opening_mark_is_never_trusted_with_its_first_words(server: ModelServer) -> None:
    server.script(Says(["Hm.</think>hello"]), Says(["H", "m.", "</think>", "hello"]))
    known = brain(server.url)
    for _ in range(2):
        assert told(reply(known)) == ("hello", "Hm.", [])


def test_a_thought_that_never_ends_is_no_answer_and_that_is_said(server: ModelServer) -> None:
    server.script(Says(["<think>Hm, ", "what now"], finish="length"))
    conversation = agent(brain(server.url))
    *_, end = heard(conversation)
    assert "thought, but said nothing" in end.error and end.hint  # type: ignore[attr-defined]
    assert not any("Hm" in getattr(message, "text", "") for message in conversation.history)


# ---------------------------------------------------------------------------------------------------- written calls

JSON = '{"name": "twice", "arguments": {"n": 1}}'
WRITTEN = {
    "JSON": JSON,
    "JSON behind words": f"I double it.\n{JSON}",
    "parameters": '{"name": "twice", "parameters": {"n": "1"}}',
    "OpenAI's object": json.dumps({"tool_calls": [{"function": {"name": "twice", "arguments": N1}}]}),
    "a brace too many": JSON + "}",
    "a closing mark alone": f"{JSON}\n</tool_call>\n",
    "a brace too few": JSON[:-1],
    "a dictionary of Python's": "{'name': 'twice', 'arguments': {'n': 1}}",
    "a fence": f"```json\n{JSON}\n```",
    "Hermes, Qwen": f"I double it.\n<tool_call>\n{JSON}\n</tool_call>",
    "Hermes, never closed": f"<tool_call>{JSON}",
    "Hermes, with an answer made up": f"<tool_call>{JSON}</tool_call>\n<tool_response>7</tool_response>\nIt is 7!",
    "Qwen3-Coder": "<tool_call>\n<function=twice>\n<parameter=n>\n1\n</parameter>\n</function>\n</tool_call>",
    "GLM": "<tool_call>twice\n<arg_key>n</arg_key>\n<arg_value>1</arg_value>\n</tool_call>",
    "MiniMax": '<minimax:tool_call>\n<invoke name="twice">\n<parameter name="n">1</parameter>\n</invoke>\n'
    "</minimax:tool_call>",
    "Llama 3": "<function=twice>" + N1 + "</function>",
    "Llama 3.1": '<|python_tag|>{"name": "twice", "parameters": {"n": 1}}',
    "Llama 3.1, built in": "<|python_tag|>twice.call(n=1)",
    "Llama 4": "[twice(n=1)]",
    "Python": "twice(n=1)",
    "Gemma": "```tool_code\nprint(twice(n=1))\n```",
    "Mistral": f"[TOOL_CALLS] [{JSON}]",
    "Mistral, later": "[TOOL_CALLS]twice[ARGS]" + N1,
    "DeepSeek V3": "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>twice\n```json\n" + N1 + "\n```"
    "<｜tool▁call▁end｜><｜tool▁calls▁end｜>",
    "DeepSeek V3.1": "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>twice<｜tool▁sep｜>" + N1 + "<｜tool▁call▁end｜>",
    "Kimi": "<|tool_calls_section_begin|><|tool_call_begin|>functions.twice:0<|tool_call_argument_begin|>" + N1
    + "<|tool_call_end|><|tool_calls_section_end|>",
    "Cohere": '<|START_ACTION|>[{"tool_call_id": "0", "tool_name": "twice", "parameters": {"n": 1}}]<|END_ACTION|>',
    "Nemotron": f"<TOOLCALL>[{JSON}]</TOOLCALL>",
    "a fence around a mark": f"```xml\n<tool_call>{JSON}</tool_call>\n```",
    "Granite": f"<|tool_call|>[{JSON}]",
    "gpt-oss": "<|channel|>commentary to=functions.twice <|constrain|>json<|message|>" + N1 + "<|call|>",
    "ReAct": f"I double it.\nAction: twice\nAction Input: {N1}",
    "ReAct, with an answer made up": f"Action: twice\nAction Input: {N1}\nObservation: 7\nThought: It is 7.",
    "ReAct, bold and bare": "**Action:** `twice`\n\n**Action Input:** 1\n",
    "ReAct, in a fence": f"Action: twice\nAction Input:\n```json\n{N1}\n```",
    "behind reasoning": f"<think>It wants {JSON}.</think>{JSON}",
}  # fmt: skip


@pytest.mark.parametrize("text", WRITTEN.values(), ids=WRITTEN.keys())
@pytest.mark.parametrize("size", [3, 1000], ids=["pieces", "whole"])
def test_a_call_written_as_text_is_a_call_and_is_not_shown(server: ModelServer, text: str, size: int) -> None:
    server.script(Says([text[at : at + size] for at in range(0, len(text), size)]))
    said, _, calls = told(reply(brain(server.url)))
    assert calls == [("twice", {"n": 1})] and said.strip() in ("", "I double it.")


PROSE = {
    "a mark and words behind": (f"{JSON}\n</tool_call>\nShall I?", True),
    "an object and an element": ('{"n": 1}</b>', False),
    "among words": (f"I could call `{JSON}` for you.", False),
    "with words behind": (f"Like so:\n```json\n{JSON}\n```\nShall I?", True),
    "an example": (f"For example:\n{JSON}", True),
    "an example in Korean": (f"예를 들면 이렇게 써요:\n{JSON}", True),
    "a line of Python among words": ("You call it\ntwice(n=1)\nand get 2.", True),
    "an action that is no tool": ("Action: think\nAction Input: it over", False),
    "an action without input": ("Action: twice\nthe number, and tell me.", False),
    "an action with words behind": (f"Action: twice\nAction Input: {N1}\nShall I?", False),
    "a quotation": (f"> {JSON}", False),
    "a mark among words": (f"Models write <tool_call>{JSON}</tool_call> for that.", True),
    "arguments that do not fit": ('{"name": "twice", "arguments": {"m": 1}}', True),
    "a call cut off within a number": ('{"name": "twice", "arguments": {"n": 1', True),
    "a tool that is not there": ('{"name": "thrice", "arguments": {"n": 1}}', True),
    "no call": ("{not JSON}\n[1] a note\n```python\nprint(1)\n```\n{}\ntwice as much", False),
}


@pytest.mark.parametrize(("text", "noticed"), PROSE.values(), ids=PROSE.keys())
def test_what_is_prose_is_shown_and_never_run(server: ModelServer, text: str, noticed: bool) -> None:
    server.script(Says([text[at : at + 4] for at in range(0, len(text), 4)]))
    deltas = reply(brain(server.url))
    assert told(deltas) == (text, "", [])
    asides = [delta.text for delta in deltas if isinstance(delta, Aside)]
    assert [("writes calls of tools as text" in aside) for aside in asides] == [True] * noticed


@pytest.mark.parametrize("said", [f"What does {JSON} do?", f"<tool_call>{JSON}</tool_call>"])
@pytest.mark.parametrize("text", [JSON, f"<tool_call>\n{JSON}\n</tool_call>", f"```json\n{JSON}\n```"])
def test_what_the_person_wrote_is_never_run_when_it_is_repeated(server: ModelServer, text: str, said: str) -> None:
    server.script(Says([text]))
    assert told(reply(brain(server.url), UserMessage(said))) == (text, "", [])


def test_a_written_call_is_asked_about_like_a_real_one(server: ModelServer) -> None:
    server.script(Says(['{"name": "write", "arguments": {"n": 1}}']), Says(["Then not."]))
    person = Person("no")
    events = heard(agent(brain(server.url), [tool("write", "writes")], person))
    assert [asked.name for asked in person.asked] == ["write"]
    assert [ok for _, ok, _ in answers(events)] == [False]


def test_text_beside_a_real_call_holds_no_call(server: ModelServer) -> None:
    server.script(Says([JSON], [fragment(0, "a", "twice", N2)], "tool_calls"))
    assert told(reply(brain(server.url))) == (JSON, "", [("twice", {"n": 2})])


def test_what_was_held_back_is_kept_when_the_connection_breaks(server: ModelServer) -> None:
    server.script(Says(["ok"]), Says(["Look:\n", '{"name": "tw'], finish=None))
    conversation = agent(brain(server.url))
    heard(conversation)
    heard(conversation)
    assert conversation.history[-1].text == 'Look:\n{"name": "tw'


# ---------------------------------------------------------------------------------------------------- going nowhere


CIRCLES = ["I am the being, the being. "] * 400


@pytest.mark.parametrize("says", [Says(CIRCLES), Says(thoughts=CIRCLES)], ids=["text", "thoughts"])
def test_a_reply_that_says_the_same_over_and_over_is_cut_off(server: ModelServer, says: Says) -> None:
    server.script(says)
    deltas = reply(brain(server.url))
    assert any(isinstance(delta, Aside) and "over and over" in delta.text for delta in deltas)
    assert len("".join(told(deltas)[:2])) < 2000


def test_tables_rules_and_lists_are_no_babble(server: ModelServer) -> None:
    said = "\n".join(["-" * 400, "| --- " * 100, *(f"{n}. trial {n}: style {n * 0.013:.2f}" for n in range(100))])
    server.script(Says([said[at : at + 7] for at in range(0, len(said), 7)]))
    deltas = reply(brain(server.url))
    assert told(deltas)[0] == said and not any(isinstance(delta, Aside) for delta in deltas)


@pytest.mark.parametrize(("can", "said"), [(False, True), (True, False), (None, False)])
def test_a_template_that_has_no_tools_is_said_once(server: ModelServer, can: bool | None, said: bool) -> None:
    server.props = {} if can is None else {"chat_template_caps": {"supports_tools": can}}
    known = brain(server.url)
    asides = [[delta.text for delta in reply(known) if isinstance(delta, Aside)] for _ in range(2)]
    assert [["shows openai/local no tools" in text for text in told] for told in asides] == [[True] * said, []]
