# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Normalize device, network, running configuration, statistics and location."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from .converters import Convert, convert, decimal, duration, flag, lower, mac, number, present, stripped, text, uptime


def device(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Normalize device/info, v1 or v2."""
    info = stripped(raw)
    firmware = info.get("Firmware")
    if isinstance(firmware, Mapping):
        versions = present({"updater": text(firmware.get("Updater")), "boot_block": text(firmware.get("BootBlock"))})
        release = text(firmware.get("Application"))
    else:
        versions, release = {}, text(info.get("FirmwareRelease"))
    hardware = info.get("AttachedHardware")
    hardware = hardware if isinstance(hardware, Mapping) else {}
    modules = hardware.get("EM")
    return present(
        {
            "model": text(info.get("ModelNumber")),
            "vendor": text(info.get("DeviceVendor")),
            "mac": mac(info.get("MACAddress")),
            # "5.9.3.1111 01-Jan-20 06:00": version and build date
            "firmware": release.split()[0] if release else None,
            "firmware_build": release,
            **versions,
            "uptime_seconds": uptime(info.get("UpTime", info.get("UpTimeSinceLastReboot"))),
            "ipv4_address": text(info.get("IPV4Address", info.get("IPAddress"))),
            "ipv6_address": text(info.get("IPV6Address", info.get("IPv6Address"))),
            "camera": flag(hardware.get("Camera")),
            "expansion_modules": [
                present(
                    {
                        "type": lower(stripped(module).get("Type", module.get("type"))),
                        "version": text(module.get("Version", module.get("version"))),
                    }
                )
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
    """Normalize network/info."""
    return convert(stripped(raw), _NETWORK)


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
    """Normalize device/runningConfig: one dictionary per group; groups that the phone lacks are absent."""
    groups = stripped(raw)
    return {
        name: convert(stripped(groups[group]), keys)
        for group, (name, keys) in _RUNNING.items()
        if isinstance(groups.get(group), Mapping)
    }


def network_stats(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Normalize network/stats: packets since the network came up, and the seconds since then."""
    keys: dict[str, tuple[str, Convert]] = {
        "UpTime": ("uptime_seconds", duration),
        "RxPackets": ("packets_received", number),
        "TxPackets": ("packets_sent", number),
    }
    return convert(stripped(raw), keys)


def device_stats(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Normalize device/stats: CPU in percent, memory in bytes, and the memory pools of the phone's processes.

    Phones put the pools under Memory; the manual prints them next to it.
    """
    stats = stripped(raw)
    cpu, memory = (stripped(stats[key]) if isinstance(stats.get(key), Mapping) else {} for key in ("CPU", "Memory"))
    pools = {
        name: value
        for name, value in {**stats, **memory}.items()
        if isinstance(value, Mapping) and name not in ("CPU", "Memory")
    }
    memory_keys: dict[str, tuple[str, Convert]] = {
        "Total": ("total_bytes", number),
        "Used": ("used_bytes", number),
        "Free": ("free_bytes", number),
        "Cached": ("cached_bytes", number),
        "SReclaim": ("reclaimable_bytes", number),
        "ComAS": ("committed_bytes", number),
    }
    pool_keys: dict[str, tuple[str, Convert]] = {
        "arena": ("arena_bytes", number),
        "uordblks": ("used_bytes", number),
        "fordblks": ("free_bytes", number),
        "hblkhd": ("mapped_bytes", number),
    }
    return present(
        {
            "cpu_percent": decimal(cpu.get("Current")),
            "cpu_average_percent": decimal(cpu.get("Average")),
            "memory": convert(memory, memory_keys) or None,
            "ram_disk_bytes": number(stats.get("RAMDiskSize", memory.get("RAMDiskSize"))),
            "pools": {name: convert(stripped(pools[name]), pool_keys) for name in sorted(pools)} or None,
        }
    )


def location(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Normalize location/info: the civic address, keys in snake_case (``House Num. Suff.`` is ``house_num_suff``)."""
    named = {
        re.sub(r"[^a-z0-9]+", "_", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", key).lower()).strip("_"): text(value)
        for key, value in raw.items()
    }
    return present(named)
