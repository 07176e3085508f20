package dev.trunkline.telephony.sip.useragent;

import dev.trunkline.telephony.sip.target.SystemNames;
import dev.trunkline.telephony.sip.transport.Hop;
import dev.trunkline.telephony.sip.transport.SipCounters;
import dev.trunkline.telephony.sip.transport.SipEventLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A SIP user agent on a port of UDP and TCP, and one of TLS: takes calls, places calls. One thread owns all its state and runs all listeners;
 * every method here may be called from any thread.
 */
public final class SipEndpoint implements AutoCloseable {

    private final SipEventLoop loop;
    private final UserAgent agent;
    private final OpenTransports transports;

    private SipEndpoint(SipEventLoop loop, UserAgent agent, OpenTransports transports) {
        this.loop = loop;
        this.agent = agent;
        this.transports = transports;
    }

    /**
     * Opens the port and starts the thread.
     *
     * @throws dev.trunkline.telephony.sip.transport.PortInUseException if the port is taken
     * @throws IOException if it can't be bound for another reason
     */
    public static SipEndpoint start(SipSettings settings, SipEndpointListener listener) throws IOException {
        SipEventLoop loop = new SipEventLoop("sip");
        try {
            UserAgent agent = new UserAgent(settings, loop, listener, new SecureRandom(), new SystemNames(loop));
            OpenTransports transports = OpenTransports.open(settings, loop, agent.intake(), agent.counters());
            loop.execute(() -> transports.all().forEach(transport -> {
                agent.transport(transport);
                transport.startReading();
            }));
            return new SipEndpoint(loop, agent, transports);
        } catch (IOException | RuntimeException e) {
            loop.close();
            throw e;
        }
    }

    /** Places a call; the events begin with what the peer answers. */
    public OutgoingSipCall call(CallRequest request, SipCallListener listener) {
        return agent.call(request, listener);
    }

    /** Sends what belongs to no call; only for tasks on the SIP thread, see {@link #onSipThread}. */
    public OutsideRequests requests() {
        return new AgentRequests(agent);
    }

    /** Runs a task on the SIP thread: at once if called on it, else soon. */
    public void onSipThread(Runnable task) {
        loop.execute(task);
    }

    /** While on, new calls are refused with 503 and Retry-After, and OPTIONS with 503; running calls go on. */
    public void draining(boolean on) {
        agent.draining(on);
    }

    /** The bound address of UDP and TCP; its host may be the wildcard. */
    public InetSocketAddress localAddress() {
        return transports.localAddress();
    }

    /** Where each transport listens, UDP first; hosts may be the wildcard. */
    public List<Hop> listening() {
        return transports.listening();
    }

    /** Connections that are open, of TCP and TLS. */
    public int connections() {
        return transports.connections();
    }

    /** The address of ours that a peer can reach. May take a moment; not for the SIP thread. */
    public InetAddress localAddressTowards(InetAddress peer) {
        return onLoop(() -> agent.addresses().towards(peer));
    }

    /** Calls that are not over, ringing ones too. Not for the SIP thread. */
    public int callCount() {
        return onLoop(agent::callCount);
    }

    /** What has happened so far. */
    public SipCounters counters() {
        return agent.counters();
    }

    private <T> T onLoop(java.util.function.Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                answer.complete(question.get());
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer.orTimeout(2, TimeUnit.SECONDS).join();
    }

    /** Closes the port and ends the thread; calls that still run are not told. Not for the SIP thread. */
    @Override
    public void close() {
        transports.close();
        loop.close();
    }
}
