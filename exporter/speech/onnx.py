"""Neural networks in ONNX files, run by ONNX Runtime."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def session(path: Path) -> Any:
    """Return a network that is ready to run, on one core for each call, and sends nothing to the vendor."""
    import onnxruntime

    # A second time, as the library documents it: the variable in `exporter.offline` keeps it from starting at all.
    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 4
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
