package dev.trunkline.app.engine;

import dev.trunkline.app.calls.CallBook;
import dev.trunkline.app.health.Health;
import dev.trunkline.telephony.rtp.RtpDoor;

/** What the control plane sees of the engine. Thread-safe. */
public interface EngineView {

    /** How it is, part by part. */
    Health health();

    /** Its calls, and those of the record. */
    CallBook calls();

    /** Where media servers reserve RTP endpoints. */
    RtpDoor rtpDoor();

    /** What to dial, such as {@code sip:reception@127.0.0.1:5060}. */
    String dialAddress();
}
