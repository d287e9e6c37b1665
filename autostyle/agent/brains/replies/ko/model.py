"""What goes wrong with a language model and its server, in Korean."""

from __future__ import annotations

MODEL = {
    "no answer from {where}": "{where}에서 답이 없어요",
    "check the network, and whether that server runs": "네트워크와, 그 서버가 켜져 있는지 확인해 주세요",
    "try again later, or give it longer with AUTOSTYLE_TIMEOUT": (
        "나중에 다시 하거나 `AUTOSTYLE_TIMEOUT`으로 시간을 더 주세요"
    ),
    "{where} takes no more requests now: {detail}": "{where}에서 지금은 요청을 더 받지 않아요: {detail}",
    "wait a little, or choose another model": "조금 기다리거나 다른 모델을 골라 주세요",
    "the connection to {where} broke off": "{where} 연결이 끊겼어요",
    "say it again, or choose another model": "다시 말씀하시거나 다른 모델을 골라 주세요",
    "the connection to {where} broke: {detail}": "{where} 연결이 끊겼어요: {detail}",
    "try again, or choose another model": "다시 하거나 다른 모델을 골라 주세요",
    "try again later, or choose another model": "나중에 다시 하거나 다른 모델을 골라 주세요",
    "{where} does not accept the key for {model}": "{where}에서 {model}의 키를 받아 주지 않아요",
    "put a valid one into the environment: {keys}": "맞는 키를 환경 변수에 넣어 주세요: {keys}",
    "there is no model {model} at {where}; it has {models}": ("{where}에는 {model} 모델이 없어요. 있는 모델: {models}"),
    "AUTOSTYLE_MODEL={first} takes the first": "첫 모델을 쓰려면 `AUTOSTYLE_MODEL={first}`",
    "there is no model {model} at {where}": "{where}에는 {model} 모델이 없어요",
    "check its name in the settings": "설정에서 이름을 확인해 주세요",
    "set AUTOSTYLE_API_BASE={where}/v1": "`AUTOSTYLE_API_BASE={where}/v1`로 바꿔 주세요",
    "the first message is already too long for {model}: {where} takes {limit} tokens, and it has {asked}": (
        "첫 메시지부터 {model}에게 너무 길어요. {where:은/는} {limit} 토큰까지 받는데 {asked} 토큰이에요"
    ),
    "the conversation has become too long for {model}": "대화가 {model}에게 너무 길어졌어요",
    "/clear starts a new one; the study stays": "`/clear`로 새로 시작하세요. 스터디는 남아요",
    "{where} takes no calls of tools for {model}: {detail}": (
        "{where}에서 {model}의 도구 호출을 받지 않아요: {detail}"
    ),
    ("give it a template for tools (llama-server --jinja, vLLM --enable-auto-tool-choice), or choose another model"): (
        "서버에 도구용 템플릿을 주거나(`llama-server --jinja`, `vLLM --enable-auto-tool-choice`) 다른 모델을 "
        "골라 주세요"
    ),
    "{model} at {where} sees no pictures: {detail}": "{where}의 {model:은/는} 그림을 보지 못해요: {detail}",
    "set AUTOSTYLE_VISION=false": "`AUTOSTYLE_VISION=false`로 바꿔 주세요",
    "{where} is still loading {model}": "{where}에서 {model:을/를} 아직 불러오고 있어요",
    "say it again in a minute": "조금 뒤에 다시 말씀해 주세요",
    "what was paid for at {where} is used up: {detail}": "{where}의 사용 한도를 다 썼어요: {detail}",
    "look at the provider's billing, or choose another model": "결제 설정을 보거나 다른 모델을 골라 주세요",
    "{where} takes no request as large as this": "{where}에서 이렇게 큰 요청은 받지 않아요",
    "/clear starts a new conversation; pictures are what is large: AUTOSTYLE_VISION=false sends none": (
        "`/clear`로 새 대화를 시작하거나, 그림이 크니 `AUTOSTYLE_VISION=false`로 보내지 않게 해 주세요"
    ),
    "what {where} says is no answer of a model: {detail}": "{where}의 답은 모델의 답이 아니에요: {detail}",
    "a page, not the answer of a model": "웹 페이지예요",
    "check AUTOSTYLE_API_BASE: it ends in /v1 most often": (
        "`AUTOSTYLE_API_BASE`를 확인해 주세요. 보통 `/v1`로 끝나요"
    ),
    "what {where} says is no answer: {detail}": "{where}의 답을 알아들을 수 없어요: {detail}",
    "check AUTOSTYLE_API_BASE, or choose another model": "`AUTOSTYLE_API_BASE`를 확인하거나 다른 모델을 골라 주세요",
    "litellm knows no provider for the model {model}": "litellm이 {model} 모델의 제공자를 몰라요",
    "a name has its provider in front (openai/NAME, anthropic/NAME, ollama_chat/NAME)": (
        "이름 앞에 제공자를 써 주세요(`openai/NAME`, `anthropic/NAME`, `ollama_chat/NAME`)"
    ),
    "the budget for {model} is spent": "{model}에 쓸 예산을 다 썼어요",
    "raise it at the provider": "제공자에서 늘려 주세요",
    "the provider of {model} refuses this: {detail}": "{model} 제공자가 거절했어요: {detail}",
    "say it in other words, or choose another model": "다르게 말씀하시거나 다른 모델을 골라 주세요",
    "{where} does not take the request: {detail}": "{where}에서 요청을 받지 않아요: {detail}",
    "if {model} sees no pictures, set AUTOSTYLE_VISION=false; it has to be one that calls tools": (
        "{model:이/가} 그림을 못 보면 `AUTOSTYLE_VISION=false`로 해 주세요. 도구를 쓸 줄 아는 모델이어야 해요"
    ),
    "{model} thought, but said nothing": "{model:이/가} 생각만 하고 답을 하지 않았어요",
    "say it in other words, or let its server give longer answers": (
        "다르게 말씀하시거나 서버에서 더 긴 답을 허락해 주세요"
    ),
    "{model} answered nothing": "{model:이/가} 아무 답도 하지 않았어요",
    "say it in other words, or check the model and its address": "다르게 말씀하시거나 모델과 주소를 확인해 주세요",
    "{model} goes in circles: it used {tool} again and again, so this was stopped": (
        "{model:이/가} `{tool}`만 되풀이해서 멈췄어요"
    ),
    "nothing was done or saved, whatever it says: {model} used no tool": (
        "뭐라고 하든, 된 것도 저장된 것도 없어요. {model:이/가} 도구를 쓰지 않았어요"
    ),
    (
        "{model} writes calls of tools as text that cannot be carried out: {names}. Its server may need its "
        "template for tools (llama-server --jinja, vLLM --enable-auto-tool-choice)"
    ): (
        "{model:이/가} 도구 호출을 글로 써서 실행할 수 없어요: `{names}`. 서버에 도구용 템플릿이 필요할 수 "
        "있어요(`llama-server --jinja`, `vLLM --enable-auto-tool-choice`)"
    ),
    "the answer was cut off at the longest this model may give": "모델이 낼 수 있는 가장 긴 길이에서 답이 잘렸어요",
    "the answer was cut off: the model says the same over and over": "모델이 같은 말만 되풀이해서 답을 잘랐어요",
    "the answer was cut off by the provider's filter": "제공자의 필터가 답을 잘랐어요",
    "{where} shows {model} no tools, for its template has none: it can talk and do nothing": (
        "{where:이/가} {model}에게 도구를 보여 주지 않아요(템플릿에 없음). 말만 하고 아무것도 할 수 없어요"
    ),
    "nothing was planned or done: {model} used no tool; a larger model does, or AUTOSTYLE_MODEL=embedded": (
        "계획하거나 한 일이 없어요. {model:이/가} 도구를 쓰지 않았어요. 더 큰 모델이나 "
        "`AUTOSTYLE_MODEL=embedded`를 써 보세요"
    ),
    "{where} failed: {detail}": "{where}에서 오류가 났어요: {detail}",
    "{problem}; asking again in {pause:g} s": "{problem}. {pause}초 뒤에 다시 물어볼게요",
    "{hint}; /model embedded does without a model (for `ask`, AUTOSTYLE_MODEL=embedded)": (
        "{hint}. 모델 없이 하려면 `/model embedded` (`ask`에서는 `AUTOSTYLE_MODEL=embedded`)"
    ),
    "choose another model, or set tools = true under [model] if that is wrong": (
        "다른 모델을 고르거나, 틀렸으면 [model] 아래에 tools = true로 적어 주세요"
    ),
    "{name} cannot call tools, as litellm knows it": "litellm에 따르면 {name:은/는} 도구를 쓰지 못해요",
    "litellm knows no provider for the model {model!r}": "litellm이 {model} 모델의 제공자를 몰라요",
    "put it into {key} instead": "{key}에 넣어 주세요",
    "the address of a model's server may not hold a password": "모델 서버의 주소에는 비밀번호를 쓸 수 없어요",
    "choose another model": "다른 모델을 골라 주세요",
    "{name} looked, but gave no answer of the form asked for": "{name:이/가} 보았지만 바라는 꼴로 답하지 않았어요",
    "{where} did not answer within {seconds:g} s": "{where}에서 {seconds}초 안에 답이 없었어요",
    (
        "give its server a longer context: llama-server -c {enough}, OLLAMA_CONTEXT_LENGTH={enough}, vLLM "
        "--max-model-len {enough}"
    ): (
        "서버의 컨텍스트를 늘려 주세요: `llama-server -c {enough}`, `OLLAMA_CONTEXT_LENGTH={enough}`, `vLLM "
        "--max-model-len {enough}`"
    ),
    "there is nothing at {where}, but models at {where}/v1": "{where}에는 없고 {where}/v1에 모델이 있어요",
    "nobody knows what {brain} costs, so the price limit cannot be kept": (
        "{brain}의 비용을 알 수 없어 비용 한도를 지킬 수 없어요"
    ),
    "take the limit away, or choose a model with a known price": "한도를 없애거나 비용이 알려진 모델을 골라 주세요",
    "stopped after {steps} requests to the model": "모델에 {steps}번 묻고 멈췄어요",
    "say go on if it should": "이어 가려면 `계속해`라고 하세요",
    "stopped after {minutes:g} minutes": "{minutes}분 뒤에 멈췄어요",
    "the price limit of ${price} is reached": "비용 한도 ${price}에 닿았어요",
    "max_price under [model] sets it": "[model]의 max_price로 정해요",
    "the style is not seen: {error}": "스타일을 보지 못했어요: {error}",
}
