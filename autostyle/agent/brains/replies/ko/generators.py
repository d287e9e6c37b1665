"""What is said of networks that make pictures of latents, in Korean."""

from __future__ import annotations

GENERATORS = {
    "the network needs about {need} GB of memory, and {free} GB are free": (
        "네트워크를 쓰려면 메모리가 약 {need} GB 필요해요. 빈 메모리는 {free} GB예요"
    ),
    "give one of smaller pictures, or close what takes memory": (
        "더 작은 그림을 만드는 네트워크를 주거나, 메모리를 쓰는 다른 프로그램을 닫아 주세요"
    ),
    "no network was given": "네트워크를 주지 않았어요",
    "--with network=FILE names one": "--with network=파일 로 알려 주세요",
    "{path} has no directions of this network": "{path}에는 이 네트워크의 방향이 없어요",
    "a tensor is as wide as its latents, {n}, or has a row for each of its {layers} layers": (
        "텐서의 너비는 잠재 벡터와 같은 {n}이거나, {layers}개 층마다 한 줄씩이에요"
    ),
    "there are {n} directions, and none of number {number}": "방향은 {n}개이고 {number}번은 없어요",
    "the first has number 0": "첫 방향이 0번이에요",
    "{path} is no generator of StyleGAN2 or StyleGAN3": "{path:은/는} StyleGAN2나 StyleGAN3 생성기가 아니에요",
    "known are StyleGAN2 and StyleGAN3 in NVIDIA's layout (.pkl, .safetensors) and StyleGAN2 in rosinality's (.pt, "
    ".safetensors)": (
        "NVIDIA 형식(.pkl, .safetensors)의 StyleGAN2와 StyleGAN3, rosinality 형식(.pt, .safetensors)의 "
        "StyleGAN2를 알아요"
    ),
    "the filters of {path} are not those of its settings": "{path}의 필터가 설정에서 나오는 필터와 달라요",
    "NVIDIA's .pkl has them, or the metadata of a safetensors file, under their names: {names}": (
        "설정은 NVIDIA의 .pkl에 있고, safetensors 파일이면 메타데이터에 같은 이름으로 적어요: {names}"
    ),
    "{path} holds more than tensors, and is not read": "{path}에는 텐서 말고 다른 것도 있어서 읽지 않아요",
    "save its g_ema alone, as safetensors": "g_ema만 safetensors로 저장해 주세요",
    "{path} wants the number of a class": "{path:은/는} 클래스 번호가 필요한 네트워크예요",
    "networks of one kind of picture do not": "한 가지 그림만 만드는 네트워크는 필요 없어요",
    "{path} has residual blocks": "{path}에는 잔차 블록이 있어요",
    "the generator of the paper has none": "논문의 생성기에는 없어요",
    "{path} is too large for a network": "{path:은/는} 네트워크라기엔 너무 커요",
    "only tensors are read of a pickle, and nothing in it is run; a safetensors file has no such trouble": (
        "피클에서는 텐서만 읽고 아무것도 실행하지 않아요. safetensors 파일에는 이런 문제가 없어요"
    ),
    "{path} has no generator": "{path}에 생성기가 없어요",
    "{path} is not read: it asks for {name}": "{path:을/를} 읽지 않아요. {name:을/를} 부르려고 해요",
    "{path} is no pickle of a network": "{path:은/는} 네트워크의 피클이 아니에요",
}
