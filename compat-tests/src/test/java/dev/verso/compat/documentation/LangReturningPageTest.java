package dev.verso.compat.documentation;

/** sqlite.org/lang_returning.html. */
class LangReturningPageTest extends DocumentationPage {
    LangReturningPageTest() {
        super("lang_returning");
    }
}
