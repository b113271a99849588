package dev.tidemark.app.model;

import dev.tidemark.engine.Schema;

/**
 * The tables of the application.
 *
 * <p>{@code item.list_id} refers to a list without a foreign key on purpose: an item whose list is gone shows in the
 * Inbox, on every device alike, where a foreign key would hide it. {@code item.trashed} is a field, see
 * {@link ItemWriter}. The ids of tags are derived from the item and the name, those of attachments from the item, the content and
 * the name, see {@link DerivedId}; an attachment has no column that two devices would fill differently.
 */
public final class LibrarySchema {
    /** All steps so far. Steps that were released are never changed. */
    public static final Schema SCHEMA = Schema.builder()
            .migration("create items, lists and tags", """
                CREATE TABLE item(
                    id BLOB PRIMARY KEY NOT NULL,
                    kind TEXT NOT NULL DEFAULT 'todo',
                    title TEXT NOT NULL DEFAULT '',
                    body TEXT NOT NULL DEFAULT '',
                    done INTEGER NOT NULL DEFAULT 0,
                    due TEXT,
                    list_id BLOB,
                    trashed INTEGER NOT NULL DEFAULT 0,
                    created_at INTEGER NOT NULL DEFAULT 0,
                    position TEXT
                );
                CREATE INDEX item_state ON item(trashed, done, kind, list_id, due);
                CREATE INDEX item_list ON item(list_id);
                CREATE INDEX item_due ON item(due) WHERE due IS NOT NULL;
                CREATE TABLE list(
                    id BLOB PRIMARY KEY NOT NULL,
                    name TEXT NOT NULL DEFAULT '',
                    color TEXT,
                    icon TEXT,
                    position TEXT
                );
                CREATE INDEX list_name ON list(name);
                CREATE TABLE tag(
                    id BLOB PRIMARY KEY NOT NULL,
                    item_id BLOB NOT NULL REFERENCES item(id) ON DELETE CASCADE,
                    name TEXT NOT NULL
                );
                CREATE INDEX tag_item ON tag(item_id, name);
                CREATE INDEX tag_name ON tag(name);
                """)
            .migration("create attachments", """
                CREATE TABLE attachment(
                    id BLOB PRIMARY KEY NOT NULL,
                    item_id BLOB NOT NULL REFERENCES item(id) ON DELETE CASCADE,
                    name TEXT NOT NULL,
                    content BLOB NOT NULL,
                    size INTEGER NOT NULL
                );
                CREATE INDEX attachment_item ON attachment(item_id, name);
                """)
            .migration("add priorities and reminders to items", """
                ALTER TABLE item ADD COLUMN priority INTEGER NOT NULL DEFAULT 0;
                ALTER TABLE item ADD COLUMN reminder TEXT;
                ALTER TABLE item ADD COLUMN dismissed TEXT;
                """)
            .synced("item", "list", "tag", "attachment")
            .blobs("attachment", "content")
            .build();

    private LibrarySchema() {}
}
