package dev.verso.compat.documentation;

/** sqlite.org/limits.html. */
class LimitsPageTest extends DocumentationPage {
    LimitsPageTest() {
        super("limits");
    }
}
