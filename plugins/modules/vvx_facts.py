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
  - the polycom.vvx contributors (@ansible-collections)
extends_documentation_fragment:
  - polycom.vvx.attributes
  - polycom.vvx.attributes.reads
  - polycom.vvx.connection
options:
  gather_subset:
    description:
      - What to gather. V(device) is model, firmware, MAC address, uptime and state; V(running_config) is the set-up of network,
        VLAN, DHCP, DNS, provisioning, syslog and time; V(network) is the present state of the network; V(lines) is every line
        with its registration.
      - V(all) is everything and V(min) is V(device). With V(!) in front a name is left out; if only such names are given, they are
        left out of V(all).
      - Each subset costs one request, V(lines) two. V(device) costs two on firmware before 5.8.
    type: list
    elements: str
    default: [device, running_config]
notes:
  - Set C(gather_facts) to V(false) in plays on phones. Ansible's own fact gathering would try to log in to the phone by SSH.
seealso:
  - module: polycom.vvx.vvx_config
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
          description: The set-up of the phone, one dictionary a group (network, dhcp, dns, provisioning, syslog, sntp, tr069).
          type: dict
          returned: with the subset V(running_config), since UC Software 5.7
          sample:
            network: {vlan: 20, lldp: true, cdp: true, subnet_mask: 255.255.255.0, default_gateway: 192.0.2.1}
            dhcp: {enabled: true, boot_server_option: 160}
            dns: {enabled: true, primary_server: 192.0.2.53, domain: example.org}
            provisioning: {server: prov.example.org, server_type: HTTPS, file_transfer_tries: 3, tag_serial_number: false}
            syslog: {transport: UDP, render_level: 4, prepend_mac: true}
            sntp: {server: pool.ntp.org, gmt_offset_seconds: 3600}
            tr069: {enabled: false}
        network:
          description: The present state of the network.
          type: dict
          returned: with the subset V(network)
          sample:
            ipv4_address: 192.0.2.11
            subnet_mask: 255.255.255.0
            default_gateway: 192.0.2.1
            dhcp: true
            dhcp_server: 192.0.2.1
            lan_port_active: true
            lan_speed: 1000Mbps
            lldp: true
            cdp: true
            provisioning_server: prov.example.org
            provisioning_server_type: HTTPS
            ztp: false
        lines:
          description: The lines, in their order, however many keys show them.
          type: list
          elements: dict
          returned: with the subset V(lines)
          sample:
            - line: 1
              label: '1001'
              user: '1001'
              sip_address: '1001'
              protocol: SIP
              type: private
              registered: true
              proxy: sip.example.org
              port: 5060
              servers:
                - {server: 1, address: sip.example.org, port: 5060, transport: UdpOnly, expires_seconds: 3600, registered: true, working: true}
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

from ..module_utils import _module, _options
from ..module_utils._operations import facts


def main() -> None:
    _module.run(facts.run, _options.FACTS)


if __name__ == "__main__":
    main()
