package dev.tidemark.engine.internal.subscribe;

import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.read.ResultRow;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What came of running a query. Immutable. */
sealed interface Outcome {
    /** Whether a subscriber that has been told of the other needs not be told of this. */
    boolean sameAs(@Nullable Outcome other);

    /**
     * The rows.
     *
     * @param keys by which rows are the same row: the values of the first column, blobs comparable by content
     * @param vector what had been applied in the state that the rows were read from
     */
    record Rows(List<ResultRow> rows, List<@Nullable Object> keys, VersionVector vector) implements Outcome {
        static Rows of(List<ResultRow> rows, VersionVector vector) {
            List<@Nullable Object> keys = new ArrayList<>(rows.size());
            for (ResultRow row : rows) {
                Object key = row.value(0);
                keys.add(key instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : key);
            }
            return new Rows(rows, Collections.unmodifiableList(keys), vector);
        }

        /** These rows, but as the earlier list if it is equal, so that comparing them again costs nothing. */
        static Rows of(List<ResultRow> rows, VersionVector vector, @Nullable Rows earlier) {
            return earlier != null && earlier.rows().equals(rows)
                    ? new Rows(earlier.rows(), earlier.keys(), vector)
                    : of(rows, vector);
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // lists that are equal are the same list: see of()
        public boolean sameAs(@Nullable Outcome other) {
            return other instanceof Rows earlier && earlier.rows() == rows;
        }
    }

    /** The query or its mapping failed. */
    record Failed(Throwable reason) implements Outcome {
        @Override
        public boolean sameAs(@Nullable Outcome other) {
            return other instanceof Failed earlier
                    && earlier.reason().getClass().equals(reason.getClass())
                    && Objects.equals(earlier.reason().getMessage(), reason.getMessage());
        }
    }
}
