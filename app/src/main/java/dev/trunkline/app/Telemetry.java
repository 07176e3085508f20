package dev.trunkline.app;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Keeps ONNX Runtime from reporting to its maker. From 1.29 on its library for Linux sends events to a collector on the
 * internet, keeps them in a database in the user's home until then, and crashes where the command line is longer than about
 * 4,000 bytes. Its own switch in Java comes too late for all that; only a variable of the process's environment helps.
 */
final class Telemetry {

    private static final String SWITCH = "ORT_DISABLE_TELEMETRY";

    private Telemetry() {}

    /** Sets the variable, unless the launcher has; before the library is loaded. */
    static void off() {
        if (System.getenv(SWITCH) != null) {
            return;
        }
        Linker linker = Linker.nativeLinker();
        MemorySegment function = linker.defaultLookup().find("setenv").orElse(null);
        if (function == null) {
            // not a POSIX system: there the library has no such client, or another switch
            return;
        }
        MethodHandle setenv = linker.downcallHandle(
                function,
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
        try (Arena arena = Arena.ofConfined()) {
            int failure = (int) setenv.invokeExact(arena.allocateFrom(SWITCH), arena.allocateFrom("1"), 1);
            if (failure != 0) {
                throw new IllegalStateException(SWITCH + " can't be set");
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
