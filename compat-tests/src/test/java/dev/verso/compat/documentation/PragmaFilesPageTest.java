package dev.verso.compat.documentation;

/** sqlite.org/pragma.html, from optimize on, on files: what lasts, what other connections see, what each attached database has of its own. */
class PragmaFilesPageTest extends DocumentationPage {
    PragmaFilesPageTest() {
        super("pragma_files");
    }
}
