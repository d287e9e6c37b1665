"""What is said of studies, trainings and the machine they run on, in Korean."""

from __future__ import annotations

STUDIES = {
    "{where} does not answer; it is waited for up to {seconds:.0f} seconds": (
        "{where:이/가} 답하지 않아 {seconds}초까지 기다려요"
    ),
    "a trial of {method} is tried again": "{method} 시도 하나를 다시 해요",
    "a run of {method} ends early and keeps what it has": (
        "{method} 실행 하나가 일찍 끝나요. 그때까지 그린 그림은 남아요"
    ),
    "a run of {method} ends early and keeps what it has: {why}": (
        "{method} 실행 하나가 일찍 끝나요. 그때까지 그린 그림은 남아요: {why}"
    ),
    "a trial of {method} is tried again: {why}": "{method} 시도 하나를 다시 해요: {why}",
    "a trial of {method} is set aside: {error}": "{method} 시도 하나를 제쳐 두어요: {error}",
    "no study has been started yet": "아직 시작한 스터디가 없어요",
    "plan_study and start_study begin one, list_studies finds old ones": "바꿀 사진과 스타일 그림을 알려 주세요",
    "there is no study {name!r} in {home}": "{home}에 {name:이라는/라는} 스터디가 없어요",
    "`autostyle studies` lists them; to begin it, name its pictures too": (
        "`autostyle studies`로 볼 수 있어요. 새로 시작하려면 그림도 함께 알려 주세요"
    ),
    "there is no trial {number}": "{number}번 시도는 없어요",
    "no trial is complete yet": "아직 끝난 시도가 없어요",
    "the first picture comes with the first trial that ends": "첫 시도가 끝나면 첫 그림이 나와요",
    "trial {number} has no picture": "{number}번에는 그림이 없어요",
    "it did not end well, or has not ended yet": "실패했거나 아직 끝나지 않았어요",
    "there are no trials yet": "아직 시도가 없어요",
    "there is trial 0 alone": "0번만 있어요",
    "there are trials 0 to {last}": "0번부터 {last}번까지 있어요",
    "trial {number} is not complete": "{number}번은 끝난 시도가 아니에요",
    "answers are about complete trials": "끝난 시도 가운데 골라 주세요",
    "trial {number} is not on the front, and only those are kept whole": (
        "{number}번은 프론트에 없어요. 프론트의 그림만 온전히 남겨 둬요"
    ),
    "the front: {numbers}": "프론트: {numbers}",
    "of a {one}'s trials only the recommended one can be applied": "{one:은/는} 추천된 시도만 적용할 수 있어요",
    "leave the trial out": "번호 없이 말씀해 주세요",
    "{study} has no complete trial yet": "{study}에 아직 끝난 시도가 없어요",
    "wait for one": "하나가 끝날 때까지 기다려 주세요",
    "there is no pair left to ask about": "더 여쭤볼 두 개가 없어요",
    "the front has one trial, or every answer is given": "프론트에 하나뿐이거나, 이미 모두 답하셨어요",
    "no search is running": "지금 도는 탐색이 없어요",
    "nothing needs to be stopped": "멈출 것이 없어요",
    "there is no change to take back": "되돌릴 것이 없어요",
    "changes of this conversation only can be taken back": "이 대화에서 바꾼 것만 되돌릴 수 있어요",
    "there is no plan yet": "아직 계획이 없어요",
    "plan_study makes one": "바꿀 사진과 스타일 그림을 알려 주세요",
    "study {study} was not made here: it is only looked at": (
        "{study:은/는} 여기서 만든 스터디가 아니라서 보기만 해요"
    ),
    "if it is yours, or you trust who made it: autostyle studies trust {study}, or --trust, once": (
        "직접 만드셨거나 만든 사람을 믿으시면 한 번만 하세요: `autostyle studies trust {study}`"
    ),
    "{study} is being searched": "{study:을/를} 이미 찾고 있어요",
    "steer_study changes it, or stops it first": "바꿀 점을 말씀하시거나, 먼저 “그만”이라고 하세요",
    "the search of {study} is over": "{study} 탐색은 이미 끝났어요",
    "start it again: it goes on where it was": "“10번 더”라고 하면 거기서 이어 가요",
    "study {name} is being run by another process": "{name} 스터디는 다른 프로그램이 돌리고 있어요",
    "wait for it, or stop it; then the same command goes on": (
        "끝나기를 기다리거나 그쪽을 멈춘 다음 다시 말씀해 주세요"
    ),
    "{error}: searching anew as {study}": "{error} {study}로 새로 찾아요",
    "study {name} cannot be resumed: {what} is not what it began with": (
        "{name} 스터디를 이어 갈 수 없어요. 처음과 다른 것이 있어요: {what}"
    ),
    "study {name} cannot be resumed: {what}": "{name} 스터디를 이어 갈 수 없어요: {what}",
    "the content picture differs": "바꿀 사진이 달라요",
    "the style pictures differ": "스타일 그림이 달라요",
    "the files given with --with differ: {names}": "함께 쓴 파일이 달라요: {names}",
    "{path} is gone, and the study has no copy of it": "{path:이/가} 없어졌고, 스터디에 복사본도 없어요",
    "put it back, or name the study's content, styles and aids again where they are now": (
        "제자리에 돌려놓거나, 지금 어디에 있는지 다시 알려 주세요"
    ),
    "{path} has changed since the study began": "{path:이/가} 스터디를 시작한 뒤에 바뀌었어요",
    "bring the same again, or start a new study": "처음과 같게 하거나 새로 시작해 주세요",
    "{path} is a link of a study": "{path:은/는} 스터디가 쓰는 연결 파일이에요",
    "name the file that it stands for": "그것이 가리키는 파일을 알려 주세요",
    "{path} is no link of this study": "{path:은/는} 이 스터디의 연결 파일이 아니에요",
    "somebody changed it: start a new study": "누군가 바꿨어요. 새로 시작해 주세요",
    "{path} is no link of a study": "{path:은/는} 스터디의 연결 파일이 아니에요",
    "the study is damaged: start a new one": "스터디가 손상됐어요. 새로 시작해 주세요",
    "{name!r} cannot be linked to": "{name:을/를} 이름 때문에 쓸 수 없어요",
    "give it a plain name, or a shorter path": "이름을 바꾸거나 경로를 줄여 주세요",
    "{name} ({size} MB) is kept where it is: the study has a link, no copy": (
        "{name}({size} MB)은 커서 복사하지 않고 있는 자리에서 써요"
    ),
    "{what} differs: {before} then, {now} now": "그때와 다른 것이 있어요({what}: {before} → {now})",
    "bring the same again, or start a new study: give another --study name": "처음과 같게 하거나 새로 시작해 주세요",
    "put the same weights back, or start a new study: give another --study name": (
        "같은 가중치를 되돌려 놓거나 새로 시작해 주세요"
    ),
    "the time was spent before a trial completed": "시도 하나가 끝나기 전에 시간이 다 됐어요",
    "give more --minutes, or a smaller --size": "시간을 더 주시거나 크기를 줄여 주세요",
    "no trial of study {name} completed: {failed}": "{name} 스터디에서 끝난 시도가 하나도 없어요: {failed}",
    "no trial ran": "시도를 하나도 하지 못했어요",
    "its process died {count} times": "계산하던 프로그램이 {count}번 죽었어요",
    "its process died {count} times ({why})": "계산하던 프로그램이 {count}번 죽었어요({why})",
    "workers die before they do anything ({why})": "계산할 프로그램이 시작하자마자 죽어요({why})",
    "cannot read the plan {file}": "{file:을/를} 읽지 못했어요",
    "studies/examples has plans that work": "그 파일을 되돌려 놓거나 새로 시작해 주세요",
    "see studies/examples for a plan that works": "그 파일을 되돌려 놓거나 새로 시작해 주세요",
    "see {place}": "기록: {place}",
    "failed": "실패",
    "pruned": "여기서는 할 수 없음",
    "running": "도는 중",
    "plans are at most {most} KiB": "계획은 {most} KiB까지예요",
    "this plan is too large": "계획이 너무 커요",
    "this plan is no YAML": "계획이 YAML이 아니에요",
    "this plan is empty or no mapping": "계획이 비었거나 항목이 없어요",
    "plan: {error}": "계획: {error}",
    "pip install --upgrade autostyle": "`pip install --upgrade autostyle`",
    "this plan is of a newer autostyle (schema {version})": "더 새로운 autostyle의 계획이에요(schema {version})",
    "`autostyle studies` lists them": "`autostyle studies`에 모두 있어요",
    "stop it first": "먼저 멈춰 주세요",
    "study {name} is being run": "{name} 스터디가 돌고 있어요",
    "its trials are not in this storage: deleted, or in another one (--storage)": (
        "이 저장소에 시도가 없어요. 지워졌거나 다른 저장소에 있어요(--storage)"
    ),
    "a part of its trials was deleted, and it cannot go on": "시도 일부가 지워져 이어 갈 수 없어요",
    "nothing was run: the trials of {study} were spent before, none of them with {what}; more --trials or --minutes "
    "try it, another --study name begins anew": (
        "새로 실행한 시도가 없어요. {study}의 시도는 이미 다 썼고 {what}(으)로 한 시도는 없어요. --trials나 --minutes를"
        " 늘리면 해 보고, 다른 --study 이름을 주면 새로 시작해요"
    ),
    "the folder of study {name} is gone from {home}": "스터디 {name}의 폴더가 {home}에 없어요",
    "put it back; or `autostyle studies rm {name}` takes away what is left": (
        "폴더를 되돌려 놓거나, `autostyle studies rm {name}`로 남은 기록을 지우세요"
    ),
    "its folder is gone; `autostyle studies rm {name}` takes away what is left of it": (
        "폴더가 없어졌어요. `autostyle studies rm {name}`로 남은 기록을 지울 수 있어요"
    ),
    "it has other objectives": "목적 함수가 달라요",
    "the database of study {study} says what cannot be": ("{study} 스터디의 데이터베이스에 있을 수 없는 내용이 있어요"),
    "{method} has no such parameter": "{method}에는 그런 설정이 없어요",
    "the plan of study {study} is wrong: {error}": "{study} 스터디의 계획이 잘못됐어요: {error}",
    "the plan of study {study} does not fit its methods": "{study} 스터디의 계획이 방법과 맞지 않아요",
    "the plan of study {study} is another study's": "{study} 스터디의 계획은 다른 스터디의 것이에요",
    "the database is damaged, or somebody changed it: start a new study": (
        "데이터베이스가 손상됐거나 누가 바꿨어요. 새로 시작해 주세요"
    ),
    "study {name} cannot go on: the database says of attempt {number} of {method} what cannot be": (
        "{name} 스터디를 이어 갈 수 없어요. {method}의 {number}번째 실행에 있을 수 없는 내용이 있어요"
    ),
    "autostyle tune makes one; --home names another folder": (
        "`autostyle tune`으로 만들고, 다른 폴더는 --home으로 알려 주세요"
    ),
    "there are no studies in {home}": "{home}에 스터디가 없어요",
    "give another --port, or 0 for a free one": "다른 --port를 주거나, 빈 포트는 0으로 해 주세요",
    "port {port} cannot be used: {why}": "{port} 포트를 쓸 수 없어요: {why}",
    "small letters, digits, '.', '_' and '-', at most 100": "영어 소문자, 숫자, '.', '_', '-'로 100자까지",
    "{name!r} is no name for a study": "{name:은/는} 스터디 이름으로 쓸 수 없어요",
    (
        "--storage URL names theirs; `autostyle studies rm {name}` takes away what is left; another --study name "
        "begins anew"
    ): (
        "저장소는 --storage URL로 알려 주고, 남은 것은 `autostyle studies rm {name}`으로 치우고, 새로 하려면 "
        "다른 --study 이름을 주세요"
    ),
    (
        "study {name} has a folder in {home}, but its trials are not in this storage: they were deleted, or are "
        "in another one"
    ): ("{home}에 {name} 스터디 폴더는 있지만 이 저장소에 시도가 없어요. 지워졌거나 다른 저장소에 있어요"),
    "search first": "먼저 탐색해 주세요",
    "stop it first, or start a new study": "먼저 멈추거나 새로 시작해 주세요",
    "the weights of a running study cannot change": "도는 스터디의 가중치는 바꿀 수 없어요",
    "choices: {names}; or fix it: -p {name}={value}": "고를 수 있는 값: {names}. 고정하려면 -p {name}={value}",
    "warm start {name}={value!r} is no choice a study searches": (
        "먼저 해 볼 값 {name}={value:은/는} 스터디가 찾는 값이 아니에요"
    ),
    "bounds: {low:g} to {high:g}": "범위: {low}부터 {high}까지",
    "warm start {name}={value:g} is outside the bounds of the plan": (
        "먼저 해 볼 값 {name}={value:이/가} 계획의 범위를 벗어나요"
    ),
    "parameter {name!r} is another one than when this study began": "{name} 설정이 이 스터디를 시작할 때와 달라요",
    "start a new study: give another --study name": "다른 --study 이름으로 새로 시작해 주세요",
    "study {name} searches for {wanted}, and its scorer gives {given}": (
        "{name} 스터디는 {wanted:을/를} 찾는데 점수는 {given:이/가} 나와요"
    ),
    "use the autostyle that made it": "그것을 만든 autostyle을 써 주세요",
    "{where} was made by another version of Optuna": "{where:은/는} 다른 판의 Optuna로 만들어졌어요",
    "pip install 'autostyle[postgresql]'": "`pip install 'autostyle[postgresql]'`",
    "the driver of the storage {url} is not installed": "{url} 저장소의 드라이버가 설치되지 않았어요",
    "the storage {url}": "{url} 저장소",
    "`autostyle studies rm NAME` takes away what is left of it; another --study name begins anew": (
        "남은 것은 `autostyle studies rm NAME`으로 치우고, 새로 하려면 다른 --study 이름을 주세요"
    ),
    "this study is not in {where} any more: somebody deleted it": "{where}에 이 스터디가 더는 없어요. 누가 지웠어요",
    "put a copy back, or move it away: pictures and reports stay, searches begin anew": (
        "사본을 되돌려 놓거나 옮겨 주세요. 그림과 보고서는 남고 탐색은 새로 시작해요"
    ),
    "{where} is damaged": "{where:이/가} 손상됐어요",
    "check the permissions, or give another --home": "권한을 확인하거나 다른 --home을 알려 주세요",
    "{where} cannot be written": "{where}에 쓰지 못했어요",
    "check that the server runs and the URL is right": "서버가 켜져 있는지, URL이 맞는지 확인해 주세요",
    "check that the server runs and the URL is right; the same command goes on from here": (
        "서버가 켜져 있는지, URL이 맞는지 확인해 주세요. 같은 명령으로 여기서 이어 가요"
    ),
    "{where} cannot be used ({kind})": "{where:을/를} 쓸 수 없어요({kind})",
    "for instance: postgresql+psycopg://user@host/database": "예: postgresql+psycopg://user@host/database",
    "this storage is no database URL": "이 저장소는 데이터베이스 URL이 아니에요",
    "{path} holds more than the tables of studies": "{path}에 스터디 표가 아닌 것이 들어 있어요",
    "XDG_DATA_HOME names another folder, {environment}=1 does without a key": (
        "XDG_DATA_HOME으로 다른 폴더를 알려 주거나, {environment}=1로 키 없이 하세요"
    ),
    "the key of your studies cannot be kept in {file}: {why}": "스터디의 키를 {file}에 저장하지 못했어요: {why}",
    "the scorer ({key})": "점수 매기는 모델({key})",
    "what paints ({method})": "그리는 모델({method})",
    "the plan of study {study} names a file outside of its folder": ("{study} 스터디의 계획에 폴더 밖의 파일이 있어요"),
    "a worker died ({how}); another one is started": ("계산하던 프로그램이 죽어서({how}) 새로 시작해요"),
    "waiting for trials that run elsewhere; one whose host gives no sign of life for {seconds} "
    "seconds is tried again": ("다른 곳에서 도는 시도를 기다려요. {seconds}초 동안 소식이 없으면 다시 해요"),
    "the final render failed ({how}); the best trial is kept at the search's size": (
        "최종 그림을 그리지 못했어요({how}). 가장 좋은 시도를 탐색 크기로 남겼어요"
    ),
    "a style picture of {own} px for marks of {wanted}: its finest ones come out small": (
        "스타일 그림이 {own} px라 {wanted} px 크기의 결과에서는 가장 고운 붓자국이 작게 나와요"
    ),
    "no final render: {error}; {hint}": "마지막 그림을 그리지 않았어요: {error}. {hint}",
    "made at {size} of {own}: --size own takes about {minutes} minutes on two cores": (
        "원본은 {own}인데 {size}로 만들었어요. --size own이면 코어 두 개로 {minutes}분쯤 걸려요"
    ),
    "made at {size} of {own}: `autostyle save {study} --size own` takes about {minutes} minutes on two cores": (
        "원본은 {own}인데 {size}로 만들었어요. `autostyle save {study} --size own`은 코어 두 개로 {minutes}분쯤 걸려요"
    ),
    "the final render at {size} ran out of memory: try a smaller --final-size": (
        "{size}로 최종 그림을 그리다 메모리가 모자랐어요. --final-size를 줄여 보세요"
    ),
    "trial {number} of {name} has no picture": ("{name} 스터디의 {number}번에는 그림이 없어요"),
    "record.trials says which have one": "그림이 있는 시도는 record.trials에 있어요",
    "{name} has no complete trial yet": "{name}에 아직 끝난 시도가 없어요",
    "the search of {name} is running already": "{name} 탐색이 이미 돌고 있어요",
    "wait for it, or stop it": "끝나기를 기다리거나 멈춰 주세요",
}
TRAINING = {
    "--photos is for --train": "--photos는 --train과 함께 써요",
    "autostyle tune --train fast STYLE --photos FOLDER": (
        "이렇게 쓰세요: autostyle tune --train fast STYLE --photos FOLDER"
    ),
    "{n} style pictures: a search of a training takes one": "스타일 그림이 {n}개예요. 학습 탐색은 하나만 받아요",
    "what it finds serves any": "찾은 설정은 다른 그림에도 써요",
    "--train and --method do not go together": "--train과 --method는 함께 쓸 수 없어요",
    "leave one out": "하나만 써 주세요",
    "one photograph cannot be learnt on and kept out": "사진 한 장을 배우면서 평가용으로 남겨 둘 수는 없어요",
    "a net that ships with autostyle is called {name}": "autostyle에 들어 있는 넷의 이름이 {name:이에요/예요}",
    "give yours another name: -o NAME": "다른 이름을 붙여 주세요: -o NAME",
    "a net of yours and one that ships with autostyle are called {name}": (
        "만드신 넷과 autostyle에 들어 있는 넷의 이름이 둘 다 {name:이에요/예요}"
    ),
    "rename the folder {path}": "폴더 {path}의 이름을 바꿔 주세요",
    "no photographs but the style pictures themselves": "스타일 그림 말고는 사진이 없어요",
    "give others: --photos names a folder": "다른 사진을 주세요: --photos에 폴더를 알려 주세요",
    "give more: --photos names a folder": "더 주세요: --photos에 폴더를 알려 주세요",
    "study {study} did not search a training": "탐색 {study:은/는} 학습을 탐색한 게 아니에요",
    "study {study} has found nothing yet": "{study} 스터디는 아직 찾은 것이 없어요",
    "autostyle tune --train fast STYLE makes one": "autostyle tune --train fast STYLE로 만들 수 있어요",
    "give it once": "한 번만 알려 주세요",
    "let it end, or stop it first": "끝나기를 기다리거나 먼저 “그만”이라고 하세요",
    "{count} pictures are too few to learn from": "{count}장으로는 배우기에 모자라요",
    "{path} is too small to learn from: {width} x {height} pixels, for squares of {size}": (
        "{path:은/는} 배우기에 너무 작아요: {width} x {height} 화소(한 변 {size} 화소로 잘라서 배워요)"
    ),
    "give a larger picture, or a smaller --size": "더 큰 그림을 알려 주세요",
    "the caption {path} cannot be read: {why}": "설명 파일 {path:을/를} 읽지 못했어요: {why}",
    "write it as UTF-8 text": "UTF-8 텍스트로 저장해 주세요",
    "the caption {path} has {count} characters": "설명 파일 {path:이/가} {count}자예요",
    "write 1 to {most}, or remove it": "1자에서 {most}자까지 쓰거나 지워 주세요",
    "the training in {path} began with other {what}": "{path}의 학습은 지금과 다르게 시작했어요({what})",
    "take the same again, or another folder; --force begins anew": "처음과 같게 하거나 다른 폴더를 알려 주세요",
    "another process is training in {path}": "다른 프로그램이 {path}에서 학습하고 있어요",
    "wait, or name another folder": "끝나기를 기다리거나 다른 폴더를 알려 주세요",
    "{path} is in use": "{path} 폴더에 다른 파일이 있어요",
    "name another folder; --force writes into this one": "다른 폴더를 알려 주세요",
    "--force begins anew": "--force로 새로 시작해요",
    "{file} is no checkpoint of a training": "{file:은/는} 학습 체크포인트가 아니에요",
    "give {least} or more": "{least}장 이상 알려 주세요",
    "give {least} or more, or --blocks style, which learns from one": (
        "{least}장 이상 알려 주시거나, 한 장으로 배우는 --blocks style로 해 주세요"
    ),
    "at step {number} the loss is no number any more": "{number}단계에서 손실이 숫자가 아니게 됐어요",
    "begin anew with a smaller --rate": "--rate를 줄여 새로 시작해 주세요",
    "the base model paints like these pictures already: nothing ends the training early": (
        "기본 모델이 이미 이 그림들처럼 그려서, 학습을 일찍 끝낼 기준이 없어요"
    ),
    "going on after step {step}": "{step}단계 다음부터 이어 가요",
    "step {step}/{steps}": "{steps}단계 중 {step}단계",
    "picture {item} of {items}, step {step}/{steps}": "그림 {items}장 중 {item}번째, {steps}단계 중 {step}단계",
    "step {step}: loss {loss:.4f}, {preview}": "{step}단계: 손실 {loss}, {preview}",
    "step {step}: loss {loss:.4f}, held-out style {score:.3f}, {preview}": (
        "{step}단계: 손실 {loss}, 따로 잰 스타일 {score}, {preview}"
    ),
    "{name} is {least:g} to {most:g}": "{name:은/는} {least}부터 {most}까지예요",
    "{name} is at least {least:g}": "{name:은/는} {least} 이상이에요",
}
MACHINE = {
    "the device ran out of memory": "메모리가 모자라요",
    "out of memory": "메모리가 모자라요",
    "try a smaller --size, or --device cpu": "크기를 줄여 보세요",
    "the scores are no numbers": "점수가 숫자가 아니에요",
    "at this size the picture is only {width} x {height} pixels": "이 크기로는 {width} x {height} 화소밖에 안 돼요",
    "give a larger --size": "더 크게 해 주세요",
    "there is no device {name} here": "여기에는 {name} 장치가 없어요",
    "--device auto takes what there is": "--device auto는 있는 것을 써요",
    "no space left to write {path}": "디스크가 가득 차서 {path}에 쓰지 못했어요",
    "the study database": "스터디 데이터베이스",
    "{place} is locked by another program": "{place:을/를} 다른 프로그램이 잡고 있어요",
    "close it; the same command goes on from here": "그 프로그램을 닫은 다음 “시작”이라고 하면 이어 가요",
    "free some space on that disk, or write to another one": "그 디스크의 공간을 비우거나 다른 디스크에 써 주세요",
    "free some space; the same command goes on from here": "공간을 비운 다음 “시작”이라고 하면 이어 가요",
    "{path} may not be written": "{path}에 쓸 권한이 없어요",
    "check the folder's permissions, or write somewhere else": "폴더 권한을 확인하거나 다른 곳에 써 주세요",
    "free some space, or check the permissions; the same command goes on from here": (
        "공간을 비우거나 권한을 확인한 다음 “시작”이라고 하면 이어 가요"
    ),
    "the weights {id!r} are not on this machine": "{id} 가중치가 이 컴퓨터에 없어요",
    "reinstall autostyle: files of the package are missing": "패키지 파일이 빠졌으니 autostyle을 다시 설치해 주세요",
    "the job failed: {error}": "작업이 실패했어요: {error}",
    "the job process ended with status {status}": "작업 프로그램이 {status} 상태로 끝났어요",
    "this is a bug; {where}": "autostyle의 버그예요. {where}",
    "the log is {place}": "기록: {place}",
    "no log could be written: {why}": "기록을 남기지 못했어요: {why}",
    "autostyle failed: {kind}: {error}": "autostyle에서 오류가 났어요: {kind}: {error}",
}
