package dev.trunkline.media.codec;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The functions of libopus 1.1 or later, if this machine has it, through the Foreign Function API. It is looked for where
 * the system's loader looks, and where package managers put it. For all threads.
 */
final class OpusLibrary {

    static final int OK = 0;

    private static final Logger LOG = System.getLogger(OpusLibrary.class.getName());
    private static final List<String> PLACES = List.of(
            "libopus.so.0",
            "libopus.so",
            "libopus.0.dylib",
            "/opt/homebrew/lib/libopus.0.dylib",
            "/usr/local/lib/libopus.0.dylib",
            "opus.dll",
            "libopus-0.dll");

    /** Constants, so that a call of them is compiled to a call. */
    static final @Nullable MethodHandle DECODER_SIZE;

    static final @Nullable MethodHandle DECODER_INIT;
    static final @Nullable MethodHandle DECODE;
    static final @Nullable MethodHandle DECODER_CONTROL;
    static final @Nullable MethodHandle ENCODER_SIZE;
    static final @Nullable MethodHandle ENCODER_INIT;
    static final @Nullable MethodHandle ENCODE;
    static final @Nullable MethodHandle ENCODER_CONTROL;

    private static final boolean PRESENT;

    static {
        SymbolLookup library = find();
        DECODER_SIZE = handle(library, "opus_decoder_get_size", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
        DECODER_INIT =
                handle(library, "opus_decoder_init", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
        DECODE = handle(
                library,
                "opus_decode",
                FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
        DECODER_CONTROL = handle(
                library,
                "opus_decoder_ctl",
                FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT),
                Linker.Option.firstVariadicArg(2));
        ENCODER_SIZE = handle(library, "opus_encoder_get_size", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
        ENCODER_INIT = handle(
                library, "opus_encoder_init", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT));
        ENCODE = handle(
                library, "opus_encode", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT));
        ENCODER_CONTROL = handle(
                library,
                "opus_encoder_ctl",
                FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT),
                Linker.Option.firstVariadicArg(2));
        PRESENT = DECODER_SIZE != null
                && DECODER_INIT != null
                && DECODE != null
                && DECODER_CONTROL != null
                && ENCODER_SIZE != null
                && ENCODER_INIT != null
                && ENCODE != null
                && ENCODER_CONTROL != null;
        if (!PRESENT) {
            LOG.log(Level.INFO, "Opus is not offered: no libopus on this machine (Debian: libopus0)");
        }
    }

    private OpusLibrary() {}

    static boolean isPresent() {
        return PRESENT;
    }

    private static @Nullable SymbolLookup find() {
        for (String place : PLACES) {
            try {
                return SymbolLookup.libraryLookup(place, Arena.global());
            } catch (IllegalArgumentException e) {
                continue;
            } catch (IllegalCallerException e) {
                LOG.log(Level.INFO, "native libraries may not be used: start with --enable-native-access");
                return null;
            }
        }
        return null;
    }

    private static @Nullable MethodHandle handle(
            @Nullable SymbolLookup library, String name, FunctionDescriptor descriptor, Linker.Option... options) {
        return Optional.ofNullable(library)
                .flatMap(found -> found.find(name))
                .map(symbol -> Linker.nativeLinker().downcallHandle(symbol, descriptor, options))
                .orElse(null);
    }
}
