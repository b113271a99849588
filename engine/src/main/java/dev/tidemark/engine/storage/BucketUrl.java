package dev.tidemark.engine.storage;

import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses and writes {@code s3} addresses, and validates their parts. */
final class BucketUrl {
    /** Amazon allows fewer names, but some compatible servers allow upper case and underscores. */
    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,254}");

    private static final Pattern REGION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private static final Pattern CREDENTIALS = Pattern.compile(
            "//[^/?#]*@|[?&][^=&]*(secret|password|passphrase|access-?_?key|credential|token|signature)",
            Pattern.CASE_INSENSITIVE);

    /** An S3 key has at most 1,024 bytes, of which the engine's names need far fewer than 300. */
    private static final int MAX_PREFIX_LENGTH = 700;

    private static final String SCHEME = "s3://";
    private static final String PLAIN_IN_PREFIX = "/:@&=+$,!'()*";
    private static final String PLAIN_IN_QUERY = "/:";

    private BucketUrl() {}

    static StorageUrl.Bucket parse(String url) {
        refuseCredentials(url);
        if (url.length() < SCHEME.length() || !url.startsWith("//", 3) || url.indexOf('#') >= 0) {
            throw new StorageException(Problem.STORAGE_URL_MALFORMED, url);
        }
        int question = url.indexOf('?');
        String place = url.substring(SCHEME.length(), question < 0 ? url.length() : question);
        int slash = place.indexOf('/');
        String bucket = PercentCode.decode(slash < 0 ? place : place.substring(0, slash));
        String prefix = slash < 0 ? "" : PercentCode.decode(place.substring(slash + 1));
        String endpoint = null;
        String region = null;
        for (String pair : (question < 0 ? "" : url.substring(question + 1)).split("&", -1)) {
            int equals = pair.indexOf('=');
            String value = equals < 0 ? "" : PercentCode.decode(pair.substring(equals + 1));
            switch (equals < 0 ? pair : pair.substring(0, equals)) {
                case "" -> {}
                case "endpoint" -> endpoint = value;
                case "region" -> region = value;
                default ->
                    throw new StorageException(
                            Problem.STORAGE_URL_PARAMETER, equals < 0 ? pair : pair.substring(0, equals));
            }
        }
        return new StorageUrl.Bucket(bucket, prefix, endpoint, region);
    }

    /** Fails if an address contains credentials. Call it before an error message quotes any part of the address. */
    static void refuseCredentials(String url) {
        if (CREDENTIALS.matcher(url).find()) {
            throw new StorageException(Problem.STORAGE_URL_CREDENTIALS);
        }
    }

    static String text(StorageUrl.Bucket place, @Nullable String region) {
        StringBuilder text = new StringBuilder(SCHEME).append(place.bucket());
        if (!place.prefix().isEmpty()) {
            text.append('/').append(PercentCode.encode(place.prefix(), PLAIN_IN_PREFIX));
        }
        char separator = '?';
        if (place.endpoint() != null) {
            text.append(separator).append("endpoint=").append(PercentCode.encode(place.endpoint(), PLAIN_IN_QUERY));
            separator = '&';
        }
        if (region != null) {
            text.append(separator).append("region=").append(region);
        }
        return text.toString();
    }

    static String bucket(String name) {
        String stripped = name.strip();
        if (!BUCKET.matcher(stripped).matches()) {
            throw new StorageException(Problem.STORAGE_BUCKET_NAME, stripped);
        }
        return stripped;
    }

    static String region(String name) {
        String stripped = name.strip();
        if (!REGION.matcher(stripped).matches()) {
            throw new StorageException(Problem.STORAGE_REGION_NAME, stripped);
        }
        return stripped;
    }

    /**
     * Removes slashes at both ends. Refuses empty and dot segments, because servers and tools treat them differently.
     */
    static String prefix(String prefix) {
        int start = 0;
        int end = prefix.length();
        while (start < end && prefix.charAt(start) == '/') {
            start++;
        }
        while (end > start && prefix.charAt(end - 1) == '/') {
            end--;
        }
        String bare = prefix.substring(start, end);
        boolean sound = bare.getBytes(StandardCharsets.UTF_8).length <= MAX_PREFIX_LENGTH
                && bare.codePoints().noneMatch(Character::isISOControl);
        for (String part : bare.isEmpty() ? new String[0] : bare.split("/", -1)) {
            sound &= !part.isEmpty() && !part.equals(".") && !part.equals("..");
        }
        if (!sound) {
            throw new StorageException(Problem.STORAGE_PREFIX_NAME, bare);
        }
        return bare;
    }

    /**
     * Returns a server's address in its canonical form: with https as the default scheme, in lower case, and without
     * the scheme's default port.
     */
    static String endpoint(String text) {
        String stripped = text.strip();
        String whole = stripped.contains("://") ? stripped : "https://" + stripped;
        if (CREDENTIALS.matcher(whole).find()) {
            throw new StorageException(Problem.STORAGE_URL_CREDENTIALS);
        }
        try {
            URI uri = new URI(whole);
            String scheme = Objects.requireNonNullElse(uri.getScheme(), "").toLowerCase(Locale.ROOT);
            boolean sound = (scheme.equals("https") || scheme.equals("http"))
                    && uri.getHost() != null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getPort() < 65_536
                    && uri.getPort() != 0;
            if (sound) {
                int defaultPort = scheme.equals("https") ? 443 : 80;
                String port = uri.getPort() == -1 || uri.getPort() == defaultPort ? "" : ":" + uri.getPort();
                return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port + path(uri.getRawPath());
            }
        } catch (URISyntaxException e) {
            throw new StorageException(e, Problem.STORAGE_ENDPOINT_MALFORMED, stripped);
        }
        throw new StorageException(Problem.STORAGE_ENDPOINT_MALFORMED, stripped);
    }

    private static String path(@Nullable String path) {
        String bare = path == null ? "" : path;
        while (bare.endsWith("/")) {
            bare = bare.substring(0, bare.length() - 1);
        }
        return bare;
    }
}
