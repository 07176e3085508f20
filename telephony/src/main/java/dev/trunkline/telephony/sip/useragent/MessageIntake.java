package dev.trunkline.telephony.sip.useragent;

import dev.trunkline.telephony.sip.message.MalformedMessageException;
import dev.trunkline.telephony.sip.message.SipMessage;
import dev.trunkline.telephony.sip.message.SipParser;
import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.message.SipResponse;
import dev.trunkline.telephony.sip.transaction.TransactionLayer;
import dev.trunkline.telephony.sip.transport.Hop;
import dev.trunkline.telephony.sip.transport.SipCounters;
import dev.trunkline.telephony.sip.transport.SipCounters.Event;
import dev.trunkline.telephony.sip.transport.SipTransport;
import dev.trunkline.telephony.sip.transport.StreamFault;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;

/** The door: parses what comes in, refuses or counts what is no SIP, and lets no exception out. SIP thread only. */
final class MessageIntake implements SipTransport.Receiver {

    private static final Logger LOG = System.getLogger(MessageIntake.class.getName());

    private final SipCounters counters;
    private final RateLimitedLog log;
    private final PeerGate gate;
    private final TransactionLayer.Network network;
    private final TransactionLayer transactions;

    MessageIntake(
            SipCounters counters,
            RateLimitedLog log,
            PeerGate gate,
            TransactionLayer.Network network,
            TransactionLayer transactions) {
        this.counters = counters;
        this.log = log;
        this.gate = gate;
        this.network = network;
        this.transactions = transactions;
    }

    @Override
    public boolean wants(InetSocketAddress source) {
        return gate.wants(source.getAddress());
    }

    @Override
    public void onMessage(byte[] message, Hop source) {
        counters.count(Event.RECEIVED);
        if (SipParser.isKeepAlive(message, 0, message.length)) {
            return;
        }
        try {
            SipMessage parsed = SipParser.parseDatagram(message, 0, message.length);
            switch (parsed) {
                case SipRequest request -> transactions.onRequest(request, source);
                case SipResponse response -> transactions.onResponse(response);
            }
        } catch (MalformedMessageException e) {
            refuse(e, source);
        } catch (RuntimeException e) {
            counters.count(Event.INTERNAL_ERROR);
            LOG.log(Level.ERROR, "a message from " + source + " could not be handled", e);
        }
    }

    @Override
    public void onUnframed(byte[] begun, StreamFault fault, Hop source) {
        counters.count(Event.RECEIVED);
        refuse(SipParser.refused(begun, fault.kind(), fault.status(), fault.text()), source);
    }

    @Override
    public void onClosed(Hop peer) {
        transactions.onConnectionLost(peer);
    }

    @Override
    public void onTrouble(String kind, Hop peer, String what) {
        log.warn(kind, peer.address().getAddress().getHostAddress(), what);
    }

    private void refuse(MalformedMessageException fault, Hop source) {
        counters.malformed(fault.kind());
        log.warn(
                fault.kind(),
                source.address().getAddress().getHostAddress(),
                "malformed message from " + source + " (" + fault.kind() + "): "
                        + WireText.quoted(String.valueOf(fault.getMessage())));
        SipResponse answer = fault.answer();
        if (answer != null && gate.answers(source.address().getAddress())) {
            TransactionLayer.noteSource(answer, source);
            counters.count(Event.SENT);
            network.send(answer.toBytes(), TransactionLayer.replyHop(answer.topVia(), source), () -> {});
        }
    }
}
