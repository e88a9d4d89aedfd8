CREATE TABLE account_change(chng_id INTEGER PRIMARY KEY, acct_no INTEGER, amt INTEGER, memo TEXT);
INSERT INTO account_change VALUES (1, 10, 500, 'a'), (2, 10, -700, 'b'), (3, 11, 20, 'C'), (4, 10, 900, 'd'), (5, 12, NULL, NULL);
-- # an index on an expression finds and orders by it
CREATE INDEX acctchng_magnitude ON account_change(acct_no, abs(amt));
SELECT chng_id FROM account_change WHERE acct_no = 10 AND abs(amt) >= 600 ORDER BY 1;
EXPLAIN QUERY PLAN SELECT * FROM account_change WHERE acct_no = 10 AND abs(amt) >= 600;
EXPLAIN QUERY PLAN SELECT * FROM account_change WHERE acct_no = 10 AND abs(amt) + 0 >= 600;
SELECT chng_id FROM account_change WHERE acct_no = 10 ORDER BY abs(amt) DESC;
-- # the expression must be written the same way
CREATE TABLE t2(x INT, y INT, z INT);
CREATE INDEX t2xy ON t2(x + y);
INSERT INTO t2 VALUES (1, 2, 3), (20, 2, 1), (5, 17, 0);
SELECT * FROM t2 WHERE y + x = 22 ORDER BY z;
SELECT * FROM t2 WHERE x + y = 22 ORDER BY z;
EXPLAIN QUERY PLAN SELECT * FROM t2 WHERE y + x = 22;
EXPLAIN QUERY PLAN SELECT * FROM t2 WHERE x + y = 22;
EXPLAIN QUERY PLAN SELECT * FROM t2 WHERE (x + y) = 22;
EXPLAIN QUERY PLAN SELECT z FROM t2 ORDER BY x + y;
-- # unique ones
CREATE UNIQUE INDEX memo_lower ON account_change(lower(memo));
INSERT INTO account_change VALUES (6, 1, 1, 'c');
INSERT INTO account_change VALUES (7, 1, 1, NULL);
SELECT count(*) FROM account_change;
SELECT chng_id FROM account_change WHERE lower(memo) = 'c';
-- # changes keep them right
UPDATE account_change SET amt = amt * 2;
DELETE FROM account_change WHERE abs(amt) > 1500;
SELECT chng_id, abs(amt) FROM account_change ORDER BY chng_id;
PRAGMA integrity_check;
-- # not allowed: other tables, subqueries, functions that are not deterministic, and in constraints
CREATE INDEX bad ON t2(account_change.amt);
CREATE INDEX bad ON t2((SELECT 1));
CREATE INDEX bad ON t2(random());
CREATE INDEX bad ON t2(x + ?);
CREATE TABLE bad(a, UNIQUE (a + 1));
CREATE TABLE bad(a, PRIMARY KEY (lower(a)));
CREATE INDEX rowid_ok ON t2(rowid + 1);
PRAGMA index_xinfo(acctchng_magnitude);
PRAGMA index_info(t2xy);
