package dev.tidemark.engine.storage;

import dev.tidemark.engine.internal.storage.ClockCheck;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.problem.TidemarkException;
import dev.tidemark.engine.storage.RemoteStorage.StoredObject;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tests whether a storage works. The test stores an object under an unused name, reads, lists, replaces and deletes it.
 * It does not touch files of a library. Thread-safe.
 */
public final class StorageProbe {
    private static final String PREFIX = "tidemark-test-";

    /** The age from which a later test removes the objects of a killed test. */
    private static final Duration STALE_AFTER = Duration.ofDays(1);

    private static final int SIZE = 512;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** The steps of a test, in their order. */
    public enum Step {
        /** Opening the storage. Shows whether the settings are valid. */
        OPEN,
        /** Listing the test objects. */
        LIST,
        /** Storing an object of a few hundred bytes. */
        WRITE,
        /** Reading the object. Shows whether it has the same bytes. */
        READ,
        /** Listing again. Shows whether the listing already includes the object. */
        LIST_AFTER_WRITE,
        /** Replacing the object. Shows whether a read already returns the new content. */
        OVERWRITE,
        /** Deleting the object. Shows whether a read already fails. */
        DELETE
    }

    /** The outcome of a step. */
    public enum Outcome {
        /** The step worked. */
        WORKS,
        /** The result of the step appears late, but the storage can be used. */
        LIMITED,
        /** The step failed, so the storage cannot be used. */
        FAILED,
        /** The step was not tried because an earlier one failed. */
        SKIPPED
    }

    /**
     * The result of a step.
     *
     * @param step the step
     * @param outcome the step's outcome
     * @param took the step's duration; zero if it was skipped
     * @param error why the step failed or is limited; {@code null} if it worked or was skipped
     */
    public record StepResult(
            Step step,
            Outcome outcome,
            Duration took,
            @Nullable StorageException error) {
        /** Returns the setting that is probably wrong, if the error points to one. */
        public Optional<Setting> setting() {
            return error == null ? Optional.empty() : Setting.of(error);
        }
    }

    /**
     * The results of a test.
     *
     * @param steps all steps, in their order
     * @param warning a problem that the user should fix although the storage can be used, such as a wrong clock;
     *     {@code null} if there is none
     */
    public record Report(List<StepResult> steps, @Nullable StorageException warning) {
        /** Copies the list. */
        public Report {
            steps = List.copyOf(steps);
        }

        /** Returns whether the storage can be used. */
        public boolean isUsable() {
            return failure().isEmpty();
        }

        /** Returns the first step that failed. */
        public Optional<StepResult> failure() {
            return steps.stream()
                    .filter(step -> step.outcome() == Outcome.FAILED)
                    .findFirst();
        }

        /**
         * Returns the right value of the wrong setting, if the server has named it. This can only be the bucket's
         * region.
         */
        public Optional<String> suggestion() {
            return failure().map(StepResult::error).flatMap(Setting::suggestion);
        }

        /** Returns the result of a step. */
        public StepResult of(Step step) {
            return steps.stream()
                    .filter(result -> result.step() == step)
                    .findFirst()
                    .orElseThrow();
        }
    }

    private final Consumer<StepResult> progress;
    private final List<StepResult> steps = new ArrayList<>();
    private @Nullable StorageException warning;

    private StorageProbe(Consumer<StepResult> progress) {
        this.progress = progress;
    }

    /**
     * Tests a storage with about seven requests. The report contains the failures of the storage. This method does not
     * throw them.
     *
     * @param opener opens the storage, which the test closes afterwards
     * @param progress receives each step's result when it is done, on the calling thread
     */
    public static Report test(Supplier<? extends RemoteStorage> opener, Consumer<StepResult> progress) {
        return new StorageProbe(progress).run(opener);
    }

    private Report run(Supplier<? extends RemoteStorage> opener) {
        List<RemoteStorage> opened = new ArrayList<>();
        if (works(Step.OPEN, () -> opened.add(opener.get()))) {
            try (RemoteStorage storage = opened.getFirst()) {
                use(storage);
                warning = storage.clockAhead()
                        .map(ahead -> ClockCheck.warning(ahead, storage.description()))
                        .orElse(null);
            }
        }
        skipUntil(null);
        return new Report(steps, warning);
    }

    private void use(RemoteStorage storage) {
        byte[] nonce = new byte[4];
        RANDOM.nextBytes(nonce);
        String name = String.format(
                "%s%013d-%s",
                PREFIX, Instant.now().toEpochMilli(), HexFormat.of().formatHex(nonce));
        byte[] content = content();
        byte[] other = content();
        List<StoredObject> before = new ArrayList<>();
        if (!works(Step.LIST, () -> before.addAll(storage.list(PREFIX, null)))
                || !works(Step.WRITE, () -> storage.put(name, content))) {
            return;
        }
        if (works(Step.READ, () -> requireSame(storage, storage.get(name), content))
                && attempt(Step.LIST_AFTER_WRITE, () -> listed(storage, name, content.length))) {
            attempt(Step.OVERWRITE, () -> overwritten(storage, name, content, other));
        }
        attempt(Step.DELETE, () -> {
            removeStaleObjects(storage, before);
            return deleted(storage, name);
        });
    }

