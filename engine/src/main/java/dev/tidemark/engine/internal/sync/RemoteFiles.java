package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.internal.segment.DamagedFileException;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.problem.TidemarkException;
import dev.tidemark.engine.storage.RemoteStorage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads and verifies files of a storage. Records a file that cannot be used in {@link FileErrorRegistry}, and
 * continues. Code that draws conclusions from a missing file must first check the registry.
 */
final class RemoteFiles {
    private static final int AHEAD = 8;

    /** The maximal number of new small files of one kind that one sync reads. */
    static final int MAX_NEW = 2_000;

    private final RemoteStorage storage;
    private final Transfers transfers;
    private final FileErrorRegistry fileErrors;

    RemoteFiles(RemoteStorage storage, Transfers transfers, FileErrorRegistry fileErrors) {
        this.storage = storage;
        this.transfers = transfers;
        this.fileErrors = fileErrors;
    }

    /**
     * Returns whether the file may be downloaded. It must have no recorded error, and must not be longer than files of
     * its kind can be. The limit matters because eight files may be in memory at once.
     *
     * @param size the file's length in bytes, as listed
     * @param most the maximal length in bytes of files of its kind
     */
    boolean isUsable(String name, long size, long most) {
        if (size > most) {
            fileErrors.add(name, size, FileErrorRegistry.Kind.QUARANTINED, Problem.FILE_TOO_LARGE);
        }
        return !fileErrors.has(name);
    }

    /**
     * @param size the file's length in bytes, as listed. No more bytes are read.
     */
    Future<byte[]> start(String name, long size) {
        return transfers.start(() -> storage.get(name, size));
    }

    /**
     * Returns the parsed content of a downloaded file; null if the file cannot be used.
     *
     * @param read parses and verifies the content
     * @throws StorageException.ObjectMissingException if the file was removed meanwhile, which need not be an error
     */
    <T> @Nullable T open(String name, long size, Future<byte[]> request, Function<byte[], T> read) {
        try {
            return openWithRetry(name, size, request, read);
        } catch (StorageException.ObjectMissingException e) {
            throw e;
        } catch (TidemarkException e) {
            FileError error = FileError.of(e);
            fileErrors.add(name, size, error.kind(), error.reason());
            return null;
        }
    }

    /**
     * Downloads one file and returns its parsed content; null if the file cannot be used.
     *
     * @throws StorageException.ObjectMissingException if the file was removed since it was listed
     */
    <T> @Nullable T read(String name, long size, long most, Function<byte[], T> parse) {
        return isUsable(name, size, most) ? open(name, size, start(name, size), parse) : null;
    }

    /**
     * Selects the files of one kind that this sync reads, at most {@link #MAX_NEW}. Files of known replicas come first,
     * then a random choice, so that later syncs read others. Records the remaining files as unread.
     */
    <T> List<T> limited(Collection<T> unread, Predicate<T> isKnown) {
        List<T> all = new ArrayList<>(unread);
        if (all.size() <= MAX_NEW) {
            return all;
        }
        Collections.shuffle(all);
        all.sort(Comparator.comparing(isKnown::test, Comparator.reverseOrder()));
        all.subList(MAX_NEW, all.size()).forEach(left -> fileErrors.markUnread(left.toString()));
        return List.copyOf(all.subList(0, MAX_NEW));
    }

    /**
     * Reads the small files of one kind that this device has not read before, at most {@link #MAX_NEW}. Files of known
     * replicas come first. Records the remaining files as unread. Downloads a few files in advance.
     *
     * @param sizes the files with their lengths in bytes, as listed
     * @param parse parses and verifies the content
     * @param vanished receives the files that were removed since they were listed
     */
    <N, T> void readNew(
            Map<N, Long> sizes,
            Predicate<N> isKnown,
            BiFunction<N, byte[], T> parse,
            BiConsumer<N, T> use,
            Consumer<N> vanished) {
        List<N> usable = sizes.keySet().stream()
                .filter(name -> isUsable(name.toString(), sizes.getOrDefault(name, 0L), JsonFile.MAX_BYTES))
                .toList();
        Deque<N> waiting = new ArrayDeque<>();
        Deque<Future<byte[]>> requests = new ArrayDeque<>();
        Runnable openNext = () -> {
            N name = waiting.remove();
            try {
                T content = open(
                        name.toString(),
                        sizes.getOrDefault(name, 0L),
                        requests.remove(),
                        bytes -> parse.apply(name, bytes));
                if (content != null) {
                    use.accept(name, content);
                }
            } catch (StorageException.ObjectMissingException e) {
                vanished.accept(name);
            }
        };
        for (N name : limited(usable, isKnown)) {
            waiting.add(name);
            requests.add(start(name.toString(), sizes.getOrDefault(name, 0L)));
            if (waiting.size() == AHEAD) {
                openNext.run();
            }
        }
        while (!waiting.isEmpty()) {
            openNext.run();
        }
    }

    /** Opens a file. If it is damaged or unreadable, it is downloaded a second time before this method fails. */
    <T> T openWithRetry(String name, long size, Future<byte[]> request, Function<byte[], T> read) {
        try {
            return openOrRefetch(name, size, request, read);
        } catch (OutOfMemoryError e) {
            // Only this file is too large for the memory. Other files may fit.
            throw new DamagedFileException(name, Problem.FILE_NO_MEMORY, e);
        }
    }

    private <T> T openOrRefetch(String name, long size, Future<byte[]> request, Function<byte[], T> read) {
        try {
            return read.apply(Transfers.await(request));
        } catch (DamagedFileException first) {
            return read.apply(storage.get(name, size));
        } catch (StorageException first) {
            if (!FileError.isUnreadable(first)) {
                throw first;
            }
            return read.apply(storage.get(name, size));
        }
    }

    /**
     * Returns the content of a small file that the sync requires.
     *
     * @param size the file's length in bytes, as listed; 0 if it is not known
     * @throws DamagedFileException if the file is larger than small files can be. It is not downloaded then.
     */
    static byte[] get(RemoteStorage storage, String name, long size) {
        if (size > JsonFile.MAX_BYTES) {
            throw new DamagedFileException(name, Problem.FILE_TOO_LARGE);
        }
        return storage.get(name, size == 0 ? JsonFile.MAX_BYTES : size);
    }
}
