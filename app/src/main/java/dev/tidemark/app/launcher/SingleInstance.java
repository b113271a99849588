package dev.tidemark.app.launcher;

import dev.tidemark.app.model.ProblemException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One window a profile. The first holds a lock on a file and listens on a local socket; a later start finds the lock
 * taken and asks through the socket that the first window come forward. Thread-safe.
 */
public final class SingleInstance implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SingleInstance.class);
    private static final String LOCK = "window.lock";
    private static final String ADDRESS = "window.address";
    private static final String SHOW = "show";
    private static final String SHOWN = "shown";

    /** Paths of sockets have about 104 bytes on macOS and 108 on Linux. */
    private static final int LONGEST_SOCKET = 100;

    /** How long a second start waits for the first to listen, or for a closing one to let go. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final long PAUSE_MILLIS = 50;

    private final FileChannel channel;
    private final FileLock lock;
    private final ServerSocketChannel server;
    private final Path socket;
    private @Nullable Runnable onShow;
    private boolean asked;

    private SingleInstance(FileChannel channel, FileLock lock, ServerSocketChannel server, Path socket) {
        this.channel = channel;
        this.lock = lock;
        this.server = server;
        this.socket = socket;
    }

    /**
     * Becomes the profile's window, or brings the one that is open forward.
     *
     * @param folder the profile's data folder, which exists
     * @return this window's hold on the profile; empty if another came forward
     * @throws ProblemException if neither works
     */
    public static Optional<SingleInstance> acquire(Path folder) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            do {
                Optional<SingleInstance> first = tryLock(folder);
                if (first.isPresent() || askToShow(folder)) {
                    return first;
                }
                Thread.sleep(PAUSE_MILLIS);
            } while (System.nanoTime() < end);
        } catch (IOException e) {
            throw new ProblemException(e, "window.lock", folder);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(e, "window.busy", folder);
        }
        throw new ProblemException("window.busy", folder);
    }

    private static Optional<SingleInstance> tryLock(Path folder) throws IOException {
        FileChannel channel = FileChannel.open(
                folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ);
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (java.nio.channels.OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            channel.close();
            return Optional.empty();
        }
        Path socket = socketFor(folder);
        Files.deleteIfExists(socket);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Files.writeString(folder.resolve(ADDRESS), socket.toString());
        SingleInstance instance = new SingleInstance(channel, lock, server, socket);
        Thread.ofPlatform().daemon().name("single-instance").start(instance::listen);
        return Optional.of(instance);
    }

    /** In the profile if its path is short enough, else in a folder that only this person can enter. */
    private static Path socketFor(Path folder) throws IOException {
        Path near = folder.resolve("window.socket").toAbsolutePath();
        return near.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST_SOCKET
                ? near
                : Files.createTempDirectory("tidemark").resolve("window.socket");
    }

    /** Whether the window that holds the lock has answered. */
    private static boolean askToShow(Path folder) {
        try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(
                Files.readString(folder.resolve(ADDRESS)).strip()))) {
            client.write(ByteBuffer.wrap((SHOW + "\n").getBytes(StandardCharsets.UTF_8)));
            BufferedReader answer = new BufferedReader(Channels.newReader(client, StandardCharsets.UTF_8));
            return SHOWN.equals(answer.readLine());
        } catch (IOException e) {
            LOG.debug("The window that holds the profile does not answer yet", e);
            return false;
        }
    }

    private void listen() {
        while (server.isOpen()) {
            try (SocketChannel client = server.accept()) {
                BufferedReader question = new BufferedReader(Channels.newReader(client, StandardCharsets.UTF_8));
                if (SHOW.equals(question.readLine())) {
                    show();
                    client.write(ByteBuffer.wrap((SHOWN + "\n").getBytes(StandardCharsets.UTF_8)));
                }
            } catch (AsynchronousCloseException e) {
                return;
            } catch (IOException e) {
                LOG.warn("A second start could not be answered", e);
            }
        }
    }

    private synchronized void show() {
        asked = true;
        if (onShow != null) {
            onShow.run();
        }
    }

    /**
     * Sets what brings the window forward. Called at once if somebody has already asked.
     *
     * @param action called on another thread
     */
    public synchronized void onShow(Runnable action) {
        onShow = action;
        if (asked) {
            action.run();
        }
    }

    /** Lets another window have the profile. Closing twice does nothing. */
    @Override
    public void close() {
        try {
            server.close();
            Files.deleteIfExists(socket);
            if (channel.isOpen()) {
                lock.release();
            }
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
