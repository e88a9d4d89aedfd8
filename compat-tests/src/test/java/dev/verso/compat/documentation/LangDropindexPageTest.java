package dev.verso.compat.documentation;

/** sqlite.org/lang_dropindex.html. */
class LangDropindexPageTest extends DocumentationPage {
    LangDropindexPageTest() {
        super("lang_dropindex");
    }
}
