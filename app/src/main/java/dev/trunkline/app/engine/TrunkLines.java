package dev.trunkline.app.engine;

import dev.trunkline.app.config.Accounts;
import dev.trunkline.app.config.Secret;
import dev.trunkline.app.health.Part;
import dev.trunkline.core.agent.Agent;
import dev.trunkline.core.agent.AgentDirectory;
import dev.trunkline.telephony.sip.SipAccounts;
import dev.trunkline.telephony.sip.digest.Credentials;
import dev.trunkline.telephony.sip.message.HostPort;
import dev.trunkline.telephony.sip.message.SipParseException;
import dev.trunkline.telephony.sip.registration.PeerStatus;
import dev.trunkline.telephony.sip.registration.RegistrationStatus;
import dev.trunkline.telephony.sip.registration.TrunkSettings;
import dev.trunkline.telephony.sip.registration.TrunkStatus;
import dev.trunkline.telephony.sip.registration.TrunkTimers;
import dev.trunkline.telephony.sip.sdp.SrtpPolicy;
import dev.trunkline.telephony.sip.transport.TransportProtocol;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Trunks, from the settings to the telephone and from the telephone to health. */
final class TrunkLines {

    private TrunkLines() {}

    /**
     * The accounts in the words of the telephone.
     *
     * @throws StartException if a host is none
     */
    static SipAccounts accounts(Accounts accounts) {
        Map<String, String> users = new HashMap<>();
        accounts.users().forEach((user, password) -> users.put(user, password.value()));
        return new SipAccounts(
                accounts.trunks().stream().map(TrunkLines::trunk).toList(),
                TrunkTimers.STANDARD,
                users,
                switch (accounts.srtp()) {
                    case OFF -> SrtpPolicy.OFF;
                    case OPTIONAL -> SrtpPolicy.OPTIONAL;
                    case REQUIRED -> SrtpPolicy.REQUIRED;
                });
    }

    private static TrunkSettings trunk(Accounts.Trunk trunk) {
        String proxy = trunk.proxy();
        Secret password = trunk.password();
        return new TrunkSettings(
                trunk.name(),
                trunk.user(),
                new Credentials(trunk.digestUser(), password.value()),
                host(trunk.name(), trunk.registrar()),
                proxy == null ? null : host(trunk.name(), proxy),
                switch (trunk.transport()) {
                    case UDP -> TransportProtocol.UDP;
                    case TCP -> TransportProtocol.TCP;
                    case TLS -> TransportProtocol.TLS;
                },
                trunk.register(),
                trunk.expires(),
                trunk.agent(),
                trunk.number(),
                switch (trunk.identity()) {
                    case NONE -> TrunkSettings.Identity.NONE;
                    case PREFERRED -> TrunkSettings.Identity.PREFERRED;
                    case ASSERTED -> TrunkSettings.Identity.ASSERTED;
                });
    }

    private static HostPort host(String trunk, String text) {
        try {
            return HostPort.parse(text);
        } catch (SipParseException e) {
            throw new StartException("trunk " + trunk + ": " + e.getMessage(), e);
        }
    }

    /**
     * The agents, who also answer for the trunks.
     *
     * @throws StartException if a trunk names an agent that there is not
     */
    static AgentDirectory agents(Accounts accounts, AgentDirectory agents) {
        Map<String, Agent> byTrunk = new HashMap<>();
        for (Accounts.Trunk trunk : accounts.trunks()) {
            Agent agent = agents.named(trunk.agent())
                    .orElseThrow(() -> new StartException("trunk " + trunk.name() + ": there is no agent "
                            + trunk.agent() + "; there are "
                            + String.join(
                                    ", ", agents.all().stream().map(Agent::name).toList())));
            byTrunk.put(trunk.name(), agent);
        }
        return new AgentDirectory() {
            @Override
            public Optional<Agent> forDialled(String dialled) {
                return agents.forDialled(dialled);
            }

            @Override
            public Optional<Agent> forTrunk(String trunk) {
                return Optional.ofNullable(byTrunk.get(trunk));
            }

            @Override
            public Optional<Agent> named(String name) {
                return agents.named(name);
            }

            @Override
            public Collection<Agent> all() {
                return agents.all();
            }
        };
    }

    /** Each trunk as a part of the server; calls of other kinds go on without it. */
    static List<Part> parts(List<TrunkStatus> trunks) {
        return trunks.stream().map(trunk -> part(trunk, Instant.now())).toList();
    }

    static Part part(TrunkStatus trunk, Instant now) {
        RegistrationStatus registration = trunk.registration();
        boolean beginning = registration.state() == RegistrationStatus.State.REGISTERING;
        Part.State state = trunk.isUp(now) ? Part.State.UP : beginning ? Part.State.STARTING : Part.State.DOWN;
        return new Part("trunk." + trunk.name(), state, detail(trunk, now), false);
    }

    private static String detail(TrunkStatus trunk, Instant now) {
        RegistrationStatus registration = trunk.registration();
        StringBuilder text = new StringBuilder();
        Instant until = registration.until();
        if (until != null && registration.isRegistered(now)) {
            text.append("registered with ")
                    .append(trunk.registrar())
                    .append(" until ")
                    .append(seconds(until));
        } else if (registration.state() == RegistrationStatus.State.NONE) {
            text.append(trunk.registrar()).append(", not registered with");
        } else {
            text.append(registration.state() == RegistrationStatus.State.REGISTERING ? "registering" : "not registered")
                    .append(" with ")
                    .append(trunk.registrar());
        }
        if (!registration.failure().isEmpty()) {
            text.append("; last failure: ").append(registration.failure());
            if (registration.nextTry() instanceof Instant next) {
                text.append("; next try ").append(seconds(next));
            }
        }
        if (trunk.peer() == PeerStatus.DOWN) {
            text.append("; does not answer OPTIONS");
        }
        return text.toString();
    }

    private static Instant seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }
}
