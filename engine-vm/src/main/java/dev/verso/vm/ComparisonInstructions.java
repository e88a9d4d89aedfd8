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

    /** {@code Eq} to {@code Ge}: compares register P3 with register P1 and jumps to P2. */
    static final class Compared extends Instruction {
        /** Result of {@link #general}: an operand is NULL and neither jump nor order is defined. */
        private static final int UNKNOWN = Integer.MIN_VALUE;

        private static final int LESS = 1;
        private static final int EQUAL = 2;
        private static final int GREATER = 4;

        private final int outcomes;
        private final Collation collation;
        private final Affinity affinity;
        private final boolean comparesTextsAsTheyAre;
        private final boolean nullsEqual;
        private final boolean jumpsIfNull;

        Compared(int address, Operation operation) {
            super(address, operation);
            outcomes = outcomes(operation.opcode());
            Collation given = (Collation) operation.p4();
            collation = given == Collations.BINARY ? null : given;
            int code = operation.p5() & Flags.AFFINITY_MASK;
            affinity = code == 0 ? Affinity.NONE : Affinity.ofCode((char) code);
            comparesTextsAsTheyAre = !affinity.isNumeric();
            nullsEqual = (operation.p5() & Flags.NULLS_EQUAL) != 0;
            jumpsIfNull = (operation.p5() & Flags.JUMP_IF_NULL) != 0;
        }

        private static int outcomes(Opcode opcode) {
            return switch (opcode) {
                case Eq -> EQUAL;
                case Ne -> LESS | GREATER;
                case Lt -> LESS;
                case Le -> LESS | EQUAL;
                case Gt -> GREATER;
                case Ge -> GREATER | EQUAL;
                default -> throw new IllegalArgumentException(opcode.name());
            };
        }

        boolean holds(int comparison) {
            return (outcomes & (comparison < 0 ? LESS : comparison == 0 ? EQUAL : GREATER)) != 0;
        }

        @Override
        int run(Machine m) {
            Value left = m.registers[p3];
            Value right = m.registers[p1];
            int comparison;
            if (left.isInteger() && right.isInteger()) {
                comparison = Long.compare(left.integer(), right.integer());
            } else if (left.isText() && right.isText() && comparesTextsAsTheyAre || left.isReal() && right.isNumber()) {
                comparison = Comparison.compare(left, right, collation, m.encoding);
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
