package dev.tidemark.app.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;

/** Creates the items of a heavy user, as lines for {@code import} and as profiles. */
final class SampleItems {
    private SampleItems() {}

    /** Writes a file of items with a text, a list, a tag and a date each. */
    static void write(Path file, int from, int to) throws IOException {
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            for (int number = from; number < to; number++) {
                writer.write(String.format(
                        Locale.ROOT,
                        "{\"title\":\"Item %d of the benchmark\",\"body\":\"Some text about item %d.\",\"list\":\"List"
                                + " %d\",\"tags\":[\"tag%d\"],\"due\":\"2026-12-%02d\"}%n",
                        number,
                        number,
                        number % 20,
                        number % 50,
                        1 + number % 28));
            }
        }
    }

    /** Writes a file of items with ids that follow from their numbers, so that importing it again changes them. */
    static void write(Path file, int from, int to, String title) throws IOException {
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            for (int number = from; number < to; number++) {
                writer.write(String.format(
                        Locale.ROOT,
                        "{\"id\":\"%s\",\"title\":\"%s %d\",\"list\":\"List %d\"}%n",
                        UUID.nameUUIDFromBytes(("item " + number).getBytes(StandardCharsets.UTF_8)),
                        title,
                        number,
                        number % 20));
            }
        }
    }

    /** Copies the files of a profile that no process has open. */
    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path each : files.toList()) {
                Files.copy(each, to.resolve(from.relativize(each)));
            }
        }
    }
}
