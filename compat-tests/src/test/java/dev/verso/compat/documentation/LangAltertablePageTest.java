package dev.verso.compat.documentation;

/** sqlite.org/lang_altertable.html. */
class LangAltertablePageTest extends DocumentationPage {
    LangAltertablePageTest() {
        super("lang_altertable");
    }
}
