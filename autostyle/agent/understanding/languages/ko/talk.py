"""How people talk, in Korean: of a study, with each other, in clauses."""

from __future__ import annotations

from autostyle.agent.understanding.grammar.patterns import FILES, Pattern
from autostyle.agent.understanding.grammar.talk import ClaimGrammar, FollowupGrammar, TalkGrammar, UnrecognizedGrammar

FOLLOWUPS = FollowupGrammar(
    ranks={
        1: Pattern(r"첫\s*번?째|첫째|왼쪽|처음\s*(?:거|것|게)|앞에?\s*(?:거|것|게)"),
        2: Pattern(r"두\s*번째|둘째|오른쪽|뒤에?\s*(?:거|것|게)"),
        3: Pattern(r"세\s*번째|셋째"),
        4: Pattern(r"네\s*번째|넷째"),
        5: Pattern(r"다섯\s*번째"),
        0: Pattern(r"(?:가운데|중간)\s*(?:거|것|게|꺼|그림)"),
        -1: Pattern("마지막"),
    },
    which=Pattern("아니면|중에|뭐가|어느"),
    more_before=Pattern(r"(?:더|추가로?)\s*$"),
    more_after=Pattern(r"\s*(?:정도|쯤|만)?\s*(?:더(?!\s*(?:좋|낫|나아|예|이쁘|마음|맘))|추가|돌려|시도|해\s*봐|반복)"),
    more_or_less=Pattern("더|덜|줄여|늘려"),
    just_more=Pattern("더|또|다시"),
    please=Pattern("요|해줘|해봐"),
    into_after=Pattern(r"^\s*(?:폴더)?\s*(?:에|으로|로)\s*(?:다가?)?\s*(?:저장|넣|써|내보|출력)"),
    trial=Pattern(r"(?:첫|두|세|네|다섯|\d)\s*번째|\d{1,4}\s*번"),
    mixed=(
        r"(?P<base>TRIAL)[^.!?\n]{0,10}?(?:에|에다|하고|이?랑|인데|지만)\s*TRIAL\s*(?:거|것|꺼)?의?\s*"
        r"(?P<what>색감|색깔|색|구도|질감|붓\S*|모양)",
    ),
    mixed_part=Pattern("구도|색|질감|모양"),
    trial_number=Pattern(r"(\d{1,4})\s*번(?!째)"),
    a_bit=Pattern("조금|약간|살짝"),
    much=Pattern("훨씬|(?<!너무 )많이|대폭|확(?= )"),
    fewer=Pattern(r"(?:시도|횟수|트라이얼)\s*(?:횟수|수)?\s*(?:를|을|는|은)?\s*(?:좀\s*|더\s*)?(?:줄여|줄이|적게|덜)"),
    shown=Pattern(r"보여\s*(?:준|주신|줬|줄\s*때)|봤던|본\s*(?:거|것|게)"),
    others=Pattern(r"나머지\s*(?:사진|그림)|다른\s*(?:사진|그림|이미지|것|거)들?(?:도|에도)"),
    queue=Pattern(r"대기열|대기\s*중|기다리는\s*(?:거|것|작업)|다음\s*차례"),
    queue_out=Pattern(r"빼|취소|지워|삭제|건너|없애"),
    queue_first=Pattern(r"먼저|맨\s*앞|앞으로|다음으로|우선"),
    queue_all=Pattern(r"비워|비우|전부|모두|다\s*(?:빼|취소|지워)"),
    listed=Pattern(r"이것|그것|이거|얘네|사진|들|도|와|과|랑|이랑|하고|그리고|또|좀|요"),
    also=Pattern(r"도(?![가-힣])|또|추가"),
    folder=Pattern(
        r"폴더\s*(?:전체|전부|모두|통째)|폴더\s*(?:안)?\s*(?:에|의)?\s*(?:있는)?\s*(?:사진|그림|이미지|것|거|파일)?들?\s*(?:전부|모두|다|전체)"
        r"(?![가-힣])|(?:여기|이\s*폴더)\s*(?:에)?\s*(?:있는)?\s*(?:사진|그림|이미지)들?\s*(?:전부|모두|다|전체)(?![가-힣])"
    ),
    best=Pattern("추천|최고|제일|가장|결과"),
    saves=Pattern("저장"),
    by_number=Pattern("번"),
    unchanged=Pattern(
        r"(?:사진|원본)(?:이?랑|하고|과)\s*(?:너무\s*)?(?:똑)?같(?:은데|잖|네|아요)|(?:변한|바뀐|달라진)\s*(?:게|것이|점이)?\s*(?:하나도\s*)?없"
    ),
    report=Pattern("보고서|리포트|레포트"),
    whole=Pattern("내보내|전부|모두"),
    answer_after=Pattern("번(?:이요|요)?"),
    neither=Pattern(
        r"모르겠|몰라|구분\s*(?:이\s*)?(?:안|못)|구별\s*(?:이\s*)?(?:안|못)|못\s*고르|못\s*정하|고르기\s*어려|차이(?:가|를)?\s*(?:없|안|못|모르)"
        r"|(?:둘|양쪽)\s*다|어느\s*(?:쪽|것|거)도|둘이?\s*(?:비슷|똑같|같)|^\W*(?:비슷|똑같|글쎄|별로|상관\s*없)"
        r"|선호(?:가)?\s*없|건너\s*(?:뛰|뛸)|넘어\s*가|패스|스킵|^\W*다음(?:\s*(?:거|것|질문)\S*)?\W*$"
    ),
    separate=Pattern(r"(?<![가-힣])(?:각각|따로|각자)|한\s*번은.*한\s*번은|하나씩"),
    larger=Pattern(r"(?<![가-힣])(?:더\s*크게|고해상도|큰\s*사이즈|원본\s*크기)"),
    large=Pattern(r"크게|큰\s*화면|전체\s*화면|풀\s*스크린|가까이|확대"),
    just_large=Pattern(
        r"\W*(?:(?:좀|조금|더|훨씬|그럼|이제|이거|그거|저거|이걸|그걸)\s*)*(?:크게|큰\s*화면으?로?|전체\s*화면(?:으로)?|풀\s*스크린으?로?"
        r"|확대)\s*(?:(?:해|해서|봐|줘|주세요|줄래|요|좀)\s*)*\W*"
    ),
    opened=Pattern(r"(?:열어|열기|열자)|뷰어|(?:사진|이미지)\s*앱"),
    no_picture=Pattern(r"보고서|리포트|레포트|폴더|페이지|스터디|브라우저|스타일"),
)

