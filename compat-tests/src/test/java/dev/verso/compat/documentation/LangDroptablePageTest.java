package dev.verso.compat.documentation;

/** sqlite.org/lang_droptable.html. */
class LangDroptablePageTest extends DocumentationPage {
    LangDroptablePageTest() {
        super("lang_droptable");
    }
}
