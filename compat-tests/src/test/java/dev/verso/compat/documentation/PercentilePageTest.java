package dev.verso.compat.documentation;

/** sqlite.org/percentile.html. */
class PercentilePageTest extends DocumentationPage {
    PercentilePageTest() {
        super("percentile");
    }
}
