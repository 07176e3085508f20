package dev.trunkline.app.config;

import java.net.InetSocketAddress;
import java.util.List;

/** The part of the table of settings that is about the ways in for calls beside our own SIP port. */
final class DoorSettings {

    static final Setting<Integer> RTP_LISTEN_PORT = new Setting<>(
            "rtp.listen-port",
            SettingType.number(1, 65_534),
            "",
            "nobody can call without asking first",
            "An even UDP port on which whoever sends RTP has called; 5004 is customary");
    static final Setting<String> RTP_LISTEN_AGENT = new Setting<>(
            "rtp.listen-agent", SettingType.NAME, "reception", "", "The agent that takes the calls of that port");
    static final Setting<Integer> RTP_LISTEN_CALLS =
            new Setting<>("rtp.listen-calls", SettingType.number(1, 10_000), "50", "", "Calls at once on that port");
    static final Setting<Integer> RTP_LISTEN_RATE = new Setting<>(
            "rtp.listen-rate", SettingType.number(1, 1_000), "10", "", "Calls that may begin in a second on that port");
    static final Setting<InetSocketAddress> OPENSIPS_MI = new Setting<>(
            "opensips.mi",
            SettingType.ADDRESS_AND_PORT,
            "",
            "no OpenSIPS is asked",
            "Where an OpenSIPS takes MI commands (module mi_datagram) that leaves its calls to Trunkline by E_UA_SESSION"
                    + " events");
    static final Setting<Integer> OPENSIPS_EVENT_PORT = new Setting<>(
            "opensips.event-port",
            SettingType.number(0, 65_535),
            "0",
            "",
            "The UDP port to which that OpenSIPS sends its events; 0 for any that is free");
    static final Setting<String> OPENSIPS_AGENT = new Setting<>(
            "opensips.agent",
            SettingType.NAME,
            "",
            "whoever was dialled",
            "The agent of those calls that OpenSIPS names none for");
    static final Setting<String> OPENSIPS_MI_PREFIX = new Setting<>(
            "opensips.mi-prefix",
            SettingType.TEXT,
            "b2b_entities:",
            "",
            "What stands before the names of its session commands; where it does not know them, the bare names are tried");

    static final List<Setting<?>> ALL = List.of(
            RTP_LISTEN_PORT,
            RTP_LISTEN_AGENT,
            RTP_LISTEN_CALLS,
            RTP_LISTEN_RATE,
            OPENSIPS_MI,
            OPENSIPS_EVENT_PORT,
            OPENSIPS_AGENT,
            OPENSIPS_MI_PREFIX);

    private DoorSettings() {}
}
