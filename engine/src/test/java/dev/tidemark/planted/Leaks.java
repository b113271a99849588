package dev.tidemark.planted;

import dev.tidemark.planted.internal.Hidden;
import java.util.List;

/** An API that exposes internal types in every possible way. The architecture rule must report each. */
public final class Leaks {
    private Leaks() {}

    /** By a parameter. */
    public static final class Parameter {
        public void take(Hidden hidden) {}
    }

    /** By what it returns, within another type. */
    public static final class Returned {
        public List<Hidden> give() {
            return List.of();
        }
    }

    /** By what it throws. */
    public static final class Thrown {
        public void run() throws Hidden {}
    }

    /** By what it extends. */
    public static class Extended extends Hidden {
        private static final long serialVersionUID = 1L;
    }

    /** By a constructor. */
    public static class Constructed {
        protected Constructed(Hidden hidden) {}
    }

    /** By a field. */
    public static class Field {
        protected Hidden[] hidden = {};
    }

    /** By a type variable. */
    @SuppressWarnings("UnusedTypeParameter")
    public static final class Bound<T extends Hidden> {}

    /** Not at all: what is not public may use what it likes. */
    public static final class Sound {
        private final Hidden own = new Hidden();

        Hidden own() {
            return own;
        }

        public boolean isThere() {
            return own.getMessage() == null;
        }
    }
}
