package dev.tidemark.app.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tidemark.engine.Database;
import dev.tidemark.fuzz.Mutations;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** A file with any content is imported completely or rejected with a message; imported data can be exported again. */
class ImportFuzzTest {
    @TempDir
    private static Path folder;

    private static Database database;

    @BeforeAll
    static void open() {
        database = Database.open(folder.resolve("a.db"), LibrarySchema.SCHEMA);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @MethodSource("soundFiles")
    @FuzzTest
    void file(byte[] input) throws IOException {
        try {
            assertThat(ItemImport.read(new ByteArrayInputStream(input)).size()).isNotNegative();
        } catch (ProblemException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    /** A file that is imported, then exported, then compared. */
    @MethodSource("soundFiles")
    @FuzzTest
    void library(byte[] input) throws IOException {
        try {
            ItemImport read = ItemImport.read(new ByteArrayInputStream(input));
            assertThat(database.read(read::plan).items()).isEqualTo(read.size());
            read.apply(new Items(database));
        } catch (ProblemException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
        List<Item> items = database.list(ItemQueries.page(null, 100));
        for (Item item : items) {
            String line = ItemJson.line(ItemJson.fields(new ItemDetails(item, null, null)));
            assertThat(ImportLine.parse(line).matches(item)).as(line).isTrue();
        }
        // The next input meets what the last items of this one left.
        database.write(transaction -> transaction.execute("DELETE FROM item WHERE rowid % 3 > 0"));
    }

    static List<byte[]> soundFiles() {
        String whole =
                "{\"id\":\"0198a3b4-0000-7000-8000-000000000001\",\"kind\":\"todo\",\"title\":\"a\\u0041\",\"body\":\"b\",\"done\":true,\"due\":\"2026-12-31T17:00\",\"repeat\":\"FREQ=MONTHLY;BYDAY=-1FR\",\"reminder\":\"2026-12-31T09:00\",\"dismissed\":true,\"priority\":\"high\",\"list\":\"Home\",\"tags\":[\"a\",\"b\"],\"trashed\":false,\"createdAt\":\"2026-01-01T00:00:00Z\"}\n";
        return Mutations.corpus(
                whole,
                "\ufeff{\"title\":\"Milk\",\"due\":null,\"list\":null,\"tags\":[]}\r\n\n"
                        + "{\"kind\":\"note\",\"body\":\"b\"}\n"
                        + whole,
                "{\"title\":\"a\",\"due\":\"2026-12-31\",\"repeat\":\"AFTER FREQ=DAILY\",\"list\":\"home\"}");
    }

    @Test
    void mutationsOfFilesAreReadOrRefused() {
        Mutations.run(soundFiles(), this::file);
    }

    @Test
    void whatIsImportedIsExportedAgain() {
        Mutations.run(soundFiles(), 5, this::library);
    }
}
