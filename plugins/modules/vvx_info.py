#!/usr/bin/python
# Copyright (c) 2026 the polycom.vvx contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vvx_info
version_added: 0.1.0
short_description: Read anything that a Polycom VVX phone reports
description:
  - Reads what a phone is, how it is set up and what it is doing, in the same form for every firmware, with real types.
  - Use M(polycom.vvx.vvx_facts) for what stays (model, firmware, network, lines), as facts that later tasks and
    templates use. Use this module for what changes (calls, call logs, load, presence), or to get a phone's data as a
    result without setting facts. What both read has the same form and the same name in O(gather_subset).
  - Subsets that the phone does not give are listed in RV(unsupported); the task does not fail. If the phone answers
    with an error or in an unknown form, there is a warning, too. The task fails if it gets nothing else, or if the
    phone can't be reached.
author:
  - the polycom.vvx contributors (!UNKNOWN)
extends_documentation_fragment:
  - polycom.vvx.attributes
  - polycom.vvx.attributes.reads
  - polycom.vvx.connection
options:
  gather_subset:
    description:
      - What to read. V(device), V(running_config), V(network), V(lines), V(location), V(transfer_type) and
        V(certificate) are what M(polycom.vvx.vvx_facts) gathers.
      - V(sip_status) is the SIP users with their registrations, V(network_stats) packet counts, V(poll_status) whether
        the phone is in use, V(presence) its Skype for Business presence, V(communication) the media state of its calls,
        V(calls) the current calls, and V(call_logs) past calls.
      - V(missed_calls), V(received_calls) and V(placed_calls) are parts of V(call_logs). V(device_stats) is CPU and
        memory load, V(media_sessions) the quality of current calls, and V(ui_xml) the screen as XML.
      - V(all) is everything except the six in the last paragraph, which you must name. V(device_stats) is slow from UC
        Software 5.7 on unless C(httpd.ta.enabled) is set, V(media_sessions) has frozen conference phones before 5.8,
        and V(ui_xml) is large.
      - V(min) is V(device). V(!) in front of a name leaves it out; with only such names, they are left out of V(all).
      - Each costs one request; V(certificate) costs none after another one; V(lines) costs two, and V(device) and
        V(calls) cost two on firmware before 5.8. V(lines) costs three if a phone has several lines and does not say
        which registrations they are.
    type: list
    elements: str
    default: [device]
  raw:
    description:
      - Whether to return the phone's own replies as well. Secrets in them are V(***).
    type: bool
    default: false
  query:
    description:
      - A JMESPath expression to apply to RV(info), which gives RV(result). Needs the Python library C(jmespath).
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
      - With the subset V(calls) and O(line), only the call with this number on that line. Needs UC Software 5.8 or
        later.
    type: int
seealso:
  - module: polycom.vvx.vvx_facts
  - module: polycom.vvx.vvx_config_info
    description: Parameters and their values.
"""

EXAMPLES = r"""
- name: See whether anyone is on the phone
  polycom.vvx.vvx_info:
    gather_subset: calls
  register: phone

- name: Show the far ends
  ansible.builtin.debug:
    msg: "{{ phone.info.calls | map(attribute='remote_number', default='unknown') | list }}"

- name: List the lines that are not registered
  polycom.vvx.vvx_info:
    gather_subset: lines
    query: "lines[?!registered].label"
  register: unregistered

- name: Show their labels
  ansible.builtin.debug:
    var: unregistered.result

- name: Read everything except the call logs, with the phone's own replies
  polycom.vvx.vvx_info:
    gather_subset: ['!call_logs']
    raw: true
  register: everything

- name: Show what was read
  ansible.builtin.debug:
    var: everything.info

- name: Measure the calls of a phone
  polycom.vvx.vvx_info:
    gather_subset: media_sessions
    query: "media_sessions[].streams[].{codec: rx_codec, lost: packets_lost, jitter: jitter_ms}"
  register: quality

- name: Show the quality
  ansible.builtin.debug:
    var: quality.result
