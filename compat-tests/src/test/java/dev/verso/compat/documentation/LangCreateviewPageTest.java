package dev.verso.compat.documentation;

/** sqlite.org/lang_createview.html. */
class LangCreateviewPageTest extends DocumentationPage {
    LangCreateviewPageTest() {
        super("lang_createview");
    }
}
