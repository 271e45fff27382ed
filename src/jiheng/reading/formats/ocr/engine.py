"""The recognition engine: rapidocr with the models that come inside its package. Nothing is downloaded."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from jiheng.errors import ReadingError

Image = NDArray[np.uint8]
"""A picture: height × width × 3, or height × width for grey; 0 is black."""

_DETECT_SIDE: Final = 1600
"""Text is looked for at this size of the longer side; it is recognised at the size of the original."""
_lock = threading.Lock()
_engine: Any = None


class Box(msgspec.Struct, frozen=True):
    """Where a line of text stands, in pixels."""

    left: int
    top: int
    right: int
    bottom: int


def detect(image: Image) -> list[Box]:
    """The lines of text in a straight picture, as upright boxes."""
    found = _loaded()._load_det_model()(image).boxes
    if found is None:
        return []
    height, width = image.shape[:2]
    boxes = []
    for corners in found:
        (left, top), (right, bottom) = corners.min(axis=0), corners.max(axis=0)
        box = Box(
            max(0, int(left)), max(0, int(top)), min(width, int(right) + 1), min(height, int(bottom) + 1)
        )
        if box.right > box.left and box.bottom > box.top:
            boxes.append(box)
    return boxes


class Reading(msgspec.Struct, frozen=True):
    """What was recognised in the picture of a line, and how sure the engine is of each sign (0 to 1)."""

    text: str
    scores: tuple[float, ...] = ()

    @property
    def mean(self) -> float:
        """Of all signs; 0 for none."""
        return sum(self.scores) / len(self.scores) if self.scores else 0.0

    @property
    def least(self) -> float:
        """Of the least sure sign: the mean hides one wrong sign among many right ones. 0 for none."""
        return min(self.scores, default=0.0)


def recognise(pieces: list[Image]) -> list[Reading]:
    """The text in each picture of a single line."""
    if not pieces:
        return []
    from rapidocr.ch_ppocr_rec import TextRecInput

    found = _loaded()._load_rec_model()(TextRecInput(img=pieces, return_word_box=True))
    return [
        Reading(text, tuple(map(float, info.confs)) if text else ())
        for text, info in zip(found.txts, found.word_results, strict=True)
    ]


def upside_down(pieces: list[Image]) -> bool:
    """Whether most of these lines of text stand on their heads."""
    if not pieces:
        return False
    found = _loaded()._load_cls_model()([piece.copy() for piece in pieces])
    votes = [float(score) if label == "180" else -float(score) for label, score in found.cls_res]
    return sum(votes) > 0


def _loaded() -> Any:
    """The engine of this process, made when it is first needed."""
    global _engine  # noqa: PLW0603 - one engine a process: its models take a second and 200 MB
    with _lock:
        if _engine is None:
            _engine = _made()
        return _engine


def _made() -> Any:
    try:
        import rapidocr
        from rapidocr import RapidOCR
    except ImportError as error:
        raise ReadingError(
            "读取扫描件需要文字识别组件 rapidocr，本机没有安装。",
            remedy="请运行 pip install rapidocr onnxruntime，或上传文件的 Word、Excel 原件。",
        ) from error
    models = Path(rapidocr.__file__).parent / "models"
    if len(list(models.glob("*.onnx"))) < 3:
        # without this check the library would go and fetch them
        raise ReadingError("文字识别组件缺少模型文件。", remedy="请重新安装 rapidocr。")
    # where several processes share the cores, the one that started them says how many are for each
    threads = int(os.environ.get("JIHENG_THREADS") or max(1, min(4, os.cpu_count() or 1)))
    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.text_score": 0.0,
            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            "Det.limit_side_len": _DETECT_SIDE,
            "Det.limit_type": "max",
            "Det.box_thresh": 0.4,
            "Rec.rec_batch_num": 8,
        }
    )
