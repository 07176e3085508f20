package dev.trunkline.telephony.sip.transaction;

import dev.trunkline.telephony.sip.message.HostPort;
import dev.trunkline.telephony.sip.message.MalformedMessageException;
import dev.trunkline.telephony.sip.message.SipMessage;
import dev.trunkline.telephony.sip.message.SipParser;
import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.message.SipResponse;
import dev.trunkline.telephony.sip.transport.Hop;
import dev.trunkline.telephony.sip.transport.SipCounters;
import dev.trunkline.telephony.sip.transport.TransportProtocol;
import dev.trunkline.telephony.sip.transport.VirtualScheduler;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A transaction layer in virtual time; what it sends is kept with its time. */
final class Wire implements TransactionLayer.Network, TransactionUser, ClientListener {

    final VirtualScheduler clock = new VirtualScheduler();
    final SipCounters counters = new SipCounters();
    final List<Long> times = new ArrayList<>();
    final List<SipMessage> sent = new ArrayList<>();
    final List<ServerTransaction> requests = new ArrayList<>();
    final List<SipRequest> acks = new ArrayList<>();
    final List<SipResponse> responses = new ArrayList<>();
    final List<Failure> failures = new ArrayList<>();
    final List<SipResponse> strays = new ArrayList<>();
    boolean down;
    int overloads;
    final TransactionLayer layer =
            new TransactionLayer(clock, SipTimers.STANDARD, this, new Identifiers(new Random(1)), counters, this);

    static Hop hop(TransportProtocol protocol) {
        return new Hop(protocol, new InetSocketAddress("127.0.0.2", 5062));
    }

    static SipRequest request(String method) {
        return parse(method + " sip:b@127.0.0.2 SIP/2.0\r\nMax-Forwards: 70\r\nFrom: <sip:a@127.0.0.1>;tag=1\r\n"
                + "To: <sip:b@127.0.0.2>\r\nCall-ID: c\r\nCSeq: 1 " + method
                + "\r\nVia: SIP/2.0/UDP x;branch=z9hG4bKx\r\n\r\n");
    }

    static SipRequest unsent(String method) {
        SipRequest request = request(method);
        request.headers().remove("Via");
        return request;
    }

    static SipRequest parse(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            return (SipRequest) SipParser.parseDatagram(bytes, 0, bytes.length);
        } catch (MalformedMessageException e) {
            throw new AssertionError(e);
        }
    }

    /** An incoming request. */
    SipRequest arrive(String method, String branch, TransportProtocol protocol) {
        SipRequest request = parse(method + " sip:b@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/" + protocol
                + " 127.0.0.2:5062;branch=" + branch + "\r\nFrom: <sip:a@127.0.0.2>;tag=1\r\n"
                + "To: <sip:b@127.0.0.1>\r\nCall-ID: c\r\nCSeq: 1 " + method + "\r\n\r\n");
        layer.onRequest(request, hop(protocol));
        return request;
    }

    void answer(SipRequest request, int status) {
        answer(request, status, "t" + status);
    }

    void answer(SipRequest request, int status, String tag) {
        layer.onResponse(SipResponse.to(request, status, "", tag));
    }

    @Override
    public void send(byte[] message, Hop hop, Runnable onFailure) {
        if (down) {
            onFailure.run();
            return;
        }
        times.add(clock.now());
        try {
            sent.add(SipParser.parseDatagram(message, 0, message.length));
        } catch (MalformedMessageException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public HostPort sentBy(Hop hop) {
        return new HostPort("127.0.0.1", 5060);
    }

    @Override
    public void onRequest(ServerTransaction transaction) {
        requests.add(transaction);
    }

    @Override
    public void onAck(SipRequest ack, Hop source) {
        acks.add(ack);
    }

    @Override
    public boolean isKnown(SipRequest request) {
        return request.toTag().equals("known");
    }

    @Override
    public void onOverload(SipRequest request, Hop source) {
        overloads++;
    }

    @Override
    public void onStraySuccess(SipResponse response) {
        strays.add(response);
    }

    @Override
    public void onResponse(SipResponse response) {
        responses.add(response);
    }

    @Override
    public void onNoResponse(Failure failure) {
        failures.add(failure);
    }

    List<Long> drainTimes() {
        List<Long> copy = List.copyOf(times);
        times.clear();
        sent.clear();
        return copy;
    }
}
