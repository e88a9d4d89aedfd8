package dev.verso.vm;

import dev.verso.record.Collation;
import dev.verso.record.Collations;
import dev.verso.record.KeyInfo;
import dev.verso.vm.value.Affinity;
import dev.verso.vm.value.Comparison;
import dev.verso.vm.value.Value;

/** Comparisons of registers. */
final class ComparisonInstructions {
    private ComparisonInstructions() {}

    /** Compares register P3 with register P1 and jumps to P2. */
    abstract static class Compared extends Instruction {
        /** Result of {@link #general}: an operand is NULL and neither jump nor order is defined. */
        private static final int UNKNOWN = Integer.MIN_VALUE;

        private final Collation collation;
        private final Affinity affinity;
        private final boolean nullsEqual;
        private final boolean jumpsIfNull;

        Compared(int address, Operation operation) {
            super(address, operation);
            Collation given = (Collation) operation.p4();
            collation = given == Collations.BINARY ? null : given;
            int code = operation.p5() & Flags.AFFINITY_MASK;
            affinity = code == 0 ? Affinity.NONE : Affinity.ofCode((char) code);
            nullsEqual = (operation.p5() & Flags.NULLS_EQUAL) != 0;
            jumpsIfNull = (operation.p5() & Flags.JUMP_IF_NULL) != 0;
        }

        abstract boolean holds(int comparison);

        @Override
        int run(Machine m) {
            Value left = m.registers[p3];
            Value right = m.registers[p1];
            int comparison;
            if (left.isInteger() && right.isInteger()) {
                comparison = Long.compare(left.integer(), right.integer());
            } else {
                comparison = general(m, left, right);
                if (comparison == UNKNOWN) {
                    m.comparison = 1;
                    return jumpsIfNull ? p2 : next;
                }
            }
            m.comparison = comparison;
            return holds(comparison) ? p2 : next;
        }

        private int general(Machine m, Value left, Value right) {
            if (left.isNull() || right.isNull()) {
                if (!nullsEqual) {
                    return UNKNOWN;
                }
                boolean equal = left.isNull() && right.isNull() && !left.isClearedNull();
                return equal ? 0 : left.isNull() ? -1 : 1;
            }
            Value a = left;
            Value b = right;
            if (affinity.isNumeric()) {
                if (left.isText()) {
                    a = m.scratch;
                    a.setShared(left);
                    a.applyNumericAffinity();
                }
                if (right.isText()) {
                    b = m.scratch2;
                    b.setShared(right);
                    b.applyNumericAffinity();
                }
            } else if (affinity == Affinity.TEXT && (left.isText() || right.isText())) {
                if (left.isNumber()) {
                    a = m.scratch;
                    a.setShared(left);
                    a.applyAffinity(Affinity.TEXT, m.encoding);
                }
                if (right.isNumber()) {
                    b = m.scratch2;
                    b.setShared(right);
                    b.applyAffinity(Affinity.TEXT, m.encoding);
                }
            }
            return Comparison.compare(a, b, collation, m.encoding);
        }
    }

    static final class Eq extends Compared {
        Eq(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        boolean holds(int comparison) {
            return comparison == 0;
        }
    }

    static final class Ne extends Compared {
        Ne(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        boolean holds(int comparison) {
            return comparison != 0;
        }
    }

    static final class Lt extends Compared {
        Lt(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        boolean holds(int comparison) {
            return comparison < 0;
        }
    }

    static final class Le extends Compared {
        Le(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        boolean holds(int comparison) {
            return comparison <= 0;
        }
    }

    static final class Gt extends Compared {
        Gt(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        boolean holds(int comparison) {
            return comparison > 0;
        }
    }

    static final class Ge extends Compared {
        Ge(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        boolean holds(int comparison) {
            return comparison >= 0;
        }
    }

    static final class Permutation extends Instruction {
        private final int[] order;

        Permutation(int address, Operation operation) {
            super(address, operation);
            order = (int[]) operation.p4();
        }

        @Override
        int run(Machine m) {
            m.permutation = order;
            return next;
        }
    }

    /** {@code Compare}: two rows of registers, in a key's order. */
    static final class CompareRows extends Instruction {
        private final KeyInfo info;
        private final boolean permuted;

        CompareRows(int address, Operation operation) {
            super(address, operation);
            info = (KeyInfo) operation.p4();
            permuted = (operation.p5() & 1) != 0;
        }

        @Override
        int run(Machine m) {
            int[] order = permuted ? m.permutation : null;
            int result = 0;
            for (int i = 0; i < p3 && result == 0; i++) {
                int at = order == null ? i : order[i];
                Value left = m.registers[p1 + at];
                Value right = m.registers[p2 + at];
                result = Comparison.compare(left, right, info.collations()[i], m.encoding);
                if (result != 0) {
                    boolean flip = info.descending()[i];
                    if (info.nullsLast()[i] && (left.isNull() || right.isNull())) {
                        flip = !flip;
                    }
                    result = flip ? -result : result;
                }
            }
            m.comparison = result;
            return next;
        }
    }
}
