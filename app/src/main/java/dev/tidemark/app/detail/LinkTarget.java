package dev.tidemark.app.detail;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Where a link in a note leads, and whether it may be opened from here: to the web or a mail, never to files or programs. */
final class LinkTarget {
    private static final Set<String> OPENED = Set.of("http", "https", "mailto");
    private static final int LONGEST = 2000;

    /** Addresses as they stand in a text without being marked as links; what ends a sentence is no part of them. */
    static final Pattern BARE = Pattern.compile("\\bhttps?://[^\\s<>\"]*[^\\s<>\"'.,;:!?)\\]}]");

    private LinkTarget() {}

    /** What to have the system open; empty if that is not done from here. */
    static Optional<URI> openable(String target) {
        try {
            URI address = new URI(target.strip());
            String scheme = address.getScheme();
            boolean isOpened = scheme != null
                    && target.length() <= LONGEST
                    && OPENED.contains(scheme.toLowerCase(Locale.ROOT))
                    && (scheme.equalsIgnoreCase("mailto") || address.getHost() != null);
            return isOpened ? Optional.of(address) : Optional.empty();
        } catch (URISyntaxException e) {
            // Something was typed that leads nowhere.
            return Optional.empty();
        }
    }

    /** Whether this is nothing but an address of the web. */
    static boolean isAddress(String text) {
        return BARE.matcher(text).matches();
    }
}
