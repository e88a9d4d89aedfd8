package dev.verso.compat.documentation;

/** sqlite.org/lang_conflict.html. */
class LangConflictPageTest extends DocumentationPage {
    LangConflictPageTest() {
        super("lang_conflict");
    }
}
