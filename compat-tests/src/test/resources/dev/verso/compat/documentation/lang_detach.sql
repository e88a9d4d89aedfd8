ATTACH ':memory:' AS one;
CREATE TABLE one.t(a);
BEGIN;
INSERT INTO one.t VALUES (1);
DETACH one;
COMMIT;
DETACH DATABASE one;
DETACH one;
DETACH main;
SELECT * FROM one.t;
---- new
-- # main and temp
DETACH temp;
DETACH main;
DETACH nosuch;
---- new
CREATE TEMP TABLE x(a);
DETACH temp;
DETACH Temp;
---- new
CREATE TEMP VIEW x AS SELECT 1;
DETACH temp;
---- new
SELECT * FROM temp.sqlite_schema;
DETACH temp;
---- file
-- # several attachments of one file: the others stay
ATTACH '{{dir}}/d.db' AS d1;
CREATE TABLE d1.t(a);
INSERT INTO d1.t VALUES (1);
ATTACH '{{dir}}/d.db' AS d2;
ATTACH '{{dir}}/main.db' AS d3;
DETACH DATABASE d1;
SELECT * FROM d1.t;
SELECT * FROM d2.t;
INSERT INTO d2.t VALUES (2);
DETACH d3;
SELECT name, file FROM pragma_database_list;
-- # names are expressions here, too
DETACH 'd' || 2;
DETACH D2;
ATTACH '{{dir}}/d.db' AS D2;
DETACH DATABASE 'd2';
DETACH NULL;
DETACH 5;
DETACH (SELECT name FROM pragma_database_list WHERE seq = 0);
DETACH count(*);
DETACH nosuch.d2;
DETACH ?1;
-- # not while something reads or writes it
ATTACH '{{dir}}/d.db' AS d2;
---- open SELECT * FROM d2.t
DETACH d2;
---- rest
DETACH d2;
ATTACH '{{dir}}/d.db' AS d2;
BEGIN;
SELECT * FROM d2.t;
DETACH d2;
COMMIT;
DETACH d2;
ATTACH '{{dir}}/d.db' AS d2;
BEGIN;
DETACH d2;
SAVEPOINT s;
ATTACH '{{dir}}/d.db' AS d2;
ROLLBACK TO s;
SELECT * FROM d2.t;
COMMIT;
DETACH d2;
-- # views and triggers in temp that reach into it break
ATTACH '{{dir}}/d.db' AS d2;
CREATE TEMP VIEW tv AS SELECT * FROM d2.t;
CREATE TABLE mt(a);
CREATE TEMP TRIGGER tr AFTER INSERT ON mt BEGIN INSERT INTO t SELECT new.a; END;
CREATE TEMP TRIGGER tr2 AFTER INSERT ON d2.t BEGIN SELECT 1; END;
INSERT INTO mt VALUES (3);
DETACH d2;
SELECT * FROM tv;
INSERT INTO mt VALUES (4);
SELECT name, sql FROM sqlite_temp_schema;
DROP TRIGGER tr2;
ATTACH '{{dir}}/d.db' AS d2;
INSERT INTO mt VALUES (5);
SELECT * FROM tv;
