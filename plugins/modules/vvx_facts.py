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
  - Returns what a phone is and how it is set up as C(ansible_facts.vvx), in one shape for all firmwares, with real types
    (numbers, booleans, MAC addresses in lower case with colons).
  - What a phone does not tell is absent. A subset that its firmware does not have is named in C(unsupported) and is no failure.
author:
  - the polycom.vvx contributors (!UNKNOWN)
extends_documentation_fragment:
  - polycom.vvx.attributes
  - polycom.vvx.attributes.reads
  - polycom.vvx.connection
options:
  gather_subset:
    description:
      - What to gather. V(device) is model, firmware, MAC address, uptime and state; V(running_config) is the set-up of network,
        VLAN, DHCP, DNS, provisioning, syslog and time; V(network) is the present state of the network; V(lines) is every line
        with its registration; V(location) is the civic address; V(transfer_type) is what the transfer key does first.
      - V(all) is everything and V(min) is V(device). With V(!) in front a name is left out; if only such names are given, they are
        left out of V(all).
      - Each subset costs one request, V(lines) two. V(device) costs two on firmware before 5.8.
    type: list
    elements: str
    default: [device, running_config]
notes:
  - Set C(gather_facts) to V(false) in plays on phones. Ansible's own fact gathering would try to log in to the phone by SSH.
seealso:
  - module: polycom.vvx.vvx_info
    description: The same and more, outside of facts.
  - module: polycom.vvx.vvx_config_info
"""

EXAMPLES = r"""
- name: Gather what is cheap and small
  polycom.vvx.vvx_facts:

- name: Gather everything but the running configuration
  polycom.vvx.vvx_facts:
    gather_subset: ['!running_config']

- name: Say what the phone is
  ansible.builtin.debug:
    msg: "{{ ansible_facts.vvx.device.model }} with firmware {{ ansible_facts.vvx.device.firmware }}"
