"""What tools are about to do, in Korean: the English title of a call, and its translation; see ``ko_errors``."""

from __future__ import annotations

TITLES = {
    "look at {names}": "{names} 보기",
    "choose the method": "방법 고르기",
    "take {method}": "{method:으로/로} 정하기",
    "plan the study": "계획 세우기",
    "{count} trials": "{count}번",
    "go on with {study}, which was not made here": "여기서 만들지 않은 {study:을/를} 이어서 하기",
    "what it brings is read, and runs, on this machine: say yes only to whom you trust": (
        "들어 있는 것을 이 컴퓨터에서 읽고 실행해요. 믿는 사람이 만든 것만 허락해 주세요"
    ),
    "start the search": "탐색 시작",
    "search {study}": "{study} 탐색",
    "stop the search": "탐색 멈추기",
    "steer the search": "탐색 바꾸기",
    "take the last change back": "마지막 변경 되돌리기",
    "trials: {count} more": "{count}번 더",
    "trials: {count} in all": "모두 {count}번",
    "render the recommended trial at full size": "추천한 그림을 최종 크기로 그리기",
    "minutes: {count} more": "{count}분 더",
    "go on with {method}": "{method:으로/로} 이어 가기",
    "colours of the style": "스타일의 색으로",
    "colours of the photograph": "사진의 색으로",
    "more {what}": "{what} 더",
    "less {what}": "{what} 덜",
    "compare trials {numbers}": "{numbers}번 비교",
    "list the studies": "스터디 목록",
    "save the result as {file}": "결과를 {file:으로/로} 저장",
    "write the report": "보고서 쓰기",
    "write the report into {folder}": "{folder}에 보고서 쓰기",
    "ask which is better": "어느 쪽이 나은지 묻기",
    "prefer trial {number}": "{number}번 선호",
    "give {names} this look": "{names}에 이 스타일 입히기",
    "learn a style from {names} into {folder}": "{names}에서 스타일을 배워 {folder}에 저장",
    "learn a style from {names}": "{names}에서 스타일 배우기",
    "send {names} to {host}": "{names:을/를} {host}에 보내기",
    "about {count} s": "{count}초쯤",
    "about {count} min": "{count}분쯤",
    "nobody knows how long": "얼마나 걸릴지 모름",
    "the study": "스터디",
    # What a search may lean to
    "style": "스타일",
    "content": "원본 느낌",
    "structure": "형태",
    "marks": "붓자국",
}
