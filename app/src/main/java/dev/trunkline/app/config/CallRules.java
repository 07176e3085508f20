package dev.trunkline.app.config;

import java.time.Duration;
import java.util.List;

/**
 * What callers' telephones may do, and how running calls are handled.
 *
 * @param transfer how callers get to a person
 * @param referTargets whom a caller's telephone may send us to, as {@code user@host} with {@code *} and {@code ?}
 * @param sessionInterval how long a call may be silent in the signalling before it is given up; zero for as long as it likes
 */
public record CallRules(TransferChoice transfer, List<String> referTargets, Duration sessionInterval) {

    static final Setting<TransferChoice> TRANSFER = new Setting<>(
            "transfer",
            SettingType.oneOf(TransferChoice.class),
            "bridge",
            "",
            "How callers get to a person: bridge (we call the person and stay in between), refer (the caller's exchange"
                    + " connects them and the call leaves us) or auto (refer, and bridge where that is refused)");
    static final Setting<List<String>> REFER_TARGETS = new Setting<>(
            "refer-targets",
            SettingType.ADDRESS_PATTERNS,
            "",
            "nobody: a caller who can send us anywhere telephones at our cost",
            "Whom a caller's telephone may send us to by REFER: addresses like *@pbx.example.com or 2??@192.0.2.1,"
                    + " separated by commas");
    static final Setting<Integer> SESSION_SECONDS = new Setting<>(
            "sip.session-seconds",
            SettingType.numberOrZero(90, 86_400),
            "1800",
            "",
            "The session interval: calls are refreshed at half of it, and ended when the other side has died; 0 to ask"
                    + " for none");

    /** The rows of the table. */
    static final List<Setting<?>> TABLE = List.of(TRANSFER, REFER_TARGETS, SESSION_SECONDS);

    static CallRules read(SettingsReader settings) {
        return new CallRules(
                settings.get(TRANSFER),
                settings.get(REFER_TARGETS, List.of()),
                Duration.ofSeconds(settings.get(SESSION_SECONDS)));
    }
}
