package dev.tidemark.engine.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountingStorageTest extends RemoteStorageContract {
    @Override
    protected RemoteStorage create() {
        return new CountingStorage(new MemoryStorage());
    }

    @Override
    protected RemoteStorage createAnother() {
        return new CountingStorage(new MemoryStorage());
    }

    @Test
    void countsRequestsAndBytes() {
        try (CountingStorage storage = new CountingStorage(new MemoryStorage())) {
            storage.put("a", new byte[10]);
            CountingStorage.Counts before = storage.counts();
            storage.put("b", new byte[20]);
            storage.get("a");
            storage.list("", null);
            storage.delete("b");
            assertThat(storage.counts().since(before)).isEqualTo(new CountingStorage.Counts(1, 1, 1, 1, 20, 10));
            assertThat(storage.counts().requests()).isEqualTo(5);
        }
    }
}
