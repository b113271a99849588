package dev.tidemark.engine.load;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The relative frequency of each operation. The numbers 40, 30, 20 and 10 mean the same as 4, 3, 2 and 1. Immutable.
 *
 * @param read the relative frequency of reads
 * @param create the relative frequency of creations
 * @param update the relative frequency of updates
 * @param delete the relative frequency of deletions
 */
public record LoadMix(int read, int create, int update, int delete) {
    /** 40 % read, 30 % create, 20 % update, 10 % delete. */
    public static final LoadMix DEFAULT = new LoadMix(40, 30, 20, 10);

    private static final int MAX = 1_000_000;

    /** @throws IllegalArgumentException if a number is negative or above a million, or all are 0 */
    public LoadMix {
        int most = Math.max(Math.max(read, create), Math.max(update, delete));
        int least = Math.min(Math.min(read, create), Math.min(update, delete));
        if (least < 0 || most == 0 || most > MAX) {
            throw new IllegalArgumentException("A mix has parts from 0 to " + MAX + ", and not only zeros");
        }
    }

    /**
     * Parses a mix such as {@code read=40,create=30,update=20,delete=10}; the frequency of an operation that the text
     * does not name is 0.
     *
     * @throws IllegalArgumentException if the text is not of that form, or names an operation twice
     */
    public static LoadMix parse(String text) {
        Map<LoadOperation, Integer> parts = new EnumMap<>(LoadOperation.class);
        for (String part : text.split(",", -1)) {
            String[] sides = part.strip().split("=", -1);
            if (sides.length != 2 || parts.put(operation(sides[0]), Integer.valueOf(sides[1].strip())) != null) {
                throw new IllegalArgumentException("A mix is written as read=40,create=30,update=20,delete=10");
            }
        }
        return new LoadMix(
                parts.getOrDefault(LoadOperation.READ, 0),
                parts.getOrDefault(LoadOperation.CREATE, 0),
                parts.getOrDefault(LoadOperation.UPDATE, 0),
                parts.getOrDefault(LoadOperation.DELETE, 0));
    }

    private static LoadOperation operation(String name) {
        for (LoadOperation operation : LoadOperation.values()) {
            if (operation.text().equals(name.strip())) {
                return operation;
            }
        }
        throw new IllegalArgumentException("There is no operation " + name + " in a mix");
    }

    /** Returns the relative frequency of an operation. */
    public int of(LoadOperation operation) {
        return switch (operation) {
            case READ -> read;
            case CREATE -> create;
            case UPDATE -> update;
            case DELETE -> delete;
        };
    }

    /** Returns the sum of all frequencies. */
    int sum() {
        return read + create + update + delete;
    }

    /**
     * Returns the operation for a number from 0 to {@link #sum} − 1. Each operation has as many numbers as its
     * frequency.
     */
    LoadOperation at(int number) {
        int rest = number;
        for (LoadOperation operation : LoadOperation.values()) {
            rest -= of(operation);
            if (rest < 0) {
                return operation;
            }
        }
        throw new IllegalArgumentException(number + " is not below " + sum());
    }

    /** Returns the text that {@link #parse} reads. */
    @Override
    public String toString() {
        return java.util.Arrays.stream(LoadOperation.values())
                .map(operation -> operation.text() + "=" + of(operation))
                .collect(Collectors.joining(","));
    }
}
