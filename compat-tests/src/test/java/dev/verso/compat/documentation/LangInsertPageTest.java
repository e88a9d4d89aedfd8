package dev.verso.compat.documentation;

/** sqlite.org/lang_insert.html. */
class LangInsertPageTest extends DocumentationPage {
    LangInsertPageTest() {
        super("lang_insert");
    }
}
