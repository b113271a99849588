package dev.tidemark.app.launcher;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;

/**
 * Keeps Logback from looking for files and from writing to the console, which belongs to the commands' output.
 * {@link dev.tidemark.app.diagnostics.LogFile} says where the log goes. Named in {@code META-INF/services}.
 */
public final class LogbackConfigurator extends ContextAwareBase implements Configurator {
    /** For the service loader. */
    public LogbackConfigurator() {}

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
