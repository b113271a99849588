package dev.tidemark.installer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.jr.ob.JSON;

/**
 * Collects the licences of all libraries in the program. The result is a list, the licence texts, and the bill of
 * materials from which the list is made. The build fails if the text of a library's licence is missing, because the
 * library could not be distributed.
 */
final class Licences {
    /**
     * Maps licence names to text files. If a library offers several licences, the first licence with a text applies.
     */
    private static final Map<String, String> TEXTS = Map.ofEntries(
            Map.entry("Apache-2.0", "Apache-2.0"),
            Map.entry("BSD-2-Clause", "BSD-2-Clause"),
            Map.entry("BSD 2-Clause License", "BSD-2-Clause"),
            Map.entry("BSD-3", "BSD-3-Clause"),
            Map.entry("The 3-Clause BSD License", "BSD-3-Clause"),
            Map.entry("Bouncy Castle Licence", "Bouncy-Castle"),
            Map.entry("CC0-1.0", "CC0-1.0"),
            Map.entry("GPL-2.0-with-classpath-exception", "GPL-2.0-with-classpath-exception"),
            Map.entry("LGPL-2.1-only", "LGPL-2.1"),
            Map.entry("LGPL-2.1-or-later", "LGPL-2.1"),
            Map.entry("MIT", "MIT"),
            Map.entry("MIT-0", "MIT-0"));

    /**
     * Fonts, icons and native code in the jars, which the bill of materials does not list. The last word is the
     * licence.
     */
    private static final List<String> BESIDE = List.of(
            "The typeface Inter 4.1.1, Copyright (c) 2016-2018 The Inter Project Authors (me@rsms.me): OFL-1.1",
            "The icons of Feather 4.28 in ikonli-feather-pack, Copyright (c) 2013-2017 Cole Bemis: MIT",
            "Zstandard 1.5.7 in zstd-jni, Copyright (c) Meta Platforms, Inc. and affiliates: BSD-3-Clause",
            "The icons of Font Awesome 4 in controlsfx, Copyright Dave Gandy (fontawesome.io): OFL-1.1");

    private static final String BILL = "tidemark.cdx.json";

    /** The path of the bill of materials, relative to the jars. */
    static final String BILL_PATH = "licences/" + BILL;

    private Licences() {}

    /** Adds the list and the texts to the folder {@code licences}, which already has the bill of materials. */
    static void complete(Path folder, Path sources) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("What Tidemark brings with it, and under which licence. The texts lie beside this file.");
        lines.add("Java itself: GPL-2.0-with-classpath-exception; see also the folder runtime/legal.");
        lines.add("");
        for (Object component : list(JSON.std.mapFrom(Files.readString(folder.resolve(BILL))), "components")) {
            lines.add(line((Map<?, ?>) component, folder, sources.resolve("src/licences")));
        }
        for (String work : BESIDE) {
            lines.add(work);
            copyText(work.substring(work.lastIndexOf(' ') + 1), folder, sources.resolve("src/licences"));
        }
        Files.write(folder.resolve("LICENCES.txt"), lines.stream().distinct().toList());
        copyText("GPL-2.0-with-classpath-exception", folder, sources.resolve("src/licences"));
    }

    private static String line(Map<?, ?> component, Path folder, Path texts) throws IOException {
        String name = component.get("group") + ":" + component.get("name") + " " + component.get("version");
        List<String> known = list(component, "licenses").stream()
                .map(Licences::licence)
                .flatMap(Stream::ofNullable)
                .map(TEXTS::get)
                .filter(Objects::nonNull)
                .toList();
        if (known.isEmpty()) {
            throw new IOException("The licence of " + name + " has no text in " + texts + ": "
                    + list(component, "licenses") + ". Add it there and to Licences.");
        }
        copyText(known.getFirst(), folder, texts);
        return name + ": " + known.getFirst();
    }

    private static @Nullable String licence(Object entry) {
        if (((Map<?, ?>) entry).get("license") instanceof Map<?, ?> licence) {
            Object name = licence.containsKey("id") ? licence.get("id") : licence.get("name");
            return name == null ? null : name.toString();
        }
        return null;
    }

    private static List<?> list(Map<?, ?> map, String key) {
        return map.get(key) instanceof List<?> list ? list : List.of();
    }

    private static void copyText(String name, Path folder, Path texts) throws IOException {
        Path target = folder.resolve(name + ".txt");
        if (!Files.exists(target)) {
            Files.copy(texts.resolve(name + ".txt"), target);
        }
    }
}
