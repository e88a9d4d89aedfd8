package dev.verso.compat.documentation;

/** sqlite.org/lang_update.html. */
class LangUpdatePageTest extends DocumentationPage {
    LangUpdatePageTest() {
        super("lang_update");
    }
}
