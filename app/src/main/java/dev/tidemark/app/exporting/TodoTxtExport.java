package dev.tidemark.app.exporting;

import dev.tidemark.app.model.Attachment;
import dev.tidemark.app.model.Due;
import dev.tidemark.app.model.Item;
import dev.tidemark.app.model.ItemExport;
import dev.tidemark.app.model.Kind;
import dev.tidemark.app.model.Priority;
import dev.tidemark.engine.Database;
import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * Writes todo.txt, with one item per line. Leaves out bodies, reminders and items in the trash, which the format lacks.
 */
final class TodoTxtExport implements ExportFormat.Text {
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    @Override
    public String id() {
        return "todotxt";
    }

    @Override
    public String extension() {
        return "txt";
    }

    @Override
    public Exported write(Database database, Appendable target) throws IOException {
        AtomicInteger leftOut = new AtomicInteger();
        int items = ItemExport.forEach(database, details -> {
            if (details.item().trashed()) {
                leftOut.incrementAndGet();
            } else {
                target.append(line(details.item())).append('\n');
            }
        });
        return new Exported(items - leftOut.get(), leftOut.get(), 0, Attachment.count(database));
    }

    private static String line(Item item) {
        List<String> words = new ArrayList<>();
        String letter = letter(item.priority());
        if (item.done()) {
            words.add("x");
        } else if (!letter.isEmpty()) {
            words.add("(" + letter + ")");
        }
        if (!item.done()) {
            // In a completed line, the creation date must follow the completion date, which Tidemark does not record.
            words.add(item.createdAt()
                    .atZone(ZoneId.systemDefault())
                    .toLocalDate()
                    .toString());
        }
        words.add(BLANKS.matcher(item.title()).replaceAll(" ").strip());
        if (item.list() != null) {
            words.add("+" + word(item.list()));
        }
        item.tags().forEach(tag -> words.add("@" + word(tag)));
        keys(item, letter, words);
        words.removeIf(String::isEmpty);
        return String.join(" ", words);
    }

    private static void keys(Item item, String letter, List<String> words) {
        Due due = item.due();
        if (due != null) {
            words.add("due:" + due);
            if (due.repeat() != null) {
                words.add("rec:" + word(due.repeat().toString()));
            }
        }
        if (item.done() && !letter.isEmpty()) {
            words.add("pri:" + letter);
        }
        if (item.kind() == Kind.NOTE) {
            words.add("kind:note");
        }
        words.add("id:" + item.id());
    }

    private static String letter(Priority priority) {
        return switch (priority) {
            case HIGH -> "A";
            case MEDIUM -> "B";
            case LOW -> "C";
            case NONE -> "";
        };
    }

    private static String word(String text) {
        return BLANKS.matcher(text).replaceAll("_");
    }
}
