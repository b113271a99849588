package dev.tidemark.app.sync;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;

/** Sets back by a day the time at which a profile noticed missing changes of another device. */
public final class NoticedEarlier {
    private NoticedEarlier() {}

    /** Returns whether it has noticed that by now. */
    public static boolean byADay(Path profile) throws IOException, SQLException {
        Path database;
        try (Stream<Path> files = Files.walk(profile)) {
            database = files.filter(file -> file.endsWith("tidemark.db"))
                    .findFirst()
                    .orElseThrow();
        }
        try (Connection file = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = file.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 10000");
            return statement.executeUpdate(
                            "UPDATE tm_remote_damaged SET noticed = noticed - 86400000 WHERE name LIKE 'lacking/%'")
                    > 0;
        }
    }
}
