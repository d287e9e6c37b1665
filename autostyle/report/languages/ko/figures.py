"""What the figures mean, in Korean: the titles and words of metrics (scoring/scores.py)."""

from __future__ import annotations

SAMPLERS = {
    "Gaussian process: {share} choices, {trials} trials": "가우시안 과정: 선택형 매개변수 {share}, 시도 {trials}번",
    "multivariate TPE: {share} choices, {trials} trials": "다변량 TPE: 선택형 매개변수 {share}, 시도 {trials}번",
    "{sampler}: asked for": "{sampler}: 말씀하신 대로",
}
FIGURES = {
    "Style": "스타일",
    "Content": "원본 유지",
    # What is searched for
    "likeness of texture, three parts (covariances of features at layers that no method optimises), and of crops in a "
    "style model, one part (the content's direction taken out)": (
        "질감이 닮은 정도가 네 몫 중 세 몫(어떤 방법도 최적화하지 않는 층의 특징 공분산), 스타일 모델로 본 조각이 "
        "닮은 정도가 한 몫(원본의 방향은 뺌)"
    ),
    "structural similarity (SSIM) of the luminance with the content": "밝기가 원본과 구조적으로 닮은 정도(SSIM)",
    "the mean of what its frames keep (SSIM of the luminance) and of how steadily its marks move": (
        "프레임이 원본을 남긴 정도(밝기의 SSIM)와 자국이 안정되게 움직이는 정도의 평균"
    ),
    "likeness of the look: tone curve (quantiles of lightness), palette (sliced Wasserstein distance in CIE Lab) "
    "and local contrast at three scales": (
        "느낌이 닮은 정도: 톤 곡선(밝기 분위수), 색감(CIE Lab의 슬라이스 바서슈타인 거리), 세 크기의 국소 대비"
    ),
    "how far it is still a photograph: edges in place and of their sign, less new texture, steps in even places, "
    "clipping, and skin of another hue": (
        "얼마나 사진으로 남아 있는지: 제자리에 있고 방향이 같은 윤곽에서, 새로 생긴 질감, 고른 곳의 계단, 날아간 곳, "
        "색이 바뀐 피부를 뺀 것"
    ),
    "the mean of how far its frames are still photographs (edges in place and of their sign, less new texture, "
    "steps in even places, clipping, and skin of another hue) and of how steady it is": (
        "프레임이 얼마나 사진으로 남아 있는지(제자리에 있고 방향이 같은 윤곽에서, 새로 생긴 질감, 고른 곳의 계단, "
        "날아간 곳, 색이 바뀐 피부를 뺀 것)와 얼마나 안정됐는지의 평균"
    ),
    "the edges of the style photograph": "스타일 사진의 윤곽",
    "the edges of the style photograph, in frames that have nothing to do with each other": (
        "서로 상관없는 프레임 속 스타일 사진의 윤곽"
    ),
    "the untouched content": "손대지 않은 원본",
    "the untouched photograph": "손대지 않은 사진",
    "the untouched clip": "손대지 않은 영상",
    "the style picture": "스타일 그림",
    "the style photograph": "스타일 사진",
    "the style picture itself": "스타일 그림 자체",
    "the style picture itself, about": "대략 스타일 그림 자체",
    "the style picture, painted anew for every frame": "프레임마다 새로 그린 스타일 그림",
    "parts of the style picture against the whole of it": "스타일 그림의 부분을 그 전체와 견준 것",
    "as near as two halves of the style photograph are to each other": "스타일 사진의 두 반쪽이 서로 가까운 만큼",
    "as near as two halves of the style picture are to each other": "스타일 그림의 두 반쪽이 서로 가까운 만큼",
    # Held out
    "Style, held out": "스타일(따로 둔 기준)",
    "Content, held out": "원본 유지(따로 둔 기준)",
    "statistics of oriented filters and palettes: fixed filters, no weights": (
        "방향 필터와 색감의 통계: 고정된 필터만 쓰고 가중치는 없음"
    ),
    "agreement of edge directions with the content": "윤곽의 방향이 원본과 맞는 정도",
    "cosine of the crops with the style's in a style model, the content's direction taken out": (
        "스타일 모델로 본 조각이 스타일의 조각과 이루는 코사인(원본의 방향은 뺌)"
    ),
    "crops of the style photograph against the rest of it": "스타일 사진의 조각을 그 나머지와 견준 것",
    # Recorded beside
    "Style similarity": "스타일 유사도",
    "cosine of the crops with the style's in a style model, the content's direction taken out; the smaller part of the "
    "style score before its anchors": (
        "스타일 모델로 본 조각이 스타일의 조각과 이루는 코사인(원본의 방향은 뺌). 기준점을 쓰기 전 스타일 "
        "점수의 작은 몫"
    ),
    "Texture similarity": "질감 유사도",
    "likeness of the covariances of the embedded encoder's features to the style's, at three layers that no method "
    "optimises; the larger part of the style score before its anchors": (
        "내장 인코더 특징의 공분산이 스타일과 닮은 정도(어떤 방법도 최적화하지 않는 세 층). 기준점을 쓰기 전 스타일 "
        "점수의 큰 몫"
    ),
    "Gram distance": "그램 거리",
    "squared difference of Gram matrices relative to the style's energy, mean over four layers of the embedded "
    "encoder": ("스타일의 세기에 견준 그램 행렬의 제곱 차이, 내장 인코더 네 층의 평균"),
    "Colour distance": "색 거리",
    "sliced Wasserstein distance of the palette to the style's in CIE Lab; 2.3 is just noticeable": (
        "CIE Lab에서 색감이 스타일과 떨어진 슬라이스 바서슈타인 거리. 2.3이면 겨우 보임"
    ),
    "the style picture's palette": "스타일 그림의 색감",
    "SSIM": "SSIM",
    "Multi-scale SSIM": "다중 크기 SSIM",
    "structural similarity of the luminance with the content": "밝기가 원본과 구조적으로 닮은 정도",
    "structural similarity of the luminance with the content over five scales": (
        "다섯 크기에서 밝기가 원본과 구조적으로 닮은 정도"
    ),
    "nothing in common": "닮은 데 없음",
    "Content leakage": "내용 누출",
    "how much more the result shows things of the style picture than of the content where it does most: cosines of "
    "squares of the embedded encoder's deepest features; of several styles the largest": (
        "결과에 원본의 것보다 스타일 그림의 사물이 얼마나 더 보이는지, 가장 심한 곳에서: 내장 인코더 가장 깊은 특징의 "
        "칸별 코사인. 스타일이 여럿이면 가장 큰 것"
    ),
    "as near to what the content shows as to what the style picture shows": "원본과 스타일 그림에 똑같이 가까움",
    "Total variation": "총변동",
    "mean absolute difference of neighbouring pixels, down and across": "이웃한 픽셀의 평균 절대 차이(세로와 가로)",
    "one even colour": "고른 한 색",
    # Clips
    "Content of the frames": "프레임의 원본 유지",
    "the content score of single frames, as pictures have it": "그림처럼 프레임 하나하나에서 잰 원본 유지 점수",
    "Steadiness": "안정감",
    "difference of each frame to its predecessor carried along the content's motion, in units of the result's "
    "contrast": ("원본의 움직임을 따라 옮긴 앞 프레임과의 차이(결과의 대비를 단위로)"),
    "marks of two frames that have nothing to do with each other": "서로 상관없는 두 프레임의 자국",
    "as steady as the content clip": "원본 영상만큼 안정됨",
    "Warp error": "이동 오차",
    "mean absolute difference of each frame to its predecessor carried along the content's motion": (
        "원본의 움직임을 따라 옮긴 앞 프레임과의 평균 절대 차이"
    ),
    "marks that move exactly as the content does": "원본과 똑같이 움직이는 자국",
    "Softness": "흐려짐",
    "share of the steps from pixel to pixel in its first frame that later ones lose beyond what the content's do: what "
    "blending frames costs, and steadiness alone would reward": (
        "첫 프레임의 픽셀 사이 변화 가운데 뒤 프레임에서 원본보다 더 사라진 비율. 프레임을 섞는 대가이고, "
        "안정감만 보면 오히려 상을 받게 됨"
    ),
    "later frames as crisp as the first": "뒤 프레임도 첫 프레임만큼 또렷함",
    # Photographs
    "Edges kept": "남은 윤곽",
    "edges of the content that are there, of the same direction and sign; one that lost three quarters of its "
    "contrast, or more, counts less": ("같은 방향과 부호로 남아 있는 원본의 윤곽. 대비를 4분의 3 넘게 잃은 것은 덜 셈"),
    "New texture": "새로 생긴 질감",
    "detail of a few pixels beyond what a tone curve makes of the content's, in shares of the content's own": (
        "톤 곡선으로 생길 수 있는 것을 넘는 몇 픽셀짜리 세부, 원본의 세부에 대한 비율"
    ),
    "nothing that the photograph has not": "사진에 없던 것은 없음",
    "Steps in even places": "고른 곳의 계단",
    "change of slope from pixel to pixel where the content is even (a sky), beyond that of the content, in grey levels "
    "of 255": "원본이 고른 곳(하늘)에서 픽셀마다 기울기가 원본보다 더 바뀌는 정도(255 회색 단계)",
    "as even as the photograph": "사진만큼 고름",
    "Clipped": "날아간 곳",
    "share of the picture that is burnt out or drowned in at least one colour and was not": (
        "원래는 아니었는데 한 색 이상이 하얗게 날아가거나 까맣게 묻힌 부분의 비율"
    ),
    "nothing more than in the photograph": "사진보다 더하지 않음",
    "Skin clipped": "날아간 피부",
    "the same of the places that have the colour of skin in the content; 0 where hardly any have": (
        "원본에서 피부색인 곳만 같은 식으로 잰 것. 피부색이 거의 없으면 0"
    ),
    "Skin turned": "바뀐 피부색",
    "degrees by which the hue of places of the colour of skin has turned, grey ones less; 0 where hardly any are": (
        "피부색인 곳의 색상이 돌아간 각도(회색에 가까우면 덜 셈). 피부색이 거의 없으면 0"
    ),
    "skin has its hue": "피부가 제 색임",
    "Tone distance": "톤 거리",
    "mean difference of the quantiles of lightness to the style's, of 100": "밝기 분위수가 스타일과 다른 평균(100 중)",
    "the style photograph's tones": "스타일 사진의 톤",
    "Local contrast distance": "국소 대비 거리",
    "mean difference of the logarithms of local contrast to the style's, at three scales": (
        "국소 대비의 로그가 스타일과 다른 평균, 세 크기에서"
    ),
    "the style photograph's local contrast": "스타일 사진의 국소 대비",
}
