package dev.tidemark.app.importing.format;

import dev.tidemark.app.model.Due;
import dev.tidemark.app.model.ImportedFile;
import dev.tidemark.app.model.ImportedItem;
import dev.tidemark.app.model.Kind;
import dev.tidemark.app.model.Priority;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.app.model.Reminder;
import dev.tidemark.app.model.Repeat;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Collects the fields of one item of a source. Reports invalid values. Not thread-safe. */
final class ItemFields {
    private final ImportBuilder into;
    private final UUID id;
    private final String title;
    private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    private final Set<String> tags = new TreeSet<>();
    private final List<ImportedFile> files = new ArrayList<>();

    ItemFields(ImportBuilder into, UUID id, Kind kind, String title) {
        this.into = into;
        this.id = id;
        this.title = title;
        fields.put("id", id.toString());
        fields.put("kind", kind.text());
        fields.put("title", this.title);
    }

    UUID id() {
        return id;
    }

    String title() {
        return title;
    }

    void report(Unmapped.Reason reason, String detail) {
        into.report(reason, detail, title);
    }

    ItemFields body(String text) {
        fields.put("body", text);
        return this;
    }

    ItemFields done(boolean done) {
        fields.put("done", done);
        return this;
    }

    ItemFields trashed(boolean trashed) {
        fields.put("trashed", trashed);
        return this;
    }

    ItemFields dismissed(boolean dismissed) {
        if (dismissed && fields.get("reminder") != null) {
            fields.put("dismissed", true);
        }
        return this;
    }

    ItemFields priority(Priority priority) {
        fields.put("priority", priority.text());
        return this;
    }

    /** Sets the list. {@code null} and blank names mean the Inbox. */
    ItemFields list(@Nullable String name) {
        fields.put("list", name == null || name.isBlank() ? null : name.strip());
        return this;
    }

    ItemFields tag(String name) {
        String plain = name.strip().replaceFirst("^[#\\s]+", "");
        if (!plain.isEmpty()) {
            tags.add(Normalizer.normalize(plain, Normalizer.Form.NFC));
        }
        return this;
    }

    ItemFields tags(Iterable<String> names) {
        names.forEach(this::tag);
        return this;
    }

    /**
     * Sets the due date from {@code 2026-12-31} or {@code 2026-12-31T17:00}. {@code null} or a blank text clears the
     * date.
     */
    ItemFields due(@Nullable String text) {
        return checked("due", text, value -> Due.parse(value).toString());
    }

    /** Sets the due date to this point in time, in the time zone of the system. */
    ItemFields dueAt(long epochMillis) {
        LocalDateTime local = local(epochMillis);
        return local == null ? this : due(local.withSecond(0).withNano(0).toString());
    }

    ItemFields reminder(@Nullable String text) {
        return checked("reminder", text, value -> {
            LocalDateTime at = Reminder.parse(value);
            return at.toString();
        });
    }

    /** Sets the reminder to this point in time, in the time zone of the system. */
    ItemFields reminderAt(long epochMillis) {
        LocalDateTime local = local(epochMillis);
        return local == null ? this : reminder(local.withSecond(0).withNano(0).toString());
    }

    private @Nullable LocalDateTime local(long epochMillis) {
        try {
            LocalDateTime at = LocalDateTime.ofInstant(Instant.ofEpochMilli(epochMillis), ZoneId.systemDefault());
            if (at.getYear() >= 1 && at.getYear() <= 9999) {
                return at;
            }
        } catch (DateTimeException e) {
            report(Unmapped.Reason.VALUE, Long.toString(epochMillis));
            return null;
        }
        report(Unmapped.Reason.VALUE, Long.toString(epochMillis));
        return null;
    }

    /** Sets the repeat rule. If there is no due date, reports the rule instead, because a rule needs a due date. */
    ItemFields repeat(@Nullable String rule) {
        if (rule != null && !rule.isBlank() && fields.get("due") == null) {
            report(Unmapped.Reason.VALUE, rule);
            return this;
        }
        return checked("repeat", rule, value -> Repeat.parse(value).toString());
    }

    ItemFields createdAt(@Nullable String instant) {
        if (instant == null || instant.isBlank()) {
            return this;
        }
        try {
            return createdAt(Instant.parse(instant.strip()).toEpochMilli());
        } catch (DateTimeException | ArithmeticException e) {
            report(Unmapped.Reason.VALUE, instant);
            return this;
        }
    }

    ItemFields createdAt(long epochMillis) {
        // Missing times are ignored, and so are years after 9999, which have no JSON form.
        if (epochMillis > 0 && epochMillis < 253_402_300_800_000L) {
            fields.put("createdAt", Instant.ofEpochMilli(epochMillis).toString());
        }
        return this;
    }

    ItemFields attach(ImportedFile file) {
        files.add(file);
        return this;
    }

    private interface Check {
        String value(String text);
    }

    private ItemFields checked(String name, @Nullable String text, Check check) {
        if (text == null || text.isBlank()) {
            fields.put(name, null);
            return this;
        }
        try {
            fields.put(name, check.value(text.strip()));
        } catch (ProblemException e) {
            report(Unmapped.Reason.VALUE, text.strip());
        }
        return this;
    }

    ImportedItem build() {
        fields.put("tags", List.copyOf(tags));
        return new ImportedItem(fields, List.copyOf(files));
    }
}