"""

RETURN = r"""
ansible_facts:
  description: The facts. Every key is absent if the phone does not tell it.
  returned: success
  type: dict
  contains:
    vvx:
      description: All facts of the phone.
      type: dict
      returned: success
      contains:
        device:
          description: What the phone is and how it is.
          type: dict
          returned: with the subset V(device)
          contains:
            model: {description: Model., type: str, sample: VVX 411, returned: always}
            vendor: {description: Vendor., type: str, sample: Polycom, returned: always}
            mac: {description: MAC address., type: str, sample: '00:04:f2:aa:bb:cc', returned: always}
            firmware: {description: Version of the UC Software., type: str, sample: 5.9.3.1111, returned: always}
            firmware_build: {description: The version as the phone spells it with its date., type: str, sample: 5.9.3.1111 01-Jan-20 06:00, returned: always}
            updater: {description: Version of the updater., type: str, sample: 5.9.7.2222, returned: since UC Software 5.8}
            boot_block: {description: Version of the boot block., type: str, sample: 3.0.6.0001 (48830-001), returned: since UC Software 5.8}
            uptime_seconds: {description: Seconds since the last reboot., type: int, sample: 273906, returned: always}
            ipv4_address: {description: IPv4 address., type: str, sample: 192.0.2.11, returned: if it has one}
            ipv6_address: {description: IPv6 address., type: str, sample: '2001:db8::11', returned: if it has one}
            camera: {description: Whether a camera is attached., type: bool, sample: false, returned: if the phone tells}
            expansion_modules:
              description: Expansion modules that are attached.
              type: list
              elements: dict
              returned: always
              sample: [{type: lcd, version: 1.0.0}]
            app_state: {description: State of the application., type: str, sample: AppStateMenu, returned: since UC Software 5.8}
            ready_to_use: {description: Whether the phone has finished starting., type: bool, sample: true, returned: since UC Software 5.8}
            can_apply_shutdown_request:
              description: Whether a restart could happen now, that is, nobody is in a call.
              type: bool
              sample: true
              returned: since UC Software 5.8
            intend_to_shutdown: {description: Whether a restart is waiting for a call to end., type: bool, sample: false, returned: since UC Software 5.8}
        running_config:
          description: The set-up of the phone, one dictionary a group. A group that the phone does not have is absent.
          type: dict
          returned: with the subset V(running_config), since UC Software 5.7
          contains:
            network:
              description: Network.
              type: dict
              returned: if the phone has it
              contains:
                ipv4_address: {description: IPv4 address., type: str, sample: 192.0.2.11, returned: if the phone tells}
                subnet_mask: {description: Subnet mask., type: str, sample: 255.255.255.0, returned: if the phone tells}
                default_gateway: {description: Gateway., type: str, sample: 192.0.2.1, returned: if the phone tells}
                ip_stack: {description: Which of IPv4 and IPv6 is used., type: str, sample: IPv4 Only, returned: if the phone tells}
                ipv6_address: {description: IPv6 address., type: str, sample: '2001:db8::11', returned: if the phone tells}
                ipv6_gateway: {description: IPv6 gateway., type: str, sample: '2001:db8::1', returned: if the phone tells}
                ipv6_address_discovery: {description: How the IPv6 address is found., type: str, sample: DHCP, returned: if the phone tells}
                ipv6_link_address: {description: IPv6 link-local address., type: str, sample: 'fe80::11', returned: if the phone tells}
                ipv6_ula_address: {description: IPv6 unique local address., type: str, sample: 'fd00::11', returned: if the phone tells}
                preferred_network: {description: Which of IPv4 and IPv6 is preferred., type: str, sample: IPv6, returned: if the phone tells}
                vlan: {description: VLAN of the phone., type: int, sample: 20, returned: if the phone tells}
                vlan_filtering: {description: Whether frames of other VLANs are dropped., type: bool, sample: false, returned: if the phone tells}
                cdp: {description: Whether CDP is on., type: bool, sample: true, returned: if the phone tells}
                lldp: {description: Whether LLDP is on., type: bool, sample: true, returned: if the phone tells}
                storm_filter_pps:
                  description: Broadcast packets that are let through, per second.
                  type: int
                  returned: if the phone tells
                  sample: 38
                storm_filtering: {description: Whether storms of packets are filtered., type: bool, sample: true, returned: if the phone tells}
            dhcp:
              description: DHCP.
              type: dict
              returned: if the phone has it
              contains:
                enabled: {description: Whether DHCP is on., type: bool, sample: true, returned: if the phone tells}
                option_60_format: {description: Format of option 60., type: str, sample: RFC3925 Binary, returned: if the phone tells}
                boot_server_option_type: {description: Type of the boot server's option., type: str, sample: String, returned: if the phone tells}
                boot_server_use_option:
                  description: Where the boot server's address comes from.
                  type: str
                  returned: if the phone tells
                  sample: Custom then Default
                boot_server_option: {description: Number of the boot server's option., type: int, sample: 160, returned: if the phone tells}
                offer_timeout_seconds: {description: Seconds to wait for an offer., type: int, sample: 1, returned: if the phone tells}
                vlan_discovery: {description: How the VLAN is found., type: str, sample: fixed, returned: if the phone tells}
                vlan_discovery_option: {description: Number of the VLAN's option., type: int, sample: 129, returned: if the phone tells}
            dns:
              description: DNS.
              type: dict
              returned: if the phone has it
              contains:
                enabled: {description: Whether DNS is on., type: bool, sample: true, returned: if the phone tells}
                primary_server: {description: First server., type: str, sample: 192.0.2.53, returned: if the phone tells}
                secondary_server: {description: Second server., type: str, sample: 192.0.2.54, returned: if the phone tells}
                domain: {description: Domain., type: str, sample: example.org, returned: if the phone tells}
            provisioning:
              description: Provisioning server.
              type: dict
              returned: if the phone has it
              contains:
                server: {description: Address., type: str, sample: prov.example.org, returned: if the phone tells}
                server_type: {description: Protocol., type: str, sample: HTTPS, returned: if the phone tells}
                user: {description: User name., type: str, sample: PlcmSpIp, returned: if the phone tells}
                file_transfer_tries: {description: Tries for each file., type: int, sample: 3, returned: if the phone tells}
                retry_wait_seconds: {description: Seconds between two tries., type: int, sample: 1, returned: if the phone tells}
                max_servers: {description: Servers tried at most., type: int, sample: 8, returned: if the phone tells}
                network_environment: {description: Kind of network., type: str, sample: Cable/DSL, returned: if the phone tells}
                tag_serial_number:
                  description: Whether the phone tells its serial number to the server.
                  type: bool
                  returned: if the phone tells
                  sample: false
            syslog:
              description: Syslog.
              type: dict
              returned: if the phone has it
              contains:
                server: {description: Address., type: str, sample: syslog.example.org, returned: if the phone tells}
                transport: {description: Protocol., type: str, sample: UDP, returned: if the phone tells}
                render_level: {description: Lowest level that is sent., type: int, sample: 4, returned: if the phone tells}
                facility: {description: Facility., type: int, sample: 16, returned: if the phone tells}
                prepend_mac: {description: Whether messages begin with the MAC address., type: bool, sample: true, returned: if the phone tells}
            sntp:
              description: Time.
              type: dict
              returned: if the phone has it
              contains:
                server: {description: Address., type: str, sample: pool.ntp.org, returned: if the phone tells}
                gmt_offset_seconds:
                  description: Seconds that the phone's zone is ahead of GMT.
                  type: int
                  returned: if the phone tells
                  sample: 3600
                gmt_offset_hours: {description: Hours that the phone's zone is ahead of GMT., type: int, sample: 1, returned: if the phone tells}
            tr069:
              description: TR-069.
              type: dict
              returned: if the phone has it
              contains:
                enabled: {description: Whether it is on., type: bool, sample: false, returned: if the phone tells}
                acs_url: {description: Address of the server., type: str, sample: https://acs.example.org, returned: if the phone tells}
                acs_username: {description: User name at the server., type: str, sample: acs, returned: if the phone tells}
                cpe_username: {description: User name of the phone., type: str, sample: cpe, returned: if the phone tells}
                periodic_inform: {description: Whether the phone reports regularly., type: bool, sample: false, returned: if the phone tells}
                inform_interval_seconds: {description: Seconds between two reports., type: int, sample: 18000, returned: if the phone tells}
                upgrade_management: {description: Whether the server may upgrade the phone., type: bool, sample: false, returned: if the phone tells}
        network:
          description: The present state of the network.
          type: dict
          returned: with the subset V(network)
          contains:
            dhcp: {description: Whether DHCP is on., type: bool, sample: true, returned: if the phone tells}
            dhcp_server: {description: DHCP server., type: str, sample: 192.0.2.1, returned: if the phone tells}
            dhcp_boot_server_use_option:
              description: Where the boot server's address comes from.
              type: str
              returned: if the phone tells
              sample: Custom+Option66
            dhcp_boot_server_option: {description: Number of the boot server's option., type: int, sample: 160, returned: if the phone tells}
            dhcp_boot_server_option_type: {description: Type of the boot server's option., type: str, sample: String, returned: if the phone tells}
            dhcp_option_60_format: {description: Format of option 60., type: str, sample: RFC3925 Binary, returned: if the phone tells}
            ipv4_address: {description: IPv4 address., type: str, sample: 192.0.2.11, returned: if the phone tells}
            ipv6_address: {description: IPv6 address., type: str, sample: '2001:db8::11', returned: if the phone tells}
            subnet_mask: {description: Subnet mask., type: str, sample: 255.255.255.0, returned: if the phone tells}
            default_gateway: {description: Gateway., type: str, sample: 192.0.2.1, returned: if the phone tells}
            dns_server: {description: First DNS server., type: str, sample: 192.0.2.53, returned: if the phone tells}
            alternate_dns_server: {description: Second DNS server., type: str, sample: 192.0.2.54, returned: if the phone tells}
            dns_domain: {description: Domain., type: str, sample: example.org, returned: if the phone tells}
            sntp_server: {description: Time server., type: str, sample: pool.ntp.org, returned: if the phone tells}
            lan_port_active: {description: Whether the LAN port has a link., type: bool, sample: true, returned: if the phone tells}
            lan_speed: {description: Speed of the LAN port., type: str, sample: 1000Mbps, returned: if the phone tells}
            vlan: {description: VLAN of the phone., type: int, sample: 20, returned: if the phone tells}
            vlan_discovery_mode: {description: How the VLAN is found., type: str, sample: fixed, returned: if the phone tells}
            vlan_id_option: {description: Number of the VLAN's DHCP option., type: int, sample: 129, returned: if the phone tells}
            lldp: {description: Whether LLDP is on., type: bool, sample: true, returned: if the phone tells}
            cdp: {description: Whether CDP is on., type: bool, sample: true, returned: if the phone tells}
            provisioning_server: {description: Provisioning server., type: str, sample: prov.example.org, returned: if the phone tells}
            provisioning_user: {description: User name at the provisioning server., type: str, sample: PlcmSpIp, returned: if the phone tells}
            provisioning_server_type: {description: Protocol of the provisioning server., type: str, sample: HTTPS, returned: if the phone tells}
            upgrade_server: {description: Upgrade server., type: str, sample: upgrade.example.org, returned: if the phone tells}
            ztp: {description: Whether zero-touch provisioning is on., type: bool, sample: false, returned: if the phone tells}
        lines:
          description: The lines, in their order, however many keys show them.
          type: list
          elements: dict
          returned: with the subset V(lines)
          contains:
            line: {description: Number of the line., type: int, sample: 1, returned: if the phone tells}
            label: {description: Label., type: str, sample: '1001', returned: if the phone tells}
            user: {description: User name of the registration., type: str, sample: '1001', returned: if the phone tells}
            sip_address: {description: SIP address., type: str, sample: '1001', returned: if the phone tells}
            protocol: {description: Protocol., type: str, sample: SIP, returned: if the phone tells}
            proxy: {description: Server., type: str, sample: sip.example.org, returned: if the phone tells}
            port: {description: Port of the server., type: int, sample: 5060, returned: if the phone tells}
            type: {description: Private or shared., type: str, sample: private, returned: if the phone tells}
            registered: {description: Whether the line is registered., type: bool, sample: true, returned: if the phone tells}
            assigned: {description: Whether a key shows the line (UC Software 5.8 or later)., type: bool, sample: true, returned: if the phone tells}
            active: {description: Whether the line is in a call (UC Software 5.8 or later)., type: bool, sample: false, returned: if the phone tells}
            do_not_disturb:
              description: Whether calls are kept away (UC Software 5.8 or later).
              type: bool
              returned: if the phone tells
              sample: false
            forwarding:
              description: Where calls go, by always, do_not_disturb, busy and no_answer (UC Software 5.8 or later).
              type: dict
              returned: if the phone tells
              sample: {always: '1002'}
            servers:
              description: Servers of the line, with server, address, port, transport, expires_seconds, registered and working (UC Software 5.8 or later).
              type: list
              elements: dict
              returned: if the phone tells
              sample:
                - {server: 1, address: sip.example.org, port: 5060, transport: UdpOnly, expires_seconds: 3600, registered: true, working: true}
        location:
          description: The civic address that the phone has been told. Parts without a value are absent.
          type: dict
          returned: with the subset V(location), since UC Software 5.7
          contains:
            country: {description: Country., type: str, sample: DE, returned: if the phone tells}
            street_group: {description: Street group., type: str, sample: Old Town, returned: if the phone tells}
            house_number: {description: House number., type: str, sample: '7', returned: if the phone tells}
            state: {description: State., type: str, sample: BE, returned: if the phone tells}
            place_type: {description: Place type., type: str, sample: office, returned: if the phone tells}
            district: {description: District., type: str, sample: Mitte, returned: if the phone tells}
            add_info: {description: Add info., type: str, sample: Back yard, returned: if the phone tells}
            road_sub_section: {description: Road sub section., type: str, sample: B, returned: if the phone tells}
            city: {description: City., type: str, sample: Berlin, returned: if the phone tells}
            neighbourhood_block: {description: Neighbourhood block., type: str, sample: '12', returned: if the phone tells}
            landmark: {description: Landmark., type: str, sample: Museum, returned: if the phone tells}
            post_box: {description: Post box., type: str, sample: '4711', returned: if the phone tells}
            division: {description: Division., type: str, sample: East, returned: if the phone tells}
            street: {description: Street., type: str, sample: Invalidenstraße, returned: if the phone tells}
            road_section: {description: Road section., type: str, sample: A, returned: if the phone tells}
            street1: {description: Street1., type: str, sample: Hauptstraße, returned: if the phone tells}
            street2: {description: Street2., type: str, sample: Nebenstraße, returned: if the phone tells}
            place_name: {description: Place name., type: str, sample: Branch office, returned: if the phone tells}
            house_num_suff: {description: House num suff., type: str, sample: a, returned: if the phone tells}
            zip_code: {description: Postal code., type: str, sample: '10115', returned: if the phone tells}
            road_pre_modifier: {description: Road pre modifier., type: str, sample: Old, returned: if the phone tells}
            building: {description: Building., type: str, sample: C, returned: if the phone tells}
            unit: {description: Unit., type: str, sample: '3', returned: if the phone tells}
            floor: {description: Floor., type: str, sample: '2', returned: if the phone tells}
            additional_code: {description: Additional code., type: str, sample: '99', returned: if the phone tells}
            room: {description: Room., type: str, sample: '2.17', returned: if the phone tells}
            postal_name: {description: Postal name., type: str, sample: Berlin, returned: if the phone tells}
            seat: {description: Seat., type: str, sample: '14', returned: if the phone tells}
            road: {description: Road., type: str, sample: Invalidenstraße, returned: if the phone tells}
            road_branch: {description: Road branch., type: str, sample: Side, returned: if the phone tells}
            road_post_modifier: {description: Road post modifier., type: str, sample: Extended, returned: if the phone tells}
        transfer_type:
          description: What the transfer key does first, V(consultative), V(blind), V(safe) or V(unknown).
          type: str
          returned: with the subset V(transfer_type), since UC Software 5.7
          sample: consultative
        unsupported:
          description: The subsets that were asked for and that this firmware does not have.
          type: list
          elements: str
          returned: if there are any
          sample: [running_config]
error:
  description: What went wrong, with the same keys as RV(polycom.vvx.vvx_config#module:error).
  returned: failure
  type: dict
  sample:
    kind: rest_disabled
    http_status: 404
    status: null
    endpoint: GET /api/v1/mgmt/device/info
    message: '192.0.2.11: the REST API is switched off.'
    remedy: Turn the REST API on from the provisioning server, or in the phone's web interface.
"""

from ..module_utils import _module
from ..module_utils._operations import facts


def main() -> None:
    _module.run(facts.run, facts.SPEC)


if __name__ == "__main__":
    main()
