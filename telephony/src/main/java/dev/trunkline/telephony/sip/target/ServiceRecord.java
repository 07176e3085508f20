package dev.trunkline.telephony.sip.target;

/**
 * A DNS SRV record (RFC 2782).
 *
 * @param priority the lowest is tried first
 * @param weight share among those of one priority
 * @param port of the service
 * @param host name of the server, without a dot at the end; empty if the service is decidedly not there
 */
public record ServiceRecord(int priority, int weight, int port, String host) {}
