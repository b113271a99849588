package dev.tidemark.app.model;

import dev.tidemark.app.model.Search.Field;
import dev.tidemark.app.model.Search.Term;
import dev.tidemark.app.model.Search.Words;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Translates a {@link Search} to SQL on items {@code i}, their local data {@code c} and the full-text index. */
final class SearchSql {
    private static final String INDEX = "item_text MATCH ?";

    private SearchSql() {}

    /**
     * Returns the FROM clause. It begins with an index, so that the newest results are found without scanning all
     * items.
     */
    static String from(Search search) {
        boolean hasWords = !match(search).isEmpty();
        return hasWords
                ? " FROM item_text CROSS JOIN item_local c ON c.number = item_text.rowid CROSS JOIN item i ON i.id ="
                        + " c.item_id"
                : " FROM item_local c CROSS JOIN item i ON i.id = c.item_id";
    }

    /**
     * Returns the ORDER BY terms for the newest items first. They follow the order of the index, so that a LIMIT ends
     * the scan early.
     */
    static String newestFirst(Search search) {
        return (match(search).isEmpty() ? "c.number" : "item_text.rowid") + " DESC";
    }

    /** Returns the conditions of a search. Items in the trash match only if the search asks for them. */
    static WhereClause of(Search search, boolean withDone) {
        return of(search, withDone, hasField(search, field -> field.showsTrashed()));
    }

    static WhereClause of(Search search, boolean withDone, boolean trashed) {
        WhereClause conditions = new WhereClause();
        String match = match(search);
        if (!match.isEmpty()) {
            conditions.and(INDEX, match);
        }
        search.terms().forEach(term -> add(term, conditions, !match.isEmpty()));
        conditions.and(trashed ? "i.trashed <> 0" : "i.trashed = 0");
        if (!withDone && !trashed && !hasField(search, Field::showsDone)) {
            conditions.and("i.done = 0");
        }
        return conditions;
    }

    private static boolean hasField(Search search, java.util.function.Predicate<Field> predicate) {
        return search.terms().stream()
                .anyMatch(term -> term instanceof Field field && !field.negated() && predicate.test(field));
    }

    /**
     * Returns the FTS5 query; empty if the search has no words that the index can find. FTS5 cannot search for negated
     * terms alone.
     */
    private static String match(Search search) {
        List<Words> indexed = search.terms().stream()
                .filter(term -> term instanceof Words words && words.isIndexed())
                .map(Words.class::cast)
                .toList();
        String wanted = indexed.stream()
                .filter(words -> !words.negated())
                .map(Words::match)
                .collect(Collectors.joining(" AND "));
        String refused =
                indexed.stream().filter(Words::negated).map(Words::match).collect(Collectors.joining(" OR "));
        return wanted.isEmpty() || refused.isEmpty() ? wanted : "(" + wanted + ") NOT (" + refused + ")";
    }

    private static void add(Term term, WhereClause conditions, boolean isMatched) {
        switch (term) {
            case Field field ->
                conditions.and(
                        field.negated() ? "NOT coalesce(" + field.sql() + ", 0)" : field.sql(),
                        field.parameters().toArray());
            case Words words -> {
                String not = words.negated() ? "NOT " : "";
                if (!words.isIndexed()) {
                    String text = words.text().toLowerCase(Locale.ROOT);
                    conditions.and(
                            not + "(instr(lower(i.title), ?) > 0 OR instr(lower(" + ItemQueries.BODY + "), ?) > 0)",
                            text,
                            text);
                } else if (words.negated() && !isMatched) {
                    conditions.and("c.number NOT IN (SELECT rowid FROM item_text WHERE " + INDEX + ")", words.match());
                }
            }
        }
    }
}
