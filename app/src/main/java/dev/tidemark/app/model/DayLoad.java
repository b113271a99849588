package dev.tidemark.app.model;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The number of open items that are due on a day. Immutable.
 *
 * @param day the day; {@code null} for all overdue items together
 * @param open the number of items, at least 1 for a day
 */
public record DayLoad(@Nullable LocalDate day, int open) {}
