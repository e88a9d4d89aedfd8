package dev.verso.compat.documentation;

/** sqlite.org/windowfunctions.html. */
class WindowfunctionsPageTest extends DocumentationPage {
    WindowfunctionsPageTest() {
        super("windowfunctions");
    }
}
