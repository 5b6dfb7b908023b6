#!/usr/bin/python
# Copyright (c) 2026 the polycom.vvx contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vvx_info
version_added: 0.1.0
short_description: Read anything that a Polycom VVX phone tells
description:
  - Reads what a phone is, how it is set up and what it is doing, in one shape for all firmwares, with real types. Nothing of it becomes a fact.
  - What this firmware, model or mode of the phone does not have is named in RV(unsupported), and is no failure.
author:
  - the polycom.vvx contributors (!UNKNOWN)
extends_documentation_fragment:
  - polycom.vvx.attributes
  - polycom.vvx.attributes.reads
  - polycom.vvx.connection
options:
  subset:
    description:
      - What to read. V(device), V(running_config), V(network), V(lines), V(location) and V(transfer_type) are what
        M(polycom.vvx.vvx_facts) gathers.
      - V(sip_status) is the SIP users with their registrations, V(network_stats) the packets, V(poll_status) whether the phone is in use,
        V(presence) its presence in Skype for Business, V(communication) what its calls do with media, V(calls) the calls there are, and
        V(call_logs) the calls that were.
      - V(missed_calls), V(received_calls) and V(placed_calls) are parts of V(call_logs). V(device_stats) is the load of processor and
        memory, V(media_sessions) the quality of the calls there are, and V(ui_xml) the screen as XML.
      - V(all) is everything but the six of the last paragraph, which have to be named. V(device_stats) takes long from UC Software 5.7 on
        unless C(httpd.ta.enabled) is set, V(media_sessions) has frozen conference phones before 5.8, and V(ui_xml) is large.
      - V(min) is V(device). With V(!) in front a name is left out; if only such names are given, they are left out of V(all).
      - Each costs one request; V(lines) costs two, and V(device) and V(calls) cost two on firmware before 5.8.
    type: list
    elements: str
    default: [device]
  raw:
    description:
      - Whether to return the phone's own replies, too.
    type: bool
    default: false
  query:
    description:
      - A JMESPath expression, applied to RV(info); the outcome is RV(result). Needs the Python library C(jmespath).
    type: str
  handle:
    description:
      - With the subset V(calls), only the call with this handle.
    type: str
  line:
    description:
      - With the subset V(calls), only the calls of this line.
    type: int
  sequence:
    description:
      - With the subset V(calls) and O(line), only the call with this number on the line. Needs UC Software 5.8 or later.
    type: int
seealso:
  - module: polycom.vvx.vvx_facts
  - module: polycom.vvx.vvx_config_info
    description: Parameters and their values.
"""

EXAMPLES = r"""
- name: See whether somebody is on the phone
  polycom.vvx.vvx_info:
    subset: calls
  register: phone

- name: Say with whom
  ansible.builtin.debug:
    msg: "{{ phone.info.calls | map(attribute='remote_number', default='unknown') | list }}"

- name: List the lines that are not registered
  polycom.vvx.vvx_info:
    subset: lines
    query: "lines[?!registered].label"
  register: unregistered

- name: Read everything but the call logs, with the phone's own replies
  polycom.vvx.vvx_info:
    subset: ['!call_logs']
    raw: true

- name: Measure the calls of a phone
  polycom.vvx.vvx_info:
    subset: media_sessions
    query: "media_sessions[].streams[].{codec: rx_codec, lost: packets_lost, jitter: jitter_ms}"
