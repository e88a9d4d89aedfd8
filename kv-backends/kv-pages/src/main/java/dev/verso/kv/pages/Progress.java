package dev.verso.kv.pages;

/** Hears how far an import or export has come; may throw to stop it. */
@FunctionalInterface
public interface Progress {
    /** Tells nobody. */
    Progress NONE = (done, total) -> {};

    /** {@code done} of {@code total} pages are through. */
    void pages(long done, long total);
}
