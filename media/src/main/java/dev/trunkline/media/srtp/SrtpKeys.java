package dev.trunkline.media.srtp;

/**
 * What offer and answer have settled for one stream.
 *
 * @param sending protects what we send
 * @param receiving protects what the peer sends
 */
public record SrtpKeys(SrtpKey sending, SrtpKey receiving) {}
