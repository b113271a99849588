package dev.tidemark.app.detail;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a link in a note leads, and whether it may be opened from here: to the web or a mail, never to files or programs. */
final class LinkTarget {
    private static final Set<String> WEB = Set.of("http", "https");
    private static final int LONGEST = 2000;

    /** No name in the DNS is longer. */
    private static final int LONGEST_HOST = 253;

    private static final Pattern MAIL = Pattern.compile("[^\\s?&#%,;@]{1,64}@[^\\s?&#%,;@]{1,253}");
    private static final Pattern SUBJECT = Pattern.compile("(?:^|&)(?i:subject)=([^&#]*)");
    private static final Pattern BREAKS = Pattern.compile("(?i:%0[0-9a-f]|%1[0-9a-f]|%7f)+");

    /** Addresses as they stand in a text without being marked as links; what ends a sentence is no part of them. */
    static final Pattern BARE = Pattern.compile("\\bhttps?://[^\\s<>\"]*[^\\s<>\"'.,;:!?)\\]}]");

    private LinkTarget() {}

    /** What to have the system open; empty if that is not done from here. */
    static Optional<URI> openable(String target) {
        if (target.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            URI address = new URI(target.strip());
            String scheme = Objects.requireNonNullElse(address.getScheme(), "").toLowerCase(Locale.ROOT);
            if (scheme.equals("mailto")) {
                return mail(address.getRawSchemeSpecificPart());
            }
            String host = address.getHost();
            boolean isOpened = WEB.contains(scheme) && host != null && host.length() <= LONGEST_HOST;
            return isOpened ? Optional.of(address) : Optional.empty();
        } catch (URISyntaxException e) {
            // Something was typed that leads nowhere.
            return Optional.empty();
        }
    }

    /** RFC 6068: the address and the subject. Other fields could attach files, or write in the user's name to others. */
    private static Optional<URI> mail(String specific) throws URISyntaxException {
        int query = specific.indexOf('?');
        String address = query < 0 ? specific : specific.substring(0, query);
        if (!MAIL.matcher(address).matches()) {
            return Optional.empty();
        }
        String fields = query < 0 ? "" : specific.substring(query + 1);
        Matcher subject = SUBJECT.matcher(fields);
        String kept =
                subject.find() ? "?subject=" + BREAKS.matcher(subject.group(1)).replaceAll("%20") : "";
        return Optional.of(new URI("mailto:" + address + kept));
    }

    /** The host that an address leads to, whole; empty where it leads to none. */
    static Optional<String> host(String target) {
        return openable(target).map(URI::getHost);
    }

    /** Whether this is nothing but an address of the web. */
    static boolean isAddress(String text) {
        return BARE.matcher(text).matches();
    }
}
