package dev.verso.cli;

import java.io.PrintStream;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Prints result sets in the mode that is set. List, csv, json and line print as rows come; column and box wait for all, to know the widths. */
final class Output {
    private static final int LEAST_LINE_WIDTH = 5; // as in sqlite3

    private final PrintStream out;
    private OutputMode mode = OutputMode.LIST;
    private boolean headers;
    private boolean headersSet;
    private String separator = "|";
    private String nullValue = "";

    Output(PrintStream out) {
        this.out = out;
    }

    PrintStream stream() {
        return out;
    }

    OutputMode mode() {
        return mode;
    }

    void mode(OutputMode newMode) {
        mode = newMode;
    }

    void headers(boolean on) {
        headers = on;
        headersSet = true;
    }

    boolean showsHeaders() {
        return headersSet ? headers : mode == OutputMode.BOX || mode == OutputMode.COLUMN;
    }

    String separator() {
        return separator;
    }

    void separator(String text) {
        separator = text;
    }

    void nullValue(String text) {
        nullValue = text;
    }

    void print(ResultSet rows) throws SQLException {
        ResultSetMetaData meta = rows.getMetaData();
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
            names.add(meta.getColumnLabel(i));
        }
        switch (mode) {
            case LIST -> separated(rows, names, separator, "\n", false);
            case CSV -> separated(rows, names, ",", "\r\n", true);
            case JSON -> json(rows, names);
            case LINE -> lines(rows, names);
            case COLUMN, BOX -> table(rows, names);
        }
        out.flush();
    }

    private String text(ResultSet rows, int column) throws SQLException {
        Object value = rows.getObject(column);
        if (value == null) {
            return nullValue;
        }
        return value instanceof byte[] bytes
                ? new String(bytes, java.nio.charset.StandardCharsets.UTF_8)
                : rows.getString(column);
    }

    private void separated(ResultSet rows, List<String> names, String between, String end, boolean quote)
            throws SQLException {
        boolean first = true;
        while (rows.next()) {
            if (first && showsHeaders()) { // without rows there are no headers either
                out.print(String.join(
                                between, quote ? names.stream().map(Output::csv).toList() : names)
                        + end);
            }
            first = false;
            StringBuilder line = new StringBuilder();
            for (int i = 1; i <= names.size(); i++) {
                line.append(i == 1 ? "" : between);
                String value = text(rows, i);
                line.append(quote && !rows.wasNull() ? csv(value) : value);
            }
            out.print(line.append(end));
        }
    }

    private static String csv(String value) {
        boolean plain = !value.isEmpty();
        for (int i = 0; i < value.length() && plain; i++) {
            char c = value.charAt(i);
            plain = c > ' ' && c != '"' && c != '\'' && c != ',' && c < 127;
        }
        return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
    }

    private void lines(ResultSet rows, List<String> names) throws SQLException {
        int width = Math.max(
                LEAST_LINE_WIDTH, names.stream().mapToInt(String::length).max().orElse(0));
        boolean first = true;
        while (rows.next()) {
            if (!first) {
                out.println();
            }
            first = false;
            for (int i = 1; i <= names.size(); i++) {
                out.println(" ".repeat(width - names.get(i - 1).length()) + names.get(i - 1) + " = " + text(rows, i));
            }
        }
    }

    private void json(ResultSet rows, List<String> names) throws SQLException {
        boolean any = false;
        while (rows.next()) {
            StringBuilder line = new StringBuilder(any ? ",\n{" : "[{");
            any = true;
            for (int i = 1; i <= names.size(); i++) {
                line.append(i == 1 ? "" : ",").append(quote(names.get(i - 1))).append(':');
                Object value = rows.getObject(i);
                if (value == null) {
                    line.append("null");
                } else if (value instanceof Double d && (d.isInfinite() || d.isNaN())) {
                    line.append(d > 0 ? "1e999" : "-1e999");
                } else if (value instanceof Number) {
                    line.append(rows.getString(i));
                } else if (value instanceof byte[] bytes) {
                    // A byte is a character: valid JSON, whatever the bytes are.
                    line.append(quote(new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1)));
                } else {
                    line.append(quote(value.toString()));
                }
            }
            out.print(line.append('}'));
        }
        if (any) {
            out.println("]");
        }
    }

    private static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                case '\b' -> quoted.append("\\b");
                case '\f' -> quoted.append("\\f");
                default -> {
                    if (c < ' ') {
                        quoted.append(String.format("\\u%04x", (int) c));
                    } else {
                        quoted.append(c);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }

    private void table(ResultSet rows, List<String> names) throws SQLException {
        List<String[]> cells = new ArrayList<>();
        List<boolean[]> numeric = new ArrayList<>();
        int[] widths = names.stream().mapToInt(Output::width).toArray();
        while (rows.next()) {
            String[] row = new String[widths.length];
            boolean[] numbers = new boolean[widths.length];
            for (int i = 0; i < row.length; i++) {
                numbers[i] = rows.getObject(i + 1) instanceof Number;
                row[i] = text(rows, i + 1).replace('\n', ' ');
                widths[i] = Math.max(widths[i], width(row[i]));
            }
            cells.add(row);
            numeric.add(numbers);
        }
        if (cells.isEmpty()) {
            return;
        }
        if (mode == OutputMode.BOX) {
            box(names, cells, numeric, widths);
        } else {
            columns(names, cells, widths);
        }
    }

    private void columns(List<String> names, List<String[]> cells, int[] widths) {
        if (showsHeaders()) {
            StringBuilder head = new StringBuilder();
            StringBuilder rule = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                head.append(pad(names.get(i), widths[i], false)).append(i == widths.length - 1 ? "" : "  ");
                rule.append("-".repeat(widths[i])).append(i == widths.length - 1 ? "" : "  ");
            }
            out.println(head.toString().stripTrailing());
            out.println(rule);
        }
        for (String[] row : cells) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(pad(row[i], widths[i], false)).append(i == widths.length - 1 ? "" : "  ");
            }
            out.println(line.toString().stripTrailing());
        }
    }

    private void box(List<String> names, List<String[]> cells, List<boolean[]> numeric, int[] widths) {
        out.println(rule(widths, '╭', '┬', '╮'));
        if (showsHeaders()) {
            StringBuilder head = new StringBuilder("│");
            for (int i = 0; i < widths.length; i++) {
                int left = (widths[i] - width(names.get(i))) / 2;
                head.append(' ')
                        .append(" ".repeat(left))
                        .append(pad(names.get(i), widths[i] - left, false))
                        .append(" │");
            }
            out.println(head);
            out.println(rule(widths, '╞', '╪', '╡').replace('─', '═'));
        }
        for (int r = 0; r < cells.size(); r++) {
            StringBuilder line = new StringBuilder("│");
            for (int i = 0; i < widths.length; i++) {
                line.append(' ')
                        .append(pad(cells.get(r)[i], widths[i], numeric.get(r)[i]))
                        .append(" │");
            }
            out.println(line);
        }
        out.println(rule(widths, '╰', '┴', '╯'));
    }

    private static String rule(int[] widths, char left, char middle, char right) {
        StringBuilder rule = new StringBuilder().append(left);
        for (int i = 0; i < widths.length; i++) {
            rule.append("─".repeat(widths[i] + 2)).append(i == widths.length - 1 ? right : middle);
        }
        return rule.toString();
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String pad(String text, int width, boolean right) {
        String spaces = " ".repeat(Math.max(0, width - width(text)));
        return right ? spaces + text : text + spaces;
    }
}
