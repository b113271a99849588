package dev.tidemark.app.cli;

import dev.tidemark.app.detail.ConflictResolver;
import dev.tidemark.app.detail.FieldText;
import dev.tidemark.app.model.CommonAncestor;
import dev.tidemark.app.model.ConflictLine;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.app.model.TextMerge;
import dev.tidemark.app.model.TransactionRunner;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.history.Conflict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Resolves the conflicts of one item, of one of its fields, or all, on all devices. */
@Command(name = "resolve")
final class ResolveCommand extends Subcommand implements Runnable {
    @ArgGroup(multiplicity = "1")
    private Scope scope = new Scope();

    @Option(names = "--field", paramLabel = "FIELD", descriptionKey = "conflicts.field")
    private @Nullable String field;

    @ArgGroup(multiplicity = "1")
    private Choice choice = new Choice();

    /** Which conflicts; exactly one. */
    private static final class Scope {
        @Parameters(paramLabel = "ID", descriptionKey = "conflicts.id")
        private @Nullable String id;

        @Option(names = "--all", descriptionKey = "conflicts.all")
        private boolean all;
    }

    /** How to resolve; exactly one. */
    private static final class Choice {
        @Option(names = "--keep", descriptionKey = "conflicts.keep")
        private boolean keep;

        @Option(names = "--use-other", descriptionKey = "conflicts.use")
        private boolean use;

        @Option(names = "--merge", descriptionKey = "conflicts.merge")
        private boolean merge;
    }

    /** Keeps and uses versions in one transaction; merges texts one after the other. */
    @Override
    public void run() {
        Database database = database();
        ConflictResolver resolver =
                new ConflictResolver(TransactionRunner.of(database, context().clock()));
        List<Conflict> conflicts = conflicts(database);
        int open = 0;
        if (choice.merge) {
            open = merge(database, resolver, conflicts);
        } else if (choice.use) {
            open = resolver.useLosingVersions(conflicts);
        } else if (choice.keep) {
            resolver.keepWinners(conflicts);
        }
        if (isJson()) {
            output().json("resolved", conflicts.size() - open, "open", open);
        } else {
            message("conflicts.resolved", conflicts.size() - open);
            if (open > 0) {
                message("conflicts.left", open);
            }
        }
    }

    /** The chosen conflicts; with {@code --all} there may be none. */
    private List<Conflict> conflicts(Database database) {
        String wanted = scope.id;
        List<Conflict> found = new ArrayList<>();
        for (Conflict conflict : ConflictLine.resolvable(database)) {
            ConflictLine line = ConflictLine.of(database, conflict);
            if ((wanted == null || line.id().toString().startsWith(wanted))
                    && (field == null || field.equals(line.field()))) {
                found.add(conflict);
            }
        }
        if (found.isEmpty() && wanted != null) {
            throw new ProblemException("conflict.unknown", wanted);
        }
        return found;
    }

    /** Of one item, a conflict that cannot be merged is an error, before any is. Of all, it stays open. */
    private int merge(Database database, ConflictResolver resolver, List<Conflict> conflicts) {
        Map<Conflict, String> texts = new LinkedHashMap<>();
        int open = 0;
        for (Conflict conflict : conflicts) {
            ProblemException obstacle = obstacle(database, conflict);
            if (obstacle == null) {
                texts.put(conflict, merge(database, conflict).text(each -> false));
            } else if (scope.all) {
                open++;
            } else {
                throw obstacle;
            }
        }
        texts.forEach(resolver::merge);
        return open;
    }

    private static @Nullable ProblemException obstacle(Database database, Conflict conflict) {
        if (!FieldText.isText(conflict.column())) {
            return new ProblemException("conflict.noText", conflict.column());
        }
        return merge(database, conflict).hasChoices()
                ? new ProblemException("conflict.samePassage", conflict.column())
                : null;
    }

    private static TextMerge merge(Database database, Conflict conflict) {
        return TextMerge.of(
                CommonAncestor.of(database, conflict).orElse(null),
                Objects.toString(conflict.winner().value(), ""),
                Objects.toString(conflict.loser().value(), ""));
    }
}
