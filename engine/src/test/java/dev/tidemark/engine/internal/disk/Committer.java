package dev.tidemark.engine.internal.disk;

import dev.tidemark.engine.ChildProcess;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.engine.Durability;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.Schema;
import dev.tidemark.engine.internal.sql.Values;
import dev.tidemark.engine.problem.Problem;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A process whose threads commit, through the engine or plain JDBC, and acknowledge each commit with a line in a file
 * beside the database, which the shim records in order with all other writes. When the engine refuses to write, the
 * process reopens the database and continues.
 */
final class Committer {
    static final String DATABASE = "data.db";
    static final String LOG = DATABASE + "-wal";
    static final String ACKNOWLEDGED = "acknowledged";

    static final Schema SCHEMA = Schema.builder()
            .migration(
                    "entries",
                    "CREATE TABLE entry(id BLOB PRIMARY KEY NOT NULL, writer INTEGER, number INTEGER, body TEXT)")
            .synced("entry")
            .build();

    private static final String INSERT = "INSERT INTO entry(id, writer, number, body) VALUES (?, ?, ?, ?)";
    private static final String UPDATE = "UPDATE entry SET body = ? WHERE id = ?";

    private interface Commit {
        void run(UUID id, int writer, int number, String body, UUID older) throws SQLException;
    }

    private Committer() {}

    /** Starts one in a process of its own; it ends by itself after so many commits of each writer. */
    static ProcessBuilder process(Path folder, String how, int writers, int commits) {
        return ChildProcess.of(Committer.class, List.of(), folder, how, writers, commits)
                .redirectErrorStream(true);
    }

    /** The name of an entry. */
    static UUID id(int writer, int number) {
        return new UUID(0x7000L | ((long) writer << 16), 0x8000_0000_0000_0000L | number);
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        int writers = Integer.parseInt(arguments[2]);
        int commits = Integer.parseInt(arguments[3]);
        try (FileOutputStream acknowledged =
                new FileOutputStream(folder.resolve(ACKNOWLEDGED).toFile(), true)) {
            if (arguments[1].startsWith("JDBC")) {
                plainly(folder, arguments[1].substring(5), writers, commits, acknowledged);
                return;
            }
            Map<Integer, Integer> next = new ConcurrentHashMap<>();
            while (next.size() < writers || next.values().stream().anyMatch(number -> number < commits)) {
                DatabaseOptions options = DatabaseOptions.DEFAULT.with(durability(arguments[1]));
                try (Database database = Database.open(folder.resolve(DATABASE), SCHEMA, options)) {
                    work(
                            writers,
                            commits,
                            next,
                            acknowledged,
                            (id, writer, number, body, older) -> database.write(tx -> {
                                tx.execute(UPDATE, body, older);
                                return tx.execute(INSERT, id, writer, number, body);
                            }));
                    say(
                            acknowledged,
                            "read "
                                    + database.list(Query.of("SELECT id FROM entry"))
                                            .size());
                }
            }
        }
    }

    static Durability durability(String how) {
        return switch (how) {
            case "ALWAYS" -> Durability.ALWAYS;
            case "GROUP" -> Durability.GROUP;
            case "NONE" -> Durability.NONE;
            default -> Durability.interval(Duration.ofMillis(Long.parseLong(how.substring("INTERVAL-".length()))));
        };
    }

    private static void plainly(
            Path folder, String synchronous, int writers, int commits, FileOutputStream acknowledged)
            throws SQLException, InterruptedException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(DATABASE));
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = " + synchronous);
            statement.execute("CREATE TABLE IF NOT EXISTS"
                    + " entry(id BLOB PRIMARY KEY NOT NULL, writer INTEGER, number INTEGER, body TEXT)");
            connection.setAutoCommit(false);
            try (PreparedStatement update = connection.prepareStatement(UPDATE);
                    PreparedStatement insert = connection.prepareStatement(INSERT)) {
                work(writers, commits, new ConcurrentHashMap<>(), acknowledged, (id, writer, number, body, older) -> {
                    synchronized (connection) {
                        run(update, body, older);
                        run(insert, id, writer, number, body);
                        connection.commit();
                    }
                });
            }
        }
    }

    private static void run(PreparedStatement statement, Object... parameters) throws SQLException {
        for (int index = 0; index < parameters.length; index++) {
            Values.bind(statement, index + 1, parameters[index]);
        }
        statement.executeUpdate();
    }

    /** Has each writer go on from its next number until it has done all, or is refused. */
    private static void work(
            int writers, int commits, Map<Integer, Integer> next, FileOutputStream acknowledged, Commit commit)
            throws InterruptedException {
        List<Callable<Void>> work = new ArrayList<>();
        for (int writer = 0; writer < writers; writer++) {
            int mine = writer;
            work.add(() -> write(mine, commits, next, acknowledged, commit));
        }
        try (ExecutorService executor = Executors.newFixedThreadPool(writers)) {
            for (Future<Void> each : executor.invokeAll(work)) {
                if (each.state() == Future.State.FAILED) {
                    each.exceptionNow().printStackTrace(System.out);
                    System.exit(1);
                }
            }
        }
    }

    private static Void write(
            int writer, int commits, Map<Integer, Integer> next, FileOutputStream acknowledged, Commit commit)
            throws IOException, SQLException {
        Random random = new Random(writer);
        for (int number = next.getOrDefault(writer, 0); number < commits; number++) {
            String body = "x".repeat(random.nextInt(2000));
            UUID id = id(writer, number);
            try {
                commit.run(id, writer, number, body, id(writer, random.nextInt(number + 1)));
                say(acknowledged, "saved " + writer + " " + number);
            } catch (Durability.UnknownException e) {
                if (e.problem() == Problem.WRITES_STOPPED) {
                    say(acknowledged, "refused " + writer + " " + number);
                    return null;
                }
                say(acknowledged, "unknown " + writer + " " + number);
            }
            next.put(writer, number + 1);
        }
        return null;
    }

    /** One call of the system, so one record of the shim. */
    private static void say(FileOutputStream acknowledged, String line) throws IOException {
        acknowledged.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
