package dev.tidemark.engine.storage.s3;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * A proxy between client and server that injects a scripted fault into each exchange. Other bytes pass unchanged, so
 * that signatures stay valid.
 */
public final class FaultProxy implements AutoCloseable {
    /** What happens to one request and its answer. */
    public sealed interface Fault {
        /** Nothing. */
        record None() implements Fault {}

        /** The connection is reset before the server hears of it. */
        record ResetBefore() implements Fault {}

        /** The server does it, and the connection ends without an answer. */
        record DropAnswer() implements Fault {}

        /** The server does it, and the connection is reset. */
        record ResetAfter() implements Fault {}

        /** Half of the answer comes, then the end. */
        record Truncate() implements Fault {}

        /** The server's side is closed after half of the answer, and the client's stays open. */
        record HalfClose() implements Fault {}

        /** Nothing comes any more, and nothing ends. */
        record BlackHole() implements Fault {}

        /** The answer comes this much later. */
        record Delay(long millis) implements Fault {}

        /** The answer comes at so many bytes a tenth of a second. */
        record Throttle(int bytes) implements Fault {}

        /** Somebody else answers. */
        record Answer(int status, String headers, String body) implements Fault {}

        /** Somebody else answers, who need not know HTTP. */
        record Raw(byte[] answer) implements Fault {}
    }

    /**
     * What a request begins with.
     *
     * @param method such as GET
     * @param target path and query
     */
    public record Request(String method, String target) {
        boolean lists() {
            return method.equals("GET") && target.contains("list-type=2");
        }
    }

    static final Fault NONE = new Fault.None();

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicInteger requests = new AtomicInteger();
    private final int server;
    private volatile Function<Request, Fault> faults = request -> NONE;

    /** @param server the port of the server, on this machine; any number if none is asked */
    public FaultProxy(int server) throws IOException {
        this.server = server;
        Thread.ofVirtual().start(this::accept);
    }

    public String endpoint() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    /** What is to happen to each request from now on. */
    public void faults(Function<Request, Fault> next) {
        faults = next;
    }

    /** How many requests have come. */
    public int requests() {
        return requests.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                open.add(client);
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket upstream = new Socket()) {
            open.add(upstream);
            while (exchange(client, upstream)) {
                // until one of them ends it
            }
        } catch (IOException e) {
            // Either side has gone, which is what these tests are about; the client's view of it is what they check.
            return;
        } finally {
            open.remove(client);
        }
    }

    /** @return whether the connection goes on */
    private boolean exchange(Socket client, Socket upstream) throws IOException {
        Message request = Message.read(client.getInputStream(), false, head -> {
            if (head.toLowerCase(Locale.ROOT).contains("100-continue")) {
                client.getOutputStream().write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        });
        if (request == null) {
            return false;
        }
        requests.incrementAndGet();
        String[] first = request.head.split(" ", 3);
        Fault fault = faults.apply(new Request(first[0], first[1]));
        switch (fault) {
            case Fault.ResetBefore reset -> {
                return reset(client);
            }
            case Fault.BlackHole hole -> {
                return hold();
            }
            case Fault.Answer answer -> {
                write(client, answer);
                return false;
            }
            case Fault.Raw raw -> {
                client.getOutputStream().write(raw.answer);
                return false;
            }
            default -> {
                if (!upstream.isConnected()) {
                    upstream.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server));
                }
                upstream.getOutputStream().write(request.bytes());
                upstream.getOutputStream().flush();
            }
        }
        Message response = Message.read(upstream.getInputStream(), first[0].equals("HEAD"), head -> {});
        while (response != null && response.head.startsWith("HTTP/1.1 100")) {
            response = Message.read(upstream.getInputStream(), first[0].equals("HEAD"), head -> {});
        }
        return response != null && answer(client, response.bytes(), fault);
    }

    private boolean answer(Socket client, byte[] bytes, Fault fault) throws IOException {
        OutputStream out = client.getOutputStream();
        switch (fault) {
            case Fault.DropAnswer drop -> {
                return false;
            }
            case Fault.ResetAfter reset -> {
                return reset(client);
            }
            case Fault.Truncate cut -> {
                out.write(bytes, 0, bytes.length / 2);
                return false;
            }
            case Fault.HalfClose half -> {
                out.write(bytes, 0, bytes.length / 2);
                client.shutdownOutput();
                return hold();
            }
            case Fault.Delay delay -> pause(delay.millis);
            case Fault.Throttle throttle -> {
                for (int start = 0; start < bytes.length; start += throttle.bytes) {
                    out.write(bytes, start, Math.min(throttle.bytes, bytes.length - start));
                    pause(100);
                }
                return true;
            }
            default -> {}
        }
        out.write(bytes);
        return true;
    }

    private static boolean reset(Socket client) throws IOException {
        client.setSoLinger(true, 0);
        client.close();
        return false;
    }

    /** Until the test is over. */
    private boolean hold() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private void pause(long millis) {
        try {
            closed.await(millis, java.util.concurrent.TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void write(Socket client, Fault.Answer answer) throws IOException {
        byte[] body = answer.body.getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 " + answer.status + " Said\r\nContent-Length: " + body.length
                + "\r\nConnection: close\r\n" + answer.headers + "\r\n";
        client.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        client.getOutputStream().write(body);
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    private interface HeadReader {
        void read(String head) throws IOException;
    }

    /** A request or an answer: its head, and its body as it came over the line. */
    private static final class Message {
        private final String head;
        private final byte[] body;

        private Message(String head, byte[] body) {
            this.head = head;
            this.body = body;
        }

        byte[] bytes() {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
            all.writeBytes(body);
            return all.toByteArray();
        }

        /** @return null at the end of the line */
        static Message read(InputStream in, boolean withoutBody, HeadReader afterHead) throws IOException {
            StringBuilder head = new StringBuilder();
            while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
                int next = in.read();
                if (next < 0) {
                    return null;
                }
                head.append((char) next);
            }
            afterHead.read(head.toString());
            String status = head.substring(0, head.indexOf("\r\n"));
            boolean empty =
                    withoutBody || status.contains(" 204 ") || status.contains(" 304 ") || status.contains(" 100 ");
            if (empty) {
                return new Message(head.toString(), new byte[0]);
            }
            String length = header(head, "content-length");
            if (length != null) {
                return new Message(head.toString(), in.readNBytes(Integer.parseInt(length)));
            }
            return new Message(head.toString(), header(head, "transfer-encoding") == null ? new byte[0] : chunks(in));
        }

        private static String header(CharSequence head, String name) {
            return head.toString()
                    .lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse(null);
        }

        private static byte[] chunks(InputStream in) throws IOException {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            while (true) {
                String line = line(in, body);
                int size = Integer.parseInt(line.strip(), 16);
                body.writeBytes(in.readNBytes(size + 2));
                if (size == 0) {
                    return body.toByteArray();
                }
            }
        }

        private static String line(InputStream in, ByteArrayOutputStream body) throws IOException {
            StringBuilder line = new StringBuilder();
            while (line.length() < 2 || !line.substring(line.length() - 2).equals("\r\n")) {
                int next = in.read();
                if (next < 0) {
                    throw new EOFException();
                }
                body.write(next);
                line.append((char) next);
            }
            return line.substring(0, line.length() - 2);
        }
    }
}
