package dev.tidemark.engine.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.problem.TidemarkException;
import dev.tidemark.engine.storage.RemoteStorage.StoredObject;
import dev.tidemark.proof.Proof;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of every storage (acceptance 34 to 36). A subclass creates the storage. */
public abstract class RemoteStorageContract {
    private RemoteStorage storage;

    /** An empty storage. */
    protected abstract RemoteStorage create() throws Exception;

    /** Another one that keeps its objects elsewhere. */
    protected abstract RemoteStorage createAnother() throws Exception;

    /** Many objects of one byte; where a request each would take long, by another way. */
    protected void fill(RemoteStorage empty, List<String> names) {
        names.forEach(name -> empty.put(name, new byte[] {1}));
    }

    @BeforeEach
    void open() throws Exception {
        storage = create();
    }

    @AfterEach
    void close() {
        storage.close();
        storage.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 255, 1 << 20})
    void givesBackWhatWasPut(int size) {
        assertComesBack(size);
    }

    @Proof
    @Test
    void givesBackALargeObject() {
        assertComesBack(32 << 20);
    }

    private void assertComesBack(int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        storage.put("v1/object", content);
        assertThat(Arrays.equals(storage.get("v1/object"), content)).isTrue();
        assertThat(storage.list("", null)).containsExactly(new StoredObject("v1/object", size));
    }

    @Test
    void anObjectThatIsLongerThanItMayBeIsNotRead() {
        byte[] content = new byte[100];
        storage.put("v1/object", content);
        assertThat(storage.get("v1/object", 100)).isEqualTo(content);
        assertThat(storage.get("v1/object", Long.MAX_VALUE)).isEqualTo(content);
        assertThatThrownBy(() -> storage.get("v1/object", 99))
                .isInstanceOfSatisfying(
                        TidemarkException.class,
                        refused -> assertThat(refused.problem()).isEqualTo(Problem.FILE_DAMAGED));
        assertThatThrownBy(() -> storage.get("v1/none", 99))
                .isInstanceOf(StorageException.ObjectMissingException.class);
    }

    @Test
    void movesFilesAndTellsHowFarItIs(@TempDir Path folder) throws Exception {
        assertMoves(1 << 20, folder);
    }

    /** A file of one part, and one of several. */
    @Proof
    @ParameterizedTest
    @ValueSource(ints = {1, 8 << 20, 20 << 20})
    void movesFilesOfAnySize(int size, @TempDir Path folder) throws Exception {
        assertMoves(size, folder);
    }

    private void assertMoves(int size, Path folder) throws Exception {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        Path file = Files.write(folder.resolve("file"), content);
        Path notes = Files.createDirectory(folder.resolve("notes"));
        List<Long> sent = new ArrayList<>();
        storage.upload("v1/blobs/large", file, notes, sent::add);
        assertThat(storage.list("", null)).containsExactly(new StoredObject("v1/blobs/large", size));
        assertThat(Arrays.equals(storage.get("v1/blobs/large"), content)).isTrue();
        Path back = Files.writeString(folder.resolve("back"), "before");
        List<Long> received = new ArrayList<>();
        storage.download("v1/blobs/large", back, Files.createDirectory(folder.resolve("more")), received::add);
        assertThat(Arrays.equals(Files.readAllBytes(back), content)).isTrue();
        for (List<Long> progress : List.of(sent, received)) {
            assertThat(progress).isSorted().startsWith(0L);
            // Encrypted, a file is a little longer.
            assertThat(progress.getLast()).isBetween((long) size, size + size / 1_000 + 1_000L);
        }
    }

    @Test
    void aTransferThatWasEndedIsNotThereAndGoesOn(@TempDir Path folder) throws Exception {
        byte[] content = new byte[20 << 20];
        new Random(1).nextBytes(content);
        Path file = Files.write(folder.resolve("file"), content);
        Path notes = Files.createDirectory(folder.resolve("notes"));
        LongConsumer ending = bytes -> {
            if (bytes > 0) {
                throw new IllegalStateException("ended");
            }
        };
        assertThatThrownBy(() -> storage.upload("v1/large", file, notes, bytes -> {
                    throw new IllegalStateException("ended");
                }))
                .hasMessage("ended");
        assertThat(storage.list("", null)).isEmpty();
        storage.upload("v1/large", file, notes, bytes -> {});
        Path back = folder.resolve("back");
        Path more = Files.createDirectory(folder.resolve("more"));
        assertThatThrownBy(() -> storage.download("v1/large", back, more, ending))
                .hasMessage("ended");
        assertThat(back).doesNotExist();
        storage.download("v1/large", back, more, bytes -> {});
        assertThat(Arrays.equals(Files.readAllBytes(back), content)).isTrue();
        assertThatThrownBy(() -> storage.download("v1/none", back, more, bytes -> {}))
                .isInstanceOf(StorageException.ObjectMissingException.class);
        assertThat(back).hasBinaryContent(content);
    }

    @Test
    void keepsEachOfTheTwoHundredFiftySixBytes() {
        byte[] all = new byte[256];
        IntStream.range(0, 256).forEach(value -> all[value] = (byte) value);
        storage.put("bytes", all);
        assertThat(storage.get("bytes")).isEqualTo(all);
    }

    @Test
    void takesNamesWithEveryAllowedCharacter() {
        String letters = "abcdefghijklmnopqrstuvwxyz0123456789._-";
        List<String> names = List.of(
                letters + "/" + letters,
                "0.a",
                "-",
                "_",
                "a".repeat(100),
                "a/b/c/d/e",
                "x-1.seg",
                "x_1.seg",
                "x.1.seg");
        names.forEach(name -> storage.put(name, name.getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
        assertThat(names(storage.list("", null)))
                .containsExactlyElementsOf(names.stream().sorted().toList());
        for (String name : names) {
            assertThat(new String(storage.get(name), java.nio.charset.StandardCharsets.US_ASCII))
                    .isEqualTo(name);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "a/",
                "/a",
                "a//b",
                "..",
                "../a",
                "a/../b",
                ".hidden",
                "A",
                "a b",
                "a~",
                "a.tmp",
                "a.part",
                "a.",
                "ä",
                "a\\b",
                "a:b",
                "a*",
                "a (conflicted copy)",
                "a.sync-conflict-20240101",
                "a\u0000b"
            })
    void refusesNamesThatAreNotAllowed(String name) {
        assertThatThrownBy(() -> storage.put(name, new byte[] {1})).isInstanceOf(IllegalArgumentException.class);
        assertThat(storage.list("", null)).isEmpty();
    }

    @Test
    void saysThatAnObjectIsMissing() {
        storage.put("folder/there", new byte[] {1});
        for (String missing : List.of("not", "folder/not", "folder", "folder/there/below", "no/such/folder")) {
            assertThatThrownBy(() -> storage.get(missing)).isInstanceOf(StorageException.ObjectMissingException.class);
            assertThatCode(() -> storage.delete(missing)).doesNotThrowAnyException();
        }
        assertThat(storage.get("folder/there")).containsExactly(1);
    }

    @Test
    void deletes() {
        storage.put("a", new byte[] {1});
        storage.put("b", new byte[] {2});
        storage.delete("a");
        assertThat(names(storage.list("", null))).containsExactly("b");
        assertThatThrownBy(() -> storage.get("a")).isInstanceOf(StorageException.ObjectMissingException.class);
    }

    @Test
    void takesAnEqualObjectAgain() {
        storage.put("a/b", new byte[] {1, 2});
        storage.put("a/b", new byte[] {1, 2});
        assertThat(storage.get("a/b")).containsExactly(1, 2);
        assertThat(storage.list("", null)).hasSize(1);
    }

    @Test
    void replacesWhole() {
        storage.put("a", new byte[1000]);
        storage.put("a", new byte[] {7});
        assertThat(storage.get("a")).containsExactly(7);
    }

    @Test
    void listsByPrefixAndAfter() {
        for (String name : List.of("a/1", "a/2", "ab/1", "b", "b-1", "b0", "c/d/e")) {
            storage.put(name, new byte[] {1});
        }
        assertThat(names(storage.list("", null))).containsExactly("a/1", "a/2", "ab/1", "b", "b-1", "b0", "c/d/e");
        assertThat(names(storage.list("a", null))).containsExactly("a/1", "a/2", "ab/1");
        assertThat(names(storage.list("a/", null))).containsExactly("a/1", "a/2");
        assertThat(names(storage.list("a/1", null))).containsExactly("a/1");
        assertThat(names(storage.list("c/d", null))).containsExactly("c/d/e");
        assertThat(names(storage.list("c/d/e/f", null))).isEmpty();
        assertThat(names(storage.list("nothing/", null))).isEmpty();
        assertThat(names(storage.list("", "a/2"))).containsExactly("ab/1", "b", "b-1", "b0", "c/d/e");
        assertThat(names(storage.list("", "a0"))).containsExactly("ab/1", "b", "b-1", "b0", "c/d/e");
        assertThat(names(storage.list("a/", "a/1"))).containsExactly("a/2");
        assertThat(names(storage.list("a/", "a/9"))).isEmpty();
        assertThat(names(storage.list("b", "a"))).containsExactly("b", "b-1", "b0");
        assertThat(names(storage.list("", "z"))).isEmpty();
    }

    @Proof
    @Test
    void listsMoreThanAPageSorted() {
        List<String> names = new ArrayList<>();
        for (int number = 0; number < 2_500; number++) {
            names.add(String.format("log/%d/%04d", number % 7, number));
        }
        fill(storage, names);
        List<String> sorted = names.stream().sorted().toList();
        assertThat(names(storage.list("log/", null))).containsExactlyElementsOf(sorted);
        assertThat(names(storage.list("log/", sorted.get(1_500))))
                .containsExactlyElementsOf(sorted.subList(1_501, 2_500));
    }

    @Test
    void keepsOneWholeObjectOfManyPutAtOnce() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<?>> puts = new ArrayList<>();
            for (int round = 0; round < 40; round++) {
                byte[] content = new byte[50_000];
                Arrays.fill(content, (byte) round);
                puts.add(threads.submit(() -> storage.put("new/folder/same", content)));
            }
            for (Future<?> put : puts) {
                put.get();
            }
        }
        byte[] left = storage.get("new/folder/same");
        assertThat(left).hasSize(50_000);
        byte[] whole = new byte[50_000];
        Arrays.fill(whole, left[0]);
        assertThat(left).isEqualTo(whole);
        assertThat(storage.list("", null)).hasSize(1);
    }

    @Test
    void isApartFromOthers() throws Exception {
        try (RemoteStorage other = createAnother()) {
            storage.put("a", new byte[] {1});
            assertThat(other.list("", null)).isEmpty();
            assertThatThrownBy(() -> other.get("a")).isInstanceOf(StorageException.ObjectMissingException.class);
        }
    }

    @Test
    void doesNotKeepTheCallersArrays() {
        byte[] content = {1, 2, 3};
        storage.put("a", content);
        content[0] = 9;
        storage.get("a")[1] = 9;
        assertThat(storage.get("a")).containsExactly(1, 2, 3);
    }

    protected static List<String> names(List<StoredObject> objects) {
        return objects.stream().map(StoredObject::name).toList();
    }
}
