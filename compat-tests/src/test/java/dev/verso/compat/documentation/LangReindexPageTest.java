package dev.verso.compat.documentation;

/** sqlite.org/lang_reindex.html. */
class LangReindexPageTest extends DocumentationPage {
    LangReindexPageTest() {
        super("lang_reindex");
    }
}
