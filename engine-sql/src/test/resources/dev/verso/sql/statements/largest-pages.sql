PRAGMA page_size = 65536;
CREATE TABLE t(a);
SELECT name, path, pageno, pagetype, ncell, payload, unused, mx_payload, pgsize FROM dbstat;
INSERT INTO t VALUES (zeroblob(65000)), (zeroblob(70000)), ('x');
SELECT name, path, pageno, pagetype, ncell, payload, unused, mx_payload, pgsize FROM dbstat;
DELETE FROM t;
SELECT sum(unused), sum(payload) FROM dbstat;
PRAGMA integrity_check;
