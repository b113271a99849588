package dev.tidemark.app.cli;

import dev.tidemark.app.detail.ConflictResolver;
import dev.tidemark.app.detail.FieldText;
import dev.tidemark.app.format.RepeatFormat;
import dev.tidemark.app.format.TerminalSanitizer;
import dev.tidemark.app.model.CommonAncestor;
import dev.tidemark.app.model.ConflictLine;
import dev.tidemark.app.model.Due;
import dev.tidemark.app.model.HiddenEntry;
import dev.tidemark.app.model.ItemDetails;
import dev.tidemark.app.model.ItemJson;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.app.model.TextMerge;
import dev.tidemark.app.model.TransactionRunner;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.history.Conflict;
import dev.tidemark.engine.history.HiddenData;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the losing versions of conflicts and the hidden data, one per line. */
@Command(name = "conflicts", subcommands = ConflictsCommand.Resolve.class)
final class ConflictsCommand extends Subcommand implements Runnable {
    @Override
    public void run() {
        Map<ReplicaId, String> names = database().replicaNames();
        for (ConflictLine line : ConflictLine.all(database())) {
            if (isJson()) {
                output().json(
                                "id", line.id().toString(),
                                "field", line.field(),
                                "winner", side(line.winner(), names),
                                "loser", side(line.loser(), names),
                                "hidden", null);
            } else {
                message(
                        "conflicts.line",
                        line.id().toString(),
                        line.field(),
                        plain(line.field(), line.winner(), names),
                        plain(line.field(), line.loser(), names));
            }
        }
        HiddenDataPrinter printer = new HiddenDataPrinter(names);
        database().hiddenData(rows -> {
            rows.forEach(data -> print(data, printer));
            return true;
        });
    }

    /** The ways to resolve a conflict. The user must choose exactly one. */
    private static final class Choice {
        @Option(names = "--keep", descriptionKey = "conflicts.keep")
        private boolean keep;

        @Option(names = "--use-other", descriptionKey = "conflicts.use")
        private boolean use;

        @Option(names = "--merge", descriptionKey = "conflicts.merge")
        private boolean merge;
    }

    /** Resolves the conflicts of one item, or of one of its fields, on all devices. */
    @Command(name = "resolve")
    static final class Resolve extends Subcommand implements Runnable {
        @Parameters(paramLabel = "ID", descriptionKey = "conflicts.id")
        private String id = "";

        @Option(names = "--field", paramLabel = "FIELD", descriptionKey = "conflicts.field")
        private @Nullable String field;

        @ArgGroup(multiplicity = "1")
        private Choice choice = new Choice();

        @Override
        public void run() {
            Database database = database();
            ConflictResolver resolver = new ConflictResolver(
                    TransactionRunner.into(database, context().clock()));
            int resolved = 0;
            for (Conflict conflict : ConflictLine.resolvable(database)) {
                ConflictLine line = ConflictLine.of(database, conflict);
                if (!line.id().toString().startsWith(id) || (field != null && !field.equals(line.field()))) {
                    continue;
                }
                if (choice.merge) {
                    resolver.merge(conflict, merged(database, conflict));
                } else if (choice.use) {
                    resolver.useLoser(conflict);
                } else if (choice.keep) {
                    resolver.keepWinner(conflict);
                }
                resolved++;
            }
            if (resolved == 0) {
                throw new ProblemException("conflict.unknown", id);
            }
            if (isJson()) {
                output().json("resolved", resolved);
            } else {
                message("conflicts.resolved", resolved);
            }
        }

        private static String merged(Database database, Conflict conflict) {
            if (!FieldText.isText(conflict.column())) {
                throw new ProblemException("conflict.noText", conflict.column());
            }
            TextMerge merge = TextMerge.of(
                    CommonAncestor.of(database, conflict).orElse(null),
                    Objects.toString(conflict.winner().value(), ""),
                    Objects.toString(conflict.loser().value(), ""));
            if (merge.hasChoices()) {
                throw new ProblemException("conflict.samePassage", conflict.column());
            }
            return merge.text(each -> false);
        }
    }

    private void print(HiddenData data, HiddenDataPrinter printer) {
        if (isJson()) {
            output().json(
                            "id",
                            HiddenEntry.itemOf(data).toString(),
                            "field",
                            Conflict.ROW,
                            "winner",
                            null,
                            "loser",
                            null,
                            "hidden",
                            printer.json(data));
        } else {
            output().line(printer.line(data));
        }
    }

    private static Map<String, @Nullable Object> side(ConflictLine.Version side, Map<ReplicaId, String> names) {
        return ItemJson.object(
                "value", side.value(),
                "device", ItemDetails.deviceName(names, side.replica()),
                "at", side.at().toString());
    }

    private static String plain(String field, ConflictLine.Version side, Map<ReplicaId, String> names) {
        Instant at = side.at();
        String value = format(field, side.value());
        return CliMessages.get(
                "conflicts.side",
                TerminalSanitizer.line(value),
                TerminalSanitizer.line(ItemDetails.deviceName(names, side.replica())),
                ItemPrinter.time(at));
    }

    /** Formats a value for users. In a stored due date, the repeat rule has a form that only programs read. */
    static String format(String field, @Nullable Object value) {
        Due due = field.equals("due") && value instanceof String stored ? Due.ofStored(stored) : null;
        if (due == null) {
            return value == null ? CliMessages.get("conflicts.nothing") : String.valueOf(value);
        }
        return due.repeat() == null
                ? due.toString()
                : CliMessages.get("conflicts.due", due, RepeatFormat.of(due.repeat()));
    }
}
