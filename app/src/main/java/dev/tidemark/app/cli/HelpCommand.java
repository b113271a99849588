package dev.tidemark.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what {@code --help} prints. */
@Command(name = "help")
final class HelpCommand implements Runnable {
    private final TidemarkCommand root;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "COMMAND", arity = "0..*", descriptionKey = "help.command")
    private List<String> names = new ArrayList<>();

    HelpCommand(TidemarkCommand root) {
        this.root = root;
    }

    @Override
    public void run() {
        CommandLine command =
                Objects.requireNonNull(spec, "Picocli sets it").root().commandLine();
        for (String name : names) {
            CommandLine part = command.getSubcommands().get(name);
            if (part == null) {
                throw new ParameterException(command, CliMessages.get("usage.unknownCommand", name));
            }
            command = part;
        }
        root.output().raw(command.getUsageMessage());
    }
}
