package dev.trunkline.telephony.sip.useragent;

import dev.trunkline.telephony.sip.message.HostPort;
import dev.trunkline.telephony.sip.message.NameAddress;
import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.message.SipUri;
import dev.trunkline.telephony.sip.transaction.ClientListener;
import dev.trunkline.telephony.sip.transaction.Identifiers;
import dev.trunkline.telephony.sip.transport.Hop;
import dev.trunkline.telephony.sip.transport.SipScheduler;
import java.util.function.Consumer;

/** Requests outside calls by the user agent's transports. */
record AgentRequests(UserAgent agent) implements OutsideRequests {

    private static final byte[] PING = {'\r', '\n', '\r', '\n'};

    @Override
    public SipScheduler scheduler() {
        return agent.scheduler();
    }

    @Override
    public Identifiers identifiers() {
        return agent.identifiers();
    }

    @Override
    public void send(SipUri nextHop, SipRequest request, Consumer<Hop> prepare, ClientListener answers) {
        agent.sendOutside(nextHop, request, prepare, answers);
    }

    @Override
    public void keepAlive(Hop hop, Runnable onFailure) {
        agent.send(PING, hop, onFailure);
    }

    @Override
    public NameAddress contact(String user, Hop hop) {
        return agent.contact(user, hop);
    }

    @Override
    public HostPort sentBy(Hop hop) {
        return agent.sentBy(hop);
    }

    @Override
    public boolean hasPublicAddress() {
        return agent.settings().publicAddress().isPresent();
    }

    @Override
    public void seenFrom(Hop peer, HostPort outside) {
        agent.addresses().seenFrom(peer, outside);
    }
}
