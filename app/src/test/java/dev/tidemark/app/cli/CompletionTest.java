package dev.tidemark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What a shell completes, and what the help shows to learn from. */
class CompletionTest {
    @TempDir
    private Path folder;

    private static CommandLine commands() {
        return Commands.commandLine(new TidemarkCommand(Terminal.ofProcess()));
    }

    /** What a real bash would offer after these words. */
    private List<String> offered(String... words) throws Exception {
        Path script = folder.resolve("completion.bash");
        Files.writeString(script, new CompletionScript(commands().getCommandSpec()).bash());
        String line = "source '" + script + "'; COMP_WORDS=(tidemark \"$@\"); COMP_CWORD=$#; _tidemark;"
                + " printf '%s\\n' \"${COMPREPLY[@]}\"";
        List<String> command = new java.util.ArrayList<>(List.of("bash", "-c", line, "bash"));
        command.addAll(List.of(words));
        Process bash = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> lines = bash.inputReader().lines().toList();
        assertThat(bash.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(bash.exitValue()).isZero();
        return lines;
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void bashCompletesCommandsTheirPartsAndTheirOptions() throws Exception {
        assertThat(offered("at")).containsExactlyInAnyOrder("attach", "attachments", "attachment");
        assertThat(offered("config", "")).contains("get", "set", "list", "--help");
        assertThat(offered("add", "Buy", "milk", "--d")).containsExactly("--due");
        assertThat(offered("--profile", "x", "remote", "c")).containsExactlyInAnyOrder("copy", "connect");
        assertThat(offered("bench", "load", "--wo")).containsExactly("--workers");
    }

    @Test
    void eachShellHasEachCommand() {
        CompletionScript script = new CompletionScript(commands().getCommandSpec());
        for (String name : commands().getSubcommands().keySet()) {
            assertThat(script.fish()).contains("-a " + name + " ");
            assertThat(script.zsh()).contains("\" " + name + "\"");
        }
        assertThat(script.fish())
                .contains("'__fish_seen_subcommand_from config; and __fish_seen_subcommand_from set' -l json");
    }

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
