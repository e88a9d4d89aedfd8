package dev.verso.parser;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** The scripts of the sqllogictest corpus, which the Maven artifact sql-logic-test carries. */
final class Corpus {
    /** Set to run over all scripts instead of a sample. */
    static final boolean FULL = Boolean.getBoolean("verso.full");

    private Corpus() {}

    /** All scripts, or the given number of them drawn with the seed. */
    static List<String> scripts(int sampleSize, long seed) {
        List<String> names = new ArrayList<>();
        try (JarFile jar = jar()) {
            jar.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.startsWith("test/") && name.endsWith(".test"))
                    .sorted()
                    .forEach(names::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (FULL) {
            return names;
        }
        Collections.shuffle(names, new Random(seed));
        return List.copyOf(names.subList(0, Math.min(sampleSize, names.size())));
    }

    private static JarFile jar() throws IOException {
        JarURLConnection connection = (JarURLConnection)
                Corpus.class.getClassLoader().getResource("test/select1.test").openConnection();
        connection.setUseCaches(false);
        return connection.getJarFile();
    }

    /** Hands over every statement of the script that SQLite is meant to take, up to a number of them. */
    static void forEachStatement(String script, int limit, Consumer<String> action) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Corpus.class.getClassLoader().getResourceAsStream(script), StandardCharsets.UTF_8))) {
            boolean skips = false;
            int count = 0;
            for (String line = reader.readLine(); line != null && count < limit; line = reader.readLine()) {
                if (line.startsWith("skipif sqlite") || (line.startsWith("onlyif") && !line.contains("sqlite"))) {
                    skips = true;
                } else if (line.startsWith("statement") || line.startsWith("query")) {
                    StringBuilder sql = new StringBuilder();
                    for (String more = reader.readLine();
                            more != null && !more.isBlank() && !more.startsWith("----");
                            more = reader.readLine()) {
                        sql.append(sql.isEmpty() ? "" : "\n").append(more);
                    }
                    if (!skips && !line.startsWith("statement error")) {
                        action.accept(sql.toString());
                        count++;
                    }
                    skips = false;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
