package dev.trunkline.caller.load;

import dev.trunkline.caller.signalling.CallProgress;
import dev.trunkline.caller.signalling.Signalling;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Starts the bare loop of {@code benchmarks} and takes its ports for answers: there is no signalling in it. Used by one
 * thread.
 */
final class BareSignalling implements Signalling {

    private static final int PCMU = 0;

    private final Process process;
    private final Queue<Integer> ports = new ArrayDeque<>();

    /**
     * Starts it and waits until it listens.
     *
     * @param command starts it; the number of ports is added to that
     */
    BareSignalling(List<String> command, int calls) throws IOException {
        List<String> whole = new ArrayList<>(command);
        whole.add(Integer.toString(calls));
        process = new ProcessBuilder(whole)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        @SuppressWarnings("resource") // closed with the process
        BufferedReader output = process.inputReader();
        String ready = output.readLine();
        if (ready == null || !ready.startsWith("ready ")) {
            close();
            throw new IOException("the bare loop does not come up: " + ready);
        }
        for (String port : ready.substring("ready ".length()).split(" ")) {
            ports.add(Integer.parseInt(port));
        }
    }

    long pid() {
        return process.pid();
    }

    @Override
    public Attempt call(String target, Offer offer, Consumer<CallProgress> listener) {
        int port = ports.remove();
        listener.accept(
                new CallProgress.Answered(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PCMU, -1));
        return new Attempt() {
            @Override
            public String callId() {
                return "port " + port;
            }

            @Override
            public void hangUp() {
                listener.accept(new CallProgress.HungUp(false, ""));
            }

            @Override
            public void infoKey(char digit) {
                throw new UnsupportedOperationException("there is no signalling");
            }
        };
    }

    @Override
    public InetAddress localAddressFor(String target) {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
