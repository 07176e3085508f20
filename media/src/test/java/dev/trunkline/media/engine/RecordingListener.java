package dev.trunkline.media.engine;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps all events. */
final class RecordingListener implements MediaSessionListener {

    final List<MediaEvent> events = new CopyOnWriteArrayList<>();

    @Override
    public void on(MediaEvent event) {
        events.add(event);
    }

    <E extends MediaEvent> List<E> all(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    <E extends MediaEvent> boolean has(Class<E> kind) {
        return !all(kind).isEmpty();
    }

    <E extends MediaEvent> E only(Class<E> kind) {
        List<E> found = all(kind);
        if (found.size() != 1) {
            throw new AssertionError("expected one " + kind.getSimpleName() + " in " + events);
        }
        return found.getFirst();
    }
}
