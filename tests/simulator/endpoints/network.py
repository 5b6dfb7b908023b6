# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""network/info and network/stats."""

from __future__ import annotations

from .. import clock
from ..api import TABLE, ApiCall, Reply

_SERVER_TYPES = ("FTP", "TFTP", "HTTP", "HTTPS", "FTPS")


@TABLE.endpoint("GET", "v1/mgmt/network/info", admin=True)
async def info(call: ApiCall) -> Reply:
    phone = call.phone
    value = phone.parameters.value
    server_type = value("device.prov.serverType") or "3"
    # The manual prints CDPCompability and capitalised words; recorded replies have neither.
    manual = phone.spec.flavour == "manual"
    on, off, active = ("Enabled", "Disabled", "Active") if manual else ("enabled", "disabled", "active")

    def word(name: str, default: str) -> str:
        return on if (value(name) or default) == "1" else off

    return Reply({
        "DHCP": word("device.dhcp.enabled", "1"),
        "DHCPServer": "192.0.2.1",
        "DHCPBootServerUseOption": "Custom+Option66",
        "DHCPBootServerOption": value("device.dhcp.bootSrvOpt") or "160",
        "DHCPBootServerOptionType": "String",
        "DHCPOption60Format": "RFC3925 Binary",
        "IPV4Address": phone.host,
        "IPV6Address": "::",
        "DefaultGateway": value("device.net.IPgateway") or "127.0.0.1",
        "SubnetMask": value("device.net.subnetMask") or "255.0.0.0",
        "DNSServer": value("device.dns.serverAddress") or "192.0.2.53",
        "AlternateDNSServer": value("device.dns.altSrvAddress") or "0.0.0.0",
        "DNSDomain": value("device.dns.domain") or "example.org",
        "SNTPAddress": value("tcpIpApp.sntp.address") or value("device.sntp.serverName"),
        "LANPortStatus": active,
        "LANSpeed": "1000Mbps",
        "VLANID": value("device.net.vlanId"),
        "LLDP": word("device.net.lldpEnabled", "1"),
        "CDPCompability" if manual else "CDPCompatibility": word("device.net.cdpEnabled", "1"),
        "VLANDiscoveryMode": "Fixed",
        "VLANIDOption": "129",
        "ProvServerAddress": value("device.prov.serverName"),
        "ProvServerUser": value("device.prov.user"),
        "ProvServerType": _SERVER_TYPES[int(server_type)] if server_type.isdigit() else server_type,
        "UpgradeServer": value("device.prov.upgradeServer"),
        "ZTPStatus": word("device.prov.ztpEnabled", "0"),
    })  # fmt: skip


@TABLE.endpoint("GET", "v1/mgmt/network/stats", admin=True)
async def stats(call: ApiCall) -> Reply:
    phone = call.phone
    seconds, requests = phone.lifecycle.uptime, phone.count()
    packets = {"RxPackets": 1000 + 2 * seconds + requests, "TxPackets": 800 + seconds + requests}
    shown = packets if phone.spec.flavour == "manual" else {key: str(value) for key, value in packets.items()}
    return Reply({"UpTime": clock.network_uptime(seconds), **shown})
