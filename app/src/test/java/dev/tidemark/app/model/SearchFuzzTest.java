package dev.tidemark.app.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tidemark.engine.Database;
import dev.tidemark.fuzz.Mutations;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Any text can be searched for, in the window and by a command. */
class SearchFuzzTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);

    @TempDir
    private static Path folder;

    private static Database database;

    @BeforeAll
    static void open() {
        database = Database.open(folder.resolve("a.db"), LibrarySchema.SCHEMA);
        new Items(database).add(NewItem.todo("a b").withBody("c").withTags(List.of("x")));
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @MethodSource("soundLines")
    @FuzzTest
    void line(byte[] input) {
        String line = Mutations.text(input);
        try {
            ItemSource view = new ItemSource.SearchResults(line, TODAY, null);
            assertThat(database.list(ItemQueries.rows(view, ViewOptions.of(view), 0, 10)))
                    .hasSizeLessThan(2);
            assertThat(database.list(ItemQueries.found(Search.parse(line, TODAY), null, true, false)))
                    .hasSizeLessThan(2);
            Search.isUnsegmented(line);
        } catch (ProblemException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    static List<byte[]> soundLines() {
        return Mutations.corpus(
                "a -b \"a b\" tag:x -list:\"Home office\"",
                "due:<2026-12-31 due:>=morgen due:friday.. is:done is:",
                "has:attachment priority:high AND NEAR( * a* \"\" : OR",
                "tag:\u202e list:\"\" -\"a\" due:2026-11-01..2026-11-30 #x");
    }

    @Test
    void mutationsOfLinesCanBeSearchedFor() {
        Mutations.run(soundLines(), 5, this::line);
    }
}
