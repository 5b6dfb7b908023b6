# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls on one phone and between phones, and what tells of them."""

from __future__ import annotations

from typing import Any

import pytest

from fleet_client import Client, StartFleet, StartPhone, until

V1 = "v1/webCallControl/callStatus"
V2 = "v2/webCallControl/callStatus"


def control(client: Client, action: str, **data: Any) -> str:
    return client.status(f"v1/callctrl/{action}", data)


def states(client: Client) -> list[str]:
    return [call["CallState"] for call in client.data(V2)]


def dialled(client: Client, number: str = "5551000") -> str:
    """The handle of a connected outgoing call."""
    assert control(client, "dial", Dest=number) == "2000"
    until(lambda: states(client)[-1:] == ["Connected"])
    return str(client.data(V2)[-1]["CallHandle"])


def test_idle(client: Client) -> None:
    assert client.get(V1).json() == {"Status": "4007"}
    assert client.get(V2).json() == {"data": [], "Status": "2000"}
    assert client.data("v1/mgmt/media/sessionStats") == []
    assert client.data("v1/mgmt/media/communicationInfo") == {
        "CommunicationType": ["Idle"], "FarEndMuteState": [], "PhoneMuteState": "False",
    }  # fmt: skip


def test_outgoing_call(start_phone: StartPhone) -> None:
    client = start_phone(answer_seconds=0.3)
    assert control(client, "dial", Dest="sip:5551000@example.org", Line="1", Type="SIP") == "2000"
    seen: list[str] = []
    while "Connected" not in seen:
        seen += states(client)
    assert list(dict.fromkeys(seen)) == ["Setup", "Proceeding", "RingBack", "Connected"]
    v1, (v2,) = client.data(V1), client.data(V2)
    assert v1["CallHandle"] == f"0x{v2['CallHandle']}"
    assert (v1["Type"], v1["LineId"], v1["RemotePartyNumber"]) == ("Outgoing", "1", "sip:5551000@example.org")
    assert (v2["UIAppearanceIndex"], v2["Media Direction"], v2["Ringing"]) == ("1*", "sendrecv", "0")
    (session,) = client.data("v1/mgmt/media/sessionStats")
    assert session["Ref"] == v1["CallHandle"]
    assert session["Streams"][0]["Category"] == "0:Voice"
    assert client.data("v2/mgmt/lineInfo")[0]["CallAppearances"] == [v2["CallHandle"]]
    assert control(client, "endCall", Ref=v1["CallHandle"]) == "2000"
    assert client.data("v1/mgmt/callLogs/placed")[0]["RemotePartyNumber"] == "sip:5551000@example.org"


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({}, "4000"), ({"Dest": ""}, "4000"), ({"Dest": "1", "Type": "ISDN"}, "4000"),
        ({"Dest": "1", "Line": "x"}, "4000"),
        ({"Dest": "1", "Line": "2"}, "4005"), ({"Dest": ["1"]}, "4000"), ({"Dest": "1", "Line": 1}, "2000"),
    ],
)  # fmt: skip
def test_dial_input(client: Client, data: dict[str, Any], status: str) -> None:
    assert control(client, "dial", **data) == status


@pytest.mark.parametrize("far_end", ["rings", "busy"])
def test_far_end_that_does_not_answer(start_phone: StartPhone, far_end: str) -> None:
    client = start_phone(far_end=far_end, answer_seconds=0.06)
    control(client, "dial", Dest="5551000")
    if far_end == "busy":
        until(lambda: not states(client))
        assert client.data("v1/mgmt/callLogs")["Placed"][0]["Duration"] == ""
    else:
        until(lambda: states(client) == ["RingBack"])
        client.phone.clear()
        assert states(client) == ["RingBack"]


def test_incoming_call(client: Client) -> None:
    handle = client.phone.ring("1002", "Ann")
    (call,) = client.data(V2)
    assert (call["CallState"], call["Ringing"], call["RemotePartyName"], call["Type"]) == (
        "Offering",
        "1",
        "Ann",
        "Incoming",
    )
    assert control(client, "ignoreCall") == "2000"
    assert client.data(V2)[0]["Ringing"] == "0"
    assert control(client, "answerCall", Ref=handle) == "2000"
    assert control(client, "answerCall") == "4003"
    assert states(client) == ["Connected"]
    assert client.phone.hang_up(handle)
    assert not client.phone.hang_up(handle)
    (entry,) = client.data("v1/mgmt/callLogs/received")
    assert (entry["RemotePartyName"], entry["Duration"]) == ("Ann", "0 secs")


