package dev.tidemark.app.shell;

import dev.tidemark.app.fx.UnsavedTexts.Unsaved;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.app.settings.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Saves the texts that could not be written to the database in a file of the profile. Not thread-safe. */
final class UnsavedTextsFile {
    private final Path file;
    private final Supplier<ZonedDateTime> clock;

    /** The length of the file, in bytes, before this object appended to the file; negative until known. */
    private long before = -1;

    /** @param folder the data folder of the profile */
    UnsavedTextsFile(Path folder, Supplier<ZonedDateTime> clock) {
        this.clock = clock;
        file = folder.resolve("unsaved.txt");
    }

    boolean exists() {
        return Files.exists(file);
    }

    Path path() {
        return file;
    }

    /**
     * Appends texts to the file. Replaces the texts of an earlier call. Returns the problem to show; {@code null} if
     * there are no texts and no error.
     */
    @Nullable
    ProblemException write(List<Unsaved> texts) {
        StringBuilder all = new StringBuilder();
        for (Unsaved each : texts) {
            all.append("--- ")
                    .append(clock.get().toInstant())
                    .append(' ')
                    .append(each.field())
                    .append('\n')
                    .append(each.text())
                    .append('\n');
        }
        try {
            long size = exists() ? Files.size(file) : 0;
            before = before < 0 ? size : Math.min(before, size);
            if (size > before) {
                PrivateFile.truncate(file, before);
            }
            if (!texts.isEmpty()) {
                PrivateFile.append(file, all.toString());
            } else if (before == 0) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            return new ProblemException(e, "window.lost", file);
        }
        return texts.isEmpty() ? null : new ProblemException("window.unsaved", file);
    }
}
