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
