package dev.verso.compat.documentation;

/** sqlite.org/lang_select.html. */
class LangSelectPageTest extends DocumentationPage {
    LangSelectPageTest() {
        super("lang_select");
    }
}
