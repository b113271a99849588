package dev.tidemark.app.cli;

import dev.tidemark.app.format.TerminalSanitizer;
import dev.tidemark.app.model.Attachment;
import dev.tidemark.app.model.Item;
import dev.tidemark.app.model.ItemDetails;
import dev.tidemark.app.model.ItemJson;
import dev.tidemark.app.model.ItemLookup;
import dev.tidemark.app.model.ItemQueries;
import dev.tidemark.app.model.Kind;
import dev.tidemark.app.model.Priority;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.engine.Database;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Prints a list of items, one per line, or all fields of one item. */
final class ItemPrinter {
    /** The number of items for which one query looks up the last change. */
    private static final int BATCH = 2_000;

    private final TidemarkCommand root;
    private final Output output;

    ItemPrinter(TidemarkCommand root) {
        this.root = root;
        output = root.output();
    }

    void list(List<Item> items) {
        Database database = root.composition().database();
        if (root.json()) {
            for (int start = 0; start < items.size(); start += BATCH) {
                List<Item> batch = items.subList(start, Math.min(items.size(), start + BATCH));
                ItemDetails.of(database, batch).forEach(details -> output.json(ItemJson.fields(details)));
            }
        } else if (!items.isEmpty()) {
            int length = database.read(ItemLookup::shortLength);
            items.forEach(item -> output.line(line(item, length)));
        }
    }

    /** Prints all fields of one item, as text or JSON. */
    void one(UUID id) {
        if (root.json()) {
            json(id);
        } else {
            plain(details(id));
        }
    }

    private void json(UUID id) {
        output.json(ItemJson.fields(details(id)));
    }

    /** Prints the id of a new item, or the item as JSON. */
    void added(UUID id) {
        if (root.json()) {
            json(id);
        } else {
            output.line(id.toString());
        }
    }

    /** Prints a changed item as JSON; prints nothing in text mode. */
    void changed(UUID id) {
        if (root.json()) {
            json(id);
        }
    }

    private ItemDetails details(UUID id) {
        Database database = root.composition().database();
        List<Item> found = database.list(ItemQueries.item(id));
        if (found.isEmpty()) {
            throw new ProblemException("item.unknown", id.toString());
        }
        return ItemDetails.of(database, found).getFirst();
    }

    private String line(Item item, int idLength) {
        String mark = item.kind() == Kind.NOTE ? " - " : item.done() ? "[x]" : "[ ]";
        StringBuilder more = new StringBuilder();
        if (item.due() != null) {
            more.append("  ").append(item.due());
        }
        if (item.priority() != Priority.NONE) {
            more.append("  !").append(item.priority().text());
        }
        if (item.list() != null) {
            more.append("  /").append(TerminalSanitizer.line(item.list()));
        }
        item.tags().forEach(tag -> more.append("  #").append(TerminalSanitizer.line(tag)));
        return output.faint(item.id().toString().substring(0, idLength)) + "  " + mark + " "
                + TerminalSanitizer.line(item.title()) + output.faint(more.toString());
    }

    private void plain(ItemDetails details) {
        Item item = details.item();
        Map<String, @Nullable Object> fields = ItemJson.fields(details);
        output.line(TerminalSanitizer.line(item.title()));
        field("id", item.id().toString());
        field("kind", CliMessages.get("show.kind." + item.kind().text()));
        if (item.kind() == Kind.TODO) {
            field("done", CliMessages.get(item.done() ? "show.yes" : "show.no"));
        }
        for (String key : List.of("due", "repeat", "reminder")) {
            field(key, (String) fields.get(key));
        }
        field(
                "priority",
                item.priority() == Priority.NONE ? null : item.priority().text());
        field("list", item.list());
        field("tags", joined(item.tags()));
        List<Attachment> attachments = root.composition().database().list(Attachment.of(item.id()));
        field("attachments", joined(attachments.stream().map(Attachment::name).toList()));
        field("trashed", item.trashed() ? CliMessages.get("show.yes") : null);
        field("created", time(item.createdAt()));
        Instant changed = details.changedAt();
        field(
                "changed",
                changed == null
                        ? null
                        : CliMessages.get("show.changedBy", time(changed), String.valueOf(details.changedBy())));
        if (!item.body().isEmpty()) {
            output.line("");
            output.line(TerminalSanitizer.lines(item.body()));
        }
    }

    private static @Nullable String joined(List<String> names) {
        return names.isEmpty() ? null : String.join(", ", names);
    }

    private void field(String key, @Nullable String value) {
        if (value != null) {
            output.field("show." + key, value);
        }
    }

    static String time(Instant instant) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM)
                .withZone(ZoneId.systemDefault())
                .format(instant);
    }
}
