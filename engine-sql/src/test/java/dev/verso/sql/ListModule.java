package dev.verso.sql;

import dev.verso.vm.value.Value;
import dev.verso.vtab.ConstraintOperator;
import dev.verso.vtab.FilterArguments;
import dev.verso.vtab.FunctionOverload;
import dev.verso.vtab.IndexRequest;
import dev.verso.vtab.ModuleContext;
import dev.verso.vtab.VirtualCursor;
import dev.verso.vtab.VirtualModule;
import dev.verso.vtab.VirtualTable;
import java.util.ArrayList;
import java.util.List;

/**
 * A read-only table of the module's arguments: {@code USING list(a, b, c)} has three rows with the column {@code item}, their {@code place} from 1,
 * and a hidden column {@code tag}. Notes all that it is asked, and takes as many equalities as it can get.
 */
final class ListModule implements VirtualModule {
    final List<String> asked = new ArrayList<>();
    final List<String> filtered = new ArrayList<>();
    boolean ordered;
    boolean wholeLists;
    boolean usesLimit;
    int disconnected;

    @Override
    public VirtualTable connect(ModuleContext context, List<String> arguments) {
        return new Items(arguments);
    }

    private final class Items implements VirtualTable {
        private final List<String> items;

        Items(List<String> items) {
            this.items = items;
        }

        @Override
        public String declaration() {
            return "CREATE TABLE ignored(item TEXT, place INTEGER, tag HIDDEN)";
        }

        @Override
        public boolean bestIndex(IndexRequest request) {
            StringBuilder question = new StringBuilder();
            StringBuilder answer = new StringBuilder();
            int arguments = 0;
            for (int i = 0; i < request.constraintCount(); i++) {
                ConstraintOperator operator = request.operator(i);
                question.append(request.column(i)).append(' ').append(operator);
                if (request.isList(i)) {
                    question.append(" list");
                }
                if (request.rightValue(i) != null) {
                    question.append(' ').append(request.rightValue(i).asString());
                }
                if (request.functionCode(i) != 0) {
                    question.append(" f").append(request.functionCode(i));
                }
                question.append(request.isUsable(i) ? ";" : " unusable;");
                boolean limit = operator == ConstraintOperator.LIMIT || operator == ConstraintOperator.OFFSET;
                if (request.isUsable(i)
                        && (operator == ConstraintOperator.EQUAL
                                || operator == ConstraintOperator.MATCH
                                || limit && usesLimit)) {
                    request.use(i, arguments++, limit);
                    answer.append(limit ? operator.name().charAt(0) : (char) ('a' + request.column(i) + 1));
                    if (wholeLists && request.isList(i)) {
                        request.takeWholeList(i);
                        answer.append('*');
                    }
                }
            }
            for (int i = 0; i < request.orderCount(); i++) {
                question.append("order ")
                        .append(request.orderColumn(i))
                        .append(request.isDescending(i) ? " desc;" : ";");
            }
            if (ordered && request.orderCount() == 1 && request.orderColumn(0) == 1 && !request.isDescending(0)) {
                request.orderConsumed();
            }
            asked.add(question.toString());
            request.index(arguments, answer.toString());
            request.estimatedCost(arguments > 0 ? 5 : 100);
            request.estimatedRows(arguments > 0 ? 2 : 20);
            return true;
        }

        @Override
        public FunctionOverload findFunction(String name, int argumentCount) {
            if (name.equals("match")) {
                return new FunctionOverload(
                        (context, args, first, count, result) ->
                                result.setInteger(args[first + 1].asString().contains(args[first].asString()) ? 1 : 0),
                        0);
            }
            if (name.equals("nullif")) {
                return new FunctionOverload((context, args, first, count, result) -> result.setText("overloaded"), 151);
            }
            return null;
        }

        @Override
        public VirtualCursor open() {
            return new ItemCursor(items);
        }

        @Override
        public void disconnect() {
            disconnected++;
        }
    }

    /** Delivers all rows whatever the constraints say, so that only the engine's tests drop any; LIMIT and OFFSET it obeys. */
    private final class ItemCursor implements VirtualCursor {
        private final List<String> items;
        private int place;
        private int end;

        ItemCursor(List<String> items) {
            this.items = items;
        }

        @Override
        public void filter(int indexNumber, String indexText, FilterArguments arguments) {
            StringBuilder note = new StringBuilder(indexNumber + indexText + "(");
            place = 0;
            end = items.size();
            int argument = 0;
            for (int i = 0; i < indexText.length(); i++) {
                char letter = indexText.charAt(i);
                boolean list = i + 1 < indexText.length() && indexText.charAt(i + 1) == '*';
                if (list) {
                    i++;
                    for (Value value : arguments.values(argument)) {
                        note.append(value.asString()).append('|');
                    }
                } else {
                    note.append(arguments.value(argument).asString()).append(',');
                }
                if (letter == 'O') {
                    place = (int) Math.min(end, arguments.value(argument).asLong());
                } else if (letter == 'L') {
                    end = (int) Math.min(end, place + arguments.value(argument).asLong());
                }
                argument++;
            }
            filtered.add(note.append(')').toString());
        }

        @Override
        public boolean isEnd() {
            return place >= end;
        }

        @Override
        public void next() {
            place++;
        }

        @Override
        public void column(int column, Value result) {
            switch (column) {
                case 0 -> result.setText(items.get(place));
                case 1 -> result.setInteger(place + 1);
                default -> result.setText("tag of " + items.get(place));
            }
        }

        @Override
        public long rowid() {
            return 100 + place;
        }
    }
}
