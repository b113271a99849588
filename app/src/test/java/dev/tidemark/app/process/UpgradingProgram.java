package dev.tidemark.app.process;

import dev.tidemark.engine.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Opens an older library, and pauses in the middle of its upgrade until it is killed. */
final class UpgradingProgram {
    private UpgradingProgram() {}

    public static void main(String[] arguments) {
        Database.open(Path.of(arguments[0]), OlderLibrary.schema(UpgradingProgram::stay, true))
                .close();
        AtomicOutputLine.showMessage("upgraded");
    }

    private static void stay() {
        AtomicOutputLine.showMessage("in the middle");
        try {
            AtomicOutputLine.showMessage("went on after " + System.in.read());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
