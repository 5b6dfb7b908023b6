# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Replies of all firmwares in one shape: snake_case keys, real types, and nothing where the phone has nothing to say.

Every leaf that a phone sends is a string. Flavours seen: the v1 and v2 forms of the same call, 5.7.0 which gave the v2
form under v1, letter case of words such as enabled/Enabled, and keys with stray blanks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

_ABSENT = {"", "::", "0.0.0.0", "(none)"}
_WORDS = {"enabled": True, "disabled": False, "true": True, "false": False, "yes": True, "no": False, "active": True, "inactive": False}

Convert = Callable[[Any], Any]


def text(value: Any) -> str | None:
    """The text, or None where the phone sends one of its ways to say nothing."""
    if isinstance(value, (bool, dict, list)) or value is None:
        return None
    plain = str(value).strip()
    return None if plain in _ABSENT else plain


def flag(value: Any) -> bool | None:
    """True or False for the phone's words (Enabled, True, yes, active and their opposites)."""
    if isinstance(value, bool):
        return value
    return _WORDS.get((text(value) or "").lower())


def number(value: Any) -> int | None:
    plain = text(value)
    return int(plain) if plain and re.fullmatch(r"-?[0-9]{1,18}", plain) else None


def mac(value: Any) -> str | None:
    """A MAC address in lower case with colons."""
    digits = re.sub(r"[^0-9a-f]", "", (text(value) or "").lower())
    return ":".join(digits[i : i + 2] for i in range(0, 12, 2)) if len(digits) == 12 else None


def lower(value: Any) -> str | None:
    plain = text(value)
    return plain.lower() if plain else None


def uptime(value: Any) -> int | None:
    """Seconds, from ``{"Days": "3", "Hours": ...}`` (v2), ``3 Days 4:05:06`` (v1) or ``3.04:05:06`` (older)."""
    if isinstance(value, Mapping):
        parts = [number(value.get(unit, "0")) for unit in ("Days", "Hours", "Minutes", "Seconds")]
        if any(part is None for part in parts):
            return None
        days, hours, minutes, seconds = (part or 0 for part in parts)
        return ((days * 24 + hours) * 60 + minutes) * 60 + seconds
    match = re.fullmatch(r"(?:(\d{1,6})(?: +days? +|\.))?(\d{1,3}):(\d{2}):(\d{2})", text(value) or "", re.IGNORECASE)
    if not match:
        return None
    days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return ((days * 24 + hours) * 60 + minutes) * 60 + seconds


def device(raw: Mapping[str, Any]) -> dict[str, Any]:
    """device/info, v1 or v2."""
    info = _stripped(raw)
    firmware = info.get("Firmware")
    if isinstance(firmware, Mapping):
        versions = _present({"updater": text(firmware.get("Updater")), "boot_block": text(firmware.get("BootBlock"))})
        release = text(firmware.get("Application"))
    else:
        versions, release = {}, text(info.get("FirmwareRelease"))
    hardware = info.get("AttachedHardware")
    hardware = hardware if isinstance(hardware, Mapping) else {}
    modules = hardware.get("EM")
    return _present(
        {
            "model": text(info.get("ModelNumber")),
            "vendor": text(info.get("DeviceVendor")),
            "mac": mac(info.get("MACAddress")),
            # "5.9.3.1111 01-Jan-20 06:00": the first word is the version, the rest is when it was built
            "firmware": release.split()[0] if release else None,
            "firmware_build": release,
            **versions,
            "uptime_seconds": uptime(info.get("UpTime", info.get("UpTimeSinceLastReboot"))),
            "ipv4_address": text(info.get("IPV4Address", info.get("IPAddress"))),
            "ipv6_address": text(info.get("IPV6Address", info.get("IPv6Address"))),
            "camera": flag(hardware.get("Camera")),
            "expansion_modules": [
                _present({"type": lower(_stripped(module).get("Type", module.get("type"))), "version": text(module.get("Version", module.get("version")))})
                for module in (modules if isinstance(modules, list) else [])
                if isinstance(module, Mapping)
            ],
            "app_state": text(info.get("AppState")),
            "ready_to_use": flag(info.get("ReadyToUse")),
            "can_apply_shutdown_request": flag(info.get("CanApplyShutdownRequest")),
            "intend_to_shutdown": flag(info.get("IntendToShutdown")),
        }
    )


