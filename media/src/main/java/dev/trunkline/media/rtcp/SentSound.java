package dev.trunkline.media.rtcp;

/**
 * What we have sent, as a report tells it.
 *
 * @param packets RTP packets since the beginning
 * @param octets of payload in them
 * @param timestamp the RTP clock at the moment of the report
 */
public record SentSound(long packets, long octets, int timestamp) {}
