package dev.tidemark.app.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Prints the same text as {@code --help}. */
@Command(name = "help")
final class HelpCommand extends Subcommand implements Runnable {
    @Parameters(paramLabel = "COMMAND", arity = "0..*", descriptionKey = "help.command")
    private List<String> names = new ArrayList<>();

    @Override
    public void run() {
        CommandLine command = spec().root().commandLine();
        for (String name : names) {
            CommandLine part = command.getSubcommands().get(name);
            if (part == null) {
                throw new ParameterException(command, CliMessages.get("usage.unknownCommand", name));
            }
            command = part;
        }
        output().printRaw(command.getUsageMessage());
    }
}
