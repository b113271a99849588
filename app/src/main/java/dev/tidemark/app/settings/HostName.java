package dev.tidemark.app.settings;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the host name of this machine, without the domain. */
final class HostName {
    private static final Path LINUX = Path.of("/proc/sys/kernel/hostname");
    private static final String UNKNOWN = "Tidemark";

    private HostName() {}

    /** Returns the host name; {@code Tidemark} if the machine reports none. */
    static String get() {
        String name = read().strip();
        int dot = name.indexOf('.');
        name = dot > 0 ? name.substring(0, dot) : name;
        return name.isEmpty() ? UNKNOWN : name;
    }

    private static String read() {
        try {
            // Prefers the file to the name service, because a query to a misconfigured name service can take seconds.
            return Files.isReadable(LINUX)
                    ? Files.readString(LINUX)
                    : InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return UNKNOWN;
        } catch (IOException e) {
            Logger log = LoggerFactory.getLogger(HostName.class);
            log.warn("The host name cannot be read", e);
            return UNKNOWN;
        }
    }
}
