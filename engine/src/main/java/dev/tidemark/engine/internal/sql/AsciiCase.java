package dev.tidemark.engine.internal.sql;

/** Converts only ASCII letters to lower case, as SQLite does when it compares names. */
public final class AsciiCase {
    private AsciiCase() {}

    public static String lower(String name) {
        for (int index = 0; index < name.length(); index++) {
            if (isUpper(name.charAt(index))) {
                return lowered(name);
            }
        }
        return name;
    }

    private static String lowered(String name) {
        char[] characters = name.toCharArray();
        for (int index = 0; index < characters.length; index++) {
            if (isUpper(characters[index])) {
                characters[index] = (char) (characters[index] + ('a' - 'A'));
            }
        }
        return new String(characters);
    }

    private static boolean isUpper(char character) {
        return character >= 'A' && character <= 'Z';
    }
}
