package dev.verso.kv;

/** Whether a read counts for conflicts. */
public enum ReadMode {
    /** What was read joins the read conflict ranges. */
    SERIALIZABLE,
    /** Reads the same version without a trace. */
    SNAPSHOT
}
