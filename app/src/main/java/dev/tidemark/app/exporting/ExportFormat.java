package dev.tidemark.app.exporting;

import dev.tidemark.engine.Database;
import java.io.IOException;
import java.nio.file.Path;

/** Writes all items in one format. Stateless. */
sealed interface ExportFormat {
    /** Returns the format's name in commands and JSON. The import format has the same name. */
    String id();

    /** A format that consists of one text file. */
    non-sealed interface Text extends ExportFormat {
        /** Returns the extension of the files, without a dot. */
        String extension();

        /** @throws IOException if the target throws it */
        Exported write(Database database, Appendable target) throws IOException;
    }

    /** A format that consists of a folder with files. */
    non-sealed interface Folder extends ExportFormat {
        /**
         * @param folder an empty folder
         * @throws IOException if a file cannot be written
         */
        Exported write(Database database, Path folder) throws IOException;
    }
}
