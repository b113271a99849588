package dev.tidemark.engine.internal.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.problem.QueryException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BoundSqlTest {
    @Test
    void namesBecomePlacesInTheOrderOfTheStatement() {
        Map<String, Object> values = new HashMap<>();
        values.put("a", 1);
        values.put("b", null);
        BoundSql bound = BoundSql.of("SELECT :b, :a, :b", List.of(), values);
        assertThat(bound.sql()).isEqualTo("SELECT ?, ?, ?");
        assertThat(bound.parameters()).containsExactly(null, 1, null);
    }

    @Test
    void collectionsBecomeAPlaceForEachElement() {
        BoundSql named = BoundSql.of("x IN (:ids) AND y = :y", List.of(), Map.of("ids", List.of(1, 2), "y", 3));
        assertThat(named.sql()).isEqualTo("x IN (?, ?) AND y = ?");
        assertThat(named.parameters()).containsExactly(1, 2, 3);
        BoundSql inOrder = BoundSql.of("x IN (?) AND y = ?", Arrays.asList(List.of(), null), Map.of());
        assertThat(inOrder.sql()).isEqualTo("x IN () AND y = ?");
        assertThat(inOrder.parameters()).containsOnlyNulls().hasSize(1);
    }

    @Test
    void quotedTextAndCommentsHoldNoParameters() {
        String quoted = "SELECT ':a', 'it''s :a', \":a\", `:a`, [:a] -- :a ?\n/* :a ? */, ";
        BoundSql bound = BoundSql.of(quoted + ":a", List.of(), Map.of("a", 1));
        assertThat(bound.sql()).isEqualTo(quoted + "?");
        assertThat(bound.parameters()).containsExactly(1);
    }

    @Test
    void aStatementWithoutNamesAndCollectionsStaysAsItIs() {
        assertThat(BoundSql.of("SELECT :a, ?2", List.of(1, 2), Map.of()).sql()).isEqualTo("SELECT :a, ?2");
    }

    @Test
    void namesWithoutValueAndValuesWithoutPlaceAreRefused() {
        assertThatThrownBy(() -> BoundSql.of("SELECT :a, :b", List.of(), Map.of("a", 1)))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining(":b");
        assertThatThrownBy(() -> BoundSql.of("SELECT :a", List.of(), Map.of("a", 1, "c", 1)))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining(":c");
        assertThatThrownBy(() -> BoundSql.of("SELECT :a, ?", List.of(), Map.of("a", 1)))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("1");
    }
}
