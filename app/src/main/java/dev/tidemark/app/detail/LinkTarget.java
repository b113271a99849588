package dev.tidemark.app.detail;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Decides which links of a note can be opened: web and mail addresses, never files or programs. */
final class LinkTarget {
    private static final Set<String> WEB = Set.of("http", "https");
    private static final int MAX_LENGTH = 2000;

    /** The maximum length of a DNS name. */
    private static final int MAX_HOST_LENGTH = 253;

    private static final Pattern MAIL = Pattern.compile("[^\\s?&#%,;@]{1,64}@[^\\s?&#%,;@]{1,253}");
    private static final Pattern SUBJECT = Pattern.compile("(?:^|&)(?i:subject)=([^&#]*)");
    private static final Pattern BREAKS = Pattern.compile("(?i:%0[0-9a-f]|%1[0-9a-f]|%7f)+");

    /** Matches a plain web address in a text. Punctuation that ends a sentence is not part of the match. */
    static final Pattern BARE = Pattern.compile("\\bhttps?://[^\\s<>\"]*[^\\s<>\"'.,;:!?)\\]}]");

    private LinkTarget() {}

    /** Returns the address to open; empty if the link must not be opened. */
    static Optional<URI> openable(String target) {
        if (target.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            URI address = new URI(target.strip());
            String scheme = Objects.requireNonNullElse(address.getScheme(), "").toLowerCase(Locale.ROOT);
            if (scheme.equals("mailto")) {
                return mail(address.getRawSchemeSpecificPart());
            }
            String host = address.getHost();
            boolean isOpened = WEB.contains(scheme) && host != null && host.length() <= MAX_HOST_LENGTH;
            return isOpened ? Optional.of(address) : Optional.empty();
        } catch (URISyntaxException e) {
            // Not a valid address.
            return Optional.empty();
        }
    }

    /**
     * Returns a mail address with only the recipient and the subject (RFC 6068), because other fields could attach
     * files or add recipients.
     */
    private static Optional<URI> mail(String specific) throws URISyntaxException {
        int query = specific.indexOf('?');
        String address = query < 0 ? specific : specific.substring(0, query);
        if (!MAIL.matcher(address).matches()) {
            return Optional.empty();
        }
        String fields = query < 0 ? "" : specific.substring(query + 1);
        Matcher subject = SUBJECT.matcher(fields);
        String subjectQuery =
                subject.find() ? "?subject=" + BREAKS.matcher(subject.group(1)).replaceAll("%20") : "";
        return Optional.of(new URI("mailto:" + address + subjectQuery));
    }

    /** Returns the full host name of a web address; empty for mail addresses and for links that must not be opened. */
    static Optional<String> host(String target) {
        return openable(target).map(URI::getHost);
    }

    /** Whether the whole text is one web address. */
    static boolean isAddress(String text) {
        return BARE.matcher(text).matches();
    }
}
