"""What is said of recordings, in Korean."""

from __future__ import annotations

SOUND = {
    "recordings": "녹음",
    "WAV, FLAC, OGG, Opus, MP3, M4A, AAC, AIFF, WMA and MKA can be read": (
        "WAV, FLAC, OGG, Opus, MP3, M4A, AAC, AIFF, WMA, MKA를 읽을 수 있어요"
    ),
    "at most {most} minutes are read: cut it first": "{most}분까지만 읽어요. 먼저 잘라 주세요",
    "{path} is too short: {seconds:.2f} s": "{path:이/가} {seconds}초로 너무 짧아요",
    "a recording must last at least {least:g} s": "녹음은 {least}초 이상이어야 해요",
    "copy or download it again": "다시 복사하거나 내려받아 주세요",
    "{path} has no sound that can be read": "{path}에는 읽을 수 있는 소리가 없어요",
    "{name}: no sound format has the suffix {suffix!r}": "{name}: {suffix:은/는} 소리 파일 형식이 아니에요",
    "it holds values that are no numbers: they are silent": "숫자가 아닌 값이 있어서 그 자리는 소리를 비웠어요",
    "{path} is no sound file that can be read": "{path:은/는} 읽을 수 있는 소리 파일이 아니에요",
    "damaged or cut short: its first {seconds:.1f} s are used": "손상됐거나 잘려서 앞의 {seconds}초만 써요",
    "turned down by {gain:.1f} dB: louder than a file can hold": "파일에 담기에는 커서 {gain} dB 줄였어요",
    "{kind} is written at {rate} Hz": "{kind:은/는} {rate} Hz로 써요",
    "{count} channels: mixed down to two": "채널 {count}개를 두 개로 합쳤어요",
    "its copy of {seconds:.0f} s is used": "{seconds}초짜리 사본을 써요",
    "{path} is silent": "{path}에서는 아무 소리도 나지 않아요",
    "the style is silent": "스타일에서는 아무 소리도 나지 않아요",
    "nothing here plays sound: there is no desktop": "데스크톱이 없어서 소리를 들려줄 프로그램이 없어요",
    "the recording is {path}": "녹음은 {path}에 있어요",
    "name another recording": "다른 녹음을 알려 주세요",
    "the style is heard from {start:.0f} to {stop:.0f} s": "스타일은 {start}초부터 {stop}초까지 들어요",
    "the style sound inside this recipe is damaged": "이 레시피에 든 스타일 소리가 손상됐어요",
    "no pitch is to be heard in the recording: is it a voice?": "녹음에서 음높이가 들리지 않아요. 목소리가 맞나요?",
    "no pitch is to be heard in the style: is it a voice?": "스타일에서 음높이가 들리지 않아요. 목소리가 맞나요?",
    "a voice is to be imitated, and nobody has said that its owner agreed: {voices}": (
        "목소리를 닮게 만들려는데, 목소리 주인이 동의했다는 말이 없어요: {voices}"
    ),
    "ask whose voice it is; if they agreed, or it is yours: --consent": (
        "누구의 목소리인지 확인해 주세요. 그 사람이 동의했거나 본인의 목소리라면 `--consent`를 붙여 주세요"
    ),
    "`autostyle tune CONTENT STYLE --consent`, typed by a person, says it": (
        "사람이 직접 `autostyle tune CONTENT STYLE --consent`를 실행해서 알려 주세요"
    ),
    "the networks hear nothing above {most} Hz, and make nothing there": (
        "신경망은 {most} Hz 위를 듣지도 만들지도 못해요"
    ),
    "this vocoder makes no sound of this encoder's features: {vocoder} against {encoder}": (
        "이 보코더는 이 인코더의 특징으로 소리를 만들지 못해요: {vocoder}, {encoder}"
    ),
    "the two belong together: kNN-VC's vocoder is for WavLM large": (
        "둘은 짝이 맞아야 해요. kNN-VC의 보코더는 WavLM large에 맞아요"
    ),
    "this encoder has {layers} layers": "이 인코더는 층이 {layers}개예요",
    "-p layer=N takes one of them": "`-p layer=N`으로 그 가운데 하나를 골라 주세요",
    "{path} holds no vocoder of kNN-VC": "{path}에는 kNN-VC의 보코더가 없어요",
    "its generator's tensors, under their published names, as safetensors (docs/sound.md)": (
        "생성기의 텐서를 공개된 이름 그대로 safetensors로 담아 주세요 (docs/sound.md)"
    ),
    "speech encoder": "음성 인코더",
    "autostyle weights use {id} {what}": "autostyle weights use {id} {what}",
    "needs `{command}`": "먼저 `{command}`",
    "this recipe imitates a voice, and does not say that its owner agreed: {voices}": (
        "목소리를 닮게 하는 레시피인데, 목소리 주인이 동의했다는 말이 없어요: {voices}"
    ),
    "`autostyle tune CONTENT STYLE --consent` makes one that does": (
        "`autostyle tune CONTENT STYLE --consent`로 만든 레시피에는 있어요"
    ),
    "--consent says beforehand that the owner of the voice agreed": (
        "목소리 주인이 동의했다면 `--consent`로 미리 알려 주세요"
    ),
    "choose a style sound of another kind": "다른 종류의 스타일 소리를 골라 주세요",
}
