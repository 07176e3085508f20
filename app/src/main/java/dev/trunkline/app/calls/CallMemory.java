package dev.trunkline.app.calls;

import dev.trunkline.core.call.CallDirection;
import dev.trunkline.core.call.CallId;
import dev.trunkline.core.call.CallInfo;
import dev.trunkline.core.call.CallState;
import dev.trunkline.core.conversation.ConversationEvent;
import dev.trunkline.core.conversation.ConversationObserver;
import dev.trunkline.core.line.MediaQuality;
import dev.trunkline.core.record.CallLog;
import dev.trunkline.core.record.CallLogEntry;
import dev.trunkline.core.record.CallRecord;
import dev.trunkline.core.record.Message;
import dev.trunkline.core.record.Turn;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the calls of this server while they live, and the newest of those that are over, so that they can be shown at once
 * and while the database is away. What is written to it goes on to the log behind it. Thread-safe.
 */
public final class CallMemory implements CallLog, ConversationObserver {

    private final CallLog next;
    private final int endedKept;
    private final ConcurrentHashMap<CallId, CallView> calls = new ConcurrentHashMap<>();
    private final Deque<CallId> ended = new ArrayDeque<>();

    /**
     * An empty memory.
     *
     * @param next who keeps the record
     * @param endedKept how many calls that are over are remembered
     */
    public CallMemory(CallLog next, int endedKept) {
        this.next = next;
        this.endedKept = endedKept;
    }

    @Override
    public void write(CallLogEntry entry) {
        next.write(entry);
        if (entry instanceof CallLogEntry.Opened opened) {
            calls.putIfAbsent(opened.call(), opened(opened));
            return;
        }
        calls.computeIfPresent(entry.call(), (id, view) -> after(view, entry));
        if (entry instanceof CallLogEntry.Closed) {
            forgetOldest(entry.call());
        }
    }

    @Override
    public void on(CallInfo call, ConversationEvent event) {
        if (event instanceof ConversationEvent.StateChanged changed) {
            calls.computeIfPresent(
                    call.id(),
                    (id, view) -> view.state() == CallState.ENDED ? view : new CallView(view.record(), changed.to()));
        }
    }

    /** All that are in memory, newest first. */
    public List<CallView> newest() {
        List<CallView> all = new ArrayList<>(calls.values());
        all.sort(Comparator.comparing((CallView view) -> view.record().info().id())
                .reversed());
        return all;
    }

    /** The call of that name, if it is in memory. */
    public Optional<CallView> find(CallId id) {
        return Optional.ofNullable(calls.get(id));
    }

    private void forgetOldest(CallId justEnded) {
        CallId oldest = null;
        synchronized (ended) {
            ended.addLast(justEnded);
            if (ended.size() > endedKept) {
                oldest = ended.removeFirst();
            }
        }
        if (oldest != null) {
            calls.remove(oldest);
        }
    }

    private static CallView opened(CallLogEntry.Opened opened) {
        CallState state = opened.info().direction() == CallDirection.INBOUND ? CallState.RINGING : CallState.DIALING;
        return new CallView(
                new CallRecord(
                        opened.info(),
                        opened.node(),
                        opened.agent(),
                        opened.mind(),
                        null,
                        null,
                        null,
                        "",
                        MediaQuality.NONE,
                        List.of(),
                        List.of(),
                        0),
                state);
    }

    private static CallView after(CallView view, CallLogEntry entry) {
        CallRecord was = view.record();
        return switch (entry) {
            case CallLogEntry.Opened opened -> view;
            case CallLogEntry.Answered answered ->
                new CallView(
                        new CallRecord(
                                was.info(),
                                was.node(),
                                was.agent(),
                                was.mind(),
                                answered.at(),
                                was.endedAt(),
                                was.endReason(),
                                was.endDetail(),
                                was.quality(),
                                was.turns(),
                                was.messages(),
                                was.turnCount()),
                        view.state());
            case CallLogEntry.TurnTaken taken -> {
                List<Turn> turns = replaced(was.turns(), taken.turn(), Turn::number);
                yield new CallView(withTurns(was, turns, was.messages()), view.state());
            }
            case CallLogEntry.MessageLeft left -> {
                List<Message> messages = replaced(was.messages(), left.message(), Message::number);
                yield new CallView(withTurns(was, was.turns(), messages), view.state());
            }
            case CallLogEntry.Closed closed ->
                new CallView(
                        new CallRecord(
                                was.info(),
                                was.node(),
                                was.agent(),
                                was.mind(),
                                was.answeredAt(),
                                closed.at(),
                                closed.reason(),
                                closed.detail(),
                                closed.quality(),
                                was.turns(),
                                was.messages(),
                                was.turnCount()),
                        CallState.ENDED);
        };
    }

    static CallRecord withTurns(CallRecord was, List<Turn> turns, List<Message> messages) {
        return new CallRecord(
                was.info(),
                was.node(),
                was.agent(),
                was.mind(),
                was.answeredAt(),
                was.endedAt(),
                was.endReason(),
                was.endDetail(),
                was.quality(),
                turns,
                messages,
                turns.isEmpty() ? was.turnCount() : turns.size());
    }

    private static <T> List<T> replaced(List<T> items, @Nullable T item, ToIntFunction<T> number) {
        List<T> all = new ArrayList<>(items);
        if (item != null) {
            all.removeIf(other -> number.applyAsInt(other) == number.applyAsInt(item));
            all.add(item);
            all.sort(Comparator.comparingInt(number));
        }
        return all;
    }
}
