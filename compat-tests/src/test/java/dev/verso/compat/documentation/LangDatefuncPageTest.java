package dev.verso.compat.documentation;

/** sqlite.org/lang_datefunc.html. */
class LangDatefuncPageTest extends DocumentationPage {
    LangDatefuncPageTest() {
        super("lang_datefunc");
    }
}
