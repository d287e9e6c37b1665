"""What parameters do, in Korean, by their English help."""

from __future__ import annotations

PARAMETERS = {
    # gatys, deep_photo
    "beta/alpha: style loss over content loss, both normalised; higher paints more and keeps less.": (
        "beta/alpha: 원본 손실에 대한 스타일 손실(둘 다 정규화). 클수록 스타일이 강하고 원본이 덜 남아요."
    ),
    "Layers that hold the content, joined by '+'; deeper ones leave the strokes freer.": (
        "원본을 붙드는 층('+'로 이음). 깊을수록 붓질이 자유로워요."
    ),
    "gram: Gram matrices; moments: means and covariances; sliced: sliced Wasserstein distance.": (
        "gram: 그램 행렬, moments: 평균과 공분산, sliced: 슬라이스 바서슈타인 거리."
    ),
    "Share of the way the content's palette is moved to the style's before painting, so the two losses do not fight; "
    "less below a style_weight of 0.5.": (
        "그리기 전에 원본의 색감을 스타일 쪽으로 옮기는 비율. 두 손실이 다투지 않게 하고, style_weight가 0.5보다 "
        "작으면 덜 옮겨요."
    ),
    "Weight of the pixels themselves as a style level (the palette); 0 = off.": (
        "픽셀 자체(색감)를 스타일 단계로 치는 가중치. 0이면 쓰지 않아요."
    ),
    "Weight of style layer relu1_1; 0 = off.": "스타일 층 relu1_1의 가중치. 0이면 쓰지 않아요.",
    "Weight of style layer relu2_1; 0 = off.": "스타일 층 relu2_1의 가중치. 0이면 쓰지 않아요.",
    "Weight of style layer relu3_1; 0 = off.": "스타일 층 relu3_1의 가중치. 0이면 쓰지 않아요.",
    "Weight of style layer relu4_1; 0 = off.": "스타일 층 relu4_1의 가중치. 0이면 쓰지 않아요.",
    "Weight of style layer relu5_1; 0 = off.": "스타일 층 relu5_1의 가중치. 0이면 쓰지 않아요.",
    "Total variation: higher smooths grain.": "총변동: 클수록 거친 알갱이가 매끈해져요.",
    "Size of the style's marks: the style picture's long side over the output's.": (
        "스타일 자국의 크기: 결과의 긴 변에 대한 스타일 그림의 긴 변."
    ),
    "Share of the loss judged at the smaller sizes, which keeps large marks; 0 judges the largest size alone.": (
        "작은 크기에서 따지는 손실의 비율로, 큰 자국이 남게 해요. 0이면 가장 큰 크기만 따져요."
    ),
    "With a content_mask: how much more the content is held beside what is left as it is, so that paint thins out.": (
        "content_mask가 있을 때: 그대로 두는 곳 옆에서 원본을 얼마나 더 붙들지. 물감이 옅어지며 끝나요."
    ),
    "Where the optimisation starts: the content, noise, or half of each.": (
        "최적화를 시작하는 곳: 원본, 노이즈, 또는 반반."
    ),
    "What is optimised: pixels, or the levels of a Laplacian pyramid.": (
        "최적화하는 것: 픽셀, 또는 라플라시안 피라미드의 단계."
    ),
    "L-BFGS with a strong-Wolfe line search, or Adam whose averaged iterates are the result.": (
        "강한 울프 선 탐색을 쓰는 L-BFGS, 또는 반복의 평균이 결과인 Adam."
    ),
    "Iterations at the largest size; the smaller sizes of the pyramid take as many each.": (
        "가장 큰 크기에서의 반복 횟수. 피라미드의 작은 크기도 각각 그만큼 해요."
    ),
    "style: the style's palette; luminance: keep the content's colours; match: the content's colours, statistically.": (
        "style: 스타일의 색감, luminance: 원본의 색 그대로, match: 통계로 맞춘 원본의 색."
    ),
    "Weight of the matting Laplacian: higher lets colours change and edges not; lower lets brushwork in.": (
        "매팅 라플라시안의 가중치: 크면 색만 바뀌고 윤곽은 그대로, 작으면 붓질이 들어와요."
    ),
    # microast, adain, flow_microast
    "How far the content takes on the style's marks: 0 leaves it, in the style's palette; above 0.9 things fade.": (
        "원본이 스타일의 자국을 얼마나 띨지: 0이면 스타일의 색감만, 0.9를 넘으면 사물이 흐려져요."
    ),
    "Share of the way the palette is moved to the style's.": "색감을 스타일 쪽으로 옮기는 비율.",
    "How far the content takes on the style's marks: 0 leaves it as it is, in the palette asked for; 1 is full "
    "style.": ("원본이 스타일의 자국을 얼마나 띨지: 0이면 정한 색감으로 그대로, 1이면 온전한 스타일."),
    "Share of the content's fine structure that reaches the decoder: 0 paints from deep features alone.": (
        "원본의 잔 구조가 디코더에 닿는 비율: 0이면 깊은 특징만으로 그려요."
    ),
    "Share of each frame that is the one before, carried along the motion: 0 flickers, high values soften fine "
    "marks.": ("움직임을 따라 옮긴 앞 프레임이 차지하는 비율: 0이면 깜박이고, 크면 잔 자국이 무뎌져요."),
    "Share of each frame that is the one before, carried along the motion: 0 leaves steadiness to the net.": (
        "움직임을 따라 옮긴 앞 프레임이 차지하는 비율: 0이면 네트워크가 배운 만큼만 덜 깜박여요."
    ),
    # wct
    "Share of alpha at relu1_1, where grain and colours are.": "질감과 색이 있는 relu1_1에서 alpha의 비율.",
    "Share of alpha at relu2_1, where fine marks are.": "잔 자국이 있는 relu2_1에서 alpha의 비율.",
    "Share of alpha at relu3_1, where strokes are.": "붓질이 있는 relu3_1에서 alpha의 비율.",
    "Share of alpha at relu4_1, where patterns are.": "무늬가 있는 relu4_1에서 alpha의 비율.",
    "What becomes the style's at relu1_1: as match4.": "relu1_1에서 무엇을 스타일에 맞출지: match4와 같음.",
    "What becomes the style's at relu2_1: as match4.": "relu2_1에서 무엇을 스타일에 맞출지: match4와 같음.",
    "What becomes the style's at relu3_1: as match4.": "relu3_1에서 무엇을 스타일에 맞출지: match4와 같음.",
    "At relu4_1: moments of each channel, their whole distributions (efdm), or covariances (transport moves least).": (
        "relu4_1에서: 채널마다의 평균과 편차(moments), 분포 전체(efdm), 또는 공분산(wct, 가장 덜 움직이는 transport)."
    ),
    # gatys_video
    "Weight of the difference to the frames before, carried along the motion: higher is steadier.": (
        "움직임을 따라 옮긴 앞 프레임과 다른 만큼의 가중치: 크면 덜 깜박여요."
    ),
    "Iterations of each frame after the first, which takes steps.": (
        "첫 프레임 다음부터 프레임마다 반복 횟수. 첫 프레임은 steps만큼."
    ),
    "Also hold a frame to those two and four before it, where what it shows was hidden in between.": (
        "사이에 가려졌던 곳은 두 장, 네 장 앞의 프레임에도 맞춰요."
    ),
    "How often the frames are gone through, forth and back in turn; each part of 24 frames by itself.": (
        "프레임을 앞뒤로 번갈아 몇 번 훑을지. 24프레임씩 따로."
    ),
    # look
    "How far the look is taken on: 0 leaves the photograph as it is, 1 is the look as it was told, more exaggerates "
    "it.": "느낌을 얼마나 띨지: 0이면 사진 그대로, 1이면 그 느낌 그대로, 더 크면 과장해요.",
    "Share of the style's own palette (optimal transport): of a sunset the sunset's colours, not only its grade. Not "
    "searched unless asked for: any palette could be had by it, skin and grass would pay.": (
        "스타일 자체의 색감이 차지하는 비율(최적 수송): 노을이라면 보정만이 아니라 노을의 색까지. 어떤 색감이든 낼 수 "
        "있는 대신 피부와 풀이 상하므로, 말하지 않으면 찾지 않아요."
    ),
    "Over what share of the range of a colour the look is smoothed: more is gentler to skies and skin.": (
        "색 범위의 얼마에 걸쳐 느낌을 매끈하게 할지: 클수록 하늘과 피부에 부드러워요."
    ),
    "Share of the change of lightness and contrast.": "밝기와 대비가 바뀌는 비율.",
    "Share of the change of colour.": "색이 바뀌는 비율.",
    "How far colours of skin keep their hue.": "피부색이 제 색상을 지키는 정도.",
    "How far white stays white.": "흰색이 희게 남는 정도.",
    # fast_training
    "What the style counts against the content at full strength.": "세기가 1일 때 원본에 대해 스타일을 치는 정도.",
    "Learning rate.": "학습률.",
    "What smoothness counts: total variation, in units of the style's own.": (
        "매끄러움을 치는 정도: 스타일 그림 자신의 총변동을 단위로 한 총변동."
    ),
    "What keeps the photograph: deeper, and marks are freer of its lines.": (
        "사진을 지키는 층: 깊을수록 붓자국이 사진의 선에서 자유로워요."
    ),
    "Which sizes of marks the style is told by: fine, to the strokes; coarse, without the grain; or both.": (
        "스타일을 어떤 크기의 붓자국으로 볼지: fine은 붓질까지, coarse는 잔결 없이, usual은 둘 다."
    ),
    "Pictures that lie on the content, of one width and height: each is painted by itself.": (
        "원본에 놓인 같은 크기 그림의 수. 하나씩 따로 그려요."
    ),
    "Steps of a trial, the same for all; a whole training takes thousands.": (
        "시도마다 똑같은 스텝 수. 온전한 학습은 수천 스텝이 걸려요."
    ),
    # photo_wct
    "How far tones and colours of every level become the style's: 0 leaves all but the palette, 1 is dramatic.": (
        "각 단계의 톤과 색이 스타일이 되는 정도: 0이면 색감 말고는 그대로, 1이면 극적이에요."
    ),
    "Share of alpha at relu1_1, where tones and grain are.": "relu1_1(톤과 알갱이)에서 alpha의 비율.",
    "Share of alpha at relu2_1.": "relu2_1에서 alpha의 비율.",
    "Share of alpha at relu3_1.": "relu3_1에서 alpha의 비율.",
    "Share of alpha at relu4_1, where the largest things are.": "relu4_1(가장 큰 것들)에서 alpha의 비율.",
    "wct: whitened, then coloured; transport: the least change that gives the same covariance.": (
        "wct: 백색화한 다음 색을 입힘, transport: 같은 공분산을 내는 가장 작은 변화."
    ),
    "How far covariances are moved towards ones alike along all axes: higher is calmer where there are few places.": (
        "공분산을 모든 축이 비슷한 쪽으로 옮기는 정도: 클수록 자리가 적은 곳이 차분해요."
    ),
    "Radius of the edge-aware smoothing after it, as a share of the long side; 0 = none.": (
        "그다음에 윤곽을 지키며 매끈하게 하는 반지름(긴 변에 대한 비율). 0이면 하지 않아요."
    ),
    "Variance of the photograph that counts as an edge to the smoothing; lower keeps finer ones.": (
        "매끈하게 할 때 윤곽으로 치는 사진의 분산. 작을수록 더 가는 윤곽을 지켜요."
    ),
    # Diffusion
    "Share of the content that is painted anew: low keeps its shapes, 1 keeps nothing of it.": (
        "원본을 새로 그리는 비율: 작으면 모양이 남고, 1이면 아무것도 남지 않아요."
    ),
    "How closely the words, and what the adapter adds to them, are followed; high values burn colours.": (
        "글과 어댑터가 더한 것을 얼마나 따를지. 크면 색이 타요."
    ),
    "Denoising steps really taken, whatever the strength.": "strength와 상관없이 실제로 하는 노이즈 제거 단계 수.",
    "How a step is taken: dpm++ needs the fewest, euler and ddim are plainer.": (
        "한 단계를 밟는 법: dpm++가 가장 적게 들고, euler와 ddim은 더 단순해요."
    ),
    "What the picture should not be, in words of your own.": "그림이 이렇지 않았으면 하는 것을 글로.",
    "style: the style's palette; luminance: keep the content's colours.": (
        "style: 스타일의 색감, luminance: 원본의 색 그대로."
    ),
    "How strongly the style picture acts beside the words; near 1 the things it shows come along.": (
        "글 옆에서 스타일 그림이 작용하는 세기. 1에 가까우면 그 안의 사물도 따라와요."
    ),
    "How strongly the style picture acts in the blocks that carry style.": (
        "스타일을 나르는 블록에서 스타일 그림이 작용하는 세기."
    ),
    "How strongly it acts in the blocks that carry layout: composition comes along, and so may the things it shows.": (
        "구도를 나르는 블록에서 작용하는 세기: 구도가 따라오고, 그 안의 사물도 따라올 수 있어요."
    ),
    "How strongly it acts in all other blocks.": "다른 모든 블록에서 작용하는 세기.",
    "Share of the run before the style picture begins to act.": "스타일 그림이 작용하기 시작하기 전의 비율.",
    "Share of the run after which it acts no more.": "더는 작용하지 않게 되는 지점의 비율.",
    "How its strength moves in between.": "그 사이에 세기가 바뀌는 모양.",
    "What is held: canny, the content's edges; depth, how far away things are, which needs weights of its own.": (
        "붙드는 것: canny는 원본의 윤곽, depth는 사물의 거리(따로 가중치가 필요해요)."
    ),
    "How strongly it is held.": "붙드는 세기.",
    "Share of the run before it begins to hold.": "붙들기 시작하기 전의 비율.",
    "Share of the run after which it holds no more, so that the last strokes may cross the edges.": (
        "더는 붙들지 않게 되는 지점의 비율. 마지막 붓질이 윤곽을 넘을 수 있어요."
    ),
    "How its hold moves in between.": "그 사이에 붙드는 세기가 바뀌는 모양.",
    "Which edges count, where they are held: 0 the hardest only, 1 nearly every one.": (
        "윤곽을 붙들 때 어느 것을 칠지: 0이면 가장 뚜렷한 것만, 1이면 거의 모두."
    ),
    "The weight of each LoRA file in their order, as in 0.8,0.5; without any, each has weight 1.": (
        "LoRA 파일마다의 가중치를 순서대로(예: 0.8,0.5). 없으면 모두 1."
    ),
    "How strongly it acts in the blocks that carry style.": "스타일을 나르는 블록에서 작용하는 세기.",
    "How strongly it acts on the words, where it has a part for the text encoders.": (
        "글 인코더 몫이 있을 때 글에 작용하는 세기."
    ),
    "Share of the content's own queries at the first step: high keeps its structure.": (
        "첫 단계에서 원본 자신의 쿼리가 차지하는 비율: 크면 구조가 남아요."
    ),
    "The same at the last step; falling from one to the other beats any constant.": (
        "마지막 단계에서의 같은 비율. 앞의 값에서 이 값으로 내려가는 것이 한 값보다 나아요."
    ),
    "How it moves from gamma to gamma_end: straight, or gently at both ends.": (
        "gamma에서 gamma_end로 가는 모양: 곧게, 또는 양 끝에서 완만하게."
    ),
    "Sharpness of the attention to the style; 1 blurs its marks.": "스타일에 대한 주의의 날카로움. 1이면 흐려져요.",
    "Share of the way the first noise takes on the style's colours.": "첫 노이즈가 스타일의 색을 띠는 비율.",
    "Denoising steps; the two inversions, made once a study, take as many each.": (
        "노이즈 제거 단계 수. 스터디마다 한 번 하는 두 번의 역변환도 각각 그만큼 해요."
    ),
    "Frames between two windows of 16 that are looked at in one go, in clips longer than that: fewer are smoother.": (
        "16프레임보다 긴 영상에서 한 번에 보는 16프레임 창 사이의 간격: 작을수록 매끄러워요."
    ),
    "Length of a clip that is made of one picture; a clip keeps its own. The motion was learnt on 16.": (
        "그림 한 장으로 만드는 영상의 길이(프레임). 영상은 제 길이를 지켜요. 움직임은 16프레임으로 배웠어요."
    ),
    "Frames a second of a clip that is made of one picture; a clip keeps its own.": (
        "그림 한 장으로 만드는 영상의 초당 프레임. 영상은 제 값을 지켜요."
    ),
    # nnst
    "How far all of the style's places are found alike often: 0 leaves each place its nearest neighbour.": (
        "스타일의 모든 곳을 얼마나 고르게 찾을지. 0이면 곳마다 가장 가까운 이웃을 그대로 써요."
    ),
    "Iterations with neighbours, on all levels of a pyramid, from what gatys painted; 0 leaves that as it is.": (
        "gatys가 그린 것에서 시작해 피라미드의 모든 단계에서 이웃을 찾아 고치는 횟수. 0이면 그대로 두어요."
    ),
    "Neighbours are looked for in the style picture in its four upright turns, too.": (
        "스타일 그림을 90도씩 네 번 돌린 것에서도 이웃을 찾아요."
    ),
    "Share of the way the finished picture's palette is moved to the style's.": (
        "다 그린 그림의 색감을 스타일 쪽으로 옮기는 비율."
    ),
    "Weight of the content's self-similarity: what is alike in it stays alike, whatever the marks.": (
        "원본의 자기 유사성 가중치: 원본에서 서로 닮은 것은 붓자국과 상관없이 서로 닮게 남아요."
    ),
    "Weight of the nearest neighbours beside the style's statistics.": (
        "스타일 통계 옆에서 가장 가까운 이웃이 갖는 가중치."
    ),
    "What looks for its neighbour in the style: 1 the content, 0 what is painted so far.": (
        "스타일에서 이웃을 찾는 쪽: 1이면 원본, 0이면 지금까지 그린 것."
    ),
    # fast_net
    "Share of the way the painted palette is moved to that of the style picture.": (
        "그린 그림의 색감을 스타일 그림 쪽으로 옮기는 비율."
    ),
    "Size of the marks: the output's long side over that at which the net paints.": (
        "자국의 크기: 넷이 그리는 크기의 긴 변에 대한 결과의 긴 변."
    ),
    "Strength of the style: 0 leaves the content as it is, in the palette asked for.": (
        "스타일의 세기. 0이면 원하는 색감으로 원본을 그대로 두어요."
    ),
    # photo_wct
    "Share of alpha at relu4_1, where the largest things are. A place of it is eight pixels wide, and what is changed "
    "there comes back as blotches in even skies and as halos, whatever the covariances are held by (measured).": (
        "가장 큰 것들이 있는 relu4_1에서 alpha의 몫. 한 자리의 너비가 여덟 화소라서, 여기서 바꾼 것은 공분산을 어떻게 "
        "붙들어도 고른 하늘의 얼룩과 후광으로 돌아와요(실측)."
    ),
}
