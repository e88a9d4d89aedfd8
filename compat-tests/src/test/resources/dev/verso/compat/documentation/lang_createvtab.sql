-- # modules must exist
CREATE VIRTUAL TABLE v USING nosuchmodule(a, b);
CREATE VIRTUAL TABLE IF NOT EXISTS v USING nosuchmodule;
CREATE VIRTUAL TABLE v USING json_each;
CREATE VIRTUAL TABLE v USING pragma_table_info;
SELECT name FROM sqlite_schema;
-- # tables that need not be created, and their hidden columns
SELECT key, value FROM json_each('[10,20]');
SELECT json_each.value FROM json_each WHERE json = '[1,2]' ORDER BY 1 DESC;
SELECT * FROM json_each('[1]') AS j, json_each('[2]') AS k;
SELECT key FROM json_each('[1]', '$', 'too many');
INSERT INTO json_each VALUES (1);
UPDATE json_each SET key = 1;
DELETE FROM json_each;
DROP TABLE json_each;
CREATE VIEW jv AS SELECT value FROM json_each('[1,2,3]');
SELECT * FROM jv;
SELECT t.column1, j.value FROM (VALUES ('[1,2]'), ('[3]')) AS t, json_each(t.column1) AS j;
SELECT * FROM nosuchfunction(1);
CREATE TABLE t(a);
SELECT * FROM t(1);
