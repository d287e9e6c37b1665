"""Parameters of networks that make pictures of latents, in Korean."""

from __future__ import annotations

GENERATORS = {
    "How far the latents of the layers that take on the style go towards those of the style picture.": (
        "스타일을 받는 층의 잠재 벡터가 스타일 그림의 것으로 얼마나 다가가는지."
    ),
    "The first layers that do: coarse: pose and shape, too; middle: features; fine: colours alone.": (
        "어느 층부터 받는지. coarse: 자세와 모양까지, middle: 생김새, fine: 색만."
    ),
    "How far the picture may be from the network's average one: less is more usual, and cleaner.": (
        "네트워크의 평균 그림에서 얼마나 멀어져도 되는지. 작을수록 평범하고 깨끗해요."
    ),
    "Where the pictures are looked for: one latent (w) is more editable, one a layer (w+) is truer to the picture.": (
        "그림을 찾는 공간. 하나의 잠재 벡터(w)는 고치기 쉽고, 층마다 하나(w+)는 그림에 더 충실해요."
    ),
    "Steps in which a picture is looked for.": "그림을 찾는 단계 수.",
    "What counts that latents stay among those that the network knows.": (
        "잠재 벡터가 네트워크가 아는 범위에 머무는 것의 무게."
    ),
    "Steps in which the network is tuned to the content it was found for (pivotal tuning); 0 leaves it as it is.": (
        "찾은 원본에 네트워크를 맞추는 단계 수(pivotal tuning). 0이면 그대로 둬요."
    ),
    "Which direction the latents are moved along: those that change most come first, or those of the file given.": (
        "잠재 벡터를 움직이는 방향의 번호. 가장 크게 바꾸는 것이 앞이고, 파일을 주면 그 안의 방향이에요."
    ),
    "How far, in deviations of the network's latents; 0 moves nothing.": (
        "얼마나 움직이는지, 네트워크 잠재 벡터의 표준편차로. 0이면 움직이지 않아요."
    ),
}
