package dev.verso.sql.resolve;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.parser.ast.Expr;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The parameters of one statement: {@code ?} takes the next number, {@code ?NNN} names its own, equal names share one (sqlite.org/lang_expr.html#varparam). */
public final class Parameters {
    /** SQLITE_MAX_VARIABLE_NUMBER. */
    public static final int MAXIMUM = 250_000;

    private static final int[] NONE = new int[0];

    private final List<String> names = new ArrayList<>();

    /** Offsets in the text, ascending, and the numbers of the parameters there. */
    private final int[] offsets;

    private final int[] numbers;

    public Parameters() {
        offsets = NONE;
        numbers = NONE;
    }

    /** The parameters of a statement as they stand in its text: {@code ?} counts by place, not by the order in which clauses are resolved. */
    public Parameters(List<Expr.Parameter> written) {
        int count = written.size();
        int[] places = count == 0 ? NONE : new int[count];
        int[] counted = count == 0 ? NONE : new int[count];
        for (int i = 0; i < count; i++) {
            Expr.Parameter parameter = written.get(i);
            places[i] = parameter.span().start();
            counted[i] = number(parameter.text());
        }
        offsets = places;
        numbers = counted;
    }

    /** The number from 1 for a parameter of the statement's text. */
    int number(Expr.Parameter parameter) {
        int place = Arrays.binarySearch(offsets, parameter.span().start());
        return place >= 0 ? numbers[place] : number(parameter.text());
    }

    /** The number from 1 for a parameter as written. */
    private int number(String text) {
        if (text.equals("?")) {
            names.add(null);
            return checked(names.size());
        }
        if (text.charAt(0) == '?') {
            int number = parse(text);
            while (names.size() < number) {
                names.add(null);
            }
            if (names.get(number - 1) == null) {
                names.set(number - 1, text);
            }
            return number;
        }
        int known = names.indexOf(text);
        if (known >= 0) {
            return known + 1;
        }
        names.add(text);
        return checked(names.size());
    }

    private static int parse(String text) {
        long number = 0;
        for (int i = 1; i < text.length() && number <= MAXIMUM; i++) {
            number = number * 10 + text.charAt(i) - '0';
        }
        if (number < 1 || number > MAXIMUM) {
            throw new DatabaseException(ResultCode.ERROR, "variable number must be between ?1 and ?" + MAXIMUM);
        }
        return (int) number;
    }

    private static int checked(int number) {
        if (number > MAXIMUM) {
            throw new DatabaseException(ResultCode.ERROR, "too many SQL variables");
        }
        return number;
    }

    /** How often the text mentions parameters. */
    public int placeCount() {
        return offsets.length;
    }

    /** Offset of a mention in the text; mentions are in the order of the text. */
    public int place(int index) {
        return offsets[index];
    }

    /** Number of the parameter mentioned there. */
    public int numberAt(int index) {
        return numbers[index];
    }

    /** The largest number. */
    public int count() {
        return names.size();
    }

    /** Name with its prefix, or null for one without. */
    public String name(int number) {
        return names.get(number - 1);
    }

    /** Number of the parameter of that name (with prefix), or 0. */
    public int find(String name) {
        return names.indexOf(name) + 1;
    }
}
