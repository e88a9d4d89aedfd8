CREATE TABLE t(a, b COLLATE nocase, c);
INSERT INTO t VALUES (1, 'x', 'p'), (2, 'X', 'q'), (NULL, 'y', 'r'), (NULL, 'z', 's');
-- # names, IF NOT EXISTS, schemas
CREATE INDEX i1 ON t(a);
CREATE INDEX i1 ON t(b);
CREATE INDEX IF NOT EXISTS i1 ON t(nosuch);
CREATE INDEX main.i2 ON t(a DESC, b ASC);
CREATE INDEX i3 ON main.t(a);
CREATE INDEX t ON t(a);
CREATE INDEX i4 ON nosuch(a);
CREATE INDEX i4 ON t(nosuch);
CREATE INDEX sqlite_i ON t(a);
CREATE TABLE i1(x);
CREATE INDEX i5 ON sqlite_schema(name);
-- # UNIQUE: NULLs differ from each other, collations count
CREATE UNIQUE INDEX u1 ON t(b);
CREATE UNIQUE INDEX u2 ON t(a);
CREATE UNIQUE INDEX u3 ON t(b COLLATE binary);
INSERT INTO t VALUES (1, 'w', 't');
INSERT INTO t VALUES (NULL, 'w', 't');
INSERT INTO t VALUES (5, 'x', 't');
-- # expressions and WHERE
CREATE INDEX e1 ON t(length(c), a + 1);
CREATE INDEX e2 ON t(random());
CREATE INDEX e3 ON t(count(a));
CREATE INDEX e4 ON t((SELECT 1));
CREATE INDEX e5 ON t(?1);
CREATE INDEX p1 ON t(c) WHERE a IS NOT NULL;
CREATE INDEX p2 ON t(c) WHERE (SELECT 1);
CREATE INDEX p3 ON t(c) WHERE random() > 0;
CREATE UNIQUE INDEX p4 ON t(1) WHERE c = 'p';
SELECT name, sql FROM sqlite_schema WHERE type = 'index' ORDER BY rowid;
PRAGMA index_list(t);
PRAGMA index_info(i2);
PRAGMA index_xinfo(i2);
PRAGMA index_xinfo(e1);
-- # DROP INDEX
DROP INDEX i1;
DROP INDEX nosuch;
DROP INDEX IF EXISTS nosuch;
DROP INDEX main.i2;
CREATE TABLE k(a UNIQUE);
DROP INDEX sqlite_autoindex_k_1;
SELECT count(*) FROM sqlite_schema WHERE type = 'index';
PRAGMA integrity_check;
