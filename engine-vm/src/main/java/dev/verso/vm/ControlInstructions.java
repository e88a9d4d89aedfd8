package dev.verso.vm;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.vm.value.Value;

/** Flow of control: jumps, subroutines, coroutines, subprograms, the end. */
final class ControlInstructions {
    private ControlInstructions() {}

    static final class Goto extends Instruction {
        Goto(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            return p2;
        }
    }

    /** Goes on with the next instruction: what is only there to be seen in EXPLAIN. */
    static final class Nothing extends Instruction {
        Nothing(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            return next;
        }
    }

    static final class Gosub extends Instruction {
        Gosub(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            m.registers[p1].setInteger(next - 1);
            return p2;
        }
    }

    static final class Return extends Instruction {
        Return(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            Value register = m.registers[p1];
            if (register.isInteger()) {
                return (int) register.integer() + 1;
            }
            assert p3 != 0 : "return to nowhere";
            return next;
        }
    }

    static final class BeginSubrtn extends Instruction {
        BeginSubrtn(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            m.registers[p2].setNull();
            return next;
        }
    }

    static final class InitCoroutine extends Instruction {
        InitCoroutine(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            m.registers[p1].setInteger(p3 - 1);
            return p2 == 0 ? next : p2;
        }
    }

    static final class EndCoroutine extends Instruction {
        private final Operation[] operations;

        EndCoroutine(int address, Operation operation, Operation[] operations) {
            super(address, operation);
            this.operations = operations;
        }

        @Override
        int run(Machine m) {
            Value register = m.registers[p1];
            int caller = (int) register.integer();
            register.setInteger(next - 2);
            return operations[caller].p2();
        }
    }

    static final class Yield extends Instruction {
        Yield(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            Value register = m.registers[p1];
            int to = (int) register.integer() + 1;
            register.setInteger(next - 1);
            return to;
        }
    }

    static final class Halt extends Instruction {
        private static final String[] KINDS = {"", "NOT NULL", "UNIQUE", "CHECK", "FOREIGN KEY"};
        private final String message;
        private final int kind;

        Halt(int address, Operation operation) {
            super(address, operation);
            message = (String) operation.p4();
            kind = operation.p5();
        }

        @Override
        int run(Machine m) {
            if (p1 == 0) {
                if (m.frame.parent != null) {
                    m.leave(p2 == Flags.ON_CONFLICT_IGNORE);
                    return FRAME;
                }
                return DONE;
            }
            m.end.conflictAction(p2);
            throw failure(m.registers[p3]);
        }

        private DatabaseException failure(Value register) {
            ResultCode code = Codes.of(p1);
            String text = p3 != 0 && message == null ? register.isNull() ? "" : register.asString() : message;
            if (kind > 0) {
                String constraint = KINDS[kind] + " constraint failed";
                text = text == null ? constraint : constraint + ": " + text;
            }
            return new DatabaseException(code, text == null ? code.text() : text);
        }
    }

    static final class HaltIfNull extends Instruction {
        private final Halt halt;

        HaltIfNull(int address, Operation operation) {
            super(address, operation);
            halt = new Halt(
                    address,
                    new Operation(
                            Opcode.Halt, operation.p1(), operation.p2(), 0, operation.p4(), operation.p5(), null));
        }

        @Override
        int run(Machine m) {
            return m.registers[p3].isNull() ? halt.run(m) : next;
        }
    }

    static final class Once extends Instruction {
        private final int ordinal;

        Once(int address, Operation operation, int ordinal) {
            super(address, operation);
            this.ordinal = ordinal;
        }

        @Override
        int run(Machine m) {
            boolean[] once = m.frame.once;
            if (once[ordinal]) {
                return p2;
            }
            once[ordinal] = true;
            return next;
        }
    }

    /** {@code Program}: calls a subprogram. */
    static final class Call extends Instruction {
        private final ProgramReference reference;
        private Program program;
        private final int ordinal;
        private final boolean recursionOff;

        Call(int address, Operation operation, int ordinal) {
            super(address, operation);
            reference = operation.p4() instanceof ProgramReference later ? later : null;
            program = reference == null ? (Program) operation.p4() : null;
            this.ordinal = ordinal;
            recursionOff = operation.p5() != 0;
        }

        @Override
        int run(Machine m) {
            if (program == null) {
                program = reference.program();
            }
            if (recursionOff && m.frame.isRunning(program.token())) {
                return next;
            }
            if (m.frame.depth() >= m.session.limit(Limit.TRIGGER_DEPTH)) {
                throw new DatabaseException(ResultCode.ERROR, "triggers nested too deep");
            }
            Frame callee = m.frame.child(ordinal, program);
            callee.argumentBase = p1;
            callee.returnAddress = next;
            callee.ignoreAddress = p2;
            m.call(callee);
            return FRAME;
        }
    }

    static final class Param extends Instruction {
        Param(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            Frame frame = m.frame;
            m.registers[p2].setShared(frame.parent.registers[p1 + frame.argumentBase]);
            return next;
        }
    }

    static final class FkCounter extends Instruction {
        FkCounter(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            Transaction transaction = m.session.transaction();
            if (p1 != 0) {
                transaction.deferredViolations(transaction.deferredViolations() + p2);
            } else if (m.session.defersForeignKeys()) {
                transaction.heldViolations(transaction.heldViolations() + p2);
            } else {
                m.end.foreignKeyViolations += p2;
            }
            return next;
        }
    }

    static final class FkIfZero extends Instruction {
        FkIfZero(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            Transaction transaction = m.session.transaction();
            long own = p1 != 0 ? transaction.deferredViolations() : m.end.foreignKeyViolations;
            return own == 0 && transaction.heldViolations() == 0 ? p2 : next;
        }
    }

    static final class MemMax extends Instruction {
        MemMax(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            Value target = m.mainFrame().registers[p1];
            long candidate = m.registers[p2].asLong();
            long present = target.asLong();
            target.setInteger(Math.max(present, candidate));
            return next;
        }
    }

    static final class ResultRow extends Instruction {
        ResultRow(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            m.rowReady(p1, p2);
            m.resumeAt = next;
            return ROW;
        }
    }

    static final class ResetCount extends Instruction {
        ResetCount(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            m.session.publishChanges(m.changes);
            m.changes = 0;
            return next;
        }
    }
}
