package dev.trunkline.persistence.postgres.embedded;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the server is tuned: small, on loopback alone, and safe.
 *
 * <p>{@code fsync} and {@code synchronous_commit} stay on: what has been committed is on disk, whichever of the server, this
 * process or the machine dies next. That costs one flush per batch on a background thread; calls wait for the journal alone,
 * and the journal lets go of an entry only when its commit has returned.
 */
final class ServerOptions {

    private ServerOptions() {}

    /** The options, without the port, in a fixed order. */
    static Map<String, String> fixed() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("listen_addresses", "127.0.0.1");
        // TCP with a password alone: the JDK's driver speaks nothing else
        options.put("unix_socket_directories", "");
        options.put("password_encryption", "scram-sha-256");
        options.put("max_connections", "60");
        options.put("superuser_reserved_connections", "2");
        options.put("shared_buffers", "48MB");
        options.put("work_mem", "4MB");
        options.put("maintenance_work_mem", "32MB");
        options.put("effective_cache_size", "256MB");
        options.put("fsync", "on");
        options.put("synchronous_commit", "on");
        options.put("wal_level", "minimal");
        options.put("max_wal_senders", "0");
        options.put("min_wal_size", "32MB");
        options.put("max_wal_size", "256MB");
        options.put("checkpoint_timeout", "10min");
        // a telephone engine shares these cores: no helpers, no compiler
        options.put("io_method", "sync");
        options.put("max_worker_processes", "2");
        options.put("max_parallel_workers_per_gather", "0");
        options.put("max_logical_replication_workers", "0");
        options.put("autovacuum_worker_slots", "1");
        options.put("autovacuum_max_workers", "1");
        options.put("jit", "off");
        options.put("timezone", "UTC");
        options.put("log_timezone", "UTC");
        options.put("logging_collector", "off");
        options.put("log_min_messages", "warning");
        // a statement or a key may hold what a caller said
        options.put("log_min_error_statement", "panic");
        options.put("log_error_verbosity", "terse");
        return options;
    }

    /** The name that a server with these options and of that version gives itself; another name, another server. */
    static String clusterName(String version) {
        return "trunkline " + version + " " + Integer.toHexString(fixed().hashCode());
    }

    /** The command line behind the program's name. */
    static List<String> arguments(String version, int port) {
        Map<String, String> options = fixed();
        options.put("cluster_name", clusterName(version));
        options.put("port", Integer.toString(port));
        List<String> arguments = new ArrayList<>();
        options.forEach((name, value) -> {
            arguments.add("-c");
            arguments.add(name + "=" + value);
        });
        return arguments;
    }
}
