package dev.tidemark.app.quickadd;

import dev.tidemark.app.parser.QuickAdd;
import dev.tidemark.app.parser.QuickAddParser;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/** Parses quick-add lines in the user's language, with the current time and lists. For the thread of the window. */
public final class LineParser {
    private final QuickAddParser parser = new QuickAddParser(Locale.getDefault());
    private final Supplier<? extends Collection<String>> listNames;
    private final Supplier<ZonedDateTime> clock;

    public LineParser(Supplier<? extends Collection<String>> listNames, Supplier<ZonedDateTime> clock) {
        this.listNames = listNames;
        this.clock = clock;
    }

    /** Parses a line; literal pieces stay in the title. */
    QuickAdd parse(String line, Set<String> literal) {
        return parser.parse(line, clock.get(), listNames.get(), literal);
    }

    LocalDate today() {
        return clock.get().toLocalDate();
    }

    /** Whether there is a list of this name, in any case. */
    boolean hasList(String name) {
        return listNames.get().stream().anyMatch(name::equalsIgnoreCase);
    }
}
