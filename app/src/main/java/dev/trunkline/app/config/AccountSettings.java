package dev.trunkline.app.config;

import java.util.List;

/** The part of the table of settings that is about trunks and about callers with a password. */
final class AccountSettings {

    static final Setting<String> USER = new Setting<>(
            "sip.user",
            SettingType.TEXT,
            "",
            "everybody may call",
            "A user that callers have to be, with sip.password; several stand in trunkline.yaml below sip.users");
    static final Setting<Secret> PASSWORD =
            new Setting<>("sip.password", SettingType.SECRET, "", "", "The password of that user");
    static final Setting<Protection> SRTP = new Setting<>(
            "srtp",
            SettingType.oneOf(Protection.class),
            "optional",
            "",
            "Whether sound is protected by SRTP, with keys in SDP: off, optional (where the peer offers it) or required; the"
                    + " keys are secret only if SIP goes by TLS");
    static final Setting<String> TRUNK_USER = new Setting<>(
            "trunk.user",
            SettingType.TEXT,
            "",
            "there is no trunk",
            "The account with a telephone company; with @ and a domain where that is not the registrar");
    static final Setting<String> TRUNK_DIGEST_USER = new Setting<>(
            "trunk.digest-user",
            SettingType.TEXT,
            "",
            "the account without its domain",
            "The name that goes with the password, if the company gave one for that alone");
    static final Setting<Secret> TRUNK_PASSWORD =
            new Setting<>("trunk.password", SettingType.SECRET, "", "", "The password of that account");
    static final Setting<String> TRUNK_REGISTRAR = new Setting<>(
            "trunk.registrar",
            SettingType.HOST,
            "",
            "",
            "Where that account is registered; the domain of its addresses");
    static final Setting<String> TRUNK_PROXY =
            new Setting<>("trunk.proxy", SettingType.HOST, "", "the registrar", "Where messages to the trunk go first");
    static final Setting<TrunkTransport> TRUNK_TRANSPORT = new Setting<>(
            "trunk.transport",
            SettingType.oneOf(TrunkTransport.class),
            "udp",
            "",
            "What carries messages to the trunk: udp, tcp or tls");
    static final Setting<Boolean> TRUNK_REGISTER = new Setting<>(
            "trunk.register",
            SettingType.YES_NO,
            "yes",
            "",
            "Whether the trunk has to be told where we are; a PBX next door knows");
    static final Setting<Integer> TRUNK_EXPIRES = new Setting<>(
            "trunk.expires",
            SettingType.number(10, 86_400),
            "3600",
            "",
            "For how many seconds we ask to be registered; it is renewed in time");
    static final Setting<String> TRUNK_AGENT = new Setting<>(
            "trunk.agent",
            SettingType.NAME,
            "reception",
            "",
            "The agent that answers calls of the trunk when none has the dialled number");
    static final Setting<String> TRUNK_NUMBER = new Setting<>(
            "trunk.number",
            SettingType.TEXT,
            "",
            "the one that the trunk knows",
            "The number that those see whom we call by the trunk");
    static final Setting<CallerIdentity> TRUNK_IDENTITY = new Setting<>(
            "trunk.identity",
            SettingType.oneOf(CallerIdentity.class),
            "preferred",
            "",
            "How the trunk is told that number: by P-Preferred-Identity, by P-Asserted-Identity, or not at all");

    /** What one trunk has. */
    static final List<Setting<?>> TRUNK = List.of(
            TRUNK_USER,
            TRUNK_DIGEST_USER,
            TRUNK_PASSWORD,
            TRUNK_REGISTRAR,
            TRUNK_PROXY,
            TRUNK_TRANSPORT,
            TRUNK_REGISTER,
            TRUNK_EXPIRES,
            TRUNK_AGENT,
            TRUNK_NUMBER,
            TRUNK_IDENTITY);

    /** What only somebody who has a trunk would set. */
    static final List<Setting<?>> TRUNK_ESSENTIALS = List.of(TRUNK_USER, TRUNK_PASSWORD, TRUNK_REGISTRAR);

    /** Several trunks. */
    static final SettingFamily TRUNKS = new SettingFamily("trunks", "trunk", TRUNK);

    static final Setting<Secret> USERS_PASSWORD =
            new Setting<>("sip.users", SettingType.SECRET, "", "", "The password of a caller of that name");

    /** Several callers. */
    static final SettingFamily USERS = new SettingFamily("sip.users", "sip.users", List.of(USERS_PASSWORD));

    static final List<SettingFamily> FAMILIES = List.of(TRUNKS, USERS);

    private AccountSettings() {}
}
