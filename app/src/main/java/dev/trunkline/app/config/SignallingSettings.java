package dev.trunkline.app.config;

import dev.trunkline.telephony.sip.transport.AddressRange;
import java.nio.file.Path;
import java.util.List;

/** The rows of the table that say what carries SIP, and whom it is taken from. */
final class SignallingSettings {

    static final Setting<Boolean> TCP = new Setting<>(
            "sip.tcp",
            SettingType.YES_NO,
            "yes",
            "",
            "Whether SIP takes and makes TCP connections too, which long messages need");
    static final Setting<Integer> TLS_PORT = new Setting<>(
            "sip.tls-port",
            SettingType.number(1, 65_535),
            "5061",
            "",
            "The TCP port of SIP with TLS; open if there is a certificate");
    static final Setting<Path> TLS_CERTIFICATE = new Setting<>(
            "sip.tls-certificate",
            SettingType.PATH,
            "",
            "nobody can connect with TLS",
            "The certificate of this server and those between it and its authority, in PEM");
    static final Setting<Path> TLS_KEY = new Setting<>(
            "sip.tls-key",
            SettingType.PATH,
            "",
            "",
            "The key of that certificate, in PEM (PKCS #8 without a password)");
    static final Setting<Path> TLS_CA = new Setting<>(
            "sip.tls-ca",
            SettingType.PATH,
            "",
            "the authorities that Java knows are trusted",
            "Certificates, in PEM, that are trusted beside those");
    static final Setting<Boolean> TLS_CLIENTS = new Setting<>(
            "sip.tls-clients",
            SettingType.YES_NO,
            "no",
            "",
            "Whether who connects with TLS has to show a certificate that is trusted");
    static final Setting<SipNat> NAT = new Setting<>(
            "sip.nat",
            SettingType.oneOf(SipNat.class),
            "auto",
            "",
            "Callers behind routers: auto answers them where they send from if the address that they tell can't be right;"
                    + " off believes them");
    static final Setting<List<AddressRange>> ALLOW = new Setting<>(
            "sip.allow",
            SettingType.ADDRESS_RANGES,
            "",
            "everybody may call",
            "Who may call: addresses and networks; others get no answer");
    static final Setting<Integer> LIMIT = new Setting<>(
            "sip.limit",
            SettingType.number(0, 100_000),
            "100",
            "",
            "New requests a second taken from one address, ten times as many from those in the list above; 0 for no limit");

    static final List<Setting<?>> ALL =
            List.of(TCP, TLS_PORT, TLS_CERTIFICATE, TLS_KEY, TLS_CA, TLS_CLIENTS, NAT, ALLOW, LIMIT);

    private SignallingSettings() {}

    static Signalling read(SettingsReader settings, Path folder) {
        Path certificate = settings.find(TLS_CERTIFICATE);
        Path key = settings.find(TLS_KEY);
        Path authorities = settings.find(TLS_CA);
        if (certificate == null) {
            if (settings.has(TLS_KEY)) {
                settings.refuse(TLS_KEY, "does nothing without " + TLS_CERTIFICATE.variable());
            }
        } else if (key == null) {
            settings.refuse(TLS_KEY, "must be set with " + TLS_CERTIFICATE.variable());
        }
        return new Signalling(
                settings.get(TCP),
                settings.get(TLS_PORT),
                certificate == null ? null : Configuration.absolute(folder, certificate),
                key == null ? null : Configuration.absolute(folder, key),
                authorities == null ? null : Configuration.absolute(folder, authorities),
                settings.get(TLS_CLIENTS),
                settings.get(NAT) == SipNat.AUTO,
                settings.get(ALLOW, List.of()),
                settings.get(LIMIT));
    }
}
