package dev.tidemark.app.launcher;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;

/**
 * Prevents Logback from searching for configuration files and from writing to the console, where commands print their
 * output. {@link dev.tidemark.app.diagnostics.LogFile} adds the log file. Logback finds this class through {@code
 * META-INF/services}.
 */
public final class LogbackConfigurator extends ContextAwareBase implements Configurator {
    public LogbackConfigurator() {}

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
