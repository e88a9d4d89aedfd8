package dev.verso.sql.code;

import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.Traits;
import dev.verso.sql.bound.Trees;
import java.util.ArrayList;
import java.util.List;

/** Constant expressions of a program that are computed once, in the part that {@code Init} jumps to. Equal ones share a register. */
public final class Constants {
    private record Constant(BoundExpr expr, int register, boolean shared) {}

    private final CodeContext context;
    private final List<Constant> constants = new ArrayList<>();
    private boolean emitting;
    private boolean suspended;

    Constants(CodeContext context) {
        this.context = context;
    }

    /** False while the constants themselves are being emitted, or in code that must not be moved. */
    boolean isOpen() {
        return !emitting && !suspended;
    }

    /** Stops, or allows again, moving of constants. @return what was before */
    public boolean suspend(boolean on) {
        boolean before = suspended;
        suspended = on;
        return before;
    }

    /** The register that will hold the constant; nobody may change it. */
    int register(BoundExpr expr) {
        for (Constant known : constants) {
            if (known.shared && Traits.same(known.expr, expr)) {
                return known.register;
            }
        }
        int register = context.builder().newRegister();
        constants.add(new Constant(expr, register, true));
        return register;
    }

    /** Has the constant computed into a register of the caller's, which keeps it through the whole program. */
    void into(BoundExpr expr, int register) {
        constants.add(new Constant(expr, register, false));
    }

    /** True if the expression is better computed before everything else: it is constant, and computing it can do no harm. */
    static boolean isHarmless(BoundExpr expr) {
        return !Trees.any(expr, part -> part instanceof BoundExpr.Call);
    }

    void emit() {
        emitting = true;
        for (int i = 0; i < constants.size(); i++) {
            Constant constant = constants.get(i);
            context.expressions().compile(constant.expr, constant.register);
        }
        emitting = false;
    }
}
