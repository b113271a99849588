package dev.tidemark.app.welcome;

import dev.tidemark.app.model.ItemImport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/** Reads the sample lists, todos and notes. */
final class Sample {
    private static final Pattern DAY = Pattern.compile("\\{(\\d+)}");

    private Sample() {}

    /**
     * Reads the sample with due dates around a day. The sample is in German for German locales, otherwise in English.
     */
    static ItemImport around(LocalDate today, Locale language) {
        String file = language.getLanguage().equals("de") ? "sample_de.jsonl" : "sample.jsonl";
        try (InputStream in = Objects.requireNonNull(Sample.class.getResourceAsStream(file), file)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            String dated = DAY.matcher(text)
                    .replaceAll(
                            day -> today.plusDays(Long.parseLong(day.group(1))).toString());
            return ItemImport.read(new ByteArrayInputStream(dated.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException("The sample is part of the program", e);
        }
    }
}
