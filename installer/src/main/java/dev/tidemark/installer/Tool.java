package dev.tidemark.installer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs programs, which print to the output of the build. A program that fails ends the build. */
final class Tool {
    private Tool() {}

    /**
     * Runs a program of the JDK, such as jlink. The program is from the JDK that runs this class, because the PATH may
     * have another JDK.
     */
    static void ofJdk(String name, List<String> arguments) throws IOException {
        Path bin = Path.of(System.getProperty("java.home"), "bin");
        run(bin.resolve(Platform.current().executable(name)).toString(), arguments);
    }

    /** Runs a program and waits until it ends. */
    static void run(String program, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(program);
        command.addAll(arguments);
        await(program, new ProcessBuilder(command).inheritIO().start());
    }

    /** Waits until a process ends. Throws an exception if the exit code is not 0. */
    static void await(String program, Process process) throws IOException {
        try {
            int code = process.waitFor();
            if (code != 0) {
                throw new IOException(program + " ended with exit code " + code + "; see above.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(program + " was interrupted", e);
        }
    }

    /** Whether a program is on the PATH. */
    static boolean exists(String program) {
        for (String folder : System.getenv("PATH").split(java.io.File.pathSeparator, -1)) {
            if (Path.of(folder, program).toFile().canExecute()) {
                return true;
            }
        }
        return false;
    }
}
