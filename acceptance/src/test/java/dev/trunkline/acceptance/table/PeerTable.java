package dev.trunkline.acceptance.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Disabled;

/** Peers and behaviours, and the tests that show each, gathered from the {@link Cell}s of the compiled tests. Immutable. */
final class PeerTable {

    private static final String PACKAGE = "dev.trunkline.acceptance";

    private final Map<Peer, Map<Behaviour, List<String>>> tests;

    private PeerTable(Map<Peer, Map<Behaviour, List<String>>> tests) {
        this.tests = tests;
    }

    /** From all tests of this module; a disabled test shows nothing. */
    static PeerTable gathered() {
        Map<Peer, Map<Behaviour, List<String>>> tests = new EnumMap<>(Peer.class);
        for (Class<?> each : testClasses()) {
            for (Method method : each.getDeclaredMethods()) {
                if (method.isAnnotationPresent(Disabled.class) || each.isAnnotationPresent(Disabled.class)) {
                    continue;
                }
                for (Cell cell : method.getAnnotationsByType(Cell.class)) {
                    for (Behaviour behaviour : cell.shows()) {
                        tests.computeIfAbsent(cell.peer(), p -> new EnumMap<>(Behaviour.class))
                                .computeIfAbsent(behaviour, b -> new ArrayList<>())
                                .add(each.getSimpleName() + "." + method.getName());
                    }
                }
            }
        }
        return new PeerTable(tests);
    }

    private static List<Class<?>> testClasses() {
        try {
            Path folder = Path.of(PeerTable.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            try (Stream<Path> files = Files.list(folder.resolve(PACKAGE.replace('.', '/')))) {
                List<Class<?>> classes = new ArrayList<>();
                for (Path file : files.filter(f -> f.toString().endsWith("Test.class"))
                        .sorted()
                        .toList()) {
                    String name = file.getFileName().toString().replace(".class", "");
                    classes.add(Class.forName(PACKAGE + "." + name));
                }
                return classes;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ReflectiveOperationException | java.net.URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The tests that fill a cell, by class and method. */
    List<String> testsOf(Peer peer, Behaviour behaviour) {
        return tests.getOrDefault(peer, Map.of()).getOrDefault(behaviour, List.of());
    }

    /** The page of the documents. */
    String page(Map<Peer, Map<Behaviour, String>> impossible) {
        StringBuilder page = new StringBuilder("""
                # Who we get on with

                Each tick is a test of `acceptance` that makes a real call with a real program and fails if the thing does not work; its name
                stands below. Where words are said, they are recognised, on both ends where the peer can record. Where there is no tick there
                is a number, and the reason below.

                """);
        page.append("| |");
        for (Behaviour behaviour : Behaviour.values()) {
            page.append(' ').append(behaviour.title()).append(" |");
        }
        page.append("\n|---|").append("---|".repeat(Behaviour.values().length)).append('\n');
        Map<String, Integer> reasons = new LinkedHashMap<>();
        for (Peer peer : Peer.values()) {
            page.append("| **").append(peer.title()).append("** |");
            for (Behaviour behaviour : Behaviour.values()) {
                page.append(' ')
                        .append(cell(peer, behaviour, impossible, reasons))
                        .append(" |");
            }
            page.append('\n');
        }
        page.append("\n## What a tick means\n\n| | |\n|---|---|\n");
        for (Behaviour behaviour : Behaviour.values()) {
            page.append("| ")
                    .append(behaviour.title())
                    .append(" | ")
                    .append(behaviour.meaning())
                    .append(" |\n");
        }
        if (!reasons.isEmpty()) {
            page.append("\n## Why not\n\n");
            reasons.forEach((reason, number) ->
                    page.append(number).append(". ").append(reason).append('\n'));
        }
        page.append("\n## The tests\n");
        for (Peer peer : Peer.values()) {
            page.append("\n**").append(peer.title()).append("**\n\n");
            TreeSet<String> names = new TreeSet<>();
            tests.getOrDefault(peer, Map.of()).values().forEach(names::addAll);
            for (String name : names) {
                List<String> shown = Stream.of(Behaviour.values())
                        .filter(b -> testsOf(peer, b).contains(name))
                        .map(Behaviour::title)
                        .toList();
                page.append("- `")
                        .append(name)
                        .append("`: ")
                        .append(String.join(", ", shown))
                        .append('\n');
            }
        }
        page.append("\nThis page is made from the tests (`PeerTableTest`), which fails when it is no longer true.\n");
        return page.toString();
    }

    private String cell(
            Peer peer,
            Behaviour behaviour,
            Map<Peer, Map<Behaviour, String>> impossible,
            Map<String, Integer> reasons) {
        if (!testsOf(peer, behaviour).isEmpty()) {
            return "✓";
        }
        String reason = impossible.getOrDefault(peer, Map.of()).get(behaviour);
        if (reason == null) {
            return "?";
        }
        return reasons.computeIfAbsent(reason, r -> reasons.size() + 1).toString();
    }
}
