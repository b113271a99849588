package dev.tidemark.proof;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The seeds of random tests. {@code -Dtidemark.seed=N} replaces them, to repeat a run. */
public final class Seeds {
    /** No test runs more histories a day, so that the seeds of two days never overlap. */
    private static final long A_DAY = 1_000_000;

    private Seeds() {}

    /** The seed of the quick run: the same each time, so that a build fails only for what it changed. */
    public static long fixed() {
        return Long.getLong("tidemark.seed", 20261121L);
    }

    /** The seed of the proof run: another one each day (UTC), so that the proof searches further. */
    public static long ofToday() {
        String date = LocalDate.now(ZoneOffset.UTC).format(DateTimeFormatter.BASIC_ISO_DATE);
        return Long.getLong("tidemark.seed", Long.parseLong(date) * A_DAY);
    }
}
