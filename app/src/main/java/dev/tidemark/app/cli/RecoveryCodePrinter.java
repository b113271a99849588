package dev.tidemark.app.cli;

import dev.tidemark.engine.encryption.RecoveryCode;
import java.util.Arrays;

/** Shows a recovery code to the person, once. */
final class RecoveryCodePrinter {
    private RecoveryCodePrinter() {}

    /** Shows the codes of libraries that this command founds, and says when another code is needed. */
    static void showIn(TidemarkCommand root) {
        root.composition().encryption().showCodesWith(code -> show(root, code));
        root.composition().encryption().setRecoveryCodeListener(isWhole -> {
            if (!isWhole) {
                root.terminal().errors().println(CliMessages.get("recovery.split"));
                root.terminal().errors().flush();
            }
        });
    }

    /** Beside the output, which may go into a file; on one line, so that it can be found there. */
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
