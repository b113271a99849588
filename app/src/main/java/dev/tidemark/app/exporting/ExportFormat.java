package dev.tidemark.app.exporting;

import dev.tidemark.engine.Database;
import java.io.IOException;
import java.nio.file.Path;

/** Writes all items in one format. Stateless. */
sealed interface ExportFormat {
    /** The name in commands and JSON, the same as that of the import format. */
    String id();

    /** A format of one text file. */
    non-sealed interface Text extends ExportFormat {
        /** The extension of its files, without a dot. */
        String extension();

        /** @throws IOException if the target throws it */
        Exported write(Database database, Appendable target) throws IOException;
    }

    /** A format of a folder with files. */
    non-sealed interface Folder extends ExportFormat {
        /**
         * @param folder an empty folder
         * @throws IOException if a file cannot be written
         */
        Exported write(Database database, Path folder) throws IOException;
    }
}
