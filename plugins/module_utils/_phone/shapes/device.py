# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Normalize device, network, running configuration and location."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from .converters import (
    Convert,
    Fields,
    convert,
    duration,
    flag,
    lower,
    mac,
    mapping,
    mappings,
    nested,
    number,
    percent,
    present,
    real,
    text,
    uptime,
)

_FIRMWARE: dict[str, tuple[str, Convert]] = {
    "Application": ("application", text),
    "Updater": ("updater", text),
    "BootBlock": ("boot_block", text),
}
_MODULE: dict[str, tuple[str, Convert]] = {"Type": ("type", lower), "Version": ("version", text)}


def device(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Normalize device/info, v1 or v2."""
    info = Fields(raw)
    versions = convert(info.take(mapping, "Firmware") or {}, _FIRMWARE)
    release = versions.pop("application", None) or info.take(text, "FirmwareRelease")
    camera, modules, more_hardware = info.take(_hardware, "AttachedHardware") or (None, [], {})
    return present(
        {
            "model": info.take(text, "ModelNumber"),
            "vendor": info.take(text, "DeviceVendor"),
            "device_type": info.take(lower, "DeviceType"),
            "mac": info.take(mac, "MACAddress"),
            # "5.9.3.1111 01-Jan-20 06:00": version and build date
            "firmware": release.split()[0] if release else None,
            "firmware_build": release,
            "uptime_seconds": info.take(uptime, "UpTime", "UpTimeSinceLastReboot"),
            "ipv4_address": info.take(text, "IPV4Address", "IPAddress"),
            "ipv6_address": info.take(text, "IPV6Address"),
            "ipv6_link_address": info.take(text, "IPv6LinkAddress"),
            "ipv6_ula_address": info.take(text, "IPv6ULAAddress"),
            "ip_stack": info.take(text, "IPStack"),
            "preferred_network": info.take(text, "PreferredNetwork"),
            "camera": camera,
            "expansion_modules": modules,
            "app_state": info.take(text, "AppState"),
            "ready_to_use": info.take(flag, "ReadyToUse"),
            "can_apply_shutdown_request": info.take(flag, "CanApplyShutdownRequest"),
            "intend_to_shutdown": info.take(flag, "IntendToShutdown"),
            **versions,
            "other": {**versions.get("other", {}), **more_hardware, **(info.other() or {})} or None,
        }
    )


def _hardware(value: Any) -> tuple[bool | None, list[dict[str, Any]], dict[str, Any]] | None:
    """Whether there is a camera, the expansion modules, and what else there is. The manual prints it as a list."""
    parts = mappings(value if isinstance(value, list) else [value])
    if not parts:
        return None
    hardware = Fields({key: part for each in parts for key, part in each.items()})
    return hardware.take(flag, "Camera"), hardware.take(_modules, "EM") or [], hardware.other() or {}


def _modules(value: Any) -> list[dict[str, Any]] | None:
    return [convert(module, _MODULE) for module in mappings(value if isinstance(value, list) else [value])] or None


_WIFI: dict[str, tuple[str, Convert]] = {
    "State": ("state", lower),
    "SSID": ("ssid", text),
    "Duration": ("duration_seconds", duration),
    "Signal Strength": ("signal_percent", percent),
    "Security Mode": ("security_mode", text),
}


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
    "Wifi": ("wifi", nested(_WIFI)),
}


def network(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Normalize network/info."""
    return convert(raw, _NETWORK)


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
            "GMTOffsetHours": ("gmt_offset_hours", real),
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
    """Normalize device/runningConfig: one dictionary per group; groups that the phone lacks are absent."""
    groups = Fields(raw)
    found = {name: groups.take(mapping, group) for group, (name, _keys) in _RUNNING.items()}
    return present(
        {
            **{name: convert(found[name], keys) for name, keys in _RUNNING.values() if found[name] is not None},
            "other": groups.other(),
        }
    )


def location(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Normalize location/info: the civic address, keys in snake_case (``House Num. Suff.`` is ``house_num_suff``)."""
    named = {
        re.sub(r"[^a-z0-9]+", "_", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", key).lower()).strip("_"): text(value)
        for key, value in raw.items()
    }
    return present(named)
