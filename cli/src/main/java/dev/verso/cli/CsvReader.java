package dev.verso.cli;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

/** Rows of a CSV text (RFC 4180): commas or another separator, double quotes, quoted line ends. */
final class CsvReader {
    private final Reader in;
    private final char separator;
    private int next = -2;
    private int lines = 1;
    private int rowLine;

    CsvReader(Reader in, char separator) {
        this.in = in;
        this.separator = separator;
    }

    /** The line on which the newest row begins, from 1. */
    int line() {
        return rowLine;
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
        if (c == '\n') {
            lines++;
        }
        return c;
    }

    /** The next row, or null at the end. */
    List<String> next() throws IOException {
        if (peek() < 0) {
            return null;
        }
        rowLine = lines;
        List<String> row = new ArrayList<>();
        while (true) {
            row.add(field());
            int c = read();
            if (c == separator) {
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
        while (peek() >= 0 && peek() != separator && peek() != '\n' && peek() != '\r') {
            text.append((char) read());
        }
        return text.toString();
    }
}
