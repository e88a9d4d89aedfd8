package dev.verso.vm;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.record.TextEncoding;
import dev.verso.vm.value.Affinity;
import dev.verso.vm.value.StorageClass;
import dev.verso.vm.value.Value;

/** Operators on numbers and texts, and conversions of registers. */
final class ArithmeticInstructions {
    private ArithmeticInstructions() {}

    /** Register P3 = register P2 OP register P1. */
    abstract static class Binary extends Instruction {
        Binary(int address, Operation operation) {
            super(address, operation);
        }

        /** Operands that are not both integers. */
        final int general(Machine m, Value left, Value right, Value out) {
            if (left.isNull() || right.isNull()) {
                out.setNull();
                return next;
            }
            Value leftNumber = left;
            Value rightNumber = right;
            if (!left.isNumber()) {
                leftNumber = m.scratch;
                left.toNumber(leftNumber);
            }
            if (!right.isNumber()) {
                rightNumber = m.scratch2;
                right.toNumber(rightNumber);
            }
            if (leftNumber.isInteger() && rightNumber.isInteger()) {
                integers(leftNumber.integer(), rightNumber.integer(), out);
            } else {
                // beside a real, of a text the real that it begins with: in UTF-16 that may be more than its number
                if (leftNumber != left) {
                    leftNumber.setReal(left.asDouble());
                }
                if (rightNumber != right) {
                    rightNumber.setReal(right.asDouble());
                }
                reals(leftNumber, rightNumber, out);
            }
            return next;
        }

        abstract void integers(long left, long right, Value out);

        abstract void reals(Value left, Value right, Value out);

        /** Of a number. */
        static double asDouble(Value number) {
            return number.isReal() ? number.real() : (double) number.integer();
        }
    }

    static final class Add extends Binary {
        Add(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            Value left = m.registers[p2];
            Value right = m.registers[p1];
            Value out = m.registers[p3];
            if (left.isInteger() && right.isInteger()) {
                integers(left.integer(), right.integer(), out);
                return next;
            }
            if (left.isReal() && right.isNumber() || left.isInteger() && right.isReal()) {
                reals(left, right, out);
                return next;
            }
            return general(m, left, right, out);
        }

        @Override
        void integers(long left, long right, Value out) {
            long sum = left + right;
            if (((left ^ sum) & (right ^ sum)) < 0) {
                out.setReal((double) left + (double) right);
            } else {
                out.setInteger(sum);
            }
        }

        @Override
        void reals(Value left, Value right, Value out) {
            out.setReal(asDouble(left) + asDouble(right));
        }
    }

    static final class Subtract extends Binary {
        Subtract(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            Value left = m.registers[p2];
            Value right = m.registers[p1];
            Value out = m.registers[p3];
            if (left.isInteger() && right.isInteger()) {
                integers(left.integer(), right.integer(), out);
                return next;
            }
            if (left.isReal() && right.isNumber() || left.isInteger() && right.isReal()) {
                reals(left, right, out);
                return next;
            }
            return general(m, left, right, out);
        }

        @Override
        void integers(long left, long right, Value out) {
            long difference = left - right;
            if (((left ^ right) & (left ^ difference)) < 0) {
                out.setReal((double) left - (double) right);
            } else {
                out.setInteger(difference);
            }
        }

        @Override
        void reals(Value left, Value right, Value out) {
            out.setReal(asDouble(left) - asDouble(right));
        }
    }

    static final class Multiply extends Binary {
        Multiply(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            Value left = m.registers[p2];
            Value right = m.registers[p1];
            Value out = m.registers[p3];
            if (left.isInteger() && right.isInteger()) {
                integers(left.integer(), right.integer(), out);
                return next;
            }
            if (left.isReal() && right.isNumber() || left.isInteger() && right.isReal()) {
                reals(left, right, out);
                return next;
            }
            return general(m, left, right, out);
        }

        @Override
        void integers(long left, long right, Value out) {
            long low = left * right;
            if (Math.multiplyHigh(left, right) != low >> 63) {
                out.setReal((double) left * (double) right);
            } else {
                out.setInteger(low);
            }
        }

        @Override
        void reals(Value left, Value right, Value out) {
            out.setReal(asDouble(left) * asDouble(right));
        }
    }

