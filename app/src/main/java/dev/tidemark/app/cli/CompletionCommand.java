package dev.tidemark.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a completion script for a shell. */
@Command(name = "completion")
final class CompletionCommand implements Runnable {
    private final TidemarkCommand root;

    @Spec
    private @org.jspecify.annotations.Nullable CommandSpec spec;

    @Parameters(paramLabel = "SHELL", descriptionKey = "completion.shell")
    private Shell shell = Shell.bash;

    /** The shells, as they are called. */
    enum Shell {
        bash,
        zsh,
        fish
    }

    CompletionCommand(TidemarkCommand root) {
        this.root = root;
    }

    @Override
    public void run() {
        if (spec == null) {
            throw new IllegalStateException("Picocli sets the specification");
        }
        CompletionScript script = new CompletionScript(spec.root());
        root.output()
                .raw(
                        switch (shell) {
                            case bash -> script.bash();
                            case zsh -> script.zsh();
                            case fish -> script.fish();
                        });
    }
}
