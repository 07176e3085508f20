package dev.trunkline.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeNameTest {

    @TempDir
    Path folder;

    @TempDir
    Path another;

    @Test
    void aServerKeepsItsNameAndAnotherOnTheSameMachineHasAnother() throws IOException {
        String name = NodeName.keptIn(folder);

        assertThat(name).matches("[A-Za-z0-9][A-Za-z0-9._-]*-[a-z0-9]{6}");
        assertThat(NodeName.keptIn(folder)).isEqualTo(name);
        assertThat(NodeName.keptIn(another)).isNotEqualTo(name);
        assertThat(folder).isDirectoryContaining(file -> file.endsWith("node"));
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void aNameThatWasSpoiledIsToldWithItsFile() throws IOException {
        Files.writeString(folder.resolve("node"), "two words");

        assertThatIOException().isThrownBy(() -> NodeName.keptIn(folder)).withMessageContaining("node must hold");
    }
}
