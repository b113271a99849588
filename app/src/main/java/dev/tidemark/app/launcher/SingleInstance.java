package dev.tidemark.app.launcher;

import dev.tidemark.app.model.ProblemException;
import dev.tidemark.app.settings.PrivateFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ensures that only one process per profile has windows. The first process locks a file and listens on a local socket.
 * A later process finds the file locked and sends its request through the socket. Thread-safe.
 */
public final class SingleInstance implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SingleInstance.class);
    private static final String LOCK = "window.lock";
    private static final String ADDRESS = "window.address";
    private static final String RECEIVED = "heard";

    /** The longest socket path in bytes that every system allows. The limit is about 104 on macOS and 108 on Linux. */
    private static final int MAX_SOCKET_PATH_LENGTH = 100;

    /** How long a later process waits until the first process listens or releases the profile. */
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final long PAUSE_MILLIS = 50;

    /** The length of the longest request in characters. An encoded path or line is shorter. */
    private static final int MAX_REQUEST_LENGTH = 64 << 10;

    private final FileChannel channel;
    private final FileLock lock;
    private final ServerSocketChannel server;
    private final Path socket;
    private final List<LaunchRequest> undelivered = new ArrayList<>();
    private @Nullable Consumer<LaunchRequest> listener;

    private SingleInstance(FileChannel channel, FileLock lock, ServerSocketChannel server, Path socket) {
        this.channel = channel;
        this.lock = lock;
        this.server = server;
        this.socket = socket;
    }

    /**
     * Acquires the profile, or sends the request to the process that has it.
     *
     * @param folder the profile's data folder, which exists
     * @return the lock on the profile; empty if another process has the lock and has received the request
     * @throws ProblemException if the profile cannot be locked and the request cannot be sent
     */
    public static Optional<SingleInstance> acquire(Path folder, LaunchRequest request) {
        long end = System.nanoTime() + TIMEOUT.toNanos();
        try {
            do {
                Optional<SingleInstance> first = tryLock(folder);
                if (first.isPresent() || isDelivered(folder, request)) {
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
        FileChannel channel = PrivateFile.open(
                folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return Optional.of(listening(folder, channel, lock));
            }
        } catch (OverlappingFileLockException e) {
            LOG.debug("This process already has the profile", e);
        } catch (Throwable e) {
            channel.close();
            throw e;
        }
        channel.close();
        return Optional.empty();
    }

    private static SingleInstance listening(Path folder, FileChannel channel, FileLock lock) throws IOException {
        Path socket = socketFor(folder);
        Files.deleteIfExists(socket);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(socket));
            PrivateFile.restrictToOwner(socket);
            PrivateFile.write(folder.resolve(ADDRESS), socket.toString());
        } catch (Throwable e) {
            server.close();
            throw e;
        }
        SingleInstance instance = new SingleInstance(channel, lock, server, socket);
        Thread.ofPlatform().daemon().name("single-instance").start(instance::listen);
        return instance;
    }

    /**
     * Returns the socket's path. It is in the profile's folder if short enough, otherwise in a folder that only this
     * user can enter.
     */
    private static Path socketFor(Path folder) throws IOException {
        Path near = folder.resolve("window.socket").toAbsolutePath();
        return near.toString().getBytes(StandardCharsets.UTF_8).length <= MAX_SOCKET_PATH_LENGTH
                ? near
                : Files.createTempDirectory("tidemark").resolve("window.socket");
    }

    /** Sends the request. Returns whether the process with the lock has answered. */
    private static boolean isDelivered(Path folder, LaunchRequest request) {
        try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(
                Files.readString(folder.resolve(ADDRESS)).strip()))) {
            client.write(ByteBuffer.wrap((request.text() + "\n").getBytes(StandardCharsets.UTF_8)));
            BufferedReader answer = new BufferedReader(Channels.newReader(client, StandardCharsets.UTF_8));
            return RECEIVED.equals(answer.readLine());
        } catch (IOException e) {
            LOG.debug("The process that has the profile does not answer yet", e);
            return false;
        }
    }

    private void listen() {
        while (server.isOpen()) {
            try (SocketChannel client = server.accept()) {
                BufferedReader question = new BufferedReader(Channels.newReader(client, StandardCharsets.UTF_8));
                Optional<LaunchRequest> request = LaunchRequest.parse(line(question));
                if (request.isPresent()) {
                    receive(request.get());
                    client.write(ByteBuffer.wrap((RECEIVED + "\n").getBytes(StandardCharsets.UTF_8)));
                } else {
                    LOG.warn("A second process sent a request that this version does not know");
                }
            } catch (AsynchronousCloseException e) {
                return;
            } catch (IOException | RuntimeException e) {
                LOG.warn("A second process could not be answered", e);
            }
        }
    }

    /** Reads a line, but no more characters than the longest request has. */
    private static String line(Reader from) throws IOException {
        StringBuilder line = new StringBuilder();
        int next = from.read();
        while (next >= 0 && next != '\n' && line.length() < MAX_REQUEST_LENGTH) {
            line.append((char) next);
            next = from.read();
        }
        return line.toString();
    }

    private synchronized void receive(LaunchRequest request) {
        if (listener == null) {
            undelivered.add(request);
        } else {
            listener.accept(request);
        }
    }

    /**
     * Sets the listener for the requests of later starts, including those that have arrived already.
     *
     * @param action receives the requests, on another thread
     */
    public synchronized void setListener(Consumer<LaunchRequest> action) {
        listener = action;
        undelivered.forEach(action);
        undelivered.clear();
    }

    /** Accepts no more requests, but keeps the lock on the profile, so that a later process waits. */
    void stopDelivering() {
        try {
            server.close();
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Releases the lock on the profile. Closing twice does nothing. */
    @Override
    public void close() {
        try {
            stopDelivering();
        } finally {
            release();
        }
    }

    private void release() {
        try {
            if (channel.isOpen()) {
                lock.release();
            }
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
