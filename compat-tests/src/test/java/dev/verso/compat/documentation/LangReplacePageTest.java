package dev.verso.compat.documentation;

/** sqlite.org/lang_replace.html. */
class LangReplacePageTest extends DocumentationPage {
    LangReplacePageTest() {
        super("lang_replace");
    }
}
