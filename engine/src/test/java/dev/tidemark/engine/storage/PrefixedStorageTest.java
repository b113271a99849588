package dev.tidemark.engine.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.storage.RemoteStorage.StoredObject;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrefixedStorageTest extends RemoteStorageContract {
    @TempDir
    private Path folder;

    private final MemoryStorage storage = new MemoryStorage();

    @Override
    protected RemoteStorage create() throws Exception {
        RemoteStorage whole = FolderStorage.open(Files.createDirectories(folder.resolve("shared")));
        whole.put("ann/notes-2/beside", new byte[] {1});
        return whole.withPrefix("ann/notes");
    }

    @Override
    protected RemoteStorage createAnother() throws Exception {
        return FolderStorage.open(folder.resolve("shared")).withPrefix("bob");
    }

    @Test
    void theObjectsLieBelowThePrefix() {
        RemoteStorage ann = storage.withPrefix("ann");
        ann.put("v1/a", new byte[] {1});
        ann.withPrefix("v1").put("b", new byte[] {1, 2});
        assertThat(storage.list("", null))
                .containsExactly(new StoredObject("ann/v1/a", 1), new StoredObject("ann/v1/b", 2));
        assertThat(ann.list("v1/", "v1/a")).containsExactly(new StoredObject("v1/b", 2));
        assertThat(ann.withPrefix("v1").description()).isEqualTo("memory/ann/v1");
    }

    @Test
    void aPrefixHasTheFormOfAName() {
        for (String refused : new String[] {"", "/", "a/", "..", "A", "a//b"}) {
            assertThatThrownBy(() -> storage.withPrefix(refused)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
