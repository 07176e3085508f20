package dev.trunkline.telephony.sip.transport;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What has happened on one endpoint since its start; written on the SIP thread, readable from any. */
public final class SipCounters {

    /** What is counted. */
    public enum Event {
        /** Datagrams or stream messages that came in, keep-alives too. */
        RECEIVED,
        /** Messages sent, retransmissions among them. */
        SENT,
        /** Messages sent again by a timer or because the peer repeated its own. */
        RETRANSMITTED,
        /** Requests and responses that repeated an earlier one. */
        REPEATED_BY_PEER,
        /** Transactions that nobody answered. */
        TIMED_OUT,
        /** Messages that the network refused. */
        SEND_FAILED,
        /** Responses and ACKs that belong to nothing. */
        STRAY,
        /** Messages that were no SIP, all kinds. */
        MALFORMED,
        /** Requests refused because too many transactions are remembered. */
        REFUSED_OVERLOAD,
        /** INVITEs whose sender was asked for a password. */
        CHALLENGED,
        /** INVITEs with a wrong password or an unknown user. */
        WRONG_PASSWORD,
        /** New calls refused because the endpoint drains. */
        REFUSED_DRAINING,
        /** Messages of peers that are not on the list of those who may call. */
        REFUSED_PEER,
        /** Messages dropped because their source sends too many. */
        RATE_LIMITED,
        /** Connections that others have opened. */
        CONNECTION_ACCEPTED,
        /** Connections that others wanted to open and could not: too many, or of nobody who may call. */
        CONNECTION_REFUSED,
        /** Connections that we have opened. */
        CONNECTION_OPENED,
        /** Connections that we could not open. */
        CONNECTION_FAILED,
        /** Connections closed because the peer was too slow, sent what is no SIP, or did not read. */
        CONNECTION_DROPPED,
        /** Connections without a TLS handshake that both sides were content with. */
        HANDSHAKE_FAILED,
        /** Failures inside the listener or this stack. */
        INTERNAL_ERROR
    }

    private final LongAdder[] counts = new LongAdder[Event.values().length];
    private final Map<String, LongAdder> malformed = new ConcurrentHashMap<>();

    /** All zero. */
    public SipCounters() {
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new LongAdder();
        }
    }

    /** One more. */
    public void count(Event event) {
        counts[event.ordinal()].increment();
    }

    /** One more message that was no SIP. */
    public void malformed(String kind) {
        count(Event.MALFORMED);
        malformed.computeIfAbsent(kind, key -> new LongAdder()).increment();
    }

    /** How many so far. */
    public long get(Event event) {
        return counts[event.ordinal()].sum();
    }

    /** Messages that were no SIP by kind: {@code start-line}, {@code header}, {@code body}, {@code response}... */
    public Map<String, Long> malformedByKind() {
        Map<String, Long> copy = new TreeMap<>();
        malformed.forEach((kind, count) -> copy.put(kind, count.sum()));
        return copy;
    }
}
