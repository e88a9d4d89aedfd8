package dev.verso.vm;

import dev.verso.vm.value.Value;

/** Constants into registers, and values from register to register. */
final class RegisterInstructions {
    private RegisterInstructions() {}

    static final class SetInteger extends Instruction {
        private final long value;

        SetInteger(int address, Operation operation, long value) {
            super(address, operation);
            this.value = value;
        }

        @Override
        int run(Machine m) {
            m.registers[p2].setInteger(value);
            return next;
        }
    }

    static final class SetReal extends Instruction {
        private final double value;

        SetReal(int address, Operation operation) {
            super(address, operation);
            value = ((Number) operation.p4()).doubleValue();
        }

        @Override
        int run(Machine m) {
            m.registers[p2].setReal(value);
            return next;
        }
    }

    static final class SetText extends Instruction {
        private final Value constant = new Value();

        SetText(int address, Operation operation) {
            super(address, operation);
            constant.setText((String) operation.p4());
        }

        @Override
        int run(Machine m) {
            constant.bytes(m.encoding); // converted once, the string is kept beside
            m.registers[p2].setShared(constant);
            return next;
        }
    }

    static final class SetBlob extends Instruction {
        private final byte[] bytes;

        SetBlob(int address, Operation operation) {
            super(address, operation);
            bytes = (byte[]) operation.p4();
        }

        @Override
        int run(Machine m) {
            m.registers[p2].setBlob(bytes, 0, bytes.length);
            m.registers[p2].blobEncoding(m.encoding);
            return next;
        }
    }

    /** {@code Blob} without P4: room for a Bloom filter. */
    static final class NewFilter extends Instruction {
        NewFilter(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            Value register = m.registers[p2];
            byte[] bits = register.ownBuffer(p1);
            java.util.Arrays.fill(bits, 0, p1, (byte) 0);
            register.setBlob(bits, 0, p1);
            return next;
        }
    }

    static final class Null extends Instruction {
        Null(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            int last = Math.max(p2, p3);
            for (int i = p2; i <= last; i++) {
                if (p1 == 0) {
                    m.registers[i].setNull();
                } else {
                    m.registers[i].setClearedNull();
                }
            }
            return next;
        }
    }

    static final class SoftNull extends Instruction {
        SoftNull(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            m.registers[p1].setNull();
            return next;
        }
    }

    static final class Variable extends Instruction {
        Variable(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            m.registers[p2].setShared(m.boundParameter(p1));
            m.registers[p2].blobEncoding(m.encoding);
            return next;
        }
    }

    static final class Move extends Instruction {
        Move(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            Value[] registers = m.registers;
            if (p2 <= p1) {
                for (int i = 0; i < p3; i++) {
                    registers[p2 + i].takeFrom(registers[p1 + i]);
                }
            } else {
                for (int i = p3 - 1; i >= 0; i--) {
                    registers[p2 + i].takeFrom(registers[p1 + i]);
                }
            }
            return next;
        }
    }

    static final class Copy extends Instruction {
        private final boolean dropsSubtype;

        Copy(int address, Operation operation) {
            super(address, operation);
            dropsSubtype = (operation.p5() & 2) != 0;
        }

        @Override
        int run(Machine m) {
            for (int i = 0; i <= p3; i++) {
                Value out = m.registers[p2 + i];
                out.setCopy(m.registers[p1 + i]);
                if (dropsSubtype) {
                    out.subtype(0);
                }
            }
            return next;
        }
    }

    static final class SCopy extends Instruction {
        private final boolean asStored;

        SCopy(int address, Operation operation) {
            super(address, operation);
            asStored = (operation.p5() & Flags.AS_STORED) != 0;
        }

        @Override
        int run(Machine m) {
            Value from = m.registers[p1];
            m.registers[p2].setShared(from);
            if (asStored && from.isWholeReal()) {
                m.registers[p2].wholeReal();
            }
            return next;
        }
    }

    static final class IntCopy extends Instruction {
        IntCopy(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            m.registers[p2].setInteger(m.registers[p1].integer());
            return next;
        }
    }

    static final class ClrSubtype extends Instruction {
        ClrSubtype(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            m.registers[p1].subtype(0);
            return next;
        }
    }

    static final class GetSubtype extends Instruction {
        GetSubtype(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            int subtype = m.registers[p1].subtype();
            if (subtype == 0) {
                m.registers[p2].setNull();
            } else {
                m.registers[p2].setInteger(subtype);
            }
            return next;
        }
    }

    static final class SetSubtype extends Instruction {
        SetSubtype(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            Value subtype = m.registers[p1];
            m.registers[p2].subtype(subtype.isNull() ? 0 : (int) subtype.integer() & 0xff);
            return next;
        }
    }
}
