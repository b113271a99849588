package dev.tidemark.app.cli;

import dev.tidemark.app.context.AppContext;
import dev.tidemark.app.format.TerminalSanitizer;
import dev.tidemark.app.model.ErrorMessages;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.app.settings.ProfileFolders;
import dev.tidemark.engine.problem.TidemarkException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The root command. Holds the global options and the shared services. */
@Command(
        name = "tidemark",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        versionProvider = TidemarkCommand.ProgramVersion.class,
        resourceBundle = CliMessages.BUNDLE,
        sortOptions = false,
        usageHelpAutoWidth = true)
final class TidemarkCommand extends Subcommand.Group implements AutoCloseable {
    private final Terminal terminal;
    private final Output output;

    @Option(names = "--profile", paramLabel = "DIR", scope = ScopeType.INHERIT)
    private @Nullable Path profile;

    @Option(names = "--json", scope = ScopeType.INHERIT)
    private boolean json;

    private @Nullable AppContext composition;

    /** Prints the program's version for {@code --version}. */
    static final class ProgramVersion implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {AppContext.program()};
        }
    }

    TidemarkCommand(Terminal terminal) {
        this.terminal = terminal;
        output = new Output(terminal);
    }

    Terminal terminal() {
        return terminal;
    }

    @Override
    Output output() {
        return output;
    }

    boolean json() {
        return json;
    }

    ProfileFolders folders() {
        return profile == null ? ProfileFolders.standard() : ProfileFolders.below(profile);
    }

    /** Returns the services of the profile. The first call creates them. */
    AppContext composition() {
        if (composition == null) {
            composition = AppContext.of(folders());
        }
        return composition;
    }

    /**
     * Erases the remains of purged items on this device. A failure only prints a warning, because the command itself
     * succeeded. The next command that erases tries again.
     */
    void erase() {
        try {
            composition().erasure().run();
        } catch (ProblemException | TidemarkException e) {
            error(ErrorMessages.of(e));
        }
    }

    void error(String sentence) {
        terminal.errors().println(TerminalSanitizer.line(sentence));
    }

    @Override
    public void close() {
        if (composition != null) {
            composition.close();
        }
    }
}
