package dev.tidemark.engine.internal.sql;

import java.nio.file.Path;

/** Builds the JDBC URL of a database file. */
public final class SqliteUrl {
    private SqliteUrl() {}

    /** Returns a URI, because JDBC would read text after a question mark in a plain path as parameters. */
    public static String of(Path file) {
        return "jdbc:sqlite:" + file.toAbsolutePath().toUri();
    }
}
