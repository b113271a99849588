package dev.tidemark.app.quickadd;

import dev.tidemark.app.parser.QuickAdd;
import dev.tidemark.app.parser.QuickAddParser;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Parses quick-add lines in the language of the user, with the current time and lists. For the thread of the window.
 */
public final class LineParser {
    private final QuickAddParser parser = new QuickAddParser(Locale.getDefault());
    private final Supplier<? extends Collection<String>> listNames;
    private final Supplier<ZonedDateTime> clock;

    public LineParser(Supplier<? extends Collection<String>> listNames, Supplier<ZonedDateTime> clock) {
        this.listNames = listNames;
        this.clock = clock;
    }

    /**
     * Parses a line.
     *
     * @param literal the parts of the line that stay in the title although the parser recognises them
     */
    QuickAdd parse(String line, Set<String> literal) {
        return parser.parse(line, clock.get(), listNames.get(), literal);
    }

    LocalDate today() {
        return clock.get().toLocalDate();
    }

    /** Whether a list has this name, ignoring case. */
    boolean hasList(String name) {
        return listNames.get().stream().anyMatch(name::equalsIgnoreCase);
    }
}
