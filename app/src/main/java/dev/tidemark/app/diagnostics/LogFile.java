package dev.tidemark.app.diagnostics;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.Duration;
import ch.qos.logback.core.util.FileSize;
import dev.tidemark.app.settings.PrivateFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Writes the log to rotating files. Opens the current file when the first line is logged, so that commands that log
 * nothing start fast. Keeps at most {@value #OLD_FILES} old files of {@value #FILE_SIZE} each. Thread-safe.
 */
public final class LogFile extends AppenderBase<ILoggingEvent> {
    /** The names of the window's log and of the commands' log. */
    static final List<String> NAMES = List.of("tidemark", "commands");

    private static final String FILE_SIZE = "1MB";
    private static final int OLD_FILES = 3;

    private final Path folder;
    private final String baseName;
    private @Nullable RollingFileAppender<ILoggingEvent> file;

    private LogFile(Path folder, String baseName) {
        this.folder = folder;
        this.baseName = baseName;
    }

    /** Starts the log of the window, with level {@code INFO}. */
    public static void forWindow(Path folder) {
        start(folder, NAMES.getFirst(), Level.INFO);
    }

    /**
     * Starts the log of the commands, with level {@code WARN}. The commands have a separate log file, because two
     * processes must not rotate the same file.
     */
    public static void forCommands(Path folder) {
        start(folder, NAMES.getLast(), Level.WARN);
    }

    private static void start(Path folder, String name, Level level) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        LogFile appender = started(context, folder, name);
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.detachAndStopAllAppenders();
        root.setLevel(level);
        root.addAppender(appender);
        context.getLogger("com.zaxxer.hikari").setLevel(Level.WARN);
        // These loggers would log each message to and from the keychain.
        for (String quiet : List.of("org.freedesktop", "de.swiesend")) {
            context.getLogger(quiet).setLevel(Level.WARN);
        }
    }

    static LogFile started(LoggerContext context, Path folder, String name) {
        LogFile appender = new LogFile(folder, name);
        appender.setContext(context);
        appender.start();
        return appender;
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (file == null) {
            file = open();
        }
        file.doAppend(event);
    }

    private RollingFileAppender<ILoggingEvent> open() {
        RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>() {
            @Override
            public void openFile(String name) throws IOException {
                PrivateFile.createFolders(folder);
                PrivateFile.open(Path.of(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                        .close();
                super.openFile(name);
            }
        };
        appender.setContext(getContext());
        appender.setFile(folder.resolve(baseName + ".log").toString());

        LogLayout layout = new LogLayout();
        layout.setContext(getContext());
        layout.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(getContext());
        encoder.setLayout(layout);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.start();
        appender.setEncoder(encoder);

        FixedWindowRollingPolicy rolling = new FixedWindowRollingPolicy();
        rolling.setContext(getContext());
        rolling.setParent(appender);
        rolling.setFileNamePattern(folder.resolve(baseName + ".%i.log").toString());
        rolling.setMinIndex(1);
        rolling.setMaxIndex(OLD_FILES);
        rolling.start();
        appender.setRollingPolicy(rolling);

        SizeBasedTriggeringPolicy<ILoggingEvent> size = new SizeBasedTriggeringPolicy<>();
        size.setContext(getContext());
        size.setMaxFileSize(FileSize.valueOf(FILE_SIZE));
        // By default, the policy checks the size once a minute. A burst of errors could fill the disk before that.
        size.setCheckIncrement(Duration.buildByMilliseconds(0));
        size.start();
        appender.setTriggeringPolicy(size);

        appender.start();
        return appender;
    }

    @Override
    public void stop() {
        if (file != null) {
            file.stop();
        }
        super.stop();
    }
}
