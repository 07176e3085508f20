package dev.trunkline.media.engine;

import java.io.IOException;

/** Every RTP port of the configured range is in use, or this process may open no more sockets. */
public final class NoFreePortException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoFreePortException(int firstPort, int lastPort) {
        super("no free even RTP port in " + firstPort + "-" + lastPort);
    }

    NoFreePortException(IOException cause) {
        super("cannot open a socket for RTP: " + cause.getMessage(), cause);
    }
}
