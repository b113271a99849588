package dev.tidemark.engine.internal.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.internal.codec.ChangeCodec;
import dev.tidemark.engine.internal.read.PlainDatabase;
import dev.tidemark.engine.problem.QueryException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValuesTest {
    @TempDir
    Path folder;

    private PlainDatabase database;

    @BeforeEach
    void createDatabase() throws SQLException {
        database = PlainDatabase.create(folder);
        database.run("CREATE TABLE kept(value)");
    }

    @AfterEach
    void closeDatabase() throws SQLException {
        database.close();
    }

    @Test
    void everyStorageClassSurvivesExactly() throws SQLException {
        List<Object> values = new ArrayList<>();
        values.add(null);
        values.addAll(List.of(0L, 1L, -1L, 127L, 128L, Long.MAX_VALUE, Long.MIN_VALUE, 1L + Integer.MAX_VALUE));
        values.addAll(List.of((long) Integer.MIN_VALUE, (long) Integer.MIN_VALUE - 1));
        values.addAll(List.of(0.0, 1.0, 1e300, Double.MIN_VALUE, Double.MAX_VALUE, 0.1));
        values.addAll(List.of(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 9007199254740992.0));
        values.addAll(List.of("", "a", "a\u0000b", "\u0000", "€ \ud83d\ude00 end", "\uffff", "x".repeat(1 << 20)));
        values.addAll(List.of(new byte[0], new byte[] {0}, new byte[] {-1, 0, 127, -128}, new byte[1 << 20]));
        for (Object value : values) {
            assertThat(roundTrip(value)).isEqualTo(value);
        }
    }

    @Test
    void storageClassIsTheOneThatWasMeant() throws SQLException {
        assertThat(typeOf(null)).isEqualTo("null");
        assertThat(typeOf(1)).isEqualTo("integer");
        assertThat(typeOf(1.0)).isEqualTo("real");
        assertThat(typeOf("1")).isEqualTo("text");
        assertThat(typeOf("")).isEqualTo("text");
        assertThat(typeOf(new byte[0])).isEqualTo("blob");
    }

    @Test
    void randomTextsAndNumbersSurvive() throws SQLException {
        long seed = Long.getLong("tidemark.seed", 20261121L);
        System.out.println("ValuesTest.randomTextsAndNumbersSurvive seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            long bits = random.nextLong();
            assertThat(roundTrip(bits)).as("seed %d", seed).isEqualTo(bits);
            double number = Double.longBitsToDouble(bits);
            if (!Double.isNaN(number)) {
                assertThat(roundTrip(number)).as("seed %d", seed).isEqualTo(number);
            }
            String text = random.ints(random.nextInt(20), 0, Character.MAX_CODE_POINT + 1)
                    .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            assertThat(roundTrip(text)).as("seed %d", seed).isEqualTo(text);
        }
    }

    @Test
    void convenientTypesAreStoredAsPromised() {
        UUID id = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
        assertThat((byte[]) Values.toSqlite(id))
                .containsExactly(
                        0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff);
        assertThat(Values.uuid(ChangeCodec.bytesOf(id))).isEqualTo(id);
        assertThat(Values.uuid(id.toString())).isEqualTo(id);
        assertThat(Values.uuid("not an id")).isNull();
        assertThat(Values.uuid(new byte[15])).isNull();
        assertThat(Values.toSqlite(true)).isEqualTo(1L);
        assertThat(Values.toSqlite((short) 3)).isEqualTo(3L);
        assertThat(Values.toSqlite(1.5f)).isEqualTo(1.5);
        assertThat(Values.toSqlite(Instant.ofEpochMilli(-5))).isEqualTo(-5L);
        assertThat(Values.toSqlite(LocalDate.of(2026, 12, 31))).isEqualTo("2026-12-31");
        assertThat(Values.toSqlite(LocalDateTime.of(2026, 12, 31, 17, 0))).isEqualTo("2026-12-31T17:00");
        assertThat(Values.toSqlite(DayOfWeek.MONDAY)).isEqualTo("MONDAY");
    }

    @Test
    void decimalsAndDurationsAreTextThatReadsBackExactly() {
        assertThat(Values.toSqlite(new BigDecimal("1.10"))).isEqualTo("1.10");
        assertThat(Conversion.of(BigDecimal.class).read("1.10")).isEqualTo(new BigDecimal("1.10"));
        assertThat(Conversion.of(BigDecimal.class).read(2L)).isEqualTo(new BigDecimal("2"));
        assertThat(Values.toSqlite(Duration.ofSeconds(90, 1))).isEqualTo("PT1M30.000000001S");
        assertThat(Conversion.of(Duration.class).read("PT1M30.000000001S")).isEqualTo(Duration.ofSeconds(90, 1));
    }

    @Test
    void aConverterOfTheApplicationStoresAndReadsItsClass() {
        assertThat(Values.toSqlite(Locale.GERMANY)).isEqualTo("de-DE");
        assertThat(Conversion.of(Locale.class).read("de-DE")).isEqualTo(Locale.GERMANY);
    }

    @Test
    void whatSqliteWouldStoreOtherwiseIsRefusedWithASentence() {
        assertThatThrownBy(() -> Values.toSqlite(Double.NaN))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> Values.toSqlite(Float.NaN)).isInstanceOf(QueryException.class);
        assertThatThrownBy(() -> Values.toSqlite("a\ud83d")).hasMessageContaining("position 1");
        assertThatThrownBy(() -> Values.toSqlite("\ude00a")).hasMessageContaining("position 0");
        assertThatThrownBy(() -> Values.toSqlite(new StringBuilder())).hasMessageContaining("java.lang.StringBuilder");
        assertThatThrownBy(() -> Values.toSqlite(Instant.MAX)).isInstanceOf(QueryException.class);
    }

    private Object roundTrip(Object value) throws SQLException {
        database.run("DELETE FROM kept");
        database.run("INSERT INTO kept VALUES (?)", value);
        try (PreparedStatement statement = database.writer().prepareStatement("SELECT value FROM kept");
                ResultSet result = statement.executeQuery()) {
            assertThat(result.next()).isTrue();
            return Values.get(result, 1);
        }
    }

    private String typeOf(Object value) throws SQLException {
        roundTrip(value);
        try (PreparedStatement statement = database.writer().prepareStatement("SELECT typeof(value) FROM kept");
                ResultSet result = statement.executeQuery()) {
            result.next();
            return result.getString(1);
        }
    }
}
