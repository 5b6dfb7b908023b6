# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Parameters of UC Software that public provisioning files use: a table kept by hand, one parameter a line.

``pattern type [limits] [empty] [secret] [file-only] [=default] [effect@basis] [@firmware]``

* pattern: x, y, z stand for indices. ``.set`` companions and model suffixes are not listed; names.py has their rules.
* type: ``bool``, ``int``, ``str``, ``enum:a|b`` or ``enum:0=a|1=b`` (a number and a word for the same value), and ``?``
  where no source is certain enough to judge a value.
* limits: ``1..9``, ``1..`` or ``..9``, of a number, or of the length of a text.
* ``empty``: empty is a value of its own, although it is not a text. For others that are no texts it means the default.
* ``secret``: never shown. Only where the name does not show it; see table.py.
* ``file-only``: the phone takes it from files and from its web interface, but not over REST.
* ``=default``: what the phone uses where nothing is set. Not given for texts whose default is empty or has blanks.
* effect of a change: ``no``, ``yes`` (the phone must restart, or does so by itself), ``restart`` or ``reboot`` (seen to
  do that by itself); nothing where it is unknown. After the @: the source, a key of BASES.
* firmware: the later release of UC Software that the line is from: ``5.9``, as files for that release set it; ``7.2``,
  from the global.cfg that comes with it.

