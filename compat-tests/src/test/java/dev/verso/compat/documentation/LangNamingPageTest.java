package dev.verso.compat.documentation;

/** sqlite.org/lang_naming.html. */
class LangNamingPageTest extends DocumentationPage {
    LangNamingPageTest() {
        super("lang_naming");
    }
}
