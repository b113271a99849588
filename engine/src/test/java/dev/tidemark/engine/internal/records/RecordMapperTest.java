package dev.tidemark.engine.internal.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.tidemark.engine.internal.codec.ChangeCodec;
import dev.tidemark.engine.internal.sql.Values;
import dev.tidemark.engine.problem.QueryException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RecordMapperTest {
    private static final UUID ID = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");

    @SuppressWarnings("ArrayRecordComponent") // records of applications have them
    private record Everything(
            UUID id,
            String title,
            long count,
            int size,
            short small,
            Integer maybe,
            boolean isDone,
            Boolean maybeDone,
            double ratio,
            float share,
            byte[] content,
            Instant createdAt,
            LocalDate dueOn,
            LocalDateTime dueAt,
            DayOfWeek weekday) {}

    private record Small(UUID id, String title) {}

    private record Strict(long count) {
        Strict {
            if (count < 0) {
                throw new IllegalArgumentException("negative");
            }
        }
    }

    private record Nested(Small small) {}

    private record Twice(String aB, String a_b) {}

    @Test
    void everyTypeIsWrittenAndReadBack() {
        Everything record = new Everything(
                ID,
                "€\u0000",
                Long.MIN_VALUE,
                -1,
                (short) 2,
                null,
                true,
                null,
                0.1,
                0.5f,
                new byte[] {1},
                Instant.ofEpochMilli(5),
                LocalDate.of(2026, 2, 28),
                LocalDateTime.of(2026, 2, 28, 9, 0),
                DayOfWeek.FRIDAY);
        var columns = RecordMapper.columnsOf(record);
        assertThat(columns.sequencedKeySet())
                .containsExactly(
                        "id",
                        "title",
                        "count",
                        "size",
                        "small",
                        "maybe",
                        "is_done",
                        "maybe_done",
                        "ratio",
                        "share",
                        "content",
                        "created_at",
                        "due_on",
                        "due_at",
                        "weekday");
        assertThat(columns).contains(entry("id", ID), entry("is_done", 1L), entry("due_at", "2026-02-28T09:00"));
        Everything read = read(
                RecordMapper.of(Everything.class),
                columns.sequencedKeySet().toArray(),
                columns.sequencedValues().stream().map(Values::toSqlite).toArray());
        assertThat(read).usingRecursiveComparison().isEqualTo(record);
    }

    @Test
    void idsAreReadFromBytesAndFromText() {
        RecordMapper<Small> mapper = RecordMapper.of(Small.class);
        assertThat(read(mapper, new Object[] {"id"}, ChangeCodec.bytesOf(ID)).id())
                .isEqualTo(ID);
        assertThat(read(mapper, new Object[] {"id"}, ID.toString()).id()).isEqualTo(ID);
    }

    @Test
    void columnsWithoutComponentAreIgnoredAndComponentsWithoutColumnAreEmpty() {
        assertThat(read(RecordMapper.of(Small.class), new Object[] {"other", "TITLE"}, 1L, "x"))
                .isEqualTo(new Small(null, "x"));
        assertThat(read(RecordMapper.of(Strict.class), new Object[] {"other"}, 1L))
                .isEqualTo(new Strict(0));
    }

    @Test
    void rowsOfDifferentResultsAreReadByTheirOwnColumns() {
        RecordMapper<Small> mapper = RecordMapper.of(Small.class);
        for (int round = 0; round < 3; round++) {
            assertThat(read(mapper, new Object[] {"id", "title"}, null, "a").title())
                    .isEqualTo("a");
            assertThat(read(mapper, new Object[] {"title", "id"}, "b", null).title())
                    .isEqualTo("b");
        }
    }

    @Test
    void misfitsNameColumnAndRecord() {
        assertThatThrownBy(() -> read(RecordMapper.of(Strict.class), new Object[] {"count"}, (Object) null))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("'count' is NULL")
                .hasMessageContaining(Strict.class.getName());
        assertThatThrownBy(() -> read(RecordMapper.of(Strict.class), new Object[] {"count"}, "five"))
                .hasMessageContaining("a text of 4 characters")
                .hasMessageContaining("a long");
        assertThatThrownBy(() -> read(RecordMapper.of(Strict.class), new Object[] {"count"}, -1L))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("negative");
        Object[] size = {"size"};
        assertThatThrownBy(() -> read(RecordMapper.of(Everything.class), size, 1L << 40))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("an int");
        assertThatThrownBy(() -> read(RecordMapper.of(Everything.class), new Object[] {"weekday"}, "SOMEDAY"))
                .hasMessageContaining("one of FRIDAY, MONDAY");
        assertThatThrownBy(() -> read(RecordMapper.of(Everything.class), new Object[] {"due_on"}, "soon"))
                .hasMessageContaining("a LocalDate in ISO form");
    }

    @Test
    void unsupportedRecordsAreRefusedByName() {
        assertThatThrownBy(() -> RecordMapper.of(Nested.class))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("'small'")
                .hasMessageContaining(Nested.class.getName());
        assertThatThrownBy(() -> RecordMapper.of(Twice.class))
                .hasMessageContaining("two components for the column 'a_b'");
    }

    @Test
    void camelCaseBecomesSnakeCase() {
        assertThat(List.of("dueOn", "id", "parentID", "URLText", "line2Text", "a_b", "isX"))
                .extracting(Component::snakeCase)
                .containsExactly("due_on", "id", "parent_id", "url_text", "line2_text", "a_b", "is_x");
    }

    private static <R extends Record> R read(RecordMapper<R> mapper, Object[] columns, Object... values) {
        return mapper.read(Arrays.stream(columns).map(String::valueOf).toList(), index -> values[index]);
    }
}
