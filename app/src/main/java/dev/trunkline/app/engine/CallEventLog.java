package dev.trunkline.app.engine;

import dev.trunkline.core.call.CallInfo;
import dev.trunkline.core.conversation.ConversationEvent;
import dev.trunkline.core.record.Turn;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Writes what happens in conversations to the log; what was said only in debug, for it is the caller's. */
final class CallEventLog {

    private static final Logger LOG = System.getLogger(CallEventLog.class.getName());

    private CallEventLog() {}

    static void on(CallInfo call, ConversationEvent event) {
        switch (event) {
            case ConversationEvent.TurnTaken taken -> turn(call, taken.turn());
            case ConversationEvent.Trouble trouble ->
                LOG.log(
                        Level.WARNING,
                        "trouble call={0} stage={1} what={2}",
                        call.id(),
                        trouble.stage(),
                        Quoted.value(trouble.message()));
            case ConversationEvent.Interrupted interrupted ->
                LOG.log(
                        Level.INFO,
                        "interrupted call={0} held_ms={1}",
                        call.id(),
                        Long.toString(interrupted.heldFor().toMillis()));
            case ConversationEvent.StateChanged changed ->
                LOG.log(Level.DEBUG, "state call={0} from={1} to={2}", call.id(), changed.from(), changed.to());
            case ConversationEvent.Bridged bridged ->
                LOG.log(Level.INFO, "connected call={0} leg={1}", call.id(), Quoted.value(bridged.leg()));
            case ConversationEvent.Unbridged parted ->
                LOG.log(Level.INFO, "parted call={0} leg={1}", call.id(), Quoted.value(parted.leg()));
            case ConversationEvent.HandedOver gone ->
                LOG.log(Level.INFO, "handed over call={0} target={1}", call.id(), Quoted.value(gone.target()));
            case ConversationEvent.Replaced replaced ->
                LOG.log(
                        Level.INFO,
                        "far side replaced call={0} leg={1} now={2}",
                        call.id(),
                        Quoted.value(replaced.leg()),
                        Quoted.value(replaced.farSide().address()));
            case ConversationEvent.Heard heard ->
                LOG.log(
                        Level.DEBUG,
                        "heard call={0} settled={1} text={2}",
                        call.id(),
                        Boolean.toString(heard.settled()),
                        Quoted.value(heard.text()));
            default -> {
                // told by the turns
            }
        }
    }

    private static void turn(CallInfo call, Turn turn) {
        LOG.log(
                Level.INFO,
                "turn call={0} number={1} speaker={2} words={3} interrupted={4} mouth_to_ear_ms={5}",
                call.id(),
                Integer.toString(turn.number()),
                turn.speaker(),
                Integer.toString(turn.text().isBlank() ? 0 : turn.text().strip().split("\\s+").length),
                Boolean.toString(turn.interrupted()),
                Long.toString(turn.latency().mouthToEar()));
        LOG.log(
                Level.DEBUG,
                "said call={0} speaker={1} text={2}",
                call.id(),
                turn.speaker(),
                Quoted.value(turn.text()));
    }
}
