"""What pydantic and the operating system say, in Korean; the keys are their own templates and words."""

from __future__ import annotations

VALUES = {
    "{where}: {what}": "{where:은/는} {what}",
    "Input should be greater than or equal to {ge}": "{ge} 이상이어야 해요",
    "Input should be greater than {gt}": "{gt}보다 커야 해요",
    "Input should be less than or equal to {le}": "{le} 이하여야 해요",
    "Input should be less than {lt}": "{lt}보다 작아야 해요",
    "Input should be a valid integer": "정수여야 해요",
    "Input should be a valid integer, unable to parse string as an integer": "정수여야 해요",
    "Input should be a valid integer, got a number with a fractional part": "소수가 아닌 정수여야 해요",
    "Input should be a valid number": "수여야 해요",
    "Input should be a valid number, unable to parse string as a number": "수여야 해요",
    "Input should be a finite number": "유한한 수여야 해요",
    "Input should be a valid string": "글이어야 해요",
    "Input should be a valid boolean": "예나 아니요여야 해요",
    "Input should be a valid boolean, unable to interpret input": "예나 아니요여야 해요",
    "Input should be a valid list": "목록이어야 해요",
    "Input should be a valid dictionary": "항목의 모음이어야 해요",
    "Input should be {expected}": "{expected} 가운데 하나여야 해요",
    "Field required": "꼭 있어야 해요",
    "Extra inputs are not permitted": "여기에는 쓸 수 없어요",
    # What is asked of tools, by name
    "trials": "시도 횟수",
    "minutes": "시간(분)",
    "size": "크기",
    "add_trials": "더 할 횟수",
    "add_minutes": "더 할 시간(분)",
}
SYSTEM = {
    "No such file or directory": "파일이나 폴더가 없어요",
    "Is a directory": "폴더예요",
    "Not a directory": "폴더가 아니에요",
    "File exists": "이미 있어요",
    "File name too long": "이름이 너무 길어요",
    "Permission denied": "권한이 없어요",
    "Operation not permitted": "허락되지 않은 일이에요",
    "No space left on device": "디스크가 가득 찼어요",
    "Disk quota exceeded": "쓸 수 있는 디스크 용량을 넘었어요",
    "File too large": "파일이 너무 커요",
    "Read-only file system": "읽기만 되는 디스크예요",
    "Input/output error": "디스크에서 오류가 났어요",
    "Too many levels of symbolic links": "링크가 돌고 돌아요",
    "Too many open files": "열린 파일이 너무 많아요",
    "Address already in use": "이미 쓰고 있는 주소예요",
    "Connection refused": "연결을 받지 않아요",
}