    static final class Divide extends Binary {
        Divide(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            return general(m, m.registers[p2], m.registers[p1], m.registers[p3]);
        }

        @Override
        void integers(long left, long right, Value out) {
            if (right == 0) {
                out.setNull();
            } else if (right == -1 && left == Long.MIN_VALUE) {
                out.setReal(-(double) left);
            } else {
                out.setInteger(left / right);
            }
        }

        @Override
        void reals(Value left, Value right, Value out) {
            double divisor = right.asDouble();
            if (divisor == 0.0) {
                out.setNull();
            } else {
                out.setReal(left.asDouble() / divisor);
            }
        }
    }

    static final class Remainder extends Binary {
        Remainder(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            Value left = m.registers[p2];
            Value right = m.registers[p1];
            Value out = m.registers[p3];
            if (left.isInteger() && right.isInteger() || left.isNull() || right.isNull()) {
                return general(m, left, right, out);
            }
            // a real operand makes the result a real, but integers are what is divided: of a text '1e3' the 1
            left.toNumber(m.scratch);
            right.toNumber(m.scratch2);
            boolean whole = m.scratch.isInteger() && m.scratch2.isInteger();
            integers(left.asLong(), right.asLong(), out);
            if (!whole && out.isInteger()) {
                out.setReal((double) out.integer());
            }
            return next;
        }

        @Override
        void integers(long left, long right, Value out) {
            if (right == 0) {
                out.setNull();
            } else {
                out.setInteger(right == -1 ? 0 : left % right);
            }
        }

        @Override
        void reals(Value left, Value right, Value out) {
            throw new IllegalStateException("remainders are taken of integers");
        }
    }

    /** {@code BitAnd}, {@code BitOr} and the shifts. */
    static final class Bits extends Instruction {
        private final Opcode opcode;

        Bits(int address, Operation operation) {
            super(address, operation);
            opcode = operation.opcode();
        }

        @Override
        int run(Machine m) {
            Value left = m.registers[p2];
            Value right = m.registers[p1];
            Value out = m.registers[p3];
            if (left.isNull() || right.isNull()) {
                out.setNull();
                return next;
            }
            long a = left.asLong();
            long b = right.asLong();
            if (opcode == Opcode.BitAnd) {
                out.setInteger(a & b);
            } else if (opcode == Opcode.BitOr) {
                out.setInteger(a | b);
            } else {
                out.setInteger(shift(a, b, opcode == Opcode.ShiftLeft));
            }
            return next;
        }

        private static long shift(long value, long distance, boolean toTheLeft) {
            boolean left = toTheLeft;
            long bits = distance;
            if (bits < 0) {
                left = !left;
                bits = bits > -64 ? -bits : 64;
            }
            if (bits >= 64) {
                return value >= 0 || left ? 0 : -1;
            }
            return left ? value << bits : value >> bits;
        }
    }

    static final class BitNot extends Instruction {
        BitNot(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            Value value = m.registers[p1];
            if (value.isNull()) {
                m.registers[p2].setNull();
            } else {
                m.registers[p2].setInteger(~value.asLong());
            }
            return next;
        }
    }

    static final class Concat extends Instruction {
        Concat(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            Value left = m.registers[p2];
            Value right = m.registers[p1];
            Value out = m.registers[p3];
            if (left.isNull() || right.isNull()) {
                out.setNull();
                return next;
            }
            if (left.isNumber()) {
                m.scratch.setShared(left);
                m.scratch.applyAffinity(Affinity.TEXT, m.encoding);
                left = m.scratch;
            }
            if (right.isNumber()) {
                m.scratch2.setShared(right);
                m.scratch2.applyAffinity(Affinity.TEXT, m.encoding);
                right = m.scratch2;
            }
            byte[] leftBytes = left.bytes(m.encoding);
            byte[] rightBytes = right.bytes(m.encoding);
            int leftLength = left.length();
            long total = (long) leftLength + right.length();
            if (total > m.session.maximumLength()) {
                throw new DatabaseException(ResultCode.TOOBIG, ResultCode.TOOBIG.text());
            }
            Value result = m.concatenation;
            byte[] buffer = result.ownBuffer((int) total);
            System.arraycopy(leftBytes, left.offset(), buffer, 0, leftLength);
            System.arraycopy(rightBytes, right.offset(), buffer, leftLength, right.length());
            result.setText(buffer, 0, (int) total & (m.encoding == TextEncoding.UTF8 ? -1 : -2), m.encoding);
            out.takeFrom(result);
            return next;
        }
    }

