package dev.tidemark.app.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * Prints the manual page of all commands, in the language of their help and as {@code man} reads it (man(7)). For those who
 * make packages.
 */
@Command(name = "manual", hidden = true)
final class ManualCommand implements Runnable {
    private final TidemarkCommand root;

    @Spec
    private @Nullable CommandSpec spec;

    ManualCommand(TidemarkCommand root) {
        this.root = root;
    }

    @Override
    public void run() {
        CommandLine all = Objects.requireNonNull(spec, "Picocli sets it").root().commandLine();
        StringBuilder page = new StringBuilder();
        page.append(".TH TIDEMARK 1 \"\" \"Tidemark ").append(Version.text()).append("\"\n");
        page.append(".SH NAME\ntidemark \\- ")
                .append(escape(Texts.get("manual.name")))
                .append('\n');
        page.append(".SH DESCRIPTION\n");
        usage(all, page);
        page.append(".SH COMMANDS\n");
        commands(all, page);
        root.output().raw(page.toString());
    }

    private static void commands(CommandLine line, StringBuilder page) {
        for (CommandLine command : line.getSubcommands().values()) {
            if (!command.getCommandSpec().usageMessage().hidden()) {
                page.append(".SS ")
                        .append(command.getCommandSpec().qualifiedName())
                        .append('\n');
                usage(command, page);
                commands(command, page);
            }
        }
    }

    private static void usage(CommandLine command, StringBuilder page) {
        page.append(".nf\n");
        command.getUsageMessage(Ansi.OFF)
                .lines()
                .forEach(line -> page.append(escape(line)).append('\n'));
        page.append(".fi\n");
    }

    /** A backslash begins an escape, a dot or an apostrophe at the beginning of a line a request. */
    private static String escape(String line) {
        String text = line.replace("\\", "\\e").replace("-", "\\-");
        return text.startsWith(".") || text.startsWith("'") ? "\\&" + text : text;
    }
}
