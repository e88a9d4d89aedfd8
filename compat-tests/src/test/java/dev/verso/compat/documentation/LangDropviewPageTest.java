package dev.verso.compat.documentation;

/** sqlite.org/lang_dropview.html. */
class LangDropviewPageTest extends DocumentationPage {
    LangDropviewPageTest() {
        super("lang_dropview");
    }
}
