package dev.trunkline.persistence.journal;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.trunkline.core.call.CallId;
import dev.trunkline.core.record.CallLogEntry;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * An entry as a line: eight hexadecimal digits of CRC-32C (RFC 3720) over the JSON, a space, the JSON, a line feed. A line
 * that a crash tore or the disk spoilt is told by its checksum. Thread-safe.
 */
final class EntryCodec {

    private static final int CHECKSUM = 8;
    private static final JsonMapper JSON = JsonMapper.builder()
            .addMixIn(CallLogEntry.class, Typed.class)
            .addMixIn(CallLogEntry.Opened.class, Derived.class)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private EntryCodec() {}

    /** The names in the file, apart from those of the classes. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "entry")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = CallLogEntry.Opened.class, name = "opened"),
        @JsonSubTypes.Type(value = CallLogEntry.Answered.class, name = "answered"),
        @JsonSubTypes.Type(value = CallLogEntry.TurnTaken.class, name = "turn"),
        @JsonSubTypes.Type(value = CallLogEntry.MessageLeft.class, name = "message"),
        @JsonSubTypes.Type(value = CallLogEntry.Closed.class, name = "closed")
    })
    private interface Typed {}

    @SuppressWarnings("UnusedMethod") // read by Jackson
    private interface Derived {
        @JsonIgnore
        CallId call();
    }

    /** The line, its line feed included. */
    static byte[] encode(CallLogEntry entry) {
        // by way of a String: half a surrogate pair becomes a question mark there, where Jackson's own encoder refuses
        // it
        byte[] json =
                JSON.writerFor(CallLogEntry.class).writeValueAsString(entry).getBytes(StandardCharsets.UTF_8);
        byte[] line = new byte[CHECKSUM + 1 + json.length + 1];
        byte[] sum = checksum(json, 0, json.length).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(sum, 0, line, 0, CHECKSUM);
        line[CHECKSUM] = ' ';
        System.arraycopy(json, 0, line, CHECKSUM + 1, json.length);
        line[line.length - 1] = '\n';
        return line;
    }

    /** The entry of a line (without its line feed); empty if it is spoilt. */
    static Optional<CallLogEntry> decode(byte[] bytes, int from, int length) {
        int json = from + CHECKSUM + 1;
        int jsonLength = length - CHECKSUM - 1;
        if (jsonLength < 2
                || !new String(bytes, from, CHECKSUM, StandardCharsets.US_ASCII)
                        .equals(checksum(bytes, json, jsonLength))) {
            return Optional.empty();
        }
        try {
            @Nullable CallLogEntry entry = JSON.readValue(bytes, json, jsonLength, CallLogEntry.class);
            return Optional.ofNullable(entry);
        } catch (JacksonException writtenByAnotherVersion) {
            return Optional.empty();
        }
    }

    private static String checksum(byte[] bytes, int from, int length) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, from, length);
        String hex = Long.toHexString(sum.getValue());
        return "0".repeat(CHECKSUM - hex.length()) + hex;
    }
}