"""

RETURN = r"""
info:
  description: What the phone reported, by subset. Values that it does not report are absent.
  returned: success
  type: dict
  contains:
    device:
      description:
        - Model, firmware, addresses and state, with the same keys as
          RV(polycom.vvx.vvx_facts#module:ansible_facts.vvx.device).
      type: dict
      returned: with this subset
      sample: {model: VVX 411, mac: '00:04:f2:aa:bb:cc', firmware: 5.9.3.1111}
    running_config:
      description:
        - The phone's setup, with the same keys as RV(polycom.vvx.vvx_facts#module:ansible_facts.vvx.running_config).
      type: dict
      returned: with this subset
      sample: {network: {vlan: 20}}
    network:
      description:
        - The current network state, with the same keys as RV(polycom.vvx.vvx_facts#module:ansible_facts.vvx.network).
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
      description:
        - What the transfer key does first, with the same keys as
          RV(polycom.vvx.vvx_facts#module:ansible_facts.vvx.transfer_type).
      type: str
      returned: with this subset
      sample: consultative
    certificate:
      description:
        - The certificate that the phone presents, with the same keys as
          RV(polycom.vvx.vvx_facts#module:ansible_facts.vvx.certificate). In RV(raw), it is in PEM.
      type: dict
      returned: with this subset, over HTTPS
      sample: {subject: 'CN=0004F2AABBCC, O=Polycom', not_after: '2030-03-02T10:00:00Z', days_left: 1196}
    sip_status:
      description: The SIP users, with their calls and registrations.
      type: list
      elements: dict
      returned: with this subset
      contains:
        name: {description: User., type: str, sample: '1001', returned: if reported}
        line: {description: Number of the line., type: int, sample: 1, returned: if reported}
        total_calls: {description: How many calls., type: int, sample: 0, returned: if reported}
        total_events:
          {description: How many subscriptions and registrations., type: int, sample: 1, returned: if reported}
        calls:
          description: Calls, with state and call_id.
          type: list
          elements: dict
          returned: if reported
          sample: [{state: Connected, call_id: 1b2c@192.0.2.11}]
        events:
          description:
            - Subscriptions and registrations, with type, registration_state, call_id, expires_seconds and overlap.
          type: list
          elements: dict
          returned: if reported
          sample: [{type: register, registration_state: registered, expires_seconds: 3000}]
        other: &other
          description: What else the phone reports here, as it writes it. These are keys that are not in this list, and
            values in a form that is not known.
          type: dict
          returned: if there is any
          sample: {NewKey: a value}
    network_stats:
      description: Packets since the network came up.
      type: dict
      returned: with this subset
      contains:
        uptime_seconds:
          {description: Seconds since the network came up., type: int, sample: 92510, returned: if reported}
        packets_received: {description: Packets received., type: int, sample: 1617, returned: if reported}
        packets_sent: {description: Packets sent., type: int, sample: 1279, returned: if reported}
        other: *other
    poll_status:
      description: Whether the phone is in use.
      type: dict
      returned: with this subset
      contains:
        state: {description: 'idle, active or error.', type: str, sample: idle, returned: if reported}
        detail:
          description: The phone's own text about it.
          type: str
          returned: if reported
          sample: Time of last call 2024-01-02T03:04:05
        other: *other
    presence:
      description: Skype for Business presence.
      type: dict
      returned: with this subset, on phones set up for Skype for Business
      contains:
        presence: {description: The presence in lower case., type: str, sample: available, returned: if reported}
        other: *other
    communication:
      description: Media state of the calls.
      type: dict
      returned: with this subset, since UC Software 5.7
      contains:
        types:
          description: rxtx, txonly, rxonly, none or idle, one per call.
          type: list
          elements: str
          returned: if reported
          sample: [rxtx]
        far_ends_muted:
          description: Far ends that are muted.
          type: list
          elements: str
          returned: if reported
          sample: ['1002']
        muted: {description: Whether this phone is muted., type: bool, sample: false, returned: if reported}
        other: *other
    calls:
      description: The current calls, filtered by O(handle), O(line) and O(sequence).
      type: list
      elements: dict
      returned: with this subset
      contains:
        handle: {description: 'Handle, without 0x.', type: str, sample: 41c2c008, returned: if reported}
        ref:
          {description: Reference of the call for the phone's API., type: str, sample: 41c2c008, returned: if reported}
        direction: {description: incoming or outgoing., type: str, sample: incoming, returned: if reported}
        state:
          description: dialtone, setup, proceeding, ringback, offering, connected or hold.
          type: str
          returned: if reported
          sample: connected
        protocol: {description: Protocol., type: str, sample: sip, returned: if reported}
        line: {description: Number of the line., type: int, sample: 1, returned: if reported}
        sequence:
          description: Number of the call on its line (UC Software 5.8 or later).
          type: int
          returned: if reported
          sample: 1
        appearance:
          description: Number of the call on the screen (UC Software 5.8 or later).
          type: int
          returned: if reported
          sample: 1
        active:
          description: Whether the call is in front on the screen (UC Software 5.8 or later).
          type: bool
          returned: if reported
          sample: true
        remote_name: {description: Name of the far end., type: str, sample: Ann, returned: if reported}
        remote_number:
          {description: Number or address of the far end., type: str, sample: '1002', returned: if reported}
        started:
          description: Start time by the phone's clock.
          type: str
          returned: if reported
          sample: '2024-01-02T03:04:05'
        duration_seconds: {description: Seconds since the answer., type: int, sample: 7, returned: if reported}
        ringing: {description: Whether the call rings., type: bool, sample: false, returned: if reported}
        muted: {description: Whether the microphone is off., type: bool, sample: false, returned: if reported}
        rtp_port: {description: RTP port., type: int, sample: 2224, returned: if reported}
        rtcp_port: {description: RTCP port., type: int, sample: 2225, returned: if reported}
        media_direction: {description: Direction of the media., type: str, sample: sendrecv, returned: if reported}
        remote_address:
          {description: Media address of the far end., type: str, sample: 192.0.2.12, returned: if reported}
        channel:
          description: Channel of paging or push-to-talk, with mode, number, label and state.
          type: dict
          returned: if reported
          sample: {mode: page, number: 1, label: All, state: active}
        other: *other
    call_logs:
      description: Past calls.
      type: dict
      returned: with this subset
      contains:
        missed:
          description: Missed calls, latest first.
          type: list
          elements: dict
          returned: always
          contains: &log
            line: {description: Number of the line., type: int, sample: 1, returned: if reported}
            started:
              description: Start time by the phone's clock.
              type: str
              returned: if reported
              sample: '2024-01-02T03:04:05'
            remote_name: {description: Name of the far end., type: str, sample: Ann, returned: if reported}
            remote_number:
              {description: Number or address of the far end., type: str, sample: '1002', returned: if reported}
            duration_seconds:
              description: Seconds from answer to end; absent if the call was not answered.
              type: int
              returned: if reported
              sample: 26
            other: *other
        received:
          description: Received calls, latest first.
          type: list
          elements: dict
          returned: always
          contains: *log
        placed:
          description: Placed calls, latest first.
          type: list
          elements: dict
          returned: always
          contains: *log
    missed_calls:
      description: Missed calls, latest first, with the same keys as in RV(info.call_logs).
      type: list
      elements: dict
      returned: with this subset
      sample: [{line: 1, started: '2024-01-02T03:04:05', remote_number: '1002', duration_seconds: 26}]
    received_calls:
      description: Received calls, latest first, with the same keys as in RV(info.call_logs).
      type: list
      elements: dict
      returned: with this subset
      sample: [{line: 1, started: '2024-01-02T03:04:05', remote_number: '1002', duration_seconds: 26}]
    placed_calls:
      description: Placed calls, latest first, with the same keys as in RV(info.call_logs).
      type: list
      elements: dict
      returned: with this subset
      sample: [{line: 1, started: '2024-01-02T03:04:05', remote_number: '1002', duration_seconds: 26}]
    device_stats:
      description: Load of the phone.
      type: dict
      returned: with this subset, since UC Software 5.7
      contains:
        cpu_percent: {description: Current CPU load in percent., type: float, sample: 35.5, returned: if reported}
        cpu_average_percent:
          {description: Average CPU load in percent., type: float, sample: 32.9, returned: if reported}
        memory:
          description:
            - Memory in bytes, with total_bytes, used_bytes, free_bytes, cached_bytes, reclaimable_bytes and
              committed_bytes.
          type: dict
          returned: if reported
          sample: {total_bytes: 519995392, used_bytes: 274000000, free_bytes: 245995392}
        ram_disk_bytes:
          {description: Size of the RAM disk in bytes., type: int, sample: 67108864, returned: if reported}
        pools:
          description:
            - Memory of each process of the phone in bytes, with arena_bytes, used_bytes, free_bytes and mapped_bytes.
          type: dict
          returned: if reported
          sample: {pgui: {arena_bytes: 4, used_bytes: 3, free_bytes: 1, mapped_bytes: 2}}
        other: *other
    media_sessions:
      description: Statistics of calls with media.
      type: list
      elements: dict
      returned: with this subset, since UC Software 5.7
      contains:
        ref: {description: Reference of the call., type: str, sample: '0x41c2c008', returned: if reported}
        srtp: {description: Whether the media is encrypted with SRTP., type: bool, sample: false, returned: if reported}
        h235:
          {description: Whether the media is encrypted with H.235., type: bool, sample: false, returned: if reported}
        streams:
          description: Streams of the call. Video streams have more keys (video_...), named by the firmware.
          type: list
          elements: dict
          returned: always
          contains:
            ref: {description: Reference of the stream., type: str, sample: '0xc008', returned: if reported}
            category: {description: 'voice, video or content.', type: str, sample: voice, returned: if reported}
            packets_received: {description: Packets received., type: int, sample: 500, returned: if reported}
            packets_sent: {description: Packets sent., type: int, sample: 501, returned: if reported}
            packets_expected: {description: Packets expected., type: int, sample: 500, returned: if reported}
            packets_lost: {description: Packets lost., type: int, sample: 0, returned: if reported}
            bytes_received: {description: Bytes received., type: int, sample: 80000, returned: if reported}
            bytes_sent: {description: Bytes sent., type: int, sample: 80160, returned: if reported}
            jitter_ms: {description: Jitter in milliseconds., type: int, sample: 2, returned: if reported}
            max_jitter_ms: {description: Largest jitter in milliseconds., type: int, sample: 9, returned: if reported}
            latency_ms: {description: Latency in milliseconds., type: int, sample: 12, returned: if reported}
            rx_payload_bytes:
              {description: Media bytes in a received packet., type: int, sample: 160, returned: if reported}
            tx_payload_bytes:
              {description: Media bytes in a sent packet., type: int, sample: 160, returned: if reported}
            rx_codec: {description: Codec received., type: str, sample: G.722, returned: if reported}
            tx_codec: {description: Codec sent., type: str, sample: G.722, returned: if reported}
            rx_mos_cq:
              description: Mean opinion score of conversation, received; absent if there is none.
              type: float
              returned: if reported
              sample: 4.1
            tx_mos_cq:
              description: 'Mean opinion score of conversation, sent.'
              type: float
              returned: if reported
              sample: 4.1
            rx_mos_lq:
              description: 'Mean opinion score of listening, received.'
              type: float
              returned: if reported
              sample: 4.2
            tx_mos_lq:
              {description: 'Mean opinion score of listening, sent.', type: float, sample: 4.2, returned: if reported}
            other: *other
        other: *other
    ui_xml:
      description: The screen as the phone's own XML.
      type: str
      returned: with this subset, since UC Software 5.8
      sample: <?xml version="1.0"?><screen/>
unsupported:
  description: The requested subsets that this phone does not give, and why.
  returned: success
  type: dict
  sample:
    presence: operation not supported (Status 4004).
result:
  description: Outcome of O(query), of any type.
  returned: with O(query)
  type: raw
  sample: ['1002']
raw:
  description: The phone's own replies by subset. For V(lines), a list of the two API versions' replies.
  returned: with O(raw=true)
  type: dict
  sample:
    poll_status: {State: Idle, StateData: Time of last call 2024-01-02T03:04:05}
requests:
  description: How many HTTP requests the task sent.
  returned: when the phone was asked
  type: int
  sample: 1
error:
  description: What went wrong, with the same keys as RV(polycom.vvx.vvx_config#module:error).
  returned: failure
  type: dict
  sample:
    kind: settings
    host: 192.0.2.11
    http_status: null
    status: null
    endpoint: null
"""

from ..module_utils import _module
from ..module_utils._operations import info


def main() -> None:
    _module.run(info.run, info.SPEC)


if __name__ == "__main__":
    main()
