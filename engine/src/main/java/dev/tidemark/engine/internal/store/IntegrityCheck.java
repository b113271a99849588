package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.internal.log.BlockId;
import dev.tidemark.engine.internal.sql.Statements;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Runs SQLite's integrity check, and finds gaps in the changelog. Not thread-safe. */
record IntegrityCheck(Statements statements) {
    private static final int MAX_PROBLEMS = 20;
    private static final Pattern IN_INDEX = Pattern.compile("(.*)\\bindex (\\S+)");
    private static final String MISSING = "missing from ";

    /**
     * The beginning of a message about a wrong count of free bytes in a page, by which no data is lost. The message
     * names neither an index nor a table.
     */
    private static final String FRAGMENTED = "Fragmentation of ";

    /**
     * Returns whether there is damage that REINDEX repairs completely. Returns {@code false} if an index has only
     * surplus entries, because its table may have lost rows whose last values are in the index.
     */
    static boolean isOnlyInIndexes(List<String> damage) {
        Set<String> incomplete = new HashSet<>();
        Set<String> named = new HashSet<>();
        for (String line : damage) {
            if (line.startsWith(FRAGMENTED)) {
                continue;
            }
            Matcher parts = IN_INDEX.matcher(line);
            if (!parts.matches()) {
                return false;
            }
            named.add(parts.group(2));
            if (parts.group(1).endsWith(MISSING)) {
                incomplete.add(parts.group(2));
            }
        }
        return !named.isEmpty() && incomplete.equals(named);
    }

    /** Returns one line for each problem; empty if the file is intact. */
    List<String> damage() throws SQLException {
        List<String> damage = new ArrayList<>(
                statements.list("PRAGMA integrity_check(" + MAX_PROBLEMS + ")", row -> row.getString(1)));
        damage.remove("ok");
        damage = damage.stream()
                .flatMap(String::lines)
                .filter(line -> !line.startsWith("***"))
                .collect(Collectors.toCollection(ArrayList::new));
        if (damage.isEmpty()) {
            damage.addAll(gaps());
        }
        return damage;
    }

    /** Finds changes between the floor and the head of a replica that no block contains. */
    private List<String> gaps() throws SQLException {
        record Listed(int replica, String name, long floor, long head) {}
        List<String> gaps = new ArrayList<>();
        List<Listed> replicas = statements.list(
                "SELECT no, name, floor, head FROM tm_replica",
                row -> new Listed(row.getInt(1), row.getString(2), row.getLong(3), row.getLong(4)));
        for (Listed replica : replicas) {
            long last = replica.floor();
            for (long[] block : blocks(replica.replica(), replica.head())) {
                if (block[0] > last + 1) {
                    gaps.add("The changelog lacks the changes " + (last + 1) + " to " + (block[0] - 1) + " of device "
                            + replica.replica() + " " + replica.name());
                }
                last = block[1];
            }
        }
        return gaps;
    }

    /** Returns the first and last sequence number of each block of a replica, and an empty block after the head. */
    private List<long[]> blocks(int replica, long head) throws SQLException {
        List<long[]> blocks = statements.list(
                "SELECT id, last FROM tm_log WHERE id >= ? AND id < ? ORDER BY id",
                row -> new long[] {BlockId.first(row.getLong(1)), row.getLong(2)},
                BlockId.of(replica, 0),
                BlockId.of(replica + 1, 0));
        blocks.add(new long[] {head + 1, head});
        return blocks;
    }
}
