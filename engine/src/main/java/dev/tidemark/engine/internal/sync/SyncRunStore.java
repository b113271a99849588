package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.internal.sql.Statements;
import dev.tidemark.engine.internal.store.SqliteDatabase;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.TidemarkException;
import dev.tidemark.engine.sync.SyncActivity;
import dev.tidemark.engine.sync.SyncActivity.Counts;
import dev.tidemark.engine.sync.SyncActivity.Failure;
import dev.tidemark.engine.sync.SyncActivity.Run;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Stores the history of a database's syncs in {@code tm_sync_run} and {@code tm_storage_failure}. Thread-safe. */
public final class SyncRunStore {
    /** Separates the stored arguments of a problem. */
    private static final String SEPARATOR = "\u001e";

    /** Marks an argument that is a problem. */
    private static final String PROBLEM = "\u001f";

    private final SqliteDatabase database;
    private final StateTables tables;

    SyncRunStore(SqliteDatabase database) {
        this.database = database;
        this.tables = new StateTables(database);
    }

    public static SyncActivity read(Database database, int limit) {
        SyncRunStore store = new SyncRunStore(SyncHistoryReader.require(database));
        return new SyncActivity(store.runs(limit), store.failures());
    }

    /** Records that a sync failed before it accessed the storage. */
    public static void add(
            Database database, String location, Instant started, Instant ended, TidemarkException failure) {
        new SyncRunStore(SyncHistoryReader.require(database)).add(location, started, ended, Counts.NONE, failure);
    }

    private List<Run> runs(int limit) {
        return tables.list("""
            SELECT no, location, started, ended, times, pushed, pulled, conflicts, hidden, waiting, blocked,
              quarantined, bytes, problem, arguments
            FROM tm_sync_run ORDER BY no DESC LIMIT ?\
            """, SyncRunStore::run, (long) limit);
    }

    private List<Failure> failures() {
        return tables.list(
                "SELECT call, problem, failures, last FROM tm_storage_failure ORDER BY failures DESC, call, problem",
                row -> new Failure(
                        row.getString(1), row.getString(2), row.getLong(3), Instant.ofEpochMilli(row.getLong(4))));
    }

    private static Run run(ResultSet row) throws SQLException {
        return new Run(
                row.getLong(1),
                row.getString(2),
                Instant.ofEpochMilli(row.getLong(3)),
                Instant.ofEpochMilli(row.getLong(4)),
                row.getLong(5),
                new Counts(
                        row.getLong(6),
                        row.getLong(7),
                        row.getLong(8),
                        row.getLong(9),
                        row.getLong(10),
                        row.getLong(11),
                        row.getLong(12),
                        row.getLong(13)),
                problem(row.getString(14), row.getString(15)));
    }

    /**
     * Records a sync, unless it moved no changes and had no problem. If the last run had the same problem and moved
     * nothing either, that run is counted once more instead.
     */
    public void add(
            String location, Instant started, Instant ended, Counts counts, @Nullable TidemarkException problem) {
        if (!counts.moved() && problem == null) {
            return;
        }
        String code = problem == null ? "" : problem.code();
        String arguments = problem == null
                ? ""
                : problem.arguments().stream().map(SyncRunStore::text).collect(Collectors.joining(SEPARATOR));
        database.updateWithoutFsync(statements -> {
            Long last = counts.moved() ? null : repeated(statements, location, code);
            if (last != null) {
                return statements.update(
                        "UPDATE tm_sync_run SET ended = ?, times = times + 1, arguments = ? WHERE no = ?",
                        ended.toEpochMilli(),
                        arguments,
                        last);
            }
            statements.update(
                    """
                    INSERT INTO tm_sync_run(location, started, ended, times, pushed, pulled, conflicts, hidden, waiting,
                      blocked, quarantined, bytes, problem, arguments)
                    VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
                    """,
                    location,
                    started.toEpochMilli(),
                    ended.toEpochMilli(),
                    counts.pushed(),
                    counts.pulled(),
                    counts.conflicts(),
                    counts.hidden(),
                    counts.waiting(),
                    counts.blocked(),
                    counts.quarantined(),
                    counts.bytes(),
                    code,
                    arguments);
            return statements.update("DELETE FROM tm_sync_run WHERE no <= (SELECT max(no) FROM tm_sync_run) - ?", (long)
                    SyncActivity.KEPT_RUNS);
        });
    }

    /** Returns the number of the last run if it moved nothing and had the same problem; otherwise null. */
    private static @Nullable Long repeated(Statements statements, String location, String code) throws SQLException {
        return statements.first("""
            SELECT no FROM tm_sync_run WHERE no = (SELECT max(no) FROM tm_sync_run)
              AND location = ? AND problem = ? AND pushed = 0 AND pulled = 0\
            """, row -> row.getLong(1), location, code);
    }

    /** Adds these numbers of failed storage calls to the stored numbers. */
    void addFailures(Map<StorageFailures.Kind, Long> counts, Instant now) {
        if (counts.isEmpty()) {
            return;
        }
        database.updateWithoutFsync(statements -> {
            for (Map.Entry<StorageFailures.Kind, Long> each : counts.entrySet()) {
                statements.update("""
                    INSERT INTO tm_storage_failure(call, problem, failures, last) VALUES (?, ?, ?, ?)
                    ON CONFLICT (call, problem) DO UPDATE SET
                      failures = failures + excluded.failures, last = excluded.last\
                    """, each.getKey().call(), each.getKey().code(), each.getValue(), now.toEpochMilli());
            }
            return counts.size();
        });
    }

    private static String text(Object argument) {
        return argument instanceof Problem problem ? PROBLEM + problem.code() : argument.toString();
    }

    private static @Nullable TidemarkException problem(String code, String arguments) {
        Problem problem = problem(code);
        return problem == null
                ? null
                : new TidemarkException(
                        problem,
                        Arrays.stream(arguments.split(SEPARATOR, -1))
                                .map(SyncRunStore::argument)
                                .toArray());
    }

    private static Object argument(String text) {
        Problem problem = text.startsWith(PROBLEM) ? problem(text.substring(1)) : null;
        return problem == null ? text : problem;
    }

    /** Returns the problem with a code; {@code null} if this version has none. */
    private static @Nullable Problem problem(String code) {
        return Arrays.stream(Problem.values())
                .filter(problem -> problem.code().equals(code))
                .findFirst()
                .orElse(null);
    }
}
