"""What a report says, in Korean."""

from __future__ import annotations

PAGE = {
    "Sections": "차례",
    "Trade-off": "절충",
    "All results": "모든 결과",
    "Method": "방법",
    "Settings": "설정",
    "Provenance": "출처",
    "Reproduce": "다시 만들기",
    "Switch between light and dark": "밝게 또는 어둡게",
    "Trial {number} is the one to keep.": "{number}번을 추천해요.",
    "Trial {number} is the best so far.": "지금까지는 {number}번이 가장 좋아요.",
    "This study is gone.": "이 스터디는 이제 없어요.",
    "autostyle serve has ended: nothing moves here any more.": "autostyle serve가 끝나서 여기는 더 바뀌지 않아요.",
    "Made by autostyle {version}. This page follows its study on this machine.": (
        "autostyle {version}로 만들었어요. 이 페이지는 이 컴퓨터에서 스터디를 따라가요."
    ),
    "{done} of {total} runs done": "{total}번 가운데 {done}번 끝남",
    "about {n} s left": "{n}초쯤 남음",
    "about {n} min left": "{n}분쯤 남음",
    "the best one is rendered at full size": "가장 좋은 것을 최종 크기로 그리는 중",
    "It scores {scores}.": "점수는 {scores}.",
    "Against {reference}: {gain}.": "{reference}에 견주면 {gain}.",
    "The untouched content would score {scores}.": "손대지 않은 사진은 {scores}.",
    "How it was picked.": "고른 까닭.",
    "{first} is measured by the best {first_lower} reached, {others} by the untouched picture; the recommended trial "
    "is the one whose larger shortfall is smallest, the shortfall in {first_lower} counting {times:.3g} times that in "
    "{others}": (
        "{first} 점수는 가장 높이 닿은 값에, {others} 점수는 손대지 않은 사진에 견주어 모자란 만큼을 재요. 둘 중 "
        "더 크게 모자란 쪽이 가장 작은 시도를 추천하고, {first_lower} 쪽은 {others} 쪽의 {times:.3g}배로 셈해요"
    ),
    "Not rendered yet.": "아직 최종 크기로 그리지 않았어요.",
    "This is trial {number} as the search made it, at {size}. Its render at {final} comes with the next search: "
    "{command}": "탐색이 그린 그대로의 {number}번이에요({size}). {final} 그림은 다음 탐색에서 그려요: {command}",
    "No result yet.": "아직 결과가 없어요.",
    "No trial succeeded.": "성공한 시도가 없어요.",
    "{done} of {total} runs have ended: {failed} failed, {pruned} pruned.": (
        "{total}번 가운데 {done}번이 끝났어요. 실패 {failed}, 중단 {pruned}."
    ),
    "{done} of {total} trials have ended: {failed} failed, {pruned} pruned.": (
        "{total}번 가운데 {done}번이 끝났어요. 실패 {failed}, 중단 {pruned}."
    ),
    "The page fills as trials complete.": "시도가 끝날 때마다 이 페이지가 채워져요.",
    "What went wrong is listed below.": "무엇이 잘못됐는지는 아래에 있어요.",
    "Worth knowing": "알아 둘 점",
    "Content": "사진",
    "Style": "스타일",
    "Style {n}": "스타일 {n}",
    "share {share}": "비중 {share}",
    "Result": "결과",
    "result": "결과",
    "trial {number}": "{number}번",
    "Trial {number}": "{number}번",
    "Runs": "횟수",
    "Trials": "시도",
    "complete of {total}": "/ {total} 완료",
    "{n} pictures": "그림 {n}장",
    "On the front": "프론트",
    "Hypervolume": "하이퍼볼륨",
    "Time": "시간",
    "Methods": "방법",
    "Searched at": "탐색 크기",
    "Prompt": "프롬프트",
    "Keywords": "낱말",
    "With {name}": "함께: {name}",
    "measured, not seen": "눈으로 본 것이 아니라 측정한 값",
    "The content picture": "원본 사진",
    "The result": "결과",
    "Drag to compare content and result": "끌어서 원본과 결과를 비교해 보세요",
    "The trade-off": "스타일과 원본의 절충",
    "Every mark is a finished trial. Marks on the front are the ones nothing else beats in both scores; the shaded "
    "area is what they dominate, the hypervolume. Point at a mark, or step with the arrow keys, to see its picture.": (
        "표시 하나가 끝난 시도 하나예요. 프론트에 있는 것은 두 점수 모두에서 앞서는 다른 시도가 없는 것이고, "
        "칠해진 넓이는 이들이 이기는 범위(하이퍼볼륨)예요. 표시를 가리키거나 화살표 키로 옮기면 그림이 보여요."
    ),
    "Every mark is a finished trial. Marks on the front are the ones nothing else beats in every score; the shaded "
    "area is what they dominate in these two. Point at a mark, or step with the arrow keys, to see its picture.": (
        "표시 하나가 끝난 시도 하나예요. 프론트에 있는 것은 모든 점수에서 앞서는 다른 시도가 없는 것이고, "
        "칠해진 넓이는 이 두 점수에서 이들이 이기는 범위예요. 표시를 가리키거나 화살표 키로 옮기면 그림이 보여요."
    ),
    "The front, from most content to most style": "프론트: 원본에 가까운 것부터 스타일이 강한 것까지",
    "keeps more content": "원본을 더 남김",
    "reaches more style": "스타일이 더 강함",
    "Progress": "진행",
    "Hypervolume of the front after each complete trial. A flat end suggests that more trials would change little.": (
        "시도가 끝날 때마다의 프론트 하이퍼볼륨이에요. 끝이 평평하면 더 시도해도 크게 달라지지 않을 거예요."
    ),
    "What mattered": "무엇이 중요했나",
    "Share of each score's variation that a parameter explains, over this study's trials.": (
        "이 스터디의 시도들에서 점수의 변화를 매개변수마다 얼마나 설명하는지예요."
    ),
    "The recommended trial, then the front, then the rest by the sum of their scores. Parameters are the ones that "
    "differ from the method's defaults.": (
        "추천한 시도, 프론트, 그리고 나머지를 점수의 합 순서로 보여요. 매개변수는 방법의 기본값과 다른 것만이에요."
    ),
    "{n} pictures were left out to keep this page small; they are in the study's folder.": (
        "페이지가 커지지 않게 그림 {n}장을 뺐어요. 스터디 폴더에 있어요."
    ),
    "Checked by a metric the search never saw": "탐색이 보지 못한 기준으로 확인",
    "A search can learn to please its own scores. What is measured here shares neither weights nor features with any "
    "loss or objective": (
        "탐색은 자기 점수에만 맞추는 법을 배울 수 있어요. 여기서 잰 것은 어떤 손실이나 목표와도 가중치나 특징을 "
        "함께 쓰지 않아요"
    ),
    "Over all trials it ranks style as the objective does with Spearman's ρ = {score} (1 = the same order).": (
        "모든 시도에서 스타일의 순서가 목표와 같은 정도는 스피어먼 ρ = {score}(1이면 같은 순서)예요."
    ),
    "Why {method}": "왜 {method}인가",
    "Situation": "상황",
    "Reason": "까닭",
    "Asked for": "원한 방법",
    "Alternatives": "다른 방법",
    "Ran": "실행한 방법",
    "Sampler of {method}": "{method} 샘플러",
    "This row asks for {wanted} first, which is planned and not built yet; {method} ran instead.": (
        "이 상황에는 {wanted} 방법이 먼저지만 아직 만들지 않아서 {method} 방법으로 했어요."
    ),
    "This row asks for {wanted} first, which could not run on this machine; {method} ran instead.": (
        "이 상황에는 {wanted} 방법이 먼저지만 이 컴퓨터에서 쓸 수 없어서 {method} 방법으로 했어요."
    ),
    "Settings of trial {number}": "{number}번의 설정",
    "{method}, seed {seed}. The dot is the value, the tick the default, the line the whole range (logarithmic where "
    "marked).": "{method}, 시드 {seed}. 점은 값, 눈금은 기본값, 줄은 전체 범위예요(표시된 곳은 로그).",
    "{method}, seed {seed}. The dot is the value, the tick the default, the line the whole range.": (
        "{method}, 시드 {seed}. 점은 값, 눈금은 기본값, 줄은 전체 범위예요."
    ),
    "What did not work": "되지 않은 것",
    "{failed} failed, {pruned} pruned": "실패 {failed}, 중단 {pruned}",
    "Trial": "시도",
    "State": "상태",
    "Why": "까닭",
    "failed": "실패",
    "pruned": "중단",
    "no reason recorded": "기록된 까닭이 없어요",
    "Weights": "가중치",
    "Scorer": "채점",
    "none recorded": "기록 없음",
    "What the figures mean": "수치의 뜻",
    "{n} figures of every picture": "그림마다 수치 {n}가지",
    "Where the time went": "시간이 든 곳",
    "Changes of the plan": "계획의 변경",
    "The plan": "계획",
    "Reproduce it": "다시 만들기",
    "Run these in the study's folder. The same machine repeats the picture; another one comes close, and `reproduce` "
    "says how close.": (
        "스터디 폴더에서 실행하세요. 같은 컴퓨터에서는 같은 그림이 나오고, 다른 컴퓨터에서는 비슷하게 나와요. "
        "얼마나 비슷한지는 `reproduce`가 알려 줘요."
    ),
    "Made by autostyle {version}. This page is one file: it loads nothing and sends nothing.": (
        "autostyle {version}이 만들었어요. 이 페이지는 파일 하나이고, 아무것도 불러오거나 보내지 않아요."
    ),
    "this picture is no longer there": "이 그림은 이제 없어요",
    "the file": "파일",
    "picture not on this page": "이 페이지에는 없는 그림",
    "recommended": "추천",
    "front": "프론트",
    "all defaults": "모두 기본값",
    "Parameter": "매개변수",
    "Value": "값",
    "Default": "기본값",
    "Range": "범위",
    "In this study": "이 스터디에서",
    "Figure": "수치",
    "How it is measured": "재는 법",
    "Better": "나은 쪽",
    "more": "클수록",
    "less": "작을수록",
    "Median": "중앙값",
    "Total": "합계",
    "Prepare, run, score, save, other": "준비, 실행, 채점, 저장, 기타",
    "Within the runs, as shares of all the time:": "실행 안에서, 전체 시간에 대한 비율:",
    "style reached": "스타일",
    "content kept": "원본 유지",
    "untouched content": "손대지 않은 사진",
    "style picture": "스타일 그림",
    "dominated": "프론트 밖",
    "preset": "프리셋",
    "Hypervolume after each complete trial": "시도가 끝날 때마다의 하이퍼볼륨",
    "{up} score over {across} score, one mark a trial. Arrow keys step through the trials.": (
        "{across} 점수에 따른 {up} 점수, 시도마다 표시 하나. 화살표 키로 시도를 옮겨 다녀요."
    ),
    "{method} at its defaults": "{method} 기본값",
    "the first preset of {method}": "{method}의 첫 프리셋",
    "{label} (trial {number})": "{label}({number}번)",
    "the recommended trial {number}": "추천한 {number}번",
    "the untouched content": "손대지 않은 사진",
    "the same at its final size": "같은 것을 최종 크기로",
    "the untouched content, by definition": "손대지 않은 사진(정의)",
    "the style picture, by definition": "스타일 그림(정의)",
    "fixed": "고정",
    "searched {low:g} to {high:g}": "{low:g}부터 {high:g}까지 찾음",
    "searched": "찾음",
    "at its default": "기본값",
    "{n} s": "{n}초",
    "{minutes} min {seconds:02d} s": "{minutes}분 {seconds:02d}초",
    "{hours} h {minutes:02d} min": "{hours}시간 {minutes:02d}분",
    "%-d %B %Y, %H:%M": "%Y년 %-m월 %-d일 %H:%M",
    # report.md
    "How it was picked: {rule}": "고른 까닭: {rule}",
    "Not rendered yet: {what}": "아직 최종 크기로 그리지 않았어요: {what}",
    "Study {name}.": "스터디 {name}.",
    "Content: {name}": "사진: {name}",
    "Style: {name}": "스타일: {name}",
    "gone": "없음",
    "{done} of {total} runs complete": "{total}번 가운데 {done}번 완료",
    "{done} of {total} trials complete": "{total}번 가운데 {done}번 완료",
    "{n} on the front, hypervolume {volume}, {time}.": "프론트에 {n}개, 하이퍼볼륨 {volume}, {time}.",
    "Picture": "그림",
    "Differs from the defaults": "기본값과 다른 것",
    "nothing": "없음",
    "Score": "점수",
    "Parameters by the share of variation they explain": "변화를 설명하는 비율이 큰 매개변수부터",
    "Over all trials it ranks style as the objective does with Spearman's ρ = {score}.": (
        "모든 시도에서 스타일의 순서가 목표와 같은 정도는 스피어먼 ρ = {score}예요."
    ),
    "Situation {row}: {reason}": "상황 {row}: {reason}",
    "The sampler of {method} is a {sampler}.": "{method}의 샘플러: {sampler}",
    "{method}, seed {seed}.": "{method}, 시드 {seed}.",
    "{low} to {high}": "{low}부터 {high}까지",
    "{low} to {high}, logarithmic": "{low}부터 {high}까지, 로그",
    "Id": "이름",
    "Licence": "라이선스",
    "Source": "출처",
    # Words of the data
    "log": "로그",
    "network": "네트워크",
    "Asked for by name.": "이름으로 말씀하셔서.",
    "trained from its own initialisation by training/ in our repository": "저희 저장소의 training/에서 처음부터 훈련",
    "encoder": "인코더",
    "style embedding": "스타일 임베딩",
    "style": "스타일",
    "content": "원본 유지",
    "temporal": "안정감",
    "picture": "그림",
    "a picture": "그림",
    "clip": "영상",
    "a clip": "영상",
    "sampler": "샘플러",
    "warm start": "먼저 해 볼 값",
    "prepare": "준비",
    "run": "실행",
    "score": "채점",
    "save": "저장",
    "other": "기타",
    "The whole study again": "스터디 전체를 다시",
    "This report again": "이 보고서를 다시",
    "The recommended picture, compared with the recorded scores": "추천한 그림을 다시 만들어 기록된 점수와 비교",
    "The same look on other pictures": "다른 사진에 같은 스타일",
    "A picture of the front larger than the search made it": "프론트의 그림을 더 크게",
}
