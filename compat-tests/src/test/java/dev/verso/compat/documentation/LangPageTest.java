package dev.verso.compat.documentation;

/** sqlite.org/lang.html. */
class LangPageTest extends DocumentationPage {
    LangPageTest() {
        super("lang");
    }
}
