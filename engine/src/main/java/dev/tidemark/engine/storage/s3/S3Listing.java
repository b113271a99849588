package dev.tidemark.engine.storage.s3;

import dev.tidemark.engine.internal.storage.ObjectNames;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.storage.RemoteStorage.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Reads one listing page by page, and checks each page. If a page repeats an earlier one, it is requested once more, by
 * the last known key instead of the token. If the server repeats a page again, or if the listing does not end, reading
 * fails. A listing thus never loops endlessly, and is never partial.
 */
final class S3Listing {
    /** The maximal number of pages. It suffices for the largest listing even if a server returns short pages. */
    static final int MAX_PAGES = 1_000;

    private final S3Client client;
    private final String bucket;
    private final S3Errors errors;
    private final String keyPrefix;
    private final String prefix;
    private final @Nullable String after;
    private final SortedMap<String, Long> sizes = new TreeMap<>();

    S3Listing(
            S3Client client, String bucket, S3Errors errors, String keyPrefix, String prefix, @Nullable String after) {
        this.client = client;
        this.bucket = bucket;
        this.errors = errors;
        this.keyPrefix = keyPrefix;
        this.prefix = prefix;
        this.after = after;
    }

    List<StoredObject> read() {
        return read(MAX_PAGES);
    }

    /** @param mostPages the maximal number of pages to request */
    List<StoredObject> read(int mostPages) {
        String last = after == null ? "" : keyPrefix + after;
        String token = null;
        boolean repeated = false;
        for (int pages = 0; pages < mostPages && sizes.size() <= ObjectNames.MAX_LISTED; pages++) {
            ListObjectsV2Response page = page(token, last);
            String end = add(page, last);
            if (!Boolean.TRUE.equals(page.isTruncated())) {
                return found();
            }
            boolean further = end.compareTo(last) > 0;
            if (!further && repeated) {
                throw new StorageException(Problem.STORAGE_LISTING_REPEATS, bucket);
            }
            token = further ? page.nextContinuationToken() : null;
            repeated = !further;
            last = further ? end : last;
        }
        throw new StorageException(Problem.STORAGE_LISTING_ENDLESS, bucket);
    }

    private ListObjectsV2Response page(@Nullable String token, String last) {
        ListObjectsV2Request.Builder request =
                ListObjectsV2Request.builder().bucket(bucket).prefix(keyPrefix + prefix);
        if (token != null) {
            request.continuationToken(token);
        } else if (!last.isEmpty()) {
            request.startAfter(last);
        }
        ListObjectsV2Response page = client.listObjectsV2(request.build());
        // The SDK reads any other page in XML or HTML as an empty listing.
        if (page.isTruncated() == null || (page.name() != null && !page.name().equals(bucket))) {
            throw errors.notS3();
        }
        return page;
    }

    /** @return the greatest key of the page, or {@code last} if that is greater */
    private String add(ListObjectsV2Response page, String last) {
        String end = last;
        for (S3Object object : page.contents()) {
            String key = object.key();
            Long size = object.size();
            if (key == null || size == null || size < 0) {
                throw errors.notS3();
            }
            if (key.compareTo(end) > 0) {
                end = key;
            }
            boolean wanted = key.startsWith(keyPrefix + prefix)
                    && (after == null || key.compareTo(keyPrefix + after) > 0)
                    && ObjectNames.isAllowed(key.substring(keyPrefix.length()));
            if (wanted) {
                sizes.put(key.substring(keyPrefix.length()), size);
            }
        }
        return end;
    }

    private List<StoredObject> found() {
        List<StoredObject> found = new ArrayList<>(sizes.size());
        sizes.forEach((name, size) -> found.add(new StoredObject(name, size)));
        return found;
    }
}
