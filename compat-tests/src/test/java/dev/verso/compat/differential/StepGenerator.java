package dev.verso.compat.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes steps of statements: some are executed as they are, some prepared with parameters in the place of literals and executed several times. */
final class StepGenerator {
    private static final int PREPARED_PERCENT = 15;
    private static final int AGAIN_PERCENT = 3;
    private static final int SCENE_PERMILLE = 25;

    private final Random random;
    private final Parameters parameters;
    private final StatementGenerator statements;
    private final Scenes scenes;
    /** For each place how many parameters the statement there has; -1 if none is there. */
    private final int[] keptParameters = new int[TwoDatabases.PLACES];

    /** @param turn which scenes come next */
    StepGenerator(Random random, RandomSchema schema, Scenes.Turn turn) {
        this.random = random;
        parameters = new Parameters(random);
        statements = new StatementGenerator(random, schema, parameters);
        scenes = new Scenes(random, schema, statements, turn);
        java.util.Arrays.fill(keptParameters, -1);
    }

    Step next() {
        if (scenes.isRunning() ? random.nextInt(4) > 0 : random.nextInt(1000) < SCENE_PERMILLE) {
            return new Step(scenes.next(), List.of(), -1, true);
        }
        int kind = random.nextInt(100);
        if (kind < AGAIN_PERCENT) {
            int place = random.nextInt(TwoDatabases.PLACES);
            if (keptParameters[place] >= 0) {
                return new Step(null, List.of(values(keptParameters[place])), place, false);
            }
        }
        if (kind >= AGAIN_PERCENT + PREPARED_PERCENT) {
            return Step.of(statements.next().sql());
        }
        parameters.begin();
        String sql = parameters.finish(statements.next().sql());
        List<List<Object>> executions = new ArrayList<>();
        executions.add(parameters.values());
        // sqlite-jdbc stays in the midst of a definition that fails the second time
        boolean isDefinition = sql.startsWith("CREATE") || sql.startsWith("DROP") || sql.startsWith("ALTER");
        for (int i = isDefinition ? 0 : random.nextInt(3); i > 0; i--) {
            executions.add(values(parameters.values().size()));
        }
        int place = random.nextInt(4) == 0 && !executions.get(0).isEmpty() ? random.nextInt(TwoDatabases.PLACES) : -1;
        if (place >= 0) {
            keptParameters[place] = parameters.values().size();
        }
        return new Step(sql, executions, place, false);
    }

    private List<Object> values(int count) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(parameters.value());
        }
        return values;
    }

    String insertInto(RandomSchema.Table table) {
        return statements.insertInto(table);
    }
}
