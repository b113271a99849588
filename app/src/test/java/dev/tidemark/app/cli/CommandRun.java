package dev.tidemark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.jr.ob.JSON;

/**
 * The result of a command.
 *
 * @param code the exit code
 * @param output stdout
 * @param errors stderr
 */
record CommandRun(int code, String output, String errors) {
    /** Runs a command in this process, on a profile. */
    static CommandRun on(Path profile, String... arguments) {
        return with("", profile, arguments);
    }

    /** Runs a command in this process, on a profile, with something on stdin. */
    static CommandRun with(String input, Path profile, String... arguments) {
        return withBytes(input.getBytes(StandardCharsets.UTF_8), profile, arguments);
    }

    static CommandRun withBytes(byte[] input, Path profile, String... arguments) {
        StringWriter output = new StringWriter();
        StringWriter errors = new StringWriter();
        Terminal terminal = new Terminal(new ByteArrayInputStream(input), output, new PrintWriter(errors), false);
        String[] all = Stream.concat(Stream.of(arguments), Stream.of("--profile", profile.toString()))
                .toArray(String[]::new);
        int code = Commands.run(terminal, all);
        return new CommandRun(code, output.toString(), errors.toString());
    }

    /** What it printed, if it succeeded and had no complaint. */
    String printed() {
        assertThat(errors).isEmpty();
        assertThat(code).isZero();
        return output;
    }

    /** The JSON objects that it printed, one a line. */
    List<Map<String, Object>> objects() {
        return printed().lines().map(JSON.std::mapFrom).toList();
    }

    /** The only JSON object that it printed. */
    Map<String, Object> object() {
        assertThat(objects()).hasSize(1);
        return objects().getFirst();
    }

    /** The sentence with which it failed. */
    String failure() {
        return sentence(1);
    }

    /** The sentence that says that it was not understood. */
    String misunderstanding() {
        return sentence(2);
    }

    private String sentence(int wanted) {
        assertThat(output).isEmpty();
        assertThat(errors.lines()).hasSize(1);
        assertThat(errors.strip()).endsWith(".").doesNotContain("Exception", "\tat ");
        assertThat(code).isEqualTo(wanted);
        return errors.strip();
    }
}
