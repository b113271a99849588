package dev.tidemark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import dev.tidemark.engine.problem.Problem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * Every public element of exported packages has a description. The compiler checks that comments are well-formed
 * (-Xdoclint in the pom); its check for missing comments would also demand tags that add nothing.
 */
class JavadocTest {
    private static final Path ROOT = Path.of(System.getProperty("tidemark.root"));
    private static final Path SOURCES = ROOT.resolve("engine/src/main/java");
    private static final Path LOAD = ROOT.resolve("engine/load/src/main/java/dev/tidemark/engine/load");
    private static final Pattern THREADS = Pattern.compile("(?i)thread|immutable");

    private static List<JavaFileObject> exportedSources() throws IOException {
        List<JavaFileObject> sources = new ArrayList<>();
        List<Path> folders = new ArrayList<>(List.of(LOAD));
        PublicApi.PACKAGES.forEach(name -> folders.add(SOURCES.resolve(name.replace('.', '/'))));
        for (Path folder : folders) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.filter(path -> path.toString().endsWith(".java"))
                        .sorted()
                        .toList()) {
                    sources.add(source(file.toUri(), Files.readString(file)));
                }
            }
        }
        return sources;
    }

    private static JavaFileObject source(URI name, String text) {
        return new SimpleJavaFileObject(name, JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }

    private static List<String> complaints(List<JavaFileObject> sources) throws IOException {
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "Tests run on a JDK");
        JavacTask task = (JavacTask) compiler.getTask(null, null, null, List.of("-proc:none"), null, sources);
        DocTrees comments = DocTrees.instance(task);
        List<String> complaints = new ArrayList<>();
        for (CompilationUnitTree unit : task.parse()) {
            new Reader(unit, comments, complaints).scan(unit, null);
        }
        return complaints;
    }

    @Test
    void everythingPublicIsDescribedAndEveryTypeSaysHowThreadsMayUseIt() throws IOException {
        List<JavaFileObject> sources = exportedSources();
        assertThat(sources).hasSizeGreaterThan(40);
        assertThat(complaints(sources)).isEmpty();
    }

    @Test
    void complainsOfWhatIsNotDescribed() throws IOException {
        String planted = """
            /** Something. */
            public final class Planted {
                public static final int LIMIT = 1;
                private int hidden;
                public Planted() {}
                /** Described. Immutable. */
                public record Pair(int one, int other) {}
                /** Described. */
                public void described() {}
                public void notDescribed() {}
                @Override public String toString() { return ""; }
                void own() {}
                /** Described; the constants are not. Immutable. */
                public enum Kind { ONE }
                /** Described. Thread-safe. */
                public interface Part { int size(); }
            }\
            """;
        assertThat(complaints(List.of(source(URI.create("string:///Planted.java"), planted))))
                .containsExactly(
                        "Planted: says nothing of threads",
                        "Planted.LIMIT: no comment",
                        "Planted.<init>: no comment",
                        "Planted.notDescribed: no comment",
                        "Planted.Kind.ONE: no comment",
                        "Planted.Part.size: no comment");
    }

    /** Walks what is public; the bodies of methods are left alone. */
    private static final class Reader extends TreePathScanner<Void, Void> {
        private final DocTrees comments;
        private final List<String> complaints;
        private String type = "";
        private boolean inInterface;

        Reader(CompilationUnitTree unit, DocTrees comments, List<String> complaints) {
            this.comments = comments;
            this.complaints = complaints;
            type = unit.getPackageName() == null ? "" : unit.getPackageName().toString();
        }

        @Override
        public Void visitClass(ClassTree tree, Void nothing) {
            if (!inInterface && !isOpen(tree.getModifiers())) {
                return null;
            }
            String outer = type;
            boolean outerInterface = inInterface;
            type = (type.isEmpty() ? "" : type + ".") + tree.getSimpleName();
            inInterface = tree.getKind() == Tree.Kind.INTERFACE;
            String comment = comments.getDocComment(getCurrentPath());
            boolean exception = tree.getSimpleName().toString().endsWith("Exception");
            boolean nested = !(getCurrentPath().getParentPath().getLeaf() instanceof CompilationUnitTree);
            if (comment == null) {
                complaints.add(type + ": no comment");
            } else if (!exception && !nested && !THREADS.matcher(comment).find()) {
                complaints.add(type + ": says nothing of threads");
            }
            super.visitClass(tree, null);
            type = outer;
            inInterface = outerInterface;
            return null;
        }

        @Override
        public Void visitMethod(MethodTree tree, Void nothing) {
            boolean overrides = tree.getModifiers().getAnnotations().stream()
                    .anyMatch(annotation ->
                            annotation.getAnnotationType().toString().equals("Override"));
            boolean isPublic = inInterface ? !has(tree.getModifiers(), Modifier.PRIVATE) : isOpen(tree.getModifiers());
            if (isPublic && !overrides) {
                require(tree.getName().toString());
            }
            return null;
        }

        @Override
        public Void visitVariable(VariableTree tree, Void nothing) {
            TreePath parent = getCurrentPath().getParentPath();
            boolean isField = parent.getLeaf() instanceof ClassTree owner && owner.getKind() != Tree.Kind.RECORD;
            boolean isRecordConstant =
                    parent.getLeaf().getKind() == Tree.Kind.RECORD && has(tree.getModifiers(), Modifier.STATIC);
            // problems.properties describes the constants of Problem; ProblemTest requires that.
            boolean isProblem = type.equals(Problem.class.getName());
            if ((isField || isRecordConstant) && !isProblem && (inInterface || isOpen(tree.getModifiers()))) {
                require(tree.getName().toString());
            }
            return null;
        }

        private void require(String member) {
            String comment = comments.getDocComment(getCurrentPath());
            if (comment == null || comment.isBlank()) {
                complaints.add(type + "." + member + ": no comment");
            }
        }

        private static boolean isOpen(ModifiersTree modifiers) {
            return has(modifiers, Modifier.PUBLIC) || has(modifiers, Modifier.PROTECTED);
        }

        private static boolean has(ModifiersTree modifiers, Modifier modifier) {
            return modifiers.getFlags().contains(modifier);
        }
    }
}
