package dev.verso.compat.documentation;

/** sqlite.org/lang_savepoint.html. */
class LangSavepointPageTest extends DocumentationPage {
    LangSavepointPageTest() {
        super("lang_savepoint");
    }
}
