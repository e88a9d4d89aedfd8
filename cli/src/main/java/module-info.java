/** The shell. */
module dev.verso.cli {
    requires dev.verso.jdbc;
    requires info.picocli;
    requires org.jline.reader;
    requires org.jline.terminal;

    opens dev.verso.cli to
            info.picocli;
}