_NETWORK: dict[str, tuple[str, Convert]] = {
    "DHCP": ("dhcp", flag),
    "DHCPServer": ("dhcp_server", text),
    "DHCPBootServerUseOption": ("dhcp_boot_server_use_option", text),
    "DHCPBootServerOption": ("dhcp_boot_server_option", number),
    "DHCPBootServerOptionType": ("dhcp_boot_server_option_type", text),
    "DHCPOption60Format": ("dhcp_option_60_format", text),
    "IPV4Address": ("ipv4_address", text),
    "IPV6Address": ("ipv6_address", text),
    "SubnetMask": ("subnet_mask", text),
    "DefaultGateway": ("default_gateway", text),
    "DNSServer": ("dns_server", text),
    "AlternateDNSServer": ("alternate_dns_server", text),
    "DNSDomain": ("dns_domain", text),
    "SNTPAddress": ("sntp_server", text),
    "LANPortStatus": ("lan_port_active", flag),
    "LANSpeed": ("lan_speed", text),
    "VLANID": ("vlan", number),
    "VLANDiscoveryMode": ("vlan_discovery_mode", lower),
    "VLANIDOption": ("vlan_id_option", number),
    "LLDP": ("lldp", flag),
    "CDPCompatibility": ("cdp", flag),
    "CDPCompability": ("cdp", flag),  # the manual's spelling
    "ProvServerAddress": ("provisioning_server", text),
    "ProvServerUser": ("provisioning_user", text),
    "ProvServerType": ("provisioning_server_type", text),
    "UpgradeServer": ("upgrade_server", text),
    "ZTPStatus": ("ztp", flag),
}


def network(raw: Mapping[str, Any]) -> dict[str, Any]:
    """network/info."""
    return _convert(_stripped(raw), _NETWORK)


_RUNNING: dict[str, tuple[str, dict[str, tuple[str, Convert]]]] = {
    "Network": (
        "network",
        {
            "IPAddress": ("ipv4_address", text),
            "SubnetMask": ("subnet_mask", text),
            "IPGateway": ("default_gateway", text),
            "IPStack": ("ip_stack", text),
            "IPv6Address": ("ipv6_address", text),
            "IPv6Gateway": ("ipv6_gateway", text),
            "IPv6AddressDiscovery": ("ipv6_address_discovery", text),
            "IPv6LinkAddress": ("ipv6_link_address", text),
            "IPv6ULAAddress": ("ipv6_ula_address", text),
            "PreferredNetwork": ("preferred_network", text),
            "VLAN": ("vlan", number),
            "VLANFiltering": ("vlan_filtering", flag),
            "CDP": ("cdp", flag),
            "LLDP": ("lldp", flag),
            "StormFilterPPS": ("storm_filter_pps", number),
            "StormFiltering": ("storm_filtering", flag),
        },
    ),
    "DHCP": (
        "dhcp",
        {
            "Feature": ("enabled", flag),
            "Option60Format": ("option_60_format", text),
            "BootServerOptionType": ("boot_server_option_type", text),
            "BootServerUseOption": ("boot_server_use_option", text),
            "BootServerOption": ("boot_server_option", number),
            "OfferTimeout": ("offer_timeout_seconds", number),
            "VLANDiscovery": ("vlan_discovery", lower),
            "VLANDiscoveryOption": ("vlan_discovery_option", number),
        },
    ),
    "DNS": (
        "dns",
        {
            "Feature": ("enabled", flag),
            "PrimaryServer": ("primary_server", text),
            "SecondaryServer": ("secondary_server", text),
            "Domain": ("domain", text),
        },
    ),
    "Provisioning": (
        "provisioning",
        {
            "Server": ("server", text),
            "ServerType": ("server_type", text),
            "User": ("user", text),
            "FileTxTries": ("file_transfer_tries", number),
            "RetryWait": ("retry_wait_seconds", number),
            "MaxServers": ("max_servers", number),
            "NetworkEnv": ("network_environment", text),
            "TagSerialNo": ("tag_serial_number", flag),
        },
    ),
    "Syslog": (
        "syslog",
        {
            "Server": ("server", text),
            "Transport": ("transport", text),
            "RenderLevel": ("render_level", number),
            "Facility": ("facility", number),
            "PrependMAC": ("prepend_mac", flag),
        },
    ),
    "SNTP": (
        "sntp",
        {
            "Server": ("server", text),
            "GMTOffsetSeconds": ("gmt_offset_seconds", number),
            "GMTOffsetHours": ("gmt_offset_hours", number),
        },
    ),
    "TR069": (
        "tr069",
        {
            "Feature": ("enabled", flag),
            "ACSURL": ("acs_url", text),
            "ACSUsername": ("acs_username", text),
            "CPEUsername": ("cpe_username", text),
            "PeriodicInform": ("periodic_inform", flag),
            "InformInterval": ("inform_interval_seconds", number),
            "UpgradeManagement": ("upgrade_management", flag),
        },
    ),
}


