package dev.verso.compat.documentation;

/** sqlite.org/lang_corefunc.html. */
class LangCorefuncPageTest extends DocumentationPage {
    LangCorefuncPageTest() {
        super("lang_corefunc");
    }
}