TALK = TalkGrammar(
    cut=Pattern(
        r"[ㅠㅜㅋㅎ][ㅠㅜㅋㅎ]+"
        r"|(?:지만|는데|은데|(?<=하)되|니까|면서|거나|더라도|말고|말구|아니고|아니라|않고|없고|(?<!번)하고|두고|주고|이고"
        r"|리고|빼고|오고|키고|추고|우고|으며|하며|하게|않게|없게|고요|구요|[는은]데요|지만요)"
        r"(?=\s)(?!\s*(?:싶|있|해|돼|되|좀|말|않|안\s|하지))"
    ),
    taken_back=Pattern(
        r"(?<![가-힣])(?:아\s*)?(?:아니다|아니아니|아니\s*그게\s*아니라|정정|잘못\s*말했\w*|잘못\s*썼\w*)(?![가-힣])"
        r"|(?<=[\s,.!…])(?:아\s*)?아니(?=[\s,]+\S)(?!\s*(?:라|고|면|면은|야)(?![가-힣]))"
    ),
    fillers=Pattern(
        r"(?:그거|그걸로|맞아|그럼|이제|이대로|그대로|바로|한번)"
        r"|(?:해|하자|할게|하세요|주세요|세요|줘요?|주|요|이요|예요|합니다|드려요?|드립니다|봐|보자|입니다|지금)(?=[\s.,!~]|$)"
    ),
    of_a_picture=Pattern(r"사진|(?<![가-힣])(?:내|우리|제)\s|처럼|같이|풍으로|스타일|느낌"),
)

UNHEARD = UnrecognizedGrammar(
    extra=(
        Pattern(
            rf"(?:처럼|같이|스타일로|느낌으로|풍으로|화풍으로)\s*(?:해서|해주고|하고서|바꿔서|만들어서|바꾼\s*다음|그려서)\s+(?P<more>[^{FILES}]+)$"
        ),
    ),
    told=Pattern(
        r"(?:거든요?|라서|이에요|예요|입니다|습니다|잖아요?|대요|더라고요?|이야|에요|니까요?|해서요?|(?:선물|추억|기념)\S*)[\s.!?~ㅎㅋ]*$"
    ),
    joins=Pattern("그리고"),
    letter=Pattern("[가-힣]"),
    word=Pattern("[가-힣]+"),
)

CLAIMS = ClaimGrammar(
    kept=Pattern("저장|내보냈|만들었|만들어|생성|완성|결과|출력|여기"),
    did=Pattern(
        r"저장(?:했|하였|됐|되었|해 ?두|해 ?놨|을? ?완료)"
        r"|(?:변환|적용|생성|합성|처리|렌더링|학습|시작|완성|완료)(?:했|하였|됐|되었|을 마쳤)"
        r"|(?:만들|바꾸|바꿔|입혔|입혀|그려)(?:었습|었어|놓았|뒀|드렸|냈)"
        r"|만들었|바꿨|입혔|^\W*(?:완료|다 됐|끝났|됐)"
    ),
    example=Pattern("예를 들어|예를 들면|예시|이렇게|형식"),
    question=Pattern("까요?$"),
    denied=Pattern("않|못|없|안 |아직|계획|할게|할까|드릴까|할 수|하려면|하면|되면|겠"),
)
