package dev.trunkline.caller.load;

import dev.trunkline.media.codec.Codec;
import dev.trunkline.media.rtp.RtpPacket;
import dev.trunkline.media.tone.CallSign;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Random;

/**
 * One caller: asks a question of two seconds, is silent for three, and so on, and listens to the answers. Of its shard's
 * thread once it has joined; allocates nothing per packet.
 */
final class LoadCaller {

    private static final System.Logger LOG = System.getLogger(LoadCaller.class.getName());

    /** The agent greets for two seconds; the first question does not meet that. */
    private static final int GREETING_FRAMES = 175;

    /** A line on which nothing came for so long is dead. */
    private static final long SILENT_LINE = 1_000_000_000L;

    /** Turns are numbered from 1 and begin again before a call sign can't tell them. */
    private static final int TURNS = CallSign.TURNS - 1;

    final int number;
    final RtpPorts ports;

    private final QuestionSound sound;
    private final Codec codec;
    private final int phase;
    private final int ssrc;
    private final AnswerEar ear;
    private final RtpPacket packet = new RtpPacket();
    private final byte[] received = new byte[2_048];
    private final short[] pcm = new short[2_048];

    private LoadFigures figures = new LoadFigures();
    private TurnLedger ledger;
    private LatenessMeter meter;
    private boolean measuring;

    private boolean joined;
    private long joinedRound;
    private int sequence;
    private boolean asking;
    private int turn;
    private int[] tones = new CallSign(0, 0).tones();
    private int speechFrame = -1;
    private int highestSequence = -1;
    private boolean complained;
    private long lastArrival;
    private boolean heardToTheEnd;

    /**
     * A caller whose call is not answered yet.
     *
     * @param number from 1, in its call sign
     * @param phase frames by which its questions are shifted against others', below a cycle
     */
    LoadCaller(int number, RtpPorts ports, QuestionSound sound, Codec codec, int phase) {
        this.number = number;
        this.ports = ports;
        this.sound = sound;
        this.codec = codec;
        this.phase = phase;
        Random random = new Random(number);
        this.ssrc = random.nextInt();
        this.sequence = random.nextInt() & 0xFFFF;
        this.ledger = new TurnLedger(number, figures);
        this.meter = new LatenessMeter(codec.clockRate(), figures.serverLateness);
        this.ear = new AnswerEar(answer -> ledger.heard(answer));
    }

    /** The call is answered. */
    void join(SocketAddress remote, long round) throws IOException {
        ports.media().connect(remote);
        joined = true;
        joinedRound = round;
        asking = true;
    }

    /** Sends nothing more: the call is about to end. */
    void leave() {
        joined = false;
    }

    /** From now on everything counts, anew; questions that are being asked do too. */
    void measure() {
        figures = new LoadFigures();
        ledger = new TurnLedger(number, figures);
        meter = new LatenessMeter(codec.clockRate(), figures.serverLateness);
        highestSequence = -1;
        measuring = true;
    }

    /** From now on only answers count. */
    void measureNoMore() {
        measuring = false;
        meter.finish();
        heardToTheEnd = System.nanoTime() - lastArrival < SILENT_LINE;
    }

    /** Whether the server's packets came until the end of the measurement. */
    boolean heardToTheEnd() {
        return heardToTheEnd;
    }

    /** Asks nothing more after the question that is being asked. */
    void fallSilent() {
        asking = false;
    }

    /** What it has counted; complete when nothing more will come. */
    LoadFigures figures() {
        ear.end();
        figures.unanswered = ledger.unanswered();
        return figures;
    }

    /**
     * Sends the frame of a round.
     *
     * @param round the number of 20 ms since the shard began
     * @param dueNanos when the frame was due
     * @param out used for the packet, and for others' afterwards
     */
    void send(long round, long dueNanos, ByteBuffer out) throws IOException {
        if (!joined) {
            return;
        }
        int place = (int) ((round + phase) % QuestionSound.CYCLE_FRAMES);
        if (place == 0 && asking && round - joinedRound >= GREETING_FRAMES) {
            turn = turn % TURNS + 1;
            tones = new CallSign(number, turn).tones();
            speechFrame = 0;
        }
        byte[] payload = speechFrame >= 0
                ? sound.speech(speechFrame, CallSign.toneAt(tones, speechFrame))
                : sound.noise(round + number * 17L);
        write(out, (int) (round * QuestionSound.FRAME), speechFrame == 0, payload);
        long now = System.nanoTime();
        if (measuring) {
            figures.sendLateness.add(now - dueNanos);
        }
        boolean sent = ports.media().write(out) > 0;
        if (measuring) {
            figures.packetsSent += sent ? 1 : 0;
            figures.sendFailures += sent ? 0 : 1;
        }
        if (speechFrame >= 0 && ++speechFrame == QuestionSound.SPEECH_FRAMES) {
            speechFrame = -1;
            if (measuring) {
                ledger.asked(turn, System.nanoTime());
            }
        }
    }

    private void write(ByteBuffer out, int timestamp, boolean marker, byte[] payload) {
        out.clear();
        out.put((byte) 0x80);
        out.put((byte) (codec.payloadType() | (marker ? 0x80 : 0)));
        out.putShort((short) sequence++);
        out.putInt(timestamp);
        out.putInt(ssrc);
        out.put(payload);
        out.flip();
    }

    /** The system refused a packet, or told that nobody takes ours. */
    void failed(IOException e) {
        figures.sendFailures++;
        if (!complained) {
            complained = true;
            LOG.log(Level.WARNING, "caller " + number + ": " + e);
        }
    }

    /** Reads one datagram. */
    void receive(ByteBuffer in) throws IOException {
        in.clear();
        int length = ports.media().read(in);
        if (length <= 0) {
            return;
        }
        in.flip().get(received, 0, length);
        datagram(received, length, System.nanoTime());
    }

    private void datagram(byte[] data, int length, long arrivalNanos) {
        if (packet.wrap(data, 0, length) != RtpPacket.Fault.NONE) {
            figures.malformed++;
            return;
        }
        if (packet.payloadType() != codec.payloadType() || packet.payloadLength() != QuestionSound.FRAME) {
            // digits and comfort noise are neither sound nor late
            return;
        }
        lastArrival = arrivalNanos;
        if (measuring) {
            figures.packetsReceived++;
            missing(packet.sequence());
            meter.packet(packet.timestamp(), arrivalNanos);
        }
        codec.decode(packet.array(), packet.payloadOffset(), packet.payloadLength(), pcm, 0);
        ear.frame(arrivalNanos, packet.timestamp(), pcm);
    }

    private void missing(int next) {
        int ahead = highestSequence < 0 ? 1 : (short) (next - highestSequence);
        if (ahead > 0) {
            figures.packetsMissing += ahead - 1;
            highestSequence = next;
        }
    }
}
