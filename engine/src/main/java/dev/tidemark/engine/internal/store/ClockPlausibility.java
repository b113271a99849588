package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.internal.cells.RowState;
import dev.tidemark.engine.internal.cells.Write;
import dev.tidemark.engine.internal.sql.Statements;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Tells a library whose clock ran ahead from a computer whose clock is behind, before a repair writes rows again (decision 66).
 * The wall times of the rows decide: a device that ran ahead for a while has written few of them, while to a computer whose
 * clock is behind nearly all of them are from the future.
 */
final class ClockPlausibility {
    /** No version of this program is older. */
    private static final Instant FIRST_VERSION = Instant.parse("2026-01-01T00:00:00Z");

    private static final Duration AHEAD = Duration.ofDays(365);

    /** No clock is behind by more; a time beyond is forged, and proves nothing. */
    private static final Duration POSSIBLE = Duration.ofDays(100 * 365);

    private ClockPlausibility() {}

    /** Whether this computer's clock is behind, rather than the library's ahead. */
    static boolean isBehind(Statements statements, Instant now) throws SQLException {
        if (now.isBefore(FIRST_VERSION)) {
            return true;
        }
        long from = now.plus(AHEAD).toEpochMilli();
        long to = now.plus(POSSIBLE).toEpochMilli();
        List<Long> latest = statements.list(
                "SELECT cells FROM tm_row",
                row -> RowState.unpack(row.getBytes(1)).writes().stream()
                        .filter(write -> !write.isFromMigration())
                        .mapToLong(Write::wallMillis)
                        .max()
                        .orElse(0));
        long ahead = latest.stream().filter(wall -> wall > from && wall < to).count();
        return ahead > latest.size() / 2;
    }
}
