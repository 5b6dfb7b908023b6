#!/usr/bin/python
# Copyright (c) 2026 the polycom.vvx contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vvx_facts
version_added: 0.1.0
short_description: Gather facts of a Polycom VVX phone
description:
  - Returns what a phone is and how it is set up as C(ansible_facts.vvx), in the same form for every firmware, with real
    types (numbers, booleans, MAC addresses in lower case with colons).
  - Values that a phone does not report are absent. Subsets that it does not give are listed in C(unsupported); the
    task does not fail. If the phone answers with an error or in an unknown form, there is a warning, too. The task
    fails if it gets nothing else, or if the phone can't be reached.
author:
  - the polycom.vvx contributors (!UNKNOWN)
extends_documentation_fragment:
  - polycom.vvx.attributes
  - polycom.vvx.attributes.reads
  - polycom.vvx.connection
options:
  gather_subset:
    description:
      - What to gather. V(device) is model, firmware, MAC address, uptime and state; V(running_config) is the setup of
        network, VLAN, DHCP, DNS, provisioning, syslog and time; V(network) is the current network state; V(lines) is
        every line with its registration; V(location) is the civic address; V(transfer_type) is what the transfer key
        does first; V(certificate) is the certificate that the phone presents, which plain HTTP does not have.
      - V(all) is everything, V(min) is V(device). V(!) in front of a name leaves it out; with only such names, they are
        left out of V(all).
      - Each subset costs one request, V(lines) two, V(certificate) none after another one. V(device) costs two on
        firmware before 5.8. V(lines) costs three if a phone has several lines and does not say which registrations they
        are.
    type: list
    elements: str
    default: [device, running_config]
notes:
  - Set C(gather_facts) to V(false) in plays on phones. Ansible's own fact gathering would try SSH to the phone.
seealso:
  - module: polycom.vvx.vvx_info
    description: Returns the same and more, without setting facts.
  - module: polycom.vvx.vvx_config_info
"""

EXAMPLES = r"""
- name: Gather the default subsets
  polycom.vvx.vvx_facts:

- name: Gather everything but the running configuration
  polycom.vvx.vvx_facts:
    gather_subset: ['!running_config']

- name: Show model and firmware
  ansible.builtin.debug:
    msg: "{{ ansible_facts.vvx.device.model }} with firmware {{ ansible_facts.vvx.device.firmware }}"
