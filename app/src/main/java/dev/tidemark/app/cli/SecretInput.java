package dev.tidemark.app.cli;

import dev.tidemark.app.model.ProblemException;
import dev.tidemark.app.secrets.PassphrasePolicy;
import dev.tidemark.engine.encryption.Encryption;
import dev.tidemark.engine.encryption.RecoveryCode;
import java.io.Console;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/** Reads secrets from standard input or a prompt without echo, never from the command line. */
final class SecretInput {
    private static final int MAX_LENGTH = 4096;

    private final Function<String, char[]> reading;
    private final boolean isTyped;

    /**
     * @param reading reads the secret with the given name; returns an empty array if there is none
     * @param isTyped whether the user types the secret at a prompt
     */
    SecretInput(Function<String, char[]> reading, boolean isTyped) {
        this.reading = reading;
        this.isTyped = isTyped;
    }

    /** Returns an input that prompts on the terminal. Without a terminal, the input reads standard input. */
    static SecretInput of(Terminal terminal) {
        return Optional.ofNullable(System.console())
                .filter(console -> console.isTerminal() && terminal.input() instanceof FileInputStream)
                .map(console -> new SecretInput(name -> typed(console, name), true))
                .orElseGet(() -> new SecretInput(name -> line(terminal), false));
    }

    private static char[] typed(Console console, String name) {
        char[] typed = console.readPassword("%s", CliMessages.get("secret.prompt", name));
        return typed == null ? new char[0] : typed;
    }

    /**
     * Reads one secret without its line break.
     *
     * @param name the name of the secret in the prompt
     * @throws ProblemException if the secret is missing or cannot be read
     */
    char[] read(String name) {
        char[] secret = reading.apply(name);
        if (secret.length == 0) {
            throw new ProblemException("secret.empty", name);
        }
        return secret;
    }

    /**
     * Reads a passphrase that may be new. A prompt asks twice for a passphrase. It asks once for a recovery code, whose
     * checksum detects typing errors.
     *
     * @throws ProblemException if the two inputs differ, or in the cases of {@link #read}
     */
    char[] readTwice(String name) {
        char[] secret = read(name);
        if (!isTyped || RecoveryCode.isRecoveryCode(secret)) {
            return secret;
        }
        char[] repeated = read(CliMessages.get("secret.again", name));
        try {
            PassphrasePolicy.requireSame(secret, repeated);
            return secret;
        } catch (ProblemException e) {
            Encryption.wipe(secret);
            throw e;
        } finally {
            Encryption.wipe(repeated);
        }
    }

    private static char[] line(Terminal terminal) {
        byte[] bytes = bytes(terminal);
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            char[] secret = Arrays.copyOf(text.array(), text.limit());
            Arrays.fill(text.array(), '\0');
            return secret;
        } catch (CharacterCodingException e) {
            throw new ProblemException(e, "input.encoding");
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** Reads only one line, because the next line of standard input may hold another secret. */
    private static byte[] bytes(Terminal terminal) {
        byte[] read = new byte[MAX_LENGTH];
        int length = 0;
        try {
            for (int next = terminal.input().read();
                    next >= 0 && next != '\n';
                    next = terminal.input().read()) {
                if (length == MAX_LENGTH) {
                    throw new ProblemException("secret.long", MAX_LENGTH);
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
}
