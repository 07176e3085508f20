package dev.trunkline.telephony.sip.sdp;

/** Whether sound is protected by SRTP with keys in SDP (RFC 4568). */
public enum SrtpPolicy {
    /** Never: RTP/SAVP is refused with 488. */
    OFF,
    /** Where the peer offers it; our own first offers are RTP/AVP. */
    OPTIONAL,
    /** Always: we offer RTP/SAVP alone, and RTP/AVP is refused with 488. */
    REQUIRED
}
