package dev.trunkline.media.engine;

/** Every RTP port of the configured range is in use, by us or by others on this machine. */
public final class NoFreePortException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoFreePortException(int firstPort, int lastPort) {
        super("no free even RTP port in " + firstPort + "-" + lastPort);
    }
}
