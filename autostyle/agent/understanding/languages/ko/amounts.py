"""How long, how large and how much of each, in Korean."""

from __future__ import annotations

from autostyle.agent.understanding.grammar.amounts import (
    AmountGrammar,
    GoingOnGrammar,
    SettingGrammar,
    ShareGrammar,
    SizeGrammar,
)
from autostyle.agent.understanding.grammar.patterns import Pattern
from autostyle.agent.understanding.languages.ko.numbers import NUMBER, SINO_DIGIT

_RANGE = rf"(?:(?:{NUMBER}|{SINO_DIGIT})\s*(?:시간|분|번|회)?\s*(?:[-~]|에서|내지)\s*)?"
_BEFORE = r"(?!\s*(?:전|짜리|거리|째|뒤에\s*찍|동안\s*찍))"

BUDGET = AmountGrammar(
    amounts=(
        ("minutes", 480, Pattern(r"(?<![가-힣])(?:밤새|밤\s*동안|하룻밤)")),
        ("minutes", 240, Pattern(r"(?<![가-힣])반나절")),
        ("minutes", 60, Pattern(rf"{_RANGE}(?P<n>{NUMBER})\s*시간(?P<half>\s*반)?{_BEFORE}")),
        ("minutes", 30, Pattern(r"(?<![가-힣])반\s*시간|(?<![가-힣])삼십분(?=만|\s|$)")),
        (
            "minutes",
            1,
            Pattern(
                rf"{_RANGE}(?P<n>{NUMBER}|{SINO_DIGIT})\s*분(?P<half>\s*반)?(?![가-힣]*위기|류|할|석|홍|의){_BEFORE}"
            ),
        ),
        ("minutes", 1 / 60, Pattern(rf"(?P<n>{NUMBER})\s*초(?=$|[\s.,!?만간쯤정동내안이면])")),
        ("trials", 1, Pattern(rf"{_RANGE}(?P<n>{NUMBER})\s*(?:번|회|차례|트라이얼|판)(?!\s*째|호|지){_BEFORE}")),
    ),
    once=Pattern(r"한\s*번|1\s*번"),
    times=Pattern(r"^\d.*번\s*$"),
)

GOING_ON = GoingOnGrammar(
    rest=Pattern(
        r"마저\s*(?:해|돌|끝|하)|끝까지\s*(?:해|돌|가|하)|나머지\S*\s*(?:도\s*)?(?:해|돌|마저|다\b|찾|하)"
        r"|(?:멈춘|멈췄던|끊긴|하던)\s*(?:데|곳|거|것|탐색)\S*|다시\s*(?:시작|돌려|이어)|재개"
    ),
    total=(
        Pattern(
            rf"(?P<n>{NUMBER})\s*(?:번|개|회)(?:을|를)?\s*(?:까지|(?:모두|전부|다)\s*(?=채|해|돌|끝|하|마))"
            rf"|(?:총|모두|전부)\s*(?P<m>{NUMBER})\s*(?:번|개|회)"
        ),
    ),
    more=Pattern(rf"(?P<n>{NUMBER})\s*(?:개|가지|장)\s*(?:만|정도|쯤)?\s*(?:더|추가)"),
)

SIZES = SizeGrammar(
    units={"센치": 10.0, "센티": 10.0, "인치": 25.4},
    screens={"풀hd": 1920},
    pixels=Pattern("픽셀|화소"),
    size_word=Pattern("크기|사이즈|해상도|픽셀"),
    is_=Pattern("는|은|를|을|로"),
    width=Pattern("가로|너비|폭"),
    height=Pattern("세로|높이"),
    sides=(Pattern(r"(?:가로|세로|긴\s?변|폭|너비|높이)\s*(?:는|은|를|을|이)?\s*(\d{3,5})(?!\d)"),),
    search=Pattern("탐색|찾을|찾는|찾아|찾고|시도|미리보기|실험"),
    result=Pattern("결과|최종|마지막|완성|인쇄|출력|배경화면|뽑"),
    search_is=Pattern(r"탐색|찾을\s*때|찾는\s*건|최종|결과물?|완성본"),
    search_size=Pattern("크기|사이즈|해상도"),
    search_of=Pattern(r"을|를|은|는|이|가|할\s*때는?"),
    counted=Pattern("번|분|초|회|개|장|시간"),
    said=(Pattern(r"(?<![\d.])(\d{3,4})(?=\s*(?:으로|로)\s*(?:먼저\s*)?(?:찾아|찾고|탐색))"),),
    own=Pattern(
        r"(?:원본|원래)(?:의|이랑|이랑\s*같은|과\s*같은)?\s*(?:그대로의?\s*)?(?:크기|사이즈|해상도)|(?:사진|원본)\s*만큼\s*(?:크게|큰)"
    ),
    on_paper=Pattern("인쇄|용지|크기|사이즈|출력|포스터"),
)

