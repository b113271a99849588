package dev.tidemark.app.cli;

import dev.tidemark.engine.encryption.RecoveryCode;
import java.util.Arrays;

/** Shows a recovery code once. */
final class RecoveryCodePrinter {
    private RecoveryCodePrinter() {}

    /** Makes sync print the recovery code of a library that it creates, and warn if no code opens the whole library. */
    static void showIn(TidemarkCommand root) {
        root.composition().encryption().showCodesWith(code -> show(root, code));
        root.composition().encryption().setRecoveryCodeListener(isWhole -> {
            if (!isWhole) {
                root.terminal().errors().println(CliMessages.get("recovery.split"));
                root.terminal().errors().flush();
            }
        });
    }

    /** Prints the code on stderr, because stdout may be a file. Prints it on one line, so that scripts can find it. */
    static void show(TidemarkCommand root, RecoveryCode code) {
        char[] text = code.toCharArray();
        try {
            root.terminal().errors().println(CliMessages.get("recovery.shown", new String(text)));
            root.terminal().errors().flush();
        } finally {
            Arrays.fill(text, '\0');
        }
    }
}
