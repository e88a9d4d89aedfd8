package dev.verso.compat.documentation;

/** sqlite.org/lang_delete.html. */
class LangDeletePageTest extends DocumentationPage {
    LangDeletePageTest() {
        super("lang_delete");
    }
}
