package dev.trunkline.app.reception;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * What the receptionist knows of the place it answers for. Texts are written to be said. Immutable.
 *
 * @param business its name, as in "this is ..."
 * @param hours when it is open
 * @param address where it is, as in "we are at ..."
 * @param directions how to get there, whole sentences; empty if nothing is known
 * @param parking where to leave a car, whole sentences; empty if nothing is known
 * @param prices what things cost, the most asked for first
 */
public record Facts(
        String business, OpeningHours hours, String address, String directions, String parking, List<Price> prices) {

    /**
     * What something costs.
     *
     * @param name what it is, with its article
     * @param price the price in words
     * @param words other ways to ask for it
     */
    public record Price(String name, String price, List<String> words) {
        public Price {
            words = List.copyOf(words);
        }
    }

    public Facts {
        prices = List.copyOf(prices);
    }

    /** The example that comes with the server. */
    public static Facts shipped() {
        try (InputStream in = Facts.class.getResourceAsStream("reception.yaml")) {
            if (in == null) {
                throw new IllegalStateException("reception.yaml is missing from the package");
            }
            return FactsFile.parse("reception.yaml", new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a facts file.
     *
     * @throws FactsException if it is missing, can't be read or is malformed; the message says where
     */
    public static Facts read(Path file) {
        try {
            return FactsFile.parse(file.toString(), Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new FactsException(file + ": there is no such file", e);
        } catch (IOException e) {
            throw new FactsException(file + ": can't be read: " + e.getMessage(), e);
        }
    }
}
