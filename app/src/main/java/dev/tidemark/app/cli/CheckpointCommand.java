package dev.tidemark.app.cli;

import dev.tidemark.app.checkpoints.Attribution;
import dev.tidemark.app.checkpoints.Checkpoint;
import dev.tidemark.app.checkpoints.CheckpointRestore;
import dev.tidemark.app.checkpoints.Checkpoints;
import dev.tidemark.app.checkpoints.LibraryAtCheckpoint;
import dev.tidemark.app.checkpoints.LibraryDifference;
import dev.tidemark.app.format.TerminalSanitizer;
import dev.tidemark.app.model.Item;
import dev.tidemark.app.model.ItemDetails;
import dev.tidemark.app.model.ItemJson;
import dev.tidemark.app.model.ItemLookup;
import dev.tidemark.app.model.ItemQueries;
import dev.tidemark.app.model.TransactionRunner;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.Transaction;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes, lists, compares and restores checkpoints. */
@Command(name = "checkpoint")
final class CheckpointCommand extends Subcommand.Group {
    @Command(name = "make")
    void create(
            @Parameters(paramLabel = "NAME", descriptionKey = "checkpoint.new") String name,
            @Option(names = "--description", paramLabel = "TEXT", descriptionKey = "checkpoint.description") @Nullable
                    String description) {
        print(checkpoints().create(name, description == null ? "" : description));
    }

    @Command(name = "list")
    void list() {
        checkpoints().list().forEach(this::print);
    }

    @Command(name = "show")
    void show(@Parameters(paramLabel = "NAME", descriptionKey = "checkpoint.name") String name) {
        Checkpoint checkpoint = checkpoints().find(name);
        if (isJson()) {
            print(checkpoint);
            return;
        }
        print(checkpoint);
        if (!checkpoint.description().isEmpty()) {
            output().line(TerminalSanitizer.lines(checkpoint.description()));
        }
        Attribution attribution = checkpoint.attribution();
        if (attribution == null) {
            message("checkpoint.unattributed");
            return;
        }
        Attribution.shares(attribution.devices()).forEach(share -> share("checkpoint.share.device", share));
        Attribution.shares(attribution.lists()).forEach(share -> share("checkpoint.share.list", share));
    }

    private void share(String key, Attribution.Share share) {
        message(
                key,
                share.count().name().isEmpty()
                        ? CliMessages.get("checkpoint.share.none")
                        : TerminalSanitizer.line(share.count().name()),
                share.count().changes(),
                share.percent(),
                ItemPrinter.time(share.count().first()),
                ItemPrinter.time(share.count().last()));
    }

    @Command(name = "rename")
    void rename(
            @Parameters(paramLabel = "NAME", descriptionKey = "checkpoint.name") String name,
            @Parameters(paramLabel = "NEW", descriptionKey = "checkpoint.new") String wanted) {
        checkpoints().rename(checkpoints().find(name), wanted);
    }

    @Command(name = "delete")
    void delete(@Parameters(paramLabel = "NAME", descriptionKey = "checkpoint.name") String name) {
        checkpoints().delete(checkpoints().find(name));
    }

    @Command(name = "items")
    void items(@Parameters(paramLabel = "NAME", descriptionKey = "checkpoint.name") String name) {
        try (Database then = LibraryAtCheckpoint.open(database(), checkpoints().find(name))) {
            List<Item> items = then.list(ItemQueries.items(null, true, false));
            if (isJson()) {
                ItemDetails.of(then, items).forEach(details -> output().json(ItemJson.fields(details)));
            } else {
                new ItemPrinter(root()).list(items);
            }
        }
    }

    @Command(name = "compare")
    void compare(
            @Parameters(paramLabel = "NAME", descriptionKey = "checkpoint.name") String name,
            @Parameters(paramLabel = "OTHER", arity = "0..1", descriptionKey = "checkpoint.other") @Nullable
                    String other) {
        Checkpoint first = checkpoints().find(name);
        if (other == null) {
            try (Database then = LibraryAtCheckpoint.open(database(), first)) {
                print(LibraryDifference.between(then, database()));
            }
            return;
        }
        Checkpoint second = checkpoints().find(other);
        try (Database then = LibraryAtCheckpoint.open(database(), first);
                Database later = LibraryAtCheckpoint.open(database(), second)) {
            print(LibraryDifference.between(then, later));
        }
    }

