"""How a result should look, in Korean."""

from __future__ import annotations

from autostyle.agent.understanding.grammar.look import LeakageGrammar, MaskGrammar, PromptGrammar, WishGrammar
from autostyle.agent.understanding.grammar.patterns import FILES, Pattern

_MORE, _LESS = r"(?:세게|강하게|진하게|많이|강렬하게)", r"(?:약하게|은은하게|연하게|조금만|적게)"
_BOTH = r"\s*(?:하면서|면서|그리고|근데|그런데|하지만|동시에|하고|고)\s*"

_ONE = r"(?:에\s*있는)?\s*(?:것|거|분|사람|얼굴|쪽|애)"
_MASK = r"(?:마스크|영역|가린\s*곳|범위)"
_ASK = r"(?:\s*(?:해|잡아|잘라)?\s*(?:줘|주세요|봐|줄래|요)?)?"
MASKS = MaskGrammar(
    file_before=Pattern(r"마스크\s*(?:파일|그림)?\s*(?:로는|으로는|는|은|가|로|:|=)?\s*[@\"'(]?$"),
    file_after=Pattern(
        r"[\"')\]]*\s*(?:을|를|은|는|이|가|이라는|라는)?\s*마스크(?:로|예요|야|임|입니다|이고|고|\s*$|[.,])"
    ),
    things={
        **dict.fromkeys(("하늘", "구름"), "sky"),
        **dict.fromkeys(("얼굴", "눈동자", "피부", "입", "코", "표정", "눈코입", "눈", "머리"), "face"),
        **dict.fromkeys(("사람", "인물", "아이", "아기"), "person"),
        **dict.fromkeys(("강아지", "고양이", "전경"), "subject"),
        "배경": "background",
        **dict.fromkeys(("바닥", "땅"), "ground"),
        "왼쪽": "left half",
        "오른쪽": "right half",
        "위쪽": "top half",
        "아래쪽": "bottom half",
        **dict.fromkeys(("바다", "물"), "water"),
        "나무": "tree",
        "건물": "building",
        "집": "building",
        "자동차": "car",
        "벽": "wall",
        "옷": "clothes",
    },
    box=Pattern(r"(?:상자|박스|네모)\s*\(?\d+\s*[, ]\s*\d+\)?\s*(?:에서|부터|~|-|,)\s*\(?\d+\s*[, ]\s*\d+\)?"),
    which={
        "left": Pattern(rf"왼쪽{_ONE}"),
        "right": Pattern(rf"오른쪽{_ONE}"),
        "upper": Pattern(rf"위쪽?{_ONE}"),
        "lower": Pattern(rf"아래쪽?{_ONE}"),
        "largest": Pattern(rf"(?:가장|제일)\s*큰\s*{_ONE}"),
        "smallest": Pattern(rf"(?:가장|제일)\s*작은\s*{_ONE}"),
    },
    larger=Pattern(
        rf"^\W*(?:(?:조금|약간|좀|더|훨씬)\s*)*(?:크게|넓게){_ASK}\W*$|{_MASK}[^.;]*(?:크게|넓게|넓혀|키워)"
    ),
    smaller=Pattern(
        rf"^\W*(?:(?:조금|약간|좀|더|훨씬)\s*)*(?:작게|좁게){_ASK}\W*$|{_MASK}[^.;]*(?:작게|좁게|좁혀|줄여)"
    ),
    a_bit=Pattern("조금|약간|살짝|좀"),
)

