package dev.tidemark.engine.internal.subscribe;

import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.read.ResultRow;
import java.nio.ByteBuffer;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The outcome of running a query. Immutable. */
sealed interface Outcome {
    /** Returns whether the outcomes are equal. A subscriber that has received {@code other} then needs no delivery. */
    boolean sameAs(@Nullable Outcome other);

    record Rows(List<ResultRow> rows, VersionVector vector) implements Outcome {
        /**
         * Returns the rows as an outcome that reuses the equal row objects of the earlier outcome, or its whole list if
         * all rows are equal. So rows are compared by value only once for all subscribers.
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

        /**
         * Returns the keys that identify rows: the values of the first column. Blobs are wrapped so that equal ones are
         * equal keys.
         */
        List<@Nullable Object> keys() {
            return keys(rows);
        }

        /** Returns a view of the rows, because the keys are needed only briefly and the rows are in memory anyway. */
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
        @SuppressWarnings("ReferenceEquality") // equal lists are the same object because of() reuses them
        public boolean sameAs(@Nullable Outcome other) {
            return other instanceof Rows earlier && earlier.rows() == rows;
        }
    }

    record Failed(Throwable reason) implements Outcome {
        @Override
        public boolean sameAs(@Nullable Outcome other) {
            return other instanceof Failed earlier
                    && earlier.reason().getClass().equals(reason.getClass())
                    && Objects.equals(earlier.reason().getMessage(), reason.getMessage());
        }
    }
}
