package dev.tidemark.engine.storage;

class MemoryStorageTest extends RemoteStorageContract {
    @Override
    protected RemoteStorage create() {
        return new MemoryStorage();
    }

    @Override
    protected RemoteStorage createAnother() {
        return new MemoryStorage();
    }
}
