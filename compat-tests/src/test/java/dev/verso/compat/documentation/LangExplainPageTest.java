package dev.verso.compat.documentation;

/** sqlite.org/lang_explain.html. */
class LangExplainPageTest extends DocumentationPage {
    LangExplainPageTest() {
        super("lang_explain");
    }
}
