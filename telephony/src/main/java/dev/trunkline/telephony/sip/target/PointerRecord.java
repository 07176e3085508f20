package dev.trunkline.telephony.sip.target;

/**
 * A DNS NAPTR record as RFC 3263 uses it: a domain says by which transports it wants to be reached.
 *
 * @param order the lowest counts
 * @param preference the lowest first among those of one order
 * @param flags {@code s} for a pointer to SRV records
 * @param service {@code SIP+D2U}, {@code SIP+D2T} or {@code SIPS+D2T}
 * @param replacement the name of the SRV records, without a dot at the end
 */
public record PointerRecord(int order, int preference, String flags, String service, String replacement) {}
