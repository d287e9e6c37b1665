"""Files, folders, painters and where a result goes, in Korean."""

from __future__ import annotations

from autostyle.agent.understanding.grammar.names import (
    LookGrammar,
    MethodGrammar,
    PathGrammar,
    SavingGrammar,
)
from autostyle.agent.understanding.grammar.patterns import FILES, Pattern

PATHS = PathGrammar(
    folder=Pattern("폴더"),
    places={"바탕화면": "desktop", "다운로드": "downloads"},
    place=Pattern(r"(바탕\s?화면|다운로드)(?=\s*(?:폴더)?\s*(?:에|으로|로)(?!\s*(?:쓸|쓰|할|하)))"),
    saving_after=Pattern(r"[^!?\n]{0,40}?(?:저장|넣|내보|놔|놓|담아|빼|보내|복사|만들|출력)"),
    inside_after=Pattern(r"\s*(?:폴더|디렉토리)?\s*(?:안|속)?\s*(?:에|의)?\s*(?:있는|들어\s*있는|든)?\s*$"),
    glued=Pattern("[가-힣]"),
    style_names={
        "swirling-night": Pattern(r"소용돌이(?:치는)?\s*밤"),
        "rainy-city": Pattern(r"비\s*(?:오는|내리는)\s*(?:도시|거리)"),
        "autumn-wood": Pattern(r"가을\s*숲"),
        "watercolor-lake": Pattern(r"수채화?\s*호수"),
        "ink-mountains": Pattern(r"수묵화?\s*산"),
        "woodcut-wave": Pattern(r"목판화?\s*(?:의\s*)?파도"),
        "stained-glass": Pattern(r"스테인드\s*글라스|스테인드\s*글래스"),
        "mosaic-wave": Pattern(r"모자이크\s*파도"),
        "comic-night": Pattern(r"만화\s*(?:속\s*)?밤"),
        "golden-tree": Pattern(r"(?:황금|금빛)\s*나무"),
    },
    style_kinds={
        "watercolor-lake": Pattern(r"수채화?"),
        "ink-mountains": Pattern(r"수묵화?"),
        "woodcut-wave": Pattern(r"목판화?"),
        "mosaic-wave": Pattern(r"모자이크"),
        "comic-night": Pattern(r"만화"),
    },
    style_around=(r"(?<![가-힣])NAME",),
    kind_around=(r"(?<![가-힣])KIND(?=\s*(?:스타일|화풍|느낌|풍))",),
    kind_alone=(r"(?<![가-힣])KIND(?=\s*(?:그림\s*)?(?:처럼|같이|로\s))", r"^\W*KIND\W*$"),
    no_style_before=Pattern(r"(?:더|덜|내|우리)\s*$"),
    no_style_after=Pattern(r"\s*(?:사진|여행|배경)|[./]\w|[-_]\w"),
)

