package dev.tidemark.engine.internal.subscribe;

import dev.tidemark.engine.ChildProcess;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.Schema;
import dev.tidemark.engine.internal.read.PlainDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * A process that runs each line of its input as a statement on the file and answers with a line. It uses the engine if
 * that created the file with {@link #SCHEMA}, else plain JDBC.
 */
final class ExternalWriter implements AutoCloseable {
    static final Schema SCHEMA =
            Schema.builder().migration("items", """
                CREATE TABLE item(id BLOB PRIMARY KEY NOT NULL, title TEXT, n INTEGER);
                CREATE TABLE setting(name TEXT PRIMARY KEY, value TEXT);
                CREATE TABLE log(x);
                CREATE TRIGGER noted AFTER INSERT ON item BEGIN INSERT INTO log VALUES (new.n); END;
                CREATE VIRTUAL TABLE item_text USING fts5(title);
                CREATE TRIGGER indexed AFTER INSERT ON item BEGIN
                  INSERT INTO item_text(rowid, title) VALUES (new.rowid, new.title);
                END;
                CREATE VIRTUAL TABLE item_outline USING fts5(title, content='item');
                CREATE VIEW titled AS SELECT title, n FROM item WHERE title IS NOT NULL;
                """).synced("item").build();

    private final Process process;
    private final BufferedReader answers;

    private ExternalWriter(Process process) {
        this.process = process;
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    public static void main(String[] arguments) throws SQLException, IOException {
        Path file = Path.of(arguments[1]);
        if (arguments[0].equals("engine")) {
            try (Database database = Database.open(file, SCHEMA)) {
                answer(sql -> database.write(tx -> tx.execute(sql)));
            }
        } else {
            try (Connection connection = PlainDatabase.connect(file);
                    Statement statement = connection.createStatement()) {
                answer(statement::execute);
            }
        }
    }

    private interface Runner {
        Object run(String sql) throws SQLException;
    }

    private static void answer(Runner runner) throws SQLException, IOException {
        System.out.println("ready");
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String sql = lines.readLine(); sql != null; sql = lines.readLine()) {
            runner.run(sql);
            System.out.println("done");
        }
    }

    static ExternalWriter start(String how, Path file) throws IOException {
        Process process = ChildProcess.of(ExternalWriter.class, List.of(), how, file)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        ExternalWriter writer = new ExternalWriter(process);
        writer.expect("ready");
        return writer;
    }

    void run(String sql) throws IOException {
        process.outputWriter(StandardCharsets.UTF_8).write(sql + "\n");
        process.outputWriter(StandardCharsets.UTF_8).flush();
        expect("done");
    }

    private void expect(String answer) throws IOException {
        String line = answers.readLine();
        if (!answer.equals(line)) {
            throw new IOException("The other process answered " + line);
        }
    }

    @Override
    public void close() throws IOException {
        process.outputWriter(StandardCharsets.UTF_8).close();
        process.destroy();
    }
}
