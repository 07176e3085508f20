package dev.trunkline.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.openjdk.jmh.Main;

/**
 * Runs the benchmarks: {@code mvn -pl benchmarks -am -Pbench -DskipTests verify}, with {@code -Dbench=Resampler} only
 * those whose name matches. Arguments are JMH's; the allocation profiler is always on.
 */
public final class Benchmarks {

    private Benchmarks() {}

    /** Hands over to JMH. */
    public static void main(String[] args) throws Exception {
        List<String> all = new ArrayList<>(Arrays.asList(args));
        all.add("-prof");
        all.add("gc");
        Main.main(all.toArray(String[]::new));
    }
}
