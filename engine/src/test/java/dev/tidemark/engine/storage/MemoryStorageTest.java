package dev.tidemark.engine.storage;

class MemoryStorageTest extends RemoteStorageContract {
    @Override
    RemoteStorage create() {
        return new MemoryStorage();
    }

    @Override
    RemoteStorage createAnother() {
        return new MemoryStorage();
    }
}
