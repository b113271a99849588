package dev.tidemark.app.detail;

import java.util.Locale;
import java.util.Set;

/** Which files are programs, by their names. */
final class Programs {
    /** What a click may start must not come from another device. */
    private static final Set<String> ENDINGS = Set.of(
            "exe",
            "com",
            "bat",
            "cmd",
            "msi",
            "scr",
            "ps1",
            "vbs",
            "js",
            "jar",
            "sh",
            "desktop",
            "appimage",
            "run",
            "command",
            "app",
            "lnk",
            "reg",
            "hta",
            "py",
            "deb",
            "rpm",
            "dmg",
            "pkg",
            "url",
            "html",
            "htm",
            "svg");

    private Programs() {}

    static boolean isOne(String name) {
        return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }
}
