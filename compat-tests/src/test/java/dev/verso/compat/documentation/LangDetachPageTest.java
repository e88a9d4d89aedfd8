package dev.verso.compat.documentation;

/** sqlite.org/lang_detach.html. */
class LangDetachPageTest extends DocumentationPage {
    LangDetachPageTest() {
        super("lang_detach");
    }
}
