package dev.verso.cli;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

/** Rows of a CSV text (RFC 4180): commas, double quotes, quoted line ends. */
final class CsvReader {
    private final Reader in;
    private int next = -2;

    CsvReader(Reader in) {
        this.in = in;
    }

    private int peek() throws IOException {
        if (next == -2) {
            next = in.read();
        }
        return next;
    }

    private int read() throws IOException {
        int c = peek();
        next = -2;
        return c;
    }

    /** The next row, or null at the end. */
    List<String> next() throws IOException {
        if (peek() < 0) {
            return null;
        }
        List<String> row = new ArrayList<>();
        while (true) {
            row.add(field());
            int c = read();
            if (c == ',') {
                continue;
            }
            if (c == '\r' && peek() == '\n') {
                read();
            }
            return row;
        }
    }

    private String field() throws IOException {
        StringBuilder text = new StringBuilder();
        if (peek() == '"') {
            read();
            while (true) {
                int c = read();
                if (c < 0) {
                    throw new IOException("a quoted CSV field does not end");
                }
                if (c == '"') {
                    if (peek() != '"') {
                        break;
                    }
                    read();
                }
                text.append((char) c);
            }
        }
        while (peek() >= 0 && peek() != ',' && peek() != '\n' && peek() != '\r') {
            text.append((char) read());
        }
        return text.toString();
    }
}
