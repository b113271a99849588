package dev.tidemark.app.repair;

import dev.tidemark.app.diagnostics.ErrorCode;
import dev.tidemark.engine.problem.TidemarkException;
import java.util.List;
import java.util.Set;

/** Tells failures of a damaged database from others. */
public final class Damage {
    private static final Set<String> CODES =
            Set.of("file.corrupt", "file.not-sqlite", "database.damaged", "database.foreign");

    private Damage() {}

    /** Whether the failure says that the database file is damaged. */
    public static boolean isReasonOf(Throwable failure) {
        return failure instanceof TidemarkException
                && List.of(ErrorCode.of(failure).split("/", -1)).stream().anyMatch(CODES::contains);
    }
}
