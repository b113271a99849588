package dev.tidemark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.proof.Proof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Shells complete commands and options, and the help of each command has a valid example. */
class CompletionTest {
    @TempDir
    private Path folder;

    private static CommandLine commands() {
        return Commands.commandLine(new TidemarkCommand(Terminal.ofProcess()));
    }

    private static CompletionScript script() {
        return new CompletionScript(commands().getCommandSpec());
    }

    /** What a shell prints, started with a command line of its own in an empty folder. */
    private List<String> lines(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .directory(Files.createDirectories(folder.resolve("empty")).toFile());
        builder.environment().put("ZDOTDIR", folder.toString());
        Process shell = started(builder);
        try {
            FutureTask<List<String>> reading =
                    new FutureTask<>(() -> shell.inputReader().lines().toList());
            Thread.ofVirtual().start(reading);
            assertThat(shell.waitFor(3, TimeUnit.MINUTES)).as("it ended").isTrue();
            assertThat(shell.exitValue()).isZero();
            return reading.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        } finally {
            shell.destroyForcibly();
        }
    }

    private static Process started(ProcessBuilder builder) {
        String shell = builder.command().getFirst();
        try {
            return builder.start();
        } catch (IOException e) {
            if (System.getenv("CI") != null) {
                throw new AssertionError("The shell " + shell + " is missing; .ci/run installs it", e);
            }
            System.out.println("SKIPPED, nothing is known of completion: " + shell + " is not installed");
            return Assumptions.abort(shell + " is not installed");
        }
    }

    /** What a real bash would offer after these words. */
    private List<String> offered(String... words) throws Exception {
        Path script = folder.resolve("completion.bash");
        Files.writeString(script, script().bash());
        String line = "source '" + script + "'; COMP_WORDS=(tidemark \"$@\"); COMP_CWORD=$#; _tidemark;"
                + " printf '%s\\n' \"${COMPREPLY[@]}\"";
        return lines(Stream.concat(Stream.of("bash", "-c", line, "bash"), Stream.of(words))
                .toArray(String[]::new));
    }

    /** What a real fish would offer at the end of this line. */
    private List<String> offeredByFish(String line) throws Exception {
        Path script = folder.resolve("tidemark.fish");
        Files.writeString(script, script().fish());
        return lines("fish", "--no-config", "-c", "source $argv[1]; complete -C $argv[2]", script.toString(), line)
                .stream()
                .map(offer -> offer.split("\t", 2)[0])
                .toList();
    }

    /** What a real zsh runs after this was typed into it, tabs included; {@code beginning} makes it complete. */
    private String runByZsh(String beginning, String typed) throws Exception {
        Path script = folder.resolve("_tidemark");
        Files.writeString(script, script().zsh());
        String driver = """
            zmodload zsh/zpty
            zpty shell zsh -f -i
            zpty -w shell "PS1='rea''dy> '; tidemark() { print -r -- \\"ran: \\$*.\\" }; $1"
            zpty -r shell text '*ready> '
            zpty -w shell "$2"
            zpty -r shell text '*ran: *.*'
            print -r -- "$text"
            """;
        List<String> lines = lines("zsh", "-f", "-c", driver, "zsh", beginning.formatted(folder), typed);
        String text = String.join("\n", lines);
        return text.substring(text.lastIndexOf("ran: ") + "ran: ".length(), text.lastIndexOf('.'));
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void bashCompletesCommandsTheirPartsAndTheirOptions() throws Exception {
        assertThat(offered("at")).containsExactlyInAnyOrder("attach", "attachments", "attachment");
        assertThat(offered("config", "")).contains("get", "set", "list", "--help");
        assertThat(offered("add", "Buy", "milk", "--d")).containsExactly("--due");
        assertThat(offered("--profile", "x", "remote", "c")).containsExactlyInAnyOrder("copy", "connect");
        assertThat(offered("bench", "load", "--wo")).containsExactly("--workers");
        assertThat(offered("man")).containsExactly("");
    }

    @Proof
    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void fishCompletesCommandsTheirPartsAndTheirOptions() throws Exception {
        assertThat(offeredByFish("tidemark at")).containsExactlyInAnyOrder("attach", "attachments", "attachment");
        assertThat(offeredByFish("tidemark config "))
                .contains("get", "set", "list")
                .doesNotContain("add");
        assertThat(offeredByFish("tidemark add Buy milk --d")).containsExactly("--due");
        assertThat(offeredByFish("tidemark --profile x remote c")).containsExactlyInAnyOrder("copy", "connect");
        assertThat(offeredByFish("tidemark bench load --wo")).containsExactly("--workers");
        assertThat(offeredByFish("tidemark man")).isEmpty();
    }

    @Proof
    @ParameterizedTest
    @EnabledOnOs({OS.LINUX, OS.MAC})
    @ValueSource(strings = {"fpath=(%s $fpath); autoload -U compinit; compinit -u -D", "source %s/_tidemark"})
    void zshCompletesFromAFileOfThePackageAndFromASourcedScript(String beginning) throws Exception {
        assertThat(runByZsh(beginning, "tidemark --profile x confi\tse\t--j\t"))
                .isEqualTo("--profile x config set --json");
        assertThat(runByZsh(beginning, "tidemark man\t")).isEqualTo("man");
    }

    @Test
    void eachShellHasEachCommandThatTheHelpShowsAndNoOther() {
        CompletionScript script = script();
        commands().getSubcommands().forEach((name, command) -> {
            boolean isShown = !command.getCommandSpec().usageMessage().hidden();
            assertThat(script.fish().contains("-a " + name + " ")).as(name).isEqualTo(isShown);
            assertThat(script.zsh().contains("\" " + name + "\"")).as(name).isEqualTo(isShown);
        });
        assertThat(script.fish()).contains("'test (__tidemark_path) = \" config set\"' -l json");
    }

    @Proof
    @Test
    void theHelpOfEachCommandHasAnExampleThatIsUnderstood() {
        CommandLine line = commands();
        List<CommandLine> all = new java.util.ArrayList<>();
        collect(line, all);
        assertThat(all).hasSizeGreaterThan(25);
        for (CommandLine command : all) {
            String help = command.getUsageMessage(CommandLine.Help.Ansi.OFF);
            assertThat(help).as(command.getCommandSpec().qualifiedName()).contains("\n  tidemark ");
            String example = help.substring(help.lastIndexOf("  tidemark ") + "  tidemark ".length())
                    .strip();
            String joined = example.replace("\"Buy milk\"", "milk").replaceAll("\\s+", " ");
            CommandLine.ParseResult parsed = commands().parseArgs(joined.split(" ", -1));
            while (parsed.hasSubcommand()) {
                parsed = parsed.subcommand();
            }
            assertThat(parsed.commandSpec().qualifiedName())
                    .isEqualTo(command.getCommandSpec().qualifiedName());
        }
    }

    private static void collect(CommandLine line, List<CommandLine> leaves) {
        line.getSubcommands().values().forEach(each -> collect(each, leaves));
        if (line.getSubcommands().isEmpty()) {
            leaves.add(line);
        }
    }
}
