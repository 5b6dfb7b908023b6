# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a phone uploads when asked: its configuration, and captured packets."""

from __future__ import annotations

import asyncio
import struct
import time
from xml.sax.saxutils import quoteattr

import aiohttp

from .. import catalogue
from ..api import BUSY, EXPORT_FAILED, FAILED, INVALID, NO_URL, TABLE, ApiCall, ApiError, HttpError, Reply
from ..phone import Phone

#: Element of the exported file for each layer, as in the phones' own backups.
_ELEMENTS = {"config": "CONFIG_FILES", "local": "PHONE_LOCAL", "web": "WEB", "device": "DEVICE_SETTINGS"}
_CONFIG_TYPES = {
    "ConfigFiles": ("config",),
    "Local": ("local",),
    "Web": ("web",),
    "Device": ("device",),
    # All leaves the device settings out (manual).
    "All": ("config", "local", "web"),
}
_NO_CAPTURE = ("101", "150", "201")
_TIMEOUT = aiohttp.ClientTimeout(total=5)
_PCAP_HEADER = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1)
_PCAP_PACKET = struct.pack("<IIII", 0, 0, 60, 60) + bytes(60)


@TABLE.endpoint("POST", "v1/mgmt/config/export", since=(5, 8), admin=True)
async def export(call: ApiCall) -> Reply:
    url, kind = call.needed("Url"), call.needed("ConfigType")
    if kind not in _CONFIG_TYPES or "://" not in url:
        raise ApiError(INVALID)
    document = "".join(_element(call.phone, layer) for layer in _CONFIG_TYPES[kind])
    content = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<PHONE_BACKUP>\n{document}</PHONE_BACKUP>\n'
    if not await _upload(call.phone, url, content.encode(), "text/xml"):
        raise ApiError(EXPORT_FAILED)
    return Reply()


@TABLE.endpoint("POST", "v1/mgmt/network/uploadBgCapture", since=(5, 7))
async def upload_capture(call: ApiCall) -> Reply:
    phone = call.phone
    enabled = all(map(phone.parameters.is_on, ("diags.pcap.enabled", "diags.pcap.background.enabled")))
    if not enabled or phone.model.endswith(_NO_CAPTURE):
        raise HttpError(404)
    now = time.monotonic()
    if phone.captured_at is not None and now - phone.captured_at < phone.switches.capture_interval:
        raise ApiError(BUSY)
    url = call.text("url") or phone.parameters.value("device.prov.serverName")
    if not url:
        raise ApiError(NO_URL)
    if "://" not in url:
        raise ApiError(INVALID)
    phone.captured_at = now
    if not await _upload(phone, url, _PCAP_HEADER + _PCAP_PACKET, "application/octet-stream"):
        raise ApiError(FAILED)
    return Reply()


async def _upload(phone: Phone, url: str, content: bytes, content_type: str) -> bool:
    how = phone.switches.upload
    if how == "never":
        return True
    if how == "after_reply":
        phone.background = asyncio.ensure_future(_later(url, content, content_type))
        return True
    return await _put(f"{url}x" if how == "wrong_path" else url, content, content_type) or how == "wrong_path"


async def _later(url: str, content: bytes, content_type: str) -> None:
    await asyncio.sleep(0.2)
    await _put(url, content, content_type)


async def _put(url: str, content: bytes, content_type: str) -> bool:
    if not url.startswith(("http://", "https://")):
        return False
    headers = {"Content-Type": content_type}
    try:
        async with (
            aiohttp.ClientSession(timeout=_TIMEOUT) as session,
            session.put(url, data=content, headers=headers, ssl=False) as response,
        ):
            return response.status < 300
    except (aiohttp.ClientError, TimeoutError, ValueError):
        return False


def _element(phone: Phone, layer: str) -> str:
    """One layer as XML. Secrets are named in a comment; a device secret keeps its `.set` (seen in exports)."""
    shown: dict[str, str] = {}
    secrets = []
    for name, value in sorted(phone.parameters.layers[layer].items()):
        parameter = catalogue.find(name)
        companion = catalogue.companion(name)
        if companion is not None:
            shown |= {"device.set": "1", companion: "1"}
        if parameter is not None and parameter.secret:
            secrets.append(name)
        else:
            shown[name] = value
    comment = f"  <!-- not exported: {' '.join(secrets)} -->\n" if secrets else ""
    attributes = "".join(f" {name}={quoteattr(value)}" for name, value in sorted(shown.items()))
    return f"{comment}  <{_ELEMENTS[layer]}{attributes}/>\n"
