package dev.tidemark.engine.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Ids;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.Schema;
import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.Changelog;
import dev.tidemark.engine.changelog.ChangelogQuery;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.storage.MemoryStorage;
import dev.tidemark.engine.storage.RemoteStorage;
import java.util.UUID;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The changelog in a storage through the public API. */
class StorageChangelogTest {
    private static final Schema SCHEMA = Schema.builder()
            .migration("notes", "CREATE TABLE note(id BLOB PRIMARY KEY NOT NULL, title TEXT)")
            .synced("note")
            .build();

    private enum Kind {
        SEGMENTS(RemoteLibrary::segments),
        OBJECTS(RemoteLibrary::objects);

        private final BiFunction<RemoteStorage, UUID, Changelog> opener;

        Kind(BiFunction<RemoteStorage, UUID, Changelog> opener) {
            this.opener = opener;
        }
    }

    private final MemoryStorage storage = new MemoryStorage();
    private final Database ann = Database.openTemporary(SCHEMA);
    private final Database bob = Database.openTemporary(SCHEMA);

    @AfterEach
    void close() {
        ann.close();
        bob.close();
    }

    private static void write(Database database, String title) {
        database.write(tx -> tx.execute("INSERT INTO note VALUES (?, ?)", Ids.next(), title));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void databasesSyncThroughIt(Kind kind) {
        write(ann, "Buy milk");
        write(bob, "Air the room");
        for (Database database : new Database[] {ann, bob, ann}) {
            SyncEngine.sync(database.changelog(), kind.opener.apply(storage, ann.library()));
        }
        assertThat(ann.dump()).isEqualTo(bob.dump());
        assertThat(ann.list(Query.of("SELECT title FROM note"))).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void readsWhatComesAfterAVector(Kind kind) {
        Changelog changelog = kind.opener.apply(storage, ann.library());
        write(ann, "Buy milk");
        SyncEngine.sync(ann.changelog(), changelog);
        VersionVector seen = changelog.vector();
        write(ann, "Buy soap");
        SyncEngine.sync(ann.changelog(), changelog);
        try (Batch.Reader reader = changelog.read(seen, Batch.Limit.DEFAULT)) {
            Batch batch = reader.next();
            assertThat(batch.changes())
                    .singleElement()
                    .satisfies(change -> assertThat(change.values()).containsEntry("title", "Buy soap"));
            assertThat(reader.next()).isNull();
        }
        assertThat(changelog.vector()).isEqualTo(ann.changelog().vector());
        assertThat(changelog
                        .append(new Batch(ann.changelog().list(ChangelogQuery.ALL)))
                        .changes())
                .isZero();
    }

    @Test
    void segmentsAreThoseThatALibraryWrote() {
        write(ann, "Buy milk");
        RemoteLibrary.open(ann, storage).sync();
        MemoryStorage copy = new MemoryStorage();
        SyncEngine.sync(RemoteLibrary.segments(storage, ann.library()), RemoteLibrary.objects(copy, ann.library()));
        SyncEngine.sync(bob.changelog(), RemoteLibrary.segments(copy, ann.library()));
        assertThat(bob.dump()).isEqualTo(ann.dump());
    }

    @Test
    void segmentsOfAnotherLibraryAreNotRead() {
        write(ann, "Buy milk");
        SyncEngine.sync(ann.changelog(), RemoteLibrary.segments(storage, ann.library()));
        SyncReport report = SyncEngine.sync(bob.changelog(), RemoteLibrary.segments(storage, UUID.randomUUID()));
        assertThat(report.pulled()).isZero();
        assertThat(report.isComplete()).isFalse();
        assertThat(bob.list(Query.of("SELECT title FROM note"))).isEmpty();
    }
}
