package dev.tidemark.engine.internal.records;

import dev.tidemark.engine.Row;

/** Reads and writes records; stub until the reading side lands. */
@SuppressWarnings("DoNotCallSuggester")
public final class RecordMapper<R extends Record> {
    private RecordMapper() {}

    public static <R extends Record> RecordMapper<R> of(Class<R> type) {
        throw new UnsupportedOperationException("not yet: " + type);
    }

    public R read(Row row) {
        throw new UnsupportedOperationException("not yet: " + row);
    }
}
