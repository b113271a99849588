package dev.tidemark.app.cli;

import dev.tidemark.app.model.ErrorMessages;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.engine.problem.TidemarkException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Runs one command. Exit codes: 0 success, 1 failure, 2 invalid usage. A failure prints one sentence on stderr. */
public final class Commands {
    private static final Logger LOG = LoggerFactory.getLogger(Commands.class);
    private static final int FAILURE = 1;
    private static final int USAGE = 2;

    private Commands() {}

    /**
     * Runs the command that the arguments name.
     *
     * @return the exit code
     */
    public static int run(Terminal terminal, String... arguments) {
        try (TidemarkCommand root = new TidemarkCommand(terminal)) {
            CommandLine line = commandLine(root);
            int code = line.execute(arguments);
            return flush(root, line) ? code : FAILURE;
        } finally {
            terminal.errors().flush();
        }
    }

    /** Flushes the output. A failure, such as a full disk, fails the command. */
    private static boolean flush(TidemarkCommand root, CommandLine line) {
        try {
            line.getOut().flush();
            root.output().flush();
            return true;
        } catch (OutputException e) {
            report(root, e);
            return false;
        }
    }

    static CommandLine commandLine(TidemarkCommand root) {
        CommandLine line = new CommandLine(root);
        Stream.of(
                        new AddCommand(),
                        new QuickCommand(),
                        new ListCommand(),
                        new ShowCommand(),
                        new EditCommand(),
                        new DoneCommand(),
                        new ChangeCommand.Remove(),
                        new ChangeCommand.Restore(),
                        new PurgeCommand(),
                        new AttachCommand(),
                        new AttachmentsCommand(),
                        new AttachmentCommand(),
                        new ConfigCommand(),
                        new SyncCommand(),
                        new RemoteCommand(),
                        new DevicesCommand(),
                        new ActivityCommand(),
                        new PassphraseCommand(),
                        new StatusCommand(),
                        new ConflictsCommand(),
                        new HistoryCommand(),
                        new ChangesCommand(),
                        new CheckpointCommand(),
                        new StatsCommand(),
                        new ImportCommand(),
                        new ExportCommand(),
                        new DumpCommand(),
                        new BackupCommand(),
                        new BackupCommand.All(),
                        new BackupCommand.Recover(),
                        new CheckCommand(),
                        new RepairCommand(),
                        new DoctorCommand(),
                        new ManualCommand(),
                        new HelpCommand(),
                        new CompletionCommand(),
                        new CommandLine(new BenchCommand()).addSubcommand(new LoadCommand()))
                .forEach(line::addSubcommand);
        LoadCommand.replaceJsonOption(line);
        line.getSubcommands().forEach(Commands::addExample);
        // The footer is set here, because every subcommand would inherit a footer in the bundle.
        line.getCommandSpec()
                .usageMessage()
                .footer(CliMessages.get("usage.examples").split("\n", -1));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        // A title may begin with an at sign, which Picocli would read as the name of a file with arguments.
        line.setExpandAtFiles(false);
        line.setOut(new java.io.PrintWriter(root.terminal().output()));
        line.setErr(root.terminal().errors());
        line.setExecutionExceptionHandler((failure, command, parsed) -> report(root, failure));
        line.setParameterExceptionHandler((failure, arguments) -> usageError(root, failure));
        return line;
    }

    private static void addExample(String path, CommandLine command) {
        command.getSubcommands().forEach((name, line) -> addExample(path + "-" + name, line));
        if (command.getSubcommands().isEmpty() && CliMessages.has("example." + path)) {
            command.getCommandSpec()
                    .usageMessage()
                    .footer(CliMessages.get("usage.example"), "  tidemark " + CliMessages.get("example." + path));
        }
    }

    private static int usageError(TidemarkCommand root, ParameterException failure) {
        String command = failure.getCommandLine().getCommandSpec().qualifiedName();
        root.error(UsageErrors.sentence(failure) + " " + CliMessages.get("usage.help", command));
        return USAGE;
    }

    private static int report(TidemarkCommand root, Exception failure) {
        String sentence = switch (failure) {
            case ProblemException problem -> {
                // Logs only the key, because the sentence may quote user input.
                LOG.warn("A command was rejected: {}", problem.key());
                yield String.valueOf(problem.getMessage());
            }
            case TidemarkException problem -> {
                LOG.warn("A command failed", problem);
                yield ErrorMessages.of(problem);
            }
            case OutputException problem when problem.isPipeClosed() -> "";
            case OutputException problem -> CliMessages.get("output.failed", problem.getMessage());
            default -> {
                LOG.error("A command failed unexpectedly", failure);
                yield CliMessages.get(
                        "failure.unexpected",
                        failure.getClass().getSimpleName(),
                        root.folders().logs());
            }
        };
        if (!sentence.isEmpty()) {
            root.error(sentence);
        }
        return FAILURE;
    }
}
