# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Statistics of running media sessions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from .converters import NOTHING, Convert, convert, decimal, flag, lower, mappings, number, present, text

NO_SCORE = 127.0
"""Phones send this when there is no mean opinion score (seen in a public client)."""


def mos(value: Any) -> Any:
    score = decimal(value)
    return NOTHING if score == NO_SCORE else score


def payload(value: Any) -> Any:
    """Bytes. Video has no fixed size: phones write a v."""
    return NOTHING if text(value) == "v" else number(value)


def named(value: Any) -> str | None:
    """Return G.722.1 for ``3:G.722.1``."""
    plain = text(value)
    return plain.partition(":")[2] or plain if plain else None


def _category(value: Any) -> str | None:
    return lower(named(value))


def _hidden(_value: Any) -> Any:
    """A secret."""
    return NOTHING


def _streams(value: Any) -> list[dict[str, Any]] | None:
    return [_stream(stream) for stream in mappings(value)] if isinstance(value, list) else None


def _stream(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Normalize a stream. The ends of video keys differ between firmware: they stay as they are, in snake_case."""
    stream = convert(raw, _STREAM)
    other = stream.pop("other", {})
    video = {
        key: count for key, value in other.items() if key.startswith("Video") and (count := number(value)) is not None
    }
    rest = {key: value for key, value in other.items() if key not in video}
    return present({**stream, **{_snake(key): count for key, count in video.items()}, "other": rest or None})


def _snake(key: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", key).lower()


_STREAM: dict[str, tuple[str, Convert]] = {
    "Ref": ("ref", text),
    "PacketsReceived": ("packets_received", number),
    "PacketsSent": ("packets_sent", number),
    "PacketsExpected": ("packets_expected", number),
    "PacketsLost": ("packets_lost", number),
    "OctetsReceived": ("bytes_received", number),
    "OctetsSent": ("bytes_sent", number),
    "Jitter": ("jitter_ms", number),
    "MaxJitter": ("max_jitter_ms", number),
    "Latency": ("latency_ms", number),
    "RxPayloadSize": ("rx_payload_bytes", payload),
    "TxPayloadSize": ("tx_payload_bytes", payload),
    "RxMOSCQ": ("rx_mos_cq", mos),
    "TxMOSCQ": ("tx_mos_cq", mos),
    "RxMOSLQ": ("rx_mos_lq", mos),
    "TxMOSLQ": ("tx_mos_lq", mos),
    "Category": ("category", _category),
    "RxCodec": ("rx_codec", named),
    "TxCodec": ("tx_codec", named),
}


_SESSION: dict[str, tuple[str, Convert]] = {
    "Ref": ("ref", text),
    "SRTPCall": ("srtp", flag),
    "H235Call": ("h235", flag),
    "H235DHKey": ("", _hidden),
    "Streams": ("streams", _streams),
}


def sessions(raw: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Normalize sessionStats: one entry per call with media."""
    return [{"streams": [], **convert(session, _SESSION)} for session in raw]
