package dev.trunkline.app.config;

import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ways in for calls beside our own SIP port. Immutable.
 *
 * @param openSips an OpenSIPS that leaves its calls to us; null for none
 */
public record Doors(@Nullable OpenSips openSips) {

    /** None but what is asked for by HTTP. */
    public static final Doors NONE = new Doors(null);

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
        return new Doors(openSips(settings));
    }

    private static @Nullable OpenSips openSips(SettingsReader settings) {
        if (!settings.has(DoorSettings.OPENSIPS_MI)) {
            for (Setting<?> alone : List.of(
                    DoorSettings.OPENSIPS_EVENT_PORT, DoorSettings.OPENSIPS_AGENT, DoorSettings.OPENSIPS_MI_PREFIX)) {
                if (settings.has(alone)) {
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
