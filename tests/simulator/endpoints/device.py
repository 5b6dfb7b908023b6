# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""device/info, device/stats, device/runningConfig, pollForStatus and uixml."""

from __future__ import annotations

import asyncio
from typing import Any
from xml.sax.saxutils import quoteattr

from .. import clock
from ..api import TABLE, ApiCall, HttpError, Reply
from ..lines import lines_of
from ..phone import Phone

_MEMORY = 519995392
_POOL = {"fordblks": "126512", "hblkhd": "1212416", "uordblks": "3543504", "arena": "3670016"}
_MANUAL_POOLS = ("dbs", "ec", "pgui", "brow", "osd", "em")


@TABLE.endpoint("GET", "v1/mgmt/device/info", admin=True)
async def info_v1(call: ApiCall) -> Reply:
    phone = call.phone
    if phone.early_v2:
        return await info_v2(call)
    uptime, manual = phone.lifecycle.uptime, phone.spec.flavour == "manual"
    dotted = phone.version < (5, 7) and phone.switches.old_uptime == "dotted"
    return Reply({
        "ModelNumber " if manual else "ModelNumber": phone.model,
        "FirmwareRelease": phone.firmware,
        "DeviceType": "HardwareEndPoint" if manual else "hardwareEndpoint",
        "DeviceVendor": "Polycom",
        "UpTimeSinceLastReboot": clock.old_uptime(uptime) if dotted else clock.uptime(uptime),
        "IPV4Address": phone.host,
        "IPV6Address": "::",
        "MACAddress": phone.spec.claimed_mac or phone.mac,
        "AttachedHardware": _attached(phone, "type", "version"),
    })  # fmt: skip


@TABLE.endpoint("GET", "v2/mgmt/device/info", since=(5, 8), admin=True)
async def info_v2(call: ApiCall) -> Reply:
    phone = call.phone
    day, hour, minute, second = clock.split(phone.lifecycle.uptime)
    return Reply({
        "ModelNumber": phone.model,
        "DeviceVendor": "Polycom",
        "DeviceType": "HardwareEndpoint",
        "MACAddress": phone.spec.claimed_mac or phone.mac,
        "Firmware": {
            "Application": f"{phone.firmware} 01-Jan-20 06:00",
            "Updater": f"{phone.version[0]}.{phone.version[1]}.7.2222",
            "BootBlock": "3.0.6.0001 (48830-001)",
        },
        "IPAddress": phone.host,
        "IPStack": "IPv4 Only",
        "PreferredNetwork": "IPv6",
        "IPv6Address": "::",
        "IPv6LinkAddress": "::",
        "IPv6ULAAddress": "::",
        "UpTime": {"Days": str(day), "Hours": str(hour), "Minutes": str(minute), "Seconds": str(second)},
        "AttachedHardware": _attached(phone, "Type", "Version"),
        "CanApplyShutdownRequest": str(not phone.calls),
        "IntendToShutdown": str(phone.lifecycle.state == "leaving"),
        # A VVX says so without a call, too (two recordings); a Trio does not.
        "AppState": "AppStateMenu" if phone.is_trio and not phone.calls else "AppStateCall",
        "ReadyToUse": str(phone.lifecycle.ready),
    })  # fmt: skip


@TABLE.endpoint("GET", "v1/mgmt/device/stats", since=(5, 7), admin=True)
async def stats(call: ApiCall) -> Reply:
    phone = call.phone
    if not phone.parameters.is_on("httpd.ta.enabled"):
        await asyncio.sleep(phone.switches.stats_seconds)
    cpu = {"Current": "35.5" if phone.calls else "12.5", "Average": "12.9"}
    if phone.spec.flavour == "manual":
        pools = {name: dict(_POOL) for name in _MANUAL_POOLS}
        return Reply({"CPU": cpu, **pools, "RAMDiskSize": "67108864"})
    used = 274000000 + 1000000 * len(phone.calls)
    memory = {
        "Total": str(_MEMORY),
        "Used": str(used),
        "Free": str(_MEMORY - used),
        "Cached": "240000000",
        "SReclaim": "0",
        "ComAS": "0",
        "polyapp": dict(_POOL),
        "pgui": dict(_POOL),
    }
    return Reply({"CPU": cpu, "Memory": memory, "RAMDiskSize": "67108864"})


