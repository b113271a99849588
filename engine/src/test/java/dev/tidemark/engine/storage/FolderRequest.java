package dev.tidemark.engine.storage;

import dev.tidemark.engine.problem.TidemarkException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A program that makes one request to a folder storage and prints the result. */
final class FolderRequest {
    static final String PUT = "put";
    static final String UPLOAD = "upload";
    static final String GET = "get";
    static final String DELETE = "delete";
    static final String LIST = "list";
    static final byte[] CONTENT = {1, 2, 3};

    private static final String NAME = "v1/log/a.seg";

    private FolderRequest() {}

    public static void main(String[] arguments) throws IOException {
        try (RemoteStorage storage = FolderStorage.open(Path.of(arguments[0]))) {
            switch (arguments[1]) {
                case PUT -> storage.put(NAME, CONTENT);
                case UPLOAD -> upload(storage);
                case GET -> storage.get(NAME);
                case DELETE -> storage.delete(NAME);
                default -> storage.list("v1/", null);
            }
            System.out.print("done");
        } catch (TidemarkException e) {
            System.out.print(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    private static void upload(RemoteStorage storage) throws IOException {
        Path aside = Files.createTempDirectory("upload");
        storage.upload(NAME, Files.write(aside.resolve("content"), CONTENT), aside.resolve("notes"), copied -> {});
    }
}
