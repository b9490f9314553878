"""Models for tests: YuNet where it is at hand, and a stand-in for SFace made here.

The stand-in is a real network in ONNX with SFace's input and output: brightness in 8 by 16 fields,
less its mean. It tells pictures apart, not people; the code around it can not tell the difference.
"""

from __future__ import annotations

from pathlib import Path

import pytest

YUNET = Path(__file__).parents[3] / "shared/models/yunet_n_320_320.onnx"

INTS, FLOAT = 7, 1  # of onnx.proto
OPSET, IR = 11, 6


def yunet() -> Path:
    """The face finder's model; the test is skipped where it is not at hand."""
    if not YUNET.is_file():
        pytest.skip("optional: the YuNet model is not at hand")
    return YUNET


def stand_in_for_sface(path: Path) -> Path:
    """Write the stand-in there."""
    return _network(path, features=(14, 7))


def network_of_another_size(path: Path) -> Path:
    """A network with SFace's input and not its output."""
    return _network(path, features=(14, 14))


def _network(path: Path, features: tuple[int, int]) -> Path:
    field = _attribute("kernel_shape", features) + _attribute("strides", features)
    graph = (
        _node("ReduceMean", ["data"], "grey", _attribute("axes", (1,)))
        + _node("AveragePool", ["grey"], "fields", field)
        + _node("ReduceMean", ["fields"], "mean", _attribute("axes", (2, 3)))
        + _node("Sub", ["fields", "mean"], "contrast", b"")
        + _node("Flatten", ["contrast"], "fc1", b"")
        + _field(2, b"stand-in")
        + _field(11, _value("data", (1, 3, 112, 112)))
        + _field(12, _value("fc1", (1, (112 // features[0]) * (112 // features[1]))))
    )
    opset = _field(8, _field(1, b"") + _number(2, OPSET))
    path.write_bytes(_number(1, IR) + opset + _field(7, graph))
    return path


def _node(kind: str, inputs: list[str], output: str, attributes: bytes) -> bytes:
    names = b"".join(_field(1, name.encode()) for name in inputs)
    return _field(1, names + _field(2, output.encode()) + _field(4, kind.encode()) + attributes)


def _attribute(name: str, values: tuple[int, ...]) -> bytes:
    numbers = b"".join(_number(8, value) for value in values)
    return _field(5, _field(1, name.encode()) + numbers + _number(20, INTS))


def _value(name: str, shape: tuple[int, ...]) -> bytes:
    dimensions = b"".join(_field(1, _number(1, size)) for size in shape)
    tensor = _number(1, FLOAT) + _field(2, dimensions)
    return _field(1, name.encode()) + _field(2, _field(1, tensor))


def _number(field: int, value: int) -> bytes:
    """A protobuf field with a whole number."""
    return _varint(field << 3) + _varint(value)


def _field(field: int, content: bytes) -> bytes:
    """A protobuf field with bytes, a text or another message."""
    return _varint(field << 3 | 2) + _varint(len(content)) + content


def _varint(value: int) -> bytes:
    low, rest = value & 0x7F, value >> 7
    return bytes([low | 0x80]) + _varint(rest) if rest else bytes([low])
