package dev.verso.sql.module;

import dev.verso.parser.SqlParser;
import dev.verso.vm.value.Value;
import dev.verso.vtab.ConstraintOperator;
import dev.verso.vtab.FilterArguments;
import dev.verso.vtab.IndexRequest;
import dev.verso.vtab.ModuleConnection;
import dev.verso.vtab.ModuleContext;
import dev.verso.vtab.ModuleStatement;
import dev.verso.vtab.VirtualCursor;
import dev.verso.vtab.VirtualModule;
import dev.verso.vtab.VirtualTable;
import java.util.ArrayList;
import java.util.List;

/** {@code completion(prefix, wholeline)}: words with which what was typed so far may go on (sqlite.org/completion.html), for shells. */
final class Completion implements VirtualModule {
    private static final int PREFIX_COLUMN = 1;
    private static final int WHOLE_LINE_COLUMN = 2;
    private static final int PREFIX = 1;
    private static final int WHOLE_LINE = 2;

    // ---- where a word comes from, as SQLite numbers it
    private static final int KEYWORD = 1;
    private static final int DATABASE = 7;
    private static final int TABLE = 8;
    private static final int COLUMN = 9;

    @Override
    public Kind kind() {
        return Kind.EPONYMOUS_ONLY;
    }

    @Override
    public VirtualTable connect(ModuleContext context, List<String> arguments) {
        return new Words(context.connection());
    }

    private record Words(ModuleConnection connection) implements VirtualTable {
        @Override
        public String declaration() {
            return "CREATE TABLE x(candidate TEXT,prefix TEXT HIDDEN,wholeline TEXT HIDDEN,phase INT HIDDEN)";
        }

        @Override
        public Trust trust() {
            return Trust.INNOCUOUS;
        }

        @Override
        public boolean bestIndex(IndexRequest request) {
            int prefix = -1;
            int wholeLine = -1;
            for (int i = 0; i < request.constraintCount(); i++) {
                if (request.isUsable(i) && request.operator(i) == ConstraintOperator.EQUAL) {
                    prefix = request.column(i) == PREFIX_COLUMN ? i : prefix;
                    wholeLine = request.column(i) == WHOLE_LINE_COLUMN ? i : wholeLine;
                }
            }
            int arguments = 0;
            if (prefix >= 0) {
                request.use(prefix, arguments++, true);
            }
            if (wholeLine >= 0) {
                request.use(wholeLine, arguments++, true);
            }
            request.index((prefix >= 0 ? PREFIX : 0) | (wholeLine >= 0 ? WHOLE_LINE : 0), null);
            request.estimatedCost(5000.0 - 1000 * arguments);
            request.estimatedRows(500 - 100L * arguments);
            return true;
        }

        @Override
        public VirtualCursor open() {
            return new WordCursor(connection);
        }
    }

    private record Word(String text, int phase) {}

    private static final class WordCursor implements VirtualCursor {
        private final ModuleConnection connection;
        private final List<Word> words = new ArrayList<>();
        private String prefix;
        private String wholeLine;
        private int at;

        WordCursor(ModuleConnection connection) {
            this.connection = connection;
        }

        @Override
        public void filter(int indexNumber, String indexText, FilterArguments arguments) {
            words.clear();
            at = 0;
            prefix = null;
            wholeLine = null;
            int next = 0;
            if ((indexNumber & PREFIX) != 0) {
                prefix = notEmpty(arguments.value(next++).asString());
            }
            if ((indexNumber & WHOLE_LINE) != 0) {
                wholeLine = notEmpty(arguments.value(next).asString());
                if (wholeLine != null && prefix == null) {
                    prefix = notEmpty(lastWord(wholeLine));
                }
            }
            SqlParser.keywords().forEach(word -> add(word, KEYWORD));
            List<String> databases = names("PRAGMA database_list", 1);
            databases.forEach(name -> add(name, DATABASE));
            StringBuilder tables = new StringBuilder();
            StringBuilder columns = new StringBuilder();
            for (String database : databases) {
                String union = tables.isEmpty() ? "" : " UNION ";
                String schema = "\"" + database.replace("\"", "\"\"") + "\".sqlite_schema";
                tables.append(union).append("SELECT name FROM ").append(schema);
                columns.append(union)
                        .append("SELECT c.name FROM ")
                        .append(schema)
                        .append(" AS s JOIN pragma_table_xinfo(s.name, '")
                        .append(database.replace("'", "''"))
                        .append("') AS c WHERE s.type='table'");
            }
            names(tables.toString(), 0).forEach(name -> add(name, TABLE));
            names(columns.toString(), 0).forEach(name -> add(name, COLUMN));
        }

        private static String notEmpty(String text) {
            return text == null || text.isEmpty() ? null : text;
        }

        private static String lastWord(String line) {
            int start = line.length();
            while (start > 0 && isWordLetter(line.charAt(start - 1))) {
                start--;
            }
            return line.substring(start);
        }

        private static boolean isWordLetter(char c) {
            return c < 128 && Character.isLetterOrDigit(c) || c == '_';
        }

        private List<String> names(String sql, int column) {
            List<String> names = new ArrayList<>();
            try (ModuleStatement statement = connection.prepare(sql)) {
                while (statement.step()) {
                    names.add(statement.column(column).asString());
                }
            }
            return names;
        }

        private void add(String word, int phase) {
            if (word != null && (prefix == null || word.regionMatches(true, 0, prefix, 0, prefix.length()))) {
                words.add(new Word(word, phase));
            }
        }

        @Override
        public boolean isEnd() {
            return at >= words.size();
        }

        @Override
        public void next() {
            at++;
        }

        @Override
        public void column(int column, Value result) {
            switch (column) {
                case 0 -> result.setText(words.get(at).text());
                case PREFIX_COLUMN -> setText(result, prefix);
                case WHOLE_LINE_COLUMN -> setText(result, wholeLine);
                default -> result.setInteger(words.get(at).phase());
            }
        }

        private static void setText(Value result, String text) {
            if (text != null) {
                result.setText(text);
            }
        }

        @Override
        public long rowid() {
            return at + 1L;
        }
    }
}
