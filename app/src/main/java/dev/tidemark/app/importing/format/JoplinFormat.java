package dev.tidemark.app.importing.format;

import dev.tidemark.app.model.ImportedFile;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.engine.blob.Blobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads an export in Joplin's own format, which is a folder (RAW) or a tar archive of that folder (JEX). Each notebook,
 * note, tag and resource is a Markdown file with properties. The content of resources is in {@code resources/}.
 */
abstract class JoplinFormat implements ImportFormat {
    private static final Pattern ITEM = Pattern.compile("[0-9a-f]{32}\\.md");
    private static final Pattern TYPE = Pattern.compile("(?s).*\ntype_: \\d+\\s*");

    @Override
    public String origin() {
        return "joplin";
    }

    private static boolean isItem(String name) {
        return ITEM.matcher(name).matches();
    }

    /** Returns the id of a resource, which is the name of its file without the extension. */
    private static String idOf(String name) {
        return Source.stem(name.substring(name.lastIndexOf('/') + 1));
    }

    /** A folder of the format RAW, or an unencrypted folder through which Joplin syncs. */
    static final class Folder extends JoplinFormat {
        @Override
        public String id() {
            return "joplin-raw";
        }

        @Override
        public boolean recognises(Source source) throws IOException {
            if (!source.isFolder()) {
                return false;
            }
            try (var entries = Files.newDirectoryStream(source.path(), "*.md")) {
                for (Path entry : entries) {
                    return isItem(String.valueOf(entry.getFileName()))
                            && Files.size(entry) < Source.MAX_ITEM
                            && TYPE.matcher(Source.text(entry, Source.MAX_ITEM)).matches();
                }
            }
            return false;
        }

        @Override
        public void read(Source source, ImportBuilder into) throws IOException {
            JoplinLibrary library = new JoplinLibrary(into);
            Map<String, ImportedFile.Content> resources = new HashMap<>();
            for (Path file : source.files()) {
                String name = String.valueOf(file.getFileName());
                Path parent = file.getParent();
                boolean isResource = parent != null
                        && !parent.equals(source.path())
                        && (parent.endsWith("resources") || parent.endsWith(".resource"));
                if (isResource && Files.size(file) > 0 && Files.size(file) <= Blobs.MAX_BYTES) {
                    resources.put(idOf(name), () -> Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS));
                } else if (isItem(name)) {
                    library.add(JoplinItem.parse(Source.text(file, Source.MAX_ITEM)));
                }
            }
            library.finish(resources);
        }
    }

    /** An archive of the format JEX. */
    static final class Archive extends JoplinFormat {
        @Override
        public String id() {
            return "joplin-jex";
        }

        @Override
        public boolean recognises(Source source) throws IOException {
            return !source.isFolder()
                    && (source.hasExtension("jex") || source.head().startsWith("ustar", 257));
        }

        @Override
        public void read(Source source, ImportBuilder into) throws IOException {
            TarFile archive = TarFile.read(source.path());
            JoplinLibrary library = new JoplinLibrary(into);
            Map<String, ImportedFile.Content> resources = new HashMap<>();
            for (TarFile.Entry entry : archive.entries()) {
                String name = entry.name().replaceFirst("^(?:\\./)+", "");
                if (name.startsWith("resources/") && entry.size() > 0 && entry.size() <= Blobs.MAX_BYTES) {
                    resources.put(idOf(name), () -> archive.open(entry));
                } else if (isItem(name)) {
                    if (entry.size() > Source.MAX_ITEM) {
                        throw new ProblemException("import.size", name, Source.MAX_ITEM >> 20);
                    }
                    library.add(JoplinItem.parse(Source.text(archive.content(entry), name)));
                }
            }
            library.finish(resources);
        }
    }
}
