# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Statistics of running media sessions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from .converters import Convert, convert, decimal, flag, mappings, number, present, stripped, text

NO_SCORE = 127.0
"""Phones send this when there is no mean opinion score (seen in a public client)."""


def mos(value: Any) -> float | None:
    score = decimal(value)
    return None if score is None or score == NO_SCORE else score


def named(value: Any) -> str | None:
    """Return G.722.1 for ``3:G.722.1``."""
    plain = text(value)
    return plain.partition(":")[2] or plain if plain else None


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
    "RxPayloadSize": ("rx_payload_bytes", number),
    "TxPayloadSize": ("tx_payload_bytes", number),
    "RxMOSCQ": ("rx_mos_cq", mos),
    "TxMOSCQ": ("tx_mos_cq", mos),
    "RxMOSLQ": ("rx_mos_lq", mos),
    "TxMOSLQ": ("tx_mos_lq", mos),
}


def sessions(raw: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Normalize sessionStats: one entry per call with media."""
    return [
        present(
            {
                "ref": text(session.get("Ref")),
                "srtp": flag(session.get("SRTPCall")),
                "h235": flag(session.get("H235Call")),
                "streams": [_stream(stripped(stream)) for stream in mappings(session.get("Streams"))],
            }
        )
        for session in map(stripped, raw)
    ]


def _stream(stream: Mapping[str, Any]) -> dict[str, Any]:
    """Normalize a stream. The ends of video keys differ between firmware: they stay as they are, in snake_case."""
    video = {_snake(key): number(value) for key, value in stream.items() if key.startswith("Video")}
    codecs = {"rx_codec": named(stream.get("RxCodec")), "tx_codec": named(stream.get("TxCodec"))}
    category = named(stream.get("Category"))
    return {
        **convert(stream, _STREAM),
        **present({"category": category.lower() if category else None, **codecs, **video}),
    }


def _snake(key: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", key).lower()