"""

RETURN = r"""
ansible_facts:
  description: The facts. Keys that the phone does not report are absent.
  returned: success
  type: dict
  contains:
    vvx:
      description: All facts of the phone.
      type: dict
      returned: success
      contains:
        device:
          description: Model, firmware, addresses and state.
          type: dict
          returned: with the subset V(device)
          contains:
            model: {description: Model., type: str, sample: VVX 411, returned: always}
            vendor: {description: Vendor., type: str, sample: Polycom, returned: always}
            device_type:
              {description: Kind of device in lower case., type: str, sample: hardwareendpoint, returned: if reported}
            mac: {description: MAC address., type: str, sample: '00:04:f2:aa:bb:cc', returned: always}
            firmware: {description: Version of the UC Software., type: str, sample: 5.9.3.1111, returned: always}
            firmware_build:
              description: The version with its date as the phone reports it.
              type: str
              returned: always
              sample: 5.9.3.1111 01-Jan-20 06:00
            updater:
              {description: Version of the updater., type: str, sample: 5.9.7.2222, returned: since UC Software 5.8}
            boot_block:
              description: Version of the boot block.
              type: str
              returned: since UC Software 5.8
              sample: 3.0.6.0001 (48830-001)
            uptime_seconds: {description: Seconds since the last reboot., type: int, sample: 273906, returned: always}
            ipv4_address: {description: IPv4 address., type: str, sample: 192.0.2.11, returned: if it has one}
            ipv6_address: {description: IPv6 address., type: str, sample: '2001:db8::11', returned: if it has one}
            ipv6_link_address:
              description: IPv6 link-local address.
              type: str
              returned: since UC Software 5.8, if it has one
              sample: 'fe80::11'
            ipv6_ula_address:
              description: IPv6 unique local address.
              type: str
              returned: since UC Software 5.8, if it has one
              sample: 'fd00::11'
            ip_stack:
              description: Whether the phone uses IPv4 or IPv6 or both.
              type: str
              returned: since UC Software 5.8
              sample: IPv4 Only
            preferred_network:
              description: The preferred one of IPv4 and IPv6.
              type: str
              returned: since UC Software 5.8
              sample: IPv6
            camera: {description: Whether a camera is attached., type: bool, sample: false, returned: if reported}
            expansion_modules:
              description: Attached expansion modules.
              type: list
              elements: dict
              returned: always
              sample: [{type: lcd, version: 1.0.0}]
            app_state:
              description: State of the application. V(AppStateCall) does not mean that there is a call; idle phones
                show it, too.
              type: str
              returned: since UC Software 5.8
              sample: AppStateMenu
            ready_to_use:
              description: Whether the phone has finished starting.
              type: bool
              returned: since UC Software 5.8
              sample: true
            can_apply_shutdown_request:
              description: Whether the phone can restart now (it is in no call).
              type: bool
              sample: true
              returned: since UC Software 5.8
            intend_to_shutdown:
              description: Whether a restart is waiting for a call to end.
              type: bool
              returned: since UC Software 5.8
              sample: false
            other: &other
              description: What else the phone reports here, as it writes it. These are keys that are not in this list,
                and values in a form that is not known.
              type: dict
              returned: if there is any
              sample: {NewKey: a value}
        running_config:
          description: The phone's setup, one dictionary a group. Groups that the phone lacks are absent.
          type: dict
          returned: with the subset V(running_config), since UC Software 5.7
          contains:
            network:
              description: Network.
              type: dict
              returned: if the phone has it
              contains:
                ipv4_address: {description: IPv4 address., type: str, sample: 192.0.2.11, returned: if reported}
                subnet_mask: {description: Subnet mask., type: str, sample: 255.255.255.0, returned: if reported}
                default_gateway: {description: Gateway., type: str, sample: 192.0.2.1, returned: if reported}
                ip_stack:
                  description: Whether the phone uses IPv4 or IPv6 or both.
                  type: str
                  returned: if reported
                  sample: IPv4 Only
                ipv6_address: {description: IPv6 address., type: str, sample: '2001:db8::11', returned: if reported}
                ipv6_gateway: {description: IPv6 gateway., type: str, sample: '2001:db8::1', returned: if reported}
                ipv6_address_discovery:
                  {description: Where the IPv6 address comes from., type: str, sample: DHCP, returned: if reported}
                ipv6_link_address:
                  {description: IPv6 link-local address., type: str, sample: 'fe80::11', returned: if reported}
                ipv6_ula_address:
                  {description: IPv6 unique local address., type: str, sample: 'fd00::11', returned: if reported}
                preferred_network:
                  {description: The preferred one of IPv4 and IPv6., type: str, sample: IPv6, returned: if reported}
                vlan: {description: VLAN of the phone., type: int, sample: 20, returned: if reported}
                vlan_filtering:
                  description: Whether frames of other VLANs are dropped.
                  type: bool
                  returned: if reported
                  sample: false
                cdp: {description: Whether CDP is on., type: bool, sample: true, returned: if reported}
                lldp: {description: Whether LLDP is on., type: bool, sample: true, returned: if reported}
                storm_filter_pps:
                  description: Broadcast packets per second that the phone accepts.
                  type: int
                  returned: if reported
                  sample: 38
                storm_filtering:
                  {description: Whether packet storms are filtered., type: bool, sample: true, returned: if reported}
                other: *other
            dhcp:
              description: DHCP.
              type: dict
              returned: if the phone has it
              contains:
                enabled: {description: Whether DHCP is on., type: bool, sample: true, returned: if reported}
                option_60_format:
                  {description: Format of option 60., type: str, sample: RFC3925 Binary, returned: if reported}
                boot_server_option_type:
                  {description: Type of the boot server option., type: str, sample: String, returned: if reported}
                boot_server_use_option:
                  description: Where the boot server's address comes from.
                  type: str
                  returned: if reported
                  sample: Custom then Default
                boot_server_option:
                  {description: Number of the boot server option., type: int, sample: 160, returned: if reported}
                offer_timeout_seconds:
                  {description: Seconds to wait for an offer., type: int, sample: 1, returned: if reported}
                vlan_discovery: {description: How the VLAN is found., type: str, sample: fixed, returned: if reported}
                vlan_discovery_option:
                  {description: Number of the VLAN option., type: int, sample: 129, returned: if reported}
                other: *other
            dns:
              description: DNS.
              type: dict
              returned: if the phone has it
              contains:
                enabled: {description: Whether DNS is on., type: bool, sample: true, returned: if reported}
                primary_server: {description: First server., type: str, sample: 192.0.2.53, returned: if reported}
                secondary_server: {description: Second server., type: str, sample: 192.0.2.54, returned: if reported}
                domain: {description: Domain., type: str, sample: example.org, returned: if reported}
                other: *other
            provisioning:
              description: Provisioning server.
              type: dict
              returned: if the phone has it
              contains:
                server: {description: Address., type: str, sample: prov.example.org, returned: if reported}
                server_type: {description: Protocol., type: str, sample: HTTPS, returned: if reported}
                user: {description: User name., type: str, sample: PlcmSpIp, returned: if reported}
                file_transfer_tries: {description: Tries for each file., type: int, sample: 3, returned: if reported}
                retry_wait_seconds:
                  {description: Seconds between two tries., type: int, sample: 1, returned: if reported}
                max_servers:
                  {description: How many servers the phone tries at most., type: int, sample: 8, returned: if reported}
                network_environment:
                  {description: Kind of network., type: str, sample: Cable/DSL, returned: if reported}
                tag_serial_number:
                  description: Whether the phone sends its serial number to the server.
                  type: bool
                  returned: if reported
                  sample: false
                other: *other
            syslog:
              description: Syslog.
              type: dict
              returned: if the phone has it
              contains:
                server: {description: Address., type: str, sample: syslog.example.org, returned: if reported}
                transport: {description: Protocol., type: str, sample: UDP, returned: if reported}
                render_level: {description: Lowest level to send., type: int, sample: 4, returned: if reported}
                facility: {description: Facility., type: int, sample: 16, returned: if reported}
                prepend_mac:
                  description: Whether messages begin with the MAC address.
                  type: bool
                  returned: if reported
                  sample: true
                other: *other
            sntp:
              description: Time.
              type: dict
              returned: if the phone has it
              contains:
                server: {description: Address., type: str, sample: pool.ntp.org, returned: if reported}
                gmt_offset_seconds:
                  description: Seconds that the phone's zone is ahead of GMT.
                  type: int
                  returned: if reported
                  sample: 3600
                gmt_offset_hours:
                  description: Hours that the phone's zone is ahead of GMT, V(5.5) for example.
                  type: float
                  returned: if reported
                  sample: 1
                other: *other
            tr069:
              description: TR-069.
              type: dict
              returned: if the phone has it
              contains:
                enabled: {description: Whether TR-069 is on., type: bool, sample: false, returned: if reported}
                acs_url:
                  description: Address of the server.
                  type: str
                  returned: if reported
                  sample: https://acs.example.org
                acs_username: {description: User name at the server., type: str, sample: acs, returned: if reported}
                cpe_username: {description: User name of the phone., type: str, sample: cpe, returned: if reported}
                periodic_inform:
                  {description: Whether the phone reports regularly., type: bool, sample: false, returned: if reported}
                inform_interval_seconds:
                  {description: Seconds between two reports., type: int, sample: 18000, returned: if reported}
                upgrade_management:
                  description: Whether the server may upgrade the phone.
                  type: bool
                  returned: if reported
                  sample: false
                other: *other
            other: *other
        network:
          description: The present state of the network.
          type: dict
          returned: with the subset V(network)
          contains:
            dhcp: {description: Whether DHCP is on., type: bool, sample: true, returned: if reported}
            dhcp_server: {description: DHCP server., type: str, sample: 192.0.2.1, returned: if reported}
            dhcp_boot_server_use_option:
              description: Where the boot server's address comes from.
              type: str
              returned: if reported
              sample: Custom+Option66
            dhcp_boot_server_option:
              {description: Number of the boot server option., type: int, sample: 160, returned: if reported}
            dhcp_boot_server_option_type:
              {description: Type of the boot server option., type: str, sample: String, returned: if reported}
            dhcp_option_60_format:
              {description: Format of option 60., type: str, sample: RFC3925 Binary, returned: if reported}
            ipv4_address: {description: IPv4 address., type: str, sample: 192.0.2.11, returned: if reported}
            ipv6_address: {description: IPv6 address., type: str, sample: '2001:db8::11', returned: if reported}
            subnet_mask: {description: Subnet mask., type: str, sample: 255.255.255.0, returned: if reported}
            default_gateway: {description: Gateway., type: str, sample: 192.0.2.1, returned: if reported}
            dns_server: {description: First DNS server., type: str, sample: 192.0.2.53, returned: if reported}
            alternate_dns_server:
              {description: Second DNS server., type: str, sample: 192.0.2.54, returned: if reported}
            dns_domain: {description: Domain., type: str, sample: example.org, returned: if reported}
            sntp_server: {description: Time server., type: str, sample: pool.ntp.org, returned: if reported}
            lan_port_active:
              {description: Whether the LAN port has a link., type: bool, sample: true, returned: if reported}
            lan_speed: {description: Speed of the LAN port., type: str, sample: 1000Mbps, returned: if reported}
            vlan: {description: VLAN of the phone., type: int, sample: 20, returned: if reported}
            vlan_discovery_mode: {description: How the VLAN is found., type: str, sample: fixed, returned: if reported}
            vlan_id_option:
              {description: Number of the VLAN's DHCP option., type: int, sample: 129, returned: if reported}
            lldp: {description: Whether LLDP is on., type: bool, sample: true, returned: if reported}
            cdp: {description: Whether CDP is on., type: bool, sample: true, returned: if reported}
            provisioning_server:
              {description: Provisioning server., type: str, sample: prov.example.org, returned: if reported}
            provisioning_user:
              {description: User name at the provisioning server., type: str, sample: PlcmSpIp, returned: if reported}
            provisioning_server_type:
              {description: Protocol of the provisioning server., type: str, sample: HTTPS, returned: if reported}
            upgrade_server:
              {description: Upgrade server., type: str, sample: upgrade.example.org, returned: if reported}
            ztp: {description: Whether zero-touch provisioning is on., type: bool, sample: false, returned: if reported}
            wifi:
              description: Wi-Fi.
              type: dict
              returned: if the phone has it
              contains:
                state: {description: State in lower case., type: str, sample: connected, returned: if reported}
                ssid: {description: Name of the network., type: str, sample: Office, returned: if reported}
                duration_seconds:
                  {description: Seconds in this state., type: int, sample: 11336, returned: if reported}
                signal_percent:
                  {description: Signal strength in percent., type: int, sample: 87, returned: if reported}
                security_mode: {description: Security., type: str, sample: WPA2PSK, returned: if reported}
                other: *other
            other: *other
        lines:
          description: The phone's registrations in order, one entry each, however many line keys show it.
          type: list
          elements: dict
          returned: with the subset V(lines)
          contains:
            line:
              description: Number of the registration, the C(x) of the parameters C(reg.x).
              type: int
              sample: 1
              returned: always
            line_keys:
              description: The line keys that show it.
              type: list
              elements: int
              sample: [1, 2]
              returned: if reported
            label: {description: Label., type: str, sample: '1001', returned: if reported}
            user: {description: User name of the registration., type: str, sample: '1001', returned: if reported}
            sip_address: {description: SIP address., type: str, sample: '1001', returned: if reported}
            protocol: {description: Protocol., type: str, sample: SIP, returned: if reported}
            proxy: {description: Server., type: str, sample: sip.example.org, returned: if reported}
            port: {description: Port of the server., type: int, sample: 5060, returned: if reported}
            auto_discovery:
              description: Whether the line finds its server by itself.
              type: bool
              sample: false
              returned: if reported
            type: {description: Private or shared., type: str, sample: private, returned: if reported}
            registered: {description: Whether the line is registered., type: bool, sample: true, returned: if reported}
            assigned:
              description: Whether the line is on a key (UC Software 5.8 or later).
              type: bool
              returned: if reported
              sample: true
            active:
              description: Whether the line is in a call (UC Software 5.8 or later).
              type: bool
              returned: if reported
              sample: false
            do_not_disturb:
              description: Whether do not disturb is on (UC Software 5.8 or later).
              type: bool
              returned: if reported
              sample: false
            calls:
              description: Handles of the line's calls (UC Software 5.8 or later).
              type: list
              elements: str
              returned: if there are any
              sample: [41c2c008]
            forwarding:
              description: Forwarding targets for always, do_not_disturb, busy and no_answer (UC Software 5.8 or later).
              type: dict
              returned: if reported
              sample: {always: '1002'}
            servers:
              description:
                - The line's servers, with server, address, port, transport, expires_seconds, registered and working (UC
                  Software 5.8 or later).
              type: list
              elements: dict
              returned: if reported
              sample:
                - server: 1
                  address: sip.example.org
                  port: 5060
                  transport: UdpOnly
                  expires_seconds: 3600
                  registered: true
                  working: true
            other: *other
        location:
          description: The civic address set on the phone. Parts without a value are absent.
          type: dict
          returned: with the subset V(location), since UC Software 5.7
          contains:
            country: {description: Country., type: str, sample: DE, returned: if reported}
            street_group: {description: Street group., type: str, sample: Old Town, returned: if reported}
            house_number: {description: House number., type: str, sample: '7', returned: if reported}
            state: {description: State., type: str, sample: BE, returned: if reported}
            place_type: {description: Place type., type: str, sample: office, returned: if reported}
            district: {description: District., type: str, sample: Mitte, returned: if reported}
            add_info: {description: Add info., type: str, sample: Back yard, returned: if reported}
            road_sub_section: {description: Road sub section., type: str, sample: B, returned: if reported}
            city: {description: City., type: str, sample: Berlin, returned: if reported}
            neighbourhood_block: {description: Neighbourhood block., type: str, sample: '12', returned: if reported}
            landmark: {description: Landmark., type: str, sample: Museum, returned: if reported}
            post_box: {description: Post box., type: str, sample: '4711', returned: if reported}
            division: {description: Division., type: str, sample: East, returned: if reported}
            street: {description: Street., type: str, sample: Invalidenstraße, returned: if reported}
            road_section: {description: Road section., type: str, sample: A, returned: if reported}
            street1: {description: Street1., type: str, sample: Hauptstraße, returned: if reported}
            street2: {description: Street2., type: str, sample: Nebenstraße, returned: if reported}
            place_name: {description: Place name., type: str, sample: Branch office, returned: if reported}
            house_num_suff: {description: House num suff., type: str, sample: a, returned: if reported}
            zip_code: {description: Postal code., type: str, sample: '10115', returned: if reported}
            road_pre_modifier: {description: Road pre modifier., type: str, sample: Old, returned: if reported}
            building: {description: Building., type: str, sample: C, returned: if reported}
            unit: {description: Unit., type: str, sample: '3', returned: if reported}
            floor: {description: Floor., type: str, sample: '2', returned: if reported}
            additional_code: {description: Additional code., type: str, sample: '99', returned: if reported}
            room: {description: Room., type: str, sample: '2.17', returned: if reported}
            postal_name: {description: Postal name., type: str, sample: Berlin, returned: if reported}
            seat: {description: Seat., type: str, sample: '14', returned: if reported}
            road: {description: Road., type: str, sample: Invalidenstraße, returned: if reported}
            road_branch: {description: Road branch., type: str, sample: Side, returned: if reported}
            road_post_modifier: {description: Road post modifier., type: str, sample: Extended, returned: if reported}
        transfer_type:
          description: What the transfer key does first, V(consultative), V(blind), V(safe) or V(unknown).
          type: str
          returned: with the subset V(transfer_type), since UC Software 5.7
          sample: consultative
        certificate:
          description: The certificate that the phone presents, whether it was checked or not.
          type: dict
          returned: with the subset V(certificate), over HTTPS
          contains:
            subject: {description: Whose it is., type: str, sample: 'CN=0004F2AABBCC, O=Polycom', returned: if readable}
            name: {description: The common name in it., type: str, sample: 0004F2AABBCC, returned: if it has one}
            issuer:
              description: Who has signed it.
              type: str
              returned: if readable
              sample: CN=Polycom Equipment Issuing CA 1, O=Polycom
            not_before: {description: Its start., type: str, sample: '2015-03-02T10:00:00Z', returned: if readable}
            not_after: {description: Its end., type: str, sample: '2030-03-02T10:00:00Z', returned: if readable}
            days_left:
              description: Whole days until its end; below 0 if it has expired.
              type: int
              returned: if readable
              sample: 1196
            fingerprint:
              description: Its SHA-256 in hexadecimal digits, as C(ansible_vvx_fingerprint) takes it.
              type: str
              returned: always
              sample: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
            protocol: {description: The connection's version of TLS., type: str, sample: TLSv1.2, returned: always}
        unsupported:
          description: The requested subsets that this phone does not give.
          type: list
          elements: str
          returned: if there are any
          sample: [running_config]
requests:
  description: How many HTTP requests the task sent.
  returned: failure, when the phone was asked
  type: int
  sample: 1
error:
  description: What went wrong, with the same keys as RV(polycom.vvx.vvx_config#module:error).
  returned: failure
  type: dict
  sample:
    kind: rest_disabled
    host: 192.0.2.11
    http_status: 404
    status: null
    endpoint: GET /api/v1/mgmt/device/info
"""

from ..module_utils import _module
from ..module_utils._operations import facts


def main() -> None:
    _module.run(facts.run, facts.SPEC)


if __name__ == "__main__":
    main()
