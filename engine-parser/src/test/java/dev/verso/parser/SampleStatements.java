package dev.verso.parser;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Our own list: every clause of every statement at least once, one statement per line. */
final class SampleStatements {
    private SampleStatements() {}

    static List<String> all() {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                SampleStatements.class.getResourceAsStream("statements.sql"), StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.isBlank()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