    static final class AddImm extends Instruction {
        AddImm(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            Value register = m.registers[p1];
            register.setInteger(register.asLong() + p2);
            return next;
        }
    }

    static final class MustBeInt extends Instruction {
        MustBeInt(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            Value register = m.registers[p1];
            if (!register.isInteger()) {
                // exact, although columns keep it as a real; a text that says so is refused
                if (register.storageClass() == StorageClass.REAL && register.real() == Long.MIN_VALUE) {
                    register.setInteger(Long.MIN_VALUE);
                    return next;
                }
                register.applyAffinity(Affinity.NUMERIC, m.encoding);
                if (!register.isInteger()) {
                    if (p2 == 0) {
                        throw new DatabaseException(ResultCode.MISMATCH, ResultCode.MISMATCH.text());
                    }
                    return p2;
                }
            }
            return next;
        }
    }

    static final class RealAffinity extends Instruction {
        RealAffinity(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            LoadedColumns.makeReal(m.registers[p1]);
            return next;
        }
    }

    static final class Cast extends Instruction {
        private final Affinity affinity;

        Cast(int address, Operation operation) {
            super(address, operation);
            affinity = Affinity.ofCode((char) operation.p2());
        }

        @Override
        int run(Machine m) {
            m.registers[p1].cast(affinity, m.encoding);
            return next;
        }
    }

    static final class Affinities extends Instruction {
        private final Affinity[] affinities;

        Affinities(int address, Operation operation) {
            super(address, operation);
            affinities = parse((String) operation.p4());
        }

        static Affinity[] parse(String letters) {
            if (letters == null) {
                return null;
            }
            Affinity[] parsed = new Affinity[letters.length()];
            for (int i = 0; i < parsed.length; i++) {
                parsed[i] = Affinity.ofCode(letters.charAt(i));
            }
            return parsed;
        }

        @Override
        int run(Machine m) {
            for (int i = 0; i < affinities.length; i++) {
                Value value = m.registers[p1 + i];
                value.applyAffinity(affinities[i], m.encoding);
                if (affinities[i] == Affinity.REAL) {
                    LoadedColumns.makeReal(
                            value); // as in SQLite, a record made of it takes eight bytes for it, even if it is whole
                }
            }
            return next;
        }
    }

    /** {@code TypeCheck}: what a STRICT table accepts. */
    static final class TypeCheck extends Instruction {
        private final StrictTypes types;

        TypeCheck(int address, Operation operation) {
            super(address, operation);
            types = (StrictTypes) operation.p4();
        }

        @Override
        int run(Machine m) {
            int register = p1;
            for (int i = 0; i < types.types().length; i++) {
                if (types.generated()[i] && p3 != 0) {
                    continue;
                }
                Value value = m.registers[register++];
                if (!value.isNull() && !accepts(m, types.types()[i], value)) {
                    throw new DatabaseException(
                            ResultCode.CONSTRAINT_DATATYPE,
                            "cannot store " + nameOf(value) + " value in " + types.types()[i] + " column "
                                    + types.tableName() + "." + types.columnNames()[i]);
                }
            }
            return next;
        }

        /** The storage class as messages write it. */
        private static String nameOf(Value value) {
            return value.storageClass() == StorageClass.INTEGER
                    ? "INT"
                    : value.storageClass().toString();
        }

        private static boolean accepts(Machine m, String type, Value value) {
            switch (type) {
                case "ANY" -> {
                    return true;
                }
                case "BLOB" -> {
                    return value.isBlob();
                }
                case "INT", "INTEGER" -> {
                    value.applyAffinity(Affinity.INTEGER, m.encoding);
                    return value.isInteger();
                }
                case "REAL" -> {
                    value.applyAffinity(Affinity.REAL, m.encoding);
                    return value.isReal();
                }
                case "TEXT" -> {
                    value.applyAffinity(Affinity.TEXT, m.encoding);
                    return value.isText();
                }
                default -> throw new IllegalArgumentException("type " + type);
            }
        }
    }
}