def running_config(raw: Mapping[str, Any]) -> dict[str, Any]:
    """device/runningConfig: one dictionary a group; a group that the phone lacks is absent."""
    groups = _stripped(raw)
    return {name: _convert(_stripped(groups[group]), keys) for group, (name, keys) in _RUNNING.items() if isinstance(groups.get(group), Mapping)}


def lines(first: Sequence[Mapping[str, Any]], second: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """lineInfo v1 and v2 merged: one entry a line, however many keys show it, in the order of the lines.

    v2 lists a second key of the same line with an empty CallServers (seen in a public client); v1 lists it again.
    """
    merged: dict[int, dict[str, Any]] = {}
    for raw in first:
        line = _stripped(raw)
        index = number(line.get("LineNumber"))
        if index is not None and index not in merged:
            merged[index] = _line(index, line)
    for raw in second:
        line = _stripped(raw)
        index = number(line.get("ID"))
        if index is None or "servers" in merged.get(index, {}):
            continue
        servers = line.get("CallServers")
        merged[index] = {**merged.get(index, {}), **_line(index, line)}
        merged[index].update(
            _present(
                {
                    "assigned": flag(line.get("Assigned")),
                    "active": flag(line.get("Active")),
                    "do_not_disturb": flag(line.get("DoNotDisturb")),
                    "forwarding": _forwarding(line.get("ForwardingConfig")),
                    "servers": [_server(server) for server in servers if isinstance(server, Mapping)] if isinstance(servers, list) else None,
                }
            )
        )
    return [merged[index] for index in sorted(merged)]


def _line(index: int, line: Mapping[str, Any]) -> dict[str, Any]:
    registration = lower(line.get("RegistrationStatus"))
    return _present(
        {
            "line": index,
            "label": text(line.get("Label")),
            "user": text(line.get("UserID", line.get("Username"))),
            "sip_address": text(line.get("SIPAddress")),
            "protocol": text(line.get("Protocol")),
            "proxy": text(line.get("ProxyAddress")),
            "port": number(line.get("Port")),
            "type": lower(line.get("LineType", line.get("Type"))),
            "registered": registration == "registered" if registration else None,
        }
    )


def _server(raw: Mapping[str, Any]) -> dict[str, Any]:
    server = _stripped(raw)
    registration = lower(server.get("RegistrationStatus"))
    return _present(
        {
            "server": number(server.get("ID")),
            "address": text(server.get("Address")),
            "port": number(server.get("Port")),
            "transport": text(server.get("Transport")),
            "expires_seconds": number(server.get("Expires")),
            "registered": registration == "registered" if registration else None,
            "working": flag(server.get("Working")),
        }
    )


def _forwarding(raw: Any) -> dict[str, Any] | None:
    if not isinstance(raw, Mapping):
        return None
    kinds = {"Always": "always", "DoNotDisturb": "do_not_disturb", "Busy": "busy", "NoAnswer": "no_answer"}
    return _present({name: text(raw.get(key)) for key, name in kinds.items()}) or None


def _stripped(raw: Mapping[str, Any]) -> dict[str, Any]:
    return {str(key).strip(): value for key, value in raw.items()}


def _convert(raw: Mapping[str, Any], keys: Mapping[str, tuple[str, Convert]]) -> dict[str, Any]:
    by_name = {key.lower(): rule for key, rule in keys.items()}
    converted = {}
    for key, value in raw.items():
        rule = by_name.get(key.lower())
        if rule:
            name, convert = rule
            converted[name] = convert(value)
    return _present(converted)


def _present(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}
