package dev.verso.sql.plan;

import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.Trees;
import dev.verso.vm.value.Value;
import dev.verso.vtab.ConstraintOperator;
import dev.verso.vtab.IndexRequest;
import java.util.List;

/** One question to a virtual table, asked again with other constraints usable after {@link #begin}. */
final class VirtualIndexRequest implements IndexRequest {
    private static final int MOST_TRUSTED = 16;

    /** A term of the wanted order. */
    record OrderTerm(int column, boolean descending) {}

    private final List<Term> constraints;
    private final List<OrderTerm> order;
    private final OrderMode mode;
    private final long columnsUsed;

    // per question
    private final boolean[] usable;
    /** Position of each constraint among the arguments, from 1; 0 for unused. */
    final int[] position;

    final boolean[] trusted;
    final boolean[] wholeList;
    int number;
    String text;
    boolean hex;
    boolean consumed;
    boolean oneRow;
    double cost;
    long rows;

    VirtualIndexRequest(List<Term> constraints, List<OrderTerm> order, OrderMode mode, long columnsUsed) {
        this.constraints = constraints;
        this.order = order;
        this.mode = mode;
        this.columnsUsed = columnsUsed;
        int count = constraints.size();
        usable = new boolean[count];
        position = new int[count];
        trusted = new boolean[count];
        wholeList = new boolean[count];
    }

    /** @param sources whose rows are known @param excluded operators that may not be used */
    void begin(long sources, int excluded, boolean withoutLimit) {
        for (int i = 0; i < usable.length; i++) {
            Term term = constraints.get(i);
            usable[i] = term.isReady(sources) && !term.isOneOf(excluded) && !(withoutLimit && isLimit(i));
            position[i] = 0;
            trusted[i] = false;
            wholeList[i] = false;
        }
        number = 0;
        text = null;
        hex = false;
        consumed = false;
        oneRow = false;
        cost = Double.MAX_VALUE / 2;
        rows = 25;
    }

    List<Term> constraints() {
        return constraints;
    }

    boolean isLimit(int constraint) {
        ConstraintOperator operator = constraints.get(constraint).matchOperator;
        return operator == ConstraintOperator.LIMIT || operator == ConstraintOperator.OFFSET;
    }

    /** A comparison of row values says only something about its first elements: it has to be tested in any case. */
    private boolean isVectorRange(int constraint) {
        Term term = constraints.get(constraint);
        return term.isOneOf(Operators.RANGE) && term.right instanceof BoundExpr.Vector;
    }

    // ---- the question

    @Override
    public int constraintCount() {
        return constraints.size();
    }

    @Override
    public int column(int constraint) {
        return constraints.get(constraint).column;
    }

    @Override
    public ConstraintOperator operator(int constraint) {
        Term term = constraints.get(constraint);
        if (term.isOneOf(Operators.AUX)) {
            return term.matchOperator;
        }
        if (term.isOneOf(Operators.IS_NULL)) {
            return ConstraintOperator.IS_NULL;
        }
        if (term.isOneOf(Operators.IS)) {
            return ConstraintOperator.IS;
        }
        boolean vector = isVectorRange(constraint);
        if (term.isOneOf(Operators.LESS_EQUAL) || vector && term.isOneOf(Operators.LESS)) {
            return ConstraintOperator.LESS_EQUAL;
        }
        if (term.isOneOf(Operators.GREATER_EQUAL) || vector && term.isOneOf(Operators.GREATER)) {
            return ConstraintOperator.GREATER_EQUAL;
        }
        if (term.isOneOf(Operators.LESS)) {
            return ConstraintOperator.LESS;
        }
        return term.isOneOf(Operators.GREATER) ? ConstraintOperator.GREATER : ConstraintOperator.EQUAL;
    }

    @Override
    public int functionCode(int constraint) {
        return constraints.get(constraint).functionCode;
    }

    @Override
    public boolean isUsable(int constraint) {
        return usable[constraint];
    }

    @Override
    public String collation(int constraint) {
        String collation = constraints.get(constraint).collation;
        return collation == null ? dev.verso.sql.bound.Traits.BINARY : collation;
    }

    @Override
    public Value rightValue(int constraint) {
        BoundExpr expr = constraints.get(constraint).right;
        if (expr == null) {
            return null;
        }
        expr = Trees.skipCollateAndLikely(expr);
        boolean negative = expr instanceof BoundExpr.Negate;
        if (negative) {
            expr = ((BoundExpr.Negate) expr).operand();
        }
        if (!(expr instanceof BoundExpr.Literal literal)) {
            return null;
        }
        Value value = new Value();
        Object constant = literal.value();
        if (constant instanceof Long integer) {
            value.setInteger(negative ? -integer : integer);
        } else if (constant instanceof Double real) {
            value.setReal(negative ? -real : real);
        } else if (negative) {
            return null;
        } else if (constant instanceof String string) {
            value.setText(string);
        } else if (constant instanceof byte[] bytes) {
            value.setBlob(bytes, 0, bytes.length);
        }
        return value;
    }

    @Override
    public boolean isList(int constraint) {
        Term term = constraints.get(constraint);
        return term.isOneOf(Operators.IN) && term.field == 0;
    }

    @Override
    public int orderCount() {
        return order.size();
    }

    @Override
    public int orderColumn(int term) {
        return order.get(term).column();
    }

    @Override
    public boolean isDescending(int term) {
        return order.get(term).descending();
    }

    @Override
    public OrderMode orderMode() {
        return mode;
    }

    @Override
    public long columnsUsed() {
        return columnsUsed;
    }

    // ---- the answer

    @Override
    public void use(int constraint, int argument, boolean isTrusted) {
        position[constraint] = argument + 1;
        trusted[constraint] = isTrusted && constraint < MOST_TRUSTED && !isVectorRange(constraint);
    }

    @Override
    public void takeWholeList(int constraint) {
        wholeList[constraint] = isList(constraint);
    }

    @Override
    public void index(int indexNumber, String indexText) {
        number = indexNumber;
        text = indexText;
    }

    @Override
    public void showNumberInHex() {
        hex = true;
    }

    @Override
    public void orderConsumed() {
        consumed = true;
    }

    @Override
    public void estimatedCost(double newCost) {
        cost = newCost;
    }

    @Override
    public void estimatedRows(long newRows) {
        rows = newRows;
    }

    @Override
    public void atMostOneRow() {
        oneRow = true;
    }
}
