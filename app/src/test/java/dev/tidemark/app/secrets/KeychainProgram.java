package dev.tidemark.app.secrets;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Accesses the keychain for {@link SystemKeychainIT}, which runs each call as a separate process. */
final class KeychainProgram {
    private KeychainProgram() {}

    /** @param arguments the profile, then {@code put SECRET VALUE}, {@code get SECRET} or {@code remove SECRET} */
    public static void main(String[] arguments) {
        SystemKeychain keychain = SystemKeychain.of(Path.of(arguments[0]), Map.of());
        Secret secret = Secret.valueOf(arguments[2].toUpperCase(Locale.ROOT));
        switch (arguments[1]) {
            case "put" -> keychain.put(secret, arguments[3].toCharArray());
            case "remove" -> keychain.remove(secret);
            default -> {
                char[] value = keychain.get(secret);
                System.out.println("answer: " + (value == null ? "none" : new String(value)));
            }
        }
        // Connections to the bus have threads of their own.
        System.exit(0);
    }
}
