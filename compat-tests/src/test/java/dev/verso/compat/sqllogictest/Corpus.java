package dev.verso.compat.sqllogictest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;

/** Names of the scripts in the artifact. */
final class Corpus {
    private Corpus() {}

    /** All script names under {@code test/}, sorted. */
    static List<String> all() {
        URL resource = Corpus.class.getResource("/test/select1.test");
        if (resource == null) {
            throw new IllegalStateException("the sql-logic-test artifact is not on the class path");
        }
        String jar = resource.getPath();
        try (JarFile file = new JarFile(
                Path.of(java.net.URI.create(jar.substring(0, jar.indexOf('!')))).toFile())) {
            return file.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.startsWith("test/") && name.endsWith(".test"))
                    .map(name -> name.substring("test/".length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> under(String... folders) {
        return all().stream()
                .filter(name -> {
                    for (String folder : folders) {
                        if (name.startsWith(folder)) {
                            return true;
                        }
                    }
                    return false;
                })
                .toList();
    }
}
