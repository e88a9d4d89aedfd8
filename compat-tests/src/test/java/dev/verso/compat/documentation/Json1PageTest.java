package dev.verso.compat.documentation;

/** sqlite.org/json1.html. */
class Json1PageTest extends DocumentationPage {
    Json1PageTest() {
        super("json1");
    }
}
