package dev.verso.compat.documentation;

/** sqlite.org/lang_keywords.html. */
class LangKeywordsPageTest extends DocumentationPage {
    LangKeywordsPageTest() {
        super("lang_keywords");
    }
}
