package dev.trunkline.telephony.sip.registration;

import dev.trunkline.telephony.sip.message.HostPort;
import dev.trunkline.telephony.sip.message.NameAddress;
import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.message.SipUri;
import dev.trunkline.telephony.sip.transaction.ClientListener;
import dev.trunkline.telephony.sip.transaction.Identifiers;
import dev.trunkline.telephony.sip.transport.Hop;
import dev.trunkline.telephony.sip.transport.SipScheduler;
import dev.trunkline.telephony.sip.useragent.OutsideRequests;
import java.util.function.Consumer;

/** Requests outside calls, with a note of every hop that they have taken. */
record MeetingRequests(OutsideRequests network, Consumer<Hop> meeting) implements OutsideRequests {

    @Override
    public void send(SipUri nextHop, SipRequest request, Consumer<Hop> prepare, ClientListener answers) {
        network.send(
                nextHop,
                request,
                hop -> {
                    meeting.accept(hop);
                    prepare.accept(hop);
                },
                answers);
    }

    @Override
    public SipScheduler scheduler() {
        return network.scheduler();
    }

    @Override
    public Identifiers identifiers() {
        return network.identifiers();
    }

    @Override
    public void keepAlive(Hop hop, Runnable onFailure) {
        network.keepAlive(hop, onFailure);
    }

    @Override
    public NameAddress contact(String user, Hop hop) {
        return network.contact(user, hop);
    }

    @Override
    public HostPort sentBy(Hop hop) {
        return network.sentBy(hop);
    }

    @Override
    public boolean hasPublicAddress() {
        return network.hasPublicAddress();
    }

    @Override
    public void seenFrom(Hop peer, HostPort outside) {
        network.seenFrom(peer, outside);
    }
}
