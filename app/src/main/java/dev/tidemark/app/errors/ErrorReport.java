package dev.tidemark.app.errors;

import dev.tidemark.app.diagnostics.ErrorCode;
import dev.tidemark.app.model.ErrorMessages;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.engine.Durability;
import dev.tidemark.engine.problem.TidemarkException;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.util.List;
import java.util.Set;

/**
 * The text that the app shows for a failure. Immutable.
 *
 * @param sentence describes the failure
 * @param advice the remedy; empty if the sentence contains it
 * @param code the {@link ErrorCode} of the failure
 */
public record ErrorReport(String sentence, String advice, String code) {
    /** The codes of the errors after which the library has to be reopened. */
    private static final Set<String> FATAL = Set.of(
            "database.closed", "database.damaged", "transaction.schema-newer", "file.corrupt", "file.not-sqlite");

    /**
     * The advice for some problems.
     *
     * @param codes prefixes of the codes of these problems or of their causes
     */
    private record Advice(List<String> codes, String key) {
        boolean isFor(String code) {
            return codes.stream().anyMatch(begin -> code.startsWith(begin) || code.contains("/" + begin));
        }
    }

    /** The first entry that matches a problem applies. */
    private static final List<Advice> ADVICE = List.of(
            new Advice(List.of("disk.full"), Keys.TROUBLE_FULL),
            new Advice(List.of("file.held", "window.busy"), Keys.TROUBLE_HELD),
            new Advice(List.of("database.newer", "transaction.schema-newer"), Keys.TROUBLE_NEWER),
            new Advice(
                    List.of("file.corrupt", "file.not-sqlite", "database.damaged", "database.foreign"),
                    Keys.TROUBLE_DAMAGED),
            new Advice(
                    List.of(
                            "database.read-only",
                            "database.is-folder",
                            "database.folder-missing",
                            "profile.",
                            "window.lock"),
                    Keys.TROUBLE_PERMISSION),
            new Advice(List.of("settings."), Keys.TROUBLE_SETTINGS));

    /** The codes of problems whose sentence already contains the advice. */
    private static final Set<String> SELF_EXPLAINING =
            Set.of("database.earlier", "profile.databaseLost", "window.unsaved", "window.lost");

    public static ErrorReport of(Throwable failure) {
        String code = ErrorCode.of(failure);
        boolean known = failure instanceof TidemarkException || failure instanceof ProblemException;
        String advice = ADVICE.stream()
                .filter(one -> known && one.isFor(code))
                .findFirst()
                .map(Advice::key)
                .orElse(Keys.TROUBLE_OTHER);
        return new ErrorReport(
                known ? ErrorMessages.of(failure) : Messages.text(Keys.TROUBLE_UNEXPECTED),
                SELF_EXPLAINING.contains(code) ? "" : Messages.text(advice),
                code);
    }

    /** Returns whether the window cannot continue after this failure. */
    public static boolean isFatal(Throwable failure) {
        return failure instanceof Durability.UnknownException
                || (failure instanceof TidemarkException
                        && List.of(ErrorCode.of(failure).split("/", -1)).stream()
                                .anyMatch(FATAL::contains));
    }
}
