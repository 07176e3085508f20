package dev.trunkline.app.config;

import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ways in for calls beside our own SIP port. Immutable.
 *
 * @param rtpListener a port that takes calls without being asked first; null for none
 * @param openSips an OpenSIPS that leaves its calls to us; null for none
 */
public record Doors(
        @Nullable RtpListen rtpListener, @Nullable OpenSips openSips) {

    /** None but what is asked for by HTTP. */
    public static final Doors NONE = new Doors(null, null);

    /**
     * A port that takes calls without being asked first.
     *
     * @param port even
     * @param agent who takes the calls
     * @param mostCalls at once
     * @param newPerSecond how many may begin in a second
     */
    public record RtpListen(int port, String agent, int mostCalls, int newPerSecond) {}

    /**
     * An OpenSIPS that leaves its calls to us.
     *
     * @param mi where it takes commands
     * @param eventPort where we take its events; 0 for any port
     * @param commandPrefix what stands before the names of its session commands
     * @param agent who takes the calls for which it names nobody; null for whoever was dialled
     */
    public record OpenSips(
            InetSocketAddress mi,
            int eventPort,
            String commandPrefix,
            @Nullable String agent) {}

    static Doors read(SettingsReader settings) {
        return new Doors(rtpListener(settings), openSips(settings));
    }

    private static @Nullable RtpListen rtpListener(SettingsReader settings) {
        Integer port = settings.find(DoorSettings.RTP_LISTEN_PORT);
        if (port == null) {
            for (Setting<?> alone : List.of(
                    DoorSettings.RTP_LISTEN_AGENT, DoorSettings.RTP_LISTEN_CALLS, DoorSettings.RTP_LISTEN_RATE)) {
                if (settings.isChanged(alone) && !settings.has(DoorSettings.RTP_LISTEN_PORT)) {
                    settings.refuse(alone, "does nothing without " + DoorSettings.RTP_LISTEN_PORT.variable());
                }
            }
            return null;
        }
        if (port % 2 != 0) {
            settings.refuse(DoorSettings.RTP_LISTEN_PORT, "must be even: the port above it is for reports (RTCP)");
        }
        return new RtpListen(
                port,
                settings.get(DoorSettings.RTP_LISTEN_AGENT),
                settings.get(DoorSettings.RTP_LISTEN_CALLS),
                settings.get(DoorSettings.RTP_LISTEN_RATE));
    }

    private static @Nullable OpenSips openSips(SettingsReader settings) {
        if (!settings.has(DoorSettings.OPENSIPS_MI)) {
            for (Setting<?> alone : List.of(
                    DoorSettings.OPENSIPS_EVENT_PORT, DoorSettings.OPENSIPS_AGENT, DoorSettings.OPENSIPS_MI_PREFIX)) {
                if (settings.isChanged(alone)) {
                    settings.refuse(alone, "does nothing without " + DoorSettings.OPENSIPS_MI.variable());
                }
            }
            return null;
        }
        InetSocketAddress mi = settings.find(DoorSettings.OPENSIPS_MI);
        return mi == null
                ? null
                : new OpenSips(
                        mi,
                        settings.get(DoorSettings.OPENSIPS_EVENT_PORT),
                        settings.get(DoorSettings.OPENSIPS_MI_PREFIX),
                        settings.find(DoorSettings.OPENSIPS_AGENT));
    }
}
