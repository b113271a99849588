package dev.tidemark.app.cli;

import dev.tidemark.app.model.ProblemException;
import java.io.Console;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Reads secrets: from standard input, or unseen from somebody who types. Never from the command line. */
final class SecretInput {
    private static final int LONGEST = 4096;

    private SecretInput() {}

    /**
     * One secret, without the line break after it.
     *
     * @param what its name, for the person who types it
     * @throws ProblemException if there is none, or it cannot be read
     */
    static char[] read(Terminal terminal, String what) {
        Optional<Console> console = Optional.ofNullable(System.console()).filter(Console::isTerminal);
        if (console.isPresent() && terminal.input() instanceof FileInputStream) {
            char[] typed = console.get().readPassword("%s", Texts.get("secret.prompt", what));
            return require(typed == null ? new char[0] : typed, what);
        }
        byte[] bytes = bytes(terminal);
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            char[] secret = Arrays.copyOf(text.array(), text.limit());
            Arrays.fill(text.array(), '\0');
            return require(secret, what);
        } catch (CharacterCodingException e) {
            throw new ProblemException(e, "input.encoding");
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** The first line, so that two secrets can be given one after the other. */
    private static byte[] bytes(Terminal terminal) {
        byte[] read = new byte[LONGEST];
        int length = 0;
        try {
            for (int next = terminal.input().read();
                    next >= 0 && next != '\n';
                    next = terminal.input().read()) {
                if (length == LONGEST) {
                    throw new ProblemException("secret.long", LONGEST);
                }
                read[length++] = (byte) next;
            }
        } catch (IOException e) {
            throw new ProblemException(e, "input.failed", String.valueOf(e.getMessage()));
        }
        if (length > 0 && read[length - 1] == '\r') {
            length--;
        }
        byte[] line = Arrays.copyOf(read, length);
        Arrays.fill(read, (byte) 0);
        return line;
    }

    private static char[] require(char[] secret, String what) {
        if (secret.length == 0) {
            throw new ProblemException("secret.empty", what);
        }
        return secret;
    }
}
