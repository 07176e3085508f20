package dev.trunkline.app.config;

import dev.trunkline.media.engine.InBandDigits;
import dev.trunkline.telephony.leg.DigitSending;
import java.util.List;

/** The part of the table of settings that is about the keys of telephones. */
final class DigitSettings {

    static final Setting<InBandDigits> IN_BAND = new Setting<>(
            "dtmf.inband",
            SettingType.oneOf(InBandDigits.class),
            "auto",
            "",
            "Whether keys are heard as tones in the sound: auto where telephone-event was not agreed on; on until the"
                    + " first telephone-event comes; off never");
    static final Setting<DigitSending> SEND = new Setting<>(
            "dtmf.send",
            SettingType.oneOf(DigitSending.class),
            "auto",
            "",
            "How keys are pressed towards far sides: rtp (telephone-event), info (SIP INFO), tone (in the sound); auto takes"
                    + " the first of them that the far side takes");

    static final List<Setting<?>> ALL = List.of(IN_BAND, SEND);

    private DigitSettings() {}

    static Digits read(SettingsReader settings) {
        return new Digits(settings.get(IN_BAND), settings.get(SEND));
    }
}
