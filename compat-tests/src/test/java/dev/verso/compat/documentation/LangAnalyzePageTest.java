package dev.verso.compat.documentation;

/** sqlite.org/lang_analyze.html. */
class LangAnalyzePageTest extends DocumentationPage {
    LangAnalyzePageTest() {
        super("lang_analyze");
    }
}
