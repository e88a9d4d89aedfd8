package dev.verso.vm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.vm.value.Value;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Operators on random values against the real SQLite. Replay a run with {@code -Dverso.seed=N}. */
class OperatorsAgainstSqliteTest {
    private static final long SEED = Long.getLong("verso.seed", 815L);
    private static final int ROUNDS = Boolean.getBoolean("verso.full") ? 50_000 : 1_500;

    private static final String[] SYMBOLS = {"+", "-", "*", "/", "%", "&", "|", "<<", ">>", "||", "AND", "OR"};
    private static final Opcode[] OPCODES = {
        Opcode.Add,
        Opcode.Subtract,
        Opcode.Multiply,
        Opcode.Divide,
        Opcode.Remainder,
        Opcode.BitAnd,
        Opcode.BitOr,
        Opcode.ShiftLeft,
        Opcode.ShiftRight,
        Opcode.Concat,
        Opcode.And,
        Opcode.Or
    };
    private static final String[] RELATIONS = {"=", "<>", "<", "<=", ">", ">=", "IS", "IS NOT"};
    private static final Opcode[] RELATION_OPCODES = {
        Opcode.Eq, Opcode.Ne, Opcode.Lt, Opcode.Le, Opcode.Gt, Opcode.Ge, Opcode.Eq, Opcode.Ne
    };

    private static void set(Value value, PreparedStatement statement, int number, Random random) throws SQLException {
        long[] longs = {0, 1, -1, 2, 7, 63, 64, 65, -63, -64, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 53, 4_000_000_000L};
        double[] reals = {0.0, 0.5, -1.0, 1e300, -1e-300, 9.3e18, 2.0, 1.5, -7.25, 9007199254740993.0};
        String[] texts = {
            "", "0", "1", "abc", "ABC", "12abc", "1.5", " 3 ", "1e3", "-4", "9223372036854775808", "é", "0x10", "a"
        };
        switch (random.nextInt(6)) {
            case 0 -> {
                value.setNull();
                statement.setObject(number, null);
            }
            case 1 -> {
                long integer = random.nextInt(4) == 0
                        ? random.nextLong() >> random.nextInt(64)
                        : longs[random.nextInt(longs.length)];
                value.setInteger(integer);
                statement.setLong(number, integer);
            }
            case 2 -> {
                double real =
                        random.nextInt(4) == 0 ? random.nextGaussian() * 1e6 : reals[random.nextInt(reals.length)];
                value.setReal(real);
                statement.setDouble(number, real);
            }
            case 3 -> {
                byte[] blob = texts[random.nextInt(texts.length)].getBytes(java.nio.charset.StandardCharsets.UTF_8);
                value.setBlob(blob, 0, blob.length);
                statement.setBytes(number, blob);
            }
            default -> {
                String text = texts[random.nextInt(texts.length)];
                value.setText(text);
                statement.setString(number, text);
            }
        }
    }

    @Test
    void operatorsGiveTheSameValues() throws SQLException {
        ProgramBuilder b = new ProgramBuilder();
        int operands = b.newRegisters(2);
        int results = b.newRegisters(OPCODES.length + 3);
        b.add(Opcode.Variable, 1, operands);
        b.add(Opcode.Variable, 2, operands + 1);
        StringBuilder sql = new StringBuilder("select ");
        for (int i = 0; i < OPCODES.length; i++) {
            b.add(OPCODES[i], operands + 1, operands, results + i);
            sql.append("?1 ").append(SYMBOLS[i]).append(" ?2, ");
        }
        b.add(Opcode.Not, operands, results + OPCODES.length);
        b.add(Opcode.BitNot, operands, results + OPCODES.length + 1);
        b.add(Opcode.IsTrue, operands, results + OPCODES.length + 2, 0);
        sql.append("not ?1, ~?1, ?1 is true");
        b.add(Opcode.ResultRow, results, OPCODES.length + 3);
        b.add(Opcode.Halt);
        compare(b.build(), sql.toString());
    }

    @Test
    void comparisonsJumpAlike() throws SQLException {
        ProgramBuilder b = new ProgramBuilder();
        int operands = b.newRegisters(2);
        int results = b.newRegisters(RELATIONS.length);
        b.add(Opcode.Variable, 1, operands);
        b.add(Opcode.Variable, 2, operands + 1);
        StringBuilder sql = new StringBuilder("select ");
        for (int i = 0; i < RELATIONS.length; i++) {
            boolean is = i >= 6;
            int yes = b.newLabel();
            b.add(Opcode.Integer, 1, results + i);
            b.add(RELATION_OPCODES[i], operands + 1, yes, operands, null, is ? Flags.NULLS_EQUAL : 0);
            if (is) {
                b.add(Opcode.Integer, 0, results + i);
            } else {
                b.add(Opcode.ZeroOrNull, operands, results + i, operands + 1);
            }
            b.place(yes);
            sql.append(i == 0 ? "" : ", ").append("?1 ").append(RELATIONS[i]).append(" ?2");
        }
        b.add(Opcode.ResultRow, results, RELATIONS.length);
        b.add(Opcode.Halt);
        compare(b.build(), sql.toString());
    }

    private static void compare(Program program, String sql) throws SQLException {
        Random random = new Random(SEED);
        try (Connection sqlite = DriverManager.getConnection("jdbc:sqlite::memory:");
                PreparedStatement statement = sqlite.prepareStatement(sql);
                Bench bench = new Bench();
                Machine machine = new Machine(program, bench.session)) {
            for (int round = 0; round < ROUNDS; round++) {
                set(machine.parameter(1), statement, 1, random);
                set(machine.parameter(2), statement, 2, random);
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    assertThat(machine.step()).isTrue();
                    for (int i = 0; i < machine.rowColumnCount(); i++) {
                        Value found = machine.column(i);
                        String description = "seed " + SEED + ", column " + i + " of " + sql + " with "
                                + machine.parameter(1) + " and " + machine.parameter(2);
                        Object expected = row.getObject(i + 1);
                        switch (found.storageClass()) {
                            case NULL -> assertThat(expected).as(description).isNull();
                            case INTEGER -> {
                                assertThat(expected).as(description).isInstanceOfAny(Integer.class, Long.class);
                                assertThat(found.integer()).as(description).isEqualTo(row.getLong(i + 1));
                            }
                            case REAL -> {
                                assertThat(expected).as(description).isInstanceOf(Double.class);
                                assertThat(found.real()).as(description).isEqualTo(row.getDouble(i + 1));
                            }
                            case TEXT ->
                                assertThat(found.asString()).as(description).isEqualTo(expected);
                            case BLOB ->
                                assertThat(found.asBytes()).as(description).isEqualTo(expected);
                        }
                    }
                }
                machine.reset();
            }
        }
    }
}
