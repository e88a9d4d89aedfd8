package dev.verso.jdbc;

import dev.verso.record.AsciiCase;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Foreign keys in the row shape of {@link DatabaseMetaData#getImportedKeys}. */
final class ForeignKeyReader {
    private final SchemaReader schema;

    ForeignKeyReader(SchemaReader schema) {
        this.schema = schema;
    }

    ResultSet imported(String child) throws SQLException {
        SchemaReader.TableName table = schema.find(child);
        List<Object[]> rows = table == null ? new ArrayList<>() : keysOf(table, null);
        return result(rows, 2);
    }

    ResultSet exported(String parent) throws SQLException {
        List<Object[]> rows = new ArrayList<>();
        for (SchemaReader.TableName table : schema.tableNames(null)) {
            if (table.type().equals("TABLE") || table.type().equals("GLOBAL TEMPORARY")) {
                rows.addAll(keysOf(table, parent));
            }
        }
        return result(rows, 6);
    }

    ResultSet between(String parent, String child) throws SQLException {
        if (child == null) {
            return exported(parent);
        }
        SchemaReader.TableName table = schema.find(child);
        return result(table == null ? new ArrayList<>() : keysOf(table, parent), 6);
    }

    private List<Object[]> keysOf(SchemaReader.TableName child, String parent) throws SQLException {
        List<Object[]> rows = new ArrayList<>();
        for (Object[] key :
                schema.read("PRAGMA " + child.quotedSchema() + ".foreign_key_list(" + child.quotedName() + ")")) {
            String parentTable = (String) key[2];
            if (parent != null && !AsciiCase.same(parent, parentTable)) {
                continue;
            }
            int sequence = ((Long) key[1]).intValue();
            String parentColumn = (String) key[4];
            SchemaReader.TableName found = schema.find(parentTable);
            if (parentColumn == null && found != null) {
                List<String> primary = schema.primaryKeyColumns(found);
                parentColumn = sequence < primary.size() ? primary.get(sequence) : null;
            }
            rows.add(new Object[] {
                null,
                null,
                found == null ? parentTable : found.name(),
                parentColumn,
                null,
                null,
                child.name(),
                key[3],
                sequence + 1,
                rule((String) key[5]),
                rule((String) key[6]),
                ConstraintNames.foreignKey(schema.sql(child), (String) key[3]),
                found == null ? null : ConstraintNames.primaryKey(schema.sql(found)),
                DatabaseMetaData.importedKeyInitiallyDeferred
            });
        }
        return rows;
    }

    private static int rule(String action) {
        return switch (action) {
            case "CASCADE" -> DatabaseMetaData.importedKeyCascade;
            case "RESTRICT" -> DatabaseMetaData.importedKeyRestrict;
            case "SET NULL" -> DatabaseMetaData.importedKeySetNull;
            case "SET DEFAULT" -> DatabaseMetaData.importedKeySetDefault;
            default -> DatabaseMetaData.importedKeyNoAction;
        };
    }

    private static ResultSet result(List<Object[]> rows, int tableColumn) {
        rows.sort(Comparator.comparing((Object[] row) -> (String) row[tableColumn])
                .thenComparing(row -> (Integer) row[8]));
        return VersoDatabaseMetaData.rows(
                "PKTABLE_CAT,PKTABLE_SCHEM,PKTABLE_NAME,PKCOLUMN_NAME,FKTABLE_CAT,FKTABLE_SCHEM,FKTABLE_NAME,FKCOLUMN_NAME,"
                        + "KEY_SEQ,UPDATE_RULE,DELETE_RULE,FK_NAME,PK_NAME,DEFERRABILITY",
                rows);
    }
}