_SAVED = r"(?:저장|넣어|넣기|내보내|내보낼|출력|놔\s*[줘두둬]|놓아|담아|빼\s*줘|보내\s*줘|복사해)"
SAVING = SavingGrammar(
    table=Pattern(r"큐브(?:\s*파일)?|룩업\s*테이블|(?<![a-z])(?:cube|lut)(?![a-z])|루트\s*파일|색상?\s*표"),
    before=Pattern(
        r"(?:결과|출력|저장|완성|최종)(?:물|본)?\s*(?:할\s*)?(?:파일|그림|이미지|사진|폴더|위치|경로)?\s*"
        r"(?:이름|명)?\s*(?:은|는|을|를|이|가|:|=)?\s*[@\"'(]?$"
        r"|(?:파일\s*이름|파일명|이름)\s*(?:은|는|을|를|:|=)?\s*[@\"'(]?$"
    ),
    after=Pattern(
        r"^[\"')\s]*(?:폴더|파일)?\s*(?:안)?\s*(?:에|에다가?|으로|로|이?라고|이?라는\s*이름으로|이?란\s*이름으로)\s*"
        rf"(?:(?:[a-z]{{3,4}}|[{FILES}])\s*(?:파일|형식|포맷)?\s*(?:으?로|이?라고)\s*)?"
        rf"(?:(?:가로|세로|너비|폭|높이|긴\s?변)?\s*\d{{2,5}}\s*(?:픽셀|px|화소)?\s*"
        rf"(?:너비|폭|가로|세로|높이|크기|사이즈|짜리)?\s*(?:으?로)?\s*)?"
        rf"(?:다가?\s*)?(?:좀\s*)?(?:결과(?:물|를|는)?\s*)?{_SAVED}"
        r"|^[\"')\s]*(?:이?라고|이?라는\s*이름으로)\s*(?:해|이름|부탁|만들)"
    ),
    style_after=Pattern("처럼|같|스타일|느낌|화풍|풍"),
    named=Pattern(r"(?:이름|파일명|파일|결과)\s*(?:은|는|을|를|:|=)"),
    in_place=Pattern(r"^\s*(?:폴더)?에다?가?\s+(?P<more>(?:[^\s,;/\"']+\s+){1,3})$"),
    saved_as=Pattern(rf"\s*(?:으?로|이?라고)\s*{_SAVED}"),
    format_after=Pattern(r"\s*(?:파일|형식|포맷|이미지|그림)?\s*(?:으?로(?![가-힣])|이어야|여야|이면)"),
    format_before=Pattern(r"(?:결과|포맷|형식|저장)\S*\s*$"),
    beside=Pattern(r"(?:원본|사진)(?:이?랑|과|하고)?\s*(?:옆에|같은\s*(?:폴더|곳)에)[^.!?\n]{0,12}저장"),
)

PAINTERS = (
    "반 고흐", "반고흐", "고흐", "피카소", "모네", "마네", "클림트", "뭉크", "호쿠사이", "히로시게", "칸딘스키", "클레",
    "달리", "워홀", "리히텐슈타인", "렘브란트", "베르메르", "페르메이르", "마티스", "세잔", "르누아르", "드가", "쇠라",
    "시냐크", "터너", "고야", "보티첼리", "다빈치", "미켈란젤로", "라파엘로", "카라바조", "샤갈", "미로", "몬드리안",
    "폴록", "로스코", "호퍼", "바스키아", "뱅크시", "프리다", "고갱", "실레", "무하", "뒤피", "호크니", "마그리트",
    "에셔", "루소", "김홍도", "신윤복", "정선", "이중섭", "김환기", "박수근", "천경자", "지브리", "쿠사마",
)  # fmt: skip
LOOKS = LookGrammar(
    camera=Pattern(r"^(?:스크린샷|화면\s?캡처)[\s_-]?\d|^스크린샷(?:[\s_-]|$)|사진|셀카|셀피|프사"),
    artwork=Pattern(
        "그림|수채|유화|판화|목판|소묘|스케치|드로잉|회화|명화|작품|화풍|파스텔|먹그림|수묵|민화|만화|애니|포스터"
        r"|별이\s?빛나는|별밤|스타일"
    ),
    painter=Pattern(rf"(?<![가-힣])({'|'.join(PAINTERS)})"),
)

METHODS = MethodGrammar(
    foreign=(
        *("미드저니", "달리3", "스테이블 디퓨전", "스테이블디퓨전", "챗지피티", "지피티", "포토샵", "프리즈마"),
        *("나노바나나", "제미나이", "사이클간", "플럭스"),
    ),
    unknown=Pattern(
        r"(?<![\w./-])([a-z][a-z0-9_-]{2,})\s*(?:이?라는\s*)?(?:방법|알고리즘|기법|방식|모델)\s*(?:으로|로|을|를)"
    ),
    used=Pattern(r"\s*(?:으로|로|써|이용|사용|돌려)(?!\s*(?:만진|보정|편집|작업한|찍은|만든))"),
    rejected_after=Pattern(r"^\s*(?:은|는|을|를)?\s*(?:말고|빼고|대신|쓰지|아니|말구|싫|제외)"),
)
