package dev.tidemark.app.launcher;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles SIGTERM, SIGHUP and Control-C before Java's shutdown begins. During shutdown, JavaFX stops its toolkit, and
 * the window can no longer save texts. Java offers signal handlers only in the class {@code sun.misc.Signal} of the
 * module {@code jdk.unsupported}, so the class is loaded by its name. On a Java without the class, a shutdown hook only
 * closes the database.
 */
final class TerminationSignal {
    private static final Logger LOG = LoggerFactory.getLogger(TerminationSignal.class);
    private static final List<String> NAMES = List.of("TERM", "INT", "HUP");

    private TerminationSignal() {}

    /** @param listener receives the number of the signal, on another thread */
    static void listen(IntConsumer listener) {
        for (String name : NAMES) {
            try {
                listen(name, listener);
            } catch (ReflectiveOperationException | IllegalArgumentException e) {
                LOG.info("This system has no signal {}", name, e);
            }
        }
    }

    private static void listen(String name, IntConsumer listener) throws ReflectiveOperationException {
        Class<?> type = Class.forName("sun.misc.Signal");
        Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
        Object signal = type.getConstructor(String.class).newInstance(name);
        int number = (int) type.getMethod("getNumber").invoke(signal);
        InvocationHandler handler = (proxy, method, arguments) -> switch (method.getName()) {
            case "handle" -> {
                listener.accept(number);
                yield null;
            }
            case "equals" -> System.identityHashCode(proxy) == System.identityHashCode(arguments[0]);
            case "hashCode" -> System.identityHashCode(proxy);
            default -> name;
        };
        Object created = Proxy.newProxyInstance(handlerType.getClassLoader(), new Class<?>[] {handlerType}, handler);
        type.getMethod("handle", type, handlerType).invoke(null, signal, created);
    }
}
