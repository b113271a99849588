package dev.tidemark.app.quickadd;

import dev.tidemark.app.parser.QuickAdd;
import dev.tidemark.app.parser.QuickAddParser;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/** Understands lines in the person's language, at the present moment, knowing the person's lists. For the thread of the window. */
public final class LineParser {
    private final QuickAddParser parser = new QuickAddParser(Locale.getDefault());
    private final Supplier<? extends Collection<String>> listNames;

    /** @param listNames the names of the lists that there are */
    public LineParser(Supplier<? extends Collection<String>> listNames) {
        this.listNames = listNames;
    }

    /**
     * What a line means.
     *
     * @param literal pieces of it that the person wants in the title
     */
    QuickAdd parse(String line, Set<String> literal) {
        return parser.parse(line, ZonedDateTime.now(ZoneId.systemDefault()), listNames.get(), literal);
    }

    /** Whether there is a list of this name, in any case. */
    boolean hasList(String name) {
        return listNames.get().stream().anyMatch(name::equalsIgnoreCase);
    }
}
