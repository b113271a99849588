package dev.tidemark.app.launcher;

/** Where the program starts; it does not extend {@code Application}, so JavaFX may lie on the class path. */
public final class Main {
    private Main() {}

    /**
     * Starts the program.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        System.out.println("not yet");
    }
}
