package dev.trunkline.app.engine;

import dev.trunkline.app.config.Configuration;
import dev.trunkline.app.health.Part;
import dev.trunkline.app.metrics.RoomMetrics;
import dev.trunkline.core.record.CallHistory;
import dev.trunkline.core.record.CallLog;
import java.util.List;

final class RecordKeeping implements AutoCloseable {

    static RecordKeeping start(Configuration settings) {
        return new RecordKeeping();
    }

    CallLog log() {
        return entry -> {};
    }

    CallHistory history() {
        return new CallHistory() {
            @Override
            public List<dev.trunkline.core.record.CallRecord> newest(int limit, dev.trunkline.core.call.@org.jspecify.annotations.Nullable CallId before) {
                return List.of();
            }

            @Override
            public java.util.Optional<dev.trunkline.core.record.CallRecord> find(dev.trunkline.core.call.CallId id) {
                return java.util.Optional.empty();
            }
        };
    }

    List<Part> parts() {
        return List.of();
    }

    void bindTo(RoomMetrics metrics) {}

    @Override
    public void close() {}
}
