package dev.trunkline.app.reception;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FactsTest {

    private static final String GOOD = """
            business: the Corner Shop
            zone: Europe/Paris
            hours:
              monday: 9:00-12:30, 14:00-18:00
              tuesday: closed
              wednesday: 9:00-18:00
              thursday: 9:00-18:00
              friday: 9:00-18:00
              saturday: closed
              sunday: closed
            exceptions:
              2026-12-24: 9:00-12:00
            address: one Short Street
            prices:
              - name: a haircut
                price: twenty euros
                words: [trim, cut]
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void theShippedFactsCanBeRead() {
        assertThat(Facts.shipped().business()).isNotBlank();
        assertThat(Facts.shipped().prices()).isNotEmpty();
    }

    @Test
    void aFileOfOnesOwnReplacesThem() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), GOOD);
        Facts facts = Facts.read(file);
        assertThat(facts.business()).isEqualTo("the Corner Shop");
        assertThat(facts.hours().on(DayOfWeek.MONDAY))
                .containsExactly(
                        new OpeningHours.Span(LocalTime.of(9, 0), LocalTime.of(12, 30)),
                        new OpeningHours.Span(LocalTime.of(14, 0), LocalTime.of(18, 0)));
        assertThat(facts.hours().on(LocalDate.of(2026, 12, 24)))
                .containsExactly(new OpeningHours.Span(LocalTime.of(9, 0), LocalTime.NOON));
        assertThat(facts.prices())
                .containsExactly(new Facts.Price("a haircut", "twenty euros", List.of("trim", "cut")));
        assertThat(facts.parking()).isEmpty();
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
            monday: 9:00-12:30, 14:00-18:00 | monday: 9-12     | line 4: "9" is no time of day
            monday: 9:00-12:30, 14:00-18:00 | monday: 18:00-9:00 | line 4: "18:00-9:00" does not go forward in time
            monday: 9:00-12:30, 14:00-18:00 | monday: whenever | line 4: "whenever" is no time from-to
            monday: 9:00-12:30, 14:00-18:00 | moonday: closed  | line 4: "moonday" is no day of the week
            sunday: closed                  | saturday: closed | line 10: "saturday" is there twice
            Europe/Paris                    | Europe/Nowhere   | line 2: "Europe/Nowhere" is no time zone
            2026-12-24: 9:00-12:00          | 24 December: closed | line 12: "24 December" is no date
            address: one Short Street       | adress: one      | line 13: unknown entry "adress"
            price: twenty euros             | cost: twenty     | line 16: unknown entry "cost"
            words: [trim, cut]              | words: [trim, cut | line
            price: twenty euros             | price:           | line 16: price must be a text
            words: [trim, cut]              | words: trim      | line 17: words must be a list
            """)
    void whatIsWrongIsNamedWithItsLine(String good, String bad, String complaint) throws IOException {
        Path file = Files.writeString(folder.resolve("wrong.yaml"), GOOD.replace(good, bad));
        assertThatThrownBy(() -> Facts.read(file))
                .isInstanceOf(FactsException.class)
                .hasMessageContaining("wrong.yaml")
                .hasMessageContaining(complaint);
    }

    @Test
    void aMissingDayIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("wrong.yaml"), GOOD.replace("  sunday: closed\n", ""));
        assertThatThrownBy(() -> new Reception(file)).hasMessageContaining("hours of sunday are missing");
    }

    @Test
    void anEmptyAMissingAndABinaryFileAreNamed() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.yaml"), "");
        assertThatThrownBy(() -> Facts.read(empty)).hasMessageContaining("empty.yaml: is empty");
        assertThatThrownBy(() -> Facts.read(folder.resolve("none.yaml"))).hasMessageContaining("there is no such file");
        Path binary = Files.write(folder.resolve("binary.yaml"), new byte[] {0, 1, (byte) 0xff, (byte) 0xfe, 3});
        assertThatThrownBy(() -> Facts.read(binary)).isInstanceOf(FactsException.class);
        Path control = Files.write(folder.resolve("control.yaml"), "business: \u0007".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> Facts.read(control)).isInstanceOf(FactsException.class);
    }
}
