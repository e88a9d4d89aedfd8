package dev.verso.compat.documentation;

/** sqlite.org/lang_upsert.html. */
class LangUpsertPageTest extends DocumentationPage {
    LangUpsertPageTest() {
        super("lang_upsert");
    }
}
