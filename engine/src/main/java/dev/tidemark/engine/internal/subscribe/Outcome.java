package dev.tidemark.engine.internal.subscribe;

import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.read.ResultRow;
import java.nio.ByteBuffer;
import java.util.AbstractList;
import java.util.ArrayList;
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
     * @param vector what had been applied in the state that the rows were read from
     */
    record Rows(List<ResultRow> rows, VersionVector vector) implements Outcome {
        /**
         * These rows, those that are equal to earlier ones as the same objects, and the earlier list itself if all are: so
         * that however many subscribers there are, rows are compared by their values once.
         */
        static Rows of(List<ResultRow> rows, VersionVector vector, @Nullable Rows earlier) {
            if (earlier == null) {
                return new Rows(rows, vector);
            }
            int[] origins = Differ.origins(earlier.keys(), keys(rows));
            List<ResultRow> shared = new ArrayList<>(rows.size());
            boolean same = rows.size() == earlier.rows().size();
            for (int index = 0; index < origins.length; index++) {
                ResultRow row = rows.get(index);
                boolean known = origins[index] >= 0
                        && earlier.rows().get(origins[index]).equals(row);
                shared.add(known ? earlier.rows().get(origins[index]) : row);
                same &= known && origins[index] == index;
            }
            return new Rows(same ? earlier.rows() : shared, vector);
        }

        /** By which rows are the same row: the values of the first column, blobs comparable by content. */
        List<@Nullable Object> keys() {
            return keys(rows);
        }

        /** A view, since they are needed for a moment only, and the rows are held. */
        private static List<@Nullable Object> keys(List<ResultRow> rows) {
            return new AbstractList<>() {
                @Override
                public @Nullable Object get(int index) {
                    Object key = rows.get(index).value(0);
                    return key instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : key;
                }

                @Override
                public int size() {
                    return rows.size();
                }
            };
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
