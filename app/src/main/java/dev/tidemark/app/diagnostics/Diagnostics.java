package dev.tidemark.app.diagnostics;

import dev.tidemark.app.settings.ProfileFolders;
import dev.tidemark.app.settings.Setting;
import dev.tidemark.app.settings.Settings;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.remote.SyncService;
import dev.tidemark.engine.sync.SyncStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Creates the diagnostics report of the program and its profile: versions, system, sizes, counts, states and error
 * codes. The report contains no titles, names, addresses, paths or secrets. It is always in English, because
 * maintainers read it. Immutable and thread-safe.
 */
public final class Diagnostics {
    private static final List<String> COUNTED = List.of("item", "list", "tag", "attachment", "label", "saved_search");

    private final String program;
    private final ProfileFolders folders;
    private final Supplier<Settings> settings;
    private final @Nullable Database database;
    private final @Nullable SyncStatus sync;
    private final InstantSource clock;

    /**
     * @param program the name and version of the program
     * @param settings reads the profile's settings
     * @param database the open database; {@code null} if it is not open
     * @param sync the status of the background sync; {@code null} if sync is not running
     */
    public Diagnostics(
            String program,
            ProfileFolders folders,
            Supplier<Settings> settings,
            @Nullable Database database,
            @Nullable SyncStatus sync,
            InstantSource clock) {
        this.program = program;
        this.folders = folders;
        this.settings = settings;
        this.database = database;
        this.sync = sync;
        this.clock = clock;
    }

    /**
     * Creates the report, about twenty lines. Reads the database, the settings and the log. If a part cannot be read,
     * the report contains an error code in its place.
     */
    public String text() {
        StringBuilder text = new StringBuilder();
        line(text, "Program", program);
        line(text, "Time", clock.instant().toString());
        line(text, "System", property("os.name") + " " + property("os.version") + " " + property("os.arch"));
        line(text, "Desktop", String.valueOf(System.getenv("XDG_CURRENT_DESKTOP")));
        line(text, "Language", Locale.getDefault().toLanguageTag());
        line(text, "Java", property("java.runtime.version") + " " + property("java.vendor"));
        line(text, "JavaFX", property("javafx.runtime.version"));
        line(text, "Memory", memory());
        line(text, "Profile", folders.equals(ProfileFolders.standard()) ? "standard" : "chosen with --profile");
        section(text, "Database", this::database);
        section(text, "Settings", this::settings);
        section(text, "Sync", this::sync);
        text.append("Last errors in the log:\n");
        List<String> errors = LoggedErrors.in(folders.logs());
        errors.forEach(error -> text.append("  ").append(error).append('\n'));
        if (errors.isEmpty()) {
            text.append("  none\n");
        }
        return text.toString();
    }

    private static void section(StringBuilder text, String name, Supplier<String> section) {
        try {
            line(text, name, section.get());
        } catch (RuntimeException e) {
            line(text, name, "not readable: " + ErrorCode.of(e));
        }
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(name).append(": ").append(value).append('\n');
    }

    private static String property(String key) {
        return System.getProperty(key, "unknown");
    }

    private static String memory() {
        Runtime runtime = Runtime.getRuntime();
        return megabytes(runtime.totalMemory() - runtime.freeMemory()) + " used, " + megabytes(runtime.maxMemory())
                + " at most, " + runtime.availableProcessors() + " processors";
    }

    private String database() {
        String size = megabytes(size(folders.database())) + " and "
                + megabytes(size(
                        folders.database().resolveSibling(folders.database().getFileName() + "-wal")))
                + " of log";
        Database open = database;
        return open == null ? size + ", not open" : size + counts(open);
    }

    private static String counts(Database open) {
        StringBuilder counts = new StringBuilder();
        for (String table : COUNTED) {
            long rows = open.list(Query.of("SELECT 0 AS id, count(*) AS number FROM " + table)
                            .map(row -> row.integer("number")))
                    .getFirst();
            counts.append(", ").append(table).append(' ').append(rows);
        }
        return counts.append(", conflicts ")
                .append(open.conflicts().size())
                .append(", hidden ")
                .append(open.hiddenRows().size())
                .append(", waiting ")
                .append(open.waitingCells().size())
                .toString();
    }

    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }

    private String settings() {
        Settings current = settings.get();
        return "theme " + lower(current.get(Setting.THEME)) + ", interval "
                + current.get(Setting.SYNC_INTERVAL).toSeconds() + " s, encryption "
                + current.get(Setting.SYNC_ENCRYPTION).map(Diagnostics::lower).orElse("not chosen");
    }

    private String sync() {
        String target = lower(settings.get().get(Setting.SYNC_TARGET));
        SyncStatus status = sync;
        if (status == null) {
            return target + ", not running";
        }
        String devices = database == null
                ? ""
                : ", other devices "
                        + SyncService.History.of(database, settings.get().syncLocation())
                                .devices()
                                .size();
        return target + ", " + lower(status.state()) + ", waiting " + status.pending() + ", last success "
                + status.lastSuccess() + ", reason "
                + (status.reason() == null ? "none" : ErrorCode.of(status.reason())) + devices
                + (database == null ? "" : failures(database));
    }

    private static String failures(Database open) {
        String failures = RemoteLibrary.activity(open, 1).failures().stream()
                .map(failure -> failure.call() + " " + failure.code() + " " + failure.failures() + " times")
                .collect(Collectors.joining(", "));
        return failures.isEmpty() ? "" : ", failed storage calls " + failures;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