def test_missed_and_rejected_calls(client: Client) -> None:
    client.phone.hang_up(client.phone.ring("1002"))
    client.phone.ring("1003")
    assert control(client, "rejectCall") == "2000"
    logs = client.data("v1/mgmt/callLogs")
    assert [entry["RemotePartyNumber"] for entry in logs["Missed"]] == ["1003", "1002"]
    assert client.data("v1/mgmt/callLogs/missed") == logs["Missed"]
    assert (logs["Received"], logs["Placed"]) == ([], [])


def test_hold_and_resume(client: Client) -> None:
    handle = dialled(client)
    assert control(client, "resumeCall") == "4003"
    assert control(client, "holdCall") == "2000"
    assert client.data(V1)["CallState"] == "CallHold"
    assert states(client) == ["Hold"]
    assert control(client, "holdCall", Ref=handle) == "4003"
    assert control(client, "endCall", Ref=handle) == "4003"
    assert control(client, "mute", state="1") == "4003"
    assert control(client, "sendDTMF", Digits="1") == "4007"
    assert control(client, "resumeCall", Ref=f"0x{handle}") == "2000"
    assert control(client, "endCall", Ref=handle) == "2000"
    assert client.phone.calls == []


def test_answering_holds_the_running_call(client: Client) -> None:
    dialled(client)
    client.phone.ring("1002")
    assert control(client, "answerCall") == "2000"
    assert states(client) == ["Hold", "Connected"]
    assert control(client, "holdCall") == "2000"
    assert control(client, "resumeCall") == "2000"


def test_mute_and_digits(client: Client) -> None:
    assert control(client, "mute", state="1") == "4007"
    assert control(client, "sendDTMF", Digits="1") == "4007"
    dialled(client)
    for data, status in (({}, "4000"), ({"state": "2"}, "4000"), ({"state": 1}, "2000"), ({"state": "1"}, "2000")):
        assert control(client, "mute", **data) == status
    assert client.data(V2)[0]["Muted"] == "1"
    assert client.data("v1/mgmt/media/communicationInfo")["PhoneMuteState"] == "True"
    for digits, status in (("12*#", "2000"), ("", "4000"), ("1x", "4000")):
        assert control(client, "sendDTMF", Digits=digits) == status
    assert client.phone.calls[0].digits == "12*#"


@pytest.mark.parametrize("action", ["holdCall", "resumeCall", "answerCall", "ignoreCall", "rejectCall"])
def test_actions_without_a_call(client: Client, action: str) -> None:
    assert control(client, action) == "4007"
    assert control(client, action, Ref="0x1") == "4007"


def test_mandatory_references(client: Client) -> None:
    assert control(client, "endCall") == "4000"
    assert control(client, "endCall", Ref="0x1") == "4007"
    assert control(client, "transferCall", Ref="0x1") == "4000"
    assert control(client, "transferCall", TransferDest="1") == "4000"
    assert control(client, "transferCall", Ref="0x1", TransferDest="1") == "4007"


@pytest.mark.parametrize(
    ("query", "status", "count"),
    [
        ({}, "2000", 2), ({"line": "1"}, "2000", 2), ({"line": "2"}, "2000", 0),
        ({"line": "1", "sequence": "2"}, "2000", 1),
        ({"sequence": "1"}, "4000", 0), ({"line": "x"}, "4000", 0), ({"handle": "1", "line": "1"}, "4000", 0),
        ({"handle": "1"}, "4007", 0), ({"x": "1"}, "4000", 0),
    ],
)  # fmt: skip
def test_queries(client: Client, query: dict[str, str], status: str, count: int) -> None:
    client.phone.ring("1002")
    client.phone.ring("1003")
    reply = client.get(V2, params=query).json()
    assert (reply["Status"], len(reply.get("data", []))) == (status, count)


