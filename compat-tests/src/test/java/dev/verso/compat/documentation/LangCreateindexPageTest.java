package dev.verso.compat.documentation;

/** sqlite.org/lang_createindex.html. */
class LangCreateindexPageTest extends DocumentationPage {
    LangCreateindexPageTest() {
        super("lang_createindex");
    }
}
