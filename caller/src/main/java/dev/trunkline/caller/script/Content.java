package dev.trunkline.caller.script;

import java.time.Duration;

/** What a step of the script does. */
public sealed interface Content {

    /**
     * Speaks.
     *
     * @param label what the report calls it: the words, or the file
     * @param pcm 8 kHz linear samples, given away
     */
    record Speech(String label, short[] pcm) implements Content {}

    /** Presses keys: 0-9, *, #, A-D. */
    record Keys(String digits, KeyWay way) implements Content {
        public Keys {
            if (!digits.matches("[0-9*#A-D]+")) {
                throw new IllegalArgumentException("keys are 0-9, *, #, A-D: " + digits);
            }
        }
    }

    /** Says nothing for a while: the report shows no turn. */
    record Quiet(Duration length) implements Content {}

    /** Hangs up, at once. */
    record HangUp() implements Content {}

    /** How keys are sent. */
    enum KeyWay {
        /** RTP events of RFC 4733. */
        RTP_EVENT,
        /** SIP INFO with application/dtmf-relay. */
        INFO
    }
}