@TABLE.endpoint("GET", "v1/mgmt/device/runningConfig", since=(5, 7), admin=True)
async def running_config(call: ApiCall) -> Reply:
    phone = call.phone
    value, word = phone.parameters.value, _word(phone)
    offset = int(phone.parameters.number("tcpIpApp.sntp.gmtOffset"))
    return Reply({
        "Network": {
            "IPAddress": phone.host,
            "SubnetMask": value("device.net.subnetMask") or "255.0.0.0",
            "IPGateway": value("device.net.IPgateway") or "127.0.0.1",
            "IPStack": "IPv4 Only",
            "IPv6Address": "::",
            "IPv6Gateway": "::",
            "IPv6AddressDiscovery": "SLAAC",
            "IPv6LinkAddress": "::",
            "IPv6ULAAddress": "::",
            "PreferredNetwork": "IPv6",
            "VLAN": value("device.net.vlanId"),
            "VLANFiltering": word("device.net.vlanFiltering", "0"),
            "CDP": word("device.net.cdpEnabled", "1"),
            "LLDP": word("device.net.lldpEnabled", "1"),
            "StormFilterPPS": "38",
            "StormFiltering": "Enabled",
        },
        "DHCP": {
            "Feature": word("device.dhcp.enabled", "1"),
            "Option60Format": "RFC3925 Binary",
            "BootServerOptionType": "String",
            "BootServerUseOption": "Custom then Default",
            "BootServerOption": value("device.dhcp.bootSrvOpt") or "160",
            "OfferTimeout": value("device.dhcp.offerTimeout") or "1",
            "VLANDiscovery": "Disabled",
            "VLANDiscoveryOption": "129",
        },
        "DNS": {
            "Feature": "Enabled",
            "PrimaryServer": value("device.dns.serverAddress") or "192.0.2.53",
            "SecondaryServer": value("device.dns.altSrvAddress") or "0.0.0.0",
            "Domain": value("device.dns.domain") or "example.org",
        },
        "Provisioning": {
            "Server": value("device.prov.serverName"),
            "ServerType": _named(
                value("device.prov.serverType") or "3", ("FTP", "Trivial FTP", "HTTP", "HTTPS", "FTPS")
            ),
            "User": value("device.prov.user"),
            "FileTxTries": value("device.prov.redunAttemptLimit") or "3",
            "RetryWait": value("device.prov.redunInterAttemptDelay") or "1",
            "MaxServers": value("device.prov.maxRedunServers") or "8",
            "NetworkEnv": "Cable/DSL",
            "TagSerialNo": word("device.prov.tagSerialNo", "0"),
        },
        "Syslog": {
            "Server": value("device.syslog.serverName"),
            "Transport": _named(value("device.syslog.transport") or "1", ("None", "UDP", "TCP", "TLS")),
            "RenderLevel": value("device.syslog.renderLevel") or "4",
            "Facility": value("device.syslog.facility") or "16",
            "PrependMAC": word("device.syslog.prependMac", "0"),
        },
        "SNTP": {
            "Server": value("tcpIpApp.sntp.address") or value("device.sntp.serverName"),
            "GMTOffsetSeconds": str(offset),
            "GMTOffsetHours": f"{offset / 3600:g}",
        },
        "TR069": {
            "Feature": word("feature.tr069.enabled", "0"),
            "ACSURL": value("device.tr069.acs.url"),
            "ACSUsername": value("device.tr069.acs.username"),
            "CPEUsername": value("device.tr069.cpe.username"),
            "PeriodicInform": word("device.tr069.periodicInform.enabled", "0"),
            "InformInterval": value("device.tr069.periodicInform.interval") or "18000",
            "UpgradeManagement": word("device.tr069.upgradesManaged.enabled", "0"),
        },
    })  # fmt: skip


@TABLE.endpoint("GET", "v1/mgmt/pollForStatus")
async def poll_for_status(call: ApiCall) -> Reply:
    phone = call.phone
    if not call.tls:  # HTTPS only (both manuals).
        raise HttpError(404)
    if not phone.lifecycle.ready:
        return Reply({"State": "Error", "StateData": "All Phone applications are not ready."})
    if phone.calls:
        seconds = max(leg.seconds for leg in phone.calls)
        return Reply({"State": "Active", "StateData": f"Active call duration {clock.duration(seconds)}"})
    last = max((entry.started for entries in phone.call_log.values() for entry in entries), default=None)
    return Reply({"State": "Idle", "StateData": f"Time of last call {clock.moment(last) if last else ''}".strip()})


@TABLE.endpoint("GET", "v1/mgmt/uixml", since=(5, 8), admin=True)
async def uixml(call: ApiCall) -> Reply:
    phone = call.phone
    keys = "".join(f'<LineKey index="{line.number}" label={quoteattr(line.label)}/>' for line in lines_of(phone))
    return Reply(f'<?xml version="1.0" encoding="UTF-8"?><UI model={quoteattr(phone.model)}><Idle>{keys}</Idle></UI>')


def _attached(phone: Phone, type_key: str, version_key: str) -> dict[str, Any]:
    modules = [{type_key: "LCD", version_key: "1.0"} for _each in range(phone.spec.expansion_modules)]
    return {"EM": modules}


def _word(phone: Phone) -> Any:
    def word(name: str, default: str) -> str:
        return "Enabled" if (phone.parameters.value(name) or default) == "1" else "Disabled"

    return word


def _named(value: str, names: tuple[str, ...]) -> str:
    """Settings that know numbers and words for the same thing are shown as words."""
    return names[int(value)] if value.isdigit() and int(value) < len(names) else value
