package dev.tidemark.engine.load;

import dev.tidemark.engine.Durability;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

/**
 * The settings of a load test. Immutable.
 *
 * @param databases the phases of each database in order. All databases are used at the same time
 * @param workers how many threads work on each database, at least 1. Each works on its own documents
 * @param documents how many documents each worker has before the test begins
 * @param documentSize the number of characters of a document's title and text together, at least {@value #SMALLEST}.
 *     Each character takes one byte
 * @param durability the durability of commits
 * @param seed the seed of random numbers. With the same seed, each worker does the same operations on the same
 *     documents in the same order
 */
public record LoadProfile(
        List<List<LoadPhase>> databases,
        int workers,
        int documents,
        int documentSize,
        Durability durability,
        long seed) {
    /** The size of the smallest document in characters. */
    public static final int SMALLEST = 32;

    /** The size of the largest document in characters, which take 16 MiB. */
    public static final int LARGEST = 16 << 20;

    private static final int MAX_THREADS = 10_000;

    /** @throws IllegalArgumentException if there are no phases, or a number is out of range */
    public LoadProfile {
        databases = databases.stream().map(List::copyOf).toList();
        if (databases.isEmpty() || databases.stream().anyMatch(List::isEmpty)) {
            throw new IllegalArgumentException("A load test has a database, and each database a phase");
        }
        if (workers < 1 || (long) workers * databases.size() > MAX_THREADS) {
            throw new IllegalArgumentException("A load test has 1 to " + MAX_THREADS + " workers");
        }
        if (documents < 0 || documentSize < SMALLEST || documentSize > LARGEST) {
            throw new IllegalArgumentException("Documents have " + SMALLEST + " to " + LARGEST + " characters");
        }
    }

    /**
     * Returns a profile with these phases for each database, 10 workers, 100 documents of 1 KiB for each worker, the
     * durability {@code GROUP}, and seed 1.
     */
    public static LoadProfile of(int databases, List<LoadPhase> phases) {
        return new LoadProfile(Collections.nCopies(databases, phases), 10, 100, 1024, Durability.GROUP, 1);
    }

    /** Returns a profile of three databases, each with one phase of this duration with {@link LoadMix#DEFAULT}. */
    public static LoadProfile standard(Duration duration) {
        return of(3, List.of(LoadPhase.lasting(duration, LoadMix.DEFAULT)));
    }

    /** Returns this profile with this number of workers for each database. */
    public LoadProfile withWorkers(int count) {
        return new LoadProfile(databases, count, documents, documentSize, durability, seed);
    }

    /** Returns this profile with another durability. */
    public LoadProfile with(Durability other) {
        return new LoadProfile(databases, workers, documents, documentSize, other, seed);
    }

    /** Returns this profile with documents of another size. */
    public LoadProfile withDocumentSize(int characters) {
        return new LoadProfile(databases, workers, documents, characters, durability, seed);
    }

    /** Returns this profile with another seed. */
    public LoadProfile withSeed(long other) {
        return new LoadProfile(databases, workers, documents, documentSize, durability, other);
    }
}
