package dev.tidemark.app.updates;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.jr.ob.JSON;

/**
 * A release announcement: the newest version and its page. Immutable.
 *
 * @param version numbers with points between them
 * @param page an address with https
 */
public record ReleaseInfo(String version, URI page) {
    private static final JSON STRICT = JSON.std.with(JSON.Feature.FAIL_ON_DUPLICATE_MAP_KEYS);
    private static final Pattern VERSION = Pattern.compile("\\d{1,9}(\\.\\d{1,9}){1,3}");

    /** Reads an object with {@code program}, {@code version} and {@code page}; empty if it is anything else. */
    static Optional<ReleaseInfo> parse(byte[] answer) {
        try (JsonParser parser = STRICT.createParser(answer)) {
            Map<String, Object> fields = STRICT.mapFrom(parser);
            return fields == null || parser.nextToken() != null || !"tidemark".equals(fields.get("program"))
                    ? Optional.empty()
                    : of(fields.get("version"), fields.get("page"));
        } catch (JacksonException e) {
            // A page that wants one to sign in, say: no announcement, which is all that there is to know.
            return Optional.empty();
        }
    }

    /** From its two parts; empty if they are not what they should be. */
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

    /** Whether it is of a higher version than this one, of which anything behind a dash does not count. */
    boolean isNewerThan(String present) {
        int[] theirs = numbers(version);
        int[] ours = numbers(present.replaceFirst("-.*", ""));
        for (int index = 0; index < Math.max(theirs.length, ours.length); index++) {
            int difference = at(theirs, index) - at(ours, index);
            if (difference != 0) {
                return difference > 0;
            }
        }
        return false;
    }

    private static int[] numbers(String version) {
        return Stream.of(version.split("\\.", -1)).mapToInt(Integer::parseInt).toArray();
    }

    private static int at(int[] numbers, int index) {
        return index < numbers.length ? numbers[index] : 0;
    }
}
