package dev.trunkline.app.web;

/** Somebody else listens on the port of HTTP. */
public class PortTakenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * That port is taken.
     *
     * @param port which
     * @param cause how that was found
     */
    public PortTakenException(int port, Throwable cause) {
        super("HTTP port " + port + " is taken by another program; set TRUNKLINE_HTTP_PORT to a free one", cause);
    }
}
