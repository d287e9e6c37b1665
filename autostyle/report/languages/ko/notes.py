"""What a person should know of a picture or clip that was read, made or written, in Korean."""

from __future__ import annotations

NOTES = {
    "the numbers broke down after step {steps}": "{steps}단계 뒤에 계산이 무너졌어요",
    "with {origin}": "{origin:을/를} 썼어요",
    "held by depth, with {depth} and {estimator}": "깊이로 형태를 지켰어요({depth}, {estimator})",
    "content of a clip: the mean of what its frames keep and of how steadily its marks move": (
        "영상의 원본 유지 점수는 프레임이 지킨 것과 붓자국이 고르게 움직인 것의 평균이에요"
    ),
    "objects of the style picture show: leakage {raw:.2f} is over the limit of {limit:g}": (
        "스타일 그림 속 사물이 비쳐요: leakage {raw:이/가} 한도 {limit:을/를} 넘어요"
    ),
    "{name} {raw:.2f} is over the limit of {limit:g}": "{name} {raw:이/가} 한도 {limit:을/를} 넘어요",
    "animated: the first frame is used": "움직이는 그림이라 첫 프레임을 써요",
    "several pages: the first one is used": "여러 쪽이라 첫 쪽을 써요",
    "linear light: what is brighter than white is white": "선형 빛이라 흰색보다 밝은 곳은 흰색이 돼요",
    "high dynamic range: what is brighter than white is white": "HDR이라 흰색보다 밝은 곳은 흰색이 돼요",
    "CMYK converted to RGB": "CMYK를 RGB로 바꿨어요",
    "CMYK converted to RGB without a profile": "CMYK를 프로파일 없이 RGB로 바꿨어요",
    "its colours are told by numbers that are not known and were ignored": "모르는 색 번호라 무시했어요",
    "its colour profile is for {kind} pictures and was ignored": "색 프로파일이 {kind} 그림용이라 무시했어요",
    "its colour profile cannot be used and was ignored": "색 프로파일을 쓸 수 없어 무시했어요",
    "its colour profile cannot be read here and was ignored": "색 프로파일을 여기서 읽을 수 없어 무시했어요",
    "its primary colours cannot be used and were ignored": "원색 정보를 쓸 수 없어 무시했어요",
    "places without a number are black": "숫자가 없는 곳은 검은색이 돼요",
    "numbers over 1 are taken for white": "1보다 큰 값은 흰색이 돼요",
    "an extra channel that does not say what it is was left out": "무엇인지 알 수 없는 채널은 뺐어요",
    "JPEG has no transparency: laid on white": "JPEG에는 투명이 없어 흰 바탕에 놓았어요",
    "{kind} is written without transparency: laid on white": "{kind:은/는} 투명 없이 저장돼 흰 바탕에 놓았어요",
    "{kind} has 8 bits a channel": "{kind:은/는} 채널마다 8비트예요",
    "the recipe travels only inside PNG": "레시피는 PNG에만 들어가요",
    "not taken over: {what}": "옮기지 않은 것: {what}",
    "further pictures and their sound": "다른 화면과 그 소리",
    "sound that cannot be decoded here": "여기서 풀 수 없는 소리",
    "subtitles": "자막",
    "chapters": "챕터",
    "Dolby Vision without a base for other players: its colours come out wrong": (
        "다른 재생기용 바탕이 없는 Dolby Vision이라 색이 틀리게 나와요"
    ),
    "its colours are told by codes that are not known here ({codes}): they may come out wrong": (
        "모르는 색 코드({codes})라 색이 틀릴 수 있어요"
    ),
    "HDR ({curve}): brighter than white paper becomes white": "HDR({curve})이라 흰 종이보다 밝은 곳은 흰색이 돼요",
    "{kind} has no sound: {sounds} left out": "{kind}에는 소리가 없어요. 뺀 소리: {sounds}",
    "MP4 does not carry {name}: its sound became AAC": "MP4에 {name:을/를} 넣을 수 없어 소리를 AAC로 바꿨어요",
    "its sound is too damaged to be taken over": "소리가 너무 손상돼 옮기지 못했어요",
    "{painted} of {frames} frames are painted: the same command goes on from here": (
        "{frames} 프레임 가운데 {painted} 프레임을 그렸어요. 같은 명령으로 이어서 해요"
    ),
    "damaged {where}: frames that cannot be read there are left out": (
        "{where} 손상됐어요. 거기서 읽을 수 없는 프레임은 뺐어요"
    ),
    "at {first} s": "{first}초에서",
    "from {first} to {last} s": "{first}초에서 {last}초까지",
    "its numbers go up to {top:g}": "값이 {top}까지 있어요",
    "cut short: {there:.1f} of {seconds:.1f} s are there": "중간에 잘렸어요. {seconds}초 가운데 {there}초가 있어요",
    "the part before has another size": "앞부분의 크기가 달라요",
    "begin the clip anew": "영상을 처음부터 다시 해 주세요",
    "It paints the clip frame by frame, blended along the motion.": "영상을 프레임마다 그리고 움직임을 따라 섞어요.",
    "diverged at step {step}; the best picture before it is returned": (
        "{step}단계에서 발산해서, 그 전의 가장 좋은 그림을 내요"
    ),
    "L-BFGS found nothing better after {done} of {steps} iterations": (
        "L-BFGS가 {steps}번 가운데 {done}번 뒤로 더 나은 것을 찾지 못했어요"
    ),
    "style is scored by the embedded model; for CLIP: {how}": (
        "스타일 점수는 내장 모델로 매겨요. CLIP을 쓰려면: {how}"
    ),
    "this result holds values that are no numbers": "결과에 숫자가 아닌 값이 있어요",
}
