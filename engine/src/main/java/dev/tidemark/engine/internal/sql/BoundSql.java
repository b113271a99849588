package dev.tidemark.engine.internal.sql;

import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.QueryException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A statement with one {@code ?} for each parameter. It is made from a statement that may have named parameters ({@code
 * :name}) and collections as parameters. A collection becomes one {@code ?} for each element. Quoted text and comments
 * stay unchanged. Immutable.
 */
public record BoundSql(String sql, List<@Nullable Object> parameters) {
    /**
     * Matches parameters, and also quoted text and comments, because a parameter in them must not be replaced. Only a
     * {@code --} comment ends at a line break.
     */
    private static final Pattern TOKEN = Pattern.compile("'[^']*'|\"[^\"]*\"|`[^`]*`|\\[[^\\]]*\\]|--[^\\n"
            + "]*|/\\*(?s:.*?)(?:\\*/|$)|:([A-Za-z_][A-Za-z0-9_]*)|\\?\\d*");

    public static BoundSql of(
            String sql, List<? extends @Nullable Object> inOrder, Map<String, ? extends @Nullable Object> named) {
        if (named.isEmpty() && inOrder.stream().noneMatch(Collection.class::isInstance)) {
            return new BoundSql(sql, Collections.unmodifiableList(inOrder));
        }
        return new Expansion(sql, inOrder, named).run();
    }

    private static final class Expansion {
        private final String sql;
        private final List<? extends @Nullable Object> inOrder;
        private final Map<String, ? extends @Nullable Object> named;
        private final List<@Nullable Object> values = new ArrayList<>();
        private final Set<String> used = new HashSet<>();
        private int places;

        Expansion(String sql, List<? extends @Nullable Object> inOrder, Map<String, ? extends @Nullable Object> named) {
            this.sql = sql;
            this.inOrder = inOrder;
            this.named = named;
        }

        BoundSql run() {
            String expanded = TOKEN.matcher(sql)
                    .replaceAll(token -> Matcher.quoteReplacement(replace(token.group(), token.group(1))));
            if (places != inOrder.size()) {
                throw new QueryException(Problem.QUERY_PARAMETERS, places, inOrder.size(), SqlErrors.excerpt(sql));
            }
            for (String name : named.keySet()) {
                if (!used.contains(name)) {
                    throw new QueryException(Problem.QUERY_PARAMETER_UNKNOWN, name, SqlErrors.excerpt(sql));
                }
            }
            return new BoundSql(expanded, Collections.unmodifiableList(values));
        }

        private String replace(String token, @Nullable String name) {
            if (token.charAt(0) == '?') {
                places++;
                return places <= inOrder.size() ? places(inOrder.get(places - 1)) : token;
            }
            if (name == null) {
                return token;
            }
            if (!named.containsKey(name)) {
                throw new QueryException(Problem.QUERY_PARAMETER_MISSING, name, SqlErrors.excerpt(sql));
            }
            used.add(name);
            return places(named.get(name));
        }

        private String places(@Nullable Object value) {
            if (value instanceof Collection<?> list) {
                values.addAll(list);
                return list.stream().map(each -> "?").collect(Collectors.joining(", "));
            }
            values.add(value);
            return "?";
        }
    }
}
