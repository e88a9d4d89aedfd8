package dev.verso.compat.sqllogictest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A sqllogictest script: its records that apply to SQLite, in order. */
final class Script {
    /**
     * One record.
     *
     * @param line where it begins
     * @param sql the statement
     * @param query null for a statement, else the column types: I, R and T
     * @param fails the statement must fail
     * @param sort nosort, rowsort or valuesort
     * @param expected values one to a line, or one line {@code N values hashing to H}
     * @param hashThreshold more values than this are given as a hash; 0 never
     */
    record Entry(
            int line, String sql, String query, boolean fails, String sort, List<String> expected, int hashThreshold) {}

    private final String name;
    private final List<Entry> entries = new ArrayList<>();

    private Script(String name) {
        this.name = name;
    }

    /** Reads a script of the corpus by its path under {@code test/}, like {@code select1.test}. */
    static Script read(String name) {
        Script script = new Script(name);
        try (InputStream in = Script.class.getResourceAsStream("/test/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("no script " + name);
            }
            script.parse(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return script;
    }

    String name() {
        return name;
    }

    List<Entry> entries() {
        return entries;
    }

    private void parse(BufferedReader in) throws IOException {
        int number = 0;
        int threshold = 0;
        boolean skip = false;
        String line;
        while ((line = in.readLine()) != null) {
            number++;
            String[] words = line.strip().split("\\s+");
            switch (words[0]) {
                case "onlyif" -> skip |= !words[1].equals("sqlite");
                case "skipif" -> skip |= words[1].equals("sqlite");
                case "hash-threshold" -> threshold = Integer.parseInt(words[1]);
                case "halt" -> {
                    if (!skip) {
                        return;
                    }
                    skip = false;
                }
                case "statement", "query" -> {
                    int start = number;
                    StringBuilder sql = new StringBuilder();
                    List<String> expected = new ArrayList<>();
                    boolean results = false;
                    while ((line = in.readLine()) != null && !line.isEmpty()) {
                        number++;
                        if (line.equals("----")) {
                            results = true;
                        } else if (results) {
                            expected.add(line);
                        } else {
                            sql.append(sql.length() == 0 ? "" : "\n").append(line);
                        }
                    }
                    number++;
                    if (!skip) {
                        boolean query = words[0].equals("query");
                        entries.add(new Entry(
                                start,
                                sql.toString(),
                                query ? words[1] : null,
                                !query && words[1].equals("error"),
                                query && words.length > 2 ? words[2] : "nosort",
                                expected,
                                threshold));
                    }
                    skip = false;
                }
                default -> {
                    if (!words[0].isEmpty() && !words[0].startsWith("#")) {
                        throw new IOException(name + ":" + number + ": " + line);
                    }
                }
            }
        }
    }
}
