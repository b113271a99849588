package dev.tidemark.app.cli;

import dev.tidemark.engine.encryption.RecoveryCode;
import java.util.Arrays;

/** Shows a recovery code to the person, once. */
final class RecoveryCodes {
    private RecoveryCodes() {}

    /** Shows the codes of libraries that this command founds. */
    static void showIn(TidemarkCommand root) {
        root.composition().encryption().showCodesWith(code -> show(root, code));
    }

    /** Beside the output, which may go into a file; on one line, so that it can be found there. */
    static void show(TidemarkCommand root, RecoveryCode code) {
        char[] text = code.toCharArray();
        try {
            root.terminal().errors().println(Texts.get("recovery.shown", new String(text)));
            root.terminal().errors().flush();
        } finally {
            Arrays.fill(text, '\0');
        }
    }
}
