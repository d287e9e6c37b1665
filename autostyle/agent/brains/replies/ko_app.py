"""What the terminal app says of its own accord, in Korean; see ``ko_errors``."""

from __future__ import annotations

APP = {
    "Say how a picture should look": "어떻게 보이면 좋을지 적어 주세요",
    # How an answer ends
    "stopped; what came of it is kept": "멈췄어요. 여기까지는 남아 있어요",
    "stopped: too many steps for one answer; say how to go on": (
        "멈췄어요. 한 번에 하기에는 단계가 너무 많아요. 어떻게 이어 갈지 알려 주세요"
    ),
    "stopped: this answer took too long; say how to go on": (
        "멈췄어요. 답이 너무 오래 걸렸어요. 어떻게 이어 갈지 알려 주세요"
    ),
    "stopped: the price limit of this conversation is reached": "멈췄어요. 이 대화에 정해 둔 비용을 다 썼어요",
    "earlier messages are in the session's file": "더 앞의 대화는 세션 파일에 있어요",
    # Leaving and stopping
    "A search is running.": "탐색이 돌고 있어요.",
    "Stop it, keep what was found, and leave": "멈추고, 찾은 것은 남기고 나가기",
    "Stay": "계속 있기",
    "Esc again stops the search; what was found is kept": "Esc를 한 번 더 누르면 탐색을 멈춰요. 찾은 것은 남아요",
    "stopping the search; what was found is kept": "탐색을 멈추는 중이에요. 찾은 것은 남아요",
    "a search of this conversation is running": "이 대화의 탐색이 돌고 있어요",
    "/stop ends it and keeps what was found": "/stop으로 멈출 수 있고, 찾은 것은 남아요",
    # Brains
    "the brain is not ready": "답할 모델이 아직 준비되지 않았어요",
    "wait a moment, or choose another with /model": "잠시 기다리거나 /model로 다른 것을 고르세요",
    "no language model is set (AUTOSTYLE_MODEL): requests are understood by rules": (
        "정해 둔 언어 모델이 없어(AUTOSTYLE_MODEL) 규칙으로 이해해요"
    ),
    "offline, so {model} is not asked: requests are understood by rules": (
        "오프라인이라 {model}에 묻지 않고 규칙으로 이해해요"
    ),
    "{model} calls no tools, as the settings say: requests are understood by rules": (
        "설정에 따르면 {model:은/는} 도구를 쓰지 않아서 규칙으로 이해해요"
    ),
    "from here on {name} answers": "이제부터 {name:이/가} 답해요",
    "Which brain? /model NAME takes any that litellm can reach; its key comes from the environment.": (
        "어느 모델이 답할까요? /model 이름으로 litellm이 닿는 모델을 모두 쓸 수 있고, 키는 환경 변수에서 읽어요."
    ),
    "rules: no model, no network": "규칙: 모델도 네트워크도 쓰지 않음",
    "its key is in the environment": "키가 환경 변수에 있음",
    "named in the settings": "설정에 적힌 것",
    "named here": "여기서 고른 것",
    "{about}; in use": "{about}; 쓰는 중",
    # Pickers and what commands say
    "Go on with which conversation?": "어느 대화를 이어 갈까요?",
    "nothing said": "아무 말도 없었음",
    "there is no earlier conversation": "지난 대화가 없어요",
    "each is kept as it goes on": "대화는 나누는 동안 저장돼요",
    "Look at which study?": "어느 스터디를 볼까요?",
    "{done}/{total} trials, {when}": "{total}번 중 {done}번, {when}",
    "report: {path}": "보고서: {path}",
    "{text!r} are no numbers of trials": "“{text}”에는 시도 번호가 아닌 것이 있어요",
    "for example /compare 3 7": "예: /compare 3 7",
    "Which of these two do you like better?": "둘 중 어느 쪽이 더 마음에 드세요?",
    "the left one, trial {number}": "왼쪽, {number}번",
    "the right one, trial {number}": "오른쪽, {number}번",
    "{tokens_in} tokens in, {tokens_out} out, {price}": "보낸 토큰 {tokens_in}, 받은 토큰 {tokens_out}, {price}",
    "nobody knows the price": "비용은 알 수 없음",
    "Which theme?": "어느 색 구성으로 할까요?",
    "there is no theme {name!r}": "{name:이라는/라는} 색 구성은 없어요",
    "themes: {names}": "있는 것: {names}",
    "there is no command /{name}": "/{name:이라는/라는} 명령은 없어요",
    "/help lists them": "/help에 모두 있어요",
    "/{name} wants {argument}": "/{name}에는 {argument:이/가} 필요해요",
    "FOLDER": "폴더",
    "NUMBERS": "번호",
    "[NAME]": "[이름]",
    "{path} cannot be changed: {error}": "{path:을/를} 바꿀 수 없어요: {error}",
    "write {key} under [{section}] yourself": "[{section}] 아래에 {key:을/를} 직접 적어 주세요",
    # Commands and keys
    "commands and keys": "명령과 키",
    "which brain answers; change to another": "어느 모델이 답하는지 보고 바꾸기",
    "go on with an earlier conversation": "지난 대화 이어 가기",
    "list the studies, look at one": "스터디 목록에서 골라 보기",
    "write the report of the study": "스터디 보고서 쓰기",
    "write the report into a folder": "폴더에 보고서 쓰기",
    "trials side by side": "시도를 나란히 보기",
    "which of two is better? moves the advice": "둘 중 나은 쪽 고르기, 추천에 반영",
    "end the search, keeping what was found": "탐색을 멈추고 찾은 것은 남기기",
    "what runs unasked; take it back": "묻지 않고 하는 일 보고 되돌리기",
    "tokens and price of this conversation": "이 대화의 토큰과 비용",
    "colours, dark or light; kept": "색 구성, 어둡게나 밝게, 저장됨",
    "begin a new conversation": "새 대화 시작",
    "leave": "나가기",
    "send; Ctrl+J begins a new line": "보내기, 줄 바꿈은 Ctrl+J",
    "stop the answer; twice, the search": "답 멈추기, 두 번이면 탐색",
    "completes a file": "파일 이름 완성",
    "reach a tool's line or a trial, open it": "도구 줄이나 시도로 가서 펼치기",
    "study or chat, where only one has room": "자리가 하나뿐일 때 스터디와 대화 바꾸기",
    "scroll the chat": "대화 넘겨 보기",
    "all commands": "모든 명령",
}
