package dev.trunkline.telephony.sip.registration;

import dev.trunkline.telephony.sip.digest.DigestServer;
import dev.trunkline.telephony.sip.message.HostPort;
import dev.trunkline.telephony.sip.message.MalformedMessageException;
import dev.trunkline.telephony.sip.message.NameAddress;
import dev.trunkline.telephony.sip.message.SipParser;
import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.message.SipResponse;
import dev.trunkline.telephony.sip.message.SipUri;
import dev.trunkline.telephony.sip.transaction.ClientListener;
import dev.trunkline.telephony.sip.transaction.Identifiers;
import dev.trunkline.telephony.sip.transaction.ServerTransaction;
import dev.trunkline.telephony.sip.transaction.SipTimers;
import dev.trunkline.telephony.sip.transaction.TransactionLayer;
import dev.trunkline.telephony.sip.transaction.TransactionUser;
import dev.trunkline.telephony.sip.transport.Hop;
import dev.trunkline.telephony.sip.transport.SipCounters;
import dev.trunkline.telephony.sip.transport.SipScheduler;
import dev.trunkline.telephony.sip.transport.TransportProtocol;
import dev.trunkline.telephony.sip.transport.VirtualScheduler;
import dev.trunkline.telephony.sip.useragent.OutsideRequests;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A registrar in virtual time, 10 ms away, behind our own transactions: it asks for the password, keeps bindings and
 * can be told to do anything else. On the way there may be a NAT.
 */
final class RegistrarDouble implements OutsideRequests, TransactionLayer.Network, TransactionUser {

    static final Hop HOP = new Hop(TransportProtocol.UDP, new InetSocketAddress("127.0.0.9", 5060));

    record Received(long at, SipRequest request) {
        long sequence() {
            return request.cseq().number();
        }

        boolean isProven() {
            return request.headers().has("Authorization");
        }
    }

    final VirtualScheduler clock = new VirtualScheduler();
    final SipCounters counters = new SipCounters();
    final List<Received> registers = new ArrayList<>();
    final List<Received> options = new ArrayList<>();
    final List<Long> pings = new ArrayList<>();
    final Map<String, Long> bindings = new LinkedHashMap<>();
    final List<SipUri> triedHops = new ArrayList<>();
    private final Map<Hop, HostPort> seen = new HashMap<>();
    private final TransactionLayer layer;
    private final Identifiers identifiers = new Identifiers(new Random(11));

    DigestServer guard = guard("secret", 3_600_000);
    long granted = Long.MAX_VALUE;
    long leastExpires;
    boolean up = true;
    boolean refusedByNetwork;
    boolean pingsFail;
    boolean publicAddress;

    @Nullable
    HostPort natOutside;

    String ownHost = "10.0.0.5";
    Map<String, String> moreHeaders = Map.of();

    /** First asked; null goes on as usual. */
    Function<SipRequest, @Nullable SipResponse> special = request -> null;

    RegistrarDouble() {
        layer = new TransactionLayer(clock, SipTimers.STANDARD, this, identifiers, counters, this);
    }

    DigestServer guard(String password, long nonceLifetime) {
        return new DigestServer("trunk", Map.of("acct", password), nonceLifetime, clock::now, new Random(4));
    }

    List<SipRequest> registersSince(long time) {
        return registers.stream()
                .filter(one -> one.at() >= time)
                .map(Received::request)
                .toList();
    }

    // ---- the registrar

    private @Nullable SipResponse answer(SipRequest request) {
        SipResponse told = special.apply(request);
        if (told != null) {
            return told;
        }
        if (!request.is("REGISTER")) {
            return SipResponse.to(request, 200, "OK", "registrar");
        }
        if (guard.check(request) instanceof DigestServer.Verdict.Challenged challenged) {
            SipResponse response = SipResponse.to(request, 401, "Unauthorized", "registrar");
            challenged.challenges().forEach(value -> response.headers().add("WWW-Authenticate", value));
            return response;
        }
        long asked = Long.parseLong(request.headers().list("Expires").getFirst());
        if (asked > 0 && asked < leastExpires) {
            SipResponse response = SipResponse.to(request, 423, "Interval Too Brief", "registrar");
            response.headers().add("Min-Expires", Long.toString(leastExpires));
            return response;
        }
        for (NameAddress contact : request.addresses("Contact")) {
            String expires = contact.parameters().get("expires");
            long seconds = Math.min(granted, Long.parseLong(expires == null ? "3600" : expires));
            if (seconds == 0) {
                bindings.remove(contact.uri().toString());
            } else {
                bindings.put(contact.uri().toString(), seconds);
            }
        }
        SipResponse response = SipResponse.to(request, 200, "OK", "registrar");
        bindings.forEach((uri, seconds) -> response.headers().add("Contact", "<" + uri + ">;expires=" + seconds));
        moreHeaders.forEach((name, value) -> response.headers().add(name, value));
        return response;
    }

    // ---- the wire

    @Override
    public void send(byte[] message, Hop hop, Runnable onFailure) {
        if (refusedByNetwork) {
            clock.after(1, onFailure);
            return;
        }
        SipRequest request;
        try {
            request = (SipRequest) SipParser.parseDatagram(message, 0, message.length);
        } catch (MalformedMessageException e) {
            throw new AssertionError(e);
        }
        if (!up) {
            return;
        }
        HostPort from = natOutside == null ? sentBy(hop) : natOutside;
        TransactionLayer.noteSource(
                request, new Hop(hop.protocol(), new InetSocketAddress(from.bareHost(), from.port())));
        (request.is("REGISTER") ? registers : options).add(new Received(clock.now(), request));
        SipResponse response = answer(request);
        if (response != null) {
            clock.after(10, () -> layer.onResponse(response));
        }
    }

    @Override
    public HostPort sentBy(Hop hop) {
        return new HostPort(ownHost, 5060);
    }

    // ---- the endpoint's side

    @Override
    public SipScheduler scheduler() {
        return clock;
    }

    @Override
    public Identifiers identifiers() {
        return identifiers;
    }

    @Override
    public void send(SipUri nextHop, SipRequest request, Consumer<Hop> prepare, ClientListener answers) {
        triedHops.add(nextHop);
        prepare.accept(HOP);
        layer.request(request, HOP, answers);
    }

    @Override
    public void keepAlive(Hop hop, Runnable onFailure) {
        pings.add(clock.now());
        if (pingsFail) {
            onFailure.run();
        }
    }

    @Override
    public NameAddress contact(String user, Hop hop) {
        return NameAddress.of(SipUri.of(user, seen.getOrDefault(hop, sentBy(hop))));
    }

    @Override
    public boolean hasPublicAddress() {
        return publicAddress;
    }

    @Override
    public void seenFrom(Hop peer, HostPort outside) {
        seen.put(peer, outside);
    }

    @Override
    public void onRequest(ServerTransaction transaction) {}

    @Override
    public void onAck(SipRequest ack, Hop source) {}

    @Override
    public boolean isKnown(SipRequest request) {
        return false;
    }

    @Override
    public void onOverload(SipRequest request, Hop source) {}

    @Override
    public void onStraySuccess(SipResponse response) {}
}
