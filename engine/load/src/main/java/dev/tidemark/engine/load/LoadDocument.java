package dev.tidemark.engine.load;

import dev.tidemark.engine.Query;
import dev.tidemark.engine.Schema;
import java.util.UUID;

/** A row of the table that a load test works on. */
record LoadDocument(UUID id, String title, String body, long revision) {
    static final String TABLE = "document";
    static final Schema SCHEMA = Schema.builder()
            .migration(
                    "document",
                    "CREATE TABLE document(id BLOB PRIMARY KEY NOT NULL, title TEXT NOT NULL, body TEXT NOT NULL,"
                            + " revision INTEGER NOT NULL)")
            .synced(TABLE)
            .build();
    static final String UPDATE = "UPDATE document SET body = ?, revision = ? WHERE id = ?";

    static Query<LoadDocument> byId(UUID id) {
        return Query.of("SELECT id, title, body, revision FROM document WHERE id = ?", id)
                .as(LoadDocument.class);
    }
}
