package dev.trunkline.acceptance;

import dev.trunkline.caller.network.ImpairedPath;
import dev.trunkline.caller.network.Impairments;
import dev.trunkline.caller.script.Content;
import dev.trunkline.caller.script.Cue;
import dev.trunkline.caller.script.Round;
import dev.trunkline.caller.script.Script;
import dev.trunkline.caller.script.ScriptPlayer;
import dev.trunkline.caller.script.Step;
import dev.trunkline.caller.sound.AgentEar;
import dev.trunkline.caller.sound.Recording;
import dev.trunkline.caller.sound.TelephoneSound;
import dev.trunkline.caller.wire.CallMedia;
import dev.trunkline.caller.wire.MediaLoop;
import dev.trunkline.caller.wire.RtpSocket;
import dev.trunkline.media.codec.Codecs;
import dev.trunkline.sound.AudioChunk;
import dev.trunkline.telephony.sip.sdp.LocalAudio;
import dev.trunkline.telephony.sip.sdp.NegotiatedAudio;
import dev.trunkline.telephony.sip.sdp.NotAcceptableException;
import dev.trunkline.telephony.sip.sdp.OfferAnswer;
import dev.trunkline.telephony.sip.sdp.Sdp;
import dev.trunkline.telephony.sip.useragent.CallCause;
import dev.trunkline.telephony.sip.useragent.IncomingSipCall;
import dev.trunkline.telephony.sip.useragent.SipCallEvent;
import dev.trunkline.telephony.sip.useragent.SipCallListener;
import dev.trunkline.telephony.sip.useragent.SipEndpoint;
import dev.trunkline.telephony.sip.useragent.SipSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The telephone of the person that callers are connected to: takes one call after the other, or is busy. */
final class PersonTelephone implements AutoCloseable {

    private static final Duration BEFORE_SPEAKING = Duration.ofMillis(1500);
    private static final Duration BEFORE_HANGING_UP = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final SipEndpoint endpoint;
    private final @Nullable AudioChunk voice;
    private final boolean hangsUp;
    private final AtomicInteger called = new AtomicInteger();
    private final CompletableFuture<AudioChunk> heard = new CompletableFuture<>();
    private final CompletableFuture<SipCallEvent.Ended> ended = new CompletableFuture<>();

    private PersonTelephone(@Nullable AudioChunk voice, boolean hangsUp) throws IOException {
        this.voice = voice;
        this.hangsUp = hangsUp;
        this.endpoint = SipEndpoint.start(SipSettings.loopback(), this::incoming);
    }

    /** Says that and hangs up two seconds later. */
    static PersonTelephone thatSaysAndHangsUp(AudioChunk voice) throws IOException {
        return new PersonTelephone(voice, true);
    }

    /** Says that and stays on the line. */
    static PersonTelephone thatSaysAndStays(AudioChunk voice) throws IOException {
        return new PersonTelephone(voice, false);
    }

    /** Refuses every call with 486. */
    static PersonTelephone thatIsBusy() throws IOException {
        return new PersonTelephone(null, false);
    }

    String address() {
        return "sip:anna@127.0.0.1:" + endpoint.localAddress().getPort();
    }

    /** How many calls came, taken or not. */
    int called() {
        return called.get();
    }

    /** All that was heard, when the call is over. */
    AudioChunk heard() {
        return heard.orTimeout(20, TimeUnit.SECONDS).join();
    }

    /** How the call ended, when it has. */
    SipCallEvent.Ended ended() {
        return ended.orTimeout(20, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        endpoint.close();
    }

    private SipCallListener incoming(IncomingSipCall call) {
        called.incrementAndGet();
        AtomicReference<@Nullable MediaLoop> loop = new AtomicReference<>();
        AudioChunk says = voice;
        if (says == null) {
            call.reject(486);
        } else {
            answer(call, says, loop);
        }
        return (same, event) -> {
            MediaLoop running = loop.get();
            if (event instanceof SipCallEvent.Ended end) {
                ended.complete(end);
                if (running != null) {
                    running.stop();
                }
            }
        };
    }

    private void answer(IncomingSipCall call, AudioChunk says, AtomicReference<@Nullable MediaLoop> loop) {
        try {
            Sdp offer = call.offer();
            if (offer == null) {
                throw new IllegalStateException("the server made no offer");
            }
            RtpSocket socket = RtpSocket.open(InetAddress.getLoopbackAddress());
            OfferAnswer.Answered answered = new OfferAnswer(1)
                    .answer(
                            offer,
                            LocalAudio.g711(
                                    InetAddress.getLoopbackAddress(),
                                    socket.address().getPort()));
            NegotiatedAudio audio = answered.audio();
            AgentEar ear = new AgentEar(Script.PAUSE.toNanos());
            CallMedia media = new CallMedia(
                    new ScriptPlayer(script(says), ear),
                    ear,
                    Codecs.byPayloadType(audio.sending().payloadType())
                            .orElseThrow()
                            .create(),
                    -1,
                    new ImpairedPath(Impairments.NONE),
                    Recording.RATE * LONGEST.toSeconds(),
                    7);
            MediaLoop running = new MediaLoop(
                    socket,
                    new InetSocketAddress(InetAddress.getByName(audio.remoteAddress()), audio.remotePort()),
                    media,
                    System.nanoTime(),
                    (Round.InfoKey key) -> {},
                    () -> {});
            loop.set(running);
            Thread.ofPlatform().name("person").daemon().start(() -> talk(call, socket, running, media));
            call.answer(answered.sdp());
        } catch (IOException | NotAcceptableException | RuntimeException e) {
            heard.completeExceptionally(e);
            call.reject(488);
        }
    }

    private void talk(IncomingSipCall call, RtpSocket socket, MediaLoop running, CallMedia media) {
        try (socket) {
            if (running.run() != null) {
                call.hangUp(CallCause.NORMAL);
            }
            heard.complete(media.heard().all());
        } catch (IOException | RuntimeException e) {
            heard.completeExceptionally(e);
        }
    }

    private Script script(AudioChunk says) {
        Step speak =
                new Step(new Cue.AfterStep(BEFORE_SPEAKING), new Content.Speech("person", TelephoneSound.of(says)));
        Step last = hangsUp
                ? new Step(new Cue.AfterStep(BEFORE_HANGING_UP), new Content.HangUp())
                : new Step(new Cue.AfterStep(LONGEST), new Content.HangUp());
        return new Script(
                List.of(speak, last), List.of(), Script.PAUSE, Duration.ofSeconds(20), Duration.ZERO, LONGEST);
    }
}
