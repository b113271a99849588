package dev.tidemark.engine.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.ChildProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The events that a folder storage reports for changes in its folder. */
@EnabledOnOs(OS.LINUX)
class FolderWatchTest {
    private static final int WAITING_EVENTS_A_FOLDER = 512;

    @TempDir
    Path folder;

    @TempDir
    Path elsewhere;

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private RemoteStorage.Watch watch;

    private void watch(Consumer<String> listener) {
        watch = FolderStorage.open(folder).watch("v1/", "v1/blobs0", listener).orElseThrow();
    }

    @AfterEach
    void close() {
        if (watch != null) {
            watch.close();
        }
    }

    /** Waits until this is told; all that was until then. */
    private List<String> expect(String name) throws InterruptedException {
        List<String> heard = new ArrayList<>();
        while (!heard.contains(name)) {
            String next = told.poll(30, TimeUnit.SECONDS);
            assertThat(next).as("%s, after %s", name, heard).isNotNull();
            heard.add(next);
        }
        return heard;
    }

    private static Path write(Path file, String content) throws Exception {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private void awaitEnd() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (watch.isActive()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void tellsWhatComesChangesAndGoes() throws Exception {
        Files.createDirectories(folder.resolve("v1/log/a"));
        watch(told::add);
        Path file = write(folder.resolve("v1/log/a/1.seg"), "half");
        expect("v1/log/a/1.seg");
        Files.writeString(file, "the whole");
        expect("v1/log/a/1.seg");
        told.clear();
        Files.delete(file);
        expect("v1/log/a/1.seg");
        assertThat(watch.isActive()).isTrue();
    }

    @Test
    void tellsOfFilesInFoldersThatAreMovedIn() throws Exception {
        watch(told::add);
        write(elsewhere.resolve("whole/log/a/1.seg"), "x");
        Files.move(elsewhere.resolve("whole"), folder.resolve("v1"));
        // What lies in it is found by listing; what comes afterwards is told.
        expect("");
        Files.writeString(folder.resolve("v1/log/a/2.seg"), "x");
        expect("v1/log/a/2.seg");
    }

    @Test
    @Timeout(60)
    void goesOnInAFolderThatVanishedAndCameBack() throws Exception {
        Path file = write(folder.resolve("v1/log/a/1.seg"), "x");
        watch(told::add);
        for (int round = 0; round < 3; round++) {
            Files.delete(file);
            Files.delete(file.getParent());
            told.clear();
            write(file, "again");
            expect("v1/log/a");
            // What came before it was watched again is found by listing; some later change is told.
            while (told.stream().noneMatch(name -> name.equals("v1/log/a/1.seg"))) {
                assertThat(watch.isActive()).isTrue();
                Files.writeString(file, "and again");
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    @Test
    void keepsQuietAboutAttachmentsHalfWrittenFilesAndCopies() throws Exception {
        write(folder.resolve("v1/blobs/aa/1.bin"), "x");
        write(folder.resolve("v1/log/a/1.seg"), "x");
        watch(told::add);
        write(folder.resolve("v1/blobs/aa/2.bin"), "x");
        write(folder.resolve("v1/log/a/.syncthing.2.seg.tmp"), "x");
        write(folder.resolve("v1/log/a/1 (conflicted copy).seg"), "x");
        FolderStorage.open(folder).put("v1/log/a/2.seg", new byte[] {1});
        assertThat(expect("v1/log/a/2.seg")).containsOnly("v1/log/a/2.seg");
    }

    @Test
    void looksForNewFoldersAfterMoreHappenedThanTheSystemKeeps() throws Exception {
        Files.createDirectories(folder.resolve("v1/log"));
        CountDownLatch goOn = new CountDownLatch(1);
        watch(name -> {
            told.add(name);
            await(goOn);
        });
        write(folder.resolve("v1/log/first"), "x");
        expect("v1/log/first");
        for (int number = 0; number < 3 * WAITING_EVENTS_A_FOLDER; number++) {
            write(folder.resolve("v1/log/" + number), "x");
        }
        Files.createDirectories(folder.resolve("v1/log/late"));
        goOn.countDown();
        expect("");
        // Announced to a watch that was not there when its folder came.
        String name = "v1/log/late/1.seg";
        write(folder.resolve(name), "x");
        expect(name);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void saysThatItHasEndedWhenTheFolderIsRemoved() throws Exception {
        watch(told::add);
        Files.delete(folder);
        awaitEnd();
        expect("");
        Files.createDirectory(folder);
    }

    @Test
    void tellsNothingAfterItWasClosed() throws Exception {
        watch(told::add);
        watch.close();
        watch.close();
        assertThat(watch.isActive()).isFalse();
        try (RemoteStorage.Watch other =
                FolderStorage.open(folder).watch("", null, told::add).orElseThrow()) {
            write(folder.resolve("x"), "x");
            expect("x");
            assertThat(other.isActive()).isTrue();
            assertThat(told).doesNotContain("");
        }
    }

    @Test
    void withoutEnoughWatchesThereIsNone() throws Exception {
        for (int number = 0; number < 5; number++) {
            Files.createDirectories(folder.resolve("v1/log/" + number));
        }
        assertThat(withThreeWatches()).isEqualTo("none");
    }

    @Test
    void whenWatchesRunOutLaterItSaysThatItHasEnded() throws Exception {
        Files.createDirectories(folder.resolve("v1/log"));
        assertThat(withThreeWatches()).isEqualTo("ended");
    }

    /** In a process of a user who may have three watches. */
    private String withThreeWatches() throws Exception {
        ProcessBuilder child = ChildProcess.of(FewWatches.class, List.of(), folder);
        List<String> command = new ArrayList<>(List.of(
                "unshare", "-Ur", "sh", "-c", "echo 3 > /proc/sys/user/max_inotify_watches && exec \"$@\"", "sh"));
        boolean allowed =
                new ProcessBuilder(List.of("unshare", "-Ur", "true")).start().waitFor() == 0;
        Assumptions.assumeTrue(allowed, "This system gives no user namespaces");
        command.addAll(child.command());
        Process process = child.command(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }

    /** Watches, and has more folders come. */
    static final class FewWatches {
        private FewWatches() {}

        public static void main(String[] arguments) throws Exception {
            Path folder = Path.of(arguments[0]);
            var watch = FolderStorage.open(folder).watch("v1/", null, name -> {});
            if (watch.isEmpty()) {
                System.out.print("none");
                return;
            }
            Files.createDirectories(folder.resolve("v1/log/a/b/c"));
            while (watch.get().isActive()) {
                LockSupport.parkNanos(1_000_000);
            }
            System.out.print("ended");
        }
    }
}
