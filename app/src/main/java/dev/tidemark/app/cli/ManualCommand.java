package dev.tidemark.app.cli;

import dev.tidemark.app.diagnostics.Version;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;

/**
 * Prints the manual page of all commands as man(7) source, in the language of the help. The packages contain this page.
 */
@Command(name = "manual", hidden = true)
final class ManualCommand extends Subcommand implements Runnable {
    private static final List<String> EXIT_CODES = List.of("0", "1", "2", "130");

    /** The environment variables that the app and the engine read. */
    private static final List<String> VARIABLES = List.of(
            "TIDEMARK_S3_SECRET_KEY",
            "TIDEMARK_S3_SECRET_KEY_FROM",
            "TIDEMARK_S3_SECRET_KEY_TO",
            "TIDEMARK_PASSPHRASE",
            "TIDEMARK_KEYCHAIN",
            "SSL_CERT_FILE",
            "NO_COLOR",
            "XDG_DATA_HOME",
            "XDG_CONFIG_HOME",
            "XDG_CACHE_HOME",
            "XDG_STATE_HOME",
            "XDG_RUNTIME_DIR");

    @Override
    public void run() {
        CommandLine all = spec().root().commandLine();
        StringBuilder page = new StringBuilder();
        page.append(".TH TIDEMARK 1 \"\" \"Tidemark ").append(Version.text()).append("\"\n");
        // Only this heading is not translated, because programs search for it.
        page.append(".SH NAME\ntidemark \\- ")
                .append(escape(CliMessages.get("manual.name")))
                .append('\n');
        section(page, "synopsis");
        page.append(escape(CliMessages.get("manual.synopsis.command"))).append("\n.br\n");
        page.append(escape(CliMessages.get("manual.synopsis.window"))).append('\n');
        section(page, "description");
        usage(all, page);
        section(page, "commands");
        commands(all, page);
        section(page, "exit");
        EXIT_CODES.forEach(code -> entry(page, code, "manual.exit." + code));
        section(page, "environment");
        VARIABLES.forEach(name -> entry(page, name, "manual.environment." + name));
        section(page, "files");
        // The paths on Linux.
        entry(page, "~/.local/share/tidemark/tidemark.db", "manual.files.data");
        entry(page, "~/.config/tidemark/settings.properties", "manual.files.settings");
        entry(page, "~/.cache/tidemark", "manual.files.cache");
        entry(page, "~/.local/state/tidemark/logs", "manual.files.logs");
        output().printRaw(page.toString());
    }

    private static void section(StringBuilder page, String name) {
        page.append(".SH ").append(CliMessages.get("manual.heading." + name)).append('\n');
    }

    private static void entry(StringBuilder page, String term, String key) {
        page.append(".TP\n.B ").append(escape(term)).append('\n');
        page.append(escape(CliMessages.get(key))).append('\n');
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

    /** Escapes a line, because man(7) reads backslashes as escapes, and a leading dot or apostrophe as a request. */
    private static String escape(String line) {
        String text = line.replace("\\", "\\e").replace("-", "\\-");
        return text.startsWith(".") || text.startsWith("'") ? "\\&" + text : text;
    }
}
