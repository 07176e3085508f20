package dev.trunkline.telephony.sip.dialog;

import dev.trunkline.telephony.sip.message.SipRequest;

/**
 * What identifies a dialog on this side.
 *
 * @param callId the Call-ID
 * @param localTag our tag
 * @param remoteTag the peer's tag, empty for a peer of RFC 2543
 */
public record DialogId(String callId, String localTag, String remoteTag) {

    /** The dialog that an incoming request belongs to. */
    public static DialogId ofIncoming(SipRequest request) {
        return new DialogId(request.callId(), request.toTag(), request.fromTag());
    }
}
