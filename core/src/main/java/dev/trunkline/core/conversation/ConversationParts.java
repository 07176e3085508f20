package dev.trunkline.core.conversation;

import dev.trunkline.core.line.Dialer;
import dev.trunkline.core.mind.Mind;
import dev.trunkline.core.record.CallLog;
import dev.trunkline.core.speech.SpeechToText;
import dev.trunkline.core.speech.TextToSpeech;
import dev.trunkline.core.time.Timekeeper;
import dev.trunkline.core.transfer.TransferWay;
import java.util.concurrent.Executor;

/**
 * What a conversation is made of.
 *
 * @param ears recognition
 * @param mind what the agent thinks with
 * @param mouth the voice
 * @param converter between the formats of leg, recogniser and voice
 * @param dialer reaches persons
 * @param transfers how callers get to them
 * @param log takes down what happens
 * @param observer watches
 * @param time clocks and alarms
 * @param executor runs the conversation, one task at a time and call: customarily a virtual thread each
 * @param phrases what the engine itself says
 * @param node the name of this server
 */
public record ConversationParts(
        SpeechToText ears,
        Mind mind,
        TextToSpeech mouth,
        SoundConverter converter,
        Dialer dialer,
        TransferWay transfers,
        CallLog log,
        ConversationObserver observer,
        Timekeeper time,
        Executor executor,
        Phrases phrases,
        String node) {}