    private void print(LibraryDifference difference) {
        if (isJson()) {
            output().json(
                            "added", difference.added(),
                            "changed", difference.changed(),
                            "removed", difference.removed(),
                            "rows", difference.rows().size());
            return;
        }
        message("checkpoint.compared", difference.added(), difference.changed(), difference.removed());
        difference.items().forEach(edit -> {
            String kind = edit.before() == null ? "added" : edit.after() == null ? "removed" : "changed";
            message("checkpoint.compared." + kind, edit.row().toString(), TerminalSanitizer.line(title(edit)));
        });
    }

    /** Returns the title of an added or removed item, or the names of the changed columns of a changed item. */
    private static String title(Transaction.RowEdit edit) {
        Map<String, @Nullable Object> after = edit.after();
        Map<String, @Nullable Object> before = edit.before();
        if (before != null && after != null) {
            return String.join(", ", new java.util.TreeSet<>(after.keySet()));
        }
        Map<String, @Nullable Object> known = after == null ? before : after;
        return known != null && known.get("title") instanceof String title ? title : "";
    }

    @Command(name = "restore")
    void restore(
            @Parameters(paramLabel = "NAME", descriptionKey = "checkpoint.name") String name,
            @Parameters(paramLabel = "ITEM", arity = "0..*", descriptionKey = "checkpoint.items") @Nullable
                    List<String> wanted,
            @Option(names = "--list", paramLabel = "LIST", descriptionKey = "checkpoint.list") @Nullable String list) {
        Checkpoint checkpoint = checkpoints().find(name);
        Set<UUID> items = null;
        if ((wanted != null && !wanted.isEmpty()) || list != null) {
            items = new HashSet<>();
            try (Database then = LibraryAtCheckpoint.open(database(), checkpoint)) {
                if (list != null) {
                    items.addAll(LibraryAtCheckpoint.list(then, list));
                }
                for (String start : wanted == null ? List.<String>of() : wanted) {
                    items.add(then.read(reader -> ItemLookup.find(reader, start)));
                }
            }
        }
        CheckpointRestore.Outcome outcome = new CheckpointRestore(
                        database(), TransactionRunner.of(database(), context().clock()))
                .restore(checkpoint, items);
        if (isJson()) {
            output().json("rows", outcome.rows(), "left", outcome.left());
        } else {
            message("checkpoint.restored", outcome.rows());
            if (outcome.left() > 0) {
                message("checkpoint.left", outcome.left());
            }
        }
    }

    private Checkpoints checkpoints() {
        return new Checkpoints(database(), context().clock());
    }

    private void print(Checkpoint checkpoint) {
        if (!isJson()) {
            message(
                    "checkpoint.line",
                    ItemPrinter.time(checkpoint.at()),
                    TerminalSanitizer.line(checkpoint.name()),
                    TerminalSanitizer.line(checkpoint.device()),
                    checkpoint.items(),
                    checkpoint.attribution() == null
                            ? 0
                            : checkpoint.attribution().changes());
            return;
        }
        Attribution attribution = checkpoint.attribution();
        UUID predecessor = checkpoint.predecessor();
        output().json(
                        "id", checkpoint.id().toString(),
                        "name", checkpoint.name(),
                        "description", checkpoint.description(),
                        "at", checkpoint.at().toString(),
                        "device", checkpoint.device(),
                        "predecessor", predecessor == null ? null : predecessor.toString(),
                        "items", checkpoint.items(),
                        "total", checkpoint.total(),
                        "usable", checkpoint.vector() != null,
                        "devices", attribution == null ? null : shares(attribution.devices()),
                        "lists", attribution == null ? null : shares(attribution.lists()));
    }

    private static List<Map<String, @Nullable Object>> shares(Map<String, Attribution.Count> counts) {
        return Attribution.shares(counts).stream()
                .map(share -> ItemJson.object(
                        "id", share.id(),
                        "name", share.count().name(),
                        "changes", share.count().changes(),
                        "percent", share.percent(),
                        "first", share.count().first().toString(),
                        "last", share.count().last().toString()))
                .toList();
    }
}
