package dev.tidemark.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints a completion script for a shell. */
@Command(name = "completion")
final class CompletionCommand extends Subcommand implements Runnable {
    @Parameters(paramLabel = "SHELL", descriptionKey = "completion.shell")
    private Shell shell = Shell.bash;

    enum Shell {
        bash,
        zsh,
        fish
    }

    @Override
    public void run() {
        CompletionScript script = new CompletionScript(spec().root());
        output().printRaw(
                        switch (shell) {
                            case bash -> script.bash();
                            case zsh -> script.zsh();
                            case fish -> script.fish();
                        });
    }
}
