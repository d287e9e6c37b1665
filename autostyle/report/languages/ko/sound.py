"""Parameters and figures of recordings, in Korean."""

from __future__ import annotations

SOUND = {
    "Weight of the style's statistics beside the recording's own spectrogram.": (
        "녹음 자신의 스펙트로그램에 견준 스타일 통계의 무게."
    ),
    "Milliseconds that a filter hears at once: short ones keep rhythm, long ones take over whole sounds.": (
        "필터가 한 번에 듣는 길이(밀리초). 짧으면 리듬이 남고, 길면 소리를 통째로 가져와요."
    ),
    "Share of the mean and the spread of each frequency in the statistics; the rest is how frequencies go together.": (
        "통계에서 주파수마다의 평균과 퍼짐이 차지하는 비율. 나머지는 주파수들이 어울리는 방식이에요."
    ),
    "Random filters that are compared: more tell textures apart better and take longer.": (
        "견주는 무작위 필터의 수. 많을수록 질감을 잘 가리지만 오래 걸려요."
    ),
    "Steps of the optimisation.": "최적화 횟수.",
    "Grains on either side in which the same one is not to sound again: more sounds less like stuttering.": (
        "같은 알갱이가 다시 나오지 않을 앞뒤 알갱이 수. 많을수록 더듬거림이 줄어요."
    ),
    "Grains on either side that are preferred to be played in their own order: more is smoother, and more the style.": (
        "원래 순서대로 이어 나오게 할 앞뒤 알갱이 수. 많을수록 매끄럽고 스타일에 가까워요."
    ),
    "Grains that sound at once at most: few leave the style as it is, many follow the recording.": (
        "한꺼번에 울리는 알갱이 수의 한도. 적으면 스타일 그대로이고, 많으면 원본을 따라가요."
    ),
    "How far loud and soft are as far apart as in the style.": "큰 소리와 작은 소리의 차이를 스타일에 맞추는 정도.",
    "How far the grains are as loud as the recording at each moment.": "알갱이의 크기가 순간마다 원본을 따르는 정도.",
    "How far the recording is moved towards the style in everything below: 0 leaves it as it is.": (
        "아래 모든 것에서 스타일 쪽으로 옮기는 정도. 0이면 그대로예요."
    ),
    "How far the whole becomes as loud as the style (LUFS, ITU-R BS.1770). Not searched: no score hears it.": (
        "전체 음량을 스타일에 맞추는 정도(LUFS, ITU-R BS.1770). 어떤 점수도 듣지 못해서 탐색하지 않아요."
    ),
    "Length of a grain in milliseconds: short ones follow rhythm, long ones pitch.": (
        "알갱이의 길이(밀리초). 짧으면 리듬을, 길면 음높이를 따라가요."
    ),
    "Most decibels that the equalizer raises or lowers anything.": "이퀄라이저가 올리거나 내리는 한도(데시벨).",
    "Octaves over which the equalizer is smoothed: more is broader and gentler.": (
        "이퀄라이저를 고르게 하는 폭(옥타브). 넓을수록 부드러워요."
    ),
    "Semitones up and down by which grains may be moved, too, so that tunes find their pitches; each takes as much "
    "time again. Not searched unless asked for.": (
        "알갱이를 위아래로 옮길 수 있는 반음 수. 가락이 제 음을 찾지만 하나마다 시간이 그만큼 더 들어요. "
        "따로 청하지 않으면 탐색하지 않아요."
    ),
    "Share of the difference between the long-term spectra that the equalizer takes away.": (
        "오래 들었을 때의 음색 차이를 이퀄라이저가 없애는 비율."
    ),
    "Share of what is heard that is grains of the style; the rest is the recording itself.": (
        "들리는 소리에서 스타일 알갱이의 비율. 나머지는 원본이에요."
    ),
    "Times that the choice of grains is mended.": "알갱이 고르기를 고치는 횟수.",
    "as near as two halves of the style sound are to each other": "스타일 소리의 앞뒤 절반이 서로 닮은 만큼",
    "statistics of texture: level, variation, skew and pace of the envelopes of 30 bands as wide as the ear's, and how "
    "they go together (McDermott & Simoncelli 2011)": (
        "질감 통계: 귀와 같은 폭의 30개 대역에서 소리 크기의 평균, 변화, 비대칭, 빠르기, 서로의 상관 "
        "(McDermott & Simoncelli 2011)"
    ),
    "the mean of three, moment by moment: what sets in, the pitch classes, and how the envelopes of 24 bands move": (
        "순간마다 본 세 가지의 평균: 소리의 시작, 음높이, 24개 대역의 움직임"
    ),
    "the style sound, as long as the content": "원본 길이만큼의 스타일 소리",
    "the untouched recording": "손대지 않은 녹음",
    "How far the voice is moved towards the other in everything below: 0 leaves it as it is.": (
        "아래 모든 것에서 목소리를 그 목소리 쪽으로 옮기는 정도. 0이면 그대로예요."
    ),
    "Share of the way to the other voice's pitch.": "그 목소리의 음높이로 다가가는 비율.",
    "How far the pitch rises and falls as widely as in the other voice.": (
        "음높이의 오르내림을 그 목소리의 폭에 맞추는 정도."
    ),
    "Share of the way to the resonances of the other vocal tract: as from a smaller or larger mouth.": (
        "그 목소리의 울림(포먼트)으로 다가가는 비율. 입안이 더 작거나 큰 사람처럼 들려요."
    ),
    "Share of what still differs in tone, sound by sound, that is taken away.": (
        "소리마다 남은 음색 차이를 없애는 비율."
    ),
    "Kinds of sounds that are told apart and matched, each by itself; 1 is an equalizer.": (
        "나누어 따로 맞추는 말소리의 종류 수. 1이면 이퀄라이저예요."
    ),
    "Milliseconds over which the tone moves from one sound to the next: less is sharper, and rougher.": (
        "음색이 다음 소리로 옮겨 가는 시간(밀리초). 짧으면 또렷하지만 거칠어요."
    ),
    "How fine the curve over the harmonics is, in milliseconds of quefrency. Not searched: high voices want less.": (
        "배음을 덮는 곡선의 섬세함(큐프렌시, 밀리초). 높은 목소리에는 작은 값이 맞아서 탐색하지 않아요."
    ),
    "whose voice it is, by three statistics: how its pitches are spread, its mean tone in bands as wide as the ear's, "
    "and how near each of its sounds comes to one of the other voice's": (
        "누구의 목소리인지 보는 세 가지 통계: 음높이의 분포, 귀와 같은 폭의 대역에서 본 평균 음색, "
        "소리마다 그 목소리의 소리에 얼마나 가까운지"
    ),
    "the mean of three, moment by moment: which sound is made, however large the mouth, what sets in, and how the "
    "envelopes of 24 bands move": (
        "순간마다 본 세 가지의 평균: 입안 크기와 상관없이 어떤 말소리인지, 소리의 시작, 24개 대역의 움직임"
    ),
    "The style's voice is approached, not cloned. It was said that its owner agreed to it.": (
        "스타일의 목소리를 닮게 했을 뿐 복제하지는 않았어요. 목소리 주인이 동의했다고 확인받았어요."
    ),
    "Share of the other voice in the features of each moment: 0 leaves the voice, but for what the networks lose.": (
        "순간마다의 특징에서 그 목소리가 차지하는 비율. 0이면 신경망이 잃는 것 말고는 그대로예요."
    ),
    "Frames of the other voice whose mean takes the place of one: few are nearer to the voice, many are smoother.": (
        "한 조각을 대신할, 평균을 낼 그 목소리 조각의 수. 적으면 더 비슷하고, 많으면 매끄러워요."
    ),
    "Layer of WavLM whose features are compared and sounded; the vocoder has to be trained on it: 6 in the paper. Not "
    "searched.": "견주고 소리로 만들 WavLM의 층. 보코더가 그 층으로 학습했어야 해요(논문은 6). 탐색하지 않아요.",
    "Words": "말소리",
    "likeness of each moment's sound, whoever makes it": "누가 내든 순간마다의 말소리가 닮은 정도",
    "Voice distance": "목소리 거리",
    "distance of the voice's statistics from the style's, unanchored; 1 is plainly heard": (
        "목소리 통계가 스타일과 떨어진 거리(기준점 없음). 1이면 뚜렷이 들려요"
    ),
    "Onsets": "소리의 시작",
    "correlation of how much sets in with the content's": "소리가 시작되는 정도가 원본과 맞는 정도(상관)",
    "Pitches": "음높이",
    "likeness of the twelve pitch classes, moment by moment": "순간마다 열두 음이 원본과 닮은 정도",
    "Movement": "움직임",
    "correlation of the envelopes of 24 bands with the content's": "24개 대역의 크기 변화가 원본과 맞는 정도(상관)",
    "Texture distance": "질감 거리",
    "distance of the texture's statistics from the style's, unanchored; 1 is plainly heard": (
        "질감 통계가 스타일과 떨어진 거리(기준점 없음). 1이면 뚜렷이 들려요"
    ),
    "Clipping": "찌그러짐",
    "share of the samples that are at full scale or beyond": "최대치에 닿거나 넘은 샘플의 비율",
    "Loudness drift": "음량 벗어남",
    "how much louder or softer than both content and style, in LU (ITU-R BS.1770)": (
        "원본과 스타일보다 더 크거나 작은 정도(LU, ITU-R BS.1770)"
    ),
    "Length drift": "길이 벗어남",
    "how much longer or shorter than the content, as a share": "원본보다 길거나 짧은 비율",
    "Style by cepstra": "켑스트럼으로 본 스타일",
    "Fréchet distance of mel cepstra and their changes": "멜 켑스트럼과 그 변화의 프레셰 거리",
    "Content by cepstra": "켑스트럼으로 본 원본",
    "which moments are alike, by mel cepstra, against the content's": "멜 켑스트럼으로 본 순간들의 닮음이 맞는 정도",
}