Types, limits and defaults follow the UC Software 4.0.15 schema and the guides below. Later firmware has widened limits
and changed one default in ten, so a value that does not fit here only gets a warning; the user's own schema is binding.
Sorted, ignoring case.
"""

from __future__ import annotations

BASES = {
    "4.1.6": "guide to UC Software 4.1.6",
    "5.8.1": "guide to UC Software 5.8.1",
    "6.1": "seen on UC Software 6.1",
    "cx5500": "guide to the CX5500",
    "device-family": "guides flag device.* as a family",
}
"""Sources for the effect of a change."""

BUNDLED_TABLE = """
apps.push.messageType int 0..5 =0
apps.push.password str ..49
apps.push.secureTunnelRequired bool =1
apps.restapi.enabled bool file-only =0
apps.statePolling.password str ..49
apps.telNotification.URL str ..256
attendant.behaviors.display.spontaneousCallAppearances.normal bool =1
attendant.reg int 0..100 =1
attendant.resourceList.x.address str ..256
attendant.resourceList.x.label str ..256
attendant.resourceList.x.type str ..256
attendant.uri str ..256
audioVideoToggle.callMode.persistent bool =0
bg.color.bm.x.em.name str ..256
bg.color.bm.x.name str ..256
bg.color.selection str 3..20 =1,1
call.autoAnswer.SIP bool =0
call.autoOffHook.x.contact str ..256
call.autoOffHook.x.enabled bool =0
call.callsPerLineKey int 1..24 =24
call.callWaiting.enable bool =1
call.callWaiting.ring str ..10 =beep
call.donotdisturb.perReg bool =0
call.internationalDialing.enabled bool =1
call.missedCallTracking.x.enabled bool =1
call.rejectBusyOnDnd bool =1
call.serverMissedCall.x.enabled bool =0
call.shared.exposeAutoHolds bool =0 yes@5.8.1
call.shared.oneTouchResume bool =0 yes@5.8.1
call.shared.reject ? =0 no@5.8.1
da.proxy.password ?
device.auth.localAdminPassword str ..32 yes@device-family
device.auth.localAdvancedPassword ? yes@device-family
device.auth.localUserPassword str ..32 yes@device-family
device.dhcp.bootSrvUseOpt enum:0=Default|1=Custom|2=Static|3=CustomAndDefault empty yes@device-family
device.dns.serverAddress str ..256 yes@device-family
device.font.size enum:Normal|Large reboot@6.1
device.loginAltCred.password ? yes@device-family
device.logincred.password str ..256 yes@device-family
device.logincred.pin ? yes@device-family
device.net.cdpEnabled int 0..1 empty
device.net.dot1x.password str ..256 yes@device-family
device.net.lldpEnabled int 0..1 empty
device.net.vlanId str ..256 yes@device-family
device.pacfile.password str ..256 yes@device-family
device.prov.lyncDeviceUpdatePassword ? yes@device-family
device.prov.password str ..256 yes@device-family
device.prov.serverName str ..256 yes@device-family
device.prov.serverType enum:0=FTP|1=TFTP|2=HTTP|3=HTTPS|4=FTPS empty yes@device-family
device.prov.upgradeServer str ..256 yes@device-family
device.prov.user str ..256 yes@device-family
device.sec.configEncryption.key str ..256 secret yes@device-family
device.sec.TLS.customCaCert1 str ..12288 yes@device-family
device.sec.TLS.customCaCert2 str ..12288 yes@device-family
device.sec.TLS.customDeviceCert1.privateKey ? yes@device-family
device.sec.TLS.customDeviceCert2.privateKey ? yes@device-family
device.sec.TLS.customDeviceCert3.privateKey ? yes@device-family
device.sntp.serverName str ..256 yes@device-family
device.syslog.facility int 0..23 empty yes@device-family
device.syslog.prependMac int 0..1 empty yes@device-family
device.syslog.renderLevel int 0..6 empty yes@device-family
device.syslog.serverName str ..256 yes@device-family
device.syslog.transport enum:0=None|1=UDP|2=TCP|3=TLS empty yes@device-family
device.theme enum:Classic|BroadSoft reboot@6.1
device.tr069.acs.password ? yes@device-family
device.tr069.cpe.password ? yes@device-family
device.wifi.psk.key ? secret yes@device-family
device.wifi.wpa2Ent.password ? yes@device-family
diags.pcap.background.enabled bool
diags.pcap.background.encryption.key ? secret
diags.pcap.enabled bool restart@6.1
diags.pcap.remote.enabled bool =0 restart@6.1
diags.pcap.remote.password ?
diags.pcap.remote.secure.gateway.password ?
diags.sshc.gateway.password ?
dialplan.digitmap str ..2560 =[2-9]11|0T|011xxx.T|[0-1][2-9]xxxxxxxxx|[2-9]xxxxxxxxx|[2-9]xxxT|**x.T|+x.T
dialplan.digitmap.timeOut str ..768 =3|3|3|3|3|3|3
dialplan.impossibleMatchHandling int 0..3 =0 @5.9
dialplan.impossibleMatchHandling.timeOut int =8 @7.2
dialplan.removeEndOfDial bool =1
dialplan.routing.emergency.x.value str ..256
dialplan.routing.server.x.address str ..256
dialplan.routing.server.x.port int 0..65535 =0
dialplan.x.digitmap str ..2560
dialplan.x.impossibleMatchHandling int 0..3 =0 @5.9
dialplan.x.impossibleMatchHandling.timeOut int =8 @7.2
dir.broadsoft.xsp.password ?
dir.corp.address str ..256
dir.corp.alt.password str ..256
dir.corp.attribute.x.filter str ..256
dir.corp.attribute.x.label str ..256
dir.corp.attribute.x.name str ..256
dir.corp.attribute.x.searchable bool
dir.corp.attribute.x.sticky bool
dir.corp.attribute.x.type enum:first_name|last_name|phone_number|SIP_address|H323_address|URL|OCS_address|commURI|other
dir.corp.autoQuerySubmitTimeout int 0..60 =0
dir.corp.backGroundSync bool =0
dir.corp.backGroundSync.period int 3600..604800 =86400
dir.corp.baseDN str ..256
dir.corp.bindOnInit bool =1
dir.corp.cacheSize int 32..256 =128
dir.corp.domain str ..256
dir.corp.filterPrefix str ..256 =(objectclass=person)
dir.corp.pageSize int 8..64 =32
dir.corp.password str ..256
dir.corp.port int 0..65535 =0
dir.corp.scope str ..256 =sub
dir.corp.transport enum:TCP|TLS =TCP
dir.corp.user str ..256
dir.corp.viewPersistence bool =0
dir.H350.dev.password ?
dir.H350.group.password ?
dir.H350.person.password ?
dir.local.readonly bool =0
dir.local.volatile.maxSize int
dir.search.field bool =0
divert.dnd.x.contact str ..256 yes@cx5500
divert.dnd.x.enabled bool =0 yes@cx5500
divert.fwd.x.enabled bool =1
divert.noanswer.x.contact str ..256 yes@cx5500
divert.noanswer.x.enabled bool =1 yes@cx5500
divert.noanswer.x.timeout int 0..180 =55 yes@cx5500
efk.efklist.x.action.string str ..500
efk.efklist.x.label str ..64
efk.efklist.x.mname str ..64 =expanded_macro
efk.efklist.x.status bool =0
efk.efkprompt.x.label str ..64
efk.efkprompt.x.status bool =0
efk.efkprompt.x.type str ..16 =text
efk.efkprompt.x.userfeedback str ..16 =visible
exchange.auth.password ?
feature.acdAgentAvailability.enabled bool =0
feature.acdLoginLogout.enabled bool =0
feature.acdPremiumUnavailability.enabled bool =0
feature.acdServiceControlUri.enabled bool =0
feature.acousticFenceUI.enabled bool =0
feature.bluetooth.enabled bool =1
feature.callCenterStatus.enabled bool =0
feature.callPark.enabled bool =0
feature.callRecording.enabled bool =0
feature.corporateDirectory.enabled bool =0
feature.directedCallPickup.enabled bool =0
feature.directory.enabled bool =1
feature.E911.HELD.password ?
feature.E911.HELD.secondary.password ?
feature.enhancedCallDisplay.enabled bool =0
feature.enhancedFeatureKeys.enabled bool =0
feature.exchangeCalendar.enabled bool =0
feature.groupCallPickup.enabled bool =0
feature.lastCallReturn.enabled bool =0
feature.messaging.enabled bool =0
feature.nWayConference.enabled bool =0
feature.presence.enabled bool =0
feature.ringDownload.enabled bool =1
feature.urlDialing.enabled bool =1
feature.usbLogging.enabled bool =0
feature.wpad.proxy.password ?
fs.unLockPhone.pin ?
homeScreen.doNotDisturb.enable bool =1
homeScreen.forward.enable bool =1
httpd.cfg.enabled bool =1
httpd.cfg.lockWebUI.enable bool =1
httpd.cfg.lockWebUI.noOfInvalidAttempts int =5
httpd.cfg.port int 1..65535 =80
httpd.cfg.secureTunnelEnabled bool =1
httpd.cfg.secureTunnelPort int 1..65535 =443
httpd.cfg.secureTunnelRequired bool =1
httpd.enabled bool =1
httpd.ta.enabled bool =0
key.scrolling.timeout int 1..60 =1
lcl.datetime.date.dateTop bool =1
lcl.datetime.date.format str ..40 =D,Md
lcl.datetime.date.longFormat bool =1
lcl.datetime.time.24HourClock bool =0
lcl.ml.lang str ..256
lcl.ml.lang.clock.x.format str ..256
lcl.ml.lang.menu.x.label str ..256
lineKey.reassignment.enabled bool =0
lineKey.x.category enum:Unassigned|Line|BLF|SpeedDial|Presence|Any =Unassigned
lineKey.x.index int 0..9999 =0
log.level.change.app1 int 0..6 =4
log.level.change.ares int 0..6 =4
log.level.change.cdp int 0..6 =4
log.level.change.cfg int 0..6 =4
log.level.change.clink int 0..6 =4
log.level.change.cmp int 0..6 =4
log.level.change.cmr int 0..6 =4
log.level.change.copy int 0..6 =4
log.level.change.curl int 0..6 =4
log.level.change.dns int 0..6 =4
log.level.change.efk int 0..6 =4
log.level.change.em int
log.level.change.httpa int 0..6 =4 @7.2
log.level.change.httpd int 0..6 =4
log.level.change.ib int 0..6 =4
log.level.change.key int 0..6 =4
log.level.change.ldap int 0..6 =4
log.level.change.lldp int 0..6 =4
log.level.change.log int 0..6 =4
log.level.change.mb int 0..6 =4
log.level.change.mrdis int 0..6 =4 @7.2
log.level.change.net int 0..6 =4
log.level.change.peer int 0..6 =4
log.level.change.pmt int 0..6 =4
log.level.change.pnetm int 0..6 =4
log.level.change.poll int 0..6 =4
log.level.change.pps int 0..6 =4
log.level.change.pres int 0..6 =4
log.level.change.push int 0..6 =4
log.level.change.pwr int
log.level.change.pwrsv int 0..6 =4
log.level.change.rdisk int 0..6 =4
log.level.change.res int 0..6 =4
log.level.change.restapi int 0..6 file-only =4
log.level.change.rtos int 0..6 =4
log.level.change.sip int 0..6 =4
log.level.change.slog int 0..6 =3
log.level.change.so int 0..6 =4
log.level.change.srtp int 0..6 =4
log.level.change.ssps int 0..6 =4
log.level.change.ttrs int 0..6 =4
log.level.change.usb int 0..6 =4
log.level.change.usbio int 0..6 =4
log.level.change.wmgr int 0..6 =4
log.render.file bool =1
log.render.file.size int 1.. =32
log.render.file.upload.append bool =1
log.render.file.upload.append.limitMode enum:stop|delete =delete
log.render.file.upload.append.sizeLimit int 0..2147483647 =512
log.render.file.upload.period int 0..2147483647 =86400
log.render.level int 0..6 =1
log.render.realtime bool =1
log.render.stdout bool =1
log.render.type int 0..2 =2
msg.bypassInstantMessage bool =0
msg.mwi.x.callBack str ..64
msg.mwi.x.callBackMode str 1..15 =registration
msg.mwi.x.led bool =1 restart@6.1
nat.keepalive.interval int 0..3600 =0
np.normal.ringing.calls.tonePattern ?
phoneLock.enabled bool =0
powerSaving.enable bool =1
powerSaving.idleTimeout.offHours int 1..10 =1
powerSaving.idleTimeout.officeHours int 1..600 =480
powerSaving.idleTimeout.userInputExtension int 1..20 =10
powerSaving.officeHours.duration.friday int 0..24 =12 @5.9
powerSaving.officeHours.duration.monday int 0..24 =12 @5.9
powerSaving.officeHours.duration.saturday int 0..24 =0 @5.9
powerSaving.officeHours.duration.sunday int 0..24 =0 @5.9
powerSaving.officeHours.duration.thursday int 0..24 =12 @5.9
powerSaving.officeHours.duration.tuesday int 0..24 =12 @5.9
powerSaving.officeHours.duration.wednesday int 0..24 =12 @5.9
powerSaving.officeHours.startHour.friday int 0..23 =7
powerSaving.officeHours.startHour.monday int 0..23 =7
powerSaving.officeHours.startHour.saturday int 0..23 =8
powerSaving.officeHours.startHour.sunday int 0..23 =8
powerSaving.officeHours.startHour.thursday int 0..23 =7
powerSaving.officeHours.startHour.tuesday int 0..23 =7
powerSaving.officeHours.startHour.wednesday int 0..23 =7
powerSaving.userDetectionSensitivity.offHours int 0..10 =2
powerSaving.userDetectionSensitivity.officeHours int 0..10 =7
pres.idleSoftKeys bool =1
pres.reg int 1..34 =1
prov.autoConfigUpload.enabled bool =1
prov.login.automaticLogout int 0..46000 =0
prov.login.defaultPassword str ..32
prov.login.enabled bool =0
prov.login.localPassword str ..32
prov.login.persistent bool =0
prov.login.required bool =0
prov.loginCredPwdFlushed.enabled bool =1
prov.polling.enabled bool =0
prov.polling.mode enum:abs|rel|random =abs
prov.polling.period int 3600..4294967295 =86400
prov.polling.time str 5..5 =03:00
prov.polling.timeRandomEnd str ..5
ptt.address str ..256 =224.0.1.116
ptt.allowOffHookPages bool =0
ptt.callWaiting.enable bool =0
ptt.channel.x.allowTransmit bool
ptt.channel.x.available bool
ptt.channel.x.label str ..64
ptt.channel.x.subscribed bool
ptt.codec enum:G.711Mu|G.726QI|G.722 =G.722
ptt.compatibilityMode bool =0
ptt.defaultChannel int 1..25 =1
ptt.displayName str ..64
ptt.emergencyChannel int 1..25 =25
ptt.emergencyChannel.volume int -57..0 =-10
ptt.pageMode.allowOffHookPages bool =0
ptt.pageMode.codec enum:G.711Mu|G.726QI|G.722 =G.722
ptt.pageMode.defaultGroup int 1..25 =1
ptt.pageMode.displayName str ..64
ptt.pageMode.emergencyGroup int 1..25 =25
ptt.pageMode.enable bool =0
ptt.pageMode.group.x.allowTransmit bool
ptt.pageMode.group.x.available bool
ptt.pageMode.group.x.label str ..64
ptt.pageMode.group.x.subscribed bool
ptt.pageMode.payloadSize enum:10|20|30|40|50|60|70|80 =20
ptt.pageMode.priorityGroup int 1..25 =24
ptt.pageMode.transmit.timeout.continuation int 0..65535 =60
ptt.pageMode.transmit.timeout.initial int 0..65535 =0
ptt.payloadSize enum:10|20|30|40|50|60|70|80 =20
ptt.port int 0..65535 =5001
ptt.priorityChannel int 1..25 =24
ptt.pttMode.enable bool =0
qos.ethernet.callControl.user_priority int 0..7 =5
qos.ethernet.other.user_priority int 0..7 =2
qos.ethernet.rtp.user_priority int 0..7 =5
qos.ethernet.rtp.video.user_priority int 0..7 =5
qos.ip.callControl.max_reliability bool =0
qos.ip.callControl.max_throughput bool =0
qos.ip.callControl.min_cost bool =0
qos.ip.callControl.min_delay bool =1
qos.ip.callControl.precedence int 0..7 =5
qos.ip.rtp.max_reliability bool =0
qos.ip.rtp.max_throughput bool =1
qos.ip.rtp.min_cost bool =0
qos.ip.rtp.min_delay bool =1
qos.ip.rtp.precedence int 0..7 =5
qos.ip.rtp.video.dscp str ..10
qos.ip.rtp.video.max_reliability bool =0
qos.ip.rtp.video.max_throughput bool =1
qos.ip.rtp.video.min_cost bool =0
qos.ip.rtp.video.min_delay bool =1
qos.ip.rtp.video.precedence int 0..7 =5
reg.x.acd-agent-available bool =0 no@5.8.1
reg.x.acd-login-logout bool =0 no@5.8.1
reg.x.address str ..256 no@5.8.1
reg.x.advancedConference.maxParticipants int 0..25 =3 no@5.8.1
reg.x.advancedConference.pushToConference bool =0 no@5.8.1
reg.x.applyServerDigitMapLocally ? =0 no@4.1.6
reg.x.auth.domain str ..256 no@4.1.6
reg.x.auth.optimizedInFailover bool =0 no@4.1.6
reg.x.auth.password str ..256 no@4.1.6
reg.x.auth.useLoginCredentials bool =0 no@4.1.6
reg.x.auth.userId str ..256 no@4.1.6
reg.x.bargeInEnabled bool =0 no@4.1.6
reg.x.broadsoft.xsp.password ?
reg.x.callsPerLineKey int 1..24 =24
reg.x.csta bool =0
reg.x.displayName str ..256
reg.x.extension ?
reg.x.insertOBPAddressInRoute ? =1
reg.x.label str ..256
reg.x.lcs bool =0
reg.x.lineAddress ?
reg.x.lineKeys int 1..65535 =1
reg.x.lisdisclaimer ? no@4.1.6
reg.x.lync.autoProvisionCertLocation int 0..6 =6 no@4.1.6
reg.x.musicOnHold.uri str ..256 no@4.1.6
reg.x.outboundProxy.address str ..256 no@4.1.6
reg.x.outboundProxy.failOver.failBack.mode enum:newRequests|DNSTTL|registration|duration =duration no@4.1.6
reg.x.outboundProxy.failOver.failBack.timeout int 0..65535 =3600 no@4.1.6
reg.x.outboundProxy.port int 0..65535 =0
reg.x.outboundProxy.transport enum:UDPOnly|TCPpreferred|DNSnaptr|TCPOnly|TLS =DNSnaptr
reg.x.pin ?
reg.x.proxyRequire str ..250
reg.x.ringType enum:default|1=ringer1|2=ringer2|3=ringer3|4=ringer4|5=ringer5|6=ringer6|7=ringer7|8=ringer8|9=ringer9|\
10=ringer10|11=ringer11|12=ringer12|13=ringer13|14=ringer14|15=ringer15|16=ringer16|17=ringer17|18=ringer18|\
19=ringer19|20=ringer20|21=ringer21|22=ringer22|23=ringer23|24=ringer24 =default
reg.x.ringType.privateLine ? =default
reg.x.server.y.address str ..256
reg.x.server.y.expires int 10..2147483647 =3600
reg.x.server.y.expires.lineSeize int 0..65535 =30 no@4.1.6
reg.x.server.y.expires.overlap int 5..65535 =60 no@4.1.6
reg.x.server.y.failOver.failBack.mode enum:newRequests|DNSTTL|registration|duration =duration no@4.1.6
reg.x.server.y.failOver.failBack.timeout int 0..65535 =3600 no@4.1.6
reg.x.server.y.failOver.failRegistrationOn bool =1 no@4.1.6
reg.x.server.y.lcs bool =0
reg.x.server.y.port int 0..65535 =0 no@4.1.6
reg.x.server.y.pstnServerAuth.password ?
reg.x.server.y.pstnServerAuth.userId ?
reg.x.server.y.register bool =1 no@4.1.6
reg.x.server.y.registerRetry.baseTimeOut int 10..120 =60 no@4.1.6
reg.x.server.y.registerRetry.maxTimeOut int 60..1800 =60 no@4.1.6
reg.x.server.y.retryMaxCount int 0..20 =3 no@4.1.6
reg.x.server.y.retryTimeOut int 0..65535 =0 no@4.1.6
reg.x.server.y.specialInterop enum:standard|lcs2005|ocs2007r2|lync2010|GENBAND|DT =standard no@cx5500
reg.x.server.y.transport enum:UDPOnly|TCPpreferred|DNSnaptr|TCPOnly|TLS =DNSnaptr no@4.1.6
reg.x.server.y.useOutboundProxy bool =1 no@4.1.6
reg.x.serverFeatureControl.callRecording ? =0
reg.x.serverFeatureControl.cf bool =0
reg.x.serverFeatureControl.dnd bool =0
reg.x.thirdPartyName str ..256
reg.x.type enum:private|shared =private no@5.8.1
reg.x.useTelUriAsLineLabel ? =1
roaming_buddies.reg int 0..34 =0
roaming_privacy.reg int 0..34 =0
SCEP.challengePassword ?
SCEP.http.password ?
se.appLocalEnabled bool =1
se.destination enum:handset|headset|chassis|dock|bluetoothHeadset|active =chassis
se.pat.misc.messageWaiting.inst.x.type str ..256
se.rt.enabled bool =1
se.rt.modification.enabled bool =1
se.stutterOnVoiceMail bool =1
sec.pwd.length.admin int 0..32 =1
sec.pwd.length.user int 0..32 =2
sec.tagSerialNo bool =0
sec.TLS.customCaCert.x str ..12288
sec.TLS.profile.x.caCert.application2 bool =1
sec.TLS.profile.x.caCert.application3 bool =1
sec.TLS.profile.x.caCert.application4 bool =1
sec.TLS.profile.x.caCert.application5 bool =1
sec.TLS.profile.x.caCert.application6 bool =1
sec.TLS.profile.x.caCert.defaultList bool =1
sec.TLS.profile.x.caCert.platform1 bool =1
sec.TLS.profile.x.caCert.platform2 bool =1
sec.TLS.profile.x.deviceCert enum:Polycom|Platform1|Platform2|Application1|Application2|Application3|Application4|\
Application5|Application6 =Polycom
sec.TLS.profileSelection.SIP enum:PlatformProfile1|PlatformProfile2|ApplicationProfile1|ApplicationProfile2|\
ApplicationProfile3|ApplicationProfile4|ApplicationProfile5|ApplicationProfile6|ApplicationProfile7 =PlatformProfile1
sec.TLS.protocol.webServer enum:SSLv2v3|TLSv1_0|TLSv1_1|TLSv1_2 =TLSv1_0
softkey.feature.directories bool =1
softkey.x.action str ..256
softkey.x.enable bool =0
softkey.x.label str ..16
softkey.x.precede bool =0
softkey.x.use.active bool =0
softkey.x.use.dialtone bool =0
softkey.x.use.hold bool =0
softkey.x.use.idle bool =0
tcpIpApp.ice.password ?
tcpIpApp.keepalive.tcp.idleTransmitInterval int 10..7200 =30
tcpIpApp.keepalive.tcp.noResponseTransmitInterval int 5..120 =20
tcpIpApp.keepalive.tcp.sip.persistentConnection.enable bool =0
tcpIpApp.keepalive.tcp.sip.tls.enable bool =0
tcpIpApp.port.rtp.filterByIp bool =1
tcpIpApp.port.rtp.filterByPort bool =0
tcpIpApp.port.rtp.forceSend int 0..65535 =0
tcpIpApp.port.rtp.mediaPortRangeStart int 1024..65440 =2222
tcpIpApp.port.rtp.videoPortRange.enable bool =0
tcpIpApp.port.rtp.videoPortRangeStart int =2272
tcpIpApp.sntp.address str ..256
tcpIpApp.sntp.address.overrideDHCP bool =0
tcpIpApp.sntp.AQuery bool =0
tcpIpApp.sntp.daylightSavings.enable bool =1
tcpIpApp.sntp.daylightSavings.fixedDayEnable bool =0
tcpIpApp.sntp.daylightSavings.start.date int 1..31 =8
tcpIpApp.sntp.daylightSavings.start.dayOfWeek int 1..7 =1
tcpIpApp.sntp.daylightSavings.start.dayOfWeek.lastInMonth bool =0
tcpIpApp.sntp.daylightSavings.start.month int 1..12 =3
tcpIpApp.sntp.daylightSavings.start.time int 0..23 =2
tcpIpApp.sntp.daylightSavings.stop.date int 1..31 =1
tcpIpApp.sntp.daylightSavings.stop.dayOfWeek int 1..7 =1
tcpIpApp.sntp.daylightSavings.stop.dayOfWeek.lastInMonth bool =0
tcpIpApp.sntp.daylightSavings.stop.month int 1..12 =11
tcpIpApp.sntp.daylightSavings.stop.time int 0..23 =2
tcpIpApp.sntp.gmtOffset int -43200..46800 =0
tcpIpApp.sntp.gmtOffset.overrideDHCP bool =0
tcpIpApp.sntp.gmtOffsetcityID ?
tcpIpApp.sntp.resyncPeriod int 60..2147483647 =86400
tcpIpApp.sntp.retryDnsPeriod int 60..2147483647 =86400
tone.chord.callProg.callWaiting.offDur int 0..10000 =10000
up.analogHeadsetOption int 0..3 =2
up.backlight.idleIntensity int 0..3 =1
up.backlight.onIntensity int 0..3 =3
up.backlight.timeout int 5..60 =40
up.em.smartpaging.enabled bool
up.handsfreeMode bool =1
up.headsetMode bool =0
up.idleTimeout int 0..6553500 =40
up.IdleViewPreferenceRemoteCalls ? =0
up.LineViewCallStatus.enabled bool =0
up.localClockEnabled bool =1
up.mwiVisible bool =0
up.numOfDisplayColumns int =4
up.oneTouchVoiceMail bool =0
up.Pagination.enabled bool =0
up.pictureFrame.folder str ..40
up.pictureFrame.timePerImage int 3..300 =5
up.screenCapture.allowed ?
up.screenCapture.enabled bool =0
up.screenCapture.value ? =0
up.screenSaver.enabled bool =0
up.screenSaver.waitTime int 1..9999 =15
up.useDirectoryNames bool =1
up.welcomeSoundEnabled bool =1
up.welcomeSoundOnWarmBootEnabled bool =0
usb.headset.config.enabled bool =1
voice.audioProfile.G711A.jitterBufferMax int
voice.audioProfile.G711A.jitterBufferMin int
voice.audioProfile.G711A.jitterBufferShrink int
voice.audioProfile.G711A.payloadSize int
voice.audioProfile.G711Mu.jitterBufferMax int
voice.audioProfile.G711Mu.jitterBufferMin int
voice.audioProfile.G711Mu.jitterBufferShrink int
voice.audioProfile.G711Mu.payloadSize int
voice.audioProfile.G722.jitterBufferMax int
voice.audioProfile.G722.jitterBufferMin int
voice.audioProfile.G722.jitterBufferShrink int
voice.audioProfile.G722.payloadSize int
voice.audioProfile.G7221.24kbps.payloadType int
voice.audioProfile.G7221C.24kbps.payloadType int =113 @7.2
voice.audioProfile.G729AB.jitterBufferMax int
voice.audioProfile.G729AB.jitterBufferMin int
voice.audioProfile.G729AB.jitterBufferShrink int
voice.audioProfile.G729AB.payloadSize int
voice.audioProfile.iLBC.13_33kbps.jitterBufferMax int
voice.audioProfile.iLBC.13_33kbps.jitterBufferMin int
voice.audioProfile.iLBC.13_33kbps.jitterBufferShrink int
voice.audioProfile.iLBC.13_33kbps.payloadSize int
voice.audioProfile.iLBC.15_2kbps.jitterBufferMax int
voice.audioProfile.iLBC.15_2kbps.jitterBufferMin int
voice.audioProfile.iLBC.15_2kbps.jitterBufferShrink int
voice.audioProfile.iLBC.15_2kbps.payloadSize int
voice.codecPref.G711_A int 0..27 empty =7
voice.codecPref.G711_Mu int 0..27 empty =6
voice.codecPref.G722 int 0..27 empty =4
voice.codecPref.G7221.32kbps int 0..27 empty =5
voice.codecPref.G7221_C.48kbps int 0..27 empty =2
voice.codecPref.G729_AB int 0..27 empty =8
voice.codecPref.iLBC.13_33kbps int 0..27 empty =0
voice.codecPref.iLBC.15_2kbps int 0..27 empty =0
voice.codecPref.Siren22.64kbps int 0..27 empty =1
voice.qualityMonitoring.collector.alert.delay.threshold.critical int 0..2000 =0
voice.qualityMonitoring.collector.alert.delay.threshold.warning int 0..2000 =0
voice.qualityMonitoring.collector.alert.moslq.threshold.critical int 0..40 =0
voice.qualityMonitoring.collector.alert.moslq.threshold.warning int 0..40 =0
voice.qualityMonitoring.collector.enable.periodic bool =0
voice.qualityMonitoring.collector.enable.session bool =0
voice.qualityMonitoring.collector.enable.triggeredPeriodic int 0..2 =0
voice.qualityMonitoring.collector.period int 5..
voice.qualityMonitoring.collector.server.x.address str ..256
voice.qualityMonitoring.collector.server.x.port int 1..65535 =5060
voice.qualityMonitoring.rtcpxr.enable bool =0
voice.rxPacketFilter bool =0 @7.2
voice.txPacketFilter bool =0
voice.vadEnable bool =0
voice.vadThresh int 0..30 =15
voice.volume.persist.bluetooth.headset bool =0
voice.volume.persist.handset bool =0
voice.volume.persist.handsfree bool =1
voice.volume.persist.headset bool =0
voice.volume.persist.usbHeadset bool =0
voIpProt.server.dhcp.available bool =0 yes@4.1.6
voIpProt.server.dhcp.option int 128..254 =128 yes@4.1.6
voIpProt.server.dhcp.type bool =0 yes@4.1.6
voIpProt.server.H323.x.expires int 0..2147483647 =3600 no@4.1.6
voIpProt.server.H323.x.port int 0..65535 =1719 no@4.1.6
voIpProt.server.x.address str ..256 no@4.1.6
voIpProt.server.x.port int 0..65535 =0 no@4.1.6
voIpProt.server.x.registerRetry.baseTimeOut int =60 no@4.1.6
voIpProt.server.x.registerRetry.maxTimeOut int =60 no@4.1.6
voIpProt.SIP.acd.signalingMethod bool =0 yes@4.1.6
voIpProt.SIP.alertInfo.x.class enum:default|visual|autoAnswer|ringAutoAnswer|internal|external|emergency|precedence|\
splash|answerMute|ringAnswerMute|custom1|custom2|custom3|custom4|custom5|custom6|custom7|custom8|custom9|custom10|\
custom11|custom12|custom13|custom14|custom15|custom16|custom17|profileNormalPBX|profileNormalAux1|profileNormalAux2|\
profileSilentPBX|profileSilentAux1|profileSilentAux2|profileMeetingPBX|profileMeetingAux1|profileMeetingAux2|\
profileCustomPBX|profileCustomAux1|profileCustomAux2|profileHeadsetPBX|profileHeadsetAux1|profileHeadsetAux2|\
profileSpeakerphonePBX|profileSpeakerphoneAux1|profileSpeakerphoneAux2|1|2|3|4|5|6|7|8|9|10|11|12|13|14|15|16|17|18|\
19|20|21|22|23|24 =default no@4.1.6
voIpProt.SIP.alertInfo.x.value str ..128 no@4.1.6
voIpProt.SIP.allowTransferOnProceeding int 0..2 =1 no@4.1.6
voIpProt.SIP.authOptimizedInFailover bool =0 no@4.1.6
voIpProt.SIP.ms-forking bool =0 no@4.1.6
voIpProt.SIP.mtls.enable bool =1 no@4.1.6
voIpProt.SIP.musicOnHold.uri str ..256 no@4.1.6
voIpProt.SIP.outboundProxy.address str ..256 no@4.1.6
voIpProt.SIP.outboundProxy.failOver.failBack.mode enum:newRequests|DNSTTL|registration|duration =duration no@4.1.6
voIpProt.SIP.outboundProxy.failOver.onlySignalWithRegistered bool =1 no@4.1.6
voIpProt.SIP.outboundProxy.failOver.reRegisterOn bool =0 no@4.1.6
voIpProt.SIP.outboundProxy.port int 0..65535 =0 no@4.1.6
voIpProt.SIP.outboundProxy.transport enum:UDPOnly|TCPpreferred|DNSnaptr|TCPOnly|TLS =DNSnaptr no@4.1.6
voIpProt.SIP.requestURI.E164.addGlobalPrefix bool =0 no@4.1.6
voIpProt.SIP.requestValidation.x.method enum:source|digest|both|all empty yes@4.1.6
voIpProt.SIP.requestValidation.x.request enum:INVITE|ACK|BYE|REGISTER|CANCEL|OPTIONS|INFO|MESSAGE|SUBSCRIBE|NOTIFY|\
REFER|PRACK|UPDATE empty yes@4.1.6
voIpProt.SIP.requestValidation.x.request.y.event str ..256 yes@4.1.6
voIpProt.SIP.sendCompactHdrs bool =0 no@4.1.6
voIpProt.SIP.serverFeatureControl.cf bool =0 yes@4.1.6
voIpProt.SIP.serverFeatureControl.dnd bool =0 yes@4.1.6
voIpProt.SIP.supportFor100rel bool =1
voIpProt.SIP.use486forReject bool =0
xmpp.x.auth.password ?
"""
