package dev.tidemark.engine.storage;

import dev.tidemark.engine.Problem;
import dev.tidemark.engine.TidemarkException;
import java.util.Optional;

/** What a person sets to reach a storage, and may have set wrong. Immutable. */
public enum StorageSetting {
    /** The folder. */
    FOLDER,
    /** The server's address. */
    ENDPOINT,
    /** The bucket's name. */
    BUCKET,
    /** What the names of objects in the bucket begin with. */
    PREFIX,
    /** The bucket's region. */
    REGION,
    /** The access key, or what it is allowed to do. */
    ACCESS_KEY,
    /** The secret key. */
    SECRET_KEY,
    /** Whether the bucket stands in the path, not in front of the server's name. */
    PATH_STYLE,
    /** Whether newer parts of S3 are left out. */
    COMPATIBILITY;

    /** The setting that a failure is about; none where another could not help, as with a clock that is wrong. */
    public static Optional<StorageSetting> of(TidemarkException failure) {
        return Optional.ofNullable(
                switch (failure.problem()) {
                    case STORAGE_FOLDER_MISSING,
                            STORAGE_FOLDER_GONE,
                            STORAGE_FOLDER_REPLACED,
                            STORAGE_NOT_A_FOLDER,
                            STORAGE_FOLDER_UNREADABLE,
                            STORAGE_FOLDER_UNWRITABLE,
                            STORAGE_FOLDER_NOT_READ,
                            STORAGE_FOLDER_NOT_LISTED,
                            STORAGE_FILE_NOT_READ,
                            STORAGE_FILE_NOT_WRITTEN,
                            STORAGE_FILE_NOT_REMOVED,
                            STORAGE_URL_HOST,
                            STORAGE_URL_PATH -> FOLDER;
                    case STORAGE_ENDPOINT_MALFORMED,
                            STORAGE_NOTHING_LISTENS,
                            STORAGE_HOST_UNKNOWN,
                            STORAGE_NO_ANSWER,
                            STORAGE_NO_ROUTE,
                            STORAGE_CERTIFICATE,
                            STORAGE_NO_TLS,
                            STORAGE_TLS_WANTED,
                            STORAGE_OTHER_SERVICE -> ENDPOINT;
                    case STORAGE_BUCKET_NAME, STORAGE_BUCKET_MISSING, STORAGE_SERVER_FULL -> BUCKET;
                    case STORAGE_PREFIX_NAME -> PREFIX;
                    case STORAGE_REGION_NAME, STORAGE_REGION_OTHER, STORAGE_REGION_UNNAMED -> REGION;
                    case STORAGE_KEYS_MISSING,
                            STORAGE_ACCESS_KEY_UNKNOWN,
                            STORAGE_MAY_NOT_LIST,
                            STORAGE_MAY_NOT_READ,
                            STORAGE_MAY_NOT_WRITE,
                            STORAGE_MAY_NOT_DELETE -> ACCESS_KEY;
                    case STORAGE_SECRET_KEY_WRONG -> SECRET_KEY;
                    case STORAGE_HOST_OF_BUCKET_UNKNOWN -> PATH_STYLE;
                    case STORAGE_COMPATIBILITY -> COMPATIBILITY;
                    default -> null;
                });
    }

    /** What it should be instead, where the server names it: the bucket's region. */
    public static Optional<String> suggestion(TidemarkException failure) {
        return failure.problem() == Problem.STORAGE_REGION_OTHER
                        && failure.arguments().size() > 1
                        && failure.arguments().get(1) instanceof String region
                ? Optional.of(region)
                : Optional.empty();
    }
}
