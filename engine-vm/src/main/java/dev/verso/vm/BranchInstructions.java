package dev.verso.vm;

import dev.verso.record.RecordView;
import dev.verso.vm.value.Value;

/** Jumps that depend on a register, and three-valued logic. */
final class BranchInstructions {
    private BranchInstructions() {}

    static final class If extends Instruction {
        If(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            Value value = m.registers[p1];
            if (value.isNull()) {
                return p3 != 0 ? p2 : next;
            }
            return value.isTrue() ? p2 : next;
        }
    }

    static final class IfNot extends Instruction {
        IfNot(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            Value value = m.registers[p1];
            if (value.isNull()) {
                return p3 != 0 ? p2 : next;
            }
            return value.isTrue() ? next : p2;
        }
    }

    static final class IsNull extends Instruction {
        IsNull(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            return m.registers[p1].isNull() ? p2 : next;
        }
    }

    static final class NotNull extends Instruction {
        NotNull(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            return m.registers[p1].isNull() ? next : p2;
        }
    }

    static final class IfPos extends Instruction {
        IfPos(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            Value register = m.registers[p1];
            long value = register.integer();
            if (value > 0) {
                register.setInteger(value - p3);
                return p2;
            }
            return next;
        }
    }

    static final class IfNotZero extends Instruction {
        IfNotZero(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            Value register = m.registers[p1];
            long value = register.integer();
            if (value == 0) {
                return next;
            }
            if (value > 0) {
                register.setInteger(value - 1);
            }
            return p2;
        }
    }

    static final class IfNeg extends Instruction {
        IfNeg(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            Value register = m.registers[p1];
            return register.isInteger() && register.integer() < 0 ? p2 : next;
        }
    }

    static final class DecrJumpZero extends Instruction {
        DecrJumpZero(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            Value register = m.registers[p1];
            long value = register.integer();
            if (value > Long.MIN_VALUE) {
                value--;
            }
            register.setInteger(value);
            return value == 0 ? p2 : next;
        }
    }

    static final class OffsetLimit extends Instruction {
        OffsetLimit(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            long limit = m.registers[p1].integer();
            long offset = Math.max(0, m.registers[p3].integer());
            long sum = limit + offset;
            m.registers[p2].setInteger(limit <= 0 || sum < 0 ? -1 : sum);
            return next;
        }
    }

    static final class Jump extends Instruction {
        Jump(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            return m.comparison < 0 ? p1 : m.comparison == 0 ? p2 : p3;
        }
    }

    static final class ElseEq extends Instruction {
        ElseEq(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            return m.comparison == 0 ? p2 : next;
        }
    }

    static final class IfNotOpen extends Instruction {
        IfNotOpen(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            return m.cursors[p1].tree == null ? p2 : next;
        }
    }

    static final class IfNullRow extends Instruction {
        IfNullRow(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            if ((m.cursors[p1].state & Cursor.NULL_ROW) != 0) {
                m.registers[p3].setNull();
                return p2;
            }
            return next;
        }
    }

    static final class IsType extends Instruction {
        private final int mask;
        private final int defaultClass;

        IsType(int address, Operation operation) {
            super(address, operation);
            mask = operation.p5();
            defaultClass = operation.p4() == null ? 5 : (Integer) operation.p4();
        }

        @Override
        int run(Machine m) {
            return (1 << classNumber(m) - 1 & mask) != 0 ? p2 : next;
        }

        /** SQLite's numbers: 1 INTEGER, 2 REAL, 3 TEXT, 4 BLOB, 5 NULL. */
        private int classNumber(Machine m) {
            if (p1 < 0) {
                return switch (m.registers[p3].storageClass()) {
                    case INTEGER -> 1;
                    case REAL -> 2;
                    case TEXT -> 3;
                    case BLOB -> 4;
                    case NULL -> 5;
                };
            }
            Cursor cursor = m.cursors[p1];
            if ((cursor.state & Cursor.NULL_ROW) != 0) {
                return 5;
            }
            RecordView record = RecordInstructions.record(m, cursor);
            if (!record.hasColumn(p3)) {
                return defaultClass;
            }
            long type = record.serialType(p3);
            if (type >= 12) {
                return (type & 1) == 0 ? 4 : 3;
            }
            return type == 0 || type >= 10 ? 5 : type == 7 ? 2 : 1;
        }
    }

    static final class IsTrue extends Instruction {
        private final int flip;

        IsTrue(int address, Operation operation) {
            super(address, operation);
            flip = operation.p4() == null ? 0 : (Integer) operation.p4();
        }

        @Override
        int run(Machine m) {
            Value value = m.registers[p1];
            int truth = value.isNull() ? p3 : value.isTrue() ? 1 : 0;
            m.registers[p2].setInteger(truth ^ flip);
            return next;
        }
    }

    static final class Not extends Instruction {
        Not(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            Value value = m.registers[p1];
            if (value.isNull()) {
                m.registers[p2].setNull();
            } else {
                m.registers[p2].setInteger(value.isTrue() ? 0 : 1);
            }
            return next;
        }
    }

    static final class And extends Instruction {
        And(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            Value left = m.registers[p1];
            Value right = m.registers[p2];
            Value out = m.registers[p3];
            boolean leftFalse = !left.isNull() && !left.isTrue();
            boolean rightFalse = !right.isNull() && !right.isTrue();
            if (leftFalse || rightFalse) {
                out.setInteger(0);
            } else if (left.isNull() || right.isNull()) {
                out.setNull();
            } else {
                out.setInteger(1);
            }
            return next;
        }
    }

    static final class Or extends Instruction {
        Or(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            Value left = m.registers[p1];
            Value right = m.registers[p2];
            Value out = m.registers[p3];
            if (left.isTrue() || right.isTrue()) {
                out.setInteger(1);
            } else if (left.isNull() || right.isNull()) {
                out.setNull();
            } else {
                out.setInteger(0);
            }
            return next;
        }
    }

    static final class ZeroOrNull extends Instruction {
        ZeroOrNull(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            if (m.registers[p1].isNull() || m.registers[p3].isNull()) {
                m.registers[p2].setNull();
            } else {
                m.registers[p2].setInteger(0);
            }
            return next;
        }
    }
}
