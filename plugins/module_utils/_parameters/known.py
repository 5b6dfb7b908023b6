# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Parameters of UC Software that public provisioning files really use: a hand-kept table, one a line.

``pattern type [restart]``

* pattern: x, y, z stand for indices. ``.set`` companions are not listed; catalogue.py knows their rule.
* type: ``bool``, ``int``, ``str``, ``enum:a|b`` or ``enum:0=a|1=b`` (a number and a word for the same value), and ``?``
  where nobody has said so firmly enough to judge a value by it.
* restart: ``no``, ``yes`` (the phone has to restart, or does so by itself), ``restart`` or ``reboot`` (seen to do that by
  itself); nothing where nobody knows.

Types follow the UC Software 4.0.15 schema; restart effects follow the administrator guides (4.1.6, 5.8.1) and what a
public client saw on UCS 6.1. Sorted without regard to case.
"""

from __future__ import annotations

KNOWN_PARAMETERS = """
apps.push.messageType int
apps.push.password str
apps.push.secureTunnelRequired bool
apps.restapi.enabled bool
apps.statePolling.password str
apps.telNotification.URL str
attendant.behaviors.display.spontaneousCallAppearances.normal bool
attendant.reg int
attendant.resourceList.x.address str
attendant.resourceList.x.label str
attendant.resourceList.x.type str
attendant.uri str
audioVideoToggle.callMode.persistent bool
bg.color.bm.x.em.name str
bg.color.bm.x.name str
bg.color.selection str
call.autoAnswer.SIP bool
call.autoOffHook.x.contact str
call.autoOffHook.x.enabled bool
call.callsPerLineKey int
call.callWaiting.enable bool
call.callWaiting.ring str
call.donotdisturb.perReg bool
call.internationalDialing.enabled bool
call.missedCallTracking.x.enabled bool
call.rejectBusyOnDnd bool
call.serverMissedCall.x.enabled bool
call.shared.exposeAutoHolds bool yes
call.shared.oneTouchResume bool yes
call.shared.reject ? no
da.proxy.password ?
device.auth.localAdminPassword str yes
device.auth.localAdvancedPassword ? yes
device.auth.localUserPassword str yes
device.dhcp.bootSrvUseOpt enum:0=Default|1=Custom|2=Static|3=CustomAndDefault yes
device.dns.serverAddress str yes
device.font.size ? reboot
device.loginAltCred.password ? yes
device.logincred.password str yes
device.logincred.pin ? yes
device.net.cdpEnabled int
device.net.dot1x.password str yes
device.net.lldpEnabled int
device.net.vlanId str yes
device.pacfile.password str yes
device.prov.lyncDeviceUpdatePassword ? yes
device.prov.password str yes
device.prov.serverName str yes
device.prov.serverType enum:0=FTP|1=TFTP|2=HTTP|3=HTTPS|4=FTPS yes
device.prov.user str yes
device.sec.configEncryption.key str yes
device.sec.TLS.customCaCert1 str yes
device.sec.TLS.customDeviceCert1.privateKey ? yes
device.sec.TLS.customDeviceCert2.privateKey ? yes
device.sec.TLS.customDeviceCert3.privateKey ? yes
device.sntp.serverName str yes
device.syslog.facility int yes
device.syslog.prependMac int yes
device.syslog.renderLevel int yes
device.syslog.serverName str yes
device.syslog.transport enum:0=None|1=UDP|2=TCP|3=TLS yes
device.theme ? reboot
device.tr069.acs.password ? yes
device.tr069.cpe.password ? yes
device.wifi.psk.key ? yes
device.wifi.wpa2Ent.password ? yes
diags.pcap.background.enabled bool
diags.pcap.enabled bool restart
diags.pcap.remote.enabled bool restart
diags.pcap.remote.password ?
diags.pcap.remote.secure.gateway.password ?
diags.sshc.gateway.password ?
dialplan.digitmap str
dialplan.digitmap.timeOut str
dialplan.impossibleMatchHandling int
dialplan.removeEndOfDial bool
dialplan.routing.emergency.x.value str
dialplan.routing.server.x.address str
dialplan.routing.server.x.port int
dialplan.x.digitmap str
dialplan.x.impossibleMatchHandling int
dir.broadsoft.xsp.password ?
dir.corp.address str
dir.corp.alt.password str
dir.corp.attribute.x.filter str
dir.corp.attribute.x.label str
dir.corp.attribute.x.name str
dir.corp.attribute.x.searchable bool
dir.corp.attribute.x.sticky bool
dir.corp.attribute.x.type enum:first_name|last_name|phone_number|SIP_address|H323_address|URL|OCS_address|commURI|other
dir.corp.autoQuerySubmitTimeout int
dir.corp.backGroundSync bool
dir.corp.backGroundSync.period int
dir.corp.baseDN str
dir.corp.bindOnInit bool
dir.corp.cacheSize int
dir.corp.domain str
dir.corp.filterPrefix str
dir.corp.pageSize int
dir.corp.password str
dir.corp.port int
dir.corp.scope str
dir.corp.transport enum:TCP|TLS
dir.corp.user str
dir.corp.viewPersistence bool
dir.H350.dev.password ?
dir.H350.group.password ?
dir.H350.person.password ?
dir.local.readonly bool
dir.local.volatile.maxSize int
dir.search.field bool
divert.dnd.x.contact str yes
divert.dnd.x.enabled bool yes
divert.fwd.x.enabled bool
divert.noanswer.x.contact str yes
divert.noanswer.x.enabled bool yes
divert.noanswer.x.timeout int yes
efk.efklist.x.action.string str
efk.efklist.x.label str
efk.efklist.x.mname str
efk.efklist.x.status bool
efk.efkprompt.x.label str
efk.efkprompt.x.status bool
efk.efkprompt.x.type str
efk.efkprompt.x.userfeedback str
exchange.auth.password ?
feature.acdAgentAvailability.enabled bool
feature.acdLoginLogout.enabled bool
feature.acdPremiumUnavailability.enabled bool
feature.acdServiceControlUri.enabled bool
feature.acousticFenceUI.enabled bool
feature.bluetooth.enabled bool
feature.callCenterStatus.enabled bool
feature.callPark.enabled bool
feature.callRecording.enabled bool
feature.corporateDirectory.enabled bool
feature.directedCallPickup.enabled bool
feature.directory.enabled bool
feature.E911.HELD.password ?
feature.E911.HELD.secondary.password ?
feature.enhancedCallDisplay.enabled bool
feature.enhancedFeatureKeys.enabled bool
feature.exchangeCalendar.enabled bool
feature.groupCallPickup.enabled bool
feature.lastCallReturn.enabled bool
feature.messaging.enabled bool
feature.nWayConference.enabled bool
feature.presence.enabled bool
feature.ringDownload.enabled bool
feature.urlDialing.enabled bool
feature.usbLogging.enabled bool
feature.wpad.proxy.password ?
fs.unLockPhone.pin ?
homeScreen.doNotDisturb.enable bool
homeScreen.forward.enable bool
httpd.cfg.enabled bool
httpd.cfg.lockWebUI.enable bool
httpd.cfg.lockWebUI.noOfInvalidAttempts int
httpd.cfg.port int
httpd.cfg.secureTunnelEnabled bool
httpd.cfg.secureTunnelPort int
httpd.cfg.secureTunnelRequired bool
httpd.enabled bool
httpd.ta.enabled bool
key.scrolling.timeout int
lcl.datetime.date.dateTop bool
lcl.datetime.date.format str
lcl.datetime.date.longFormat bool
lcl.datetime.time.24HourClock bool
lcl.ml.lang str
lcl.ml.lang.clock.x.format str
lcl.ml.lang.menu.x.label str
lineKey.reassignment.enabled bool
lineKey.x.category enum:Unassigned|Line|BLF|SpeedDial|Presence
lineKey.x.index int
log.level.change.app1 int
log.level.change.ares int
log.level.change.cdp int
log.level.change.cfg int
log.level.change.clink int
log.level.change.cmp int
log.level.change.cmr int
log.level.change.copy int
log.level.change.curl int
log.level.change.dns int
log.level.change.efk int
log.level.change.em int
log.level.change.httpd int
log.level.change.ib int
log.level.change.key int
log.level.change.ldap int
log.level.change.lldp int
log.level.change.log int
log.level.change.mb int
log.level.change.net int
log.level.change.peer int
log.level.change.pmt int
log.level.change.pnetm int
log.level.change.poll int
log.level.change.pps int
log.level.change.pres int
log.level.change.push int
log.level.change.pwr int
log.level.change.pwrsv int
log.level.change.rdisk int
log.level.change.res int
log.level.change.restapi int
log.level.change.rtos int
log.level.change.sip int
log.level.change.slog int
log.level.change.so int
log.level.change.srtp int
log.level.change.ssps int
log.level.change.ttrs int
log.level.change.usb int
log.level.change.usbio int
log.level.change.wmgr int
log.render.file bool
log.render.file.size int
log.render.file.upload.append bool
log.render.file.upload.append.limitMode enum:stop|delete
log.render.file.upload.append.sizeLimit int
log.render.file.upload.period int
log.render.level int
log.render.realtime bool
log.render.stdout bool
log.render.type int
msg.bypassInstantMessage bool
msg.mwi.x.callBack str
msg.mwi.x.callBackMode str
msg.mwi.x.led bool restart
nat.keepalive.interval int
np.normal.ringing.calls.tonePattern ?
phoneLock.enabled bool
powerSaving.enable bool
powerSaving.idleTimeout.offHours int
powerSaving.idleTimeout.officeHours int
powerSaving.idleTimeout.userInputExtension int
powerSaving.officeHours.duration.friday int
powerSaving.officeHours.duration.monday int
powerSaving.officeHours.duration.saturday int
powerSaving.officeHours.duration.sunday int
powerSaving.officeHours.duration.thursday int
powerSaving.officeHours.duration.tuesday int
powerSaving.officeHours.duration.wednesday int
powerSaving.officeHours.startHour.friday int
powerSaving.officeHours.startHour.monday int
powerSaving.officeHours.startHour.saturday int
powerSaving.officeHours.startHour.sunday int
powerSaving.officeHours.startHour.thursday int
powerSaving.officeHours.startHour.tuesday int
powerSaving.officeHours.startHour.wednesday int
powerSaving.userDetectionSensitivity.offHours int
powerSaving.userDetectionSensitivity.officeHours int
pres.idleSoftKeys bool
pres.reg int
prov.autoConfigUpload.enabled bool
prov.login.automaticLogout int
prov.login.defaultPassword str
prov.login.enabled bool
prov.login.localPassword str
prov.login.persistent bool
prov.login.required bool
prov.loginCredPwdFlushed.enabled bool
prov.polling.enabled bool
prov.polling.mode enum:abs|rel|random
prov.polling.period int
prov.polling.time str
prov.polling.timeRandomEnd str
ptt.address str
ptt.allowOffHookPages bool
ptt.callWaiting.enable bool
ptt.channel.x.allowTransmit bool
ptt.channel.x.available bool
ptt.channel.x.label str
ptt.channel.x.subscribed bool
ptt.codec enum:G.711Mu|G.726QI|G.722
ptt.compatibilityMode bool
ptt.defaultChannel int
ptt.displayName str
ptt.emergencyChannel int
ptt.emergencyChannel.volume int
ptt.pageMode.allowOffHookPages bool
ptt.pageMode.codec enum:G.711Mu|G.726QI|G.722
ptt.pageMode.defaultGroup int
ptt.pageMode.displayName str
ptt.pageMode.emergencyGroup int
ptt.pageMode.enable bool
ptt.pageMode.group.x.allowTransmit bool
ptt.pageMode.group.x.available bool
ptt.pageMode.group.x.label str
ptt.pageMode.group.x.subscribed bool
ptt.pageMode.payloadSize int
ptt.pageMode.priorityGroup int
ptt.pageMode.transmit.timeout.continuation int
ptt.pageMode.transmit.timeout.initial int
ptt.payloadSize int
ptt.port int
ptt.priorityChannel int
ptt.pttMode.enable bool
qos.ethernet.callControl.user_priority int
qos.ethernet.other.user_priority int
qos.ethernet.rtp.user_priority int
qos.ethernet.rtp.video.user_priority int
qos.ip.callControl.max_reliability bool
qos.ip.callControl.max_throughput bool
qos.ip.callControl.min_cost bool
qos.ip.callControl.min_delay bool
qos.ip.callControl.precedence int
qos.ip.rtp.max_reliability bool
qos.ip.rtp.max_throughput bool
qos.ip.rtp.min_cost bool
qos.ip.rtp.min_delay bool
qos.ip.rtp.precedence int
qos.ip.rtp.video.dscp str
qos.ip.rtp.video.max_reliability bool
qos.ip.rtp.video.max_throughput bool
qos.ip.rtp.video.min_cost bool
qos.ip.rtp.video.min_delay bool
qos.ip.rtp.video.precedence int
reg.x.acd-agent-available bool no
reg.x.acd-login-logout bool no
reg.x.address str no
reg.x.advancedConference.maxParticipants int no
reg.x.advancedConference.pushToConference ? no
reg.x.applyServerDigitMapLocally ? no
reg.x.auth.domain str no
reg.x.auth.optimizedInFailover bool no
reg.x.auth.password str no
reg.x.auth.useLoginCredentials bool no
reg.x.auth.userId str no
reg.x.bargeInEnabled bool no
reg.x.broadsoft.xsp.password ?
reg.x.callsPerLineKey int
reg.x.csta bool
reg.x.displayName str
reg.x.extension ?
reg.x.insertOBPAddressInRoute ?
reg.x.label str
reg.x.lcs bool
reg.x.lineAddress ?
reg.x.lineKeys int
reg.x.lisdisclaimer ? no
reg.x.lync.autoProvisionCertLocation int no
reg.x.musicOnHold.uri str no
reg.x.outboundProxy.address str no
reg.x.outboundProxy.failOver.failBack.mode str no
reg.x.outboundProxy.failOver.failBack.timeout int no
reg.x.outboundProxy.port int
reg.x.outboundProxy.transport enum:UDPOnly|TCPpreferred|DNSnaptr|TCPOnly|TLS
reg.x.pin ?
reg.x.proxyRequire str
reg.x.ringType enum:default|1=ringer1|2=ringer2|3=ringer3|4=ringer4|5=ringer5|6=ringer6|7=ringer7|8=ringer8|9=ringer9|10=ringer10|\
11=ringer11|12=ringer12|13=ringer13|14=ringer14|15=ringer15|16=ringer16|17=ringer17|18=ringer18|19=ringer19|20=ringer20|21=ringer21|\
22=ringer22|23=ringer23|24=ringer24
reg.x.ringType.privateLine ?
reg.x.server.y.address str
reg.x.server.y.expires int
reg.x.server.y.expires.lineSeize int no
reg.x.server.y.expires.overlap int no
reg.x.server.y.failOver.failBack.mode str no
reg.x.server.y.failOver.failBack.timeout int no
reg.x.server.y.failOver.failRegistrationOn bool no
reg.x.server.y.lcs bool
reg.x.server.y.port int no
reg.x.server.y.pstnServerAuth.password ?
reg.x.server.y.pstnServerAuth.userId ?
reg.x.server.y.register bool no
reg.x.server.y.registerRetry.baseTimeOut int no
reg.x.server.y.registerRetry.maxTimeOut int no
reg.x.server.y.retryMaxCount int no
reg.x.server.y.retryTimeOut int no
reg.x.server.y.specialInterop enum:standard|lcs2005|ocs2007r2|lync2010|GENBAND|DT no
reg.x.server.y.transport enum:UDPOnly|TCPpreferred|DNSnaptr|TCPOnly|TLS no
reg.x.server.y.useOutboundProxy bool no
reg.x.serverFeatureControl.callRecording ?
reg.x.serverFeatureControl.cf bool
reg.x.serverFeatureControl.dnd bool
reg.x.thirdPartyName str
reg.x.type str no
reg.x.useTelUriAsLineLabel ?
roaming_buddies.reg int
roaming_privacy.reg int
SCEP.challengePassword ?
SCEP.http.password ?
se.appLocalEnabled bool
se.destination enum:handset|headset|chassis|dock|bluetoothHeadset|active
se.pat.misc.messageWaiting.inst.x.type str
se.rt.enabled bool
se.rt.modification.enabled bool
se.stutterOnVoiceMail bool
sec.pwd.length.admin int
sec.pwd.length.user int
sec.tagSerialNo bool
sec.TLS.customCaCert.x str
sec.TLS.profile.x.caCert.application2 bool
sec.TLS.profile.x.caCert.application3 bool
sec.TLS.profile.x.caCert.application4 bool
sec.TLS.profile.x.caCert.application5 bool
sec.TLS.profile.x.caCert.application6 bool
sec.TLS.profile.x.caCert.defaultList bool
sec.TLS.profile.x.caCert.platform1 bool
sec.TLS.profile.x.caCert.platform2 bool
sec.TLS.profile.x.deviceCert enum:Polycom|Platform1|Platform2|Application1|Application2|Application3|Application4|Application5|Application6
sec.TLS.profileSelection.SIP enum:PlatformProfile1|PlatformProfile2|ApplicationProfile1|ApplicationProfile2|ApplicationProfile3|\
ApplicationProfile4|ApplicationProfile5|ApplicationProfile6|ApplicationProfile7
sec.TLS.protocol.webServer enum:SSLv2v3|TLSv1_0|TLSv1_1|TLSv1_2
softkey.feature.directories bool
softkey.x.action str
softkey.x.enable bool
softkey.x.label str
softkey.x.precede bool
softkey.x.use.active bool
softkey.x.use.dialtone bool
softkey.x.use.hold bool
softkey.x.use.idle bool
tcpIpApp.ice.password ?
tcpIpApp.keepalive.tcp.idleTransmitInterval int
tcpIpApp.keepalive.tcp.sip.persistentConnection.enable bool
tcpIpApp.keepalive.tcp.sip.tls.enable bool
tcpIpApp.port.rtp.filterByIp bool
tcpIpApp.port.rtp.filterByPort bool
tcpIpApp.port.rtp.forceSend int
tcpIpApp.port.rtp.mediaPortRangeStart int
tcpIpApp.port.rtp.videoPortRange.enable bool
tcpIpApp.port.rtp.videoPortRangeStart int
tcpIpApp.sntp.address str
tcpIpApp.sntp.address.overrideDHCP bool
tcpIpApp.sntp.AQuery bool
tcpIpApp.sntp.daylightSavings.enable bool
tcpIpApp.sntp.daylightSavings.fixedDayEnable bool
tcpIpApp.sntp.daylightSavings.start.date int
tcpIpApp.sntp.daylightSavings.start.dayOfWeek int
tcpIpApp.sntp.daylightSavings.start.dayOfWeek.lastInMonth bool
tcpIpApp.sntp.daylightSavings.start.month int
tcpIpApp.sntp.daylightSavings.start.time int
tcpIpApp.sntp.daylightSavings.stop.date int
tcpIpApp.sntp.daylightSavings.stop.dayOfWeek int
tcpIpApp.sntp.daylightSavings.stop.dayOfWeek.lastInMonth bool
tcpIpApp.sntp.daylightSavings.stop.month int
tcpIpApp.sntp.daylightSavings.stop.time int
tcpIpApp.sntp.gmtOffset int
tcpIpApp.sntp.gmtOffset.overrideDHCP bool
tcpIpApp.sntp.gmtOffsetcityID ?
tcpIpApp.sntp.resyncPeriod int
tcpIpApp.sntp.retryDnsPeriod int
tone.chord.callProg.callWaiting.offDur int
up.analogHeadsetOption int
up.backlight.idleIntensity int
up.backlight.onIntensity int
up.backlight.timeout int
up.em.smartpaging.enabled bool
up.handsfreeMode bool
up.headsetMode bool
up.idleTimeout int
up.IdleViewPreferenceRemoteCalls ?
up.LineViewCallStatus.enabled bool
up.localClockEnabled bool
up.mwiVisible bool
up.numOfDisplayColumns int
up.oneTouchVoiceMail bool
up.Pagination.enabled bool
up.pictureFrame.folder str
up.pictureFrame.timePerImage int
up.screenCapture.allowed ?
up.screenCapture.enabled bool
up.screenCapture.value ?
up.screenSaver.enabled bool
up.screenSaver.waitTime int
up.useDirectoryNames bool
up.welcomeSoundEnabled bool
up.welcomeSoundOnWarmBootEnabled bool
usb.headset.config.enabled bool
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
voice.codecPref.G711_A int
voice.codecPref.G711_Mu int
voice.codecPref.G722 int
voice.codecPref.G7221.32kbps int
voice.codecPref.G7221_C.48kbps int
voice.codecPref.G729_AB int
voice.codecPref.iLBC.13_33kbps int
voice.codecPref.iLBC.15_2kbps int
voice.codecPref.Siren22.64kbps int
voice.qualityMonitoring.collector.alert.delay.threshold.critical int
voice.qualityMonitoring.collector.alert.delay.threshold.warning int
voice.qualityMonitoring.collector.alert.moslq.threshold.critical int
voice.qualityMonitoring.collector.alert.moslq.threshold.warning int
voice.qualityMonitoring.collector.enable.periodic bool
voice.qualityMonitoring.collector.enable.session bool
voice.qualityMonitoring.collector.enable.triggeredPeriodic int
voice.qualityMonitoring.collector.period int
voice.qualityMonitoring.collector.server.x.address str
voice.qualityMonitoring.collector.server.x.port int
voice.qualityMonitoring.rtcpxr.enable bool
voice.txPacketFilter bool
voice.vadEnable bool
voice.vadThresh int
voice.volume.persist.bluetooth.headset bool
voice.volume.persist.handset bool
voice.volume.persist.handsfree bool
voice.volume.persist.headset bool
voice.volume.persist.usbHeadset bool
voIpProt.server.dhcp.available bool yes
voIpProt.server.dhcp.option int yes
voIpProt.server.dhcp.type bool yes
voIpProt.server.H323.x.expires int no
voIpProt.server.H323.x.port int no
voIpProt.server.x.address str no
voIpProt.server.x.port int no
voIpProt.server.x.registerRetry.baseTimeOut int no
voIpProt.server.x.registerRetry.maxTimeOut int no
voIpProt.SIP.acd.signalingMethod bool yes
voIpProt.SIP.alertInfo.x.class ? no
voIpProt.SIP.alertInfo.x.value str no
voIpProt.SIP.allowTransferOnProceeding int no
voIpProt.SIP.authOptimizedInFailover bool no
voIpProt.SIP.ms-forking bool no
voIpProt.SIP.mtls.enable bool no
voIpProt.SIP.musicOnHold.uri str no
voIpProt.SIP.outboundProxy.address str no
voIpProt.SIP.outboundProxy.failOver.failBack.mode str no
voIpProt.SIP.outboundProxy.failOver.onlySignalWithRegistered bool no
voIpProt.SIP.outboundProxy.failOver.reRegisterOn bool no
voIpProt.SIP.outboundProxy.port int no
voIpProt.SIP.outboundProxy.transport enum:UDPOnly|TCPpreferred|DNSnaptr|TCPOnly|TLS no
voIpProt.SIP.requestURI.E164.addGlobalPrefix bool no
voIpProt.SIP.requestValidation.x.method str yes
voIpProt.SIP.requestValidation.x.request str yes
voIpProt.SIP.requestValidation.x.request.y.event str yes
voIpProt.SIP.sendCompactHdrs bool no
voIpProt.SIP.serverFeatureControl.cf bool yes
voIpProt.SIP.serverFeatureControl.dnd bool yes
voIpProt.SIP.supportFor100rel bool
voIpProt.SIP.use486forReject bool
xmpp.x.auth.password ?
"""