WISHES = WishGrammar(
    very=Pattern("아주|매우|엄청|겁나|정말|완전|최대한|진짜|확"),
    a_bit=Pattern("조금|약간|살짝|좀"),
    slightly_stronger=Pattern(r"(?:살짝|약간만?|조금만?)\s+\w+"),
    strength=Pattern("세기|강도|스타일"),
    is_=Pattern("를|을|은|는"),
    style_strength=Pattern("스타일|세기|강도"),
    of=Pattern(r"의\s*"),
    style=Pattern("스타일|화풍"),
    content=Pattern("원본|사진|콘텐츠"),
    colors=Pattern("색감|색상|색깔|색|팔레트"),
    colors_before=Pattern("의"),
    strokes=Pattern(r"(?<![가-힣])획(?=을|으로|이|처럼|같|대로|의|\s|$)"),
    one_of=Pattern("번째|앞에|뒤에"),
    joined=Pattern("이?랑|하고|[와과은는]|및"),
    quality_number=Pattern(r"품질\s*\d"),
    spoilt=Pattern("탁하|탁했|뭉개|망가|망쳐|망쳤|이상하|이상했|흐릿|흐렸|별로|엉망|지저분|못생|일그러|깨졌|칙칙"),
    torn=Pattern(
        rf"더\s*{_MORE}{_BOTH}(?:더\s*|덜\s*)?{_LESS}|더\s*{_LESS}{_BOTH}(?:더\s*)?{_MORE}"
        rf"|더\s*(?P<ko_more>\S+){_BOTH}덜\s*(?P=ko_more)|덜\s*(?P<ko_less>\S+){_BOTH}더\s*(?P=ko_less)"
    ),
    except_after=Pattern(r"^(?:은|는|만)?\s*(?:빼고|빼줘|제외|말고|건드리지)"),
)

LEAKAGE = LeakageGrammar(
    shut_out=(
        Pattern(
            r"(?<![가-힣])([가-힣]{1,20}?)(?:들)?[은는을를도]\s*(?:(?:그려\s*|집어\s*)?(?:넣|그리)지\s*[마말]|빼줘|빼주|빼고|빼라|제외|말고|필요\s*없)"
        ),
        Pattern(r"(아무\s*것도)\s*(?:추가|넣|더하|그려\s*넣|새로)"),
        Pattern(r"([가-힣]{2,12})[은는이가]\s*\1(?:으로|로|이어야|여야)\s*(?:남|있|보|유지)?"),
    ),
    no_things=Pattern(
        r"^\s*(?:이거|그거|그런\s*거|시간|제한|테두리|워터마크|노이즈|글|부담|고민|설명|문제|기다림|손실|설치|인터넷)"
    ),
)

_VERB = (
    r"(?:내리는|오는|날리는|흩날리는|지는|뜨는|뜬|낀|핀|피는|쏟아지는|터지는|부는|치는|물든|비치는|켜진|빛나는|타오르는"
    r"|떠다니는|날아다니는|깔린|쌓인|떨어지는|덮인|반짝이는)"
)
_PLACE = r"(?:풍경|배경|장면|모습|하늘|날씨|밤|거리|아침|저녁|새벽|계절|분위기|날|숲|바다|들판|도시|느낌)"
_TAKEN = r"(?!\s*(?:에)?\s*(?:찍|촬영|담은|갔|여행))"
_SCENE = (
    r"(?:비|눈|안개|노을|벚꽃|단풍|번개|불꽃놀이|오로라|무지개|네온(?:사인)?|달빛|촛불|눈보라|꽃잎|나비|용|우주선|풍선|별"
    r"|별빛|은하수|설경)"
)
PROMPT = PromptGrammar(
    cue=Pattern("프롬프트|설명문?|묘사|문구|캡션"),
    is_=Pattern("로는|으로는|은|는|로|을|를"),
    scenes=(
        Pattern(
            rf"((?:[가-힣]+\s+){{0,3}}{_VERB}(?:\s*[가-힣]*{_PLACE})+)"
            rf"(?:(?:으로|로|을|를|이|가|처럼)(?=\s|[,.!]|$){_TAKEN}|(?=\s*(?:[,.!]|$)))"
        ),
        Pattern(
            rf"(?<![가-힣{FILES}])((?:[가-힣]+\s+){{0,2}}{_SCENE}\s*(?:오는|(?<=설경)|[가-힣]*(?:배경|장면|풍경|야경)))"
            r"(?:으로|로)(?=\s|[,.!]|$)"
        ),
        Pattern(rf"({_SCENE}[이가을를도]?\s*(?:내리|날리|흩날리|추가|넣어|오게|오도록|피어|떠|쏟아지|빛나))"),
    ),
    negated_after=Pattern(r"[^,.;]*(?:말고|없이|없게|지\s*마|지\s*말|안\s*돼|안\s*되|않게)"),
)