"""

RETURN = r"""
info:
  description: What the phone told, by subset. What it does not tell is absent.
  returned: success
  type: dict
  contains:
    device:
      description: What the phone is and how it is, with the same keys as RV(polycom.vvx.vvx_facts#module:ansible_facts.vvx.device).
      type: dict
      returned: with this subset
      sample: {model: VVX 411, mac: '00:04:f2:aa:bb:cc', firmware: 5.9.3.1111}
    running_config:
      description: The set-up of the phone, with the same keys as RV(polycom.vvx.vvx_facts#module:ansible_facts.vvx.running_config).
      type: dict
      returned: with this subset
      sample: {network: {vlan: 20}}
    network:
      description: The present state of the network, with the same keys as RV(polycom.vvx.vvx_facts#module:ansible_facts.vvx.network).
      type: dict
      returned: with this subset
      sample: {ipv4_address: 192.0.2.11}
    lines:
      description: The lines, with the same keys as RV(polycom.vvx.vvx_facts#module:ansible_facts.vvx.lines).
      type: list
      elements: dict
      returned: with this subset
      sample: [{line: 1, label: '1001', registered: true}]
    location:
      description: The civic address, with the same keys as RV(polycom.vvx.vvx_facts#module:ansible_facts.vvx.location).
      type: dict
      returned: with this subset
      sample: {country: DE, city: Berlin}
    transfer_type:
      description: What the transfer key does first, with the same keys as RV(polycom.vvx.vvx_facts#module:ansible_facts.vvx.transfer_type).
      type: str
      returned: with this subset
      sample: consultative
    sip_status:
      description: The SIP users, with their calls and registrations.
      type: list
      elements: dict
      returned: with this subset
      contains:
        name: {description: User., type: str, sample: '1001', returned: if the phone tells}
        line: {description: Number of the line., type: int, sample: 1, returned: if the phone tells}
        total_calls: {description: Calls., type: int, sample: 0, returned: if the phone tells}
        total_events: {description: Subscriptions and registrations., type: int, sample: 1, returned: if the phone tells}
        calls:
          description: Calls, with state and call_id.
          type: list
          elements: dict
          returned: if the phone tells
          sample: [{state: Connected, call_id: 1b2c@192.0.2.11}]
        events:
          description: Subscriptions and registrations, with type, registration_state, call_id, expires_seconds and overlap.
          type: list
          elements: dict
          returned: if the phone tells
          sample: [{type: register, registration_state: registered, expires_seconds: 3000}]
    network_stats:
      description: Packets since the network came up.
      type: dict
      returned: with this subset
      contains:
        uptime_seconds: {description: Seconds since the network came up., type: int, sample: 92510, returned: if the phone tells}
        packets_received: {description: Packets received., type: int, sample: 1617, returned: if the phone tells}
        packets_sent: {description: Packets sent., type: int, sample: 1279, returned: if the phone tells}
    poll_status:
      description: Whether the phone is in use.
      type: dict
      returned: with this subset
      contains:
        state: {description: 'idle, active or error.', type: str, sample: idle, returned: if the phone tells}
        detail:
          description: The phone's own sentence about it.
          type: str
          returned: if the phone tells
          sample: Time of last call 2024-01-02T03:04:05
    presence:
      description: Presence in Skype for Business.
      type: dict
      returned: with this subset, where the phone is set up for Skype for Business
      contains:
        presence: {description: The presence in lower case., type: str, sample: available, returned: if the phone tells}
    communication:
      description: What the calls do with media.
      type: dict
      returned: with this subset, since UC Software 5.7
      contains:
        types:
          description: rxtx, txonly, rxonly, none or idle, one for each call.
          type: list
          elements: str
          returned: if the phone tells
          sample: [rxtx]
        far_ends_muted:
          description: Far ends that have muted themselves.
          type: list
          elements: str
          returned: if the phone tells
          sample: ['1002']
        muted: {description: Whether this phone is muted., type: bool, sample: false, returned: if the phone tells}
    calls:
      description: The calls there are; narrowed down by O(handle), O(line) and O(sequence).
      type: list
      elements: dict
      returned: with this subset
      contains:
        handle: {description: 'Handle, without 0x.', type: str, sample: 41c2c008, returned: if the phone tells}
        ref: {description: Reference that the phone's own calls take., type: str, sample: 41c2c008, returned: if the phone tells}
        direction: {description: incoming or outgoing., type: str, sample: incoming, returned: if the phone tells}
        state:
          description: dialtone, setup, proceeding, ringback, offering, connected or hold.
          type: str
          returned: if the phone tells
          sample: connected
        protocol: {description: Protocol., type: str, sample: sip, returned: if the phone tells}
        line: {description: Number of the line., type: int, sample: 1, returned: if the phone tells}
        sequence: {description: Number of the call on its line (UC Software 5.8 or later)., type: int, sample: 1, returned: if the phone tells}
        active:
          description: Whether it is the call that the user sees in front (UC Software 5.8 or later).
          type: bool
          returned: if the phone tells
          sample: true
        remote_name: {description: Name of the far end., type: str, sample: Ann, returned: if the phone tells}
        remote_number: {description: Number or address of the far end., type: str, sample: '1002', returned: if the phone tells}
        started: {description: 'When it began, in the phone''s own time.', type: str, sample: '2024-01-02T03:04:05', returned: if the phone tells}
        duration_seconds: {description: Seconds since it was answered., type: int, sample: 7, returned: if the phone tells}
        ringing: {description: Whether it rings., type: bool, sample: false, returned: if the phone tells}
        muted: {description: Whether the microphone is off., type: bool, sample: false, returned: if the phone tells}
        rtp_port: {description: Port of the media., type: int, sample: 2224, returned: if the phone tells}
        rtcp_port: {description: Port of the media's reports., type: int, sample: 2225, returned: if the phone tells}
        media_direction: {description: Direction of the media., type: str, sample: sendrecv, returned: if the phone tells}
        remote_address: {description: Address of the far end's media., type: str, sample: 192.0.2.12, returned: if the phone tells}
        channel:
          description: Channel of paging or push-to-talk, with mode, number, label and state.
          type: dict
          returned: if the phone tells
          sample: {mode: page, number: 1, label: All, state: active}
    call_logs:
      description: Calls that were.
      type: dict
      returned: with this subset
      contains:
        missed:
          description: Calls missed, the latest first.
          type: list
          elements: dict
          returned: always
          contains: &log
            line: {description: Number of the line., type: int, sample: 1, returned: if the phone tells}
            started:
              description: When it began, in the phone's own time.
              type: str
              returned: if the phone tells
              sample: '2024-01-02T03:04:05'
            remote_name: {description: Name of the far end., type: str, sample: Ann, returned: if the phone tells}
            remote_number: {description: Number or address of the far end., type: str, sample: '1002', returned: if the phone tells}
            duration_seconds:
              description: Seconds from answer to end; absent if nobody answered.
              type: int
              returned: if the phone tells
              sample: 26
        received:
          description: Calls received, the latest first.
          type: list
          elements: dict
          returned: always
          contains: *log
        placed:
          description: Calls placed, the latest first.
          type: list
          elements: dict
          returned: always
          contains: *log
    missed_calls:
      description: Calls missed, the latest first, with the same keys as in RV(info.call_logs).
      type: list
      elements: dict
      returned: with this subset
      sample: [{line: 1, started: '2024-01-02T03:04:05', remote_number: '1002', duration_seconds: 26}]
    received_calls:
      description: Calls received, the latest first, with the same keys as in RV(info.call_logs).
      type: list
      elements: dict
      returned: with this subset
      sample: [{line: 1, started: '2024-01-02T03:04:05', remote_number: '1002', duration_seconds: 26}]
    placed_calls:
      description: Calls placed, the latest first, with the same keys as in RV(info.call_logs).
      type: list
      elements: dict
      returned: with this subset
      sample: [{line: 1, started: '2024-01-02T03:04:05', remote_number: '1002', duration_seconds: 26}]
    device_stats:
      description: Load of the phone.
      type: dict
      returned: with this subset, since UC Software 5.7
      contains:
        cpu_percent: {description: 'Load of the processor now, in percent.', type: float, sample: 35.5, returned: if the phone tells}
        cpu_average_percent: {description: 'Its mean, in percent.', type: float, sample: 32.9, returned: if the phone tells}
        memory:
          description: Memory in bytes, with total_bytes, used_bytes, free_bytes, cached_bytes, reclaimable_bytes and committed_bytes.
          type: dict
          returned: if the phone tells
          sample: {total_bytes: 519995392, used_bytes: 274000000, free_bytes: 245995392}
        ram_disk_bytes: {description: Size of the RAM disk in bytes., type: int, sample: 67108864, returned: if the phone tells}
        pools:
          description: Memory of each process of the phone in bytes, with arena_bytes, used_bytes, free_bytes and mapped_bytes.
          type: dict
          returned: if the phone tells
          sample: {pgui: {arena_bytes: 4, used_bytes: 3, free_bytes: 1, mapped_bytes: 2}}
    media_sessions:
      description: Statistics of the calls that have media.
      type: list
      elements: dict
      returned: with this subset, since UC Software 5.7
      contains:
        ref: {description: Reference of the call., type: str, sample: '0x41c2c008', returned: if the phone tells}
        srtp: {description: Whether the media is encrypted with SRTP., type: bool, sample: false, returned: if the phone tells}
        h235: {description: Whether the media is encrypted with H.235., type: bool, sample: false, returned: if the phone tells}
        streams:
          description: Streams of the call. Video streams have more keys (video_...), as the firmware names them.
          type: list
          elements: dict
          returned: always
          contains:
            ref: {description: Reference of the stream., type: str, sample: '0xc008', returned: if the phone tells}
            category: {description: 'voice, video or content.', type: str, sample: voice, returned: if the phone tells}
            packets_received: {description: Packets received., type: int, sample: 500, returned: if the phone tells}
            packets_sent: {description: Packets sent., type: int, sample: 501, returned: if the phone tells}
            packets_expected: {description: Packets that should have come., type: int, sample: 500, returned: if the phone tells}
            packets_lost: {description: Packets lost., type: int, sample: 0, returned: if the phone tells}
            bytes_received: {description: Bytes received., type: int, sample: 80000, returned: if the phone tells}
            bytes_sent: {description: Bytes sent., type: int, sample: 80160, returned: if the phone tells}
            jitter_ms: {description: Jitter in milliseconds., type: int, sample: 2, returned: if the phone tells}
            max_jitter_ms: {description: Largest jitter in milliseconds., type: int, sample: 9, returned: if the phone tells}
            latency_ms: {description: Latency in milliseconds., type: int, sample: 12, returned: if the phone tells}
            rx_payload_bytes: {description: Bytes of media in a packet received., type: int, sample: 160, returned: if the phone tells}
            tx_payload_bytes: {description: Bytes of media in a packet sent., type: int, sample: 160, returned: if the phone tells}
            rx_codec: {description: Codec received., type: str, sample: G.722, returned: if the phone tells}
            tx_codec: {description: Codec sent., type: str, sample: G.722, returned: if the phone tells}
            rx_mos_cq:
              description: Mean opinion score of conversation, received; absent where there is none.
              type: float
              returned: if the phone tells
              sample: 4.1
            tx_mos_cq: {description: 'Mean opinion score of conversation, sent.', type: float, sample: 4.1, returned: if the phone tells}
            rx_mos_lq: {description: 'Mean opinion score of listening, received.', type: float, sample: 4.2, returned: if the phone tells}
            tx_mos_lq: {description: 'Mean opinion score of listening, sent.', type: float, sample: 4.2, returned: if the phone tells}
    ui_xml:
      description: What is on the screen, as the phone's own XML.
      type: str
      returned: with this subset, since UC Software 5.8
      sample: <?xml version="1.0"?><screen/>
unsupported:
  description: The subsets that were asked for and that this firmware, model or mode does not have, and why.
  returned: success
  type: dict
  sample:
    presence: operation not supported (Status 4004).
result:
  description: What O(query) made of RV(info); of any type.
  returned: with O(query)
  type: raw
  sample: ['1002']
raw:
  description: The phone's own replies by subset. For V(lines) a list of two, v1 and v2.
  returned: with O(raw=true)
  type: dict
  sample:
    poll_status: {State: Idle, StateData: Time of last call 2024-01-02T03:04:05}
requests:
  description: HTTP requests that were sent to the phone.
  returned: success
  type: int
  sample: 1
error:
  description: What went wrong, with the same keys as RV(polycom.vvx.vvx_config#module:error).
  returned: failure
  type: dict
  sample:
    kind: settings
    http_status: null
    status: null
    endpoint: null
    message: "subset: 'cals' is no subset."
    remedy: Choose among all, min, device, lines and others, each also with ! in front.
"""

from ..module_utils import _module
from ..module_utils._operations import info


def main() -> None:
    _module.run(info.run, info.SPEC)


if __name__ == "__main__":
    main()
