package dev.tidemark.engine.internal.sql;

import java.nio.file.Path;

/** How JDBC is told which file to open. */
public final class SqliteUrl {
    private SqliteUrl() {}

    /** The file's URL; a URI, because JDBC takes what follows a question mark in a plain path for parameters. */
    public static String of(Path file) {
        return "jdbc:sqlite:" + file.toAbsolutePath().toUri();
    }
}
