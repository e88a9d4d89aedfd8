package dev.verso.sql.code;

/** Switches of one connection that PRAGMA sets and compilers ask for. Programs compiled under other settings are stale: {@link #generation}. */
public final class Settings {
    private boolean foreignKeys;
    private boolean recursiveTriggers;
    private boolean ignoreCheckConstraints;
    private boolean writableSchema;
    private boolean deferForeignKeys;
    private boolean caseSensitiveLike;
    private boolean automaticIndex = true;
    private boolean cellSizeCheck;
    private boolean fullColumnNames;
    private boolean shortColumnNames = true;
    private boolean countChanges;
    private boolean trustedSchema = true;
    private boolean reverseUnorderedSelects;
    private boolean legacyAlterTable;
    private boolean readUncommitted;
    private int generation;

    public Settings() {}

    /** Counts up when a switch changes that compiled programs depend on. */
    public int generation() {
        return generation;
    }

    public boolean foreignKeys() {
        return foreignKeys;
    }

    public void foreignKeys(boolean on) {
        foreignKeys = on;
        generation++;
    }

    public boolean deferForeignKeys() {
        return deferForeignKeys;
    }

    public void deferForeignKeys(boolean on) {
        deferForeignKeys = on;
    }

    public boolean recursiveTriggers() {
        return recursiveTriggers;
    }

    public void recursiveTriggers(boolean on) {
        recursiveTriggers = on;
        generation++;
    }

    public boolean ignoreCheckConstraints() {
        return ignoreCheckConstraints;
    }

    public void ignoreCheckConstraints(boolean on) {
        ignoreCheckConstraints = on;
        generation++;
    }

    public boolean writableSchema() {
        return writableSchema;
    }

    public void writableSchema(boolean on) {
        writableSchema = on;
        generation++;
    }

    public boolean caseSensitiveLike() {
        return caseSensitiveLike;
    }

    public void caseSensitiveLike(boolean on) {
        caseSensitiveLike = on;
        generation++;
    }

    public boolean automaticIndex() {
        return automaticIndex;
    }

    public void automaticIndex(boolean on) {
        automaticIndex = on;
        generation++;
    }

    public boolean cellSizeCheck() {
        return cellSizeCheck;
    }

    public void cellSizeCheck(boolean on) {
        cellSizeCheck = on;
    }

    public boolean fullColumnNames() {
        return fullColumnNames;
    }

    public void fullColumnNames(boolean on) {
        fullColumnNames = on;
        generation++;
    }

    public boolean shortColumnNames() {
        return shortColumnNames;
    }

    public void shortColumnNames(boolean on) {
        shortColumnNames = on;
        generation++;
    }

    public boolean countChanges() {
        return countChanges;
    }

    public void countChanges(boolean on) {
        countChanges = on;
        generation++;
    }

    public boolean trustedSchema() {
        return trustedSchema;
    }

    public void trustedSchema(boolean on) {
        trustedSchema = on;
        generation++;
    }

    public boolean reverseUnorderedSelects() {
        return reverseUnorderedSelects;
    }

    public void reverseUnorderedSelects(boolean on) {
        reverseUnorderedSelects = on;
        generation++;
    }

    public boolean legacyAlterTable() {
        return legacyAlterTable;
    }

    public void legacyAlterTable(boolean on) {
        legacyAlterTable = on;
    }

    public boolean readUncommitted() {
        return readUncommitted;
    }

    public void readUncommitted(boolean on) {
        readUncommitted = on;
    }
}