SHARES = ShareGrammar(
    percent=Pattern("퍼센트|프로(?![가-힣])"),
    parts=(
        (Pattern(r"([2-5])분의\s*([1-4])"), lambda match: float(match.group(2)) / float(match.group(1))),
        (Pattern(r"(?<![가-힣])(?:절반|반)(?![가-힣])"), lambda match: 0.5),
    ),
    fraction_of=Pattern("[가-힣]"),
    to=Pattern("대"),
    no_ratio=Pattern("분|시"),
    numbered=Pattern("비율"),
    strength=Pattern("세기|강도"),
    is_=Pattern("를|을|은|는"),
    equal=Pattern("반반|반씩|똑같은 비율|같은 비율|균등"),
    much_before=Pattern(r"(?:대부분|(?<!위)주로|메인은|메인으로|거의)\s*$"),
    much_after=Pattern(
        r"^[)\s]*(?:처럼|풍|스타일|느낌|화풍)?\s*(?:을|를|은|는|이|가|으로|로|쪽을|쪽으로)?\s*"
        r"(?:더\s*많이|더\s*강하|더\s*진하|위주|중심|메인|주로|많이|대부분|거의|더(?=\s|$)(?!\s*(?:가깝|비슷|연하|약하|적)))"
    ),
    little_after=Pattern(
        r"^[)\s]*(?:처럼|풍|스타일|느낌|화풍)?\s*(?:을|를|은|는|이|가|도)?\s*(?:아주\s*)?(?:살짝|조금|쪼금|약간|덜|양념|가미|한\s*방울)"
    ),
    ordinals={
        0: Pattern(r"첫\s*번?째|첫째|앞에?\s*(?:거|것|꺼)|1번"),
        1: Pattern(r"두\s*번?째|둘째|뒤에?\s*(?:거|것|꺼)|2번"),
        2: Pattern(r"세\s*번?째|셋째|3번"),
        -1: Pattern("마지막"),
    },
    much_ordinal=(
        r"(?:ORDINAL)\s*(?:거|것|꺼|그림|스타일)?\s*(?:을|를|은|는|이|가)?\s*(?:더|많이|위주|중심|주로)(?!\s*(?:적|약|덜))",
    ),
    little_ordinal=(r"(?:ORDINAL)\s*(?:거|것|꺼|그림|스타일)?\s*(?:을|를|은|는|이|가)?\s*(?:덜|조금|살짝|약간|적게)",),
)

_PARTICLE = "(?:는|은|를|을|이|가|값을?|점수[를가는]?)?"
SETTINGS = SettingGrammar(
    value=Pattern("는|은|를|을|값"),
    about=Pattern("약|대략"),
    or_so=Pattern("쯤|정도|근처|안팎"),
    counted=Pattern("번"),
    scores={
        "content": Pattern(r"(?:원본|내용|콘텐츠|사진)\s*(?:유지)?\s*(?:점수)?"),
        "style": Pattern(r"(?:스타일|화풍)\s*(?:점수)?"),
    },
    between=(rf"NAME\s*{_PARTICLE}\s*(?P<low>NUMBER)\s*(?:에서|부터|[-–~])\s*(?P<high>NUMBER)",),
    least=(
        rf"NAME\s*{_PARTICLE}\s*(?:최소|적어도)?\s*(?P<low>NUMBER)\s*(?:이상|넘|초과|보다\s*(?:더\s*)?(?:크|높|많))",
        rf"NAME\s*{_PARTICLE}\s*(?:최소|적어도)\s*(?P<low>NUMBER)",
        r"(?:최소|적어도)\s*(?P<low>NUMBER)\s*(?:의\s*)?NAME",
    ),
    most=(
        rf"NAME\s*{_PARTICLE}\s*(?:최대|많아야)?\s*(?P<high>NUMBER)\s*(?:이하|미만|밑|아래|까지만|보다\s*(?:더\s*)?(?:작|낮|적)"
        r"|(?:을|를)?\s*(?:안|넘지))",
        rf"NAME\s*{_PARTICLE}\s*(?:최대|많아야)\s*(?P<high>NUMBER)",
    ),
)
