package dev.tidemark.app.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.app.model.ProblemException;
import dev.tidemark.fuzz.Mutations;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SingleInstanceTest {
    private static final LaunchRequest WINDOW = new LaunchRequest.Window();

    @TempDir
    private Path folder;

    private final BlockingQueue<LaunchRequest> heard = new LinkedBlockingQueue<>();

    private @Nullable LaunchRequest next() throws InterruptedException {
        return heard.poll(20, TimeUnit.SECONDS);
    }

    @Test
    void theFirstReceivesTheRequestOfALaterStart() throws InterruptedException {
        try (SingleInstance first = SingleInstance.acquire(folder, WINDOW).orElseThrow()) {
            first.setListener(heard::add);
            assertThat(SingleInstance.acquire(folder, WINDOW)).isEmpty();
            assertThat(SingleInstance.acquire(folder, new LaunchRequest.QuickAdd("")))
                    .isEmpty();
            assertThat(next()).isEqualTo(WINDOW);
            assertThat(next()).isEqualTo(new LaunchRequest.QuickAdd(""));
        }
    }

    @Test
    void whateverASecondStartSendsTheFirstGoesOnListening() throws Exception {
        try (SingleInstance first = SingleInstance.acquire(folder, WINDOW).orElseThrow()) {
            first.setListener(wish -> {
                if (wish instanceof LaunchRequest.Background) {
                    throw new IllegalStateException("A mistake of ours");
                }
            });
            UnixDomainSocketAddress address =
                    UnixDomainSocketAddress.of(Files.readString(folder.resolve("window.address")));
            Mutations.run(LaunchRequestFuzzTest.soundMessages(), 2, message -> {
                try (SocketChannel client = SocketChannel.open(address)) {
                    client.write(ByteBuffer.wrap(message));
                }
            });
            try (SocketChannel client = SocketChannel.open(address)) {
                // More than a line may have: the other side hangs up.
                ByteBuffer endless = ByteBuffer.wrap("x".repeat(200_000).getBytes(StandardCharsets.UTF_8));
                assertThatThrownBy(() -> {
                            while (true) {
                                client.write(endless.rewind());
                            }
                        })
                        .isInstanceOf(IOException.class);
            }
            assertThat(SingleInstance.acquire(folder, new LaunchRequest.NewItem()))
                    .isEmpty();
        }
    }

    @Test
    void requestsBeforeAListenerIsSetAreDeliveredOnce() throws InterruptedException {
        try (SingleInstance first = SingleInstance.acquire(folder, WINDOW).orElseThrow()) {
            assertThat(SingleInstance.acquire(folder, new LaunchRequest.NewItem()))
                    .isEmpty();
            first.setListener(heard::add);
            assertThat(next()).isEqualTo(new LaunchRequest.NewItem());
            first.setListener(heard::add);
            assertThat(heard).isEmpty();
        }
    }

    @Test
    void aStartWhileTheFirstEndsWaitsAndTakesItsPlace() throws Exception {
        SingleInstance ending = SingleInstance.acquire(folder, WINDOW).orElseThrow();
        ending.setListener(heard::add);
        ending.stopDelivering();
        CompletableFuture<Optional<SingleInstance>> next =
                CompletableFuture.supplyAsync(() -> SingleInstance.acquire(folder, WINDOW));
        ending.close();
        try (SingleInstance second = next.get(20, TimeUnit.SECONDS).orElseThrow()) {
            assertThat(second).isNotSameAs(ending);
            assertThat(heard).isEmpty();
        }
    }

    @Test
    void whoCameFirstCanLetGo() {
        SingleInstance first = SingleInstance.acquire(folder, WINDOW).orElseThrow();
        first.close();
        first.close();
        try (SingleInstance second = SingleInstance.acquire(folder, WINDOW).orElseThrow()) {
            assertThat(SingleInstance.acquire(folder, WINDOW)).isEmpty();
            assertThat(second).isNotNull();
        }
    }

    @Test
    void whatAKilledWindowLeftBehindIsNoHindrance() throws IOException {
        Files.createFile(folder.resolve("window.lock"));
        Files.createFile(folder.resolve("window.socket"));
        Files.writeString(
                folder.resolve("window.address"),
                folder.resolve("window.socket").toString());
        Optional<SingleInstance> hold = SingleInstance.acquire(folder, WINDOW);
        assertThat(hold).isPresent();
        hold.orElseThrow().close();
    }

    @Test
    void worksInAFolderWhoseNameIsTooLongForASocket() throws IOException {
        Path deep =
                Files.createDirectories(folder.resolve("a-long-name".repeat(10)).resolve("and another one"));
        try (SingleInstance first = SingleInstance.acquire(deep, WINDOW).orElseThrow()) {
            assertThat(SingleInstance.acquire(deep, WINDOW)).isEmpty();
            assertThat(first).isNotNull();
        }
    }

    @Test
    void profilesDoNotDisturbEachOther() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        try (SingleInstance one = SingleInstance.acquire(folder, WINDOW).orElseThrow();
                SingleInstance two = SingleInstance.acquire(other, WINDOW).orElseThrow()) {
            assertThat(one).isNotSameAs(two);
        }
    }

    /** As the page does that shows why the library cannot be opened. */
    @ParameterizedTest
    @ValueSource(strings = {"window.socket/file", "window.address/file"})
    void aStartThatFailsLeavesTheProfileToTheNextTry(String obstacle) throws Exception {
        Path file = folder.resolve(obstacle);
        Files.createDirectory(file.getParent());
        Files.createFile(file);
        assertThatThrownBy(() -> SingleInstance.acquire(folder, WINDOW))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        failure -> assertThat(failure.key()).isEqualTo("window.lock"));
        Files.delete(file);
        Files.delete(file.getParent());
        try (SingleInstance next = SingleInstance.acquire(folder, WINDOW).orElseThrow()) {
            assertThat(next).isNotNull();
        }
    }
}
