package dev.tidemark.app.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures the database on this machine. Does not touch the user's data. */
@Command(name = "bench")
final class BenchCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    /** Adds this command and its subcommands to the program's commands. */
    static void addTo(CommandLine line, TidemarkCommand root) {
        LoadCommand load = new LoadCommand(root);
        CommandLine bench = new CommandLine(new BenchCommand()).addSubcommand("load", load);
        line.addSubcommand("bench", bench);
        load.replaceJsonOption(
                Objects.requireNonNull(bench.getSubcommands().get("load")).getCommandSpec());
    }

    @Override
    public void run() {
        if (spec == null) {
            throw new IllegalStateException("Picocli sets the specification");
        }
        throw new ParameterException(spec.commandLine(), CliMessages.get("usage.noCommand"));
    }
}
