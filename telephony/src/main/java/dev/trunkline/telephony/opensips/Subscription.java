package dev.trunkline.telephony.opensips;

import dev.trunkline.telephony.opensips.OpenSipsCounters.Event;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps OpenSIPS telling us its events: subscribes, renews long before the end (which also brings the subscription back that a
 * restart of OpenSIPS has forgotten), and tries again and again while it is away. For the connection's thread; {@link
 * #state} for all.
 */
final class Subscription {

    private static final Logger LOG = System.getLogger(Subscription.class.getName());
    private static final Duration PAUSE_WHILE_AWAY = Duration.ofSeconds(1);
    private static final int RENEWALS_A_TERM = 4;

    private final MiConnection mi;
    private final OpenSipsSettings settings;
    private final OpenSipsCounters counters;
    private volatile OpenSipsState state = OpenSipsState.STARTING;
    private boolean ended;

    Subscription(MiConnection mi, OpenSipsSettings settings, OpenSipsCounters counters) {
        this.mi = mi;
        this.settings = settings;
        this.counters = counters;
    }

    OpenSipsState state() {
        return state;
    }

    /** Subscribes, and goes on doing so. */
    void begin() {
        mi.command("event_subscribe", parameters(settings.subscription().toSeconds()), new MiConnection.Outcome() {
            @Override
            public void done(JsonNode result) {
                up();
                again(settings.subscription().dividedBy(RENEWALS_A_TERM));
            }

            @Override
            public void failed(MiException e) {
                down(String.valueOf(e.getMessage()));
                again(PAUSE_WHILE_AWAY);
            }
        });
    }

    private void again(Duration delay) {
        if (!ended) {
            mi.after(delay, this::begin);
        }
    }

    private void up() {
        if (state.kind() == OpenSipsState.Kind.AWAY) {
            counters.count(Event.SUBSCRIPTIONS_RECOVERED);
        }
        if (state.kind() != OpenSipsState.Kind.SUBSCRIBED) {
            LOG.log(Level.INFO, "OpenSIPS tells us its calls mi={0}", settings.mi());
            state = new OpenSipsState(OpenSipsState.Kind.SUBSCRIBED, "");
        }
    }

    private void down(String why) {
        if (state.kind() != OpenSipsState.Kind.AWAY) {
            LOG.log(
                    Level.WARNING,
                    "OpenSIPS does not take our subscription, it is tried again mi={0} why={1}",
                    settings.mi(),
                    why);
        }
        state = new OpenSipsState(OpenSipsState.Kind.AWAY, why);
    }

    /** Takes the subscription back, so that OpenSIPS does not send what nobody hears. */
    void end() {
        ended = true;
        if (state.kind() == OpenSipsState.Kind.SUBSCRIBED) {
            mi.command("event_subscribe", parameters(0), new MiConnection.Outcome() {
                @Override
                public void done(JsonNode result) {}

                @Override
                public void failed(MiException e) {
                    LOG.log(Level.DEBUG, "the subscription will expire by itself: " + e.getMessage());
                }
            });
        }
    }

    private ObjectNode parameters(long seconds) {
        ObjectNode parameters = JsonMapper.shared().createObjectNode();
        parameters.put("event", SessionEvent.NAME);
        parameters.put(
                "socket",
                "udp:" + literal(settings.eventAddress()) + ":"
                        + mi.localAddress().getPort());
        parameters.put("expire", seconds);
        return parameters;
    }

    private static String literal(InetAddress address) {
        return address instanceof Inet6Address ? "[" + address.getHostAddress() + "]" : address.getHostAddress();
    }
}