    private static void requireSame(RemoteStorage storage, byte[] read, byte[] wanted) {
        if (!Arrays.equals(read, wanted)) {
            throw new StorageException(Problem.STORAGE_PROBE_OTHER_BYTES, storage.description());
        }
    }

    private static @Nullable StorageException listed(RemoteStorage storage, String name, int size) {
        boolean listed = storage.list(PREFIX, null).contains(new StoredObject(name, size));
        return listed ? null : new StorageException(Problem.STORAGE_PROBE_BEHIND);
    }

    private static @Nullable StorageException overwritten(
            RemoteStorage storage, String name, byte[] content, byte[] other) {
        storage.put(name, other);
        byte[] read = storage.get(name);
        if (Arrays.equals(read, content)) {
            return new StorageException(Problem.STORAGE_PROBE_STALE);
        }
        requireSame(storage, read, other);
        return null;
    }

    private static @Nullable StorageException deleted(RemoteStorage storage, String name) {
        storage.delete(name);
        try {
            storage.get(name);
        } catch (StorageException.ObjectMissingException e) {
            return null; // The object must be missing.
        }
        boolean listed = storage.list(PREFIX, null).stream()
                .anyMatch(object -> object.name().equals(name));
        return listed
                ? new StorageException(Problem.STORAGE_PROBE_NOT_DELETED, storage.description())
                : new StorageException(Problem.STORAGE_PROBE_STALE);
    }

    private static void removeStaleObjects(RemoteStorage storage, List<StoredObject> before) {
        String limit = String.format(
                "%s%013d", PREFIX, Instant.now().minus(STALE_AFTER).toEpochMilli());
        for (StoredObject object : before) {
            if (object.name().compareTo(limit) < 0) {
                storage.delete(object.name());
            }
        }
    }

    private boolean works(Step step, Runnable work) {
        return attempt(step, () -> {
            work.run();
            return null;
        });
    }

    /**
     * @param work returns how the storage is limited; {@code null} if it is not
     */
    private boolean attempt(Step step, Supplier<@Nullable StorageException> work) {
        skipUntil(step);
        long start = System.nanoTime();
        Outcome outcome;
        StorageException failure;
        try {
            failure = work.get();
            outcome = failure == null ? Outcome.WORKS : Outcome.LIMITED;
        } catch (StorageException e) {
            failure = e;
            outcome = Outcome.FAILED;
        } catch (TidemarkException e) {
            failure = new StorageException(e, Problem.STORAGE_REQUEST_FAILED, e.getMessage());
            outcome = Outcome.FAILED;
        }
        done(new StepResult(step, outcome, Duration.ofNanos(System.nanoTime() - start), failure));
        return outcome != Outcome.FAILED;
    }

    /** @param next the first step that is not skipped; {@code null} if all are */
    private void skipUntil(@Nullable Step next) {
        for (Step step : Step.values()) {
            if (step == next) {
                return;
            }
            if (steps.stream().noneMatch(result -> result.step() == step)) {
                done(new StepResult(step, Outcome.SKIPPED, Duration.ZERO, null));
            }
        }
    }

    private void done(StepResult result) {
        steps.add(result);
        progress.accept(result);
    }

    private static byte[] content() {
        byte[] content = new byte[SIZE];
        RANDOM.nextBytes(content);
        return content;
    }

    /** The settings of a storage that a user may have entered wrongly. Immutable. */
    public enum Setting {
        /** The folder. */
        FOLDER,
        /** The server's address. */
        ENDPOINT,
        /** The bucket's name. */
        BUCKET,
        /** The prefix of the objects' names. */
        PREFIX,
        /** The bucket's region. */
        REGION,
        /** The access key, or its permissions. */
        ACCESS_KEY,
        /** The secret key. */
        SECRET_KEY,
        /** Whether the bucket's name is in the path or in the host name. */
        PATH_STYLE,
        /** Whether newer features of S3 are not used. */
        COMPATIBILITY;

        /**
         * Returns the setting that a failure points to; empty if changing a setting would not help, as with a wrong
         * clock.
         */
        public static Optional<Setting> of(TidemarkException failure) {
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

        /**
         * Returns the right value of the wrong setting, if the server has named it. This can only be the bucket's
         * region.
         */
        public static Optional<String> suggestion(TidemarkException failure) {
            return failure.problem() == Problem.STORAGE_REGION_OTHER
                            && failure.arguments().size() > 1
                            && failure.arguments().get(1) instanceof String region
                    ? Optional.of(region)
                    : Optional.empty();
        }
    }
}
