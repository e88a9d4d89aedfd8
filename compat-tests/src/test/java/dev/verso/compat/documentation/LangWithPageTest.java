package dev.verso.compat.documentation;

/** sqlite.org/lang_with.html. */
class LangWithPageTest extends DocumentationPage {
    LangWithPageTest() {
        super("lang_with");
    }
}
