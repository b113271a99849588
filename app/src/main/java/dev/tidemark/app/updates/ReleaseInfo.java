package dev.tidemark.app.updates;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.jr.ob.JSON;

/**
 * A release announcement with the newest version and the address of its page. Immutable.
 *
 * @param version two to four numbers separated by dots
 * @param page an https address
 */
public record ReleaseInfo(String version, URI page) {
    private static final JSON STRICT = JSON.std.with(JSON.Feature.FAIL_ON_DUPLICATE_MAP_KEYS);
    private static final Pattern VERSION = Pattern.compile("\\d{1,9}(\\.\\d{1,9}){1,3}");

    /**
     * Parses a JSON object with {@code program}, {@code version} and {@code page}. Returns empty if the answer is
     * anything else.
     */
    static Optional<ReleaseInfo> parse(byte[] answer) {
        try (JsonParser parser = STRICT.createParser(answer)) {
            Map<String, Object> fields = STRICT.mapFrom(parser);
            return fields == null || parser.nextToken() != null || !"tidemark".equals(fields.get("program"))
                    ? Optional.empty()
                    : of(fields.get("version"), fields.get("page"));
        } catch (JacksonException e) {
            // The answer is not an announcement. It may be the sign-in page of a network.
            return Optional.empty();
        }
    }

    /** Creates an announcement. Returns empty if the version or the page is invalid. */
    static Optional<ReleaseInfo> of(@Nullable Object version, @Nullable Object page) {
        if (!(version instanceof String number && VERSION.matcher(number).matches() && page instanceof String text)) {
            return Optional.empty();
        }
        try {
            URI address = new URI(text);
            return "https".equals(address.getScheme()) && address.getHost() != null
                    ? Optional.of(new ReleaseInfo(number, address))
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /**
     * Returns whether the announced version is higher than the current version. Ignores a suffix after a dash in the
     * current version.
     */
    boolean isNewerThan(String current) {
        return Arrays.compare(numbers(version), numbers(current.replaceFirst("-.*", ""))) > 0;
    }

    /** Returns the numbers of a version without trailing zeros, so that 1.2.0 equals 1.2. */
    private static int[] numbers(String version) {
        return Stream.of(version.replaceFirst("(\\.0+)+$", "").split("\\.", -1))
                .mapToInt(Integer::parseInt)
                .toArray();
    }
}
