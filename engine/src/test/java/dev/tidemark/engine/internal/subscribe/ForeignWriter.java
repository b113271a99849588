package dev.tidemark.engine.internal.subscribe;

import dev.tidemark.engine.internal.read.PlainDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Another process: runs each line that it reads as one statement on the file, then answers with a line. */
final class ForeignWriter implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;

    private ForeignWriter(Process process) {
        this.process = process;
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    public static void main(String[] arguments) throws SQLException, IOException {
        try (Connection connection = PlainDatabase.connect(Path.of(arguments[0]));
                Statement statement = connection.createStatement()) {
            System.out.println("ready");
            BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String sql = lines.readLine(); sql != null; sql = lines.readLine()) {
                statement.execute(sql);
                System.out.println("done");
            }
        }
    }

    static ForeignWriter start(Path file) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ForeignWriter.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        ForeignWriter writer = new ForeignWriter(process);
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
