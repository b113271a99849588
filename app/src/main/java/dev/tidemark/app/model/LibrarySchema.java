package dev.tidemark.app.model;

import dev.tidemark.engine.Schema;

/**
 * Defines the application's tables.
 *
 * <p>The synced tables are STRICT: a value of another type from another device becomes a waiting cell (see {@link
 * Schema}), so queries can rely on column types.
 *
 * <ul>
 * <li>{@code item.list_id} is deliberately not a foreign key. The items of a deleted list show in the Inbox on every
 * device; a foreign key would hide them.
 * <li>{@code item.trashed} is an ordinary field; see {@link ItemWriter}.
 * <li>{@code item.dismissed} is the value of {@code reminder} that a device dismissed, so a new reminder rings again;
 * {@code snoozed} is the time to which it was postponed.
 * <li>The ids of {@code tag} and {@code attachment} are derived, see {@link DerivedId}. {@code attachment} has no
 * column that two devices would fill differently.
 * <li>A {@code tag} row exists while an item has the tag. {@code label} has a tag's colour, icon and position, and
 * keeps a tag that no item has.
 * </ul>
 *
 * <p>A {@code checkpoint} is a named moment: {@code vector} has the head of each replica, {@code attribution} counts
 * the changes since the {@code predecessor} (decision 78).
 *
 * <p>The other tables are local to this device. Triggers maintain them, also when remote changes are applied.
 *
 * <ul>
 * <li>{@code item_local} numbers the items for the full-text index {@code item_text}, which stores no second copy of
 * the texts.
 * <li>{@code tag_count} and {@code item_count} count items by tag, and by list ({@code x''} for none), kind, state and
 * whether there is a date. Counting them by query took a second for each change in a library of 100,000 items. The
 * triggers count correctly whether an item or its tags are inserted first.
 * <li>{@code item_merged} has the merged texts of concurrently edited items, see {@link MergedTexts}; {@code
 * text_merge} stores whether merging is on.
 * <li>{@code purged} has a row with content {@code x''} for each permanently deleted item, and a row with the content
 * of each removed attachment. {@link Erasure} removes their remains from this device and marks the rows. {@link
 * UndoStack} removes the rows of items that its own steps delete.
 * </ul>
 */
