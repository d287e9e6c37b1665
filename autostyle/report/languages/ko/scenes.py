"""Parameters and figures of scenes, in Korean."""

from __future__ import annotations

SCENES = {
    "Style loss over content loss, both normalised; higher paints more and keeps less.": (
        "내용 손실에 견준 스타일 손실의 무게. 크면 더 칠하고 덜 남겨요."
    ),
    "Weight of nearest neighbours beside the statistics: each place is held to the place of the style most like it.": (
        "통계에 견준 최근접 이웃의 무게. 자리마다 가장 닮은 스타일의 자리에 맞춰요."
    ),
    "Weight of views showing the same points alike, beside the style; higher: marks slide less, and are fainter.": (
        "스타일에 견주어, 여러 시점이 같은 점을 같게 보이도록 붙드는 정도. 자국이 덜 미끄러지고 옅어져요."
    ),
    "Layer that holds the content; the deeper one leaves the strokes freer.": (
        "내용을 붙잡는 층. 깊은 쪽이 붓자국을 더 자유롭게 둬요."
    ),
    "Share of the way the scene's palette is moved to the style's before painting.": (
        "칠하기 전에 장면의 색감을 스타일 쪽으로 옮기는 비율."
    ),
    "Share of the way the painted scene's palette is moved to the style's.": (
        "칠한 장면의 색감을 스타일 쪽으로 옮기는 비율."
    ),
    "Size of the style's marks: the style picture's long side over that of a view.": (
        "스타일 자국의 크기: 보이는 그림의 긴 변에 견준 스타일 그림의 긴 변."
    ),
    "Share of what changes with the side it is seen from that is kept; 0 makes every side look the same.": (
        "보는 쪽에 따라 달라지는 빛을 남기는 비율. 0이면 어느 쪽에서 봐도 같아요."
    ),
    "Times that large splats are divided in three before painting: finer marks, sides more alike, a larger file.": (
        "칠하기 전에 큰 스플랫을 셋으로 나누는 횟수. 자국이 잘아지고, 어느 쪽에서 봐도 더 비슷해지고, 파일이 커져요."
    ),
    "Views around the scene that are painted.": "칠하는 데 쓰는, 장면을 둘러싼 시점의 수.",
    "Iterations, each on one view.": "반복 횟수. 한 번에 한 시점을 칠해요.",
    "How far a colour may move in an iteration, of 0..1.": "한 번에 색이 움직일 수 있는 폭(0..1).",
    "View error": "시점 오차",
    "mean absolute difference of a view to one a thirtieth of a turn away that is carried to it along the geometry, "
    "where both show the same point": (
        "30분의 1바퀴 떨어진 시점을 기하를 따라 옮겨 왔을 때, 둘 다 같은 점을 보이는 곳의 평균 차이"
    ),
    "every side looks the same": "어느 쪽에서 봐도 같음",
    "View error, far": "먼 시점 오차",
    "the same, of a view a sixth of a turn away": "같은 값, 6분의 1바퀴 떨어진 시점",
    "View error beyond the content's": "원본을 넘는 시점 오차",
    "the larger of both view errors, less what the untouched scene has": (
        "두 시점 오차에서 손대지 않은 장면의 것을 뺀 값 중 큰 쪽"
    ),
    "as alike from every side as the untouched scene": "손대지 않은 장면만큼 어느 쪽에서 봐도 같음",
    "the style score of pictures, the mean of views of the scene that are not painted": (
        "그림의 스타일 점수를, 칠하는 데 쓰지 않은 시점들에서 잰 평균"
    ),
    "structural similarity (SSIM) of the luminance with the content, the mean of views that are not painted": (
        "내용과의 밝기 구조 유사도(SSIM)를, 칠하는 데 쓰지 않은 시점들에서 잰 평균"
    ),
    "the untouched scene": "손대지 않은 장면",
}
