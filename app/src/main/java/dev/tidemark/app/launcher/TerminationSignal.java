package dev.tidemark.app.launcher;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears that the system wants the program to end (SIGTERM, SIGHUP, Control-C) before Java begins to end: once it has, JavaFX takes
 * its toolkit down at the same time, and what is in the window cannot be saved any more. Java has no other name for that than a class
 * of the module {@code jdk.unsupported}, which is therefore asked for by its name; without it, only the database is closed.
 */
final class TerminationSignal {
    private static final Logger LOG = LoggerFactory.getLogger(TerminationSignal.class);
    private static final List<String> NAMES = List.of("TERM", "INT", "HUP");

    private TerminationSignal() {}

    /** @param heard called on another thread with the number of the signal */
    static void listen(IntConsumer heard) {
        for (String name : NAMES) {
            try {
                listen(name, heard);
            } catch (ReflectiveOperationException | IllegalArgumentException e) {
                LOG.info("This system does not tell programs of the signal {}", name, e);
            }
        }
    }

    private static void listen(String name, IntConsumer heard) throws ReflectiveOperationException {
        Class<?> type = Class.forName("sun.misc.Signal");
        Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
        Object signal = type.getConstructor(String.class).newInstance(name);
        int number = (int) type.getMethod("getNumber").invoke(signal);
        InvocationHandler handler = (proxy, method, arguments) -> switch (method.getName()) {
            case "handle" -> {
                heard.accept(number);
                yield null;
            }
            case "equals" -> System.identityHashCode(proxy) == System.identityHashCode(arguments[0]);
            case "hashCode" -> System.identityHashCode(proxy);
            default -> name;
        };
        Object made = Proxy.newProxyInstance(handlerType.getClassLoader(), new Class<?>[] {handlerType}, handler);
        type.getMethod("handle", type, handlerType).invoke(null, signal, made);
    }
}