public final class LibrarySchema {
    /** All migrations. A released migration never changes. */
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
                ) STRICT;
                CREATE INDEX item_state ON item(trashed, done, kind, list_id, due);
                CREATE INDEX item_list ON item(list_id);
                CREATE INDEX item_due ON item(due) WHERE due IS NOT NULL;
                CREATE TABLE list(
                    id BLOB PRIMARY KEY NOT NULL,
                    name TEXT NOT NULL DEFAULT '',
                    color TEXT,
                    icon TEXT,
                    position TEXT
                ) STRICT;
                CREATE INDEX list_name ON list(name);
                CREATE TABLE tag(
                    id BLOB PRIMARY KEY NOT NULL,
                    item_id BLOB NOT NULL REFERENCES item(id) ON DELETE CASCADE,
                    name TEXT NOT NULL
                ) STRICT;
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
                ) STRICT;
                CREATE INDEX attachment_item ON attachment(item_id, name);
                """)
            .migration("add priorities and reminders to items", """
                ALTER TABLE item ADD COLUMN priority INTEGER NOT NULL DEFAULT 0;
                ALTER TABLE item ADD COLUMN reminder TEXT;
                ALTER TABLE item ADD COLUMN dismissed TEXT;
                ALTER TABLE item ADD COLUMN snoozed TEXT;
                CREATE INDEX item_reminder ON item(reminder) WHERE reminder IS NOT NULL;
                """)
            .migration("add looks of tags, saved searches, and an index for searching", """
                CREATE TABLE label(
                    id BLOB PRIMARY KEY NOT NULL,
                    name TEXT NOT NULL DEFAULT '',
                    color TEXT,
                    icon TEXT,
                    position TEXT
                ) STRICT;
                CREATE TABLE saved_search(
                    id BLOB PRIMARY KEY NOT NULL,
                    name TEXT NOT NULL DEFAULT '',
                    query TEXT NOT NULL DEFAULT '',
                    color TEXT,
                    icon TEXT,
                    position TEXT
                ) STRICT;
                CREATE TABLE item_local(
                    number INTEGER PRIMARY KEY,
                    item_id BLOB NOT NULL UNIQUE,
                    changed_at INTEGER NOT NULL
                );
                CREATE VIRTUAL TABLE item_text USING fts5(
                    title, body, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2'
                );
                INSERT INTO item_local(item_id, changed_at) SELECT id, created_at FROM item ORDER BY created_at;
                INSERT INTO item_text(rowid, title, body)
                    SELECT c.number, i.title, i.body FROM item i JOIN item_local c ON c.item_id = i.id;
                CREATE TRIGGER item_found_new AFTER INSERT ON item BEGIN
                    INSERT INTO item_local(item_id, changed_at) VALUES (NEW.id, unixepoch('subsec') * 1000);
                    INSERT INTO item_text(rowid, title, body)
                        SELECT number, NEW.title, NEW.body FROM item_local WHERE item_id = NEW.id;
                END;
                CREATE TRIGGER item_found_text AFTER UPDATE OF title, body ON item
                WHEN OLD.title IS NOT NEW.title OR OLD.body IS NOT NEW.body BEGIN
                    DELETE FROM item_text WHERE rowid = (SELECT number FROM item_local WHERE item_id = NEW.id);
                    INSERT INTO item_text(rowid, title, body)
                        SELECT number, NEW.title, NEW.body FROM item_local WHERE item_id = NEW.id;
                END;
                CREATE TRIGGER item_changed_here
                AFTER UPDATE OF kind, title, body, done, due, list_id, trashed, priority, reminder ON item BEGIN
                    UPDATE item_local SET changed_at = unixepoch('subsec') * 1000 WHERE item_id = NEW.id;
                END;
                CREATE TRIGGER item_found_no_more AFTER DELETE ON item BEGIN
                    DELETE FROM item_text WHERE rowid = (SELECT number FROM item_local WHERE item_id = OLD.id);
                    DELETE FROM item_local WHERE item_id = OLD.id;
                END;
                """)
            .migration("find the first items of a list, and count them, without reading all", """
                DROP INDEX item_state;
                DROP INDEX item_list;
                DROP INDEX item_due;
                CREATE INDEX item_order ON item(
                    trashed, done,
                    coalesce(position, printf('%012x', 281474976710655 - max(0, min(created_at, 281474976710655)))),
                    id DESC, list_id, kind);
                CREATE INDEX item_list ON item(
                    list_id, trashed, done,
                    coalesce(position, printf('%012x', 281474976710655 - max(0, min(created_at, 281474976710655)))),
                    id DESC);
                CREATE INDEX item_due ON item(trashed, done, due) WHERE due IS NOT NULL;
                """)
            .migration("count the items of each tag as they change", """
                CREATE TABLE tag_count(
                    name TEXT PRIMARY KEY NOT NULL,
                    total INTEGER NOT NULL,
                    open INTEGER NOT NULL
                ) WITHOUT ROWID;
                INSERT INTO tag_count(name, total, open)
                    SELECT t.name, count(*), count(*) FILTER (WHERE i.done = 0)
                    FROM tag t JOIN item i ON i.id = t.item_id WHERE i.trashed = 0 GROUP BY t.name;
                CREATE TRIGGER tag_counted AFTER INSERT ON tag BEGIN
                    INSERT INTO tag_count(name, total, open)
                        SELECT NEW.name, i.trashed = 0, i.trashed = 0 AND i.done = 0 FROM item i
                        WHERE i.id = NEW.item_id AND i.trashed = 0
                        ON CONFLICT(name) DO UPDATE SET total = total + excluded.total, open = open + excluded.open;
                END;
                CREATE TRIGGER tag_counted_no_more AFTER DELETE ON tag BEGIN
                    UPDATE tag_count SET (total, open) = (
                        SELECT total - 1, open - (i.done = 0) FROM item i WHERE i.id = OLD.item_id)
                    WHERE name = OLD.name
                        AND EXISTS (SELECT 1 FROM item i WHERE i.id = OLD.item_id AND i.trashed = 0);
                END;
                CREATE TRIGGER tag_counted_anew AFTER UPDATE OF name, item_id ON tag BEGIN
                    UPDATE tag_count SET (total, open) = (
                        SELECT total - 1, open - (i.done = 0) FROM item i WHERE i.id = OLD.item_id)
                    WHERE name = OLD.name
                        AND EXISTS (SELECT 1 FROM item i WHERE i.id = OLD.item_id AND i.trashed = 0);
                    INSERT INTO tag_count(name, total, open)
                        SELECT NEW.name, 1, i.done = 0 FROM item i WHERE i.id = NEW.item_id AND i.trashed = 0
                        ON CONFLICT(name) DO UPDATE SET total = total + excluded.total, open = open + excluded.open;
                END;
                CREATE TRIGGER tag_item_new AFTER INSERT ON item WHEN NEW.trashed = 0 BEGIN
                    INSERT INTO tag_count(name, total, open)
                        SELECT t.name, 1, NEW.done = 0 FROM tag t WHERE t.item_id = NEW.id
                        ON CONFLICT(name) DO UPDATE SET total = total + excluded.total, open = open + excluded.open;
                END;
                CREATE TRIGGER tag_item_state AFTER UPDATE OF done, trashed ON item
                WHEN (OLD.done = 0) <> (NEW.done = 0) OR (OLD.trashed = 0) <> (NEW.trashed = 0) BEGIN
                    INSERT INTO tag_count(name, total, open)
                        SELECT t.name, (NEW.trashed = 0) - (OLD.trashed = 0),
                            (NEW.trashed = 0 AND NEW.done = 0) - (OLD.trashed = 0 AND OLD.done = 0)
                        FROM tag t WHERE t.item_id = NEW.id
                        ON CONFLICT(name) DO UPDATE SET total = total + excluded.total, open = open + excluded.open;
                END;
                CREATE TRIGGER tag_item_gone BEFORE DELETE ON item WHEN OLD.trashed = 0 BEGIN
                    UPDATE tag_count SET total = total - 1, open = open - (OLD.done = 0)
                        WHERE name IN (SELECT t.name FROM tag t WHERE t.item_id = OLD.id);
                END;
                """)
            .migration("count items as they change", """
                CREATE TABLE item_count(
                    list_id BLOB NOT NULL,
                    kind TEXT NOT NULL,
                    trashed INTEGER NOT NULL,
                    done INTEGER NOT NULL,
                    dated INTEGER NOT NULL,
                    number INTEGER NOT NULL,
                    PRIMARY KEY(list_id, kind, trashed, done, dated)
                ) WITHOUT ROWID;
                INSERT INTO item_count(list_id, kind, trashed, done, dated, number)
                    SELECT coalesce(list_id, x''), kind, trashed <> 0, done <> 0, due IS NOT NULL, count(*)
                    FROM item GROUP BY 1, 2, 3, 4, 5;
                CREATE TRIGGER item_counted AFTER INSERT ON item BEGIN
                    INSERT INTO item_count(list_id, kind, trashed, done, dated, number)
                        VALUES (coalesce(NEW.list_id, x''), NEW.kind, NEW.trashed <> 0, NEW.done <> 0, NEW.due IS NOT NULL, 1)
                        ON CONFLICT(list_id, kind, trashed, done, dated) DO UPDATE SET number = number + 1;
                END;
                CREATE TRIGGER item_counted_no_more AFTER DELETE ON item BEGIN
                    UPDATE item_count SET number = number - 1
                    WHERE list_id = coalesce(OLD.list_id, x'') AND kind = OLD.kind
                        AND trashed = (OLD.trashed <> 0) AND done = (OLD.done <> 0) AND dated = (OLD.due IS NOT NULL);
                END;
                CREATE TRIGGER item_counted_anew AFTER UPDATE OF list_id, kind, trashed, done, due ON item BEGIN
                    UPDATE item_count SET number = number - 1
                    WHERE list_id = coalesce(OLD.list_id, x'') AND kind = OLD.kind
                        AND trashed = (OLD.trashed <> 0) AND done = (OLD.done <> 0) AND dated = (OLD.due IS NOT NULL);
                    INSERT INTO item_count(list_id, kind, trashed, done, dated, number)
                        VALUES (coalesce(NEW.list_id, x''), NEW.kind, NEW.trashed <> 0, NEW.done <> 0, NEW.due IS NOT NULL, 1)
                        ON CONFLICT(list_id, kind, trashed, done, dated) DO UPDATE SET number = number + 1;
                END;
                """)
            .migration("remember what was deleted for good", """
                CREATE TABLE purged(
                    item_id BLOB NOT NULL,
                    content BLOB NOT NULL,
                    erased INTEGER NOT NULL DEFAULT 0,
                    PRIMARY KEY(item_id, content)
                ) WITHOUT ROWID;
                CREATE TRIGGER item_purged AFTER DELETE ON item BEGIN
                    INSERT OR REPLACE INTO purged(item_id, content) VALUES (OLD.id, x'');
                END;
                CREATE TRIGGER item_back AFTER INSERT ON item BEGIN
                    DELETE FROM purged WHERE item_id = NEW.id AND content = x'';
                END;
                CREATE TRIGGER attachment_purged AFTER DELETE ON attachment
                WHEN typeof(OLD.content) = 'blob' AND length(OLD.content) = 32 BEGIN
                    INSERT OR REPLACE INTO purged(item_id, content) VALUES (OLD.item_id, OLD.content);
                END;
                CREATE TRIGGER attachment_back AFTER INSERT ON attachment BEGIN
                    DELETE FROM purged WHERE item_id = NEW.item_id AND content = NEW.content;
                END;
                """)
            .migration("create checkpoints", """
                CREATE TABLE checkpoint(
                    id BLOB PRIMARY KEY NOT NULL,
                    name TEXT NOT NULL DEFAULT '',
                    description TEXT NOT NULL DEFAULT '',
                    created_at INTEGER NOT NULL DEFAULT 0,
                    vector TEXT NOT NULL DEFAULT '',
                    predecessor BLOB,
                    items INTEGER NOT NULL DEFAULT 0,
                    total INTEGER NOT NULL DEFAULT 0,
                    attribution TEXT NOT NULL DEFAULT ''
                ) STRICT;
                """)
            .migration("merge concurrent texts", """
                CREATE TABLE text_merge(id INTEGER PRIMARY KEY, is_on INTEGER NOT NULL);
                CREATE TABLE item_merged(
                    item_id BLOB PRIMARY KEY NOT NULL,
                    body TEXT NOT NULL,
                    versions TEXT NOT NULL
                );
                DROP TRIGGER item_found_text;
                CREATE TRIGGER item_found_text AFTER UPDATE OF title, body ON item
                WHEN OLD.title IS NOT NEW.title OR OLD.body IS NOT NEW.body BEGIN
                    DELETE FROM item_merged WHERE item_id = NEW.id AND OLD.body IS NOT NEW.body;
                    DELETE FROM item_text WHERE rowid = (SELECT number FROM item_local WHERE item_id = NEW.id);
                    INSERT INTO item_text(rowid, title, body)
                        SELECT number, NEW.title,
                            coalesce((SELECT m.body FROM item_merged m WHERE m.item_id = NEW.id), NEW.body)
                        FROM item_local WHERE item_id = NEW.id;
                END;
                CREATE TRIGGER item_merged_new AFTER INSERT ON item_merged BEGIN
                    DELETE FROM item_text WHERE rowid = (SELECT number FROM item_local WHERE item_id = NEW.item_id);
                    INSERT INTO item_text(rowid, title, body)
                        SELECT c.number, i.title, NEW.body FROM item i JOIN item_local c ON c.item_id = i.id
                        WHERE i.id = NEW.item_id;
                END;
                CREATE TRIGGER item_merged_no_more AFTER DELETE ON item_merged BEGIN
                    DELETE FROM item_text WHERE rowid = (SELECT number FROM item_local WHERE item_id = OLD.item_id);
                    INSERT INTO item_text(rowid, title, body)
                        SELECT c.number, i.title, i.body FROM item i JOIN item_local c ON c.item_id = i.id
                        WHERE i.id = OLD.item_id;
                END;
                CREATE TRIGGER item_merged_deleted AFTER DELETE ON item BEGIN
                    DELETE FROM item_merged WHERE item_id = OLD.id;
                END;
                """)
            .synced("item", "list", "tag", "attachment", "label", "saved_search", "checkpoint")
            .blobs("attachment", "content")
            .build();

    private LibrarySchema() {}
}