def test_query_by_handle(client: Client) -> None:
    handle = client.phone.ring("1002")
    client.phone.ring("1003")
    (call,) = client.data(V2, params={"handle": handle})
    assert call["RemotePartyNumber"] == "1002"


def test_call_between_phones(start_fleet: StartFleet) -> None:
    alice, bob = (Client(phone) for phone in start_fleet(2).phones)
    control(alice, "dial", Dest="sip:1002@sip.example.org")
    until(lambda: states(bob) == ["Offering"])
    assert states(alice) == ["RingBack"]
    assert bob.data(V2)[0]["RemotePartyNumber"] == "1001"
    assert control(bob, "answerCall") == "2000"
    assert states(alice) == states(bob) == ["Connected"]
    assert alice.data(V2)[0]["Remote Connection IP"] == bob.phone.host
    control(bob, "mute", state="1")
    assert alice.data("v1/mgmt/media/communicationInfo")["FarEndMuteState"] == ["sip:1002@sip.example.org"]
    assert control(alice, "endCall", Ref=alice.data(V1)["CallHandle"]) == "2000"
    assert states(alice) == states(bob) == []
    assert len(alice.data("v1/mgmt/callLogs/placed")) == len(bob.data("v1/mgmt/callLogs/received")) == 1


def test_transfer_to_a_third_phone(start_fleet: StartFleet) -> None:
    alice, bob, carol = (Client(phone) for phone in start_fleet(3).phones)
    bob.phone.set_layer("config", {"call.autoAnswer.SIP": "1"})
    handle = dialled(alice, "1002")
    assert states(bob) == ["Connected"]
    assert control(alice, "transferCall", Ref=handle, TransferDest="1003") == "2000"
    assert states(alice) == []
    until(lambda: states(carol) == ["Offering"])
    control(carol, "answerCall")
    assert states(bob) == states(carol) == ["Connected"]


def test_offline_phone_is_not_called(start_fleet: StartFleet) -> None:
    fleet = start_fleet(2)
    fleet.phones[1].offline = True
    dialled(Client(fleet.phones[0]), "1002")
    assert fleet.phones[1].calls == []


def test_restart_ends_calls_at_both_ends(start_fleet: StartFleet) -> None:
    alice, bob = (Client(phone) for phone in start_fleet(2).phones)
    bob.phone.set_layer("config", {"call.autoAnswer.SIP": "1"})
    dialled(alice, "1002")
    bob.phone.restart()
    until(lambda: not states(alice))


@pytest.mark.parametrize(("switch", "status"), [("exact", "4000"), ("folded", "2000")])
def test_letter_case_of_the_type(start_phone: StartPhone, switch: str, status: str) -> None:
    client = start_phone(dial_type=switch)
    assert control(client, "dial", Dest="5551000", Type="Tel") == status
    assert control(client, "dial", Dest="5551000", Type="Fax") == "4000"


@pytest.mark.parametrize(("switch", "status", "left"), [("refused", "4000", 1), ("drops", "2000", 0)])
def test_transfer_without_the_call(start_phone: StartPhone, switch: str, status: str, left: int) -> None:
    client = start_phone(transfer_without_ref=switch)
    client.phone.ring("1002")
    assert control(client, "answerCall") == "2000"
    assert control(client, "transferCall", TransferDest="1003") == status
    assert len(client.phone.calls) == left
    assert control(client, "transferCall") == "4000"


@pytest.mark.parametrize("switch", ["answered", "4007"])
def test_media_without_a_call(start_phone: StartPhone, switch: str) -> None:
    client = start_phone(media_idle=switch)
    paths = ("v1/mgmt/media/communicationInfo", "v1/mgmt/media/sessionStats")
    statuses = [client.get(path).json()["Status"] for path in paths]
    assert statuses == (["4007", "4007"] if switch == "4007" else ["2000", "2000"])
    handle = client.phone.ring("1002")
    control(client, "answerCall")
    assert client.data(paths[0])["CommunicationType"] == ["RxTx"]
    assert client.data(paths[1])[0]["Ref"] == client.data("v1/webCallControl/callStatus")["CallHandle"] == f"0x{handle}"
