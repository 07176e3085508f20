package dev.trunkline.app.config;

import java.net.InetSocketAddress;
import java.util.List;

/** The part of the table of settings that is about the ways in for calls beside our own SIP port. */
final class DoorSettings {

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

    static final List<Setting<?>> ALL = List.of(OPENSIPS_MI, OPENSIPS_EVENT_PORT, OPENSIPS_AGENT, OPENSIPS_MI_PREFIX);

    private DoorSettings() {}
}
