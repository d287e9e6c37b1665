"""What the conversation, the terminal app and the command line say of their own accord, in Korean."""

from __future__ import annotations

APP = {
    "The search of {study} has failed: {error}.": "{study} 탐색이 실패했어요: {error}.",
    "{name} in this folder sets {names}: ignored, because the folder is not trusted "
    "(to trust it, add it to trusted_folders in {file})": (
        "이 폴더의 {name}에서 {names:을/를} 정했지만, 믿는 폴더가 아니라 무시했어요"
        "(믿으려면 {file}의 trusted_folders에 넣어 주세요)"
    ),
    "Say how a picture should look": "어떻게 보이면 좋을지 적어 주세요",
    "stopped; what came of it is kept": "멈췄어요. 여기까지는 남아 있어요",
    "stopped: too many steps for one answer; say how to go on": (
        "멈췄어요. 한 번에 하기에는 단계가 너무 많아요. 어떻게 이어 갈지 알려 주세요"
    ),
    "stopped: this answer took too long; say how to go on": (
        "멈췄어요. 답이 너무 오래 걸렸어요. 어떻게 이어 갈지 알려 주세요"
    ),
    "stopped: the price limit of this conversation is reached": "멈췄어요. 이 대화에 정해 둔 비용을 다 썼어요",
    "earlier messages are in the session's file": "더 앞의 대화는 세션 파일에 있어요",
    "A search is running.": "탐색이 돌고 있어요.",
    "Stop it, keep what was found, and leave": "멈추고, 찾은 것은 남기고 나가기",
    "Stay": "계속 있기",
    "Esc again stops the search; what was found is kept": "Esc를 한 번 더 누르면 탐색을 멈춰요. 찾은 것은 남아요",
    "stopping the search; what was found is kept": "탐색을 멈추는 중이에요. 찾은 것은 남아요",
    "a search of this conversation is running": "이 대화의 탐색이 돌고 있어요",
    "/stop ends it and keeps what was found": "/stop으로 멈출 수 있고, 찾은 것은 남아요",
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
    "nobody is here to allow this": "허락해 주실 분이 없어요",
    "{nobody}: {what}": "{nobody}: {what}",
    "{flag} allows it beforehand": "{flag:으로/로} 미리 허락할 수 있어요",
    "`autostyle studies trust NAME` allows it beforehand": ("`autostyle studies trust NAME`으로 미리 허락할 수 있어요"),
    "the person said no to this call": "하지 말라고 하셨어요",
    "there is no tool {name!r}": "{name:이라는/라는} 도구는 없어요",
    "tools: {names}": "도구: {names}",
    "end with the plan": "",
    "{name} is withheld: only a plan is wanted": "계획만 보기로 해서 {name:은/는} 하지 않았어요",
    "leave it, unless they ask for it again": "",
    "interrupted": "중간에 멈췄어요",
    "interrupted: the turn took too long": "너무 오래 걸려 중간에 멈췄어요",
    "interrupted: the program ended": "프로그램이 끝나 중간에 멈췄어요",
    "error: this tool failed; the person has been told": "오류가 나서 하지 못했어요",
    "not run: the model goes in circles, and the turn was ended": "모델이 같은 일만 되풀이해 하지 않았어요",
    "not run: the person has answered something else, which follows": "다른 말씀을 하셔서 하지 않았어요",
    "this conversation is not being saved: {why} ({path})": "이 대화를 저장하지 못하고 있어요: {why}({path})",
    "autostyle chat, then /resume, lists those there are": "`autostyle chat`에서 /resume을 하면 있는 것이 나와요",
    "there is no session {id}": "{id} 대화가 없어요",
    "close it there first": "먼저 거기서 닫아 주세요",
    "the session {id} is open in another program": "{id} 대화가 다른 프로그램에 열려 있어요",
    "it holds this conversation": "이 대화가 든 파일이에요",
    "give both trials, and one of them as the better": "두 시도와 그중 나은 쪽을 알려 주세요",
    "the answer is none of the pair": "둘 가운데 하나가 아니에요",
    "{name}: {error}": "{error}",
    "arguments: {names}": "",
    "at most one trial in {most}: the sampler finds the numbers": "{most}번에 하나까지예요",
    "{starts} warm starts in {trials} trials are too many": (
        "{trials}번 가운데 먼저 해 볼 값이 {starts}개면 너무 많아요"
    ),
    "give it bounds, or lean with prefer; it is fixed only where the person names {ratio}": (
        "{ratio:을/를} 직접 말씀하시면 고정해요"
    ),
    "{ratio} of {method} is always searched: it is the balance of style and content": (
        "{method}의 {ratio:은/는} 스타일과 원본의 균형이라 늘 찾아요"
    ),
    "{help} It goes further only where the person names {name}.": "{name:을/를} 직접 말씀하시면 더 넓혀요.",
    "{name} of {method} is searched from {low:g} to {high:g}": "{method}의 {name:은/는} {low}부터 {high}까지 찾아요",
    "the schema of plan_study gives the ranges": "",
    "the schema of steer_study gives the ranges": "",
    "ask the person for it": "어떤 것인지 알려 주세요",
    "the picture to stylize is missing": "바꿀 사진이 없어요",
    "the style picture is missing": "스타일 그림이 없어요",
    "it renders the recommended trial at its end": "끝나면 추천한 그림을 최종 크기로 그려요",
    "`{command} --help` shows how": "쓰는 법은 `{command} --help`에 있어요",
    "`{command} --help` shows the ranges": "범위는 `{command} --help`에 있어요",
    "`autostyle tune --help` shows the ranges": "범위는 `autostyle tune --help`에 있어요",
    "--{error}": "--{error}",
    "the turn ended early: {reason}": "답이 일찍 끝났어요: {reason}",
    "the app needs a terminal": "앱은 터미널에서만 쓸 수 있어요",
    'without one: autostyle ask "REQUEST"': '터미널 없이는 `autostyle ask "REQUEST"`',
    "name it, or --all; `autostyle studies` lists them": (
        "이름을 알려 주거나 --all로 해 주세요. `autostyle studies`에 모두 있어요"
    ),
    "which study?": "어떤 스터디인가요?",
    "leave --offline out": "--offline을 빼 주세요",
    "the dashboard listens on a socket, and --offline forbids that": (
        "대시보드는 소켓을 여는데 --offline에서는 할 수 없어요"
    ),
    "--size {nearest}": "--size {nearest}",
    "--size {size} is no multiple of 64": "--size {size:은/는} 64의 배수가 아니에요",
    "settings: {keys}": "설정: {keys}",
    "{source}: {error}": "{source}: {error}",
}
